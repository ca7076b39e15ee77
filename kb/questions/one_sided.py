"""Citation bias: who cites one side of a claim alone, although the other one was there to be known.

Greenberg (BMJ 2009;339:b2680) followed the citations of one claim and called it citation bias where papers that weaken
the claim are passed over while those that support it are cited. Here a finding is narrower, because a program that read
abstracts judged who supports what:

- A claim is what several statements assert alike; what contradicts it is known (`kb.questions.topics`).
- A source is *for* a claim where a statement of it, in any article, is supported by the source; *against* it where a
  statement of it is disputed by the source, or where the source supports a statement that contradicts it. One that is
  both takes no side. That a source disputes the opposite says nothing: the claim may be wrong too.
- An article cites a source for the claim where a statement of the claim, or one that contradicts it, rests on it, even
  where this article's statement was found neither supported nor disputed.
- An article is one-sided on a claim that it makes where it cites sources of one side and none of the other, and at
  least one source of the other was published in the year of the article or before. Where no year tells, the source
  counts, and the finding says that it is not known.

It speaks of the citations. One source may be the right one to cite, the other side may have been weaker or out of
reach, and what the knowledge base knows is not all there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from kb.language.counting import does
from kb.model import Record
from kb.questions.asserted import Asserted, Cited
from kb.questions.dates import year_of
from kb.questions.stated import Stated
from kb.questions.topics import Topics

_SHOWN = 5
"""Sources of each side that are shown."""

Cites: TypeAlias = Literal["supporting", "disputing"]


class OneSided(Record, frozen=True, kw_only=True):
    """An article that cites one side of a claim alone; ``statement`` is the first in which it makes the claim.

    ``cites`` is that side: the sources that support the claim, or those that dispute it. ``cited`` and ``left_out`` are
    the first few sources that it cites and that it could have known of the other side, ``cites_count`` and
    ``left_out_count`` how many these are. ``others`` says how many articles cite which for this claim, itself included.
    """

    statement: Stated
    cites: Cites
    cited: tuple[Cited, ...]
    left_out: tuple[Cited, ...]
    cites_count: int
    left_out_count: int
    others: dict[Literal["supporting", "disputing", "both"], int]
    reasons: tuple[str, ...]


class _Evidence(NamedTuple):
    """What is known of one claim: sources that support and that dispute it, and by article those that it cites."""

    supporting: set[str]
    disputing: set[str]
    cited: dict[str, set[str]]
    first: dict[str, int]


class _Bias(NamedTuple):
    """A one-sided article before it becomes a record; ``other`` is what it could have known."""

    place: int
    cites: Cites
    own: set[str]
    other: set[str]
    dated: bool
    others: dict[Literal["supporting", "disputing", "both"], int]


def one_sided(told: Asserted, topics: Topics, most: int) -> tuple[tuple[OneSided, ...], int]:
    """The first ``most`` articles that cite one side of a claim alone, and how many there are.

    Those come first whose years tell, then those that cite most on their side and leave out most of the other.
    """
    found = sorted(_all(told, topics), key=_rank)
    return tuple(_record(told, one) for one in found[:most]), len(found)


def _rank(one: _Bias) -> tuple[bool, int, int, int]:
    own, other = len(one.own), len(one.other)
    return not one.dated, -min(own, other), -(own + other), one.place


def _all(told: Asserted, topics: Topics) -> Iterator[_Bias]:
    known = [_evidence(told, claim) for claim in topics.claims]
    against: defaultdict[int, set[int]] = defaultdict(set)
    for each in topics.against:
        against[each.one].add(each.other)
        against[each.other].add(each.one)
    for claim, evidence in enumerate(known):
        opposed = [known[other] for other in against[claim]]
        disputing = evidence.disputing.union(*(other.supporting for other in opposed))
        sides = evidence.supporting - disputing, disputing - evidence.supporting
        if all(sides):
            yield from _of_claim(told, evidence, opposed, *sides)


def _evidence(told: Asserted, claim: Sequence[int]) -> _Evidence:
    found = _Evidence(set(), set(), defaultdict(set), {})
    for place in claim:
        one = told.statements[place]
        found.first.setdefault(one.article, place)
        for source, direction in one.lines:
            found.cited[one.article].add(source)
            if direction == "supports":
                found.supporting.add(source)
            elif direction == "disputes":
                found.disputing.add(source)
    return found


def _of_claim(
    told: Asserted, evidence: _Evidence, opposed: Sequence[_Evidence], supporting: set[str], disputing: set[str]
) -> Iterator[_Bias]:
    others: dict[Literal["supporting", "disputing", "both"], int] = {"supporting": 0, "disputing": 0, "both": 0}
    found: list[_Bias] = []
    for article, place in evidence.first.items():
        cited = evidence.cited.get(article, set()).union(*(other.cited.get(article, ()) for other in opposed))
        pro, con = cited & supporting, cited & disputing
        if pro and con:
            others["both"] += 1
        elif pro or con:
            cites: Cites = "supporting" if pro else "disputing"
            others[cites] += 1
            there, dated = _there(told, article, disputing if pro else supporting)
            if there:
                found.append(_Bias(place, cites, pro or con, there, dated, others))
    yield from found


def _there(told: Asserted, article: str, sources: set[str]) -> tuple[set[str], bool]:
    """The sources that were published by the year of the article, and whether years tell so of at least one.

    Where they tell of none, those of which they do not tell that they came later.
    """
    year = year_of(told.dates.get(article))
    years = {source: year_of(told.works[source].year) if source in told.works else None for source in sources}
    by_then = {source for source, other in years.items() if year and other and other <= year}
    return (by_then, True) if by_then else ({one for one, other in years.items() if not (year and other)}, False)


def _record(told: Asserted, one: _Bias) -> OneSided:
    said = told.statements[one.place]
    return OneSided(
        statement=said.stated(),
        cites=one.cites,
        cited=told.cited(one.own, _SHOWN),
        left_out=told.cited(one.other, _SHOWN),
        cites_count=len(one.own),
        left_out_count=len(one.other),
        others=one.others,
        reasons=(_cites(one), _known(told, one), _compared(one)),
    )


def _cites(one: _Bias) -> str:
    number = len(one.own)
    does = {"supporting": ("supports", "support"), "disputing": ("disputes", "dispute")}[one.cites][number > 1]
    return f"of the sources that it cites on this, {number} {does} it and none says the opposite"


def _known(told: Asserted, one: _Bias) -> str:
    number = len(one.other)
    side = {"supporting": ("disputes", "dispute"), "disputing": ("supports", "support")}[one.cites][number > 1]
    if one.dated:
        year = year_of(told.dates.get(told.statements[one.place].article))
        return f"{number} that {side} it {'was' if number == 1 else 'were'} published by {year} and not cited"
    return f"{number} that {side} it {'is' if number == 1 else 'are'} not cited; no year tells which came first"


def _compared(one: _Bias) -> str:
    counted = one.others
    every = sum(counted.values())
    if every == 1:
        return "no other article cites sources with a side on this"
    both = counted["both"]
    return f"{both} of {every} articles that cite sources with a side on this {does(both, 'cite')} both"
