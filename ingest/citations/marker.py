"""What the finders of markers share: the marker as found, before it is placed and linked to statements."""

from __future__ import annotations

import msgspec


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """An in-text marker: ``article.text[start:end]``, the reference ids it names, and what it names in vain."""

    start: int
    end: int
    references: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def unique(names: list[str]) -> tuple[str, ...]:
    """The names in order, each once."""
    return tuple(dict.fromkeys(names))
