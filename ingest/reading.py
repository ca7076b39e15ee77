"""What reading a document gives: the article, and what its format itself says of citations and references."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ingest.citekeys import Cited
from ingest.links import Link
from kb.model import Article, Record, Reference


class Anchor(Record, frozen=True, kw_only=True):
    """A passage that the format itself ties to references: a JATS ``xref``, an HTML link to the list, a Word field.

    Offsets are those of the article's text. ``targets`` are ids of ``Reading.entries`` or ``Reading.works``, or
    other names that ``Reading.aliases`` knows.
    """

    start: int
    end: int
    targets: tuple[str, ...]


class Raised(Record, frozen=True, kw_only=True):
    """A passage that the format sets as superscript, for instance an exponent or a citation."""

    start: int
    end: int


class Remark(Record, frozen=True, kw_only=True):
    """A comment of the author's that speaks to this program: its text begins with ``kb:``.

    ``start`` and ``end`` are the place of the article's text to which it is tied, in code points, half-open: the
    comment itself where the text holds it (Markdown, plain text), else the empty place where it was left out (HTML,
    JATS), or the words that it is anchored to (Word).
    """

    text: str
    start: int
    end: int
    alone: bool
    """Whether it stands between blocks rather than within one: then it speaks of the block that follows."""
    closed: bool = True
    """Whether the comment comes to its end; one that does not is left in the text, and speaks of nothing."""


class Reading(Record, frozen=True, kw_only=True):
    """A document as read.

    In formats without markup of their own for citations (plain text) there is nothing but the article: its markers and
    its reference list are then found in the words.
    """

    article: Article
    keys: tuple[Cited, ...] = ()
    """Where the audited text cites keys, as Markdown does."""
    links: tuple[Link, ...] = ()
    """Where the audited text names works by address or identifier."""
    anchors: tuple[Anchor, ...] = ()
    raised: tuple[Raised, ...] = ()
    entries: tuple[Reference, ...] = ()
    """The reference list, one entry each, where the markup divides it: id, label, text, place, and what fields the
    markup gives. Missing fields are read out of ``text`` later. Empty where the list has to be divided by its words,
    that is by the article's blocks of the kind "reference list"."""
    works: tuple[Reference, ...] = ()
    """Works that the document carries data of beside its list, as the citation fields of Word do."""
    remarks: tuple[Remark, ...] = ()
    aliases: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Other names that anchors use for entries or works, and the ids meant."""
