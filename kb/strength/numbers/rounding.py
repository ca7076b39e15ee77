"""By how much two values may be off and be the same figure: rounding, round counts, "about", weeks called months."""

from __future__ import annotations

import re

from kb.strength.numbers.amounts import CALENDAR, COUNT, SHARE, Amount
from kb.strength.numbers.reading import Mention

_NUMBER = re.compile(r"[0-9](?:[0-9,]*[0-9])?(?:[.·][0-9]{1,6})?|[.·][0-9]{1,6}")
_ROUND = 0.02
"""How far, relative, a count in round hundreds or more may be from the exact one."""
_ABOUT = 0.05
"""The same where "about" or its like stands before it, and for other numbers too."""
_CALENDAR = 0.085
"""The same between weeks and months: 12 weeks are called 3 months, 24 weeks 6 months."""
_CLOCK = 0.02
"""The same between other units of time, where half a digit would be half a week."""
_COARSE, _COARSE_MEASURE = 0.25, 0.1
"""How much, relative, rounding may change at most: 0.5 g is not told as 1 g."""
_UNLIKE = 0.4
"""The same above which two values are plainly not the same, however coarsely one is told."""
_WORDED_SHARE = 2.0
"""Points by which a share in words or small numbers ("a third", "1 in 4") may be off."""
_SMALL_WHOLE = 10


def first_number(written: str) -> float | None:
    match = _NUMBER.search(written)
    return float(match.group().replace(",", "").replace("·", ".")) if match else None


def decimals(written: str) -> int:
    """How many decimals the first number of some words is printed with."""
    match = _NUMBER.search(written)
    return len(match.group().replace("·", ".").partition(".")[2]) if match else 0


def cut_off(stated: Mention, found: Mention) -> bool:
    """Whether the digits stated are the first of those found: 66 of 66.7."""
    mine, other = _NUMBER.search(stated.written), _NUMBER.search(found.written)
    if not mine or not other or stated.amount.unit != found.amount.unit or not stated.amount.single:
        return False
    return "." in other.group() and other.group().partition(".")[0] == mine.group() and len(mine.group()) > 1


def slack_between(stated: Mention, found: Mention) -> float:
    """By how much the value found may be off, in the base unit, to bear out the one stated."""
    mine = stated.amount
    if stated.quantity.kind == "fraction":
        of = stated.quantity.of
        exact = of is not None and of > _SMALL_WHOLE
        slack = max(half_a_digit(found, found.amount), 0.05) if exact else _WORDED_SHARE
    else:
        cap = _COARSE_MEASURE if stated.quantity.kind == "measure" else _COARSE
        slack = min(half_a_digit(stated, mine), cap * abs(mine.high))
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


def half_a_digit(mention: Mention, amount: Amount) -> float:
    """Half a digit of the number as printed; none for what is counted."""
    if amount.dimension == COUNT and float(amount.low).is_integer() and amount.unit:
        return 0.0
    places = decimals(mention.written)
    if amount.dimension == COUNT and not places:
        return 0.0
    printed = first_number(mention.written) or mention.quantity.low
    plain = mention.quantity.kind == "percent" or amount.dimension == "temperature"
    scale = 1.0 if plain or not printed else abs(amount.low / printed)
    return 0.5 * 10.0**-places * scale


def nearly(stated: Mention, found: Mention) -> float:
    """So near that it may be the same figure told otherwise: not said to differ."""
    mine = stated.amount
    if mine.dimension == "time" and mine.unit != found.amount.unit:
        return 0.15 * mine.high
    if mine.dimension == COUNT:
        return _ABOUT * abs(mine.high) if _trailing(stated) >= 100 else 0.0
    return min(half_a_digit(stated, mine), _UNLIKE * abs(mine.high))


def _trailing(mention: Mention) -> float:
    """The unit in which a whole number is told: 100 for 1,200, and 1 for 1,201."""
    value = first_number(mention.written)
    if not value or value % 1:
        return 0.0
    zeros = len(str(int(value))) - len(str(int(value)).rstrip("0"))
    return float(10**zeros)
