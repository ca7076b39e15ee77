"""Provisional certainty of the evidence for one statement, in GRADE's terms.

A body of randomized trials starts high, observational studies start low; reasons for doubt move it down one or two
steps. Source: Guyatt et al., "GRADE: an emerging consensus on rating quality of evidence and strength of
recommendations", BMJ 2008;336:924. GRADE rates a body of evidence for one outcome after reading it. What is seen here
is metadata and an abstract, so only the start and the doubts that those can show are applied, nothing is moved up,
and where nothing was found to bear the statement out there is no certainty to speak of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from kb.model import Certainty, Design, EvidenceLine, Source, Statement
from kb.strength.level import named
from kb.strength.standing import doubts

SCALE: tuple[Certainty, ...] = ("very low", "low", "moderate", "high")
_HIGH, _LOW = 3, 1
START: Mapping[Design, int] = {
    "systematic review": _HIGH,
    "randomized trial": _HIGH,
    "non-randomized trial": _LOW,
    "cohort": _LOW,
    "case-control": _LOW,
    "cross-sectional": _LOW,
    "diagnostic accuracy": _LOW,
    "case series": _LOW,
    "case report": _LOW,
    "animal": _LOW,
    "in vitro": _LOW,
}
"""Where a body starts; designs that are not here are no study of their own, and start nowhere."""

_ABOUT_ANIMALS = re.compile(
    r"\b(?:animals?|rats?|mice|mouse|rodents?|rabbits?|dogs?|cats?|horses?|pigs?|cell lines?|in vitro)\b", re.IGNORECASE
)


class _Doubt(NamedTuple):
    """A reason to move down, if it holds for every source of the body: one that is free of it outweighs the rest."""

    steps: int
    holds: Callable[[Statement, Source], bool]
    words: str


DOUBTS: tuple[_Doubt, ...] = (
    _Doubt(
        2,
        lambda statement, source: source.design in {"animal", "in vitro"} and not _ABOUT_ANIMALS.search(statement.text),
        "it was studied in animals or in the laboratory, and the statement speaks of people (indirectness)",
    ),
    _Doubt(
        1,
        lambda _, source: (
            source.type == "posted-content" or "preprint" in {t.lower() for t in source.publication_types}
        ),
        "it is a preprint that was not reviewed by others (risk of bias)",
    ),
    _Doubt(1, lambda _, source: bool(doubts(source)), "a notice casts doubt on it (risk of bias)"),
)


def certainty_of(
    statement: Statement, body: Sequence[tuple[EvidenceLine, Source]]
) -> tuple[Certainty | None, tuple[str, ...]]:
    """The provisional certainty of the evidence that speaks for a statement, and each step that led there.

    Parameters
    ----------
    body
        The lines that can stand as evidence, each with its source, whatever their direction.

    Returns
    -------
    tuple
        None where no line supports the statement or no supporting source has a design that GRADE rates.
    """
    sources = [source for line, source in body if line.direction == "supports"]
    rated = [source for source in sources if source.design in START]
    if not sources:
        return None, ()
    if not rated:
        return None, ("no certainty: no source that supports it has a known study design",)
    best = max(rated, key=_start)
    step, reasons = _start(best), [f"provisional certainty starts {SCALE[_start(best)]}: {_why(best)}"]
    for steps, words in _moves(statement, rated, any(line.direction == "disputes" for line, _ in body)):
        step -= steps
        reasons.append(f"certainty down {'one step' if steps == 1 else 'two steps'}: {words}")
    return SCALE[max(step, 0)], tuple(reasons)


def of_trials(source: Source) -> bool:
    """Whether a review is known to be one of randomized trials."""
    return any(trait.kind == "randomized trials" for trait in source.study.traits)


def _start(source: Source) -> int:
    if source.design == "systematic review" and not of_trials(source):
        return _LOW
    return START[source.design]


def _why(source: Source) -> str:
    if source.design != "systematic review":
        return named(source.design)
    of_trials = "of randomized trials" if _start(source) == _HIGH else "not known to be of randomized trials"
    return f"a systematic review, {of_trials}"


def _moves(statement: Statement, sources: Sequence[Source], disputed: bool) -> list[tuple[int, str]]:
    moves = [
        (doubt.steps, doubt.words) for doubt in DOUBTS if all(doubt.holds(statement, source) for source in sources)
    ]
    if len({source.id for source in sources}) == 1 and sources[0].design != "systematic review":
        moves.append((1, "it rests on a single study (imprecision)"))
    if disputed:
        moves.append((1, "sources disagree (inconsistency)"))
    return moves
