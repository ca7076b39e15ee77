"""The level of one source for one statement: its place in the OCEBM table, moved down or up, with the reasons.

The footnote of the OCEBM 2011 table names what moves a level down (study quality, imprecision, indirectness,
inconsistency, a very small absolute effect) and up (a large effect), and leaves it to the reader how far. Here each
domain moves it by one step at most, and a large effect counts only where people were compared without being assigned by
chance and nothing speaks against the study: one trial with a large effect is not yet a systematic review.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kb.model import Concern, Design, Question, Source, Statement
from kb.strength.design import UNKNOWN
from kb.strength.grounds import ANIMALS, DOMAINS, EFFECTS, OBSERVATIONAL, Domain, Found, grounds_of
from kb.strength.level import TAKES, TOLD, WORDS, Place, level_for
from kb.strength.standing import is_notice
from kb.strength.wording import listed, named

_CALLED: Mapping[Domain, str] = {"risk of bias": "quality", "effect size": "a very small effect"}
"""Domains that the OCEBM footnote calls otherwise than GRADE."""
_RAISED: frozenset[Design] = OBSERVATIONAL | {"non-randomized trial"}
_FOR: Mapping[Design, str] = {
    "systematic review": "it looked for all studies of its question by a plan",
    "randomized trial": "who got which treatment was left to chance",
    "non-randomized trial": "the treatment was given by a plan, and people were compared",
    "cohort": "people were followed over time",
    "case-control": "people with and without it were compared",
    "cross-sectional": "it looked at a whole group of people, not at single patients",
    "diagnostic accuracy": "the test was held against another finding in the same people",
    "case series": "it tells of real patients",
    "case report": "it tells of a real patient",
}
"""What keeps a design above the next lower level."""


class Grade(NamedTuple):
    """A provisional level, the steps that led there, and why it is neither higher nor lower."""

    level: int | None
    reasons: tuple[str, ...]
    not_higher: tuple[str, ...] = ()
    not_lower: tuple[str, ...] = ()


def level_of(statement: Statement, source: Source, concerns: Sequence[Concern] = ()) -> Grade:
    """The provisional level of a source for the question that a statement asks.

    Parameters
    ----------
    concerns
        What a judge found between the statement and the source's text.

    Returns
    -------
    Grade
        Without a level where there is no basis for one; the reasons then say why.
    """
    if is_notice(source):
        return Grade(None, ("no level: it is a notice about another publication, and no study",))
    if source.design == "unknown":
        basis = source.design_basis or UNKNOWN
        return Grade(None, (f"its design is not known: {'nothing at hand names it' if basis == UNKNOWN else basis}",))
    design = ": ".join(part for part in (named(source.design), source.design_basis) if part)
    place = level_for(statement.question, source.design, source.study)
    if statement.kind == "recommendation" and source.design == "guideline":
        return Grade(None, (design, "a guideline is where a recommendation stands; no level: its evidence is not here"))
    if place.level is None or statement.question is None:
        return Grade(None, (design, place.words))
    found = grounds_of(statement, source, concerns)
    level, moves = _moved(statement.question, source, place.level, found)
    return Grade(
        level,
        (design, f"{place.words} (provisional)", *moves),
        _not_higher(statement.question, source, place, level, found),
        _not_lower(statement.question, source.design, level, found),
    )


def _moved(question: Question, source: Source, level: int, found: Sequence[Found]) -> tuple[int, list[str]]:
    """The level after all steps, and each step with its reason."""
    lowest, moves = len(TAKES[question]), []
    if any(one.ground == ANIMALS for one in found):
        indirect = f"indirectness: {ANIMALS.words}"
        moves.append(_step(level, lowest, "indirectness", ANIMALS.words) if level < lowest else indirect)
        level = lowest
    for domain in _counting(found):
        if level < lowest:
            words = listed([one.words for one in found if one.ground.domain == domain and one.ground.level])
            moves.append(_step(level, level + 1, _CALLED.get(domain, domain), words))
            level += 1
    large = next((trait for trait in source.study.traits if trait.kind == "large effect"), None)
    if large and not found and _may_rise(question, source, level):
        moves.append(_step(level, level - 1, "a large effect", f"its text speaks of one (“{large.words}”)"))
        level -= 1
    return level, moves


def _counting(found: Sequence[Found]) -> list[Domain]:
    """The domains that move a level, in their order."""
    return [domain for domain in DOMAINS if any(one.ground.domain == domain and one.ground.level for one in found)]


def _may_rise(question: Question, source: Source, level: int) -> bool:
    kinds = {trait.kind for trait in source.study.traits}
    pooled = source.design == "systematic review" and "observational studies" in kinds
    return level > 1 and question in EFFECTS and (source.design in _RAISED or pooled)


def _step(before: int, after: int, domain: str, words: str) -> str:
    way = "down" if after > before else "up"
    return f"moved {way} from level {before} to {after} ({WORDS[after - 1]}) for {domain}: {words}"


def _not_higher(
    question: Question, source: Source, place: Place, level: int, found: Sequence[Found]
) -> tuple[str, ...]:
    assert place.level is not None
    if level == 1:
        return ()
    if level > place.level:
        domains = [ANIMALS.domain] if any(one.ground == ANIMALS for one in found) else []
        called = [_CALLED.get(one, one) for one in dict.fromkeys((*domains, *_counting(found)))]
        return (f"not higher: it lost level {place.level} for {listed(called)}",)
    untold = [] if place.told else [one for one in TOLD[question].get(source.design, ()) if one.level < place.level]
    if untold:
        told = listed([f"“{named(source.design)} {one.words}”" for one in untold])
        return (f"not higher: nothing at hand tells that it is {told}, which would be level {untold[0].level}",)
    return (f"not higher: level {level - 1} takes {TAKES[question][level - 2]}",)


def _not_lower(question: Question, design: Design, level: int, found: Sequence[Found]) -> tuple[str, ...]:
    if level == len(TAKES[question]) or design not in _FOR:
        return ()
    clean = "" if found else ", and nothing at hand speaks against it"
    return (f"not lower: {_FOR[design]}{clean}",)
