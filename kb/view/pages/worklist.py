"""What to mend first."""

from __future__ import annotations

import streamlit as st

from kb.view.pages.desk import Desk
from kb.view.pages.frame import errors_in_words


def show(desk: Desk) -> None:
    """The page."""
    with errors_in_words():
        st.header("Worklist")
