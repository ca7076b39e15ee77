"""Which diseases and symptoms a study is about: its headings, else what its title or abstract name.

Headings carry no tree numbers where they come from registries, so a disease is known by how it is called: by its last
word, or by the ending that medicine gives to its names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

MOST = 3
"""Conditions that are kept of one study."""
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
_WHOLE = re.compile(_DISEASE_WORD)
_HEADING = re.compile(rf"(?:[\w'-]+\s){{0,4}}{_DISEASE_WORD}(?:\smellitus)?")
_NO_DISEASE = re.compile(
    r"(?:homeopathy|osteopathy|naturopathy|empathy|academia|glyca?emia|stoma|genoma|diploma|aroma|the pain|"
    r"syndrome scale|\b(?:single|any|other|this|same|common|rare|new|whole|side|major) (?:syndrome|disease|disorder|"
    r"pain|infection|cancer)s?)$",
    re.IGNORECASE,
)
"""What ends like a disease and is none, or does not say which."""
_BARE = frozenset(
    """
    disease diseases disorder disorders infection infections tumor tumors tumour tumours failure injury injuries
    syndrome syndromes neoplasm neoplasms dependence burns
    """.split()
)
"""What names no disease by itself."""
_NARROWING = 3
"""Words before the name of a disease that narrow it down, at most."""
_NOT_NARROWING = frozenset(
    """
    of in for and or with the a an to on by from after during between against versus vs is are as at due among
    treating treatment prevent preventing prevention reduce reducing improve improving using elderly older risk that
    their its his her does do can may undergoing via effect effects management without having many missed accompanying
    previous complicating predominantly suspected possible lower patient patients people adults women men children
    individuals subjects participants those infants adolescents persons
    """.split()
)
_OTHERWISE = frozenset(
    """
    prevention control screening model models cell cells unit units score scores scale scales measure measures
    management center centre rate rates vaccine vaccines activity severity index free register registry
    """.split()
)
"""Words behind the name of a disease that make another thing of it."""
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
_TOKEN = re.compile(r"[\w'’-]+|[^\w\s]")


def conditions(title: str, abstract: str, mesh: Sequence[str]) -> tuple[str, ...]:
    """The diseases and symptoms studied: disease-like headings, else what title or abstract name, at most three.

    >>> conditions("Heat for patients with knee osteoarthritis: a trial", "", ())
    ('knee osteoarthritis',)
    """
    headings = [_turned(heading) for heading in mesh if _is_disease(heading.partition(",")[0].lower())]
    words = set(title.lower().split())
    headings.sort(key=lambda heading: -len(words & set(heading.split())))
    return (
        _distinct(headings)
        or _distinct((*_had_by_people(title), *_named(title)))
        or _distinct(_had_by_people(abstract))
    )


def _is_disease(heading: str) -> bool:
    return bool(_HEADING.fullmatch(heading)) and not _NO_DISEASE.search(heading)


def _turned(heading: str) -> str:
    """A heading in the order of speech: "Osteoarthritis, Knee" is knee osteoarthritis."""
    return " ".join(reversed(heading.lower().split(", ")))


@lru_cache(maxsize=4096)
def _names_disease(word: str) -> bool:
    return bool(_WHOLE.fullmatch(word))


def _had_by_people(text: str) -> Iterator[str]:
    for match in _WITH.finditer(text):
        name = _lowered(match["what"].split())
        if _names_disease(name.rpartition(" ")[2].lower()) and _telling(name):
            yield name


def _named(title: str) -> Iterator[str]:
    words = _TOKEN.findall(title)
    for place, word in enumerate(words):
        behind = words[place + 1].lower() if place + 1 < len(words) else ""
        if not _names_disease(word.lower()) or behind in _OTHERWISE:
            continue
        first = place
        while place - first < _NARROWING and first and _narrows(words[first - 1]):
            first -= 1
        name = _lowered(words[first : place + 1])
        if _telling(name):
            yield name


def _narrows(word: str) -> bool:
    return len(word) > 2 and word.lower() not in _NOT_NARROWING


def _telling(name: str) -> bool:
    return name not in _BARE and not _NO_DISEASE.search(name)


def _lowered(words: Sequence[str]) -> str:
    """In lower case, but for abbreviations."""
    return " ".join(word if word.isupper() else word.lower() for word in words)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for name in names:
        if not any(name.lower() in other.lower() or other.lower() in name.lower() for other in kept):
            kept.append(name)
        if len(kept) == MOST:
            break
    return tuple(kept)
