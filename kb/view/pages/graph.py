"""The graph: an article, everything, what is around one thing, or the answer to a question, drawn.

What is drawn stands in the address, so that it can be shared: ``article`` or ``scope=all``, ``about`` a statement or a
source, or a ``question`` with what it is given, as on the page of questions; ``open`` names the sources that are
unfolded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from kb.base import KnowledgeBase
from kb.errors import UsageError
from kb.graph import build_graph
from kb.model import Audit
from kb.view.answers import impact, independence, trace
from kb.view.drawn import answers, everything, scenes
from kb.view.drawn.scene import Scene
from kb.view.markup import Element
from kb.view.pages.desk import Desk
from kb.view.pages.frame import address, audit_of, choose_article, errors_in_words, follow, invite, titles
from kb.view.pages.graph_component import show_graph
from kb.view.pages.keeping import kept
from kb.view.ways import Given, first, parse_way
from kb.view.wording import CAVEAT

if TYPE_CHECKING:
    import networkx

_SCOPES = {"article": "One article", "all": "All articles"}
_OTHERS = {
    "about": "Around one thing",
    "impact": "What falls",
    "trace": "The way to its studies",
    "independence": "Lines of evidence",
}
_MOST_TITLES = 10_000
"""Articles whose names are counted."""


class Drawn(NamedTuple):
    """What the page shows: a scene, the same in words where it is an answer, and what is chosen at first."""

    scene: Scene
    words: Element | None = None
    chosen: str | None = None


def show(desk: Desk) -> None:
    """The page; a link of the drawing leads to an article, to a question, or to another drawing."""
    opened = None
    with errors_in_words():
        names = titles(desk)
        if not names:
            invite(desk)
            return
        st.header("Graph: what rests on what", anchor=False)
        here = address()
        left, right = st.columns([2, 3], vertical_alignment="center")
        with left:
            scope = _choose_scope(here)
        with right:
            drawn = _article(desk, here, names) if scope == "article" else _others(desk, here, scope)
        opened = show_graph(drawn.scene, drawn.words, drawn.chosen, key="graph")
        if drawn.words is None:  # which end with it
            st.caption(CAVEAT)
    _go(desk, opened)


def _choose_scope(here: Given) -> str:
    """What is drawn; another choice changes the address."""
    question = first(here, "question")
    scope = "about" if "about" in here else question if question in _OTHERS else first(here, "scope")
    scope = scope if scope in _OTHERS or scope in _SCOPES else "article"
    offered = _SCOPES | ({scope: _OTHERS[scope]} if scope in _OTHERS else {})
    chosen = st.segmented_control(
        "What is drawn",
        list(offered),
        default=scope,
        format_func=offered.__getitem__,
        key=f"drawn {scope}",
        label_visibility="collapsed",
        required=True,
    )
    if chosen in (None, scope):
        return scope
    st.query_params.from_dict({"scope": chosen} if chosen != "article" else {})
    return chosen


def _article(desk: Desk, here: Given, names: dict[str, str]) -> Drawn:
    if asked := first(here, "article"):
        st.session_state["article"] = asked
    left, right = st.columns([2, 1], vertical_alignment="center")
    with left:
        chosen = choose_article(desk, names)
    everything_said = right.toggle("All statements", value=False, help="Also those that need no source")
    opened = list(here.get(scenes.UNFOLDED, ())) if chosen == asked else []
    given = {"article": [chosen]} | ({scenes.UNFOLDED: opened} if opened else {})
    if given != here:
        st.query_params.from_dict(given)

    def find() -> Scene:
        graph = _with_around(desk, [audit_of(desk, chosen)], opened)
        return scenes.of_article(graph, chosen, given, all_statements=everything_said)

    with desk.open() as base:
        scene = kept(desk, base, "drawing", chosen, tuple(opened), everything_said, find=find)
    return Drawn(scene, chosen=opened[-1] if opened else None)


def _with_around(desk: Desk, audits: list[Audit], opened: list[str]) -> networkx.MultiDiGraph[str]:
    """The graph of these audits, and of what is around the sources that are unfolded."""
    if not opened:
        return build_graph(audits)
    with desk.open() as base:
        parts, sources, _ = base.around(*opened)
    own = {audit.article.id for audit in audits}
    return build_graph([*audits, *(part for part in parts if part.article.id not in own)], sources)


def _others(desk: Desk, here: Given, scope: str) -> Drawn:
    if scope == "all":
        return _all(desk)
    if scope == "about":
        return _about(desk, here)
    with desk.open() as base:
        return _ANSWERS[scope](base, here)


def _all(desk: Desk) -> Drawn:
    asked = "Only articles with these words in their name"
    words = st.text_input(asked, placeholder=asked, label_visibility="collapsed")
    with desk.open() as base, st.spinner("Drawing the knowledge base …"):
        scene = kept(
            desk,
            base,
            "all articles",
            words,
            find=lambda: everything.of_first(list(base.titles(words, _MOST_TITLES)), base.audit),
        )
    if not scene.nodes:
        st.info("No article has these words in its name.")
    return Drawn(scene)


def _about(desk: Desk, here: Given) -> Drawn:
    """What is around a statement or a source, which the address names by its node."""
    about, opened = first(here, "about") or "", list(here.get(scenes.UNFOLDED, ()))
    article, _, statement = about.removeprefix("statement:").rpartition("#")
    if not about.startswith("statement:"):
        with desk.open() as base:
            parts, sources, _ = base.around(about, *opened)
            resting = base.around(about, most=0).resting
        return Drawn(scenes.around_source(build_graph(parts, sources), about, here, resting), chosen=about)
    graph = _with_around(desk, [audit_of(desk, article)], opened)
    if about not in graph:
        raise UsageError(f"there is no statement {statement}", place=article, remedy="audit the article again")
    return Drawn(scenes.around_statement(graph, about, here), chosen=opened[-1] if opened else about)


def _impact(base: KnowledgeBase, here: Given) -> Drawn:
    if not here.get("source"):
        raise UsageError("no source is named", place="the address", remedy="choose one in the drawing of an article")
    answer = base.impact(*here["source"])
    return Drawn(answers.of_impact(answer), impact.panel(answer))


def _trace(base: KnowledgeBase, here: Given) -> Drawn:
    answer = base.trace(_statement(here))
    return Drawn(answers.of_trace(answer), trace.panel(answer))


def _independence(base: KnowledgeBase, here: Given) -> Drawn:
    answer = base.independence(_statement(here))
    return Drawn(answers.of_independence(answer), independence.panel(answer))


def _statement(here: Given) -> str:
    return ":".join(filter(None, (first(here, "article"), first(here, "statement"))))


_ANSWERS: Mapping[str, Callable[[KnowledgeBase, Given], Drawn]] = {
    "impact": _impact,
    "trace": _trace,
    "independence": _independence,
}


def _go(desk: Desk, address: str | None) -> None:
    """Draw something else, which needs no other page, or go where a link leads."""
    way = parse_way(address or "")
    if way and way.page == "graph":
        st.query_params.from_dict(way.given)
        st.rerun()
    follow(desk, address)
