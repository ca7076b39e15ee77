"""Quantities in running text: percentages, shares, ratios, counts, doses and durations, and vague shares.

A number is a quantity only where it says how much or how many. How each kind is written stands in
``kb.language.quantity_patterns``, what only looks like one in ``kb.language.quantity_names``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from kb.language.quantity_leads import reader
from kb.language.quantity_patterns import START
from kb.language.quantity_patterns import Limit as Limit
from kb.language.quantity_patterns import QuantityKind as QuantityKind
from kb.model import Record


class Quantity(Record, frozen=True, kw_only=True):
    """A quantity and where it stands: ``text[start:end]``, in code points.

    ``low`` and ``high`` are equal except for ranges and for intervals without a value; a vague share has neither. The
    unit of a percentage is ``%`` and its value 0 … 100 as written; a fraction is 0 … 1 and has no unit.
    """

    start: int
    end: int
    kind: QuantityKind
    low: float | None = None
    high: float | None = None
    unit: str = ""
    of: float | None = None
    """The number of the whole: 12 in "3 of 12", 100 000 in "3 per 100,000", 1 in "2:1", 90 in "140/90 mmHg"."""
    among: str = ""
    """The people of whom it is a share, as written in lower case, where they stand right behind it."""
    limit: Limit = ""
    """The sign before it, where the value is only a limit; words such as "at least" are not read."""
    spread: float | None = None
    """What stands behind "±" or "SD": a standard deviation or error, as the text says."""
    interval: tuple[float, float] | None = None
    """The interval printed with it: of confidence, between quartiles, or the range, as the text says."""


def quantities(text: str) -> list[Quantity]:
    """Every quantity of a text, in order, not overlapping; linear in its length.

    >>> [(q.kind, q.low, q.high, q.unit) for q in quantities("In 2016, 5–10% of 120 patients (Fig. 2) had it.")]
    [('percent', 5.0, 10.0, '%'), ('count', 120.0, 120.0, 'people')]
    """
    return list(each_quantity(text))


def each_quantity(text: str) -> Iterator[Quantity]:
    """The same one by one, for who needs only the first of some kind."""
    position = taken = 0
    while match := START.search(text, position):
        read, position = reader(match.group())(text, match.start(), taken)
        if read:
            taken = read.end
            yield Quantity(start=read.start, end=taken, kind=read.kind, **read.fields)


def agrees(stated: Quantity, found: Quantity) -> bool:
    """Whether a number found in a source is the one that was stated, as far as it was stated exactly.

    The number found may be more exact than the one stated (66.7 % bears out 67 %), not less. Percentages and
    fractions compare with each other, a fraction in words or small numbers to the nearest two points ("a third" is
    borne out by 34 %). Intervals are compared where both print one, spreads and of whom it is a share are not. A vague
    share agrees with nothing: what "most" means needs a reader. Complements (67 % improved, 33 % did not) are not
    looked for, since what was counted needs a reader too.
    """
    shares = {"percent", "fraction"}
    if stated.kind in shares and found.kind in shares and {stated.unit, found.unit} <= {"%", ""}:
        tolerance = 2.0 if stated.kind == "fraction" else _half_a_digit(stated.low)
        return _near(_share(stated), _share(found), tolerance)
    if stated.kind == "interval" and found.interval:
        return _near((stated.low, stated.high), found.interval, _half_a_digit(stated.low))
    same_unit = stated.unit == found.unit or (stated.kind == "count" and "" in {stated.unit, found.unit})
    if stated.kind != found.kind or not same_unit or stated.of != found.of:
        return False
    if stated.kind == "p" and stated.limit != found.limit:
        return False
    ends, others = stated.interval, found.interval
    if ends and others and not _near(ends, others, max(map(_half_a_digit, ends))):
        return False
    exact = stated.kind in {"count", "p"}
    return _near((stated.low, stated.high), (found.low, found.high), 0.0 if exact else _half_a_digit(stated.low))


def _share(quantity: Quantity) -> tuple[float | None, float | None]:
    times = 100.0 if quantity.kind == "fraction" else 1.0
    return (
        None if quantity.low is None else quantity.low * times,
        None if quantity.high is None else quantity.high * times,
    )


def _near(one: tuple[float | None, float | None], other: tuple[float | None, float | None], tolerance: float) -> bool:
    return all(
        a is not None and b is not None and math.isclose(a, b, rel_tol=1e-9, abs_tol=tolerance + 1e-9)
        for a, b in zip(one, other, strict=True)
    )


def _half_a_digit(value: float | None) -> float:
    decimals = len(f"{value:.6f}".rstrip("0").partition(".")[2]) if value is not None else 0
    return 0.5 * 10.0**-decimals
