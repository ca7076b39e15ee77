"""How quantities are written: where one may start, its number, what stands behind it, and what is printed around it.

A quantity is read from left to right: a number (``HEAD``, or ``WORDS`` in words), then the first of ``TAILS`` that
fits, then the spread or interval that belongs to it. What starts with a word of its own ("OR", "p", "twice") has a
pattern of its own. Every repetition is bounded and each pattern is tried at one place only: the time is linear.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypeAlias

from kb.language.quantity_words import (
    ADJECTIVES,
    ANIMALS,
    COUNTED,
    EACH,
    NUMBER,
    NUMBER_WORDS,
    PEOPLE,
    SCALES,
    UNIT,
    WORD,
    YEAR,
    unit_name,
    value,
)

QuantityKind: TypeAlias = Literal[
    "percent", "fraction", "ratio", "interval", "p", "multiple", "count", "range", "measure", "vague share"
]
"""``ratio`` is a ratio of odds, risks or rates, or a rate; ``multiple`` is twofold or twice; ``measure`` has a unit;
``count`` is any other number."""

Limit: TypeAlias = Literal["", "<", "≤", ">", "≥"]

_DASH = r"(?:[-–—−‐‑]\s?|\s[-–—−‐‑]\s|\sto\s)"
"""With a space before it only, it is a sign: "14 6 −10"."""
_SIGN = r"(?:[-−–]|[−]\s)"
_POWER = r"(?:\s?[×x*]\s?10\s?\^?(?P<{}>[-−–]?\s?[1-9][0-9]?(?![0-9.])|[⁻]?[¹²³⁴⁵⁶⁷⁸⁹]{{1,2}}))?"
_THOUSANDS = rf"[1-9] [0-9]{{3}}(?=\s(?!{UNIT})[a-z])"
_NOT_LEVEL = r"(?![0-9]{2}(?:\.[0-9])?\s?%\s?-?(?:C[IR]|[Cc]onf|[Cc]red))"

HEAD = re.compile(
    rf"(?P<limit>[<>≤≥⩾⩽]=?\s?)?(?P<sign>{_SIGN}|\+)?{_NOT_LEVEL}(?P<low>{_THOUSANDS}|{NUMBER}){_POWER.format('e')}"
    rf"(?:\s?(?:±|\+/?[-−–])\s?(?P<spread>{NUMBER})|(?:\s?%)?{_DASH}(?P<high>{_SIGN}?{NUMBER}){_POWER.format('f')})?"
    rf"(?:\s(?P<scale>{'|'.join(SCALES)})\b)?"
)
"""A number in digits with its sign, spread, upper end and power of ten."""
LEAD = re.compile(r"(?:[<>≤≥⩾⩽]=?\s?)?(?:(?<![\w)\]%.,/·+×-])(?:[-−–+]|−\s))?(?:(?<![\w)\]%.,/·+×”\"])[.·])?$")
"""What of a number stands before its first digit: a limit, a sign, a point."""
BETWEEN = re.compile(rf"(?P<low>{NUMBER})(?:\s?%)?\sand\s(?P<high>{NUMBER})(?:\s(?P<scale>{'|'.join(SCALES)})\b)?")
WORDS = re.compile(rf"(?P<low>{WORD})(?:(?:\s(?:to|or)\s|[-–‐‑])(?P<high>{WORD}))?", re.IGNORECASE)

_WHO = r"of|who|to|had|have|has|were|was|are|is|do|did|will|experience\w{0,2}|report\w{0,2}|recover\w{0,2}|improve\w?"
_BESIDE = r"above|below|more|less|fewer|higher|lower"
AMONG = re.compile(
    r"(?:(?:\s?[(\[][^()\[\]\n]{1,24}[)\]])?[)\]]?\sof)?\s(?:(?:all|the|these|those|our|its|their)\s){0,2}"
    rf"{ADJECTIVES}(?P<among>{PEOPLE})"
)
"""Of whom something is a share: "67 % of all women", "1 in 4 adults", "half (55%) of patients"."""

_LEVEL = (
    r"(?:[0-9]{2}(?:\.[0-9])?\s?%\s?-?(?:CIs?|CrIs?|HDI|[Cc]onfidence\s[Ii]ntervals?|[Cc]redible\s[Ii]ntervals?)|"
    r"CIs?)\b(?:\s[\[(]C[IR]I?[\])])?"
)
_CLOSE = r"\s?(?P<close>[)\]])?"
INTERVAL = re.compile(
    rf"{_LEVEL}[\s,:;=\[(]{{0,4}}(?:(?:of|from|was|is)\s)?(?P<low>{_SIGN}?{NUMBER})\s?%?(?:{_DASH}|,\s?|;\s?|\sand\s)"
    rf"(?P<high>{_SIGN}?{NUMBER})(?:\s?%)?{_CLOSE}"
)
LEVEL = re.compile(_LEVEL)
"""An interval's level without its ends is no quantity."""
_NAMED_INTERVAL = rf"(?:{_LEVEL}|IQR|(?:interquartile\s)?[Rr]ange|[Qq]uartiles)\b[\s,:;=\[(]{{0,3}}"
AROUND = re.compile(
    rf"(?:\s?[(\[]\s?(?P<named>{_NAMED_INTERVAL})?|\s?[,;]?\s?(?P<level>{_LEVEL}[\s,:;=\[(]{{0,3}}))"
    rf"(?P<low>{_SIGN}?{NUMBER})(?:\s?%|\s?{UNIT})?(?:(?P<dash>[-–—−‐‑]|\s[-–—−]\s|\sto\s)|,\s?|;\s?|\sand\s)(?P<high>{_SIGN}?{NUMBER})"
    rf"(?:\s?%|\s?{UNIT})?{_CLOSE}"
)
"""The interval printed with a value: "(95% CI 1.1–1.8)", "(IQR 4–9 mg)", "(10.0 to 11.4)"."""
SPREAD = re.compile(
    rf"(?:\s?(?:[(\[]|(?P<listed>,))\s?(?:SD|SE|SEM|s\.d\.)\s?[=:]?\s?|\s?[(\[]?\s?(?:±|\+/?[-−–])\s?)(?P<spread>{NUMBER})(?:\s?%|\s?{UNIT})?{_CLOSE}"
)
BARE_SPREAD = re.compile(r"\s\((?P<spread>[0-9]{1,6}[.·][0-9]{1,4})\)")
"""A number in brackets behind a value: "2.6 (2.0) times", "mean (SD) weights were 71.2 (9.5)"."""
MEAN = re.compile(r"\b(?:M|[Mm]eans?|[Aa]verages?)\b")
"""Near a value, lets the standard deviation follow behind a comma."""
SPREAD_ANNOUNCED = re.compile(r"\((?:SDs?|SEs?|SEMs?|s\.d\.)\)|\b(?:SD|SE|SEM)\)")
AGE = re.compile(r"(?<![A-Za-z])[Aa]ge[ds]?(?:\s?[=:]\s?|\s(?:(?:of|is|was|between|from|over|under|above|below)\s)?)$")
"""What makes the number behind it one of years."""
SHARED = re.compile(rf"-?(?:,\s{NUMBER}-?){{0,8}},?\s(?:and|or|vs\.?|versus)\s(?=[-−–+<>≤≥]?[0-9.·])")
"""What may stand between a number and a later one whose unit it shares: "1, 2 and 24 hours"."""

