"""What a study tells of itself beside its design.

Who was studied, how many, where it is registered, who paid, and what shows how far it can be trusted: read of title,
abstract and headings by rules that would rather say nothing than guess.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from kb.language.abstract import abstract_of
from kb.model import Design, Source, Study, Trait
from kb.strength.grounds import TELLERS, TRIALS
from kb.strength.study.conditions import conditions
from kb.strength.study.names import cohorts, registrations
from kb.strength.study.numbers import Told, participants, reviewed_people, studies
from kb.strength.study.people import ages, species
from kb.strength.study.results import numbered_traits
from kb.strength.study.traits import told_traits

Allocation: TypeAlias = Literal["", "parallel", "cross-over", "cluster"]

LONGEST, LONGEST_TITLE = 10_000, 1_000
"""Characters of an abstract and a title that are read; longer ones are no such thing."""
MOST_WORDS = 60
"""Characters of the words that show a trait."""
_ALLOCATING: frozenset[Design] = TRIALS | {"protocol"}
"""Designs that tell of other people's data."""
_ALLOCATIONS: tuple[tuple[Allocation, str, re.Pattern[str]], ...] = (
    (
        "cluster",
        "random",
        re.compile(
            r"\bcluster[- ](?:\w+ )?(?:randomi|controlled trial|trial|rct)|\b(?:group|community|practice|school|"
            r"village)[- ]randomi|\bclusters were (?:randomly|randomi)|\b(?:practices|schools|villages|clinics|"
            r"hospitals|wards|communities|nursing homes|classes|units) (?:[\w-]+ ){0,4}(?:were|"
            r"was) (?:then )?(?:randomly (?:assign|alloc)|randomi[sz]ed)"
        ),
    ),
    (
        "cross-over",
        "cross",
        re.compile(
            r"\bcross[- ]?over(?:,? [\w-]+){0,3} (?:trial|study|design|comparison|manner|fashion|experiment)"
            r"|\bcrossed over to|\b(?:randomi[sz]ed|blind|controlled),? (?:[\w-]+,? ){0,2}cross[- ]?over\b"
        ),
    ),
    (
        "parallel",
        "",
        re.compile(
            r"\bparallel[- ](?:group|arm|design|controlled|assignment)|\bparallel,? (?:[\w-]+,? ){0,3}(?:trial|study)"
            r"|\brandom(?:ly|i[sz]ed)\b[^.;]{0,60}\b(?:to one of|into|in|to) (?:the )?(?:two|three|four|2|3|4) "
            r"(?:[\w-]+ ){0,3}(?:groups|arms)"
        ),
    ),
)
"""How a trial says that it assigns, the more telling first, each behind what the text must hold."""
_FUNDED = re.compile(
    r"\b(?:study|trial|research|work|project|review|analysis|authors?|survey|programme|program)\b[^.;]{0,40}?\b"
    r"(?P<it>(?:funded|supported|sponsored|financed)(?: in part| financially)? by "
    r"(?=(?:an? |the )?(?:grants? |unrestricted )?(?:[A-Z]|grant|unrestricted))[^.;]{3,90})"
    r"|\b(?:FUNDING|Funding|SPONSOR(?:SHIP)?|Primary [Ff]unding [Ss]ource|Source of [Ff]unding)\s?[:.]\s?"
    r"(?P<headed>[^.;]{3,90})"
)
_CONFLICT = re.compile(
    r"\b(?:authors?|we|investigators)\b[^.;]{0,40}\b(?P<it>(?:declare[ds]?|have|has|had|report(?:ed|s)?|"
    r"disclose[ds]?)[^.;]{0,40}\b(?:conflicts?|competing)[^.;]{0,50})|\b(?P<headed>[Nn]o (?:potential )?(?:conflicts?|"
    r"competing)[^.;]{0,40}\b(?:declared|reported|disclosed|exist)\w{0,2})|(?:C(?:ONFLICTS?|onflicts?) (?:OF|"
    r"of) (?:INTERESTS?|[Ii]nterests?)|COMPETING INTERESTS?|Competing [Ii]nterests?)\s?:\s?(?P<named>[^.;]{3,90})"
)


def study_of(source: Source) -> Study:
    """What can be read of the study, from title, abstract, headings and types; the source has its design.

    Examples
    --------
    >>> told = "Of 90 adults screened, 64 adults with gout were randomized to heat or rest, in an open-label trial."
    >>> study = study_of(Source(id="x", abstract=told, design="randomized trial"))
    >>> study.participants, study.species, [trait.kind for trait in study.traits]
    (64, 'people', ['not blinded', 'few people'])
    """
    title, abstract, design = source.title[:LONGEST_TITLE], abstract_of(source)[:LONGEST], source.design
    headings = (*source.mesh, *source.keywords)
    kind = species(title, abstract, source.mesh, design)
    people = None if kind in {"animals", "cells"} or design in TELLERS else _people(title, abstract, design)
    return Study(
        allocation=_allocation(f"{title}. {abstract}", headings) if design in _ALLOCATING else "",
        participants=people.number if people else None,
        studies=studies(title, abstract) if design == "systematic review" else None,
        registrations=registrations(f"{title} {abstract}"),
        cohorts=() if design in TELLERS else cohorts(abstract),
        species=kind,
        ages=ages(title, abstract, source.mesh) if kind in {"people", ""} else (),
        conditions=conditions(title, abstract, source.mesh),
        funding=_words(_FUNDED, ("unded", "upported", "ponsor", "inanced", "unding", "FUNDING"), abstract),
        conflicts=_words(_CONFLICT, ("onflict", "ompeting", "CONFLICT", "COMPETING"), abstract),
        traits=tuple(map(_shown, (*told_traits(title, abstract, design), *numbered_traits(abstract, design, people)))),
    )


def _shown(trait: Trait) -> Trait:
    """The trait with its words in one line of bounded length."""
    words = " ".join(trait.words.split())
    if len(words) > MOST_WORDS:
        words = f"{words[: MOST_WORDS - 2].rsplit(' ', 1)[0]} …"
    return Trait(kind=trait.kind, words=words)


def _people(title: str, abstract: str, design: Design) -> Told | None:
    return reviewed_people(abstract) if design == "systematic review" else participants(title, abstract)


def _allocation(text: str, headings: tuple[str, ...]) -> Allocation:
    if "cross-over studies" in {heading.lower() for heading in headings}:
        return "cross-over"
    lower = text.lower()
    told = ((name, way) for name, hint, way in _ALLOCATIONS if hint in lower)
    return next((name for name, way in told if way.search(lower)), "")


def _words(way: re.Pattern[str], hints: tuple[str, ...], text: str) -> str:
    match = way.search(text) if any(hint in text for hint in hints) else None
    return " ".join(next(words for words in match.groups() if words).strip(" :").split()) if match else ""
