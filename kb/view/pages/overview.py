"""All articles together: what is counted at once, and below it what takes longer to find."""

from __future__ import annotations

import streamlit as st

from kb.base import KnowledgeBase
from kb.language.counting import count
from kb.questions.listing import Wish
from kb.view.changed import changes, titled
from kb.view.markup import Element, element
from kb.view.overview import aged, bearing, overview
from kb.view.pages.desk import Desk
from kb.view.pages.frame import errors_in_words, follow, invite, titles
from kb.view.pages.keeping import kept
from kb.view.pages.listing_component import show_overview

LARGE = 20_000
"""Statements beyond which no former state is kept, and what most hangs on is found only where somebody asks for it."""
_A_SECOND = 15_000
"""Statements in which what most hangs on is found within a second, roughly."""
_DOUBTED = 6
"""Retracted or doubted sources that are named."""
_ASKED = "overview bearing asked"
"""In the session: whether the reader asked what most hangs on."""


def show(desk: Desk) -> None:
    """The page."""
    opened: list[str | None] = []
    with errors_in_words():
        if not titles(desk, most=1):
            invite(desk)
            return
        st.header("Overview of all articles", anchor=False)
        with desk.open() as base:
            _show(desk, base, opened)
    follow(desk, next(filter(None, opened), None))


def _show(desk: Desk, base: KnowledgeBase, opened: list[str | None]) -> None:
    """Draw one part after the other; ``opened`` is given the addresses that the reader asks to open."""
    with st.spinner("Counting …"):
        statements, tree = kept(desk, base, "overview", find=lambda: _counted(base))
    opened.append(show_overview(tree, key="overview"))
    opened.append(_changes(desk, base, statements))
    today = desk.today()
    with st.spinner("Looking for evidence that is no longer what it was …"):
        stale = kept(desk, base, "aged", today, find=lambda: aged(base.stale(today)))
    opened.append(show_overview(stale, key="overview aged"))
    opened.append(_bearing(desk, base, statements))


def _counted(base: KnowledgeBase) -> tuple[int, Element]:
    found = base.overall()
    doubted, unasked = base.listing(Wish(only="doubted", most=_DOUBTED)), base.listing(Wish(only="not asked", most=1))
    return found.statements, overview(found, doubted, unasked.fitting)


def _bearing(desk: Desk, base: KnowledgeBase, statements: int) -> str | None:
    """What most hangs on; of much, where the reader asks for it."""
    if statements > LARGE and not st.session_state.get(_ASKED):
        show_overview(titled("What most hangs on"), key="overview bearing title")
        seconds = count(statements // _A_SECOND + 1, "second")
        words = f"Find what most hangs on, in {count(statements, 'statement')}: about {seconds}"
        st.button(words, on_click=lambda: st.session_state.update({_ASKED: True}))
        return None
    with st.spinner("Looking for what most hangs on …"):
        tree = kept(desk, base, "bearing", find=lambda: bearing(base.load_bearing()))
    return show_overview(tree, key="overview bearing")


def _changes(desk: Desk, base: KnowledgeBase, statements: int) -> str | None:
    """What changed since a former day, and that it is kept how everything stands today."""
    today, before = desk.today(), desk.looks.days()
    if statements > LARGE:
        return _only(f"What changed is told of up to {LARGE:,} statements, and here are {statements:,}.")
    with st.spinner("Looking at what changed …"):
        here = today in before or kept(desk, base, "looked", today, find=lambda: desk.looks.keep(today, base.state()))
    if not here:
        return _only(
            "How everything stands could not be kept beside the knowledge base, so there is nothing to compare."
        )
    if not before:
        return _only("This is the first look. How everything stands was kept; what changes from now on is told here.")
    show_overview(titled("What changed"), key="overview changes title")
    since = st.selectbox(
        "Since it was first looked at on",
        [*(day for day in desk.looks.days() if day < today), today],
        format_func=lambda day: f"{day} (today)" if day == today else day,
        width=260,
    )
    with st.spinner("Comparing …"):
        tree = kept(desk, base, "changed", since, find=lambda: _changed(desk, base, since))
    return show_overview(tree, key="overview changes")


def _only(words: str) -> str | None:
    return show_overview(titled("What changed", words), key="overview changes")


def _changed(desk: Desk, base: KnowledgeBase, since: str) -> Element:
    former = desk.looks.state(since)
    if former is None:
        return element("p", f"What was kept of {since} cannot be read any more.")
    return changes(former, base.state(), since)
