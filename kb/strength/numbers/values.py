"""Whether one number can be the other: same, another, or not to be told, by value, rounding and bounds alone.

What the numbers are of is not looked at here.
"""

from __future__ import annotations

import math
import re

from kb.strength.numbers.amounts import COUNT, INTERVAL, RATIO, SHARE, VAGUE, Amount, P
from kb.strength.numbers.bounds import LOWER, OPEN, OTHER, SAME, UPPER, Relation, bounded, of_p, opposed, said
from kb.strength.numbers.reading import Mention
from kb.strength.numbers.rounding import cut_off, decimals, first_number, half_a_digit, nearly, slack_between


def related(stated: Mention, found: Mention) -> Relation | None:
    """How two numbers relate; None where they are of different kinds and cannot be held against each other."""
    mine, other = stated.amount, found.amount
    if mine.dimension == VAGUE:
        return _vague(stated, found)
    if mine.dimension != other.dimension:
        return _across(stated, found)
    if mine.dimension == P:
        return of_p(stated, found)
    if (mine.dimension == RATIO and mine.name != other.name and "ratio" not in {mine.name, other.name}) or (
        mine.dimension == COUNT and mine.unit != other.unit and mine.unit and other.unit
    ):
        return _other_unit(stated, found)
    return _around(stated, found, _values(stated, found))


def _vague(stated: Mention, found: Mention) -> Relation | None:
    if found.amount.dimension != SHARE or not _MOST.match(stated.written):
        return None
    return Relation("same" if found.amount.low > 50 else "open", f"the source gives {found.written}", loose=True)


_MOST = re.compile(r"(?:the\s|a\s)?(?:(?:vast|great|overwhelming|large|clear)\s)?(?:most|majority)\b", re.IGNORECASE)


def _across(stated: Mention, found: Mention) -> Relation | None:
    """Numbers of different dimensions: a part or whole of a fraction, an interval within a value, a unit left out."""
    mine, other = stated.amount, found.amount
    if mine.dimension == INTERVAL and found.quantity.interval:
        ends = found.quantity.interval
        return _intervals(stated, found, (mine.low, mine.high), ends) or SAME
    if other.dimension == INTERVAL and stated.quantity.interval:
        return None
    if mine.dimension == COUNT and mine.unit in {"", "people"} and found.quantity.kind == "fraction":
        of = found.quantity.of
        parts = {of, round(found.quantity.low * of, 3)} if of and found.quantity.low is not None else set()
        return Relation("same", f"the source gives {found.written}") if mine.low in parts and mine.single else None
    if mine.dimension == COUNT and mine.single and found.quantity.spread == mine.low:
        return Relation("same", f"the source gives {found.written}")
    bare = [one for one in (mine, other) if one.dimension == COUNT and not one.unit]
    if not bare:
        return _other_unit(stated, found)
    if P in {mine.dimension, other.dimension} or found.amount.dimension == VAGUE:
        return None
    written = first_number(stated.written), first_number(found.written)
    if written[0] is not None and written[0] == written[1]:
        return Relation("same", "" if bare[0] is mine else "the source prints no unit with it", loose=True)
    return None


def _other_unit(stated: Mention, found: Mention) -> Relation | None:
    """The same figure in a unit that is no other size of the one stated: a slip, or a unit that is told in part."""
    mine, other = first_number(stated.written), first_number(found.written)
    if mine is None or mine != other or VAGUE in {stated.amount.dimension, found.amount.dimension}:
        return None
    units = stated.amount.unit, found.amount.unit
    if all(units) and (units[0].startswith(units[1]) or units[1].startswith(units[0])):
        return Relation("same", f"the source gives {found.written}")
    return Relation("other", f"the source gives {found.written}", loose=True)


def _equal(mine: Amount, other: Amount) -> bool:
    return math.isclose(mine.low, other.low, rel_tol=1e-9) and math.isclose(mine.high, other.high, rel_tol=1e-9)


