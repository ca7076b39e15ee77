"""Do two sentences assert the same, or the opposite? Answered only where nothing but wording, or one thing, differs.

Two assertions are the same where they hold the same content words (inflection and a few synonyms aside, and at most
every fifth word more on one side), in an order that keeps who does what to whom, with the same numbers, denials and
directions. They contradict each other where all words are the same and exactly one of those three differs. Everything
else has no answer: it is better to miss a paraphrase than to send a writer to a sentence that says something else.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, TypeAlias

import msgspec

from kb.language.assertion import Assertion, canonical
from kb.language.assertion_words import DECISIVE, DIRECTIONS
from kb.language.quantities import Quantity, agrees
from kb.model import Record

How: TypeAlias = Literal["same", "contradicts"]

MORE = 5
"""The longer of two assertions may hold one word more for each so many of its words."""
_SAME_START = 5
_LOOSE_END = 2
_COMPARABLE = frozenset({"percent", "fraction", "ratio", "multiple"})
"""Kinds of number of which one thing has one. Doses, durations and follow-ups are conditions rather than claims."""


class Comparison(Record, frozen=True, kw_only=True):
    """How two assertions relate, why in plain words, and the share of content words that both hold, 0 to 1."""

    how: How
    why: str
    alike: float


def compare(one: Assertion, other: Assertion) -> Comparison | None:
    """Whether two assertions are the same or contradict each other; None where neither is sure."""
    if len(one.numbers) != len(other.numbers):
        return None  # one says how much and the other does not
    numbers = _numbers(one, other)
    if len(numbers) > 1 or (numbers and (one.loose or other.loose)):
        return None
    first, second = _without_usually(one, other), _without_usually(other, one)
    longer = max(len(first.words), len(second.words))
    extra = _extra(first.words, second.words, longer // MORE)
    if extra is None:
        return None
    alike = round(1 - extra / max(longer, 1), 2)
    ways = _directions(first, second)
    if ways is None:
        return None
    denied = first.negations != second.negations
    if not (ways or numbers or denied):
        return Comparison(how="same", why=_same_why(first, second), alike=alike)
    opposite = None if extra and longer < 2 * MORE else _opposite(first, second, ways, numbers, denied)
    return Comparison(how="contradicts", why=opposite, alike=alike) if opposite else None


def _extra(words: Sequence[str], others: Sequence[str], most: int) -> int | None:
    """How many words one of the two has more; None where they differ otherwise, or in more than ``most`` words."""
    if words == others:
        return 0
    lone = set(words) ^ set(others)
    starts = Counter([word[:_SAME_START] for word in lone])
    alone = [word for word in lone if starts[word[:_SAME_START]] == 1]
    if len(alone) > most or not _harmless(alone):
        return None  # as is quickly seen, where no other word could be an inflection of these
    words, others = _paired(words, others)
    missing, added = Counter(words) - Counter(others), Counter(others) - Counter(words)
    extra = missing + added
    if (missing and added) or extra.total() > most or not _harmless(extra):
        return None
    if not _same_order([word for word in words if word not in missing], [word for word in others if word not in added]):
        return None
    return extra.total()


@lru_cache(maxsize=16_384)
def shared_key(word: str) -> str:
    """What words that can stand for each other have in common: `compare` finds no two the same that share no key."""
    return word if any(map(str.isdigit, word)) else word[:_SAME_START]


def _without_usually(one: Assertion, other: Assertion) -> Assertion:
    """The assertion without its "often" where the other one says nothing of how often."""
    if any(_frequency(word) for word in other.directions) or not any(_frequency(word) for word in one.directions):
        return one
    directions = iter(one.directions)
    words = [(word, next(directions) if word == "±" else "") for word in one.words]
    kept = [(word, way) for word, way in words if "often+" not in DIRECTIONS.get(way, ())]
    return msgspec.structs.replace(
        one,
        words=tuple(word for word, _ in kept),
        directions=tuple(way for word, way in kept if word == "±"),
    )


def _frequency(word: str) -> bool:
    return bool(DIRECTIONS[word] & {"often+", "often-"})


def _paired(words: Sequence[str], others: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The words of both, those that differ in their ending alone made equal."""
    missing, added = Counter(words) - Counter(others), Counter(others) - Counter(words)
    same = {mine: its for mine in missing for its in added if _inflected(mine, its)}
    return [same.get(word, word) for word in words], others


