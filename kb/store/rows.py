"""Records to rows and back; no SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import Table

from kb.graph import retraction
from kb.language.folding import fold
from kb.model import Audit, Record, Source
from kb.store.coding import decode, encode
from kb.store.schema import REPLACED, REVIEWS
from kb.store.schema import source as source_table

Row: TypeAlias = tuple[object, ...]
"""The values of a row, in the order of its table's columns."""

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


@cache
def _values(table: Table) -> tuple[Callable[[Any], object], ...]:
    """What gives each column that SQL is asked about, in the order of the columns."""
    asked = (column.name for column in table.columns if column.name not in ("article", "ordinal", "record"))
    return tuple(_DERIVED.get((table.name, name)) or attrgetter(name) for name in asked)


def part_rows(table: Table, article: str, records: Iterable[Record], first: int = 0) -> Iterator[Row]:
    """The rows of parts of an article, counted from ``first``."""
    values = _values(table)
    for ordinal, record in enumerate(records, first):
        yield article, ordinal, *[value(record) for value in values], encode(record)


def article_row(audit: Audit) -> Row:
    """The row of the article: the audit without what other tables keep."""
    article = msgspec.structs.replace(audit.article, text="")
    bare = msgspec.structs.replace(audit, article=article, sources=(), **_ELSEWHERE)
    return article.id, article.title, audit.as_of, encode(bare), audit.article.text


def bare_audit(record: str, text: str) -> Audit:
    """The audit without its parts, out of the row of the article."""
    bare = decode(Audit, record)
    return msgspec.structs.replace(bare, article=msgspec.structs.replace(bare.article, text=text))


def named_rows(audit: Audit) -> Iterator[Row]:
    """Which sources the article names."""
    return ((audit.article.id, ordinal, source.id) for ordinal, source in enumerate(audit.sources))


def covers_rows(audit: Audit) -> Iterator[Row]:
    """Which citation covers which statement."""
    return (
        (audit.article.id, ordinal, statement)
        for ordinal, citation in enumerate(audit.citations)
        for statement in dict.fromkeys(citation.statements)
    )


def source_row(source: Source) -> Row:
    """The row of a source, without its texts and what it cites."""
    bare = msgspec.structs.replace(source, abstract="", full_text="", cites=())
    return *[value(source) for value in _values(source_table)], encode(bare)


def text_rows(source: Source) -> Iterator[Row]:
    """The texts of a source, where it has any."""
    if source.abstract or source.full_text:
        yield source.id, source.abstract, source.full_text


def cites_rows(source: Source) -> Iterator[Row]:
    """What a source cites, in its order."""
    return ((source.id, ordinal, cited) for ordinal, cited in enumerate(source.cites))


def notice_rows(source: Source) -> Iterator[Row]:
    """The notices about a source."""
    return ((source.id, ordinal, notice.kind, notice.date, notice.doi) for ordinal, notice in enumerate(source.notices))
