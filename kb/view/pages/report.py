"""The article to take along: as a page for print, as tables, as findings, and as a link."""

from __future__ import annotations

import streamlit as st

from kb.view.pages.desk import Desk
from kb.view.pages.frame import errors_in_words


def show(desk: Desk) -> None:
    """The page."""
    with errors_in_words():
        st.header("Report")
