"""Records to text and back, as the knowledge base and the cache keep them."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

from kb.model import Record

AnyRecord = TypeVar("AnyRecord", bound=Record)

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


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
