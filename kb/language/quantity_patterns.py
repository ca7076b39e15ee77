"""How quantities are written, and which digits are only names: ordered tables for ``kb.language.quantities``.

Years, dates, the numbers of figures, citations, lists, grades and vertebrae, and the digits in names of genes, drugs
and diseases are names. Every repetition is bounded, so that the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

QuantityKind: TypeAlias = Literal[
    "percent", "fraction", "ratio", "interval", "p", "multiple", "count", "range", "measure", "vague share"
]
"""``ratio`` is a ratio of odds, risks or rates, or a rate; ``multiple`` is twofold or twice; ``measure`` has a unit."""

Reading: TypeAlias = tuple[float | None, float | None, str] | None
"""Low, high and unit; None where it is no quantity after all."""


class Rule(NamedTuple):
    """How one kind of quantity is written and read."""

    kind: QuantityKind
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Reading]


UNITS: tuple[tuple[str, str], ...] = (
    ("seconds", r"seconds?|secs?"),
    ("minutes", r"minutes?|mins?"),
    ("hours", r"hours?|hrs?|h"),
    ("days", r"days?|d"),
    ("weeks", r"weeks?|wks?"),
    ("months", r"months?|mo"),
    ("years", r"years?|yrs?"),
    ("mg/kg", r"mg\s?/\s?kg"),
    ("mg/dl", r"mg\s?/\s?d[lL]"),
    ("kg/m2", r"kg\s?/\s?m(?:2|²)"),
    ("mmol/l", r"mmol\s?/\s?[lL]"),
    ("µg", r"[µμ]g|mcg|micrograms?"),
    ("mg", r"mg|milligrams?"),
    ("kg", r"kg|kilograms?|kilos?"),
    ("g", r"g|grams?"),
    ("ml", r"m[lL]|millilit(?:er|re)s?"),
    ("l", r"[lL]|lit(?:er|re)s?"),
    ("mmHg", r"mm\s?Hg"),
    ("mm", r"mm|millimet(?:er|re)s?"),
    ("cm", r"cm|centimet(?:er|re)s?"),
    ("km", r"km|kilomet(?:er|re)s?"),
    ("m", r"m|met(?:er|re)s?"),
    ("IU", r"IU|international units"),
    ("kcal", r"kcal|calories"),
    ("points", r"points?"),
    ("times", r"times"),
)
"""Units as printed in results, and how they are written; symbols after the BIPM's SI brochure."""

_NUMBER = (
    r"(?:[0-9]{1,3}(?:[,\u2009\u202f\u00a0][0-9]{3}){1,4}(?![0-9])|[0-9]{2,3}(?: [0-9]{3}){1,4}(?![0-9])|[0-9]{1,12})"
    r"(?:[.·][0-9]{1,6})?"
)
"""With a plain space between thousands only from 10 000 on: "2 500 mg tablets" are two of them."""
_DASH = r"\s?(?:[-–—−‐‑]|to)\s?"
_FREE = r"(?<![\w.,·/@#])(?<!\w[-–‐‑/])"
"""What comes before a number of its own: no letter, no hyphen after a letter ("IL-6"), no part of another number."""
_LOW = rf"{_FREE}(?P<low>{_NUMBER})"
_RANGE = rf"{_LOW}(?:(?:\s?%)?{_DASH}(?P<high>{_NUMBER}))?"

_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORD_VALUES = {word: float(value) for value, word in enumerate(_COUNTED, 1)} | {
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "ninety": 90.0,
    "hundred": 100.0,
}
_WORD = "(?:" + "|".join(_WORD_VALUES) + ")"
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_SCALE = r"(?P<scale>hundred|thousand|million|billion)"
_FRACTIONS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5}
_MULTIPLES = {
    "twice": 2.0,
    "thrice": 3.0,
    "double": 2.0,
    "doubled": 2.0,
    "doubles": 2.0,
    "tripled": 3.0,
    "triples": 3.0,
}

