"""The worklist as it is drawn: a list whose searches can be copied."""

from __future__ import annotations

import streamlit as st

from kb.view.markup import Element, to_data
from kb.view.pages.components import ROOT, script, style

_worklist = st.components.v2.component("kb_worklist", html=ROOT, css=style("worklist.css"), js=script("worklist.js"))


def show_worklist(*trees: Element | None) -> str | None:
    """Draw it; returns the address inside the app that the reader asks to open, or None."""
    drawn = tuple(to_data(tree) for tree in trees if tree)
    opened: str | None = _worklist(data={"trees": drawn}, key="worklist", on_opened_change=lambda: None).opened
    return opened
