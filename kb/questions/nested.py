"""Which of very many small sets hold which others, but for a few members? Without comparing each with each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, combinations, islice

_LED_BY = 3
"""Rarest members by which a set is looked up."""
_MOST = 100
"""Sets with the same rarest members that are looked at: where more have them, it is a table's row and no sentence."""


def nested(
    sets: Sequence[tuple[str, ...]], more: Sequence[int], never: Collection[str] = ()
) -> Iterator[tuple[int, int]]:
    """The places of each two sets of which the second holds the first and not too many members more.

    Members are ordered from the rarest to the most frequent. Where the greater set has at most ``m`` members more, all
    of the first ``k`` members of the smaller one are among its own first ``m + k``: prefix filtering (Bayardo, Ma &
    Srikant, WWW 2007), with several members at once as Wang, Li and Feng do (SIGMOD 2012). Each set is looked up once
    under its first ``_LED_BY`` members, so time and memory grow with the number of sets and not with its square; of
    sets that share these, at most ``_MOST`` are looked at.

    Parameters
    ----------
    sets
        Distinct ones, each member once.
    more
        How many members more than another one each set may have, 0 or more.
    never
        Members that none may have more than another one.

    Examples
    --------
    >>> list(nested([("knee", "walk"), ("adult", "knee", "walk"), ("hip", "walk")], [0, 1, 1]))
    [(0, 1)]
    """
    frequency = Counter(chain.from_iterable(sets))
    rank = {member: place for place, member in enumerate(sorted(frequency, key=lambda each: (frequency[each], each)))}
    barred = frozenset(rank[member] for member in never if member in rank)
    ordered = [tuple(sorted(map(rank.__getitem__, each))) for each in sets]
    led: dict[tuple[int, ...], list[int]] = {}
    for place, each in enumerate(ordered):
        led.setdefault(each[:_LED_BY], []).append(place)
    for place, (each, extra) in enumerate(zip(ordered, more, strict=True)):
        for smaller in filter(None, map(led.get, _leads(each, extra))):
            for other in islice(smaller, _MOST):
                if 0 < len(each) - len(ordered[other]) <= extra:
                    beside = set(each).difference(ordered[other])
                    if len(beside) == len(each) - len(ordered[other]) and beside.isdisjoint(barred):
                        yield other, place


def _leads(each: tuple[int, ...], extra: int) -> Iterable[tuple[int, ...]]:
    """What the smaller sets could be looked up under that a set holds but for ``extra`` members."""
    leads = combinations(each[: extra + _LED_BY], _LED_BY) if extra else ()
    if len(each) - extra >= _LED_BY:
        return leads
    no_longer = range(max(0, len(each) - extra), min(len(each), _LED_BY))  # sets that are no longer than their lead
    return chain(leads, *(combinations(each, size) for size in no_longer))