_UNIT = "(?:" + "|".join(f"(?:{ways})" for _, ways in UNITS) + r")(?!\w)"
_UNIT_OF = [(name, re.compile(ways)) for name, ways in UNITS]
_EACH = r"(?P<each>(?:\s(?:per|a|an|each|every)\s|\s?/\s?)(?:day|week|month|year|hour|minute|night)\b)?"
_PEOPLE = (
    r"(?:people|persons?|patients?|participants?|subjects?|adults?|children|infants|newborns|adolescents|women|men|"
    r"individuals|volunteers|cases|deaths|controls|students|nurses|physicians|respondents|sufferers|pregnancies|births)\b"
)
_ADJECTIVE = (
    r"(?:(?!(?:in|of|to|and|or|for|with|from|than|by|at|on|had|have|were|was|are|is|as|but|per|the|an?)\b)"
    r"[A-Za-z-]{2,20}\s)"
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_YEAR = r"(?:1[5-9]|20)[0-9]{2}"
_NUMBERED = (
    r"(?:figures?|figs?|tables?|sections?|sect|chapters?|appendix|box|equations?|eqs?|refs?|references?|steps?|levels?|"
    r"stages?|grades?|types?|phases?|class(?:es)?|categor(?:y|ies)|groups?|arms?|days?|weeks?|months?|years?|visits?|"
    r"questions?|items?|versions?|models?|parts?|numbers?|nos?|volume|vol|pp?|pages?|covid|omega|vitamin|factor|"
    r"chromosomes?|exons?|tip|reason|myth|lesson|stud(?:y|ies)|trials?|"
    r"experiments?|case|patient|schedule)"
)

NAMES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:https?://|www\.|\bdoi:\s?)\S{1,300}|\b10\.[0-9]{4,9}/\S{1,200}",
        r"\[[^\[\]\n]{0,3}[0-9][0-9,;\s–-]{0,80}\]",
        r"\([0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3}){0,20}\)",
        rf"\((?:[^()\n]{{0,80}}[^()\w])?{_YEAR}[a-z]?\)",
        r"(?m:^)\s{0,8}\(?[0-9]{1,3}[.)](?=\s)",
        rf"(?i:\b{_NUMBERED}\.?[\s\u00a0-]?[0-9]{{1,4}}(?:\.[0-9]{{1,3}}){{0,3}}[a-z]?"
        r"(?:\s?(?:[-–,&/]|and|to|or|of)\s?[0-9]{1,4}[a-z]?)?)(?![\w%]|[.·][0-9]|\s?%)",
        rf"\b[0-9]{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}(?:\s[0-9]{{4}})?",
        rf"\b{_MONTH}\s[0-9]{{1,2}}(?![0-9])(?:,?\s[0-9]{{4}})?",
        r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b|\b[0-9]{1,2}[/.][0-9]{1,2}[/.](?:[0-9]{4}|[0-9]{2})\b|\b24/7\b",
        rf"\b(?i:in|since|from|until|till|before|after|during|by)\s{_YEAR}\b(?![,.·]?[0-9]|\s?%)",
        rf"\b{_YEAR}s?(?:\s?[-–/]\s?(?:{_YEAR}|[0-9]{{2}}))?(?![\w%]|[,.·][0-9]|\s?%)"
        rf"(?!\s?{_UNIT}|\s{_ADJECTIVE}?{_PEOPLE})",
        r"\b[0-9]{1,3}(?:st|nd|rd|th)\b",
        r"(?:\+[0-9]{1,3}[\s-]?|\b)0?[0-9]{2,4}(?:[\s-][0-9]{3,4}){2}\b(?![\w%])",
        r"\b0[0-9]{2,5}[\s-][0-9]{3,8}\b",
        r"(?i:\b(?:call|ring|phone|dial|text|tel)[.:]?\s(?:us\s)?(?:on\s|at\s)?)[0-9]{2,5}\b",
        r"[£$€]\s?[0-9]{1,9}(?:[.,][0-9]{1,3}){0,3}",
        r"\b[0-9]{1,2}(?:[:.][0-9]{2})?(?:\s?[-–]\s?[0-9]{1,2}(?:[:.][0-9]{2})?)?\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w)",
        r"\b[0-9]{1,4}\s(?:[A-Z][a-z]{1,20}\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square)\b",
        r"(?i:\b9[059]\s?%\s(?:CIs?|confidence intervals?|credible intervals?)\b)(?![\s,:;=\[(]{0,4}(?:of\s)?[0-9])",
        rf"\b[0-9]{{1,4}}(?:,[0-9]{{1,2}})?[-‐‑](?!{_UNIT}|(?i:fold|to|percent|{_PEOPLE}))[A-Za-z][\w-]{{0,30}}",
        r"\b[0-9]{1,4}\([0-9]{1,4}\)(?:[:,]\s?[0-9]{1,6}[-–][0-9]{1,6})?",
    )
)
"""Digits that name something: addresses, citations, numbered things, dates, years, ordinals, telephones, prices."""


