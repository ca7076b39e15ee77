"""What an abstract tells of its design: the signs in it, each with its weight, added up design by design.

A sign speaks for the design that it goes with, and less where it stands in the background or the conclusion, which
tell of the work of others and of what is wanted. The weights began as ``design.signs*`` gives them, from what the
reporting guidelines ask authors to write, and were then fitted to labelled abstracts (``scripts/train_design.py``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from kb.language.plain import Plain, plain
from kb.language.wordings import Found, Table, Wording
from kb.model import Design
from kb.strength.design.signs import LISTS, Sign
from kb.strength.design.signs_cases import SINGLE
from kb.strength.design.signs_laboratory import LABORATORY
from kb.strength.design.signs_observed import OBSERVED
from kb.strength.design.signs_trials import EXPERIMENTS
from kb.strength.design.signs_writing import WRITING

WEIGHTS = Path(__file__).with_name("weights.json")
SIGNS: Mapping[str, Sign] = {**EXPERIMENTS, **LABORATORY, **OBSERVED, **SINGLE, **WRITING}
DESIGNS: tuple[Design, ...] = tuple(sorted({design for sign in SIGNS.values() for design in sign.speaks}))
ASIDE = " (aside)"
"""Stands after the name of a sign that was found in background or conclusion alone."""
OFTEN = "will, often"
"""That an abstract speaks of what will be done again and again."""
NAMING = 3.0
"""The strength from which a sign names its design; a weaker one lets it be seen."""

_OFTEN = 3
_QUOTED = 3
_LEAST = 0.2
"""The share of the probability below which no design is named: with 15 designs, nearly nothing was said."""
_PEOPLE = {"people", f"people{ASIDE}"}
_OF_PEOPLE: frozenset[Design] = frozenset({"cohort", "case-control", "cross-sectional"})
"""Designs that are taken from what lets them be seen only where the abstract speaks of people: data of other things
are followed and compared in the same words."""
_ONLY_NAMED: frozenset[Design] = frozenset({"narrative review", "editorial", "guideline"})
"""Designs that are never taken from what lets them be seen: research of other fields sounds like it."""
_LONGEST = 6_000
"""Characters that are read; what is longer is no abstract, and its beginning tells as much."""
_AROUND = (
    "backgrounds?|introduction|context|rationale|discussions?|conclusions?|interpretation|significance|implications|"
    "importance"
)
_WITHIN = (
    "materials?|patients?|subjects?|participants?|methods?|study|design|setting|results?|findings?|measurements?|trial|"
    "interventions?|main|objectives?|aims?|purpose"
)
_LABEL = re.compile(
    rf"(?:\A|(?<=[.?!)\]:] )|(?<=[.?!)\]:]))(?:(?P<around>{_AROUND})|(?:{_WITHIN}))\b"
    r"(?:[\w /&]{0,30}:|(?= (?-i:[A-Z0-9])))",
    re.IGNORECASE,
)

SEEN: Mapping[Design, str] = {
    "randomized trial": "treatments were compared as in a trial",
    "non-randomized trial": "a treatment was tried without random allocation",
    "protocol": "it speaks of what is going to be done",
    "cohort": "people were followed, or their records looked up",
    "case-control": "patients were compared with people who do not have the disease",
    "cross-sectional": "people were asked or counted once",
    "case report": "it tells of single patients",
    "diagnostic accuracy": "a test was held against a standard",
    "in vitro": "it was done on cells",
}
"""What a design is known by where no sign names it."""


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """The file of weights, as ``scripts/train_design.py`` writes it.

    Attributes
    ----------
    data, licence, script
        What it was fitted to, under which licence, and by which script.
    scores
        Figures of ten-fold cross-validation over abstracts, the title read first as in use.
    weights
        For each feature what it adds to each design, in log odds.
    """

    data: str
    licence: str
    script: str
    scores: dict[str, float]
    weights: dict[str, dict[Design, float]]


class Told(NamedTuple):
    """What words tell: the design, the words that showed it, and whether they name it or let it be seen."""

    design: Design
    words: tuple[str, ...]
    named: bool


def told(text: str, weights: Mapping[str, Mapping[Design, float]] | None = None) -> Told | None:
    """The design that an abstract tells of; None where too little speaks for any.

    Parameters
    ----------
    text
        Without markup, in single spaces.
    weights
        Others than those of the file.

    >>> told("Forty patients were randomly allocated to a brace or to no brace, and seen again after six weeks.")
    Told(design='randomized trial', words=('randomly allocated',), named=True)
    """
    found = features(text)
    scores = scored(found, loaded().weights if weights is None else weights)
    design = max(scores, key=lambda one: (scores[one], one))
    share = 1 / math.fsum(math.exp(score - scores[design]) for score in scores.values())
    speaking = sorted((name for name in found if _own(name) == design), key=lambda name: -strength(name, design))
    if share < _LEAST or not speaking:
        return None
    named = strength(speaking[0], design) >= NAMING
    if not named and (design in _ONLY_NAMED or (design in _OF_PEOPLE and not found.keys() & _PEOPLE)):
        return None
    shown = [name for name in speaking if strength(name, design) >= NAMING] if named else speaking
    return Told(design, tuple(dict.fromkeys(found[name] for name in shown))[:_QUOTED], named)


def scored(found: Mapping[str, str], weights: Mapping[str, Mapping[Design, float]]) -> dict[Design, float]:
    """The sum of the weights of what was found, for each design that abstracts can tell of."""
    scores: dict[Design, float] = dict.fromkeys(DESIGNS, 0.0)
    for name in found:
        for design, weight in weights.get(name, {}).items():
            scores[design] += weight
    return scores


def features(text: str) -> dict[str, str]:
    """The features of an abstract, each with its words as they stand there."""
    within, around = (plain(half) for half in _halves(text[:_LONGEST]))
    found = {name: _words(within, one) for name, one in _table().first(within).items()}
    if around.text:
        aside = _table().first(around)
        found |= {name + ASIDE: _words(around, one) for name, one in aside.items() if name not in found}
    if "will" in found and sum(token[0] == "will" for token in (*within.tokens, *around.tokens)) >= _OFTEN:
        found[OFTEN] = found["will"]
    return found


def strength(feature: str, design: Design) -> float:
    """How strongly a feature speaks for a design before any data was seen, in log odds."""
    sign = _sign(feature)
    given = sign.speaks.get(design, 0.0)
    return given * sign.aside if feature.endswith(ASIDE) else given


def _sign(feature: str) -> Sign:
    return SIGNS["will" if feature == OFTEN else feature.removesuffix(ASIDE)]


def _own(feature: str) -> Design | None:
    """The design that a feature goes with; of others it speaks since they are told in the same words."""
    design, given = next(iter(_sign(feature).speaks.items()))
    return design if given > 0 else None


def all_features() -> tuple[str, ...]:
    """The name of each feature that an abstract can show."""
    return (*SIGNS, *(name + ASIDE for name in SIGNS), OFTEN)


@cache
def loaded() -> Weights:
    """The weights, read once."""
    return msgspec.json.decode(WEIGHTS.read_bytes(), type=Weights)


@cache
def _table() -> Table[str]:
    return Table([Wording(name, *row) for name, sign in SIGNS.items() for row in sign.rows], LISTS)


def _words(text: Plain, one: Found[str]) -> str:
    start, end = one.start, one.end
    # A pattern may end inside a word ("randomly allocat"): the rest of the word belongs to what is shown.
    while end < len(text.text) and text.text[end - 1].isalnum() and text.text[end].isalnum():
        end += 1
    return " ".join(text.text[start:end].split())


def _halves(text: str) -> tuple[str, str]:
    """What tells of the study, and what stands in background and conclusion, where the abstract labels its parts."""
    within: list[str] = []
    around: list[str] = []
    into, start = within, 0
    for match in _LABEL.finditer(text):
        into.append(text[start : match.start()])
        into, start = (around if match["around"] else within), match.start()
    into.append(text[start:])
    return " ".join(within).strip(), " ".join(around).strip()
