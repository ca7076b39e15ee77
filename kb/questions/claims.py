"""The sentences, of very many, that assert the same or the opposite.

How two are compared stands in ``kb.language.comparison``; here is which ones are, and that only those are taken apart
that could have a counterpart by their gist (``kb.language.gist``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from kb.language.assertion import Assertion, read_assertion
from kb.language.comparison import MORE, Comparison, compare, shared_key
from kb.language.gist import Gists
from kb.questions.nested import nested

_FEWEST = 3
"""Fewer content words than this say too little to be recognised."""
_MOST_NEAR = 100
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
    looked_at = _with_counterpart(texts, folded, firsts) | {each[0] for each in places.values() if len(each) > 1}
    equal: dict[Assertion, list[int]] = {}
    for first in sorted(looked_at):
        one = read_assertion(texts[first])
        if not one.points_back and len(one.words) >= _FEWEST:
            equal.setdefault(one, []).extend(places[texts[first]])
    read = tuple(equal)
    pairs = [(one, other, how) for one, other in _near(read) if (how := compare(read[one], read[other]))]
    return _with_partners([tuple(sorted(each)) for each in equal.values()], pairs)


def _with_partners(groups: list[tuple[int, ...]], pairs: list[tuple[int, int, Comparison]]) -> Claims:
    paired = {place for one, other, _ in pairs for place in (one, other)}
    kept = [place for place, group in enumerate(groups) if len(group) > 1 or place in paired]
    at = {place: number for number, place in enumerate(kept)}
    renumbered = sorted(((at[one], at[other], how) for one, other, how in pairs), key=lambda pair: pair[1::-1])
    return Claims(tuple(groups[place] for place in kept), tuple(renumbered))


def _with_counterpart(texts: Sequence[str], folded: Sequence[str] | None, places: Sequence[int]) -> set[int]:
    """The places of sentences of which another one could assert the same or the opposite."""
    gists = Gists()
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    more: defaultdict[tuple[str, ...], int] = defaultdict(int)
    for place in places:
        words, length = gists.gist(texts[place], folded[place] if folded else None)
        if length >= _FEWEST:
            alike[words].append(place)
            more[words] = max(more[words], length // MORE)
    sets = tuple(alike)
    found = {place for same in alike.values() if len(same) > 1 for place in same}
    for pair in nested(sets, [more[each] for each in sets]):
        for one in pair:
            found.update(alike[sets[one]])
    return found


def _near(assertions: Sequence[Assertion]) -> Iterator[tuple[int, int]]:
    """The places of each two of which one may hold all words of the other, the earlier first."""
    keys = [tuple(sorted({shared_key(word) for word in one.words if word != "±"})) for one in assertions]
    more: defaultdict[tuple[str, ...], int] = defaultdict(int)
    for each, one in zip(keys, assertions, strict=True):
        more[each] = max(more[each], len(one.words) // MORE)
    sets = tuple(more)
    number = {each: place for place, each in enumerate(sets)}
    beside: defaultdict[int, list[int]] = defaultdict(list)
    for one_set, other_set in nested(sets, [more[each] for each in sets]):
        beside[one_set].append(other_set)
        beside[other_set].append(one_set)
    holding: list[list[int]] = [[] for _ in sets]
    for later, each in enumerate(keys):
        own = number[each]
        for earlier in islice(chain.from_iterable(holding[near] for near in (own, *beside[own])), _MOST_NEAR):
            yield earlier, later
        holding[own].append(later)
