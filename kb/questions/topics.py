"""What several statements say alike, and which of it stands against which: statements by claim, claims by topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from kb.questions.asserted import Said
from kb.questions.claims import Claims, claims
from kb.questions.same_claim import ASSERT_NOTHING


class Against(NamedTuple):
    """A contradiction between two claims, by their places: why, and the statements of each that make it."""

    one: int
    other: int
    why: str
    statements: tuple[int, ...]
    others: tuple[int, ...]


class Topics(NamedTuple):
    """The claims that several statements make or contradict, each as the places of its statements in order."""

    claims: tuple[tuple[int, ...], ...]
    against: tuple[Against, ...]


def topics(statements: Sequence[Said]) -> Topics:
    """Put statements together that say the same, and find what stands against it.

    Sentences that say nearly the same as an earlier one make one claim with it, unless they contradict another one of
    it. A sentence that says the same as two claims belongs to the earlier; claims are not joined through it, since what
    is nearly the same in steps need not be the same in the end.
    """
    told = [place for place, one in enumerate(statements) if one.kind not in ASSERT_NOTHING and not one.leans_on]
    found = claims([statements[place].text for place in told], [statements[place].words for place in told])
    groups = [tuple(told[place] for place in group) for group in found.groups]
    first = _firsts(found)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for group, leader in enumerate(first):
        members[leader] += groups[group]
    number = {leader: place for place, leader in enumerate(members)}
    against = (
        Against(number[first[one]], number[first[other]], how.why, groups[one], groups[other])
        for one, other, how in found.pairs
        if how.how == "contradicts"
    )
    return Topics(tuple(tuple(sorted(each)) for each in members.values()), tuple(against))


def _firsts(found: Claims) -> list[int]:
    """By group the earliest one that says the same: itself, or one that itself follows none."""
    opposed: defaultdict[int, set[int]] = defaultdict(set)
    for one, other, how in found.pairs:
        if how.how == "contradicts":
            opposed[one].add(other)
            opposed[other].add(one)
    first = list(range(len(found.groups)))
    for earlier, later, how in found.pairs:
        follows_none = first[earlier] == earlier and first[later] == later
        if how.how == "same" and follows_none and all(first[each] != earlier for each in opposed[later]):
            first[later] = earlier
    return first
