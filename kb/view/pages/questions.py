"""What the graph can be asked, and its answers; the question stands in the address, and is kept across pages."""

from __future__ import annotations

import streamlit as st

from kb.base import KnowledgeBase
from kb.view.markup import Element
from kb.view.pages.asking import QUESTIONS, Question
from kb.view.pages.choosing import Asked
from kb.view.pages.components import show_panel
from kb.view.pages.desk import Desk
from kb.view.pages.frame import address, errors_in_words, follow, invite, titles
from kb.view.pages.keeping import kept
from kb.view.ways import Given, first

_NAMED = {question.name: question for question in QUESTIONS}
_KEPT, _WRITTEN = "asked", "asked at"
"""In the session: all that was given to any question, and what this page wrote into the address."""


def show(desk: Desk) -> None:
    """The page."""
    opened = None
    with errors_in_words():
        if titles(desk, most=1):
            st.header("Questions to all articles", anchor=False)
            with desk.open() as base:
                opened = _ask(desk, base)
        else:
            invite(desk)
    follow(desk, opened)


def _ask(desk: Desk, base: KnowledgeBase) -> str | None:
    """Let the reader choose, and answer; the address that the reader asks to open."""
    asked = _asked()
    name = asked.first("question")
    chosen = st.pills(
        "Question",
        list(_NAMED),
        key=asked.key("question", name if name in _NAMED else QUESTIONS[0].name),
        format_func=lambda one: _NAMED[one].words,
        required=True,
        label_visibility="collapsed",
    )
    question = _NAMED[chosen or QUESTIONS[0].name]
    st.markdown(question.about)
    given = question.choose(desk, base, asked)
    _keep(question, given)
    if not question.enough(given):
        st.info(question.needs)
        return None
    with st.spinner("Asking the knowledge base …"):
        tree = _answer(desk, base, question, given)
    return show_panel(tree, key="answer")


def _asked() -> Asked:
    """What to begin with: the address where somebody else wrote it, or else what was asked before."""
    here = address()
    kept: dict[str, list[str]] = st.session_state.get(_KEPT, {})
    question = _NAMED.get(first(here, "question") or "")
    if question is None or here == st.session_state.get(_WRITTEN):
        return Asked(kept, fresh=False)
    told = {name: here.get(name, []) for name in ("question", *question.takes)}
    return Asked({**kept, **told}, fresh=True)


def _keep(question: Question, given: Given) -> None:
    """Keep what was chosen in the session, and tell it in the address."""
    told = {"question": [question.name]} | {name: list(given[name]) for name in question.takes if given.get(name)}
    st.session_state[_KEPT] = {**st.session_state.get(_KEPT, {}), **{name: [] for name in question.takes}, **told}
    if told != address():
        st.query_params.from_dict(told)
    st.session_state[_WRITTEN] = told


def _answer(desk: Desk, base: KnowledgeBase, question: Question, given: Given) -> Element:
    """The answer; one about everything is found once, until something is written."""
    today = desk.today()
    if not question.whole:
        return question.answer(base, given, today)
    told = sorted((name, tuple(values)) for name, values in given.items())
    return kept(desk, base, question.name, *told, today, find=lambda: question.answer(base, given, today))
