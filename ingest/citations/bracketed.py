"""Candidates in brackets: [1], [1,3–5], [8]–[10], [12, p. 5], (1), (1–3), and numbers after "refs."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.citations.candidates import DASH, NUMBER, NUMBERS, UNIT, Candidate, expand, is_interval

_TAIL = r"(?:,?\s{1,2}(?:pp?\.?|pages?|chap(?:ter|\.)|sections?|tables?|figs?\.?)\s?[\w–-]{1,12})?"
_ITEM = rf"{NUMBER}[*•]{{0,3}}{_TAIL}"
_LEAD = r"(?:(?:see|see also|e\.\s?g\.,?|i\.\s?e\.,?|cf\.|reviewed in|refs?\.?|references?)\s{1,2}){0,2}"
_SQUARE = re.compile(
    rf"\\?\[\s{{0,2}}{_LEAD}(?P<list>{_ITEM}(?:(?:\s{{0,2}}[,;{DASH}]\s{{0,2}}|\s(?:to|and|&)\s){_ITEM}){{0,60}})"
    r"\s{0,2}\\?\](?!\()"
)
_DIGITS_ALONE = re.compile(r"\[(\d{1,8})\]")
_FEWEST_RUN_TOGETHER = 3
_TAILS = re.compile(_TAIL.removesuffix("?"))
_JOINT = re.compile(rf"\s?(?:[{DASH}]|to)\s?")
_ROUND = re.compile(rf"\(\s?(?P<list>{NUMBERS})\s?\)")
_NAMED = re.compile(
    rf"\b[Rr]ef(?:s?\.|s|erences?)\s{{1,2}}(?P<list>(?!0){NUMBERS}(?:,?\s(?:and|&)\s{NUMBER})?)"
    rf"(?![\w%/]|\s?{UNIT}(?!\w))"
)
_COUNTED = re.compile(
    r"(?:(?<![\w.,-])\d{1,3}(?:[.,]\d{1,4})?|\d[.,]\d{1,4}|%|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|n|N"
    r"|[Ee]qs?\.?|[Ee]quations?|[Ff]igs?\.?|[Ff]igures?|[Tt]ables?|items?|questions?|steps?|phases?|stages?|aims?"
    r"|hypothes[ie]s|no|yes))\s?$"
)
_LETTER = re.compile(r"(?<![^\W\d_])[^\W\d_]\s?$")
_REPORTED = re.compile(r"\s?[=<>≤≥±×~:]")
_LIST_MARK = re.compile(r"(?:[:;]\s{0,2}|,\s{1,2}|\b(?:and|or)\s{1,2})$")
_ITEM_WORD = re.compile(r"\s{0,2}(?P<lower>[a-z])?[^\W\d_]")
_GLUED_ITEM = re.compile(r"[A-Z][a-z]")
_LAST_ITEM = 9


def square(text: str, spans: Sequence[tuple[int, int]], known: frozenset[int]) -> list[Candidate]:
    """Numbers in square brackets; two brackets with a dash between are one marker, a range.

    An interval such as [0, 1] is none, and a bracket behind a quantity that it encloses is doubtful. ``known`` are the
    numbers of the list, by which brackets are recognised whose commas were lost.
    """
    lost = _run_together(text, spans, known)
    found = [Candidate(start=place, end=text.index("]", place) + 1, numbers=numbers) for place, numbers in lost.items()]
    for start, end in spans:
        listed, opened, closed = "", start, -1
        for match in _SQUARE.finditer(text, start, end):
            if match.start() in lost:
                continue
            numbers = _TAILS.sub("", match.group("list"))
            if closed >= 0 and _JOINT.fullmatch(text[closed : match.start()]):
                listed = f"{listed}–{numbers}"
            else:
                found.extend(_square(text, opened, closed, listed))
                listed, opened = numbers, match.start()
            closed = match.end()
        found.extend(_square(text, opened, closed, listed))
    return sorted(found, key=lambda one: one.start)


def _square(text: str, start: int, end: int, listed: str) -> Iterator[Candidate]:
    numbers = expand(listed)
    if numbers and min(numbers) > 0 and len(set(numbers)) == len(numbers):
        sure = not is_interval(text[max(0, start - 30) : start], numbers)
        yield Candidate(start=start, end=end, numbers=tuple(numbers), sure=sure)


def _run_together(text: str, spans: Sequence[tuple[int, int]], known: frozenset[int]) -> dict[int, tuple[int, ...]]:
    """By place of its bracket, what a number means that is several whose commas were lost: [124] for [1,2,4].

    Only where it cannot be a number of the list, every such bracket of the article divides into rising numbers of the
    list in one way, and there are several of them.
    """
    meant: dict[int, tuple[int, ...]] = {}
    for start, end in spans:
        for match in _DIGITS_ALONE.finditer(text, start, end):
            if int(match.group(1)) not in known:
                ways = list(_rising(match.group(1), 0, known))
                if len(ways) != 1:
                    return {}
                meant[match.start()] = ways[0]
    return meant if len(meant) >= _FEWEST_RUN_TOGETHER else {}


def _rising(digits: str, above: int, known: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """The ways to divide digits into rising numbers of the list."""
    if not digits:
        yield ()
    for size in range(1, min(3, len(digits)) + 1):
        number = int(digits[:size])
        if number > above and number in known and digits[0] != "0":
            for rest in _rising(digits[size:], number, known):
                yield (number, *rest)


def parenthesised(text: str, spans: Sequence[tuple[int, int]]) -> list[Candidate]:
    """Numbers in parentheses, those left out that number the items of a list, or report a statistic: F(1, 21) = 4."""
    found: list[Candidate] = []
    for start, end in spans:
        matches = list(_ROUND.finditer(text, start, end))
        items = _items(text, start, matches)
        for match in matches:
            numbers = expand(match.group("list"))
            if match.start() in items or min(numbers) < 1 or _REPORTED.match(text, match.end()):
                continue
            before = text[max(start, match.start() - 30) : match.start()]
            counted = _COUNTED.search(before) or _LETTER.search(before) or is_interval(before, numbers)
            found.append(Candidate(start=match.start(), end=match.end(), numbers=tuple(numbers), sure=not counted))
    return found


def _items(text: str, start: int, matches: Sequence[re.Match[str]]) -> set[int]:
    """Where the passage that begins at ``start`` numbers items: "(1) first, (2) second, and (3) third"."""
    marks: set[int] = set()
    following: int | None = None
    for match in reversed(matches):
        number = int(match.group("list")) if match.group("list").isdecimal() else _LAST_ITEM + 1
        word = _ITEM_WORD.match(text, match.end())
        leads = not text[start : match.start()].strip() or bool(_GLUED_ITEM.match(text, match.end()))
        if not leads and word and number <= _LAST_ITEM:
            mark = _LIST_MARK.search(text, max(start, match.start() - 8), match.start())
            certain = mark and (word.group("lower") or not mark.group().startswith(","))
            leads = bool(certain) or (number + 1 == following and text[match.start() - 1].isspace())
        if leads:
            marks.add(match.start())
            following = number
    return marks


def named(text: str, spans: Sequence[tuple[int, int]]) -> list[Candidate]:
    """Numbers that the words call references: "refs. 3 and 4", "reference 12"."""
    return [
        Candidate(start=match.start(), end=match.end(), numbers=tuple(expand(match.group("list"))))
        for start, end in spans
        for match in _NAMED.finditer(text, start, end)
    ]