def _value(text: str) -> float:
    return _WORD_VALUES.get(text.lower()) or float(re.sub(r"[, \u2009\u202f\u00a0]", "", text).replace("·", "."))


def _plain(match: re.Match[str]) -> Reading:
    groups = match.groupdict()
    scale = _SCALES.get((groups.get("scale") or "").lower(), 1.0)
    low = _value(match["low"]) * scale
    high = _value(groups["high"]) * scale if groups.get("high") else low
    return min(low, high), max(low, high), _unit(groups)


def _unit(groups: dict[str, str | None]) -> str:
    written, each = groups.get("unit"), groups.get("each")
    if not written:
        return ""
    name = next((name for name, ways in _UNIT_OF if ways.fullmatch(written)), "people")
    return f"{name} per {each.strip(' /').rpartition(' ')[2]}" if each else name


def _percent(match: re.Match[str]) -> Reading:
    read = _plain(match)
    return read and (read[0], read[1], "percentage points" if "point" in match.group().lower() else "%")


def _rate(match: re.Match[str]) -> Reading:
    read = _plain(match)
    return read and (read[0], read[1], f"per {match['whole']}")


def _part(match: re.Match[str]) -> Reading:
    part, whole = _value(match["part"]), _value(match["whole"])
    return (part / whole, part / whole, "") if 0 < part < whole else None


def _named(values: dict[str, float]) -> Callable[[re.Match[str]], Reading]:
    def read(match: re.Match[str]) -> Reading:
        value = values[match["name"].lower()] * _value(match.groupdict().get("times") or "1")
        return value, value, ""

    return read


def _limit(match: re.Match[str]) -> Reading:
    value = _value(match["low"])
    return (0.0 if match["sign"] in "<≤" else value), (1.0 if match["sign"] in ">≥" else value), ""


def _vague(_: re.Match[str]) -> Reading:
    return None, None, ""


_RATIO = (
    r"(?i:\b(?:a?OR|a?RR|a?HR|IRR|odds ratio|risk ratio|relative risk|hazard ratio|rate ratio)\b"
    r"(?:\s\([A-Z]{2,3}\))?[\s,:;=\[(]{0,4}(?:(?:of|was|were)\s)?)"
)
_INTERVAL = r"(?i:\b9[059]\s?%\s?-?(?:CIs?|CrI|confidence intervals?|credible intervals?)\b[\s,:;=\[(]{0,4}(?:of\s)?)"
_SMALL = rf"(?:[0-9]{{1,7}}|{_WORD})"
_WHO = r"of|who|to|had|have|has|were|was|are|is|do|did|will|experience\w{0,2}|report\w{0,2}|recover\w{0,2}|improve\w?"
_PER = r"(?P<whole>1[0,]{2,9}0(?:\s[a-z-]{3,20})?)"