def _inflected(one: str, other: str) -> bool:
    longest = max(len(one), len(other))
    start = max(_SAME_START, longest - _LOOSE_END)
    return one[:start] == other[:start] and min(len(one), len(other)) >= start and (one + other).isalpha()


_DECISIVE = frozenset(map(canonical, DECISIVE))


def _harmless(extra: Iterable[str]) -> bool:
    return not any(word in _DECISIVE or word == "±" or any(ch.isdigit() for ch in word) for word in extra)


def _same_order(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether both keep who does what to whom: in the same order, neighbours aside, or with its end at the front."""
    if len(words) != len(others):
        return False
    turned = ([*others[start:], *others[:start]] for start in range(1, len(others)) if others[start] == words[0])
    return _neighbours(words, others) or any(list(words) == other for other in turned)


def _neighbours(words: Sequence[str], others: Sequence[str]) -> bool:
    place = 0
    while place < len(words):
        if words[place] == others[place]:
            place += 1
        elif words[place : place + 2] == others[place : place + 2][::-1] and "±" not in words[place : place + 2]:
            place += 2
        else:
            return False
    return True


def _directions(one: Assertion, other: Assertion) -> list[tuple[str, str]] | None:
    """The directions that are opposite, as written; None where it cannot be told."""
    if len(one.directions) != len(other.directions):
        return None
    opposed = []
    for mine, its in zip(one.directions, other.directions, strict=True):
        poles, others = DIRECTIONS[mine], DIRECTIONS[its]
        if any(_turned(pole) in others for pole in poles):
            opposed.append((mine, its))
        elif not poles & others:
            return None
    return opposed


def _turned(pole: str) -> str:
    return pole[:-1] + ("-" if pole.endswith("+") else "+")


def _numbers(one: Assertion, other: Assertion) -> list[int]:
    """The places of the numbers that differ; there are as many in both."""
    pairs = enumerate(zip(one.numbers, other.numbers, strict=True))
    return [place for place, (mine, its) in pairs if not _agree(mine, its)]


def _agree(one: Quantity, other: Quantity) -> bool:
    return agrees(one, other) or agrees(other, one)


def _opposite(
    one: Assertion, other: Assertion, ways: list[tuple[str, str]], numbers: list[int], denied: bool
) -> str | None:
    """Why two of the same words contradict each other: exactly one thing differs, and both cannot be true."""
    if one.partial or other.partial or (one.hedges and other.hedges):
        return None
    if len(ways) == 1 and not numbers and not denied:
        return f"one says “{ways[0][0]}” and the other “{ways[0][1]}”, in otherwise the same words"
    if denied and not ways and not numbers:
        return _denial(one, other)
    if numbers and not ways and not denied:
        return _other_number(one, other, numbers[0])
    return None


def _denial(one: Assertion, other: Assertion) -> str | None:
    if abs(len(one.negations) - len(other.negations)) != 1 or min(len(one.negations), len(other.negations)):
        return None
    return "one denies what the other says, in otherwise the same words"


def _other_number(one: Assertion, other: Assertion, place: int) -> str | None:
    first, second = one.numbers[place], other.numbers[place]
    comparable = first.kind in _COMPARABLE and (first.kind, first.unit) == (second.kind, second.unit)
    shares = {first.kind, second.kind} == {"percent", "fraction"} and "percentage points" not in (
        first.unit,
        second.unit,
    )
    if not (comparable or shares) or _overlap(first, second):
        return None
    return f"one gives {one.stated[place]} and the other {other.stated[place]}, in otherwise the same words"


def _overlap(one: Quantity, other: Quantity) -> bool:
    (low, high), (its_low, its_high) = _bounds(one), _bounds(other)
    return low <= its_high and its_low <= high


def _bounds(number: Quantity) -> tuple[float, float]:
    """Low and high, shares in percent; without them it could be any number."""
    times = 100.0 if number.kind == "fraction" else 1.0
    low = -math.inf if number.low is None else number.low * times
    return low, math.inf if number.high is None else number.high * times


def _same_why(one: Assertion, other: Assertion) -> str:
    if bool(one.hedges) == bool(other.hedges):
        return "both say it in nearly the same words; numbers, denials and directions agree"
    careful = (one.hedges or other.hedges)[0]
    return f"both say it in nearly the same words, one of them more carefully (“{careful}”)"
