"""Addresses inside the app: what a link to an article's statement or to a question looks like, and what it says.

They are relative to the page on which they stand, so they hold wherever the app is served, and can be copied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias
from urllib.parse import parse_qs, urlencode

Given: TypeAlias = Mapping[str, Sequence[str]]
"""What an address says, by name; a name may stand in it several times."""

BEGINS = "./"


class Way(NamedTuple):
    """A page of the app, and what it is given."""

    page: str
    given: Given


def first(given: Given, name: str) -> str | None:
    """The value of a name, the first where there are several."""
    return next(iter(given.get(name, ())), None)


def to_statement(article: str, statement: str) -> str:
    """Where a statement stands in its article.

    >>> to_statement("notes/knees.md", "s1")
    './?article=notes%2Fknees.md&statement=s1'
    """
    return to_page("", article=article, statement=statement)


def to_reference(article: str, reference: str) -> str:
    """Where a reference of an article is shown.

    >>> to_reference("notes/knees.md", "ref1")
    './?article=notes%2Fknees.md&reference=ref1'
    """
    return to_page("", article=article, reference=reference)


def to_article(article: str) -> str:
    """Where an article is read.

    >>> to_article("notes/knees.md")
    './?article=notes%2Fknees.md'
    """
    return to_page("", article=article)


def to_graph(**given: str | Sequence[str]) -> str:
    """Where something is drawn: an article, everything, what is around one thing, or the answer to a question.

    >>> to_graph(question="impact", source="doi:10.5555/x")
    './graph?question=impact&source=doi%3A10.5555%2Fx'
    """
    return to_page("graph", **given)


def to_page(page: str, **given: str | Sequence[str]) -> str:
    """Where a page is, and what it is given.

    >>> to_page("sources", source="doi:10.5555/x"), to_page("overview")
    ('./sources?source=doi%3A10.5555%2Fx', './overview')
    """
    return f"{BEGINS}{page}?{urlencode(given, doseq=True, errors='replace')}" if given else f"{BEGINS}{page}"


def to_question(question: str, **given: str | Sequence[str]) -> str:
    """Where a question is answered.

    >>> to_question("impact", source="doi:10.5555/x")
    './questions?question=impact&source=doi%3A10.5555%2Fx'
    """
    return to_page("questions", question=question, **given)


def parse_way(address: str) -> Way | None:
    """What an address says; None where it does not lead inside the app.

    >>> parse_way("./questions?question=impact&source=a&source=b")
    Way(page='questions', given={'question': ['impact'], 'source': ['a', 'b']})
    """
    page, _, rest = address.removeprefix(BEGINS).partition("?")
    if not address.startswith(BEGINS) or "/" in page:
        return None
    return Way(page or "article", parse_qs(rest))
