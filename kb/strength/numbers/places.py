"""Whether two numbers are of the same thing, as far as the words around them tell."""

from __future__ import annotations

from typing import NamedTuple

from kb.strength.numbers.reading import Mention, Reading

VERBATIM = 0.75
"""Share of the claim's content words in the sentence of the source, from which it is nearly that sentence."""
IN_PLACE = 0.9
"""The same from which it is that sentence, so that a number there is the one stated even if that stands elsewhere."""
ALONE = 0.99
"""Share of the words beside a number that must agree where hardly any other word is there."""
FEWEST_SHARED = 3
"""Content words that two sentences must share where the words beside the number do not all agree."""


class Enough(NamedTuple):
    """Least values of a likeness that together show that two numbers are of the same thing."""

    near: float = 0.0
    whole: float = 0.0
    slot: float = 0.0
    around: int = 0
    run: int = 0


ENOUGH: tuple[Enough, ...] = (
    Enough(whole=VERBATIM, slot=0.5),
    Enough(whole=VERBATIM, near=0.7, around=3),
    Enough(whole=0.5, near=0.6, slot=0.01),
    Enough(near=0.4, around=5, run=2),
    Enough(near=0.6, around=4, slot=0.25),
    Enough(near=0.9, around=6),
    Enough(around=4, slot=0.5),
)
"""Any of them will do. Set on the first two parts of ``benchmarks.numbers``, such that citations that experts found
borne out (``citation-support``, training part) have hardly any number that differs."""
MEASURED = Enough(near=0.4, around=3, run=2)
"""Enough for a measure with a unit, such as a dose, which a text repeats less often than people and percentages."""


class Likeness(NamedTuple):
    """How alike two places are.

    ``near`` in the content words next to the number, ``whole`` in those of the sentence, ``slot`` in the words right
    beside it, each 0 to 1; ``shared`` and ``around`` are how many words that is of the sentence and next to the number,
    ``run`` how many content words agree on both sides, outwards and without a gap.
    """

    near: float
    whole: float
    slot: float
    shared: int
    around: int
    run: int

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
    def close(self) -> bool:
        """Whether nearly all words are the same, though in another order."""
        return self.verbatim or (self.whole >= IN_PLACE and self.near >= IN_PLACE and self.shared >= FEWEST_SHARED)

    @property
    def same_thing(self) -> bool:
        """Whether both numbers are of the same thing."""
        if self.shared < FEWEST_SHARED:
            return self.whole == 1.0 and self.slot >= (ALONE if self.shared < FEWEST_SHARED - 1 else 0.5)
        return any(self.reaches(least) for least in ENOUGH)

    def reaches(self, least: Enough) -> bool:
        """Whether it is at least as alike in everything."""
        return (
            self.near >= least.near
            and self.whole >= least.whole
            and self.slot >= least.slot
            and self.around >= least.around
            and self.run >= least.run
        )


NOTHING = Likeness(0.0, 0.0, 0.0, 0, 0, 0)


def alike(claim: Reading, one: Mention, source: Reading, other: Mention) -> Likeness:
    """How alike the places of a number of the claim and of one of the source are."""
    mine, there = claim.stems[one.sentence], source.stems[other.sentence]
    shared = len(mine & there)
    if not shared:
        return NOTHING
    around = len(one.near & other.near)
    return Likeness(
        near=around / len(one.near) if one.near else 0.0,
        whole=shared / len(mine),
        slot=_slot(one, other),
        shared=shared,
        around=around,
        run=sum(_run(side, there) for side, there in zip(one.beside, other.beside, strict=True)),
    )


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