_WRITTEN: tuple[tuple[QuantityKind, str, Callable[[re.Match[str]], Reading]], ...] = (
    ("interval", rf"{_INTERVAL}(?P<low>{_NUMBER})(?:{_DASH}|,\s?)(?P<high>{_NUMBER})", _plain),
    ("ratio", rf"{_RATIO}(?P<low>{_NUMBER})", _plain),
    ("ratio", rf"{_LOW}(?:\s[a-z]{{3,12}})?\s(?:per|in every)\s{_PER}", _rate),
    ("ratio", rf"{_LOW}:(?P<high>[0-9]{{1,4}})(?![\w:.])", _plain),
    ("p", r"\b[pP](?:[\s-]?values?)?\s?(?:of\s)?(?P<sign>[<>=≤≥])\s?(?P<low>0?[.·][0-9]{1,8}|[01]\b)", _limit),
    ("percent", rf"{_RANGE}\s?(?:%|per\s?cent(?:age)?\b)(?:\spoints?\b)?", _percent),
    ("percent", rf"(?i:\b(?P<low>{_WORD})\sper\s?cent\b)", _percent),
    (
        "fraction",
        rf"{_FREE}(?i:\b(?P<part>{_SMALL})\s(?:in|out\sof|of)\s(?:every\s|the\s)?(?P<whole>{_SMALL}))\b"
        r"(?![\w%]|[.,·:][0-9]|[-‐‑]\w|\s?%)",
        _part,
    ),
    ("fraction", rf"{_FREE}(?P<part>[0-9]{{1,6}})/(?P<whole>[0-9]{{1,6}})(?![\w/%]|\.[0-9]|\s?mm)", _part),
    (
        "fraction",
        rf"(?i:\b(?:(?P<times>one|two|three|four)|an?)[\s-](?P<name>third|quarter|fifth)s?"
        rf"(?=\s(?:{_WHO})\b|\s?[,.;:)]|\s?$))",
        _named(_FRACTIONS),
    ),
    ("fraction", rf"(?i:(?<!-)\b(?P<name>half)(?=\s(?:the|all|{_WHO})\b))", _named(_FRACTIONS)),
    ("multiple", rf"{_RANGE}[\s-]?fold\b", _plain),
    ("multiple", rf"(?i:\b(?P<low>{_WORD})[\s-]?fold\b)", _plain),
    (
        "multiple",
        rf"(?i:{_FREE}\b(?P<low>{_NUMBER}|{_WORD})\stimes\s(?=more|less|higher|lower|greater|as\b|the\b))",
        _plain,
    ),
    (
        "multiple",
        r"(?i:\b(?P<name>twice|thrice|double[ds]?|triple[ds])(?=\s(?:as|the|that|their|its|in)\b))",
        _named(_MULTIPLES),
    ),
    ("measure", rf"{_RANGE}(?:\s{_SCALE})?[\s\u00a0-]?(?P<unit>{_UNIT}){_EACH}", _plain),
    (
        "measure",
        rf"(?i:\b(?P<low>{_WORD})(?:\s(?:to|or)\s(?P<high>{_WORD}))?[\s-]"
        rf"(?P<unit>(?:minute|hour|day|week|month|year)s?\b){_EACH})",
        _plain,
    ),
    ("count", rf"{_RANGE}(?:\s{_SCALE})?[\s\u00a0]{_ADJECTIVE}{{0,2}}(?P<unit>{_PEOPLE}){_EACH}", _plain),
    ("count", rf"(?i:\b(?!one\b)(?P<low>{_WORD})\s{_ADJECTIVE}?(?P<unit>{_PEOPLE}){_EACH})", _plain),
    ("count", rf"{_RANGE}\s{_SCALE}\b", _plain),
    ("count", rf"\b[nN]\s?=\s?(?P<low>{_NUMBER})", _plain),
    ("range", rf"{_LOW}{_DASH}(?P<high>{_NUMBER})(?![\w%/]|[-–‐‑]\w|[.,·:][0-9]|\()", _plain),
    ("count", rf"{_LOW}(?![\w%/]|[-–‐‑]\w|[.,·:][0-9]|\()", _plain),
    (
        "vague share",
        r"(?i:\b(?:only\s)?an?\s(?:very\s|relatively\s)?"
        r"(?:small|tiny|low|large|high|big|great|significant|substantial|considerable|good|fair|growing)\s"
        r"(?:percentage|proportion|fraction|share|minority|majority|number)\s(?=of\b))",
        _vague,
    ),
    (
        "vague share",
        r"(?i:\b(?:the\s|a\s)?(?:(?:vast|great|overwhelming|large|clear)\s)?(?:majority|minority)\s(?=of\b))",
        _vague,
    ),
    (
        "vague share",
        rf"(?i:\b(?:most|almost all|nearly all|very few)\s(?:of\s(?:the|these|those)\s)?{_ADJECTIVE}?{_PEOPLE})",
        _vague,
    ),
)
_VAGUE_WORDS = "percentage proportion fraction share minority majority number most all few"
POSSIBLE = re.compile(
    "[0-9½⅓⅔¼¾⅕⅖⅗⅘]|"
    rf"\b(?:{'|'.join([*_WORD_VALUES, *_FRACTIONS, *_MULTIPLES, *_VAGUE_WORDS.split()])})|fold\b|per ?cent",
    re.IGNORECASE,
)
"""What every quantity holds at least one of: most sentences hold none, and need not be searched rule by rule."""
RULES: tuple[Rule, ...] = tuple(Rule(kind, re.compile(pattern), read) for kind, pattern, read in _WRITTEN)
"""Read in this order; what one rule has taken, no later one reads again."""
