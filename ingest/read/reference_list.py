"""Where a reference list begins that no heading announces, and whether what stands under such a heading is one."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PARTICLE = r"(?:(?:[Vv]an|[Vv]on|[Dd]e[nrl]?|[Dd]i|[Dd]a|[Dd]os|[Ll]a|[Ll]e|[Aa]l|[Ee]l)\s){0,3}"
_FAMILY = r"[A-ZÀ-Þ][\w’'‐-]{1,30}(?:\s[A-ZÀ-Þ][\w’'‐-]{1,30})?"
_INITIALS = r"[A-ZÀ-Þ](?:[.\s-]{0,2}[A-ZÀ-Þ]){0,3}\.?"
_MARK = re.compile(
    r"\s*(?:\[[\w+.:-]{1,20}\]:?|\(\d{1,3}\)|(?P<number>\d{1,3})\s?[.)]|[•*·-]|\d{1,3}(?=\s+[A-ZÀ-Þ])|[¹²³⁰⁴-⁹]{1,3})"
    r"\s*(?:\d{1,3}(?=\s[A-ZÀ-Þ]))?\s*"
)
_GLUED = re.compile(r"(?:[A-ZÀ-Þ][a-zà-öø-ÿ’'-]{1,30}[A-ZÀ-Þ]{1,3}){1,12}[.:,]")
_ORGANISATION = re.compile(r"(?:[A-ZÀ-Þ][^.()]{1,120}(?:\s\([A-Z]{2,10}\))?\s)?\((?:1[6-9]|20)\d\d[a-z]?\)\.")
_PERSON = re.compile(
    r"(?!(?:The|An?|In|On|At|By|For|From|As|It|To|This|These|We|Our|If|Of|All|Some|Both)\s)(?:"
    rf"{_PARTICLE}{_FAMILY},?\s{_INITIALS}(?=[,.;:&(\s]|$)(?!\s[a-z]{{4}})"
    rf"|{_FAMILY},\s[A-ZÀ-Þ][\w’'-]+(?:\s{_INITIALS})?(?:[,.;]|\s\(|\s(?:and|&)\s)"
    rf"|{_INITIALS}\s{_PARTICLE}{_FAMILY}(?:,|\s(?:and|&|et|und)\s))"
)
_DATED_NAME = re.compile(r"[A-ZÀ-Þ][^.()\d]{1,120}[.,]?\s\((?:1[6-9]|20)\d\d[a-z]?(?:,\s[^()]{1,30})?\)\.?\s[^a-z\s]")
_DASHES = re.compile(r"[—–_-]{2,}[.,\s]")
_YEAR = re.compile(r"(?<![\d-])(?:1[6-9]|20)\d\d[a-z]?(?!\d)|\b(?:in press|forthcoming|n\.\s?d\.)", re.IGNORECASE)
_NUMBERS = re.compile(
    r"\b\d{1,4}\s?\(\w{1,9}(?:[-–/]\w{1,9})?\)\s?[:,;]|\b\d{1,4}\s?:\s?[A-Za-z]?\d{1,7}|(?:1[6-9]|20)\d\d\s?;\s?\d"
    r"|\bpp?\.\s?[A-Za-z]?\d|\b\d{1,5}[–-]\d{1,5}\b|\bdoi\b|\b10\.\d{4,9}/|https?://|\bPMID\b|\bISBN\b|\b[Ee]ds?\.\)"
    r"|\b(?:Press|Verlag|Publish(?:er|ing)|Springer|Elsevier|Wiley|University|Thesis|Geneva|London|New York)\b"
)
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|be|been|can|may|should|must|will|would|we|they|this|these|you|your|our)\b",
    re.IGNORECASE,
)
_FEWEST = 2
_FEWEST_CLAUSES = 2
_FEWEST_WORDS = 12
_MOSTLY = 0.6
"""The part of the pieces of a run that must be entries for sure: wrapped lines and remarks are none."""

_WIDEST_GAP = 2
"""Pieces in a row that are no entries for sure, inside a list."""

_LONGEST_ENTRY = 1500
_HEAD = 200


def trailing_entries(pieces: Sequence[str]) -> int | None:
    """Where the reference list begins at the end of an article that has no heading for it.

    Parameters
    ----------
    pieces
        The blocks of the article in order: paragraphs, or lines.

    Returns
    -------
    int or None
        The index of the first entry; None where the article ends without a list. Less than half of the pieces from
        there on may be something else, as promotion after the list is.
    """
    sure = [_is_entry(piece) for piece in pieces]
    last = next((index for index in reversed(range(len(pieces))) if sure[index]), None)
    if last is None:
        return None
    first, count, gap = last, 0, 0
    for index in range(last, -1, -1):
        gap = 0 if sure[index] or _may_be_entry(pieces[index]) else gap + 1
        if gap > _WIDEST_GAP:
            break
        if sure[index]:
            first, count = index, count + 1
    while first and _leads_to(pieces[first - 1], pieces[first]):
        first -= 1
    found = last - first + 1
    enough = count >= _FEWEST or _runs_on(pieces[first])
    return first if enough and count >= _MOSTLY * found and 2 * found > len(pieces) - first else None


def holds_list(pieces: Sequence[str]) -> bool:
    """Whether the blocks under a heading like "References" or "Sources" are a list, and not a passage about them.

    An article on writing has a section on references, and a report one on sources of data; a list may begin with a
    remark.
    """
    return not pieces or not _is_prose(pieces[0]) or begins_list(pieces)


def begins_list(pieces: Sequence[str]) -> bool:
    """Whether one of the first blocks under a heading is an entry for sure."""
    return any(map(_is_entry, pieces[: _FEWEST + 1]))


def _is_entry(piece: str) -> bool:
    """Whether a block is an entry for sure: it opens with a name or number, is dated, and has what entries end in."""
    if len(piece) > _LONGEST_ENTRY and not _runs_on(piece):
        return False
    mark = _MARK.match(piece)
    at = mark.end() if mark else 0
    named = bool(_PERSON.match(piece, at) or _DASHES.match(piece, at))
    if not (mark or named or _DATED_NAME.match(piece, at)):
        return False
    dated = bool(_YEAR.search(piece, at))
    if named and dated:
        return True
    numbers = bool(_NUMBERS.search(piece, at))
    if not mark:
        return numbers and bool(_DATED_NAME.match(piece, at))
    return numbers and (named or (dated and not _is_prose(piece[at:])))


def _may_be_entry(piece: str) -> bool:
    """Whether a block opens as an entry does, though what else it says may be anything."""
    opening = _ORGANISATION.match(piece) or _GLUED.match(piece) or _MARK.match(piece)
    return opening is not None and len(piece) <= _LONGEST_ENTRY and not _is_prose(piece)


def _leads_to(piece: str, entry: str) -> bool:
    """Whether a block is the entry before another: by its number, or without one by its form."""
    mark, following = _MARK.match(piece), _MARK.match(entry)
    if mark and following and mark.group("number") and following.group("number"):
        return int(mark.group("number")) + 1 == int(following.group("number")) and _may_be_entry(piece)
    return not mark and not following and _may_be_entry(piece)


def _runs_on(piece: str) -> bool:
    """Whether a block is a whole numbered list in one paragraph."""
    mark = re.match(r"\s*[\[(]?1[\]).]", piece)
    second = re.search(r"[.\d)]\s[\[(]?2[\]).]\s?[A-ZÀ-Þ]", piece) if mark else None
    return second is not None and _is_entry(piece[: second.start() + 1][:_LONGEST_ENTRY])


def _is_prose(piece: str) -> bool:
    """Whether a block consists of sentences about something."""
    clauses = sum(1 for _ in _CLAUSE.finditer(piece))
    return len(piece.split()) >= _FEWEST_WORDS and clauses >= _FEWEST_CLAUSES and not _PERSON.match(piece)
