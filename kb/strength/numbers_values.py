"""Whether one number can be the other: same, another, or not to be told, by value, rounding and bounds alone.

What the numbers are of is not looked at here.
"""

from __future__ import annotations

import math
import re
from typing import Literal, NamedTuple, TypeAlias

from kb.strength.numbers_amounts import CALENDAR, COUNT, INTERVAL, RATIO, SHARE, VAGUE, Amount, P
from kb.strength.numbers_reading import Mention

Kinship: TypeAlias = Literal["same", "other", "open"]


class Relation(NamedTuple):
    """How a stated number relates to one found; ``open`` is neither borne out nor another value.

    ``loose``: the same only because the stated one is a bound, so that many numbers would do; or another value told in
    another form, which only the same sentence makes plain.
    """

    kinship: Kinship
    why: str = ""
    loose: bool = False
    slip: bool = False
    """The same figure in another size of the unit."""


_SAME, _OTHER, _OPEN = Relation("same"), Relation("other"), Relation("open")
_NUMBER = re.compile(r"[0-9](?:[0-9,]*[0-9])?(?:[.·][0-9]{1,6})?|[.·][0-9]{1,6}")
_ROUND = 0.02
"""How far, relative, a count in round hundreds or more may be from the exact one."""
_ABOUT = 0.05
"""The same where "about" or its like stands before it, and for other numbers too."""
_CALENDAR = 0.085
"""The same between weeks and months: 12 weeks are called 3 months, 24 weeks 6 months."""
_CLOCK = 0.02
"""The same between other units of time, where half a digit would be half a week."""
_WORDED_SHARE = 2.0
"""Points by which a share in words or small numbers ("a third", "1 in 4") may be off."""
_SMALL_WHOLE = 10


def related(stated: Mention, found: Mention) -> Relation | None:
    """How two numbers relate; None where they are of different kinds and cannot be held against each other."""
    mine, other = stated.amount, found.amount
    if mine.dimension == VAGUE:
        return _vague(stated, found)
    if mine.dimension != other.dimension:
        return _across(stated, found)
    if mine.dimension == P:
        return _p(stated, found)
    if (mine.dimension == RATIO and mine.name != other.name and "ratio" not in {mine.name, other.name}) or (
        mine.dimension == COUNT and mine.unit != other.unit and mine.unit and other.unit
    ):
        return _other_unit(stated, found)
    return _around(stated, found, _values(stated, found))


def _vague(stated: Mention, found: Mention) -> Relation | None:
    if found.amount.dimension != SHARE or not _MOST.match(stated.written):
        return None
    if found.amount.low > 50:
        return Relation("same", f"the source gives {found.written}", loose=True)
    return _OPEN


_MOST = re.compile(r"(?:the\s|a\s)?(?:(?:vast|great|overwhelming|large|clear)\s)?(?:most|majority)\b", re.IGNORECASE)


def _across(stated: Mention, found: Mention) -> Relation | None:
    """Numbers of different dimensions: a part or whole of a fraction, an interval within a value, a unit left out."""
    mine, other = stated.amount, found.amount
    if mine.dimension == INTERVAL and found.quantity.interval:
        ends = found.quantity.interval
        return _intervals(stated, found, (mine.low, mine.high), ends) or _SAME
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
    written = _first(stated.written), _first(found.written)
    if written[0] is not None and written[0] == written[1]:
        return Relation("same", "" if bare[0] is mine else "the source prints no unit with it", loose=True)
    return None


def _other_unit(stated: Mention, found: Mention) -> Relation | None:
    """The same figure in a unit that is no other size of the one stated: a slip, or a unit that is told in part."""
    mine, other = _first(stated.written), _first(found.written)
    if mine is None or mine != other or VAGUE in {stated.amount.dimension, found.amount.dimension}:
        return None
    units = stated.amount.unit, found.amount.unit
    if all(units) and (units[0].startswith(units[1]) or units[1].startswith(units[0])):
        return Relation("same", f"the source gives {found.written}")
    return Relation("other", f"the source gives {found.written}", loose=True)


def _first(written: str) -> float | None:
    match = _NUMBER.search(written)
    return float(match.group().replace(",", "").replace("·", ".")) if match else None


