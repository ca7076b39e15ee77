"""Pieces that the panels of answers are put together from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from kb.identifiers.doi import doi_url
from kb.identifiers.pubmed import pmid_url
from kb.questions.stated import Stated
from kb.view.answers.wording import TITLE, cut, named
from kb.view.colours import LOOKS
from kb.view.markup import Element, Node, element
from kb.view.parts import asks, listing, place_within, section, sentences, verdict_badge, what_falls
from kb.view.ways import to_statement
from kb.view.wording import CAVEAT

Shown = TypeVar("Shown")

FIRST = 10
"""Things of one kind that are shown at once; …"""
MOST = 100
"""… so many more can be unfolded, and what is beyond is counted."""


def answer_of(*parts: Node | None) -> Element:
    """A whole answer, with what grades are worth."""
    return element("section", *parts, element("p", CAVEAT, class_="faint"), class_="evidence answer")


def see_drawn(address: str | None) -> Element | None:
    """A link to the same answer as a drawing; nothing where it stands beside it."""
    return element("p", asks(("See it drawn", address))) if address else None


def comes_to(reasons: Iterable[str]) -> Element | None:
    """What an answer comes to, a sentence each."""
    return section("What it comes to", listing(sentences(reasons)))


def headline(statement: Stated, leans_on: Sequence[Stated] = ()) -> Element:
    """The statement that an answer is about, and what it leans on."""
    return element(
        "header",
        element("p", verdict_badge(statement.verdict) if statement.verdict else None, " ", _place(statement)),
        element("blockquote", _link(statement, statement.text), class_=f"quoted {_hue(statement)}"),
        *(element("p", "leans on ", _link(base, cut(base.text)), " ", _place(base)) for base in leans_on),
    )


def said(statement: Stated, *, badge: bool = True, within: bool = False) -> Element:
    """A statement in a list: its verdict, its words as a link, and where it stands.

    Parameters
    ----------
    badge
        Whether the verdict is shown.
    within
        Whether its article is named above.
    """
    return element(
        "p",
        verdict_badge(statement.verdict) if badge and statement.verdict else None,
        " ",
        _link(statement, f"“{cut(statement.text)}”"),
        " ",
        element("span", place_within(statement.line, statement.place), class_="faint") if within else _place(statement),
    )


def work(source: str, label: str, title: str, *facts: str) -> Element:
    """A source: its name as a link to it, what is known of it, and a link to what falls with it."""
    told = " · ".join(filter(None, facts))
    return element(
        "div",
        element("p", work_named(source, named(label, title, TITLE))),
        element("p", f"{told} · " if told else None, what_falls(source), class_="faint"),
        class_="work",
    )


def work_named(source: str, words: str) -> Element:
    """The name of a source, as a link to where it can be found."""
    url = doi_url(source.removeprefix("doi:")) if source.startswith("doi:") else None
    url = pmid_url(source.removeprefix("pmid:")) if source.startswith("pmid:") else url
    return element("a", words, href=url, rel="noreferrer") if url else element("span", words)


def folded(
    things: Sequence[Shown], draw: Callable[[Shown], Node], *, first: int = FIRST, of: int | None = None
) -> Iterable[Element]:
    """The first things as a list, some more folded away below it, and how many there are beyond.

    Parameters
    ----------
    of
        How many there are in all, where that is more than are given.
    """
    rest = things[first : first + MOST]
    beyond = (of or len(things)) - len(things[:first]) - len(rest)
    shown = listing([draw(one) for one in things[:first]])
    if shown:
        yield shown
    if rest:
        yield unfolding(f"and {len(rest)} more", [draw(one) for one in rest])
    if beyond > 0:
        yield element("p", f"and {beyond} more", class_="faint")


def unfolding(words: str, items: Sequence[Node]) -> Element:
    """A list that is shown when its words are clicked."""
    return element("details", element("summary", words), listing(items))


def _link(statement: Stated, words: str) -> Element:
    return element("a", words, href=to_statement(statement.article, statement.statement))


def _place(statement: Stated) -> Element:
    place = f"{cut(statement.article)}, {place_within(statement.line, statement.place)}"
    return element("span", place, class_="faint")


def _hue(statement: Stated) -> str:
    return f"verdict-{LOOKS[statement.verdict or 'not checked'].slug}"
