"""The connection that a browser has to the app: from where it comes, and what its headers say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx


def connection() -> tuple[str | None, Callable[[str], Sequence[str]]]:
    """The address of the other end, None where it is not known, and the values of a header by its name.

    ``st.context.ip_address`` would do for the address if it told an unknown one from this machine's own.
    """
    run = get_script_run_ctx()
    client = get_instance().get_client(run.session_id) if run and exists() else None
    told = client.client_context if client else None
    return (told.remote_ip if told else None), st.context.headers.get_all