def _values(stated: Mention, found: Mention) -> Relation:
    mine, other = stated.amount, found.amount
    if mine.single and other.single and mine.low * other.low < 0 and (stated if mine.low > 0 else found).falls:
        found = found._replace(amount=other._replace(low=-other.low, high=-other.high))
        other = found.amount
    if mine.single and not other.single:
        return _against_range(stated, found)
    if other.single and not mine.single:
        return OPEN if mine.low <= other.low <= mine.high else Relation("other", loose=True)
    slack = slack_between(stated, found)
    if _within(mine, other, slack):
        if opposed(stated, found):
            return Relation("other", f"the source says {said(found)}")
        return Relation("same", _how(stated, found))
    if bound := bounded(stated, found, slack):
        return bound
    if _within(mine, other, half_a_digit(found, other)):
        return Relation("open", f"the source gives {found.written}, less exactly")
    if _within(mine, other, nearly(stated, found)):
        return Relation("open", f"the source gives {found.written}")
    if cut_off(stated, found):
        return Relation("same", f"cut off, not rounded, from {found.written}")
    slip = mine.unit != other.unit and first_number(stated.written) == first_number(found.written) is not None
    unlike = mine.dimension == "time" and mine.unit != other.unit
    return Relation("other", loose=unlike or (mine.dimension == COUNT and not mine.unit), slip=slip)


def _within(mine: Amount, other: Amount, slack: float) -> bool:
    slack += 1e-9 * max(abs(mine.high), 1e-12)
    return abs(mine.low - other.low) <= slack and abs(mine.high - other.high) <= slack


def _against_range(stated: Mention, found: Mention) -> Relation:
    low, high, mine = found.amount.low, found.amount.high, stated.amount.low
    slack = slack_between(stated, found)
    given = f"the source gives {found.written}"
    if " to " in found.written and (abs(mine - low) <= slack or abs(mine - high) <= slack):
        return Relation("same", given)
    if (stated.bound in UPPER and abs(mine - high) <= slack) or (stated.bound in LOWER and abs(mine - low) <= slack):
        return Relation("same", given)
    return Relation("open", given) if low - slack <= mine <= high + slack else OTHER


def _how(stated: Mention, found: Mention) -> str:
    mine, other = stated.amount, found.amount
    if stated.quantity.kind != found.quantity.kind or (mine.unit != other.unit and mine.unit and other.unit):
        return f"{found.written} {'is' if found.quantity.kind == 'fraction' else 'are'} {stated.written.lower()}"
    if found.bound and found.bound != stated.bound:
        return f"the source says {said(found)}"
    return "" if _equal(mine, other) else f"rounded from {found.written}"


def _around(stated: Mention, found: Mention, relation: Relation) -> Relation:
    """Spread and interval count too, where both print them."""
    if relation.kinship != "same":
        return relation
    mine, other = stated.quantity, found.quantity
    if stated.amount.dimension == INTERVAL:
        return _intervals(stated, found, (mine.low or 0, mine.high or 0), (other.low or 0, other.high or 0)) or relation
    ends = other.interval
    if ends and (mine.low or 0.0) * (other.low or 0.0) < 0:
        ends = (-ends[1], -ends[0])
    if mine.interval and ends and (differing := _intervals(stated, found, mine.interval, ends)):
        return differing
    if mine.spread is not None and other.spread is not None:
        slack = 0.5 * 10.0 ** -decimals(f"{mine.spread:g}")
        if abs(mine.spread - other.spread) > slack + 1e-9:
            return Relation("other", f"its spread in the source is {other.spread:g}")
    return relation


def _intervals(
    stated: Mention, found: Mention, mine: tuple[float, float], other: tuple[float, float]
) -> Relation | None:
    """What two intervals say against each other: their ends, and their levels where both print one."""
    slack = 0.5 * 10.0 ** -max(decimals(f"{end:g}") for end in mine) + 1e-9
    if any(abs(a - b) > slack for a, b in zip(mine, other, strict=True)):
        return Relation("other", f"the interval in the source is {other[0]:g} to {other[1]:g}")
    levels = _LEVEL.search(stated.written), _LEVEL.search(found.written)
    if levels[0] and levels[1] and float(levels[0]["level"]) != float(levels[1]["level"]):
        return Relation("other", f"the source gives a {levels[1]['level']}% interval")
    return None


_LEVEL = re.compile(r"(?P<level>[0-9]{2}(?:\.[0-9])?)\s?%\s?-?[Cc][IRo]")
