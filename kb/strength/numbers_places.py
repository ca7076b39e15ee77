"""Whether two numbers are of the same thing, as far as the words around them tell."""

from __future__ import annotations

from typing import NamedTuple

from kb.strength.numbers_reading import Mention, Reading

VERBATIM = 0.75
"""Share of the claim's content words in the sentence of the source, from which it is nearly that sentence."""
IN_PLACE = 0.9
"""The same from which it is that sentence, so that a number there is the one stated even if that stands elsewhere."""
SAME_NEAR, SAME_WHOLE = 0.6, 0.5
FEWEST_SHARED = 3
"""Content words next to a number that both must have to be of the same thing."""

ALONE = 0.99
"""Share of the words beside a number that must agree where hardly any other word is there."""


class Likeness(NamedTuple):
    """How alike two places are: ``near`` in the words next to the number, ``whole`` in the sentence, ``slot`` in the
    words right beside it; each 0 to 1.
    """

    near: float
    whole: float
    slot: float
    shared: int

    @property
    def score(self) -> float:
        """One figure to order places by, 0 to 1."""
        return 0.4 * self.near + 0.3 * self.whole + 0.3 * self.slot

    @property
    def verbatim(self) -> bool:
        """Whether the claim repeats a sentence, with the number in its place."""
        return self.whole >= VERBATIM and self.slot >= 0.5

    @property
    def in_place(self) -> bool:
        """Whether it is that very place: all words right beside the number are the same."""
        return self.whole >= IN_PLACE and self.slot == 1.0

    @property
    def same_thing(self) -> bool:
        """Whether both numbers are of the same thing."""
        if self.shared < FEWEST_SHARED:
            return self.whole == 1.0 and self.slot >= (ALONE if self.shared < FEWEST_SHARED - 1 else 0.5)
        return self.verbatim or (self.near >= SAME_NEAR and self.whole >= SAME_WHOLE and self.slot > 0)


def alike(claim: Reading, one: Mention, source: Reading, other: Mention) -> Likeness:
    """How alike the places of a number of the claim and of one of the source are."""
    mine, there = claim.stems[one.sentence], source.stems[other.sentence]
    whole = len(mine & there) / len(mine) if mine else 0.0
    if not whole:
        return Likeness(0.0, 0.0, 0.0, 0)
    near = len(one.near & other.near) / len(one.near) if one.near else 0.0
    return Likeness(near, whole, _slot(one, other), len(mine & there))


def _slot(one: Mention, other: Mention) -> float:
    """Share of the words beside the number, outwards on both sides, that are the same without a gap."""
    possible = max(len(one.before), len(other.before)) + max(len(one.after), len(other.after))
    same = _run(one.before, other.before) + _run(one.after, other.after)
    return same / possible if possible else 0.0


def _run(mine: tuple[str, ...], there: tuple[str, ...]) -> int:
    for place, (one, other) in enumerate(zip(mine, there, strict=False)):
        if one != other:
            return place
    return min(len(mine), len(there))
