"""Which findings a waiver lets stand, and whether it holds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from kb.language.folding import fold
from kb.linting.globs import MAGIC, matches
from kb.linting.selection import ABOUT_WAIVERS, meant, nearest
from kb.rules.context import Used, Waiver
from kb.settings import Linting, is_day

_ON_SOURCES = ("RE003", "RE004", "RE005", "RE006", "SO", "EV")
"""Rules and families that find less where registries told nothing."""

State: TypeAlias = Literal["holds", "without reason", "out of date", "unknown rule", "malformed"]
_Row: TypeAlias = list[tuple[int, int]]
"""The findings of one rule: where each begins, and its index; sorted."""


class Placed(NamedTuple):
    """A finding for waivers: its rule, where it begins in the text, and the folded words that it is about."""

    rule: str
    start: int
    words: str


class Waived(NamedTuple):
    """What waivers came to: each of them, and the reasons of what is waived by the index of the finding."""

    used: tuple[Used, ...]
    reasons: Mapping[int, str]


def of_configuration(options: Linting, article: str, length: int) -> list[Waiver]:
    """The waivers of the configuration that speak of an article of so many characters."""
    return [
        Waiver(
            rules=one.rules,
            reason=one.reason,
            until=one.until,
            start=0,
            end=length + 1,
            origin=options.origin or "the configuration",
            containing=one.containing,
            shared=len(one.articles) > 1 or any(MAGIC.intersection(glob) for glob in one.articles),
        )
        for one in options.waivers
        if any(matches(article, glob) for glob in one.articles)
    ]


def waive(findings: Sequence[Placed], waivers: Sequence[Waiver], as_of: str, untold: Sequence[int]) -> Waived:
    """Lay waivers over findings; where several cover one, the first gives its reason.

    Parameters
    ----------
    findings
        All of an article that can be waived, also those that are not selected.
    as_of
        The day on which a waiver must hold, ISO 8601.
    untold
        Where the article speaks of sources of which registries told nothing, sorted. There a waiver for what rests on
        sources counts as needed: that nobody answered is no word on it.
    """
    every: dict[str, _Row] = {}
    for index, finding in enumerate(findings):
        every.setdefault(finding.rule, []).append((finding.start, index))
    every = {rule: sorted(row) for rule, row in every.items()}
    left = {rule: row.copy() for rule, row in every.items()}
    reasons: dict[int, str] = {}
    used: list[Used] = []
    for waiver in map(_judged, waivers):
        state = _state(waiver, as_of)
        rules = frozenset[str]().union(*map(meant, waiver.rules))
        met = any(_covers(waiver, findings[index]) for rule in rules for _, index in _within(waiver, every.get(rule)))
        if met and state == "holds":
            for rule in rules & left.keys():
                reasons |= dict.fromkeys(_taken(waiver, left[rule], findings), waiver.reason)
        unsure = any(rule.startswith(_ON_SOURCES) for rule in rules) and _between(waiver, untold)
        used.append(Used(waiver=waiver, state=state, needed=met or unsure or waiver.shared))
    return Waived(tuple(used), reasons)


def _judged(waiver: Waiver) -> Waiver:
    """The waiver, with what is wrong with the rules that it names."""
    if waiver.problem:
        return waiver
    problem = ""
    for name in waiver.rules:
        rules = meant(name)
        if not rules:
            problem = problem or f"there is no rule '{name}'; {nearest(name)}"
        elif all(rule.startswith(ABOUT_WAIVERS) for rule in rules):
            problem = problem or "what is said of waivers cannot be waived"
    return msgspec.structs.replace(waiver, problem=problem if waiver.rules else "it names no rule")


def _state(waiver: Waiver, as_of: str) -> State:
    if not all(map(meant, waiver.rules)):
        return "unknown rule"
    if waiver.problem or (waiver.until and not is_day(waiver.until)):
        return "malformed"
    if not waiver.reason.strip():
        return "without reason"
    return "out of date" if waiver.until and waiver.until < as_of else "holds"


def _between(waiver: Waiver, places: Sequence[int]) -> bool:
    return bisect_left(places, waiver.start) < bisect_left(places, waiver.end)


def _within(waiver: Waiver, row: _Row | None) -> _Row:
    first, last = _slice(waiver, row or [])
    return row[first:last] if row else []


def _slice(waiver: Waiver, row: _Row) -> tuple[int, int]:
    return bisect_left(row, (waiver.start, 0)), bisect_left(row, (waiver.end, 0))


def _covers(waiver: Waiver, finding: Placed) -> bool:
    """Whether a finding in the passage of the waiver holds the words that it asks for."""
    asked = fold(waiver.containing)
    return asked in finding.words if asked else not waiver.containing


def _taken(waiver: Waiver, row: _Row, findings: Sequence[Placed]) -> list[int]:
    """The findings of a row that a waiver covers, by index; they are taken out of it."""
    first, last = _slice(waiver, row)
    taken: _Row = []
    kept: _Row = []
    for each in row[first:last]:
        (taken if _covers(waiver, findings[each[1]]) else kept).append(each)
    row[first:last] = kept
    return [index for _, index in taken]
