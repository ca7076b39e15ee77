"""What several parsers of references do with a regular expression."""

from __future__ import annotations

import re


def last_match(pattern: re.Pattern[str], text: str, start: int = 0) -> re.Match[str] | None:
    """The last match in ``text`` of those from ``start`` on."""
    found = None
    for match in pattern.finditer(text, start):
        found = match
    return found


def without(text: str, match: re.Match[str]) -> str:
    """The text with a semicolon in the place of what matched, so that its neighbours do not grow together."""
    return f"{text[: match.start()]} ; {text[match.end() :]}"
