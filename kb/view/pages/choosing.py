"""What a question asks for, chosen by widgets: a statement, sources, a number of years, or words.

No list holds more than some hundred things, however much there is: what is not among them can be typed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, NamedTuple, get_args

import streamlit as st

from kb.base import KnowledgeBase
from kb.errors import one_line
from kb.language.counting import count
from kb.model import Certainty, Design, Kind, Verdict
from kb.questions.naming import place_of
from kb.questions.stated import Stated
from kb.strength.wording import label
from kb.view.answers.wording import cut, named
from kb.view.colours import LOOKS
from kb.view.pages.desk import Desk
from kb.view.pages.frame import article_names
from kb.view.ways import Given, first
from kb.view.wording import distinct

_LINE = re.compile(r"(?P<line>[0-9]{1,9})(?:\.(?P<which>[0-9]{1,6}))?")
_LABEL = 110
"""Characters of a statement in a list."""
_OPTIONS: dict[str, tuple[str, Collection[str]]] = {
    "verdict": ("Verdict", get_args(Verdict)),
    "kind": ("What it asserts", get_args(Kind)),
    "certainty": ("Certainty", get_args(Certainty)),
    "design": ("Design of the source", get_args(Design)),
}
_TYPED = {
    "level": ("OCEBM level", "1 or 1-2"),
    "year": ("Year of the source", "2019 or 2015-2020"),
    "author": ("Author", "a family name"),
    "journal": ("Journal", "its name, or words of it"),
}
SEARCHED = ("words", "only", *_OPTIONS, *_TYPED)
"""What a search can be given."""


class Asked(NamedTuple):
    """What the address or the session says of a question."""

    given: Given
    fresh: bool
    """Whether it comes from outside, and goes before what the widgets say."""

    def first(self, name: str) -> str | None:
        """The value of a name, the first where there are several."""
        return first(self.given, name)

    def key(self, name: str, value: Any) -> str:
        """The key of a widget that begins with this value, and keeps what the reader chooses."""
        key = f"asked {name}"
        if self.fresh or key not in st.session_state:
            st.session_state[key] = value
        return key


def choose_statement(desk: Desk, base: KnowledgeBase, asked: Asked) -> Given:
    """An article, and a statement of it; instead of one of the list, a line or words can be typed."""
    left, right = st.columns([1, 2])
    with left:
        article = _article(base, asked)
    listed = {one.statement: one for one in base.statements_of(article)} if article else {}
    words = distinct({name: _words(one) for name, one in listed.items()})
    asked_for = asked.first("statement") if article == asked.first("article") else None
    begin = _in_list(asked_for, listed.values())
    options = [name for name, one in listed.items() if one.verdict != "needs no source" or name == begin]
    with right:
        chosen = st.selectbox(
            "Statement",
            _with(options, begin),
            key=asked.key(f"statement of {article}", begin),
            format_func=lambda name: words.get(name) or one_line(name),
            index=None,
            accept_new_options=True,
            placeholder="Choose one, or type its line, ARTICLE:LINE, or words of it",
        )
    place = place_of(chosen or "")
    if place.where:
        return {"article": [place.article], "statement": [place.where]}
    return {"article": [article] if article else [], "statement": [chosen] if chosen else []}


def _in_list(name: str | None, listed: Collection[Stated]) -> str | None:
    """The id of a statement that is named by its line, or by its number in that line; else the name."""
    found = _LINE.fullmatch(name or "")
    in_line = [one.statement for one in listed if found and one.line == int(found["line"])]
    if found and found["which"] and 0 < int(found["which"]) <= len(in_line):
        return in_line[int(found["which"]) - 1]
    return in_line[0] if len(in_line) == 1 else name


def _article(base: KnowledgeBase, asked: Asked) -> str | None:
    names = article_names(base)
    begin = asked.first("article") or st.session_state.get("article")
    chosen: str | None = st.selectbox(
        "Article",
        _with(names, begin),
        key=asked.key("article", begin or next(iter(names), None)),
        format_func=lambda name: names.get(name) or one_line(name),
        accept_new_options=True,
        placeholder="Choose one, or type words of its name",
    )
    if chosen is None or chosen in names:
        return chosen
    called = base.titles(chosen)
    return chosen if chosen in called else next(iter(called), chosen)


def _words(one: Stated) -> str:
    sign = LOOKS[one.verdict].sign if one.verdict else ""
    return f"{one.line} {sign} {cut(one.text, _LABEL)}"


def choose_sources(desk: Desk, base: KnowledgeBase, asked: Asked) -> Given:
    """One source or several, of the most used ones; any other can be typed."""
    used = _most_used(base, desk.name, base.revision())
    begin = list(asked.given.get("source", ()))
    chosen = st.multiselect(
        "Sources that fall",
        _with(used, *begin),
        key=asked.key("source", begin),
        format_func=lambda name: used.get(name) or one_line(name),
        accept_new_options=True,
        placeholder="Choose among the most used, or type a DOI, a PubMed id, or words of a title",
        select_all=False,
    )
    return {"source": chosen}


@st.cache_data(max_entries=4, show_spinner=False)
def _most_used(_base: KnowledgeBase, name: str, revision: str) -> dict[str, str]:
    """The most used sources by id, in words; counted again when something was written."""
    used = _base.most_used()
    return distinct({one.id: f"{named(label(one), one.title)} ({count(number, 'statement')})" for one, number in used})


def choose_years(desk: Desk, base: KnowledgeBase, asked: Asked) -> Given:
    """A number of years, or none."""
    begin = (asked.first("years") or "")[:5]
    years = st.number_input(
        "Also statements whose sources are all older than so many years",
        min_value=1,
        max_value=1000,
        step=1,
        key=asked.key("years", int(begin) if begin.isdecimal() and 1 <= int(begin) <= 1000 else None),
        value=None,
        placeholder="any age",
        width=420,
    )
    return {"years": [str(years)] if years else []}


def choose_nothing(desk: Desk, base: KnowledgeBase, asked: Asked) -> Given:
    """Nothing: the question is about everything."""
    return {}


def choose_words(desk: Desk, base: KnowledgeBase, asked: Asked) -> Given:
    """Words, and what else a search can ask for."""
    words = st.text_input(
        "Words of a statement, a title or an author",
        key=asked.key("words", asked.first("words") or ""),
        placeholder='knee "randomized trial"',
    )
    given = {"words": [words] if words.strip() else []}
    with st.expander("Narrow it down", expanded=any(asked.first(name) for name in SEARCHED[1:])):
        columns = st.columns(3)
        for place, (name, (title, options)) in enumerate(_OPTIONS.items()):
            begin = asked.first(name)
            key = asked.key(name, begin if begin in options else None)
            chosen = columns[place % 3].selectbox(title, options, key=key, index=None, placeholder="any")
            given[name] = [chosen] if chosen else []
        for place, (name, (title, example)) in enumerate(_TYPED.items(), len(_OPTIONS)):
            key = asked.key(name, asked.first(name) or "")
            typed = columns[place % 3].text_input(title, key=key, placeholder=example)
            given[name] = [typed] if typed.strip() else []
        begin = asked.first("only")
        key = asked.key("only", begin if begin in ("statements", "sources") else None)
        only = columns[2].selectbox("Only", ("statements", "sources"), key=key, index=None, placeholder="both")
        given["only"] = [only] if only else []
    return given


def _with(options: Collection[str], *others: str | None) -> list[str]:
    """The options, and what else may be chosen at the start."""
    return [*options, *(one for one in others if one is not None and one not in options)]
