"""Independent lines of evidence: which citations tell of one and the same evidence.

Six citations may be two lines of evidence. Sources are one line where they report the same registered study, the same
named cohort, or the work of the same team; where one is the preprint, the protocol, the comment or the correction of
the other; where a review contains the study; and where two reviews take in largely the same studies. What is not known,
such as authors that no registry gave, makes no two sources one line: the number of lines is the most that there may be.

Sources: Greenberg, BMJ 2009;339:b2680 (citations that amplify one piece of evidence); Pieper et al., J Clin Epidemiol
2014;67:368-375 (overlap of reviews).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal, TypeAlias

from kb.model import Design, Record, Source
from kb.strength.kinship import Facts, kinship, told_in
from kb.strength.wording import label

Overlap: TypeAlias = Literal["slight", "moderate", "high", "very high"]
_BANDS: tuple[tuple[float, Overlap], ...] = ((0.05, "slight"), (0.10, "moderate"), (0.15, "high"))
MOST_OVERLAP = 0.10
"""Two systematic reviews that overlap more than this ("high") count as one line."""
FEWEST_CITED = 5
"""Reviews of which fewer cited works are known cannot be compared."""
_POOLS: Design = "systematic review"


class Line(Record, frozen=True, kw_only=True):
    """Sources that are one line of evidence."""

    sources: tuple[str, ...]
    """Their ids, in the order in which they were given."""
    why: tuple[str, ...] = ()
    """What ties them together, in plain words; empty where a source stands alone."""


def lines_of(sources: Sequence[Source]) -> tuple[Line, ...]:
    """Group sources into lines of evidence, in the order of each line's first source.

    A systematic review pools what it contains: with all of that it is one line. Another work that only tells of
    studies, such as a narrative review or a comment, joins the first of them and does not make them one.

    Time grows with the number of pairs that share a registration, cohort, author or citation, not with all pairs.

    >>> one = Source(id="doi:10.5555/a", cites=("doi:10.5555/b",), design="systematic review")
    >>> [line.sources for line in lines_of([one, Source(id="doi:10.5555/b"), Source(id="doi:10.5555/c")])]
    [('doi:10.5555/a', 'doi:10.5555/b'), ('doi:10.5555/c',)]
    """
    different = {source.id: source for source in sources}
    if len(different) < 2:
        return tuple(Line(sources=(source,)) for source in different)
    facts = [Facts(source) for source in different.values()]
    groups = _Groups(len(facts))
    for first, second in _near(facts):
        why = kinship(facts[first], facts[second]) or _same_studies(facts[first], facts[second])
        if why:
            groups.join(first, second, why)
    for first, second in _near(facts):
        _attach(groups, facts, first, second)
    return groups.lines(facts)


def corrected_covered_area(included: Sequence[AbstractSet[str]]) -> float | None:
    """How far reviews take in the same studies, from 0 (none) to 1 (all).

    CCA = (N - r) / (r c - r), where N is the number of inclusions with repetition, r the number of different studies
    and c the number of reviews. Source: Pieper et al., J Clin Epidemiol 2014;67:368-375.

    Parameters
    ----------
    included
        The studies of each review, by any ids that are the same for the same study.

    Returns
    -------
    float or None
        None for fewer than two reviews, or where no study is known.

    >>> corrected_covered_area([{"a", "b", "c"}, {"b", "c", "d"}])
    0.5
    """
    different = len(frozenset().union(*included))
    if len(included) < 2 or not different:
        return None
    return (sum(map(len, included)) - different) / (different * len(included) - different)


def overlap(area: float) -> Overlap:
    """What a corrected covered area is called: slight below 5 %, moderate below 10 %, high up to 15 %, else very high.

    >>> [overlap(area) for area in (0.02, 0.05, 0.10, 0.15, 0.4)]
    ['slight', 'moderate', 'high', 'high', 'very high']
    """
    for most, name in _BANDS:
        if area < most or (name == "high" and area == most):
            return name
    return "very high"


class _Groups:
    """Disjoint groups of numbers, each with what ties it together."""

    def __init__(self, size: int) -> None:
        self._of = list(range(size))
        self._members = {number: [number] for number in range(size)}
        self._why: dict[int, list[str]] = defaultdict(list)

    def join(self, one: int, other: int, why: str) -> None:
        """Make the groups of two numbers one."""
        first, second = sorted((self._of[one], self._of[other]))
        if first != second:
            for number in self._members[second]:
                self._of[number] = first
            self._members[first] += self._members.pop(second)
            self._why[first] += self._why.pop(second, [])
        self._why[first].append(why)

    def members(self, number: int) -> Sequence[int]:
        """The group that a number is in."""
        return self._members[self._of[number]]

    def lines(self, facts: Sequence[Facts]) -> tuple[Line, ...]:
        """The groups as lines, by their first member."""
        return tuple(
            Line(
                sources=tuple(facts[number].source.id for number in sorted(members)),
                why=tuple(dict.fromkeys(self._why.get(first, ()))),
            )
            for first, members in sorted(self._members.items(), key=lambda group: min(group[1]))
        )


def _near(facts: Sequence[Facts]) -> Iterable[tuple[int, int]]:
    """Pairs that share anything by which they could be one line, in the order of the sources."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(facts):
        for key in one.keys:
            places[key].append(number)
    pairs = {(first, second) for held in places.values() for at, first in enumerate(held) for second in held[at + 1 :]}
    return sorted(pairs)


def _attach(groups: _Groups, facts: Sequence[Facts], one: int, other: int) -> None:
    """Put a work that only tells of another with it, unless it already stands with one."""
    for telling, told in ((one, other), (other, one)):
        why = told_in(facts[telling], facts[told])
        alone = all(facts[number].only_tells for number in groups.members(telling))
        if why and alone and told not in groups.members(telling):
            groups.join(told, telling, why)
            return


def _same_studies(one: Facts, other: Facts) -> str | None:
    """Whether two systematic reviews take in largely the same studies, by the works that both cite."""
    first, second = frozenset(one.source.cites), frozenset(other.source.cites)
    if {one.source.design, other.source.design} != {_POOLS} or min(len(first), len(second)) < FEWEST_CITED:
        return None
    area = corrected_covered_area([first, second])
    if area is None or area < MOST_OVERLAP:
        return None
    names = f"{label(one.source)} and {label(other.source)}"
    return f"{names} cite largely the same works (corrected covered area {area:.0%}, {overlap(area)} overlap)"