def decimals(written: str) -> int:
    """How many decimals the first number of some words is printed with."""
    match = _NUMBER.search(written)
    return len(match.group().replace("·", ".").partition(".")[2]) if match else 0


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
        return _OPEN if mine.low <= other.low <= mine.high else Relation("other", loose=True)
    slack = _slack(stated, found)
    if _within(mine, other, slack):
        if _opposed(stated, found):
            return Relation("other", f"the source says {_said(found)}")
        return Relation("same", _how(stated, found))
    if bound := _bounded(stated, found, slack):
        return bound
    if _within(mine, other, _slack_of(found, other)) or _within(mine, other, _nearly(stated, found)):
        return Relation("open", f"the source gives {found.written}, less exactly")
    if _cut_off(stated, found):
        return Relation("same", f"cut off, not rounded, from {found.written}")
    slip = mine.unit != other.unit and _first(stated.written) == _first(found.written) is not None
    unlike = mine.dimension == "time" and mine.unit != other.unit
    return Relation("other", loose=unlike or (mine.dimension == COUNT and not mine.unit), slip=slip)


def _cut_off(stated: Mention, found: Mention) -> bool:
    """Whether the digits stated are the first of those found: 66 of 66.7."""
    mine, other = _NUMBER.search(stated.written), _NUMBER.search(found.written)
    if not mine or not other or stated.amount.unit != found.amount.unit or not stated.amount.single:
        return False
    return "." in other.group() and other.group().partition(".")[0] == mine.group() and len(mine.group()) > 1


def _within(mine: Amount, other: Amount, slack: float) -> bool:
    slack += 1e-9 * max(abs(mine.high), 1e-12)
    return abs(mine.low - other.low) <= slack and abs(mine.high - other.high) <= slack


_WORDS = {"least": "at least", "most": "up to", "above": "more than", "below": "less than", "about": "about", "": ""}
_LOWER, _UPPER = frozenset({"least", "above"}), frozenset({"most", "below"})


def _said(found: Mention) -> str:
    return found.written if found.quantity.limit else f"{_WORDS[found.bound]} {found.written}"


def _opposed(stated: Mention, found: Mention) -> bool:
    return (stated.bound in _LOWER and found.bound in _UPPER) or (stated.bound in _UPPER and found.bound in _LOWER)


def _bounded(stated: Mention, found: Mention, slack: float) -> Relation | None:
    """What bounds make of two values that are not equal; None where neither is one."""
    mine, other = stated.amount.low, found.amount.low
    given = f"the source gives {found.written}"
    if (stated.bound in _LOWER and found.bound in _LOWER) or (stated.bound in _UPPER and found.bound in _UPPER):
        return Relation("other", f"the source says {_said(found)}")
    if stated.bound in _LOWER:
        if found.bound in _UPPER:
            return _OTHER if other < mine else _OPEN
        return Relation("same", given, loose=True) if other > mine else _OTHER
    if stated.bound in _UPPER:
        if found.bound in _LOWER:
            return _OTHER if other > mine else _OPEN
        if other > mine + slack:
            return _OTHER
        return Relation("same", given, loose=True) if stated.bound == "below" else _OPEN
    if found.bound in _LOWER:
        return _OTHER if mine < other - slack else _OPEN
    if found.bound in _UPPER:
        return _OTHER if mine > other + slack else _OPEN
    return None


def _against_range(stated: Mention, found: Mention) -> Relation:
    low, high, mine = found.amount.low, found.amount.high, stated.amount.low
    slack = _slack(stated, found)
    given = f"the source gives {found.written}"
    if " to " in found.written and (abs(mine - low) <= slack or abs(mine - high) <= slack):
        return Relation("same", given)
    if (stated.bound in _UPPER and abs(mine - high) <= slack) or (stated.bound in _LOWER and abs(mine - low) <= slack):
        return Relation("same", given)
    return Relation("open", given) if low - slack <= mine <= high + slack else _OTHER


