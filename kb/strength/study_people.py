"""Who was studied: people, animals or cells, of which ages, and with which conditions.

Names of headings: National Library of Medicine, MeSH (check tags and age groups). Where no headings are given, only
what title and abstract say outright counts; what is left open stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    named, told = set(_WORD.findall(title.lower())), set(_WORD.findall(abstract.lower()))
    people, animals = not told.isdisjoint(_PEOPLE), not told.isdisjoint(_ANIMALS)
    if animals and not named.isdisjoint(_ANIMALS) and named.isdisjoint(_PEOPLE):
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
_YEARS = r"(?:\s?(?:years?|yrs?|y))?"
_RANGE = re.compile(
    rf"\bage[ds]?\b[^.;()]{{0,24}}?(?:between |from |of )?(?P<low>\d{{1,2}}){_YEARS}\s?(?:-|–|to|"
    rf"and)\s?(?P<high>\d{{1,3}})"
    r"[\s-]?(?:years|yrs?|y\b)"
)
_FROM = re.compile(
    r"\bage[ds]?\b[^.;()\d]{0,24}(?:≥|>|over|at least|above|older than)\s?(?P<low>\d{2})"
    rf"|\bage[ds]?\s(?P<plus>\d{{2}}){_YEARS}\s?(?:or|and)\s(?:older|over|above)"
)
_MEAN = re.compile(
    r"\b(?:mean|median|average) age\b[^.;\d]{0,24}(?P<age>\d{1,2}(?:\.\d)?)(?!\s?(?:months|weeks|days|%)|\d)"
)
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
    if "age" not in text:
        return set()
    spans = [(float(match["low"]), float(match["high"])) for match in _RANGE.finditer(text)]
    spans += [(float(match["low"] or match["plus"]), _NO_END) for match in _FROM.finditer(text)]
    spans += [(float(match["age"]), float(match["age"])) for match in _MEAN.finditer(text)]
    return {group for group, low, high in AGES for a, b in spans if a <= b and a < high and b >= low}


_NO_END = 120.0

_DISEASE_WORD = (
    r"(?:[a-z]{2,24}(?:itis|emia|aemia|algia|opathy|trophy|plegia|penia|rrhea|rrhoea|uria|pnea|pnoea|sclerosis|"
    r"fibrosis|thrombosis|stenosis|arthrosis|oma)s?|cirrhosis|fibrosis|sclerosis|psychosis|pneumonia|tuberculosis|"
    r"psoriasis|endometriosis|osteoporosis|sepsis|asthma|eczema|o?edema|scoliosis|diseases?|disorders?|syndromes?|"
    r"neoplasms?|cancers?|tumou?rs?|infections?|pain|failure|injur(?:y|ies)|fractures?|strokes?|depression|diabetes|"
    r"obesity|overweight|hypertension|hypotension|sciatica|migraines?|headaches?|insomnia|fever|cough|nausea|anxiety|"
    r"ulcers?|ha?emorrhage|embolism|infarction|dementia|epilepsy|seizures?|paralysis|palsy|schizophrenia|autism|"
    r"malaria|hiv|aids|covid-19|influenza|dermatoses|hernias?|incontinence|constipation|menopause|infertility|"
    r"pre-?eclampsia|anorexia|bulimia|cataract|gout|acne|burns|dependence|addiction|apno?ea|caries|copd|vertigo|"
    r"tinnitus|lupus|myopia)"
)
_NO_DISEASE = re.compile(
    r"(?:homeopathy|osteopathy|naturopathy|empathy|academia|glyca?emia|stoma|genoma|diploma|aroma|the pain|"
    r"syndrome scale|\b(?:single|any|other|this|same|common|rare|new|whole|side|major) (?:syndrome|disease|disorder|"
    r"pain|infection|cancer)s?)$",
    re.IGNORECASE,
)
_DISEASE = re.compile(
    r"(?:diagnosis|prognosis|anesthesia|homeopathy|osteopathy|naturopathy|empathy|academia|psychotherapy|glycemia|"
    r"ischemia time)$",
    re.IGNORECASE,
)
_DISEASE = re.compile(rf"\b{_DISEASE_WORD}$", re.IGNORECASE)
_HEADING_DISEASE = re.compile(rf"^(?:[\w'-]+\s){{0,4}}{_DISEASE_WORD}(?:\smellitus)?$", re.IGNORECASE)
_GROUP = (
    r"[Pp]atients?|[Pp]eople|[Aa]dults|[Ww]omen|[Mm]en|[Cc]hildren|individuals|[Ss]ubjects|[Pp]articipants|those|"
    r"[Ii]nfants|[Aa]dolescents|[Pp]ersons"
)
_WITH = re.compile(
    rf"\b(?:{_GROUP})\s(?:with|who have|who had|suffering from|living with|diagnosed with|affected by|at risk (?:of|"
    rf"for))\s"
    r"(?P<what>(?!(?:and|or|out|an?|the|at|no|normal|high|low|higher|lower|more|less|respect|regard|whom|different|"
    r"any)\b)[A-Za-z0-9][\w'/-]{1,24}(?:\s(?!(?:and|or|in|on|at|by|with|who|which|that|were|was|are|is|undergoing|"
    r"treated|receiving|to|for|from|after|before|during|using|aged|versus|vs|randomi[sz]ed|an?|the|of|as|than|under|"
    r"following|but|without|through|had|have)\b)[\w'/-]{2,24}){0,4})",
)
"""What people are said to have."""
_NAMED = re.compile(
    r"\b(?P<what>(?:(?!(?:of|in|for|and|or|with|the|an?|to|on|by|from|after|during|between|against|versus|vs|is|are|"
    r"as|at|due|among|treating|treatment|prevent|preventing|prevention|reduce|reducing|improve|improving|using|"
    r"elderly|older|risk|that|their|its|his|her|does|do|can|may|undergoing|via|effects?|management|without|having|"
    r"many|missed|accompanying|previous|complicating|"
    rf"predominantly|suspected|possible|lower|{_GROUP})\b)"
    rf"[\w'-]{{3,20}}\s){{0,3}}{_DISEASE_WORD})(?=[\s,.;:?)]|$)"
    r"(?!\s(?:prevention|control|screening|models?|cells?|units?|scores?|scales?|measure\w*|management|cent(?:er|re)|"
    r"rates?|vaccines?|activity|severity|index|free|registr\w{1,3})\b)",
    re.IGNORECASE,
)
"""A disease or symptom with the words that narrow it down."""
_BARE = re.compile(
    r"(?:diseases?|disorders?|infections?|tumou?rs?|failure|injur(?:y|ies)|syndromes?|neoplasms?|dependence|burns)",
    re.IGNORECASE,
)
"""What names no disease by itself."""
MOST = 3


def conditions(title: str, abstract: str, mesh: Sequence[str]) -> tuple[str, ...]:
    """The diseases and symptoms studied: disease-like headings, else what title or abstract name, at most three.

    >>> conditions("Heat for patients with knee osteoarthritis: a trial", "", ())
    ('knee osteoarthritis',)
    """
    headings = [_turned(heading) for heading in mesh if _is_disease(heading.partition(",")[0])]
    words = set(title.lower().split())
    headings.sort(key=lambda heading: -len(words & set(heading.split())))
    return _distinct(headings) or _distinct(_in_text(title)) or _distinct(_in_text(abstract, only_of_people=True))


def _is_disease(heading: str) -> bool:
    return bool(_HEADING_DISEASE.match(heading)) and not _NO_DISEASE.search(heading)


def _turned(heading: str) -> str:
    """A heading in the order of speech: "Osteoarthritis, Knee" is knee osteoarthritis."""
    return " ".join(reversed(heading.lower().split(", ")))


def _in_text(text: str, only_of_people: bool = False) -> Iterator[str]:
    ways = (_WITH,) if only_of_people else (_WITH, _NAMED)
    for way in ways:
        for match in way.finditer(text):
            name = _lowered(match["what"])
            if _DISEASE.search(name) and not _BARE.fullmatch(name) and not _NO_DISEASE.search(name):
                yield name


def _lowered(words: str) -> str:
    """In lower case, but for abbreviations."""
    return " ".join(word if word.isupper() else word.lower() for word in words.split())


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for name in names:
        if not any(name.lower() in other.lower() or other.lower() in name.lower() for other in kept):
            kept.append(name)
        if len(kept) == MOST:
            break
    return tuple(kept)
