"""Markers that cite by number, written anew for a list from which entries were taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.citations.candidates import DASH, expand

_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NUMBER = re.compile(r"\d+")
_DASH = re.compile(rf"\s{{0,2}}[{DASH}]\s{{0,2}}")
_COMMA = re.compile(r"\s{0,2}[,;˒‚ʼ]\s{0,2}")
_DECIMAL = re.compile(r"\d\.\d")
"""What no marker holds."""
_RANGED = re.compile(rf"[{DASH}]|\bto\b")


class Renumbering(NamedTuple):
    """The numbers of a list before, and what each becomes; ``removed`` become the number of another entry."""

    numbers: Mapping[int, int]
    removed: frozenset[int]


class _Item(NamedTuple):
    """A number or a range of a marker: its place, its bounds, and what stands between them."""

    start: int
    end: int
    first: int
    last: int
    joint: str

    @property
    def members(self) -> range:
        return range(self.first, self.last + 1)


class _Run(NamedTuple):
    """Numbers that follow one another, and what stands between the first and the last of them."""

    first: int
    last: int
    joint: str

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}{self.joint}{self.last}"


def renumbering(count: int, removed: Mapping[int, int]) -> Renumbering:
    """The numbers of a list of ``count`` entries without some, each with the number of the one that stands for it.

    >>> renumbering(5, {3: 1}).numbers
    {1: 1, 2: 2, 3: 1, 4: 3, 5: 4}
    """
    numbers: dict[int, int] = {}
    gone = 0
    for number in range(1, count + 1):
        gone += number in removed
        numbers[number] = numbers[removed[number]] if number in removed else number - gone
    return Renumbering(numbers, frozenset(removed))


def numbers_in(marker: str) -> list[int]:
    """The numbers that a marker names, ranges counted and each once, raised digits too.

    >>> numbers_in("[1, 3–5]"), numbers_in("²⁻⁴")
    ([1, 3, 4, 5], [2, 3, 4])
    """
    return list(dict.fromkeys(expand(marker.translate(_PLAIN))))


def renumbered(marker: str, new: Renumbering) -> str | None:
    """A marker with the new numbers, else as it was; None where it is not sure how to write it.

    >>> renumbered("[3–5]", renumbering(5, {4: 1})), renumbered("[2, 4]", renumbering(5, {4: 2}))
    ('[1,3–4]', '[2]')
    """
    plain = marker.translate(_PLAIN)
    named = numbers_in(marker)
    if not new.numbers.keys() >= set(named):
        return None
    items = _items(plain)
    if not items or any(item.last < item.first for item in items):
        return None
    touched = not new.removed.isdisjoint(named)
    written = _rebuilt(plain, items, new) if touched else _substituted(plain, new)
    if written is None or set(expand(written)) != {new.numbers[number] for number in named}:
        return None
    if plain != marker:
        return _raised(marker, written)
    return written


def _items(plain: str) -> list[_Item]:
    """The numbers and ranges of a marker, in order, as ``expand`` reads them."""
    items: list[_Item] = []
    for match in _NUMBER.finditer(plain):
        joint = plain[items[-1].end : match.start()] if items else ""
        value = int(match.group())
        if items and _RANGED.search(joint) and value > items[-1].last:
            items[-1] = items[-1]._replace(end=match.end(), last=value, joint=joint)
        else:
            items.append(_Item(match.start(), match.end(), value, value, ""))
    return items


def _substituted(plain: str, new: Renumbering) -> str:
    """The same marker, each number for itself; the ends of a range stay its ends."""
    return _NUMBER.sub(lambda match: str(new.numbers[int(match.group())]), plain)


def _rebuilt(plain: str, items: Sequence[_Item], new: Renumbering) -> str | None:
    """The marker with each number once; None where something other than commas and dashes joins what is joined anew."""
    joints = [plain[one.end : other.start] for one, other in pairwise(items)]
    ranges = (item.joint for item in items if item.joint)
    if not all(map(_COMMA.fullmatch, joints)) or not all(map(_DASH.fullmatch, ranges)):
        return None
    kept = {new.numbers[number] for item in items for number in item.members if number not in new.removed}
    runs: list[_Run] = []
    for item in items:
        own = [new.numbers[number] for number in item.members if number not in new.removed]
        gained = [new.numbers[number] for number in item.members if number in new.removed]
        runs += [_Run(number, number, "") for number in dict.fromkeys(gained) if number not in kept]
        kept.update(gained)
        if own:
            runs.append(_Run(own[0], own[-1], item.joint))
    if all(one.first < other.first for one, other in pairwise(items)):
        runs = _joined(sorted(runs))
    comma = joints[0] if joints else ","
    return plain[: items[0].start] + comma.join(map(str, runs)) + plain[items[-1].end :]


def _joined(runs: Sequence[_Run]) -> list[_Run]:
    """Numbers in order, a number by itself as part of the range that it adjoins."""
    joined: list[_Run] = []
    for run in runs:
        before = joined[-1] if joined else None
        if before and before.last + 1 == run.first and (before.joint or run.joint):
            joined[-1] = _Run(before.first, run.last, before.joint or run.joint)
        else:
            joined.append(run)
    return joined


def _raised(marker: str, written: str) -> str | None:
    """A marker in raised digits; None where only some of it was raised."""
    if any(sign.isascii() and sign.isdecimal() for sign in marker):
        return None
    minus = "⁻" in marker
    return written.translate(_RAISED).replace("-", "⁻" if minus else "-")


def unread(pieces: Iterable[tuple[int, str]], patterns: Sequence[re.Pattern[str]], new: Renumbering) -> int | None:
    """Where something stands that may be a marker, was read as none, and would have to change; None where nothing is.

    Parameters
    ----------
    pieces
        Where each passage that was not read as a marker begins, and its text.
    patterns
        What a marker of the article may look like.
    """
    changing = {number for number, after in new.numbers.items() if number != after}
    for start, piece in pieces:
        for pattern in patterns:
            for match in pattern.finditer(piece):
                words = match.group()
                if not _DECIMAL.search(words) and not changing.isdisjoint(numbers_in(words)):
                    return start + match.start()
    return None
