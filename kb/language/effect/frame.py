"""A sentence laid out for a question: where it names the outcome, whose arm each word names, how far apart."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from kb.language.effect.cues import Token, lowered, tokens
from kb.language.effect.terms import Arms, Target, root
from kb.language.effect.words import BREAKS

FAR = 8.0
"""Words over which the weight of a cue falls to 1/e."""
_BARRIER = 6.0
"""Words that a stop or "while" between cue and outcome counts for."""
_WINDOW = 12
"""Words within which the terms of an outcome stand together."""
_GAP = 0.05
"""What a word between two terms of an outcome costs, against 1 for a term."""
_BEHIND_THAN = 9
"""Words behind "than" that name what one compares with."""
_OPENING = 3
"""Words within which "Compared with …" opens a sentence."""
AGAINST = frozenset({"than", "versus", "vs", "compared", "relative", "comparison", "over", "against"})
_LEADING = frozenset({"compared", "comparison", "relative"})
_EMPTY = frozenset(
    """
    the this these difference differences between among two three both groups group arms arm was were did not no
    and with there with it they that which of in a statistically treatments treatment effect by to has had have
    """.split()
)
"""Words by which "…, but this difference was not significant" names nothing of its own."""


def weight(distance: float, far: float = FAR) -> float:
    """How much what stands so many words from the outcome counts for it, 0 … 1."""
    return math.exp(-distance / far)


class Frame(NamedTuple):
    """A sentence laid out; the tuples have one entry for each word or stop."""

    text: str
    lower: str
    words: tuple[Token, ...]
    starts: tuple[int, ...]
    depths: tuple[int, ...]
    """How many brackets are open."""
    barriers: tuple[bool, ...]
    """Whether it parts what is said of one outcome from what is said of the next."""
    roles: tuple[float, ...]
    """Whose arm it names: above 0 the intervention's, below the comparator's."""
    outcome: tuple[int, int] | None
    """The first and the last word by which it names the outcome."""

    def at(self, offset: int) -> int:
        """The number of the word that stands at an offset, or before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def distance(self, at: int) -> float:
        """Words between a word and the outcome, brackets aside; a stop or "while" counts for more."""
        if self.outcome is None:
            return FAR
        first, last = self.outcome
        if first <= at <= last:
            return 0.0
        between = range(last + 1, at) if at > last else range(at + 1, first)
        inside = self.depths[at] > 0
        words = sum(inside or not self.depths[one] for one in between)
        ends = at if at > last else first
        return words + _BARRIER * (sum(self.barriers[one] for one in between) + self.barriers[min(ends, at)])

    def near(self, at: int, far: float = FAR) -> float:
        """How much what is said at a word counts for the outcome, 0 … 1."""
        return weight(self.distance(at), far)

    def compared(self, at: int) -> float:
        """Whose arm stands behind "than" or the like that follows a word, or that opens the sentence; 0 not known."""
        for one in range(at + 1, len(self.words)):
            if self.depths[one]:
                continue
            if self.barriers[one]:
                break
            if self.words[one].word in AGAINST:
                return self._named(one + 1)
        opening = (one for one in range(min(at, _OPENING)) if self.words[one].word in _LEADING)
        return next((self._named(one + 1) for one in opening), 0.0)

    def _named(self, first: int) -> float:
        total = 0.0
        for one in range(first, min(len(self.words), first + _BEHIND_THAN)):
            if self.barriers[one] or self.words[one].word == ",":
                break
            total += self.roles[one]
        return total

    def subject(self, at: int) -> float:
        """Whose arm is named nearest to a word within its part of the sentence, before any "than"; 0 not known."""
        found = [
            (abs(one - at), one > at, self.roles[one])
            for one in (
                self._first_arm(range(at, -1, -1), stop=False),
                self._first_arm(range(at, len(self.words)), stop=True),
            )
            if one is not None
        ]
        return min(found)[2] if found else 0.0

    def _first_arm(self, order: Iterable[int], *, stop: bool) -> int | None:
        for one in order:
            if self.barriers[one] or (stop and self.words[one].word in AGAINST):
                return None
            if self.roles[one] and not self.depths[one]:
                return one
        return None

    def refers_back(self, at: int) -> bool:
        """Whether nothing new is named between a word and the stop before it: "…, but this was not significant"."""
        one = at - 1
        while one >= 0 and not self.barriers[one] and self.words[one].word != ",":
            if self.words[one].word not in _EMPTY and not self.roles[one]:
                return False
            one -= 1
        return one >= 0 and self.outcome is not None and self.outcome[1] < one


def frame(sentence: str, asked: Target, sides: Arms) -> Frame:
    """Lay a sentence out for a question about an outcome and two arms."""
    lower = lowered(sentence)
    words = tokens(lower)
    depths, depth = [], 0
    for token in words:
        depth = max(0, depth - (token.word in ")]"))
        depths.append(depth)
        depth += token.word in "(["
    return Frame(
        sentence,
        lower,
        words,
        tuple(token.start for token in words),
        tuple(depths),
        tuple(token.word == ";" or token.word in BREAKS for token in words),
        tuple(sides.role(token.word) for token in words),
        _outcome(words, asked),
    )


def _outcome(words: tuple[Token, ...], asked: Target) -> tuple[int, int] | None:
    """Where the most of an outcome's terms stand close together."""
    hits: list[tuple[int, frozenset[str]]] = []
    for at, token in enumerate(words):
        stem = root(token.word)
        if token.word in asked.short:
            hits.append((at, asked.short[token.word]))
        elif stem in asked.weights:
            hits.append((at, frozenset({stem})))
    best, span = 0.0, None
    for number, (at, _) in enumerate(hits):
        score, last = _gathered(hits[number : number + _WINDOW], asked)
        if score > best + 1e-9:
            best, span = score, (at, last)
    return span


def _gathered(hits: list[tuple[int, frozenset[str]]], asked: Target) -> tuple[float, int]:
    """How many terms stand together from the first hit on, by weight, and where the last of them stands."""
    first = last = hits[0][0]
    got: set[str] = set()
    score = 0.0
    for at, stems in hits:
        if at - first > _WINDOW:
            break
        gain = math.fsum(asked.weights.get(one, 0.0) for one in stems - got) - _GAP * (at - last)
        if gain > 0:
            got |= stems
            score += gain
            last = at
    return score, last
