"""The words of quantities: how numbers are written, in digits and in words, and the units and nouns behind them.

Every repetition is bounded, so that the time is linear in the text.
"""

from __future__ import annotations

import re
from functools import lru_cache

NUMBER = (
    r"(?:(?:[0-9]{1,3}(?:[,\u2009\u202f\u00a0][0-9]{3}){1,4}(?![0-9])|[0-9]{2,3}(?: [0-9]{3}){1,4}(?![0-9])|"
    r"[0-9]{1,12})(?:[.·][0-9]{1,6})?|[.·][0-9]{1,6})"
)
"""With a plain space between thousands only from 10 000 on: "2 500 mg tablets" are two of them."""
YEAR = r"(?:1[5-9]|20)[0-9]{2}"

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_WORD_VALUES: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_ONES + _TEENS, 1)},
    **{word: 10.0 * value for value, word in enumerate(_TENS, 2)},
}
NUMBER_WORDS = tuple(_WORD_VALUES)
_BELOW_HUNDRED = rf"(?:(?:{'|'.join(_TENS)})(?:[-‐‑\s](?:{'|'.join(_ONES)})\b)?|{'|'.join(_TEENS + _ONES)})\b"
_SCALED = rf"(?:\s(?:{'|'.join(SCALES)})\b){{1,2}}"
WORD = rf"(?:{_BELOW_HUNDRED}(?:{_SCALED}(?:\s(?:and\s)?{_BELOW_HUNDRED}(?:{_SCALED})?){{0,2}})?)"
"""A number in words below ten billion, to be read without regard to case."""

_TIMES: dict[str, str] = {
    "ms|milliseconds?": "ms",
    "s|secs?|seconds?": "seconds",
    "min|mins|minutes?": "minutes",
    "h|hrs?|hours?": "hours",
    "d|days?": "days",
    "wks?|weeks?": "weeks",
    "mo|months?": "months",
    "y|yrs?|years?": "years",
    "decades?": "decades",
}
_UNITS: dict[str, str] = {
    **_TIMES,
    "[µμu]g|mcg|micrograms?": "µg",
    "mg|milligrams?": "mg",
    "ng|nanograms?": "ng",
    "pg": "pg",
    "kg|kilograms?|kilos?": "kg",
    "g|grams?": "g",
    "lbs?|pounds?": "pounds",
    "[µμu][lL]": "µl",
    "m[lL]|millilit(?:er|re)s?": "ml",
    "d[lL]": "dl",
    "[lL]|lit(?:er|re)s?": "l",
    "mm\\s?Hg": "mmHg",
    "cm\\s?H2O": "cmH2O",
    "[kM]?Pa": "",
    "nm": "nm",
    "[µμ]m": "µm",
    "mm|millimet(?:er|re)s?": "mm",
    "cm|centimet(?:er|re)s?": "cm",
    "km|kilomet(?:er|re)s?": "km",
    "m|met(?:er|re)s?": "m",
    "inch(?:es)?": "inches",
    "feet|foot": "feet",
    "miles?": "miles",
    "[µμ]M": "µM",
    "[np]M|mM|M": "",
    "[µμ]mol": "µmol",
    "[mnp]?mol": "",
    "m?Osm|m?Eq": "",
    "[µμ]?m?IU|international units": "IU",
    "U": "U",
    "kcal|calories": "kcal",
    "[kM]?Ω|k?J|m?W|k?N|[mk]?V|[mµμ]?A|[kMG]?Hz|[cm]?Gy|m?Sv|k?Da|k?bp|[kM]b|dB|Nm": "",
    "[°˚º]\\s?C|℃|degrees Celsius": "°C",
    "°\\s?F": "°F",
    "°|degrees?": "°",
    "ppm|parts per million": "ppm",
    "ppb|parts per billion": "ppb",
    "bpm": "beats per minute",
    "rpm|r\\.p\\.m\\.": "rpm",
    "[×x]\\s?g": "×g",
    "cells|beats|breaths|copies|events|steps|drinks|person[- ]years|patient[- ]years": "",
    "points?": "points",
    "times": "times",
}
"""How units are written, and their names after the BIPM's SI brochure; with an empty name the unit is as written."""

_ATOM = "(?:" + "|".join(sorted(_UNITS, key=lambda ways: r"\s" in ways, reverse=True)) + ")"
_ATOM_OF = [(name, re.compile(ways)) for ways, name in _UNITS.items()]
_COUNTABLE = r"(?!(?:cells|beats|breaths|copies|events|steps|drinks)\b(?!\s?/|\sper\s))"
_POWER = r"(?:\^?[-−–][1-3]|\^?[23²³]|⁻[¹²³])?"
_EACH_TIME = r"(?:second|minute|hour|night|day|week|month|year)"
_OFTEN = {
    "daily": "day",
    "nightly": "night",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
}
EACH = rf"(?:\s(?:per|a|an|each|every)\s{_EACH_TIME}\b|\s?/\s?{_EACH_TIME}\b|[\s-](?:{'|'.join(_OFTEN)})\b)"
"""For each unit of time."""
UNIT = (
    rf"(?:(?:{_COUNTABLE}{_ATOM}{_POWER}(?!\w)|[A-Za-z]{{1,12}}(?=/{_ATOM}{_POWER}(?!\w)))"
    rf"(?:(?:\s?/\s?(?:100\s?)?|\s?·\s?|\sper\s(?:100\s)?|[\s·](?={_ATOM}\^?[-−–⁻])){_ATOM}{_POWER}(?!\w)){{0,3}}{EACH}?|"
    rf"/\s?{_ATOM}{_POWER}(?!\w))"
)
"""A unit, or several divided by each other: "mg/kg/day", "ml min−1", "m/s per year", "cells/mm3"."""
_JOINT = re.compile(rf"(\s?/\s?(?:100\s?)?|\s(?:per|a|an|each|every)\s(?:100\s)?|[\s·-](?={'|'.join(_OFTEN)})|·|\s)")

