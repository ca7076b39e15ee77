"""Assertions that articles make in contradiction to each other, and that one article makes against itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kb.model import Record, Verdict
from kb.questions.asserted import Asserted, Cited
from kb.questions.stated import Stated
from kb.questions.topics import Against, Topics
from kb.strength.wording import listed

_SIDES = 4
"""Sides of a contradiction that are shown."""
_SHOWN = 3
"""Statements, sources and reasons that are shown of each."""


class Side(Record, frozen=True, kw_only=True):
    """One of the claims that stand against each other.

    ``statements`` are the first few that make it, one an article, and ``count`` is how many do, in ``articles``
    articles; ``verdicts`` says how many have which. ``supporting`` and ``disputing`` are the first few sources of these
    statements that support and dispute them, ``supports`` and ``disputes`` how many do.
    """

    statements: tuple[Stated, ...]
    count: int
    articles: int
    verdicts: dict[Verdict, int]
    supporting: tuple[Cited, ...] = ()
    disputing: tuple[Cited, ...] = ()
    supports: int = 0
    disputes: int = 0


class Contradiction(Record, frozen=True, kw_only=True):
    """Claims of which not all can be true; ``more`` sides than are shown.

    ``both`` are the first few articles that stand on two sides at once, ``against_themselves`` how many do.
    """

    sides: tuple[Side, ...]
    more: int = 0
    both: tuple[str, ...] = ()
    against_themselves: int = 0
    reasons: tuple[str, ...]


class _Topic(NamedTuple):
    """The contradictions that hang together, and by claim the statements that make them."""

    against: list[Against]
    sides: dict[int, set[int]]


def contradictions(told: Asserted, topics: Topics, most: int) -> tuple[tuple[Contradiction, ...], int]:
    """The first ``most`` contradictions, and how many there are.

    What contradicts the same claim hangs together and is one: "5 %", "20 %" and "60 % of adults" are three sides. Those
    on whose second side most articles stand come first.
    """
    found = sorted(((_rank(told, one), one) for one in _together(topics)), key=lambda each: each[0])
    return tuple(_contradiction(told, one) for _, one in found[:most]), len(found)


def _together(topics: Topics) -> Iterable[_Topic]:
    linked = list(range(len(topics.claims)))

    def root(claim: int) -> int:
        while linked[claim] != claim:
            linked[claim] = claim = linked[linked[claim]]
        return claim

    for each in topics.against:
        one, other = sorted((root(each.one), root(each.other)))
        linked[other] = one
    found: dict[int, _Topic] = {}
    for each in topics.against:
        topic = found.setdefault(root(each.one), _Topic([], defaultdict(set)))
        topic.against.append(each)
        topic.sides[each.one].update(each.statements)
        topic.sides[each.other].update(each.others)
    return found.values()


def _articles(told: Asserted, statements: Iterable[int]) -> set[str]:
    return {told.statements[place].article for place in statements}


def _rank(told: Asserted, topic: _Topic) -> tuple[int, int, int]:
    articles = sorted((len(_articles(told, side)) for side in topic.sides.values()), reverse=True)
    places = [place for side in topic.sides.values() for place in side]
    return -articles[1], -len(places), min(places)


def _contradiction(told: Asserted, topic: _Topic) -> Contradiction:
    sides = sorted(topic.sides.values(), key=lambda side: (-len(_articles(told, side)), -len(side), min(side)))
    both = sorted({name for each in topic.against for name in _twice(told, each)})
    why = tuple(dict.fromkeys(each.why for each in topic.against))
    return Contradiction(
        sides=tuple(_side(told, sorted(side)) for side in sides[:_SIDES]),
        more=max(0, len(sides) - _SIDES),
        both=tuple(both[:_SHOWN]),
        against_themselves=len(both),
        reasons=(*why[:_SHOWN], *_themselves(both)),
    )


def _twice(told: Asserted, each: Against) -> set[str]:
    """The articles that stand on both sides."""
    return _articles(told, each.statements) & _articles(told, each.others)


def _themselves(both: Sequence[str]) -> tuple[str, ...]:
    says = "says" if len(both) == 1 else "say"
    return (f"{listed(both)} {says} both",) if both else ()


def _side(told: Asserted, places: Sequence[int]) -> Side:
    said = [told.statements[place] for place in places]
    first = {one.article: one for one in reversed(said)}
    supporting = {source for one in said for source, direction in one.lines if direction == "supports"}
    disputing = {source for one in said for source, direction in one.lines if direction == "disputes"}
    return Side(
        statements=tuple(first[name].stated() for name in sorted(first)[:_SHOWN]),
        count=len(said),
        articles=len(first),
        verdicts=dict(sorted(Counter(one.verdict for one in said if one.verdict).items())),
        supporting=told.cited(supporting, _SHOWN),
        disputing=told.cited(disputing, _SHOWN),
        supports=len(supporting),
        disputes=len(disputing),
    )
