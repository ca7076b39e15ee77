"""Citations by author and year: (Author, 2016), Author (2016), several in one bracket, 2004a/b, "et al.", "ibid."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.citations.dated import Bracket, Dated, scan
from ingest.citations.marker import Marker, unique
from ingest.citations.phrases import (
    AND,
    OTHERS,
    PARTICLES,
    Word,
    phrase_before,
    tells_others,
    without_openers,
    words_of,
)
from ingest.citations.works import Works
from kb.model import Reference

_LONGEST_NAMES = 300
"""Characters before a year in brackets that are searched for its names."""

_MONTHS = frozenset("january february march april may june july august september october november december".split())
_NO_AUTHOR = _MONTHS | frozenset(
    """
    jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn winter since until before after version figure
    fig table study inc ltd usa uk wave season year years day on of the copyright published updated accessed retrieved
    """.split()
)
_BETWEEN = re.compile(r"[\s,;&]{0,4}(?:and\s)?")
_NUMBERED = re.compile(r"[(\[]\d")
_SHORT_NAME = re.compile(r"[(\[]([A-Z][A-Za-z&-]{1,9})[)\]]")
_MOST_WORDS = 12
_MOST_ALONE = 3
"""Words of one author's name."""

_FEWEST_BY_NAME = 3
"""Citations by name that an article must have, so that "(Roe, 2016)" is one though its list is numbered."""

_FIRST_YEAR = 1800
"""Before it, a year that the list does not hold is hardly that of a work."""


class _Read(NamedTuple):
    """A marker as read; ``doubtful`` is what it names in vain by one name alone, as "(London, 2012)" may."""

    start: int
    end: int
    references: list[str]
    missing: list[str]
    doubtful: list[str]
    words: list[Word]
    """The names that a further year right after it would go with."""


def named_markers(text: str, spans: Sequence[tuple[int, int]], references: Sequence[Reference]) -> Iterator[Marker]:
    """Markers that name references by author and year, in the order of the text.

    Parameters
    ----------
    text
        The article.
    spans
        The passages to search.
    references
        The reference list, with family names and years where they could be read.

    Notes
    -----
    An author and year that the list does not hold is told as missing only where it is worded as a citation ("Roe &
    Poe, 2016", "Roe et al., 2016", or "Roe, 2016" in an article that cites by name), for "(London, 2012)" is none.
    "Ibid." and the like mean the work that was cited by name just before.
    """
    reader = _Reader(text, references)
    read = [one for start, end in spans for one in reader.passage(start, end)]
    unnumbered = any(reference.authors and not reference.label.isdecimal() for reference in references)
    by_name = unnumbered or sum(bool(one.references) for one in read) >= _FEWEST_BY_NAME
    for one in read:
        missing = [*one.missing, *(one.doubtful if by_name else ())]
        if one.references or missing:
            yield Marker(start=one.start, end=one.end, references=unique(one.references), missing=unique(missing))


