"""The numbers of a statement against those of a source's text: agrees, differs, or not found.

``differs`` is said flatly to the author, so it asks for much: the source has a number of the same kind for the same
thing, as the words around both tell, it is another value, and no number there is the one stated. Everything less is
``not found`` with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kb.model import NumberCheck
from kb.strength.numbers.amounts import VAGUE
from kb.strength.numbers.bounds import Relation
from kb.strength.numbers.derived import denied, derived
from kb.strength.numbers.places import MEASURED, Likeness, alike
from kb.strength.numbers.reading import Mention, Reading, read
from kb.strength.numbers.values import related

MOST_STATED = 40
"""Numbers of one statement that are compared; the time is theirs times those of the source."""

UNREAD = f"only the first {MOST_STATED} numbers of a statement are compared"
LOOSE = 0.35
"""Likeness below which a number that only satisfies a bound is that of something else."""
CLEARLY = 0.2
"""By how much a place must be likelier than the next best: another value's than the stated one's elsewhere, and, where
the words are not nearly the same, than that of a third value, which leaves open which of them is meant."""
FEWEST_AROUND = 2
"""Words next to a number that both must have where the figure is the same and the unit is not."""


class _Pair(NamedTuple):
    stated: Mention
    found: Mention
    relation: Relation
    likeness: Likeness


def compare(claim: str, text: str) -> tuple[NumberCheck, ...]:
    """Hold every quantity of a claim against those of a source's text.

    Parameters
    ----------
    claim
        A statement without its citation markers.
    text
        The source's abstract, or passages of its full text.

    Returns
    -------
    tuple
        One check a quantity, in the order of the claim; ``why`` says how the two compare where that is not plain.

    >>> [check.outcome for check in compare("Pain fell in 67% of them.", "Pain fell in 66.7% of 120 adults.")]
    ['agrees']
    """
    stated = read(claim)
    if not stated.mentions:
        return ()
    source = read(text)
    compared = stated.mentions[:MOST_STATED]
    pairs = [_pairs(stated, one, source) for one in compared]
    taken = {_best(found).found.start for found in (_of("same", row) for row in pairs) if found}
    checks = [_check(stated, one, source, row, taken) for one, row in zip(compared, pairs, strict=True)]
    return (*checks, *(_not_found(one, UNREAD) for one in stated.mentions[MOST_STATED:]))


def _pairs(claim: Reading, one: Mention, source: Reading) -> list[_Pair]:
    """All numbers of the source that can be held against one of the claim."""
    return [
        _Pair(one, other, relation, alike(claim, one, source, other))
        for other in source.mentions
        if (relation := related(one, other))
    ]


def _of(kinship: str, pairs: Sequence[_Pair]) -> list[_Pair]:
    return [
        pair
        for pair in pairs
        if pair.relation.kinship == kinship and not (pair.relation.loose and pair.likeness.score < LOOSE)
    ]


def _best(pairs: Sequence[_Pair]) -> _Pair:
    return max(pairs, key=lambda pair: (pair.likeness.score, not pair.relation.why, -pair.found.start))


def _check(claim: Reading, one: Mention, source: Reading, pairs: list[_Pair], taken: set[int]) -> NumberCheck:
    same = [pair for pair in _of("same", pairs) if pair.likeness.score > 0 or _telling(pair.stated)]
    best = _best(same) if same else None
    other = _other(pairs, taken)
    if best and best.relation.loose and (_likelier(pairs, best, "open", "other") or _mixed(best, pairs)):
        best = None
    if best and not (other and _elsewhere(best.likeness, other.likeness)):
        if denied(claim, one, source, best.found):
            return _not_found(one, f"the source gives {best.found.written} for the opposite")
        return _agrees(one, best.found.written, best.relation.why)
    told = None if best else derived(claim, one, source)
    if told:
        return _agrees(one, told.found, told.why)
    if other:
        why = other.relation.why or f"the source gives {other.found.written} for the same"
        return NumberCheck(stated=one.written, found=other.found.written, outcome="differs", why=why)
    return _not_found(one, _missing(one, pairs))


def _other(pairs: list[_Pair], taken: set[int]) -> _Pair | None:
    """The number of the source that stands for the stated one with another value, where it is plain which that is."""
    others = [
        pair
        for pair in pairs
        if pair.relation.kinship == "other" and (pair.found.start not in taken or pair.likeness.in_place)
    ]
    meant = [pair for pair in others if _of_the_same(pair)]
    if not meant:
        return None
    best = _best(meant)
    if _likelier(pairs, best, "open"):
        return None
    if best.likeness.close:
        return best
    rivals = (pair for pair in others if pair.likeness.score >= best.likeness.score - CLEARLY)
    return best if all(pair.found.amount == best.found.amount for pair in rivals) else None


def _likelier(pairs: list[_Pair], best: _Pair, *kinships: str) -> bool:
    """Whether a number that says something else of the stated one stands in a likelier place than the best."""
    return any(pair.relation.kinship in kinships and pair.likeness.score > best.likeness.score for pair in pairs)


def _mixed(best: _Pair, pairs: list[_Pair]) -> bool:
    """Whether a share in words meets a sentence with one share above half and another below: whose it is, is open."""
    return best.stated.amount.dimension == VAGUE and any(
        pair.relation.kinship == "open" and pair.found.sentence == best.found.sentence for pair in pairs
    )


def _of_the_same(pair: _Pair) -> bool:
    """Whether another value is of the same thing: less is asked of a measure, and of a figure in another unit only."""
    stated, likeness = pair.stated, pair.likeness
    if pair.relation.slip and likeness.run and likeness.around >= FEWEST_AROUND:
        return True
    if pair.relation.loose:
        return likeness.close
    measured = stated.quantity.kind == "measure" and stated.amount.dimension != "time"
    return likeness.same_thing or (measured and likeness.reaches(MEASURED))


def _elsewhere(same: Likeness, other: Likeness) -> bool:
    """Whether the number stated stands elsewhere in the source, and another one where it was stated."""
    if other.in_place and not same.in_place and same.slot < 1.0:
        return True
    return other.verbatim and other.score - same.score >= CLEARLY


def _telling(one: Mention) -> bool:
    """Whether a number is so particular that it hardly occurs by chance."""
    return sum(ch.isdigit() for ch in one.written.strip("0.")) >= 3


def _missing(one: Mention, pairs: Sequence[_Pair]) -> str:
    opened = _of("open", [pair for pair in pairs if pair.likeness.same_thing])
    if opened and one.amount.dimension != VAGUE:
        return _best(opened).relation.why
    if one.amount.dimension == VAGUE:
        return "how much that is needs a reader"
    return "no number of this kind there is plainly of the same" if pairs else "no number of this kind there"


def _agrees(one: Mention, found: str, why: str) -> NumberCheck:
    return NumberCheck(stated=one.written, found=found, outcome="agrees", why=why)


def _not_found(one: Mention, why: str) -> NumberCheck:
    return NumberCheck(stated=one.written, found=None, outcome="not found", why=why)
