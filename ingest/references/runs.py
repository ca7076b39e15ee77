"""Where entries begin in a list that neither marks nor lines divide: at the names that a date follows."""

from __future__ import annotations

import re

from ingest.references.names import read_names

_BOUNDARY = re.compile(r"(?<=[.)\]\d”\"/>?!])\s+(?=\S)|(?<=doi:)\s+(?=\S)")
_DATED = re.compile(r"(?:1[5-9]|20)\d\d(?!\d)|in press|n\.\s?d\.|submitted|forthcoming", re.IGNORECASE)
_DATE = re.compile(rf"[\s.,:;]{{0,3}}[(\[]{{0,2}}\s?(?:{_DATED.pattern})", re.IGNORECASE)
_ROLE = re.compile(r"[\s,]{0,2}[(\[](?:Eds?|Hrsg|Ed by)\b\.?[)\]]\.?")
_ORGANISATION = re.compile(r"[A-ZÀ-Þ][^.()\d]{2,120}(?:\s?\([A-Z]{2,10}\))?\.?\s?(?=[(\[](?:1[5-9]|20)\d\d)")
_UNNAMED = re.compile(r"\((?:1[5-9]|20)\d\d[a-z]?\)\.\s")
_DASHES = re.compile(r"[—–_-]{2,}")
_FAR = 400
"""How far names and the date after them may reach."""


def opens_dated(text: str, at: int = 0) -> int:
    """Where the date ends that follows the names at ``at``, or the date itself, at once; 0 where there is none."""
    year = _DATED.search(text, at, at + _FAR)
    if year is None:
        return 0
    if _UNNAMED.match(text, at):
        return year.end()
    head = text[at : year.end()]
    names = read_names(head).end
    role = _ROLE.match(head, names)
    other = None if names else _DASHES.match(head) or _ORGANISATION.match(head)
    end = role.end() if role else other.end() if other else names
    return year.end() if (names or other) and _DATE.fullmatch(head, end) else 0


def run_starts(text: str, start: int, end: int) -> list[int]:
    """The offsets at which the entries of a list begin that runs on in one paragraph.

    The list is ``text[start:end]`` and begins with an entry. Only styles are divided in which the date follows the
    authors; of others the list stays one entry, for its full stops do not tell where a title ends and where an entry.
    """
    dated = opens_dated(text, start)
    starts = [start]
    for boundary in _BOUNDARY.finditer(text, start, end):
        at = boundary.end()
        if at > dated and (date := opens_dated(text, at)):
            starts.append(at)
            dated = date
    return starts
