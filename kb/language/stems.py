"""Words without their endings, so that "nerves" and "nerve" are one word."""

from __future__ import annotations

from functools import lru_cache

_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "edly", "ed", "es", "ly", "s", "y", "e")
_SHORTEST = 4
"""Characters that an ending must leave."""


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The word without its ending, where enough is left of it.

    >>> [stem(word) for word in ("nerves", "irritation", "irritated", "ease")]
    ['nerv', 'irrit', 'irritat', 'ease']
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word
