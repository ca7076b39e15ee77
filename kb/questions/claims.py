"""The sentences, of very many, that assert the same or the opposite.

How two are compared stands in ``kb.language.comparison``; here is which ones are, and that only those are taken apart
that could have a counterpart by their gist (``kb.language.gist``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from kb.language.assertion import Assertion, read_assertion
from kb.language.comparison import Comparison, compare, shared_key
from kb.language.gist import NEVER_MORE, Counts, Gists
from kb.questions.nested import nested

_FEWEST = 3
"""Fewer content words than this say too little to be recognised."""
_MOST_NEAR = 30
"""Sentences of nearly the same words that one is compared with: where there are more, they are rows of a table."""


class Claims(NamedTuple):
    """What many sentences have in common.

    A group holds the places of all sentences that assert exactly the same, in order; a pair holds the places of two
    groups and how they relate, in the order of the later one. A sentence without counterpart is in no group.
    """

    groups: tuple[tuple[int, ...], ...]
    pairs: tuple[tuple[int, int, Comparison], ...]


def claims(texts: Sequence[str], folded: Sequence[str] | None = None) -> Claims:
    """Find the sentences that assert the same or contradict each other.

    Those that speak of something named in another sentence ("This …") are left out. The time grows with the number of
    sentences and not with its square; equal ones cost nothing but their reading.

    Parameters
    ----------
    folded
        The same folded (`kb.language.folding.fold`), where that is known already: it saves half of the time.

    Examples
    --------
    >>> found = claims(["Rest eases sore knees.", "Rest does not ease sore knees.", "Rest eases sore knees."])
    >>> found.groups, [(one, other, how.how) for one, other, how in found.pairs]
    (((0, 2), (1,)), [(0, 1, 'contradicts')])
    """
    places: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        places.setdefault(text, []).append(place)
    firsts = [each[0] for each in places.values()]
    classes = _classes(texts, folded, firsts)
    members = Counter(classes.of.values())
    equal: dict[Assertion, list[int]] = {}
    for first in firsts:
        own = classes.of.get(first)
        if own is not None and (members[own] > 1 or own in classes.beside or len(places[texts[first]]) > 1):
            one = read_assertion(texts[first])
            if not one.points_back and len(one.words) >= _FEWEST:
                equal.setdefault(one, []).extend(places[texts[first]])
    read = tuple(equal)
    near = _near(read, [classes.of[places[0]] for places in equal.values()], classes.beside)
    pairs = [(one, other, how) for one, other in near if (how := compare(read[one], read[other]))]
    return _with_partners([tuple(sorted(each)) for each in equal.values()], pairs)


def _with_partners(groups: list[tuple[int, ...]], pairs: list[tuple[int, int, Comparison]]) -> Claims:
    paired = {place for one, other, _ in pairs for place in (one, other)}
    kept = [place for place, group in enumerate(groups) if len(group) > 1 or place in paired]
    at = {place: number for number, place in enumerate(kept)}
    renumbered = sorted(((at[one], at[other], how) for one, other, how in pairs), key=lambda pair: pair[1::-1])
    return Claims(tuple(groups[place] for place in kept), tuple(renumbered))


class _Classes(NamedTuple):
    """Sentences by their gist: the class of each, by place, and by class those that hold it or are held by it."""

    of: dict[int, int]
    beside: dict[int, list[int]]


def _classes(texts: Sequence[str], folded: Sequence[str] | None, places: Sequence[int]) -> _Classes:
    gists = Gists()
    number: dict[tuple[str, ...], int] = {}
    more: list[int] = []
    counts: list[set[Counts]] = []
    of: dict[int, int] = {}
    for place in places:
        gist = gists.gist(texts[place], folded[place] if folded else None)
        if gist.length >= _FEWEST:
            own = of[place] = number.setdefault(gist.words, len(number))
            if own == len(more):
                more.append(0)
                counts.append(set())
            more[own] = max(more[own], gist.more)
            counts[own].add(gist.counts)
    beside: dict[int, list[int]] = {}
    for one, other in nested(tuple(number), more, NEVER_MORE):
        if sorted((*counts[one], *counts[other])) != ["", "digits"]:  # one says how much and the other does not
            beside.setdefault(one, []).append(other)
            beside.setdefault(other, []).append(one)
    return _Classes(of, beside)


def _near(read: Sequence[Assertion], own: Sequence[int], beside: dict[int, list[int]]) -> Iterator[tuple[int, int]]:
    """The places of each two assertions of which one may hold all words of the other, the earlier first."""
    keys = [frozenset([shared_key(word) for word in one.words if word != "±"]) for one in read]
    holding: defaultdict[int, list[int]] = defaultdict(list)
    for later, each in enumerate(keys):
        known = chain.from_iterable(holding[near] for near in (own[later], *beside.get(own[later], ())))
        for earlier in islice(known, _MOST_NEAR):
            if each <= keys[earlier] or keys[earlier] <= each:
                yield earlier, later
        holding[own[later]].append(later)