Fields: TypeAlias = dict[str, Any]
"""What is known of a quantity beside its place."""


class Tail(NamedTuple):
    """What stands behind a number and makes it a quantity of some kind; ``read`` may find that it does not."""

    kind: QuantityKind
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Fields], Fields | None]


def _percent(match: re.Match[str], _: Fields) -> Fields:
    written = match.group().lower()
    if "point" in written:
        return {"unit": "percentage points"}
    each = match["each"]
    return {"unit": f"% {unit_name(each.strip()) if '/' in each else each.strip()}" if each else "%"}


def _part(match: re.Match[str], head: Fields) -> Fields | None:
    part, whole = head["low"], value(match["whole"])
    if not 0 < part < whole or part % 1 or head["high"] != part or "spread" in head:
        return None
    return {"low": part / whole, "high": part / whole, "of": whole}


def _of_one(match: re.Match[str], head: Fields) -> Fields | None:
    share = FRACTIONS[match["name"].lower().removesuffix("s").replace("halve", "half")] * head["low"]
    return {"low": share, "high": share} if share < 1 else None


def _to_one(match: re.Match[str], head: Fields) -> Fields | None:
    return {"of": value(match["whole"])} if head["low"] > 0 else None


def _rate(match: re.Match[str], _: Fields) -> Fields:
    among, years, each = match["among"], match["years"], match["each"]
    read: Fields = {"of": value(match["whole"])}
    if among:
        read["among"] = among.lower()
    if years or each:
        read["unit"] = unit_name(f"times {each.strip()}").removeprefix("times ") if each else unit_name(years)
    return read


def _measure(match: re.Match[str], _: Fields) -> Fields:
    return {"unit": unit_name(match["unit"])}


def _pressure(match: re.Match[str], _: Fields) -> Fields:
    return {"unit": "mmHg", "of": value(match["whole"])}


def _per(match: re.Match[str], _: Fields) -> Fields:
    return {"unit": f"per {match['time']}"}


