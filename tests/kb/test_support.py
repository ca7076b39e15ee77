"""The built-in judge: what it bears out, and everything before which it abstains."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.abstract import abstract_of
from kb.model import Direction, Extent, NumberCheck, Source
from kb.strength.support import BuiltInJudge, Claim, Judgement

BACKGROUND = (
    "Sciatica is a pain that runs along the leg, and what is done for it differs from place to place and over time."
)
RESULT = "Cupping therapy reduced sciatic pain in 67% of the participants after four weeks."


def judge(statement: str, result: str = RESULT, title: str = "Cupping for sciatica") -> Judgement:
    return BuiltInJudge().judge(
        Claim(text=statement), Source(id="ref:1", title=title, abstract=f"{BACKGROUND} {result}")
    )


ROWS: list[tuple[str, str, str, Direction, Extent | None]] = [
    (
        "same words and number",
        "Cupping therapy reduced sciatic pain, with relief in 67% of participants (Khan, 2016).",
        RESULT,
        "supports",
        "whole",
    ),
    (
        "a part of the words",
        "Cupping therapy reduced sciatic pain of participants in Spanish hospitals.",
        RESULT,
        "supports",
        "part",
    ),
    ("another number", "Cupping therapy reduced sciatic pain in 76% of participants.", RESULT, "not checked", None),
    ("a vague share", "Cupping therapy reduced sciatic pain in most participants.", RESULT, "not checked", None),
    (
        "a negation in the source",
        "Cupping therapy reduced sciatic pain in participants.",
        "Cupping therapy did not reduce sciatic pain in the participants.",
        "not checked",
        None,
    ),
    (
        "a negation in the statement",
        "Cupping therapy never reduced sciatic pain in participants.",
        RESULT,
        "not checked",
        None,
    ),
    (
        "a more careful source",
        "Cupping therapy reduced sciatic pain in participants.",
        "Cupping therapy might have reduced sciatic pain in the participants.",
        "not checked",
        None,
    ),
    (
        "the opposite direction",
        "Cupping therapy increased sciatic pain in participants.",
        "Cupping therapy decreased sciatic pain in the participants.",
        "not checked",
        None,
    ),
    (
        "the same things, otherwise put",
        "Sciatica that lasts beyond one winter leaves the foot numb.",
        RESULT,
        "not checked",
        None,
    ),
    ("too few words", "It reduced pain.", RESULT, "not checked", None),
    (
        "something else altogether",
        "Volcanic ash clouds ground transatlantic aircraft every decade.",
        RESULT,
        "neutral",
        None,
    ),
]


@pytest.mark.parametrize(("why", "statement", "result", "direction", "extent"), ROWS, ids=[row[0] for row in ROWS])
def test_judgements(why: str, statement: str, result: str, direction: Direction, extent: Extent | None) -> None:
    judgement = judge(statement, result)
    assert (judgement.direction, judgement.extent) == (direction, extent), why
    assert judgement.reasons


def test_support_quotes_the_sentence_and_the_numbers() -> None:
    judgement = judge("Cupping therapy reduced sciatic pain, with relief in 67% of participants (Khan, 2016).")
    assert judgement.quote == RESULT
    assert judgement.numbers == (NumberCheck(stated="67%", found="67%", outcome="agrees"),)


def test_a_number_that_is_not_there_is_told_and_keeps_the_judge_from_deciding() -> None:
    judgement = judge("Cupping therapy reduced sciatic pain in 76% of participants.")
    assert judgement.numbers == (NumberCheck(stated="76%", found=None, outcome="not found"),)
    assert "the number 76% was not found in the closest sentence of the abstract" in judgement.reasons
    assert judgement.quote == RESULT, "the closest sentence is shown to whoever looks it up"


@pytest.mark.parametrize("abstract", ["", "[Abstract not available]", "No abstract.", "<p></p>"])
def test_without_an_abstract_nothing_is_checked_and_nothing_is_held_against_it(abstract: str) -> None:
    judgement = BuiltInJudge().judge(
        Claim(text="It helped 67% of participants."), Source(id="ref:1", title="X", abstract=abstract)
    )
    assert judgement == Judgement(
        judge=BuiltInJudge.version,
        direction="not checked",
        reasons=("no abstract to be had", "the number 67% was not checked: no abstract to be had"),
    )


def test_an_abstract_in_another_language_is_not_taken_for_one_about_something_else() -> None:
    german = (
        "Die Behandlung verringerte den Schmerz bei den meisten Kranken deutlich, während in der Vergleichsgruppe "
        "keine Besserung eintrat; Nebenwirkungen wurden nicht beobachtet."
    )
    judgement = BuiltInJudge().judge(
        Claim(text="Cupping therapy eased sciatic complaints of many labourers."), Source(id="ref:1", abstract=german)
    )
    assert judgement.direction == "not checked"
    assert "English" in judgement.reasons[0]


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_text_is_judged_and_never_disputed(statement: str, abstract: str) -> None:
    source = Source(id="ref:1", abstract=abstract)
    judgement = BuiltInJudge().judge(Claim(text=statement), source)
    assert judgement.direction in {"supports", "neutral", "not checked"}
    assert judgement.reasons
    assert judgement.quote is None or judgement.quote in abstract_of(source)
