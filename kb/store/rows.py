"""Records to rows and back; no SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Table

from kb.model import Audit, Record
from kb.store.schema import REPLACED, REVIEWS

Row = dict[str, Any]
AnyRecord = TypeVar("AnyRecord", bound=Record)

_NOT_OF_THE_RECORD = frozenset({"article", "ordinal", "record"})
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


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


def encode(record: Record) -> str:
    """A record as JSON, as the store keeps it."""
    return msgspec.json.encode(record).decode()


def decode(kind: type[AnyRecord], stored: str) -> AnyRecord:
    """The record that `encode` wrote."""
    return msgspec.json.decode(stored, type=kind)


def is_text(words: str) -> bool:
    """Whether UTF-8, and so the store, can hold these words: no half of a surrogate pair stands in them alone."""
    return _HALF_CHARACTER.search(words) is None


def storable(record: AnyRecord) -> AnyRecord:
    """The record, with a replacement character for each half of a surrogate pair that stands alone.

    Such a half is no text and cannot be stored. It comes from broken escapes in a registry's answer; one code point
    stands for one, so every offset still holds. A record without any is returned as it is.
    """
    try:
        msgspec.json.encode(record)
    except UnicodeEncodeError:
        return msgspec.convert(_whole(msgspec.to_builtins(record)), type(record))
    return record


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return _HALF_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(item) for item in value]
    return value
