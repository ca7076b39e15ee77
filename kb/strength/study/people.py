"""Who was studied: people, animals or cells, and of which ages.

Names of headings: National Library of Medicine, MeSH (check tags and age groups). Where no headings are given, only
what title and abstract say outright counts; what is left open stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from kb.model import Design

Species: TypeAlias = Literal["", "people", "animals", "cells"]

_PEOPLE = frozenset(
    """
    patient patients participants people persons women men children adults adolescents infants volunteers individuals
    human humans newborns neonates students nurses physicians respondents boys girls outpatients inpatients mothers
    """.split()
)
_ANIMALS = frozenset(
    """
    rat rats mice mouse murine rabbit rabbits piglets swine porcine sheep ewes dogs canine cats feline zebrafish
    drosophila hamster hamsters monkeys macaque macaques broilers cows bovine cattle horses equine goats calves lambs
    ferret ferrets gerbil gerbils minipigs wistar dawley
    """.split()
)
_WORD = re.compile(r"[a-z]+")
_STUDIES_OF_PEOPLE: frozenset[Design] = frozenset(
    {
        "randomized trial",
        "non-randomized trial",
        "cohort",
        "case-control",
        "cross-sectional",
        "case series",
        "case report",
        "diagnostic accuracy",
        "protocol",
    }
)


def species(title: str, abstract: str, mesh: Sequence[str], design: Design) -> Species:
    """Whether people, animals or cells were studied; empty where that is not told.

    >>> species("Heat in rats", "Forty rats were randomized.", (), "randomized trial")
    'animals'
    """
    headings = {heading.lower() for heading in mesh}
    if design == "in vitro":
        return "cells"
    if design == "animal" or ("animals" in headings and "humans" not in headings):
        return "animals"
    told = set(_WORD.findall(abstract.lower()))
    people, animals = not told.isdisjoint(_PEOPLE), not told.isdisjoint(_ANIMALS)
    if animals:
        named = set(_WORD.findall(title.lower()))
        if not named.isdisjoint(_ANIMALS) and named.isdisjoint(_PEOPLE):
            return "" if people else "animals"
    if "humans" in headings and "animals" not in headings:
        return "people"
    return "people" if design in _STUDIES_OF_PEOPLE and people and not animals else ""


AGE_HEADINGS: Mapping[str, str] = {
    "infant": "infants",
    "infant, newborn": "infants",
    "child": "children",
    "child, preschool": "children",
    "adolescent": "adolescents",
    "adult": "adults",
    "young adult": "adults",
    "middle aged": "adults",
    "aged": "older people",
    "aged, 80 and over": "older people",
}
"""The age groups of MeSH, each with the group that a study keeps."""
AGES: tuple[tuple[str, float, float], ...] = (
    ("infants", 0, 2),
    ("children", 2, 13),
    ("adolescents", 13, 19),
    ("adults", 19, 65),
    ("older people", 65, 150),
)
"""Groups with their ages in years, low end included; bounds as MeSH draws them (infant below 2, child 2–12, adolescent
13–18, adult from 19, aged from 65)."""
_AGE = re.compile(r"age[ds]?\b")
_YEARS = r"(?:\s?(?:years?|yrs?|y))?"
_RANGE = re.compile(
    rf"[^.;()]{{0,24}}?(?:between |from |of )?(?P<low>\d{{1,2}}){_YEARS}\s?(?:-|–|to|and)\s?(?P<high>\d{{1,3}})[\s-]?"
    r"(?:years|yrs?|y\b)"
)
_FROM = re.compile(
    r"[^.;()\d]{0,24}(?:≥|>|over|at least|above|older than)\s?(?P<low>\d{2})"
    rf"|\s(?P<plus>\d{{2}}){_YEARS}\s?(?:or|and)\s(?:older|over|above)"
)
_MEAN = re.compile(r"[^.;\d]{0,24}(?P<age>\d{1,2}(?:\.\d)?)(?!\s?(?:months|weeks|days|%)|\d)")
"""What may stand behind "age" or "aged"; the last only where it is the mean."""
_NAMED_AGES: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (group, tuple(hints.split()), re.compile(rf"\b(?:{words})\b"))
    for group, hints, words in (
        ("infants", "infants newborns neonates preterm", r"infants|newborns|neonates|preterm babies"),
        (
            "children",
            "children pediatric paediatric",
            r"(?:school|pre-?school|young|obese|healthy|asthmatic) children|(?:in|among|of|\d) (?:\w+ ){0,3}children"
            r"|pa?ediatric patients|schoolchildren",
        ),
        ("adolescents", "adolescents teenagers", r"adolescents|teenagers"),
        (
            "adults",
            "adult middle menopausal pregnant",
            r"(?:in|among|of|\d) (?:[\w-]+ ){0,3}adults|adult patients|middle[- ]aged|(?:post|pre)menopausal women"
            r"|pregnant women",
        ),
        (
            "older people",
            "older elderly nursing",
            r"(?:older|elderly) (?:adults|people|patients|persons|women|men|subjects|individuals|participants|"
            r"residents)|the elderly|nursing home residents",
        ),
    )
)
"""Groups by name: words one of which the text holds, and the wordings that are looked for then."""


def ages(title: str, abstract: str, mesh: Sequence[str]) -> tuple[str, ...]:
    """The age groups of the people studied, by headings, else by what title and abstract say; youngest first.

    >>> ages("", "We enrolled 80 women aged 50 to 70 years.", ())
    ('adults', 'older people')
    """
    found = {AGE_HEADINGS[heading.lower()] for heading in mesh if heading.lower() in AGE_HEADINGS}
    if not found:
        text = f"{title}. {abstract}".lower()
        found = _by_years(text) or _by_name(text)
    return tuple(group for group, _, _ in AGES if group in found)


def _by_name(text: str) -> set[str]:
    found = {group for group, hints, way in _NAMED_AGES if any(hint in text for hint in hints) and way.search(text)}
    # "Older adults" are named as adults too.
    return found - {"adults"} if "older people" in found else found


def _by_years(text: str) -> set[str]:
    spans = [span for match in _AGE.finditer(text) if (span := _span(text, match))]
    return {group for group, low, high in AGES for youngest, oldest in spans if youngest < high and oldest >= low}


def _span(text: str, word: re.Match[str]) -> tuple[float, float] | None:
    """The years that stand behind the word "age", youngest and oldest."""
    start, end = word.span()
    if text[start - 1 : start].isalpha():
        return None
    if found := _RANGE.match(text, end):
        low, high = float(found["low"]), float(found["high"])
        return (low, high) if low <= high else None
    if found := _FROM.match(text, end):
        return float(found["low"] or found["plus"]), _NO_END
    found = _MEAN.match(text, end) if text[:start].endswith(("mean ", "median ", "average ")) else None
    return (float(found["age"]), float(found["age"])) if found else None


_NO_END = 120.0