PEOPLE = (
    r"(?:people|persons?|patients?|participants?|subjects?|adults?|child(?:ren)?|infants?|newborns?|neonates?|adolescents?|"
    r"teenagers|toddlers|girls?|boys?|wom[ae]n|m[ae]n|males?|females?|individuals?|volunteers?|cases|deaths|controls|"
    r"students?|nurses?|physicians?|doctors|clinicians|therapists|athletes|donors?|respondents?|sufferers?|survivors?|"
    r"caregivers?|carers|parents|mothers|fathers|inhabitants|residents|users|smokers|soldiers|veterans|workers|employees|"
    r"responders|recipients|members|staff|pregnancies|births)\b"
)
ANIMALS = r"(?:animals|rats|mice|rabbits|pigs|piglets|dogs|cats|monkeys|macaques|sheep|goats|horses|hamsters)\b"
_NO_ADJECTIVE = (
    r"(?!(?:in|of|to|and|or|for|with|without|from|than|by|at|on|had|have|has|were|was|are|is|as|but|per|the|an?|that|who|"
    r"which|while|when|showed|no|not|did|vs|versus|times|all|both|respectively|among|between|after|before)\b)"
)
ADJECTIVES = rf"(?:{_NO_ADJECTIVE}[A-Za-z-]{{2,20}},?\s){{0,2}}(?:{_NO_ADJECTIVE}[A-Za-z-]{{2,20}}\s)?"
COUNTED = (
    r"(?:studies|trials|reviews|meta-analyses|articles|papers|reports|surveys|sessions|visits|doses|tablets|capsules|"
    r"episodes|cycles|injections|hospitals|clinics|centers|centres|practices|countries|schools|samples)\b"
)
"""What a number word below ten counts so that it could be checked; "the two groups" and "three ways" are structure."""


def value(written: str) -> float:
    """A number as written in digits or in words.

    >>> value("1,200"), value("0·75"), value("Twenty-four"), value("two hundred thousand")
    (1200.0, 0.75, 24.0, 200000.0)
    >>> value("seven hundred and fifty"), value("two thousand five hundred")
    (750.0, 2500.0)
    """
    if written[0] in "0123456789.·":
        return float(re.sub(r"[, \u2009\u202f\u00a0]", "", written).replace("·", "."))
    total = part = 0.0
    for word in re.split(r"[-‐‑\s]", written.lower()):
        if word == "hundred":
            part *= SCALES[word]
        elif word in SCALES:
            total = total + part * SCALES[word] if part else total * SCALES[word]
            part = 0.0
        elif word != "and":
            part += _WORD_VALUES[word]
    return total + part


@lru_cache(maxsize=1024)
def unit_name(written: str) -> str:
    """What a unit is called however it is written.

    >>> unit_name("mg/kg/day"), unit_name("mg kg−1 day−1"), unit_name("mL per min"), unit_name("/l")
    ('mg/kg per day', 'mg/kg per day', 'ml per minute', 'per l')
    """
    whole = _named(written.strip())
    if whole != written.strip():
        return whole
    named, joint = "", ""
    for part in _JOINT.split(written.strip()):
        if not part or _JOINT.fullmatch(part):
            joint = part or joint
            continue
        atom, below = _atom(part)
        divided = below or bool(joint.strip(" ·-")) or part in _OFTEN
        if not divided:
            named += f"{joint.strip()}{atom}"
        elif atom in _TIMES.values() or part in _OFTEN or not named:
            named += f" per {_OFTEN.get(part) or (atom.removesuffix('s') if atom in _TIMES.values() else atom)}"
        else:
            named += f" per 100 {atom}" if "100" in joint else f"/{atom}"
    return named.strip()


def _atom(written: str) -> tuple[str, bool]:
    """The name of a single unit with its power, and whether it is divided by."""
    match = re.fullmatch(r"(.*?)\^?([-−–⁻]?)([1-3²³¹])?", written)
    if not match or not match[3]:
        return _named(written), False
    power = match[3].translate({0xB2: "2", 0xB3: "3", 0xB9: "1"})
    return _named(match[1]) + ("" if power == "1" else power), bool(match[2])


def _named(written: str) -> str:
    return next((name or written for name, ways in _ATOM_OF if ways.fullmatch(written)), written)
