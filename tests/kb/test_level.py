"""The OCEBM 2011 table: levels as its authors give them, and the reasons in words."""

from __future__ import annotations

from typing import get_args

import pytest

from kb.model import Design, Question, Study, Trait, TraitKind
from kb.strength.level import LEVELS, NO_STUDY, TAKES, TOLD, level_for

TABLE: list[tuple[Question, Design, int | None]] = [
    ("benefit", "randomized trial", 2),
    ("benefit", "non-randomized trial", 3),
    ("benefit", "cohort", 3),
    ("benefit", "case-control", 4),
    ("benefit", "case series", 4),
    ("benefit", "animal", 5),
    ("benefit", "diagnostic accuracy", None),
    ("common harm", "randomized trial", 2),
    ("rare harm", "randomized trial", 2),
    ("screening", "randomized trial", 2),
    ("prevalence", "systematic review", 2),
    ("prevalence", "cross-sectional", 3),
    ("prevalence", "randomized trial", None),
    ("diagnosis", "case-control", 4),
    ("diagnosis", "randomized trial", None),
    ("prognosis", "cohort", 3),
    ("prognosis", "randomized trial", 3),
    ("prognosis", "case series", 4),
]


@pytest.mark.parametrize(("question", "design", "level"), TABLE)
def test_levels(question: Question, design: Design, level: int | None) -> None:
    found = level_for(question, design)
    assert found.level == level
    assert question in found.words
    assert (f"level {level} of 5" in found.words) == (level is not None)


def study(*kinds: TraitKind, words: str = "as it says") -> Study:
    return Study(traits=tuple(Trait(kind=kind, words=words) for kind in kinds))


TWO_LEVELS: list[tuple[Question, Design, Study, int]] = [
    ("benefit", "systematic review", study("randomized trials"), 1),
    ("benefit", "systematic review", study("observational studies"), 3),
    ("benefit", "systematic review", study("randomized trials", "observational studies"), 3),
    ("benefit", "systematic review", study(), 3),
    ("screening", "systematic review", study("randomized trials"), 1),
    ("rare harm", "systematic review", study("randomized trials"), 1),
    ("common harm", "systematic review", study("randomized trials"), 1),
    ("common harm", "systematic review", study("observational studies", words="nested case-control studies"), 1),
    ("common harm", "systematic review", study("observational studies", words="cohort studies"), 3),
    ("rare harm", "systematic review", study("observational studies", words="nested case-control studies"), 3),
    ("prognosis", "systematic review", study("inception cohort"), 1),
    ("prognosis", "systematic review", study(), 3),
    ("prognosis", "cohort", study("inception cohort"), 2),
    ("prevalence", "cross-sectional", study("random sample"), 1),
    ("diagnosis", "systematic review", study("reference standard"), 1),
    ("diagnosis", "diagnostic accuracy", study("reference standard", "consecutive"), 2),
    ("diagnosis", "diagnostic accuracy", study("reference standard"), 3),
    ("diagnosis", "diagnostic accuracy", study(), 3),
    ("benefit", "cohort", study("no control group"), 4),
    ("benefit", "randomized trial", study("inception cohort"), 2),
]


@pytest.mark.parametrize(("question", "design", "told", "level"), TWO_LEVELS)
def test_what_a_study_tells_chooses_between_two_levels(
    question: Question, design: Design, told: Study, level: int
) -> None:
    assert level_for(question, design, told).level == level


def test_reasons_are_whole_phrases() -> None:
    assert level_for("benefit", "case series").words == "weak for a question of benefit: a case series is level 4 of 5"
    assert level_for("rare harm", "randomized trial").words == (
        "good for a question of rare harm: a randomized trial is level 2 of 5"
    )
    assert level_for("benefit", "systematic review", study("randomized trials")).words == (
        "strong for a question of benefit: a systematic review of randomized trials is level 1 of 5"
    )
    assert level_for("prevalence", "randomized trial").words == (
        "no level: a randomized trial is not rated for a question of prevalence"
    )


@pytest.mark.parametrize("design", sorted(NO_STUDY))
def test_what_is_no_study_has_no_level_and_a_reason_of_its_own(design: Design) -> None:
    for question in get_args(Question):
        assert level_for(question, design)[:2] == (None, f"no level: {NO_STUDY[design]}")


def test_what_is_not_known_has_no_level() -> None:
    assert level_for("benefit", "unknown")[:2] == (None, "no level: its design is not known")
    assert level_for(None, "cohort").level is None
    assert "is not known" in level_for(None, "cohort").words


def test_every_question_and_design_is_in_the_tables() -> None:
    assert set(LEVELS) == set(TAKES) == set(TOLD) == set(get_args(Question))
    rated = set(NO_STUDY).union(*LEVELS.values())
    assert rated == set(get_args(Design)) - {"unknown"}
    for question, levels in LEVELS.items():
        assert max(levels.values()) <= len(TAKES[question]), "a level that the table does not have"
        assert TOLD[question].keys() <= levels.keys()