class _Reader:
    """Reads the passages of an article in order, for "ibid." and short names point back."""

    def __init__(self, text: str, references: Sequence[Reference]) -> None:
        self._text = text
        self._works = Works(references)
        self._cited: list[str] = []
        """The works cited so far; emptied by a citation of a work that the list does not hold."""

    def passage(self, start: int, end: int) -> list[_Read]:
        """The markers of one passage, in order and apart."""
        brackets, bare = scan(self._text, start, end)
        read: list[_Read] = []
        units: list[Bracket | Dated] = [*brackets, *bare]
        for unit in sorted(units, key=lambda unit: unit.end):
            floor = next((one.end for one in reversed(read) if one.end <= unit.start), start)
            if isinstance(unit, Bracket):
                marker = self._bracket(unit, floor)
            elif unit.kind in ("year", "again"):
                marker = self._bare(unit, floor, read[-1] if read else None)
            else:
                continue
            if marker.references or marker.missing or marker.doubtful:
                while read and read[-1].end > marker.start:
                    marker = _joined(read.pop(), marker)
                read.append(marker)
        return read

    def _bracket(self, bracket: Bracket, floor: int) -> _Read:
        """The marker that a bracket with years makes, together with the names before it where it holds none."""
        marker = _Read(bracket.start, bracket.end, [], [], [], [])
        words: list[Word] = []
        at = bracket.start + 1
        for date in bracket.dates:
            at = max(at, self._text.rfind(";", at, date.start) + 1, date.start - _LONGEST_NAMES)
            inside = words_of(self._text, at, date.end if date.kind == "names" else date.start)
            inside = without_openers([word for word in inside if not _within(word, bracket.holes)])
            if inside:
                words = inside
            elif not words and date.kind in ("year", "undated"):
                words = self._words_before(floor, bracket.start)
            named = self._link(words, date, marker)
            if named is not None and named < marker.start:
                marker = marker._replace(start=named)
            if named is not None and inside and marker.references:
                self._learn(bracket.holes, at, date.start, marker.references[-1])
            at = date.end
        return marker

    def _bare(self, date: Dated, floor: int, before: _Read | None) -> _Read:
        """The marker that a year outside brackets makes with the names right before it; never of a missing work.

        Without names it goes on from the marker before it: "Roe, 2004, 2006".
        """
        words = self._words_before(floor, date.start) if date.kind == "year" else []
        start = date.start
        if not words and before and before.words and _BETWEEN.fullmatch(self._text, before.end, start):
            words, start = before.words, before.start
        marker = _Read(start, date.end, [], [], [], words)
        named = self._link(words, date, marker)
        start = start if named is None else min(start, named)
        return marker._replace(start=start, missing=[], doubtful=[])

    def _words_before(self, floor: int, end: int) -> list[Word]:
        return without_openers(words_of(self._text, phrase_before(self._text, floor, end), end))

    def _link(self, words: list[Word], date: Dated, marker: _Read) -> int | None:
        """Add to the marker what the names and the date mean; where the names begin, if they mean anything."""
        if date.kind == "again":
            self._add(self._works.latest(self._cited, words), marker)
        elif date.kind == "names" and (only := self._works.only(words)):
            self._add(only.id, marker)
        if date.kind not in ("year", "undated") or not words or self._is_month(words):
            return None
        named: int | None = None
        for letter in date.letters:
            found = self._works.find(words, date.year, letter)
            if found:
                self._add(found.id, marker)
                named = found.start
            elif self._miss(words, date.year, letter, marker) and named is None:
                named = words[0].start
        return named

    def _miss(self, words: Sequence[Word], year: int, letter: str, marker: _Read) -> bool:
        """Add to the marker that the list does not hold what it names, if it is worded as a citation."""
        if year < _FIRST_YEAR or not _is_worded(words):
            return False
        names = self._text[words[0].start : words[-1].end]
        several = tells_others(words) or any(word.folded in AND for word in words)
        behind = self._text[words[-1].end : words[-1].end + 1]
        if _NUMBERED.search(names) or not (several or (words[0].start >= marker.start and _is_parted(names, behind))):
            return False
        stop = behind if behind == "." else ""
        (marker.missing if several else marker.doubtful).append(f"{names}{stop}, {year}{letter}")
        self._cited.clear()
        return True

    def _add(self, reference: str | None, marker: _Read) -> None:
        if reference is not None:
            marker.references.append(reference)
            self._cited.append(reference)

    def _learn(self, holes: Sequence[tuple[int, int]], start: int, end: int, reference: str) -> None:
        """Take "World Health Organization [WHO], 2012" as a definition."""
        for opening, closing in holes:
            if start <= opening < end and (short := _SHORT_NAME.fullmatch(self._text, opening, closing)):
                self._works.call(short.group(1), reference)

    def _is_month(self, words: Sequence[Word]) -> bool:
        """Whether "May 2004" is a date: an author May is parted from the year by a comma."""
        return len(words) == 1 and words[0].folded in _MONTHS and self._text[words[0].end] != ","


def _joined(one: _Read, other: _Read) -> _Read:
    """Two markers that overlap, such as a bracket within a bracket, as one."""
    return _Read(
        min(one.start, other.start),
        max(one.end, other.end),
        one.references + other.references,
        one.missing + other.missing,
        one.doubtful + other.doubtful,
        other.words,
    )


def _is_parted(name: str, behind: str) -> bool:
    """Whether a name alone is hardly a code: "(AB 1823)" is one, "(WHO, 2012)" and "(Roe 2012)" are not."""
    return behind == "," or not name.isupper()


def _within(word: Word, holes: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word.start < end for start, end in holes)


def _is_worded(words: Sequence[Word]) -> bool:
    """Whether a phrase consists of names and what joins them, and of nothing that dates and captions consist of."""
    if len(words) > _MOST_WORDS or any(word.folded in _NO_AUTHOR for word in words):
        return False
    several = any(word.folded in AND or word.folded in OTHERS for word in words)
    return (several or len(words) <= _MOST_ALONE) and all(
        word.capital or word.folded in AND or word.folded in OTHERS or word.folded in PARTICLES for word in words
    )
