"""What the numbers of a sentence say of an effect: p-values, intervals, and which of two arms has the higher number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kb.language.effect.frame import Frame
from kb.language.quantities import Quantity, quantities

SIGNIFICANT = 0.05
"""The limit by which nearly every article calls a difference significant."""

P_VALUE = re.compile(
    r"\bp(?:[- ]?values?)?(?:\s?(?:for|of)\s[\w ]{1,20})?\s?(?P<sign>[=<>≤≥:⩽]{1,2}|was|of|is)?\s?"
    r"(?P<value>[01]?[.·,][0-9]{1,6}|[01]\b)|\b(?P<ns>ns|n\.s\.?)(?![a-z])"
)
"""In lower case; read here rather than with all quantities, as every sentence of a text is looked at."""
_NUMBER = r"[-+]?[0-9]{1,6}(?:,[0-9]{3})?(?:[.·][0-9]{1,4})?"
_UNIT = r"\s?(?:%|[a-zμ/°]{1,8}(?:/[a-z0-9]{1,4})?)?"
_SPREAD = rf"{_UNIT}(?:\s?[(\[][^()\[\]]{{0,40}}[)\]]|\s?(?:±|\+/-)\s?[0-9.]{{1,8}})?{_UNIT}"
_PAIR = re.compile(
    rf"(?<![\w.])(?P<one>{_NUMBER}){_SPREAD}\s?(?:vs\.?|versus|compared (?:with|to)|against|as compared (?:with|to))\s"
    rf"(?:only\s)?(?P<two>{_NUMBER})"
)
"""The number of one arm against the other's: "43% versus 29%"."""
_VALUE = re.compile(r"\s?(?:%|±|\+/-|\(|in\b|for\b|with\b|[a-z/μ]{1,8}\b|[,;.])")
"""What stands behind a number that is a result."""
_NAMES = frozenset(
    {"day", "days", "week", "weeks", "group", "groups", "month", "months", "p", "phase", "type", "grade"}
)
"""Before a number they make a name of it."""
_RATIO = re.compile(r"\b(?:or|rr|hr|irr|aor|ahr|ratio|risk)\b")
_DIFFERENCE = re.compile(r"differ|md|mean|effect|change")
_LEVEL = re.compile(r"\bci\b|\b[0-9]{2}\s?%?ci\b|confidence|credible")
"""Without a word for it, two numbers in brackets are a range or quartiles as often."""
_PLAIN = re.compile(r"[0-9]+(?:[.,·][0-9]+)?")
_LOOK_BACK = 40
"""Characters before a number within which its name stands."""
_ARM_BEHIND, _ARM_BEFORE = 12, 8
"""Words behind and before a number within which its arm is named."""
_WIDE = 16.0
"""Words over which the weight of an interval falls to 1/e: a list of results is longer than a clause."""
_BEFORE_OUTCOME = 8.0
"""Words that a pair of numbers before the outcome is farther away, as results follow what they are of."""


class Clue(NamedTuple):
    """One sign of what happened to an outcome: its name, how much it says, and where it stands in the sentence.

    What a name that starts with "way" says is signed: above 0, more under the intervention.
    """

    name: str
    value: float
    start: int
    end: int


def number_clues(given: Frame) -> Iterator[Clue]:
    """Every clue that the numbers of a sentence give."""
    yield from _p_values(given)
    yield from _intervals(given)
    yield from _pair(given)
    yield from _by_arm(given)


def _p_values(given: Frame) -> Iterator[Clue]:
    found = [(match.start(), match.end(), 1.0 if _large(match) else -1.0) for match in P_VALUE.finditer(given.lower)]
    if not found:
        return
    yield Clue("p-value", 1.0, *found[0][:2])
    for start, end, large in found:
        yield Clue("p-value over 0.05" if large > 0 else "p-value up to 0.05", 1.0, start, end)
    yield Clue("mean of p-values", sum(large for *_, large in found) / len(found), *found[0][:2])
    behind = given.words[given.outcome[1]].start if given.outcome else len(given.lower)
    start, end, large = next((one for one in found if one[0] > behind), found[-1])
    yield Clue("nearest p-value", large, start, end)