def _counted(match: re.Match[str], head: Fields) -> Fields | None:
    people = match["people"]
    if people and head["high"] != 1 and match.group()[0] != "-" and _ONE_PERSON.fullmatch(people):
        return None
    unit = "people" if people else "animals"
    return {"unit": f"{unit} per {match['each'].split()[-1].strip('/')}" if match["each"] else unit}


def _nothing(_: re.Match[str], __: Fields) -> Fields:
    return {}


_ONE_PERSON = re.compile(r"(?i:(?!women|men|male|female|people|children)\w*[^s])")
"""No more than one of them can be counted: "six individual scans" are no people."""
FRACTIONS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fourth": 1 / 4, "fifth": 1 / 5}
_SMALL = rf"(?:{NUMBER}|{WORD})"
_ENDS = r"(?![\w%]|[.,·:][0-9]|[-‐‑]\w|\s?%)"
_TIME = r"second|minute|hour|night|day|week|month|year"
_COUNTING = r"(?:women|men|person|patient)[- ](?:years|days|months)"

_WRITTEN: tuple[tuple[QuantityKind, str, Callable[[re.Match[str], Fields], Fields | None]], ...] = (
    ("percent", rf"\s?(?:%|(?i:per\s?cent(?:age)?\b))(?:(?i:[\s-]points?\b)|(?P<each>{EACH}))?", _percent),
    (
        "fraction",
        rf"\s(?:in\s(?!{YEAR}\b)(?!{NUMBER}\s?{UNIT})(?:every\s)?|(?:out\s)?of\s(?:every\s|the\s|a\stotal\sof\s)?"
        rf"(?!{NUMBER}\s?(?:%|[mkµμ]?g\b|m[lL]\b)))(?P<whole>(?i:{_SMALL})){_ENDS}",
        _part,
    ),
    (
        "fraction",
        r"\s?/\s?(?P<whole>[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,6})(?![\w/%]|\.[0-9]|\s?mm|\smesh)",
        _part,
    ),
    (
        "fraction",
        rf"[\s-](?P<name>third|quarter|fourth|fifth|half|halve)s?(?=\s(?:{_WHO}|{_BESIDE})\b|\s?[,.;:)]|\s?$|\s\()",
        _of_one,
    ),
    ("measure", r"\s?/\s?(?P<whole>[0-9]{2,3})\s?mm\s?Hg\b", _pressure),
    ("ratio", r"\s?:\s?(?P<whole>[0-9]{1,4})(?![\w:]|\.[0-9])", _to_one),
    (
        "ratio",
        r"(?:\s[a-z]{3,12}){0,2}(?:\sper\s|\sin\severy\s|\s?/(?=1[0, ]{3}))\s?"
        r"(?P<whole>1[0, \u2009\u00a0]{1,11}0(?![0-9]))"
        rf"(?:\s(?P<years>{_COUNTING})|\s{ADJECTIVES}(?P<among>{PEOPLE}))?(?P<each>{EACH})?",
        _rate,
    ),
    ("multiple", r"[\s-]?fold\b", _nothing),
    ("multiple", r"\stimes(?=\s(?:more|less|higher|lower|greater|larger|smaller|longer|as|the)\b)", _nothing),
    ("measure", rf"[\s\u00a0-]?(?P<unit>{UNIT})", _measure),
    ("measure", rf"\s(?:per|a|each)\s(?P<time>{_TIME})\b", _per),
    (
        "count",
        rf"(?:[\s\u00a0]{ADJECTIVES}|-)(?:(?P<people>(?i:{PEOPLE}))|{ANIMALS})(?P<each>{EACH})?",
        _counted,
    ),
)
TAILS: tuple[Tail, ...] = tuple(Tail(kind, re.compile(pattern), read) for kind, pattern, read in _WRITTEN)
"""Read in this order behind a number."""
COUNTED_TAIL = re.compile(rf"\s{ADJECTIVES}{COUNTED}")
NO_NUMBER = re.compile(r"[\w%/′]|[-–‐‑](?:\w|\s(?:and|or|to)\b)|[.,·:][0-9]|\([0-9]+\)")
"""What stands behind digits that are only a part of something else."""

