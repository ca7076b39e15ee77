"""Where sources disagree, where articles do, and who cites one side alone."""

from __future__ import annotations

from msgspec.structs import replace

from kb.language.counting import count, does
from kb.model import Record
from kb.questions.asserted import SIDES, Asserted, Cited, Said
from kb.questions.contradictions import Contradiction, Side, contradictions
from kb.questions.one_sided import OneSided, one_sided
from kb.questions.shown import MOST, Telling
from kb.questions.stated import Stated
from kb.questions.topics import topics

_SHOWN = 5
"""Sources of each side that are named."""


class Disputed(Record, frozen=True, kw_only=True):
    """A statement whose sources disagree: the first few that support and dispute it, and how many do."""

    statement: Stated
    supporting: tuple[Cited, ...]
    disputing: tuple[Cited, ...]
    supports: int
    disputes: int
    reasons: tuple[str, ...]


class Contested(Record, frozen=True, kw_only=True):
    """Disagreements in the knowledge base, the worst first; behind ``_count`` how many there are of each."""

    statements: int
    articles: int
    disputed: tuple[Disputed, ...]
    disputed_count: int
    contradictions: tuple[Contradiction, ...]
    contradictions_count: int
    one_sided: tuple[OneSided, ...]
    one_sided_count: int


def contested(told: Asserted, most: int = MOST, telling: Telling = lambda keys: {}) -> Contested:
    """Find what is contested over the whole knowledge base.

    Three things, each in words a reader can check:

    - statements whose sources disagree: the verdict is ``contested``, or one line supports and another disputes;
    - claims in contradiction (`kb.language.comparison`), between articles or within one, with the sources of each side;
    - citation bias after Greenberg, BMJ 2009;339:b2680, as `kb.questions.one_sided` defines it.

    The time grows with the number of statements: equal ones are read once, and compared are only those that hold nearly
    the same words (`kb.questions.claims`).

    Parameters
    ----------
    told
        What all articles assert: `kb.questions.asserted.asserted` makes it of audits, `kb.store.store.Store.asserted`
        of a store.
    most
        How many of each kind are named, 0 or more; all are counted.
    telling
        Asked about the statements that the answer names: their place in a page stands only in their records.

    Examples
    --------
    >>> told = Asserted(
    ...     [
    ...         Said("a.md", "s1", 3, "Rest eases sore knees.", "rest eases sore knees", "benefit", None, None, ()),
    ...         Said("b.md", "s1", 5, "Rest worsens sore knees.", "rest worsens sore knees", "harm", None, None, ()),
    ...     ],
    ...     {},
    ...     {},
    ... )
    >>> [side.statements[0].text for side in contested(told).contradictions[0].sides]
    ['Rest eases sore knees.', 'Rest worsens sore knees.']
    """
    disputed, disputed_count = _disputed(told, most)
    found = topics(told.statements)
    contradicting, contradictions_count = contradictions(told, found, most)
    biased, one_sided_count = one_sided(told, found, most)
    answer = Contested(
        statements=len(told.statements),
        articles=len(told.dates),
        disputed=disputed,
        disputed_count=disputed_count,
        contradictions=contradicting,
        contradictions_count=contradictions_count,
        one_sided=biased,
        one_sided_count=one_sided_count,
    )
    return _placed(answer, telling)


def _placed(answer: Contested, telling: Telling) -> Contested:
    sides = [side for one in answer.contradictions for side in one.sides]
    named = [one.statement for one in answer.disputed] + [one.statement for one in answer.one_sided]
    known = telling([one.key for one in (*named, *(one for side in sides for one in side.statements))])
    if not known:
        return answer

    def placed(one: Stated) -> Stated:
        return known.get(one.key, one)

    def side_placed(side: Side) -> Side:
        return replace(side, statements=tuple(map(placed, side.statements)))

    return replace(
        answer,
        disputed=tuple(replace(one, statement=placed(one.statement)) for one in answer.disputed),
        contradictions=tuple(replace(one, sides=tuple(map(side_placed, one.sides))) for one in answer.contradictions),
        one_sided=tuple(replace(one, statement=placed(one.statement)) for one in answer.one_sided),
    )


def _disputed(told: Asserted, most: int) -> tuple[tuple[Disputed, ...], int]:
    """Those with most sources on the weaker side come first."""
    found = []
    for place, one in enumerate(told.statements):
        if one.verdict == "contested" or {direction for _, direction in one.lines} >= SIDES:
            sides = _side(one, "supports"), _side(one, "disputes")
            numbers = sorted(map(len, sides))
            found.append((-numbers[0], -numbers[1], place, *sides))
    found.sort(key=lambda each: each[:3])
    return tuple(_record(told, told.statements[each[2]], each[3], each[4]) for each in found[:most]), len(found)


def _side(one: Said, direction: str) -> set[str]:
    return {source for source, said in one.lines if said == direction}


def _record(told: Asserted, one: Said, supporting: set[str], disputing: set[str]) -> Disputed:
    return Disputed(
        statement=one.stated(),
        supporting=told.cited(supporting, _SHOWN),
        disputing=told.cited(disputing, _SHOWN),
        supports=len(supporting),
        disputes=len(disputing),
        reasons=(_why(one, len(supporting), len(disputing)),),
    )


def _why(one: Said, supports: int, disputes: int) -> str:
    if supports and disputes:
        sides = f"{count(supports, 'source')} {does(supports, 'support')} it"
        return f"{sides}, {count(disputes, 'source')} {does(disputes, 'dispute')} it"
    if one.leans_on:
        return "it leans on a statement whose sources disagree"
    return "it is called contested, though no two of its sources were found to disagree"
