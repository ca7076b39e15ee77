"""The author's line around a finding, as it may be shown."""

from __future__ import annotations

from typing import NamedTuple

from kb.errors import printable

MOST = 120
"""Characters of the author's line that are shown, about."""
_BEFORE = 40
"""Of these, the ones before a finding, in a line that is longer."""
_CUT = "… "


class Shown(NamedTuple):
    """A line, or the part of it around a passage, and where in it the passage stands, in characters."""

    text: str
    caret: int
    width: int


def shown(text: str, start: int, end: int) -> Shown:
    r"""The line of ``text`` in which a passage begins, as far as it may be shown.

    >>> shown("One.\nTea helps a lot.", 5, 14)
    Shown(text='Tea helps a lot.', caret=0, width=9)
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    last = len(text) if last < 0 else last
    begin, stop = first, last
    if last - first > MOST:
        begin = _word(text, max(first, min(start - _BEFORE, last - MOST)), start) if start - first > _BEFORE else first
        stop = _cut(text, min(max(end, start), begin + MOST), min(last, begin + MOST), last)
    until = min(max(end, start), stop)
    before = _CUT * (begin > first) + _flat(text[begin:start])
    passage, after = _flat(text[start:until]), _flat(text[until:stop]) + _CUT.rstrip() * (stop < last)
    whole = before + passage + after
    return Shown(whole.rstrip(), len(before), max(1, len(passage)))


def _word(text: str, begin: int, start: int) -> int:
    """The first beginning of a word from ``begin`` on, before ``start``; where there is none, ``begin``."""
    blank = text.find(" ", begin, start)
    return begin if blank < 0 else blank + 1


def _cut(text: str, until: int, stop: int, last: int) -> int:
    """The end of the last word before ``stop``, not before ``until``; where there is none, ``stop``."""
    blank = text.rfind(" ", until, stop) if stop < last else -1
    return stop if blank < 0 else blank + 1


def _flat(text: str) -> str:
    return printable(text).replace("\t", " ")
