"""The article as it reads, and beside it what the chosen statement rests on."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from kb.model import Audit
from kb.view.annotated import annotate
from kb.view.evidence import Shelf, statement_evidence
from kb.view.markup import Element, element
from kb.view.pages.components import show_article, show_evidence, show_panel
from kb.view.pages.desk import Desk
from kb.view.pages.frame import choose_article, errors_in_words, follow, invite, titles
from kb.view.panels import article_panel, evidence_panel, legend_panel, overview_panel, summary_panel
from kb.view.summary import summarise

READER, EVIDENCE = "reader", "evidence"


def show(desk: Desk) -> None:
    """The page."""
    with errors_in_words():
        names = titles(desk)
        if names:
            _read(desk, choose_article(desk, names))
        else:
            invite(desk)


@st.fragment
def _read(desk: Desk, article: str) -> None:
    """Article and evidence; a click reruns only this, and reads the knowledge base anew."""
    with errors_in_words():
        with desk.open() as base:
            audit = base.audit(article)
        follow(desk, _draw(audit))


def _draw(audit: Audit) -> str | None:
    """Draw both; the address that the reader asks to open."""
    chosen = st.session_state.setdefault("statement", st.query_params.get("statement"))
    told = {"article": audit.article.id} | ({"statement": chosen} if chosen else {})
    if st.query_params.to_dict() != told:
        st.query_params.from_dict(told)
    summary = summarise(audit)
    show_panel(summary_panel(audit, summary), key="summary")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        link = partial(_address, audit.article.id)
        trees = [
            legend_panel(summary, filters=True),
            article_panel(annotate(audit), link, language=audit.article.language),
        ]
        show_article(trees, chosen, key=READER, on_choice=partial(_choose, READER))
    with right:
        return show_evidence(_beside(audit, chosen), key=EVIDENCE, on_choice=partial(_choose, EVIDENCE))


def _beside(audit: Audit, chosen: str | None) -> Element:
    link = partial(_address, audit.article.id)
    if not chosen:
        return overview_panel(Shelf(audit), summarise(audit), link, questions=True)
    evidence = statement_evidence(Shelf(audit), chosen)
    if evidence is None:
        return element("p", "The article holds no such statement (any more). Choose another one.")
    return evidence_panel(evidence, link, questions=True)


def _choose(component: str) -> None:
    st.session_state["statement"] = st.session_state[component].chosen


def _address(article: str, statement: str) -> str:
    """An address inside the app that opens at a statement."""
    return "?" + urlencode({"article": article, "statement": statement})