def _large(match: re.Match[str]) -> bool:
    """Whether a p-value is not significant."""
    if match["ns"]:
        return True
    value, sign = _number(match["value"]), match["sign"] or ""
    return value > SIGNIFICANT or (value == SIGNIFICANT and sign[:1] in {">", "≥"})


def _number(written: str) -> float:
    return float(written.replace("·", ".").replace(",", "."))


def _intervals(given: Frame) -> Iterator[Clue]:
    for one in quantities(given.text) if _LEVEL.search(given.lower) else ():
        if not one.interval or one.low is None:
            continue
        low, high = sorted(one.interval)
        before = given.lower[max(0, one.start - _LOOK_BACK) : one.start]
        weight = given.near(given.at(one.start), _WIDE)
        yield from _interval(one, (low, high), weight, before)


def _interval(one: Quantity, ends: tuple[float, float], weight: float, before: str) -> Iterator[Clue]:
    low, high = ends
    if one.kind == "ratio" or _RATIO.search(before):
        if low > 1 or high < 1:
            yield Clue("interval of a ratio beyond 1", weight, one.start, one.end)
            yield Clue("way of a ratio", weight if low > 1 else -weight, one.start, one.end)
        elif low > 0:
            yield Clue("interval of a ratio holds 1", weight, one.start, one.end)
    elif low <= 0 <= high:
        yield Clue("interval holds 0", weight, one.start, one.end)
    elif _DIFFERENCE.search(before):
        yield Clue("interval of a difference beyond 0", weight, one.start, one.end)
        yield Clue("way of a difference", weight if low > 0 else -weight, one.start, one.end)


def _pair(given: Frame) -> Iterator[Clue]:
    """The pair of numbers that stands nearest to the outcome, the arm first that one compares."""
    found: list[tuple[float, int, re.Match[str]]] = []
    for match in _PAIR.finditer(given.lower):
        at = given.at(match.start())
        before = given.outcome is not None and at < given.outcome[0]
        found.append((given.distance(at) + (_BEFORE_OUTCOME if before else 0.0), at, match))
    if not found:
        return
    _, at, match = min(found, key=lambda one: one[:2])
    one, two = (float(match[group].replace(",", "").replace("·", ".")) for group in ("one", "two"))
    way = (one > two) - (one < two)
    yield Clue("pair of numbers", 1.0, *match.span())
    yield Clue("way of a pair of numbers", -way if given.compared(at) > 0 else way, *match.span())


def _by_arm(given: Frame) -> Iterator[Clue]:
    """Which arm has the higher number, where each number has its arm beside it: "18% of controls and 12% with heat"."""
    places = [at for at, token in enumerate(given.words) if token.word[0].isdigit() and _result(given, at)]
    first: dict[bool, int] = {}
    for number, at in enumerate(places):
        before = max(places[number - 1] if number else -1, at - _ARM_BEFORE)
        behind = min(places[number + 1] if number + 1 < len(places) else len(given.words), at + _ARM_BEHIND)
        beside = (*range(at + 1, behind), *range(at - 1, before, -1))
        role = next((given.roles[one] for one in beside if given.roles[one] and not given.depths[one]), 0.0)
        if role:
            first.setdefault(role > 0, at)
    if len(first) == 2:
        mine, its = (float(given.words[first[side]].word.replace(",", "").replace("·", ".")) for side in (True, False))
        start, end = sorted((first[True], first[False]))
        way = (mine > its) - (mine < its)
        yield Clue("way of the arms' numbers", way, given.words[start].start, given.words[end].end)


def _result(given: Frame, at: int) -> bool:
    """Whether a number outside brackets is a result rather than a name or a place in time."""
    token = given.words[at]
    named = at > 0 and given.words[at - 1].word in _NAMES
    plain = not given.depths[at] and bool(_PLAIN.fullmatch(token.word))
    return plain and not named and bool(_VALUE.match(given.lower, token.end))
