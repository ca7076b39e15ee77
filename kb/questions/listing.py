"""The sources as a table: which of them, in what order, and what is known of each and of its use.

Which there are, the store finds (`kb.store.listing`): of many, a bounded number, and how many fit in all.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from kb.model import Design, Direction, NoticeKind, Record, Reference, Resolution, ResolutionStatus, Source
from kb.questions.stated import Stated

Only: TypeAlias = Literal["doubted", "updated", "differ", "not asked", "not found"]
"""What a table can be narrowed down to: sources with a notice of `DOUBTED` or of `UPDATED`, those on which registries
differ, those with a reference of a status of `NOT_ASKED` or of `NOT_FOUND`."""
Order: TypeAlias = Literal["notices", "title", "year", "design", "statements", "asked"]

DOUBTED: tuple[NoticeKind, ...] = ("retraction", "withdrawal", "partial retraction", "expression of concern")
"""Notices that may take a source's weight away, the gravest first."""
UPDATED: tuple[NoticeKind, ...] = ("correction", "new version", "published version", "preprint")
NOT_ASKED: tuple[ResolutionStatus, ...] = ("not attempted", "unreachable")
NOT_FOUND: tuple[ResolutionStatus, ...] = ("not found", "another work")

MOST = 200
"""Sources in a table."""
ARTICLES = 3
"""Articles that are named of those that cite a source."""
RESTING = 50
"""Statements and references that the card of a source names of each."""


class Wish(Record, frozen=True, kw_only=True):
    """Which sources, and in what order.

    Attributes
    ----------
    words
        Each begins a word of the title, an author's name, or is in the DOI or PubMed id; of a source that is known by
        no more than the entry of a reference list, each is in that entry.
    article
        Those that this article names; all where empty.
    order
        ``notices``, ``statements``, ``year`` and ``asked`` begin with the gravest, the most and the latest, and the
        others with A; ``turned`` turns that around. What lacks what is ordered by comes last in any case.
    """

    words: tuple[str, ...] = ()
    only: Only | None = None
    design: Design | None = None
    article: str = ""
    order: Order = "notices"
    turned: bool = False
    most: int = MOST


class Listed(Record, frozen=True, kw_only=True):
    """A source in the table, without its texts and what it cites.

    Attributes
    ----------
    entry
        The first entry of a reference list that leads to it, where it has no title of its own.
    statements
        How many statements rest on it.
    articles
        The first articles that name it, by id and title, and ``cited_by``, how many there are in all.
    statuses
        How the references that lead to it were resolved, each once.
    asked
        When a registry was last asked about it, ISO 8601; None where none has answered.
    """

    source: Source
    entry: str = ""
    statements: int = 0
    articles: tuple[tuple[str, str], ...] = ()
    cited_by: int = 0
    statuses: tuple[ResolutionStatus, ...] = ()
    asked: str | None = None


class Listing(Record, frozen=True, kw_only=True):
    """The first sources that fit, how many fit, and how many there are in all."""

    wish: Wish
    sources: tuple[Listed, ...] = ()
    fitting: int = 0
    all: int = 0


class CitedAs(Record, frozen=True, kw_only=True):
    """An entry of an article's reference list that leads to a source, and how that is known."""

    article: str
    title: str
    reference: Reference
    resolution: Resolution | None = None


class Card(Record, frozen=True, kw_only=True):
    """All that is known of one source and of its use; of references and statements the first, and how many in all."""

    source: Source
    cited_as: tuple[CitedAs, ...] = ()
    references: int = 0
    resting: tuple[tuple[Stated, Direction], ...] = ()
    statements: int = 0
    asked: str | None = None


def last_asked(source: Source) -> str | None:
    """When a registry that told of a source was last asked; None where none did.

    >>> from kb.model import Attribution
    >>> said = [Attribution(by=by, fields=("title",), asked=day) for by, day in (("A", "2026-01-02"), ("B", None))]
    >>> last_asked(Source(id="ref:1", said=tuple(said))), last_asked(Source(id="ref:1"))
    ('2026-01-02', None)
    """
    return max((said.asked for said in source.said if said.asked), default=None)
