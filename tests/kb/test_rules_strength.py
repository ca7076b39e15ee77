"""Rules about statements that are stronger than their evidence: what each must flag and pass, and which one speaks."""

from __future__ import annotations

import pytest

from kb.model import Audit, MarkKind, Study
from kb.rules import check
from tests.ruled import Rows, Said, concern, graded, reviewed

PROVEN: dict[MarkKind, str] = {"certain": "eases"}
COHORT = Said(design="cohort", level=3)
SMALL_TRIAL = Said(study=Study(participants=24), level=3)
OF_A_COHORT = Said(design="cohort", level=3, extent="part", concerns=(concern("cause"),))
OF_MICE = Said(design="animal", level=5, extent="part", concerns=(concern("animals"),))
CAREFUL = Said(extent="part", concerns=(concern("hedging"),))
REVIEW = Said(design="narrative review", level=None)
CASES = Said(design="case series", level=4)

ROWS: Rows = {
    "EV004": (
        [
            graded(OF_A_COHORT),
            graded(OF_A_COHORT, OF_A_COHORT),
            graded(Said(design="case series", level=4, direction="not checked", concerns=(concern("cause"),))),
        ],
        [
            graded(Said()),
            graded(COHORT),
            graded(OF_A_COHORT, Said()),
            graded(OF_A_COHORT, OF_MICE, OF_MICE),
            graded(OF_A_COHORT, person=reviewed(), verdict="supported"),
        ],
    ),
    "EV005": (
        [
            graded(OF_MICE),
            graded(OF_MICE, OF_MICE),
            graded(Said(design="in vitro", level=5, direction="not checked", concerns=(concern("animals"),))),
        ],
        [
            graded(Said()),
            graded(OF_MICE, Said()),
            graded(Said(design="animal", level=5)),
            graded(Said(design="animal", concerns=(concern("animals"),), reviewed=reviewed())),
            graded(Said(direction="disputes", concerns=(concern("animals"),))),
        ],
    ),
    "EV006": (
        [
            graded(CAREFUL),
            graded(COHORT, marks=PROVEN),
            graded(COHORT, COHORT, marks=PROVEN, question="rare harm"),
        ],
        [
            graded(COHORT),
            graded(Said(), Said(), marks=PROVEN),
            graded(COHORT, marks={"certain": "eases", "hedged": "Heat"}),
            graded(COHORT, marks={"certain": "eases", "negated": "Heat"}),
            graded(COHORT, text="Heat, a well-known remedy, eases pain.", marks={"certain": "well-known"}),
            graded(COHORT, text="Heat will ease stiff knees.", marks={"certain": "will"}),
            graded(OF_A_COHORT, marks=PROVEN),
            graded(Said(concerns=(concern("hedging"),), reviewed=reviewed())),
        ],
    ),
    "EV007": (
        [
            graded(SMALL_TRIAL),
            graded(CASES, text="All patients are eased.", marks={"general": "All patients"}),
            graded(Said(design="case report", level=4, direction="not checked"), marks={"superlative": "Heat"}),
            graded(SMALL_TRIAL, text="Heat is the best remedy.", marks={"superlative": "the best"}),
        ],
        [
            graded(SMALL_TRIAL, text="Heat is used for stiff knees."),
            graded(Said()),
            graded(CASES, marks={"hedged": "Heat"}),
            graded(CASES, text="Various patients are eased.", marks={"general": "Various"}),
            graded(COHORT, text="Most patients recover.", marks={"general": "Most patients"}, question="prognosis"),
            graded(CASES, text="In a case series it relieves pain."),
            graded(Said(design="animal", level=5), text="Heat eases pain in mice."),
            graded(Said(design="systematic review", level=3), marks={"superlative": "Heat"}),
            graded(Said(study=Study(participants=24), level=2)),
            graded(CASES, kind="mechanism"),
            graded(Said(level=4, concerns=(concern("population"),))),
        ],
    ),
    "EV008": (
        [
            graded(REVIEW),
            graded(Said(design="book", level=None), Said(design="web page", level=None), kind="quantity"),
            graded(Said(design="editorial", level=None, direction="not checked", read="")),
        ],
        [
            graded(Said(design="guideline", level=None, direction="not checked", read="")),
            graded(REVIEW, Said()),
            graded(Said(design="systematic review", level=1)),
            graded(Said(design="unknown", level=None)),
            graded(REVIEW, text="A review finds that heat eases pain."),
            graded(Said(design="guideline", level=None), kind="recommendation"),
            graded(Said(design="book", level=None), kind="definition", question=None),
        ],
    ),
}


@pytest.mark.parametrize(
    ("audit", "rule"),
    [
        (
            graded(Said(design="animal", level=5, concerns=(concern("cause"), concern("animals"))), marks=PROVEN),
            "EV005",
        ),
        (graded(OF_A_COHORT, marks=PROVEN), "EV004"),
        (graded(COHORT, marks=PROVEN), "EV006"),
        (graded(Said(direction="neutral", concerns=(concern("cause"),)), marks=PROVEN), "EV002"),
        (graded(OF_A_COHORT, Said(direction="disputes"), marks=PROVEN), "EV009"),
    ],
)
def test_one_statement_that_is_too_strong_has_one_finding(audit: Audit, rule: str) -> None:
    assert [finding.rule for finding in check(audit)] == [rule]


def test_words_that_are_surer_than_the_evidence_are_told_with_why_it_is_not_surer() -> None:
    (finding,) = check(graded(COHORT, marks=PROVEN))
    assert finding.message.startswith("“eases”, and the evidence is of very low certainty (provisional): ")
    assert "no randomized trial is among them" in finding.message
    assert finding.remedy == "say “may” or “seems to”, or cite evidence that is that sure"


def test_a_weak_source_is_named_with_what_makes_it_weak() -> None:
    (finding,) = check(graded(SMALL_TRIAL))
    assert finding.message.startswith(
        "“eases” rests on one weak source, Roe 2001 (reference 1): OCEBM level 3, low certainty (provisional)"
    )


def test_a_causal_verb_is_told_with_the_design_that_cannot_show_it() -> None:
    words = "the statement says “eases”, and the source is a cohort study"
    (finding,) = check(graded(Said(design="cohort", level=3, concerns=(concern("cause", words),))))
    assert finding.message == f"a cause that the study cannot show: Roe 2001 (reference 1): {words}"
