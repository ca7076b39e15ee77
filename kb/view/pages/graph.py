"""Articles, statements, references and sources, and what ties them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from kb.base import KnowledgeBase
from kb.graph import build_graph
from kb.view.graph_elements import draw
from kb.view.pages.components import show_graph
from kb.view.pages.frame import Desk, choose_article, errors_in_words, invite, titles
from kb.view.wording import CAVEAT

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


def show(desk: Desk, article_page: StreamlitPage) -> None:
    """The page; a card can lead to ``article_page``."""
    with errors_in_words():
        names = titles(desk.path)
        if not names:
            invite(desk)
            return
        left, right = st.columns([3, 2], vertical_alignment="center")
        with left:
            chosen = choose_article(names)
        everything = right.toggle("Also show statements that need no source", value=False)
        with KnowledgeBase.open(desk.path) as base:
            graph = build_graph([base.audit(chosen)])
        opened = show_graph(draw(graph, all_statements=everything), key="graph")
        st.caption(
            f"A dashed line ties a reference to its work, a dotted one a statement to the one it leans on. {CAVEAT}"
        )
        if opened and opened["article"] in names:
            st.session_state["article"], st.session_state["statement"] = opened["article"], opened["statement"]
            st.switch_page(article_page)
