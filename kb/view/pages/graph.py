"""Articles, statements, references and sources, and what ties them."""

from __future__ import annotations

import streamlit as st

from kb.graph import build_graph
from kb.view.graph_elements import draw
from kb.view.pages.components import show_graph
from kb.view.pages.desk import Desk
from kb.view.pages.frame import choose_article, errors_in_words, invite, titles
from kb.view.wording import CAVEAT


def show(desk: Desk) -> None:
    """The page; a card can lead to its article."""
    with errors_in_words():
        names = titles(desk)
        if not names:
            invite(desk)
            return
        left, right = st.columns([3, 2], vertical_alignment="center")
        with left:
            chosen = choose_article(desk, names)
        everything = right.toggle("Also show statements that need no source", value=False)
        with desk.open() as base:
            graph = build_graph([base.audit(chosen)])
        opened = show_graph(draw(graph, all_statements=everything), key="graph")
        st.caption(
            f"A dashed line ties a reference to its work, a dotted one a statement to the one it leans on. {CAVEAT}"
        )
        if opened and opened["article"] == chosen:
            st.session_state["article"], st.session_state["statement"] = opened["article"], opened["statement"]
            st.switch_page(desk.pages["article"])
