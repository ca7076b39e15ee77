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

    ``loose``: the same only because the stated one is a bound, so that many numbers would do.
    """

    kinship: Kinship
    why: str = ""
    loose: bool = False


_SAME, _OTHER, _OPEN = Relation("same"), Relation("other"), Relation("open")
_NUMBER = re.compile(r"[0-9](?:[0-9,]*[0-9])?(?:[.·][0-9]{1,6})?|[.·][0-9]{1,6}")
_ROUND = 0.02
"""How far, relative, a count in round hundreds or more may be from the exact one."""
_ABOUT = 0.05
"""The same where "about" or its like stands before it, and for other numbers too."""
_CALENDAR = 0.085
"""The same between weeks and months: 12 weeks are called 3 months, 24 weeks 6 months."""
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
    if mine.dimension == RATIO and mine.name != other.name and "ratio" not in {mine.name, other.name}:
        return (
            Relation("other", f"the source gives {found.written}, which is another ratio")
            if _equal(mine, other)
            else None
        )
    if mine.dimension == COUNT and mine.unit != other.unit and mine.unit and other.unit:
        return None
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
        return _SAME if _near_ends((mine.low, mine.high), ends, stated.written) else _OTHER
    if other.dimension == INTERVAL and stated.quantity.interval:
        return None
    if mine.dimension == COUNT and mine.unit in {"", "people"} and found.quantity.kind == "fraction":
        of = found.quantity.of
        parts = {of, round(found.quantity.low * of, 3)} if of and found.quantity.low is not None else set()
        return Relation("same", f"the source gives {found.written}") if mine.low in parts and mine.single else None
    bare = [one for one in (mine, other) if one.dimension == COUNT and not one.unit]
    if not bare or P in {mine.dimension, other.dimension} or found.amount.dimension == VAGUE:
        return None
    written = _first(stated.written), _first(found.written)
    if written[0] is not None and written[0] == written[1]:
        return Relation("same", "" if bare[0] is mine else "the source prints no unit with it", loose=True)
    return None


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
    if mine.single and not other.single:
        return _against_range(stated, found)
    if other.single and not mine.single:
        return _OPEN if mine.low <= other.low <= mine.high else _OTHER
    slack = _slack(stated, found)
    if _within(mine, other, slack):
        if _opposed(stated, found):
            return Relation("other", f"the source says {_WORDS[found.bound]} {found.written}")
        return Relation("same", _how(stated, found))
    if bound := _bounded(stated, found, slack):
        return bound
    if _within(mine, other, _slack_of(found, other)) or _within(mine, other, _nearly(stated, found)):
        return Relation("open", f"the source gives {found.written}, less exactly")
    return _OTHER


def _within(mine: Amount, other: Amount, slack: float) -> bool:
    slack += 1e-9 * max(abs(mine.high), 1e-12)
    return abs(mine.low - other.low) <= slack and abs(mine.high - other.high) <= slack


_WORDS = {"least": "at least", "most": "up to", "above": "more than", "below": "less than", "about": "about", "": ""}
_LOWER, _UPPER = frozenset({"least", "above"}), frozenset({"most", "below"})


def _opposed(stated: Mention, found: Mention) -> bool:
    return (stated.bound in _LOWER and found.bound in _UPPER) or (stated.bound in _UPPER and found.bound in _LOWER)


def _bounded(stated: Mention, found: Mention, slack: float) -> Relation | None:
    """What bounds make of two values that are not equal; None where neither is one."""
    mine, other = stated.amount.low, found.amount.low
    given = f"the source gives {found.written}"
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
    if mine.dimension == "time" and (mine.unit in CALENDAR) != (found.amount.unit in CALENDAR):
        slack = max(slack, _CALENDAR * mine.high)
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
    printed = _first(mention.written)
    scale = abs(amount.low / printed) if printed and amount.dimension not in {SHARE, "temperature"} else 1.0
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
        return f"the source says {_WORDS[found.bound]} {found.written.lstrip('<>≤≥ ')}"
    return "" if _equal(mine, other) else f"rounded from {found.written}"


def _around(stated: Mention, found: Mention, relation: Relation) -> Relation:
    """Spread and interval count too, where both print them."""
    if relation.kinship != "same":
        return relation
    mine, other = stated.quantity, found.quantity
    if mine.interval and other.interval and not _near_ends(mine.interval, other.interval, stated.written):
        low, high = other.interval
        return Relation("other", f"the interval in the source is {low:g} to {high:g}")
    if mine.spread is not None and other.spread is not None:
        slack = 0.5 * 10.0 ** -decimals(f"{mine.spread:g}")
        if abs(mine.spread - other.spread) > slack + 1e-9:
            return Relation("other", f"its spread in the source is {other.spread:g}")
    return relation


def _near_ends(mine: tuple[float, float], other: tuple[float, float], written: str) -> bool:
    slack = 0.5 * 10.0 ** -max(decimals(f"{end:g}") for end in mine) + 1e-9
    return all(abs(a - b) <= slack for a, b in zip(mine, other, strict=True)) or not written


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
        if other < mine or (other == mine and (stated.bound == "most" or found.bound == "below")):
            return Relation("same", given, loose=True)
        return _OTHER
    if stated.bound in _LOWER:
        if found.bound in _UPPER:
            return _OTHER if other <= mine else _OPEN
        return Relation("same", given, loose=True) if other >= mine else _OTHER
    if found.bound in _UPPER:
        return _OPEN if mine <= other else _OTHER
    return _OPEN if mine >= other else _OTHER