def _slack(stated: Mention, found: Mention) -> float:
    """By how much the value found may be off, in the base unit, to bear out the one stated."""
    mine = stated.amount
    if stated.quantity.kind == "fraction":
        of = stated.quantity.of
        exact = of is not None and of > _SMALL_WHOLE
        slack = max(_slack_of(found, found.amount), 0.05) if exact else _WORDED_SHARE
    else:
        slack = _slack_of(stated, mine)
        if found.quantity.kind == "fraction" and not found.quantity.of:
            slack = max(slack, _WORDED_SHARE)
    if mine.dimension == "time" and mine.unit != found.amount.unit:
        crossing = (mine.unit in CALENDAR) != (found.amount.unit in CALENDAR)
        slack = (_CALENDAR if crossing else _CLOCK) * max(mine.high, found.amount.high)
    if stated.bound == "about":
        slack = max(slack, _ABOUT * abs(mine.high), min(_trailing(stated) / 2, 2 * _ABOUT * abs(mine.high)))
        if mine.dimension == SHARE and stated.quantity.kind == "fraction":
            slack = max(slack, 3.5)
    if mine.dimension == COUNT and _trailing(stated) >= 100:
        slack = max(slack, _ROUND * mine.high)
    return slack


def _slack_of(mention: Mention, amount: Amount) -> float:
    """Half a digit of the number as printed; none for what is counted."""
    if amount.dimension == COUNT and float(amount.low).is_integer() and amount.unit:
        return 0.0
    places = decimals(mention.written)
    if amount.dimension == COUNT and not places:
        return 0.0
    printed = _first(mention.written) or mention.quantity.low
    plain = mention.quantity.kind == "percent" or amount.dimension == "temperature"
    scale = 1.0 if plain or not printed else abs(amount.low / printed)
    return 0.5 * 10.0**-places * scale


def _nearly(stated: Mention, found: Mention) -> float:
    """So near that it may be the same figure told otherwise: not said to differ."""
    mine = stated.amount
    if mine.dimension == "time" and mine.unit != found.amount.unit:
        return 0.15 * mine.high
    return _ABOUT * abs(mine.high) if mine.dimension == COUNT and _trailing(stated) >= 100 else 0.0


def _trailing(mention: Mention) -> float:
    """The unit in which a whole number is told: 100 for 1,200, and 1 for 1,201."""
    value = _first(mention.written)
    if not value or value % 1:
        return 0.0
    zeros = len(str(int(value))) - len(str(int(value)).rstrip("0"))
    return float(10**zeros)


def _how(stated: Mention, found: Mention) -> str:
    mine, other = stated.amount, found.amount
    if stated.quantity.kind != found.quantity.kind or (mine.unit != other.unit and mine.unit and other.unit):
        return f"{found.written} {'is' if found.quantity.kind == 'fraction' else 'are'} {stated.written}"
    if found.bound and found.bound != stated.bound:
        return f"the source says {_said(found)}"
    return "" if _equal(mine, other) else f"rounded from {found.written}"


def _around(stated: Mention, found: Mention, relation: Relation) -> Relation:
    """Spread and interval count too, where both print them."""
    if relation.kinship != "same":
        return relation
    mine, other = stated.quantity, found.quantity
    if stated.amount.dimension == INTERVAL:
        return _intervals(stated, found, (mine.low or 0, mine.high or 0), (other.low or 0, other.high or 0)) or relation
    if mine.interval and other.interval and (differing := _intervals(stated, found, mine.interval, other.interval)):
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


_CUSTOMARY = frozenset({0.05, 0.01, 0.001, 0.0001})
"""Limits that a p value is told by where the source prints a smaller one."""


def _p(stated: Mention, found: Mention) -> Relation:
    mine, other = stated.amount.low, found.amount.low
    given = f"the source gives {found.written}"
    if stated.bound == "" and found.bound == "":
        return _SAME if abs(mine - other) <= 0.5 * 10.0 ** -decimals(stated.written) + 1e-12 else _OTHER
    if stated.bound == found.bound and mine == other:
        return _SAME
    if stated.bound in _UPPER:
        if found.bound in _LOWER:
            return _OTHER if other >= mine else _OPEN
        if found.bound in _UPPER and mine not in _CUSTOMARY:
            return _OTHER
        if other < mine or (other == mine and (stated.bound == "most" or found.bound == "below")):
            return Relation("same", given, loose=True)
        return _OTHER
    if stated.bound in _LOWER:
        if found.bound in _UPPER:
            return _OTHER if other <= mine else _OPEN
        if found.bound in _LOWER and mine not in _CUSTOMARY:
            return _OTHER
        return Relation("same", given, loose=True) if other >= mine else _OTHER
    if found.bound in _UPPER:
        return _OPEN if mine <= other else _OTHER
    return _OPEN if mine >= other else _OTHER
