"""The marks that open the entries of a reference list: numbers, keys in brackets, footnote labels, bullets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """A line with words: its passage in the article without indentation, and its text."""

    start: int
    end: int
    text: str


class Mark(NamedTuple):
    """A mark, where it stands in the article, and the author's label in it (none for a bullet)."""

    start: int
    end: int
    label: str


_NUMBERS = (
    re.compile(r"\[(\d{1,4})\]:?(?=\s|[^\W\d]|$)"),
    re.compile(r"\((\d{1,3})\)(?=\s|[^\W\d])"),
    re.compile(r"(\d{1,4})\\?\.(?=\s|[^\W\d])"),
    re.compile(r"(\d{1,4})\\?\)(?=\s|[^\W\d])"),
    re.compile(r"(?:<sup>|\^)(\d{1,4})(?:</sup>|\^)"),
    re.compile(r"([¹²³⁰⁴-⁹]{1,4})(?=\s|[^\W\d])"),
)
_BARE_NUMBER = re.compile(r"(\d{1,3})(?=[ \t]+[^\W\d_])")
_OPENS = r"[^\sa-z\d_,;:)–-]|(?:van|von|de[nrl]?|d[aiu]|l[ae]|[ae]l|te[nr])\s"
"""What an entry opens with: no word in lower case but a particle, as in "van der Berg"."""

_NUMBERS_WITHIN = (
    re.compile(r"(?:(?<=\s)|^)\[(\d{1,4})\](?=\s|[^\W\d]|$)"),
    re.compile(r"(?:(?<=[.;)\d/”\"]\s)|^)\((\d{1,4})\)(?=\s*[^\W\d])"),
    re.compile(rf"(?:(?<=[.;:)\]>\d/”\"a-z]\s)|^)(\d{{1,4}})\.(?=\s+(?:\d{{1,4}}\s)?(?:{_OPENS})|[^\W\d_a-z]|\s*$)"),
    re.compile(rf"(?:(?<=[.;:)\]>\d/”\"]\s)|^)(\d{{1,4}})\)(?=\s*(?:{_OPENS})|\s*$)"),
)
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,60})\]:")
_KEYS = (
    _FOOTNOTE,
    re.compile(r"\[@?([A-Za-z][\w+.:\-]{1,40})\]:?(?=\s)"),
    re.compile(r"[-*+•·▪‣–]()(?=\s)"),
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_GAP = 5
"""How many numbers a list may skip between two entries."""

_MUCH_LONGER = 1.3
"""How many times the numbers that open lines there must be within them, so that lines are cut anywhere."""

_FEWEST_BARE = 0.3
"""The part of the lines that bare numbers must open: a title may begin with a number too."""


def find_marks(lines: Sequence[Line]) -> list[Mark]:
    """The marks of the entries, in order; none where the entries are unmarked."""
    numbered = _opening_numbers(lines)
    run_on = _numbers_within(lines, 1)
    if len(run_on) > max(1, _MUCH_LONGER * len(numbered)) and run_on[0].start == lines[0].start:
        return run_on
    if len(numbered) > 1 or (numbered and numbered[0].start == lines[0].start):
        return _filled(numbered, lines)
    for pattern in _KEYS:
        marks = [_mark(line, match) for line in lines if (match := pattern.match(line.text))]
        if marks and marks[0].start == lines[0].start and (len(marks) > 1 or len(lines) == 1 or pattern is _FOOTNOTE):
            return marks
    return []


def _opening_numbers(lines: Sequence[Line]) -> list[Mark]:
    """The numbers that open lines, in the form that most lines have; a number out of order opens nothing."""
    best: list[Mark] = []
    for pattern in (*_NUMBERS, _BARE_NUMBER):
        found = [(line, match) for line in lines if (match := pattern.match(line.text))]
        marks = _ascending([(_mark(line, match), _opens_entry(line.text, match.end())) for line, match in found])
        if pattern is _BARE_NUMBER and len(marks) < max(2, len(lines) * _FEWEST_BARE):
            continue
        best = marks if len(marks) > len(best) else best
    return best


def _mark(line: Line, match: re.Match[str]) -> Mark:
    return Mark(line.start + match.start(), line.start + match.end(), match.group(1).translate(_SUPERSCRIPTS))


def _opens_entry(text: str, at: int) -> bool:
    rest = text[at : at + 20].lstrip()
    return not rest or not rest[0].islower()


def _ascending(found: Sequence[tuple[Mark, bool]]) -> list[Mark]:
    """Marks whose numbers run upwards with small gaps, start again, or are all the same, as Markdown allows."""
    numbers = [int(mark.label) for mark, _ in found]
    if len(numbers) > 1 and len(set(numbers)) == 1:
        return [mark._replace(label=str(position)) for position, (mark, _) in enumerate(found, 1)]
    marks: list[Mark] = []
    last = 0
    for (mark, opens), number in zip(found, numbers, strict=True):
        if not marks or number == last + 1 or (opens and (last <= number <= last + _GAP or number == 1)):
            marks.append(mark)
            last = number
    return marks


def _filled(marks: list[Mark], lines: Sequence[Line]) -> list[Mark]:
    """Fill gaps in the numbering with entries that begin within a line."""
    starts = [line.start for line in lines]
    filled: list[Mark] = []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        filled.append(mark)
        if following is not None and int(following.label) > int(mark.label) + 1:
            inside = lines[bisect_left(starts, mark.start) : bisect_left(starts, following.start)]
            filled += [
                new for new in _numbers_within(inside, int(mark.label) + 1) if int(new.label) < int(following.label)
            ]
    return filled


def _numbers_within(lines: Sequence[Line], first: int) -> list[Mark]:
    """Numbers upwards from ``first``, each at the start of a line or after the end of a sentence."""
    best: list[Mark] = []
    for pattern in _NUMBERS_WITHIN:
        marks: list[Mark] = []
        for line in lines:
            if str(first + len(marks)) not in line.text:
                continue
            for match in pattern.finditer(line.text):
                if match.group(1) == str(first + len(marks)):
                    marks.append(_mark(line, match))
        best = marks if len(marks) > len(best) else best
    return best
