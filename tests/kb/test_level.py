"""The OCEBM 2011 table: levels as its authors give them, and the reasons in words."""

from __future__ import annotations

from typing import get_args

import pytest

from kb.model import Design, Question
from kb.strength.level import LEVELS, NO_STUDY, TAKES, level_for, named, why_not_higher

TABLE: list[tuple[Question, Design, int | None]] = [
    ("benefit", "systematic review", 1),
    ("benefit", "randomized trial", 2),
    ("benefit", "non-randomized trial", 3),
    ("benefit", "cohort", 3),
    ("benefit", "case-control", 4),
    ("benefit", "case series", 4),
    ("benefit", "animal", 5),
    ("benefit", "diagnostic accuracy", None),
    ("common harm", "randomized trial", 2),
    ("rare harm", "systematic review", 1),
    ("screening", "randomized trial", 2),
    ("prevalence", "systematic review", 2),
    ("prevalence", "cross-sectional", 3),
    ("prevalence", "randomized trial", None),
    ("diagnosis", "diagnostic accuracy", 2),
    ("diagnosis", "case-control", 4),
    ("diagnosis", "randomized trial", None),
    ("prognosis", "systematic review", 1),
    ("prognosis", "cohort", 3),
    ("prognosis", "randomized trial", 3),
    ("prognosis", "case series", 4),
]


@pytest.mark.parametrize(("question", "design", "level"), TABLE)
def test_levels(question: Question, design: Design, level: int | None) -> None:
    found, reason = level_for(question, design)
    assert found == level
    assert question in reason
    assert (f"level {level} of 5" in reason) == (level is not None)


def test_reasons_are_whole_phrases() -> None:
    assert level_for("benefit", "case series")[1] == "weak for a question of benefit: a case series is level 4 of 5"
    assert level_for("rare harm", "randomized trial")[1] == (
        "good for a question of rare harm: a randomized trial is level 2 of 5"
    )
    assert level_for("prevalence", "randomized trial")[1] == (
        "no level: a randomized trial is not rated for a question of prevalence"
    )


@pytest.mark.parametrize("design", sorted(NO_STUDY))
def test_what_is_no_study_has_no_level_and_a_reason_of_its_own(design: Design) -> None:
    for question in get_args(Question):
        assert level_for(question, design) == (None, f"no level: {NO_STUDY[design]}")


def test_what_is_not_known_has_no_level() -> None:
    assert level_for("benefit", "unknown") == (None, "no level: its design is not known")
    assert level_for(None, "cohort")[0] is None
    assert "is not known" in level_for(None, "cohort")[1]


def test_every_question_and_design_is_in_the_tables() -> None:
    assert set(LEVELS) == set(TAKES) == set(get_args(Question))
    rated = set(NO_STUDY).union(*LEVELS.values())
    assert rated == set(get_args(Design)) - {"unknown"}
    for question, levels in LEVELS.items():
        assert max(levels.values()) <= len(TAKES[question]), "a level that the table does not have"


def test_why_not_higher_names_the_next_level() -> None:
    assert why_not_higher("benefit", 1) is None
    assert why_not_higher("prognosis", 3) == "not higher: level 2 takes an inception cohort"


def test_designs_read_well_in_a_sentence() -> None:
    assert [named(design) for design in ("animal", "in vitro", "cohort", "editorial", "diagnostic accuracy")] == [
        "an animal study",
        "an in vitro study",
        "a cohort",
        "an editorial",
        "a study of diagnostic accuracy",
    ]
