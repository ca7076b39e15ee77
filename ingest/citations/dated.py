"""Years and what stands for them in citations, and the brackets that hold them: one pass over a passage."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["year", "undated", "again", "names", "inner"]
"""A year; "in press" and the like; "ibid." and the like; the "et al." of authors without a year; a bracket inside."""

_SCAN = re.compile(
    r"[()\[\]]"
    r"|(?<![\w$£€#=/:–-])(?P<year>(?:1[6-9]|20)\d\d)(?:(?P<letter>[a-z])(?!\w)"
    r"(?P<more>(?:\s?(?:[,/&–-]|and)\s?[a-z](?![\w.])){0,12}))?(?!\w|\.\d|\s?[–—-]\s?\d)"
    r"|\b(?P<undated>in\spress|forthcoming|submitted(?:\sfor\spublication)?|n\.\s?d\.|no\sdate)(?!\w)"
    r"|\b(?P<again>ibid(?:em)?\b\.?|(?:op|loc)\.\s?cit\b\.?)"
    r"|\b(?P<names>al\b\.?)(?=\s?[)\];])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"1[6-9]\d\d|20\d\d")
_CUES = ("in press", "forthcoming", "submitted", "n.d", "n. d", "no date", "ibid", "p. cit", "p.cit", "c. cit", "c.cit")
_CUES_OF_NAMES = ("al)", "al.)", "al]", "al.]", "al. )")
_LETTERS = re.compile(r"([–-]?)\s?([a-z])(?!\w)", re.IGNORECASE)
_LONGEST = 2000
"""Characters between the brackets of a citation."""


class Dated(NamedTuple):
    """A year, or what stands for one: its passage, the year (0 for none), and the letters that follow, each apart."""

    kind: Kind
    start: int
    end: int
    year: int
    letters: tuple[str, ...]


class Bracket(NamedTuple):
    """A pair of brackets that holds years, as a half-open passage, with the brackets inside it that hold none."""

    start: int
    end: int
    dates: list[Dated]
    holes: list[tuple[int, int]]


def scan(text: str, start: int, end: int) -> tuple[list[Bracket], list[Dated]]:
    """The brackets of a passage that hold years, those inside others first, and the years that stand in none."""
    if not _is_worth_it(text, start, end):
        return [], []
    found: list[Bracket] = []
    bare: list[Dated] = []
    opened: list[tuple[str, Bracket]] = []
    for match in _SCAN.finditer(text, start, end):
        mark = match.group()
        if mark in "([":
            opened.append((")" if mark == "(" else "]", Bracket(match.start(), 0, [], [])))
        elif mark not in ")]":
            (opened[-1][1].dates if opened else bare).append(_dated(match))
        elif opened and opened[-1][0] == mark:
            bracket = opened.pop()[1]._replace(end=match.end())
            if bracket.dates and bracket.end - bracket.start <= _LONGEST:
                found.append(bracket)
                if opened:
                    opened[-1][1].dates.append(Dated("inner", bracket.start, bracket.end, 0, ()))
            elif bracket.dates:
                bare.extend(bracket.dates)
            elif opened:
                opened[-1][1].holes.append((bracket.start, bracket.end))
    for _, bracket in opened:
        bare.extend(bracket.dates)
    return found, bare


def _is_worth_it(text: str, start: int, end: int) -> bool:
    """Whether a passage can hold a date or the like: most paragraphs of an article that cites by number hold none."""
    if _YEAR.search(text, start, end):
        return True
    low = " ".join(text[start:end].lower().split())
    return any(cue in low for cue in (*_CUES, *_CUES_OF_NAMES))


def _dated(match: re.Match[str]) -> Dated:
    year = match.group("year")
    kind: Kind = (
        "year" if year else "undated" if match.group("undated") else "again" if match.group("again") else "names"
    )
    return Dated(kind, match.start(), match.end(), int(year or 0), _letters(match.group("letter"), match.group("more")))


def _letters(first: str | None, more: str | None) -> tuple[str, ...]:
    """The letters after a year, those inside a range counted: "a–c" names three."""
    if not first:
        return ("",)
    letters = [first.lower()]
    for dash, letter in _LETTERS.findall((more or "").replace("and", ",")):
        between = range(ord(letters[-1]) + 1, ord(letter.lower())) if dash else range(0)
        letters += [*map(chr, between), letter.lower()]
    return tuple(letters)
