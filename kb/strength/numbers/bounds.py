"""What "at least", "up to", "<" and their like make of two values, and p values, which are mostly told by them."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from kb.strength.numbers.reading import Mention
from kb.strength.numbers.rounding import half_a_digit

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


SAME, OTHER, OPEN = Relation("same"), Relation("other"), Relation("open")
_WORDS = {"least": "at least", "most": "up to", "above": "more than", "below": "less than", "about": "about", "": ""}
LOWER, UPPER = frozenset({"least", "above"}), frozenset({"most", "below"})


def said(found: Mention) -> str:
    return found.written if found.quantity.limit else f"{_WORDS[found.bound]} {found.written}"


def opposed(stated: Mention, found: Mention) -> bool:
    return (stated.bound in LOWER and found.bound in UPPER) or (stated.bound in UPPER and found.bound in LOWER)


def bounded(stated: Mention, found: Mention, slack: float) -> Relation | None:
    """What bounds make of two values that are not equal; None where neither is one."""
    mine, other = stated.amount.low, found.amount.low
    given = f"the source gives {found.written}"
    if (stated.bound in LOWER and found.bound in LOWER) or (stated.bound in UPPER and found.bound in UPPER):
        return Relation("other", f"the source says {said(found)}")
    if stated.bound in LOWER:
        if found.bound in UPPER:
            return OTHER if other < mine else OPEN
        return Relation("same", given, loose=True) if other > mine else OTHER
    if stated.bound in UPPER:
        if found.bound in LOWER:
            return OTHER if other > mine else OPEN
        if other > mine + slack:
            return OTHER
        return Relation("same", given, loose=True) if stated.bound == "below" else OPEN
    if found.bound in LOWER:
        return OTHER if mine < other - slack else OPEN
    if found.bound in UPPER:
        return OTHER if mine > other + slack else OPEN
    return None


_CUSTOMARY = frozenset({0.05, 0.01, 0.001, 0.0001})
"""Limits that a p value is told by where the source prints a smaller one."""


def of_p(stated: Mention, found: Mention) -> Relation:
    mine, other = stated.amount.low, found.amount.low
    given = f"the source gives {found.written}"
    if stated.bound == "" and found.bound == "":
        return SAME if abs(mine - other) <= half_a_digit(stated, stated.amount) + 1e-12 else OTHER
    if stated.bound == found.bound and mine == other:
        return SAME
    if stated.bound in UPPER:
        if found.bound in LOWER:
            return OTHER if other >= mine else OPEN
        if found.bound in UPPER and mine not in _CUSTOMARY:
            return OTHER
        if other < mine or (other == mine and (stated.bound == "most" or found.bound == "below")):
            return Relation("same", given, loose=True)
        return OTHER
    if stated.bound in LOWER:
        if found.bound in UPPER:
            return OTHER if other <= mine else OPEN
        if found.bound in LOWER and mine not in _CUSTOMARY:
            return OTHER
        return Relation("same", given, loose=True) if other >= mine else OTHER
    if found.bound in UPPER:
        return OPEN if mine <= other else OTHER
    return OPEN if mine >= other else OTHER
