"""Records to text and back, as the knowledge base and the cache keep them."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

from kb.model import Record

AnyRecord = TypeVar("AnyRecord", bound=Record)

_NOT_TEXT = re.compile("[\0\ud800-\udfff]")
_NUL = b"\\u0000"
"""As JSON writes it."""


def encode(record: Record) -> str:
    """A record as JSON, as the store keeps it."""
    return msgspec.json.encode(record).decode()


def decode(kind: type[AnyRecord], stored: str) -> AnyRecord:
    """The record that `encode` wrote."""
    return msgspec.json.decode(stored, type=kind)


def is_text(words: str) -> bool:
    """Whether every store can hold these words: no half of a surrogate pair stands alone in them, and no U+0000."""
    return _NOT_TEXT.search(words) is None


def storable(record: AnyRecord) -> AnyRecord:
    """The record, with a replacement character for each U+0000 and each half of a surrogate pair that stands alone.

    Such a half is no text, UTF-8 cannot hold it; U+0000 is text, but none of PostgreSQL's. They come from broken
    escapes in a registry's answer; one code point stands for one, so every offset still holds. A record without any is
    returned as it is.
    """
    try:
        if _NUL not in msgspec.json.encode(record):
            return record
    except UnicodeEncodeError:
        pass
    return msgspec.convert(_whole(msgspec.to_builtins(record)), type(record))


def whole(words: str) -> str:
    """Words from anywhere, such as an address, as they would be stored (`storable`), so that they can be looked up."""
    return _NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", words)


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(item) for item in value]
    return value