RATIO = re.compile(
    r"(?:(?:a|adj\.?\s|c)?(?:OR|RR|HR|IRR|SIR|SMR|PR)s?|(?i:(?:adjusted\s|crude\s)?(?:odds|risk|hazards?|rate|prevalence)\sratio|"
    r"relative\srisk))\b(?:\s[(\[][aA-Z]{2,4}[)\]])?[\s,:;=\[(]{0,4}(?:(?:of|was|were|is)\s)?(?=[0-9.·<>])"
)
P_VALUE = re.compile(
    r"[pP](?:[\s-]?values?)?(?:\s?(?:for\s|\()?(?:trend|interaction|heterogeneity)\)?)?\s?(?:of\s|was\s)?"
    r"(?P<limit>[<>=≤≥⩽⩾]|(?:less|greater)\sthan\s(?=[0.·]))?=?\s?(?P<low>0?[.·,][0-9]{1,8}|1[.·]0{1,6}|[01]\b(?![.·]))"
    r"(?:\s?[×x]\s?10\s?(?P<e>[-−–]\s?[0-9]{1,2}))?"
)
SAMPLE = re.compile(rf"[nN]\s?=\s?(?P<low>{NUMBER})(?![\w/%]|[.,][0-9])(?P<people>\s{ADJECTIVES}{PEOPLE})?")
_ONE_HALF = "".join(rf"(?<!{word}\s)" for word in "first second upper lower other latter left right".split())
HALF = re.compile(
    rf"(?<=\bby\s)half\b(?![-‐‑])|{_ONE_HALF}(?i:half)(?=\s(?:the|all|{_WHO})\b|\s\([0-9]|\s{ADJECTIVES}{PEOPLE})"
)
A_FRACTION = re.compile(
    rf"(?i:an?[\s-](?P<name>third|quarter|fifth)(?=\s(?:{_WHO}|{_BESIDE})\b|\s?[,.;:)]|\s?$|\s\([0-9]))"
)
TWICE = re.compile(
    rf"(?i:(?P<name>once|twice|thrice)(?P<each>{EACH})|(?P<multiple>twice|thrice|double[ds]?|triple[ds])"
    r"(?=\s(?:as|the|that|their|its|in)\b))"
)
TIMES_NAMED = {"once": 1.0, "twice": 2.0, "thrice": 3.0, "double": 2.0, "triple": 3.0}
FOLD_WORD = re.compile(rf"(?P<low>{'|'.join(NUMBER_WORDS)})[\s-]?fold\b(?!\s?[.:;])", re.IGNORECASE)
"""Not at the end of a clause: "The limits are twofold: …"."""
_SIZES = "small|tiny|low|large|high|big|great|significant|substantial|considerable|good|fair|growing"
VAGUE = re.compile(
    rf"(?i:(?:only\s)?an?\s(?:very\s|relatively\s)?(?:{_SIZES})\s"
    r"(?:percentage|proportion|fraction|share|minority|majority|number)(?=\sof\b)|"
    r"(?:the\s|a\s)?(?:(?:vast|great|overwhelming|large|clear)\s)?(?:majority|minority)(?=\sof\b)|"
    rf"(?:most|almost all|nearly all|very few)\s(?:of\s(?:the|these|those)\s)?{ADJECTIVES}{PEOPLE})"
)


WORDS_BEFORE: tuple[str, ...] = (
    *"odds risk_ratio relative hazard rate_ratio prevalence_ratio half once twice thrice double triple".split(),
    *"most almost nearly very_few majority minority only_a".split(),
)
"""Words, beside numbers, that a quantity may start with."""


def _either(words: str) -> str:
    """Words by their first letter, in lower case or with a capital: fewer branches to try at each place."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(set(words.split()), key=lambda word: (-len(word), word)):
        by_letter.setdefault(word[0], []).append(word[1:].replace("_", r"\s"))
    return "|".join(f"[{letter}{letter.upper()}](?i:{'|'.join(rest)})" for letter, rest in sorted(by_letter.items()))


_LETTERS = {word[0] for word in (*NUMBER_WORDS, *WORDS_BEFORE, *"pnacorhstiwd")}
_FIRST = "".join(sorted(_LETTERS | {letter.upper() for letter in _LETTERS}))
"""What a place where one may start begins with: asked first, since most words begin otherwise."""
START = re.compile(
    rf"\b(?=[0-9{_FIRST}])(?:[0-9]|"
    + _either(" ".join((*NUMBER_WORDS, *WORDS_BEFORE)))
    + r"|[pP](?=[\s-]?(?:[<>=≤≥⩽⩾]|values?\b|for\s|\(|(?:less|greater)\sthan\s[0.·]))|[nN](?=\s?=)"
    r"|[ac]?(?:OR|RR|HR|IRR|SIR|SMR|PR)s?\b"
    rf"|[Tt]he\s(?:vast|great|overwhelming|large|clear|majority|minority)|[Aa]n?\s(?:very|relatively|{_SIZES}|vast|majority|"
    r"minority|overwhelming|clear)|[Aa]n?[\s-](?=third|quarter|fifth)|CI(?=[\s,:;=\[(]{1,4}[0-9−-])|https?://|www\.|(?i:doi:))"
)
"""Where a quantity, or a name with digits, may start; its sign stands before that."""
