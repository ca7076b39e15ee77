"""Records to rows and back; no SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Table

from kb.graph import retraction
from kb.language.folding import fold
from kb.model import Audit, Citation, Record, Source
from kb.store.coding import decode, encode
from kb.store.schema import REPLACED, REVIEWS

Row = dict[str, Any]

_NOT_OF_THE_RECORD = frozenset({"article", "ordinal", "record"})
_ELSEWHERE: Mapping[str, tuple[Record, ...]] = {part.field: () for part in (*REPLACED, REVIEWS)}


def searchable(text: str) -> str:
    """Words as they are looked for: folded, and each with a space before it.

    >>> searchable("Knees, and Ärzte")
    ' knees and arzte '
    """
    return f" {fold(text)} "


_DERIVED: Mapping[tuple[str, str], Callable[[Any], object]] = {
    ("statement", "words"): lambda statement: searchable(statement.text),
    ("source", "words"): lambda source: searchable(source.title),
    ("source", "authors"): lambda source: searchable(" ".join(source.authors)),
    ("source", "retracted"): lambda source: retraction(source) is not None,
}
"""Columns, by table and name, that are no field of the record."""


def row(table: Table, record: Record, kept: Record | None = None) -> Row:
    """The columns of a record that SQL is asked about, and the record.

    Parameters
    ----------
    kept
        The record without what other tables keep, where that is less.
    """
    names = (column.name for column in table.columns if column.name not in _NOT_OF_THE_RECORD)
    asked = {name: _value(table.name, name, record) for name in names}
    return asked | {"record": encode(kept or record)}


def _value(table: str, column: str, record: Record) -> object:
    derived = _DERIVED.get((table, column))
    return derived(record) if derived else getattr(record, column)


def part_rows(table: Table, article: str, records: Iterable[Record], first: int = 0) -> list[Row]:
    """The rows of parts of an article, counted from ``first``."""
    return [
        {"article": article, "ordinal": ordinal} | row(table, record) for ordinal, record in enumerate(records, first)
    ]


def article_row(audit: Audit) -> Row:
    """The row of the article: the audit without what other tables keep."""
    article = msgspec.structs.replace(audit.article, text="")
    bare = msgspec.structs.replace(audit, article=article, sources=(), **_ELSEWHERE)
    told = {"id": article.id, "title": article.title, "as_of": audit.as_of}
    return told | {"record": encode(bare), "text": audit.article.text}


def bare_audit(record: str, text: str) -> Audit:
    """The audit without its parts, out of the row of the article."""
    bare = decode(Audit, record)
    return msgspec.structs.replace(bare, article=msgspec.structs.replace(bare.article, text=text))


def covers_rows(article: str, citations: Iterable[Citation]) -> list[Row]:
    """Which citation covers which statement."""
    return [
        {"article": article, "citation": ordinal, "statement": statement}
        for ordinal, citation in enumerate(citations)
        for statement in dict.fromkeys(citation.statements)
    ]


def source_row(table: Table, source: Source) -> Row:
    """The row of a source, without its texts and what it cites."""
    return row(table, source, msgspec.structs.replace(source, abstract="", full_text="", cites=()))


def text_rows(sources: Iterable[Source]) -> list[Row]:
    """The texts of the sources that have any."""
    return [
        {"source": source.id, "abstract": source.abstract, "full_text": source.full_text}
        for source in sources
        if source.abstract or source.full_text
    ]


def cites_rows(sources: Iterable[Source]) -> list[Row]:
    """What each source cites, in its order."""
    return [
        {"source": source.id, "ordinal": ordinal, "cited": cited}
        for source in sources
        for ordinal, cited in enumerate(source.cites)
    ]


def notice_rows(sources: Iterable[Source]) -> list[Row]:
    """The notices about each source."""
    return [
        {"source": source.id, "ordinal": ordinal, "kind": notice.kind, "date": notice.date, "doi": notice.doi}
        for source in sources
        for ordinal, notice in enumerate(source.notices)
    ]
