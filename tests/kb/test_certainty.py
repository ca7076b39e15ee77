"""Provisional certainty: where a body of evidence starts, and each step down with its sentence."""

from __future__ import annotations

import pytest

from kb.model import Certainty, Design, Direction, EvidenceLine, Notice, Source, Span, Statement, Study, Trait
from kb.strength.certainty import certainty_of


def statement(text: str = "Thyme eases knee pain.") -> Statement:
    return Statement(
        id="s1",
        fingerprint="f1",
        text=text,
        start=0,
        end=len(text),
        sentence=Span(start=0, end=len(text)),
        line=1,
        section="",
        kind="benefit",
        question="benefit",
        needs_source=True,
    )


def pair(
    number: int, design: Design, direction: Direction = "supports", **fields: object
) -> tuple[EvidenceLine, Source]:
    source = Source(id=f"ref:{number}", design=design, **fields)  # type: ignore[arg-type]
    return EvidenceLine(statement="s1", source=source.id, references=(f"r{number}",), direction=direction), source


CONCERN = (Notice(kind="expression of concern", said_by=("Crossref",)),)
ROWS: list[tuple[str, list[tuple[EvidenceLine, Source]], Certainty | None, str]] = [
    ("two trials", [pair(1, "randomized trial"), pair(2, "randomized trial")], "high", "starts high"),
    ("one trial", [pair(1, "randomized trial")], "moderate", "single study"),
    (
        "a review of trials",
        [pair(1, "systematic review", study=Study(traits=(Trait(kind="randomized trials", words="RCTs"),)))],
        "high",
        "a systematic review, of randomized trials",
    ),
    ("a review of who knows what", [pair(1, "systematic review")], "low", "not known to be of randomized trials"),
    ("two cohorts", [pair(1, "cohort"), pair(2, "cohort")], "low", "starts low: a cohort"),
    ("one cohort", [pair(1, "cohort")], "very low", "single study"),
    ("a case series and a trial", [pair(1, "case series"), pair(2, "randomized trial")], "high", "a randomized trial"),
    ("two animal studies", [pair(1, "animal"), pair(2, "animal")], "very low", "indirectness"),
    (
        "two preprints of trials",
        [
            pair(1, "randomized trial", type="posted-content"),
            pair(2, "randomized trial", publication_types=("Preprint",)),
        ],
        "moderate",
        "preprint",
    ),
    (
        "one of them in doubt",
        [pair(1, "randomized trial", notices=CONCERN), pair(2, "randomized trial")],
        "high",
        "starts high",
    ),
    (
        "all of them in doubt",
        [pair(1, "randomized trial", notices=CONCERN), pair(2, "randomized trial", notices=CONCERN)],
        "moderate",
        "a notice casts doubt",
    ),
    (
        "a dispute",
        [pair(1, "randomized trial"), pair(2, "randomized trial"), pair(3, "cohort", "disputes")],
        "moderate",
        "sources disagree",
    ),
    ("a design that is not known", [pair(1, "unknown")], None, "no certainty"),
    ("a narrative review", [pair(1, "narrative review")], None, "no certainty"),
]


@pytest.mark.parametrize(("why", "body", "certainty", "words"), ROWS, ids=[row[0] for row in ROWS])
def test_certainty(why: str, body: list[tuple[EvidenceLine, Source]], certainty: Certainty | None, words: str) -> None:
    found, reasons = certainty_of(statement(), body)
    assert found == certainty, why
    assert words in "; ".join(reasons)


@pytest.mark.parametrize("direction", ["not checked", "neutral", "disputes"])
def test_nothing_that_supports_means_no_certainty(direction: Direction) -> None:
    assert certainty_of(statement(), [pair(1, "randomized trial", direction)]) == (None, ())


def test_an_animal_study_is_direct_for_a_statement_about_animals() -> None:
    body = [pair(1, "animal"), pair(2, "animal")]
    assert certainty_of(statement("Thyme eases knee pain in rats."), body)[0] == "low"
