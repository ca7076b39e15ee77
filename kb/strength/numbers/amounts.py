"""What a quantity amounts to, apart from how it is written: its dimension and its value in the base unit of that.

Only units that convert without knowing the substance do: 0.5 g are 500 mg, but mmol/l and mg/dl stay apart.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kb.language.quantities import Quantity

SHARE = "share"
COUNT = "count"
RATIO = "ratio"
P = "p"
INTERVAL = "interval"
VAGUE = "vague share"
POINTS = "percentage points"

_BASES: tuple[tuple[str, str], ...] = (
    ("mass", "kg 1e3 g 1 mg 1e-3 µg 1e-6 ng 1e-9 pg 1e-12 pounds 453.59237"),
    ("volume", "l 1 dl 0.1 ml 1e-3 µl 1e-6"),
    ("length", "km 1e3 m 1 cm 1e-2 mm 1e-3 µm 1e-6 nm 1e-9 inches 0.0254 feet 0.3048 miles 1609.344"),
    (
        "time",
        "ms 1e-3 seconds 1 second 1 minutes 60 minute 60 hours 3600 hour 3600 days 86400 day 86400 night 86400 "
        "weeks 604800 week 604800 months 2629746 month 2629746 years 31556952 year 31556952 decades 315569520",
    ),
    ("amount", "mol 1 mmol 1e-3 µmol 1e-6 nmol 1e-9 pmol 1e-12"),
    ("concentration", "M 1 mM 1e-3 µM 1e-6 nM 1e-9 pM 1e-12"),
    ("energy", "kcal 4184 cal 4.184 kJ 1000 J 1"),
    ("pressure", "mmHg 133.322 cmH2O 98.0665 kPa 1000 Pa 1 MPa 1e6"),
    ("activity", "IU 1 mIU 1e-3 µIU 1e-6"),
)
"""Dimensions with their units and what one of each is in the base unit; months and years are the Gregorian mean."""
_UNITS: dict[str, tuple[str, float]] = {
    unit: (dimension, float(factor))
    for dimension, row in _BASES
    for unit, factor in zip(row.split()[::2], row.split()[1::2], strict=True)
}
CALENDAR = frozenset({"months", "month", "years", "year", "decades"})
"""Units of time that hold no whole number of the shorter ones: 12 weeks are called 3 months."""

_DIVIDED = re.compile(r"\s?/\s?|\sper\s")
_HUNDRED_OF = re.compile(r"(?P<times>1[0 ,]{1,6})\s?(?P<unit>[a-zµ]{1,4})")
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("odds ratio", re.compile(r"[ac]?ORs?\b|adj\.?\sORs?\b|.{0,12}odds", re.IGNORECASE)),
    ("hazard ratio", re.compile(r"[ac]?HRs?\b|adj\.?\sHRs?\b|.{0,12}hazard", re.IGNORECASE)),
    ("prevalence ratio", re.compile(r"[ac]?PRs?\b|.{0,12}prevalence", re.IGNORECASE)),
    ("incidence rate ratio", re.compile(r"[ac]?IRRs?\b", re.IGNORECASE)),
    ("standardized ratio", re.compile(r"S[IM]Rs?\b", re.IGNORECASE)),
    ("risk ratio", re.compile(r"[ac]?RRs?\b|adj\.?\sRRs?\b|.{0,12}(?:risk|rate)", re.IGNORECASE)),
)


class Amount(NamedTuple):
    """A quantity in its dimension: ``low`` and ``high`` count its base unit, percent for a share.

    ``name`` tells ratios apart; ``unit`` is the unit as written, in its normal form.
    """

    dimension: str
    low: float
    high: float
    unit: str = ""
    name: str = ""

    @property
    def single(self) -> bool:
        """Whether it is one value rather than a range."""
        return self.low == self.high


def amount_of(quantity: Quantity, written: str) -> Amount:
    """The amount of a quantity; ``written`` are its words.

    >>> from kb.language.quantities import quantities
    >>> amount_of(quantities("for 0.5 g of it")[0], "0.5 g") == amount_of(quantities("500 mg")[0], "500 mg")
    False
    >>> [amount_of(quantities(words)[0], words)[:2] for words in ("0.5 g", "500 mg", "3 of 12")]
    [('mass', 0.5), ('mass', 0.5), ('share', 25.0)]
    """
    low, high = quantity.low, quantity.high
    if low is None or high is None:
        return Amount(VAGUE, 0.0, 0.0)
    match quantity.kind:
        case "percent":
            if quantity.unit in {"%", ""}:
                return Amount(SHARE, low, high, "%")
            return Amount(POINTS if quantity.unit == POINTS else quantity.unit, low, high, quantity.unit)
        case "fraction":
            return Amount(SHARE, 100 * low, 100 * high)
        case "ratio":
            return _ratio(quantity, low, high, written)
        case "count" | "range":
            return Amount(COUNT, low, high, quantity.unit)
        case "measure":
            return _measure(quantity.unit, low, high)
        case kind:
            return Amount(kind, low, high)


def _ratio(quantity: Quantity, low: float, high: float, written: str) -> Amount:
    whole = quantity.of
    if not whole:
        name = next((name for name, pattern in _NAMES if pattern.match(written)), "ratio")
        return Amount(RATIO, low, high, name=name)
    if quantity.unit or ":" in written:
        return Amount(f"rate {quantity.unit}" if quantity.unit else "proportion", low / whole, high / whole)
    return Amount(SHARE, 100 * low / whole, 100 * high / whole)


def _measure(unit: str, low: float, high: float) -> Amount:
    if unit == "°F":
        return Amount("temperature", (low - 32) / 1.8, (high - 32) / 1.8, unit)
    if unit == "°C":
        return Amount("temperature", low, high, unit)
    dimension, factor = _scaled(unit)
    return Amount(dimension, low * factor, high * factor, unit)


@lru_cache(maxsize=256)
def _scaled(unit: str) -> tuple[str, float]:
    """The dimension of a unit and its size; parts that are not known stand for themselves."""
    first, *below = _DIVIDED.split(unit)
    dimension, factor = _UNITS.get(first, (first, 1.0))
    for part in below:
        times = _HUNDRED_OF.fullmatch(part)
        name, size = _UNITS.get(times["unit"] if times else part, (part, 1.0))
        factor /= size * (float(re.sub(r"[ ,]", "", times["times"])) if times else 1.0)
        dimension += f"/{name}"
    return dimension, factor
