"""Records to rows and back; no SQL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Table

from kb.model import Audit, Record
from kb.store.coding import encode
from kb.store.schema import REPLACED, REVIEWS

Row = dict[str, Any]

_NOT_OF_THE_RECORD = frozenset({"article", "ordinal", "record"})


def row(table: Table, record: Record) -> Row:
    """The columns of a record that SQL is asked about, and the whole record."""
    asked = {column.name: getattr(record, column.name) for column in table.columns if _is_field(column.name)}
    return asked | {"record": encode(record)}


def _is_field(column: str) -> bool:
    return column not in _NOT_OF_THE_RECORD


def part_rows(table: Table, article: str, records: Iterable[Record], first: int = 0) -> list[Row]:
    """The rows of parts of an article, counted from ``first``."""
    return [
        {"article": article, "ordinal": ordinal} | row(table, record) for ordinal, record in enumerate(records, first)
    ]


def article_row(audit: Audit) -> Row:
    """The row of the article: the audit without what other tables keep."""
    elsewhere: dict[str, tuple[Record, ...]] = {part.field: () for part in (*REPLACED, REVIEWS)}
    bare = msgspec.structs.replace(audit, sources=(), **elsewhere)
    return {"id": audit.article.id, "title": audit.article.title, "as_of": audit.as_of, "record": encode(bare)}
