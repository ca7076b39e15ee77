"""What a source shows that speaks against it or for it, as data: the domain, and how far it moves level and certainty.

The domains are those of GRADE (Guyatt et al., BMJ 2008;336:924); the footnote of the OCEBM 2011 table names the same by
other words: study quality, imprecision, indirectness, inconsistency, and a very small absolute effect. Everything here
is read off metadata and abstract, and so is provisional.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias, get_args

from kb.language.stance import content_words
from kb.model import Concern, Design, Question, Source, Statement, TraitKind
from kb.strength.standing import doubts

Domain: TypeAlias = Literal[
    "risk of bias", "inconsistency", "indirectness", "imprecision", "publication bias", "effect size"
]
DOMAINS: tuple[Domain, ...] = get_args(Domain)
FEW = 100
"""Fewer people than this in one study move its level: fewer than fifty an arm. The threshold is ours, as the table
gives none."""
EFFECTS: frozenset[Question | None] = frozenset({"benefit", "common harm", "rare harm", "screening"})
"""Questions about what something does to people."""
_COMPARED: frozenset[Question | None] = EFFECTS - {"rare harm"}
"""A rare harm is a small effect by its nature, and no less for that."""
_POOLED: frozenset[Design] = frozenset({"systematic review"})
_ANY_QUESTION: frozenset[Question | None] = frozenset({None, *get_args(Question)})
_ANY_DESIGN: frozenset[Design] = frozenset(get_args(Design))
TRIALS: frozenset[Design] = frozenset({"randomized trial", "non-randomized trial"})
OBSERVATIONAL: frozenset[Design] = frozenset({"cohort", "case-control", "cross-sectional"})
_SIZED: frozenset[Design] = TRIALS | OBSERVATIONAL | {"systematic review", "diagnostic accuracy"}
"""Designs of which a larger one would tell more; of case reports and animals it would not tell what is asked."""
LABORATORY: frozenset[Design] = frozenset({"animal", "in vitro"})
TELLERS: frozenset[Design] = frozenset({"narrative review", "guideline", "book", "editorial", "web page"})
"""Designs that tell of what others found, without pooling it."""


class Ground(NamedTuple):
    """A reason to trust a source less.

    Attributes
    ----------
    level, certainty
        Steps by which it moves a level and a certainty down.
    words
        The sentence, without the words of the abstract that show it.
    designs, questions
        Where it counts; None among the questions is a statement that asks none of the table.
    """

    domain: Domain
    level: int
    certainty: int
    words: str
    designs: frozenset[Design] = _ANY_DESIGN
    questions: frozenset[Question | None] = _ANY_QUESTION

    def counts(self, statement: Statement, source: Source) -> bool:
        """Whether it counts for this statement and this design."""
        return source.design in self.designs and statement.question in self.questions


TRAITS: Mapping[TraitKind, Ground] = {
    "risk of bias": Ground("risk of bias", 1, 1, "its own text speaks of a risk of bias"),
    "not blinded": Ground("risk of bias", 0, 1, "people knew which treatment was given", TRIALS),
    "losses": Ground("risk of bias", 1, 1, "many who began were not followed to the end", TRIALS | {"cohort"}),
    "no control group": Ground("risk of bias", 0, 1, "it compares with nobody", questions=EFFECTS),
    "heterogeneity": Ground("inconsistency", 1, 1, "the studies that it pools differ", _POOLED),
    "surrogate outcome": Ground(
        "indirectness", 1, 1, "it measured a stand-in for what matters to patients", questions=EFFECTS
    ),
    "wide interval": Ground("imprecision", 1, 1, "its result could lie anywhere in a wide interval", _SIZED),
    "few people": Ground("imprecision", 1, 1, "few people took part", _SIZED),
    "publication bias": Ground(
        "publication bias", 0, 1, "studies without a result may have stayed unpublished", _POOLED
    ),
    "small effect": Ground("effect size", 1, 0, "the effect is very small", questions=_COMPARED),
}
"""Traits that move something down; whether an abstract says "not significant" is a matter of direction instead."""

PREPRINT = Ground("risk of bias", 1, 1, "it is a preprint that was not reviewed by others")
IN_DOUBT = Ground("risk of bias", 1, 1, "a notice casts doubt on it")
POPULATION = Ground("indirectness", 1, 1, "it studied other people than the statement speaks of")
ANIMALS = Ground(
    "indirectness", 0, 2, "it was studied in animals or in the laboratory, and the statement speaks of people"
)
"""Moves no level by steps: what was seen in animals stands with reasoning from mechanism, whatever the design."""
NO_CONTROLS = Ground(
    "risk of bias", 0, 1, "it compares with nobody", frozenset({"case series", "case report"}), questions=EFFECTS
)

_ABOUT_ANIMALS = re.compile(
    r"\b(?:animals?|rats?|mice|mouse|murine|rodents?|rabbits?|dogs?|canine|cats?|feline|horses?|equine|pigs?|porcine|"
    r"cattle|sheep|monkeys?|zebrafish|cell lines?|cultured cells|in vitro|laborator(?:y|ies))\b",
    re.IGNORECASE,
)
_STAND_IN = frozenset(content_words("surrogate intermediate outcome endpoint end point marker biomarker measure level"))


class Found(NamedTuple):
    """A ground that a source gives, and its sentence with the words that show it."""

    ground: Ground
    words: str


def grounds_of(statement: Statement, source: Source, concerns: Sequence[Concern] = ()) -> tuple[Found, ...]:
    """What a source shows that makes it weaker evidence for a statement, each ground once.

    Parameters
    ----------
    concerns
        What a judge found between the statement and the source's text.
    """
    kinds = {concern.kind: concern.words for concern in concerns}
    found = [Found(ground, ground.words) for ground in _of_record(statement, source, "animals" in kinds)]
    found += [
        Found(ground, f"{ground.words} (“{' '.join(trait.words.split())[:80]}”)" if trait.words else ground.words)
        for trait in source.study.traits
        if (ground := TRAITS.get(trait.kind)) and _holds(statement, trait.kind, trait.words)
    ]
    if source.study.participants is not None and source.study.participants < FEW:
        people = source.study.participants
        found.append(Found(TRAITS["few people"], f"few people took part ({people})"))
    if "population" in kinds:
        found.append(Found(POPULATION, f"{POPULATION.words}: {kinds['population']}"))
    counted = {one.ground.words: one for one in found if one.ground.counts(statement, source)}
    return tuple(counted.values())


def in_laboratory(source: Source) -> bool:
    """Whether animals or cells were studied, whatever the design."""
    return source.design in LABORATORY or source.study.species in {"animals", "cells"}


def speaks_of_people(statement: Statement) -> bool:
    """Whether a statement is about people: it is, unless it names animals or the laboratory."""
    return not _ABOUT_ANIMALS.search(statement.text)


def is_preprint(source: Source) -> bool:
    """Whether the version at hand was not reviewed by others; its design may be known all the same."""
    types = {one.lower() for one in source.publication_types}
    return source.design == "preprint" or source.type == "posted-content" or "preprint" in types


def _of_record(statement: Statement, source: Source, animals: bool) -> list[Ground]:
    grounds = {
        PREPRINT: is_preprint(source),
        IN_DOUBT: bool(doubts(source)),
        ANIMALS: animals or (in_laboratory(source) and speaks_of_people(statement)),
        NO_CONTROLS: True,
    }
    return [ground for ground, holds in grounds.items() if holds]


def _holds(statement: Statement, kind: TraitKind, words: str) -> bool:
    """A stand-in that the statement itself speaks of is what was asked, and no stand-in for it."""
    if kind != "surrogate outcome":
        return True
    return not (content_words(words).keys() - _STAND_IN) & content_words(statement.text).keys()
