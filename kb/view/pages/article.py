"""The article as it reads, and beside it what the chosen statement or reference rests on.

The article is drawn once and stays: what a click asks for is drawn beside it, in a fragment of its own, and what was
derived from the audit for either is kept until something is written.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import streamlit as st

from kb.view.annotated import annotate
from kb.view.evidence import Shelf, statement_evidence
from kb.view.filters import choices, tools_panel
from kb.view.markup import Element, element
from kb.view.pages import saying
from kb.view.pages.components import Chosen, in_json, show_article, show_evidence
from kb.view.pages.desk import Desk
from kb.view.pages.frame import address, audit_of, choose_article, errors_in_words, follow, invite, titles
from kb.view.panels import evidence_panel, overview_panel, sentence, small_print, where_in_words
from kb.view.paper import article_panel
from kb.view.reference import reference_panel, reference_shown
from kb.view.summary import summarise
from kb.view.ways import first, to_reference, to_statement

READER, EVIDENCE, BESIDE = "reader", "evidence", "beside"
_FILTERS = ("verdict", "kind", "rule")
_TOLD, _DRAWN = "address told", "article drawn"


@dataclass(frozen=True)
class Sheet:
    """An audit, and what is drawn of it however often somebody clicks; ``paper`` is the article as it is sent."""

    revision: str
    shelf: Shelf
    paper: str


def show(desk: Desk) -> None:
    """The page."""
    with errors_in_words():
        names = titles(desk)
        if not names:
            invite(desk)
            return
        asked = _heed_address()
        left, right = st.columns([1, 5], vertical_alignment="bottom")
        left.header("Article", anchor=False)
        with right:
            article = choose_article(desk, names)
        if asked is None and st.session_state.get(_DRAWN, article) != article:
            st.session_state["reference"] = None
        st.session_state[_DRAWN] = article
        if asked is not None and asked != article:
            st.info(
                "The address names an article that is not in this knowledge base. This is another one; choose yours:"
            )
            st.code(asked, language=None, wrap_lines=True)
        _draw(desk, article)


def _heed_address() -> str | None:
    """Take over what an address says that the page did not write itself; the article that it names, if any."""
    given = address()
    if given == st.session_state.get(_TOLD):
        return None
    article = first(given, "article")
    if article is not None:
        st.session_state["article"] = article
    if not given.keys().isdisjoint(("article", "statement", "reference")):
        for name in ("statement", "reference"):
            st.session_state[name] = first(given, name)
    return article


def _sheet(desk: Desk, article: str) -> Sheet:
    with desk.open() as base:
        revision = base.revision()
    return _kept(desk, desk.name, revision, article)


@st.cache_resource(max_entries=8, show_spinner=False)
def _kept(_desk: Desk, name: str, revision: str, article: str) -> Sheet:
    """Nothing in it changes, so that sessions can share it."""
    audit = audit_of(_desk, article)
    summary = summarise(audit)
    tools = tools_panel(summary, choices(audit))
    paper = article_panel(
        annotate(audit),
        partial(to_statement, article),
        language=audit.article.language,
        references=partial(to_reference, article),
    )
    drawn = [sentence(summary), *([tools] if tools else []), paper, small_print(audit)]
    sheet = Sheet(revision=revision, shelf=Shelf(audit), paper=in_json(drawn))
    _spare_what_stays()
    return sheet


@cache
def _spare_what_stays() -> None:
    """Streamlit looks for garbage in all memory after every click, which takes a tenth of a second for what the program
    has loaded and keeps; this is done once a process, so that nothing that others leave behind meanwhile is kept.
    """
    gc.freeze()


def _draw(desk: Desk, article: str) -> None:
    """The article, and what stands beside it."""
    sheet = _sheet(desk, article)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show_article(
            sheet.paper,
            article,
            _chosen(sheet.shelf),
            # What is no filter of this article, the browser leaves out.
            verdicts=[value.replace(" ", "-") for value in st.query_params.get_all("verdict")],
            kind=st.query_params.get("kind", ""),
            rule=st.query_params.get("rule", ""),
            key=READER,
            on_choice=partial(_choose, READER),
        )
    with right, st.container(key=BESIDE):
        _beside(desk, article, sheet.revision)


@st.fragment
def _beside(desk: Desk, article: str, revision: str) -> None:
    """What the reader chose; a click reruns only this. The article is drawn anew where somebody wrote meanwhile."""
    with errors_in_words():
        sheet = _sheet(desk, article)
        if sheet.revision != revision:
            st.rerun()
        shelf = sheet.shelf
        chosen = _chosen(shelf)
        _tell_address(article, chosen)
        tree, said = _drawn(shelf, chosen)
        follow(
            desk,
            show_evidence(
                tree,
                said,
                chosen,
                st.session_state.get("meant", ()),
                key=EVIDENCE,
                on_choice=partial(_choose, EVIDENCE),
            ),
        )
        if chosen and "statement" in chosen:
            saying.draw(desk, shelf.audit, chosen["statement"])


def _chosen(shelf: Shelf) -> Chosen | None:
    for name in ("statement", "reference"):
        if st.session_state.get(name):
            return {name: st.session_state[name]}
    return None


def _tell_address(article: str, chosen: Chosen | None) -> None:
    """Write into the address what is shown, so that it can be shared."""
    filters = {name: values for name in _FILTERS if (values := st.query_params.get_all(name))}
    told = {"article": [article]} | {name: [value] for name, value in (chosen or {}).items()} | filters
    if address() != told:
        st.query_params.from_dict(told)
    st.session_state[_TOLD] = told


def _drawn(shelf: Shelf, chosen: Chosen | None) -> tuple[Element, str]:
    """What was chosen, or how to go on; and a few words that say what it is."""
    article = shelf.audit.article.id
    statement, reference = partial(to_statement, article), partial(to_reference, article)
    if not chosen:
        summary = summarise(shelf.audit)
        return overview_panel(shelf, summary, statement, questions=True, references=reference), ""
    if "reference" in chosen:
        shown = reference_shown(shelf, chosen["reference"])
        if shown is None:
            return element("p", _GONE.format("reference")), _GONE.format("reference")
        return reference_panel(shown, statement), f"Reference {shown.reference.position}"
    evidence = statement_evidence(shelf, chosen["statement"])
    if evidence is None:
        return element("p", _GONE.format("statement")), _GONE.format("statement")
    tree = evidence_panel(evidence, statement, questions=True, references=reference)
    return tree, f"{where_in_words(evidence)}: {evidence.assessment.verdict}"


_GONE = "The article holds no such {} (any more). Choose another one."


def _choose(component: str) -> None:
    """Keep what the browser says was chosen, which is not taken for more than names."""
    chosen: Any = st.session_state[component].chosen
    given = chosen if isinstance(chosen, Mapping) else {}
    for name in ("statement", "reference"):
        value = given.get(name)
        st.session_state[name] = value if isinstance(value, str) else None
    meant = given.get("meant")
    st.session_state["meant"] = tuple(one for one in meant if isinstance(one, str)) if isinstance(meant, list) else ()
