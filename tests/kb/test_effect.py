"""Which way an outcome went, as an abstract tells it: the deciding sentence, the way by arm, and odd input."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.language.effect import WEIGHTS, effect_of, loaded
from kb.language.effect.outcomes import pole
from kb.language.effect.places import places
from kb.language.effect.terms import arms, short_forms, target
from tests.costs import assert_grows_little

ABSTRACT = """Background: Heat is often used for stiff knees. Methods: We randomly assigned 80 adults to heat or a
sham pad. Pain, sleep and walking distance were measured after four weeks. Results: Pain was
significantly lower with heat than with sham (3.1 vs 4.5, p = 0.01). Sleep did not differ between
the groups (p = 0.40). Walking distance was greater in the heat group than in the sham group (310 m
versus 250 m, p < 0.001), while the incidence of skin burns was higher with heat (12% vs 2%, p =
0.03). Use of painkillers fell with heat, but this difference was not significant (p = 0.20).
Stiffness was improved by heat compared with sham (p = 0.004). Conclusion: Heat eases pain."""
TEXT = ABSTRACT.replace("\n", " ")

ANSWERS = (
    ("pain", "decreased", "Results: Pain was"),
    ("sleep", "no significant difference", "Sleep did not"),
    ("walking distance", "increased", "Walking distance was"),
    ("incidence of skin burns", "increased", "Walking distance was"),
    ("use of painkillers", "no significant difference", "Use of"),
    ("stiffness", "decreased", "Stiffness was"),
)


@pytest.mark.parametrize(("outcome", "direction", "sentence"), ANSWERS)
def test_each_outcome_is_answered_by_the_sentence_that_reports_it(outcome: str, direction: str, sentence: str) -> None:
    found = effect_of("heat", "sham", outcome, TEXT)
    assert found.direction == direction
    assert found.sentence is not None
    assert TEXT[found.sentence.start : found.sentence.end].startswith(sentence)
    assert 0.5 < found.confidence <= 1


@pytest.mark.parametrize(("outcome", "direction"), [("pain", "increased"), ("walking distance", "decreased")])
def test_asked_the_other_way_round_the_answer_turns(outcome: str, direction: str) -> None:
    assert effect_of("sham", "heat", outcome, TEXT).direction == direction


def test_the_cues_are_the_words_and_numbers_with_what_they_were_taken_for() -> None:
    cues = effect_of("heat", "sham", "pain", TEXT).cues
    assert "“lower”: less under the intervention" in cues
    assert "“3.1 vs 4.5”: less under the intervention" in cues
    assert "“p = 0.01”: p-value up to 0.05" in cues


SENTENCES = (
    ("zinc", "placebo", "colds", "There were fewer colds with zinc than with placebo (p = 0.02).", "decreased"),
    (
        "zinc",
        "placebo",
        "colds",
        "Colds were as frequent with zinc as with placebo (p = 0.7).",
        "no significant difference",
    ),
    (
        "zinc",
        "placebo",
        "duration of colds",
        "The duration of colds was 6.1 days in the placebo group and 4.2 days in the zinc group (p = 0.01).",
        "decreased",
    ),
    ("zinc", "placebo", "death", "The risk of death was lower (HR 0.60, 95% CI 0.40 to 0.90) with zinc.", "decreased"),
    (
        "zinc",
        "placebo",
        "death",
        "The odds ratio of death was 0.95 (95% CI 0.70 to 1.30) for zinc.",
        "no significant difference",
    ),
    (
        "zinc",
        "placebo",
        "pain",
        "Pain improved in both groups, with no significant difference between groups.",
        "no significant difference",
    ),
    ("zinc", "placebo", "quality of life", "Zinc significantly improved quality of life (p < 0.01).", "increased"),
    (
        "zinc",
        "placebo",
        "depression",
        "Zinc significantly improved depression against placebo (p < 0.01).",
        "decreased",
    ),
    (
        "zinc lozenges (Group A)",
        "placebo (Group B)",
        "cough",
        "Cough was significantly more frequent in group B than in group A (p = 0.003).",
        "decreased",
    ),
)


@pytest.mark.parametrize(("intervention", "comparator", "outcome", "text", "direction"), SENTENCES)
def test_one_sentence_is_read(intervention: str, comparator: str, outcome: str, text: str, direction: str) -> None:
    assert effect_of(intervention, comparator, outcome, text).direction == direction


def test_short_forms_stand_for_what_they_spell_out() -> None:
    text = "We measured forced vital capacity (FVC). FVC rose with salbutamol (p = 0.01)."
    assert short_forms(text)["fvc"] == frozenset({"forc", "vital", "capacit"})
    asked = target("forced vital capacity", text)
    assert asked.short["fvc"] >= {"forc", "vital", "capacit"}
    assert asked.head == "capacit"
    found = effect_of("salbutamol", "placebo", "forced vital capacity", text)
    assert found.direction == "increased"


def test_the_names_of_groups_are_learnt_from_the_text() -> None:
    text = "Patients took oral zinc (group A) or a dummy tablet (group B). Colds were rarer in group A."
    sides = arms("oral zinc", "dummy tablet", text)
    assert sides.of(["a"]) > 0 > sides.of(["b"])
    assert sides.of(["non-zinc"]) < 0 < sides.of(["zinc"])
    assert sides.of(["colds"]) == 0


def test_a_word_that_both_arms_share_names_neither() -> None:
    sides = arms("aspirin plus heparin", "heparin", "")
    assert sides.of(["heparin"]) == 0
    assert sides.of(["aspirin"]) > 0 > sides.of(["placebo"])


@pytest.mark.parametrize(
    ("words", "good"), [("pain score", -1), ("walking score", 1), ("quality of life", 1), ("plasma colour", 0)]
)
def test_whether_more_is_good_goes_by_the_name_of_the_outcome(words: str, good: int) -> None:
    assert pole(words.split()) == good


def test_sections_are_known_by_headings_and_by_labels_in_the_line() -> None:
    with_lines = (
        "TITLE:\nHeat for knees\n\nABSTRACT.RESULTS::\nPain fell. Sleep rose.\n\nABSTRACT.CONCLUSION:\nHeat helps.\n"
    )
    assert [place.section for place in places(with_lines)] == ["title", "results", "results", "conclusion"]
    in_line = "Background Heat is old. Results: Pain fell. It rose later. CONCLUSIONS Heat helps."
    assert [place.section for place in places(in_line)] == ["aim", "results", "results", "conclusion"]
    for place in places(with_lines):
        assert with_lines[place.start : place.end].strip() == with_lines[place.start : place.end]


@pytest.mark.parametrize("text", ["", "   \n ", "TITLE:\n"])
def test_a_text_without_a_sentence_decides_nothing(text: str) -> None:
    found = effect_of("heat", "sham", "pain", text)
    assert (found.sentence, found.confidence, found.cues) == (None, 0.0, ())


@settings(max_examples=60, deadline=None)
@given(*[st.text(max_size=80)] * 3, st.text(max_size=400))
def test_nothing_that_is_given_breaks_it(intervention: str, comparator: str, outcome: str, text: str) -> None:
    found = effect_of(intervention, comparator, outcome, text)
    assert 0 <= found.confidence <= 1
    if found.sentence:
        assert 0 <= found.sentence.start < found.sentence.end <= len(text)


HOSTILE = (
    "lower than ",
    "p ",
    "1.0 ",
    "from 1 ",
    "(A",
    "group A ",
    "no ",
    "95% CI 1 ",
    "İ",
    "a-",
    "12 vs ",
    "ABSTRACT.",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_text_ten_times_as_long_takes_little_more_than_ten_times_as_long(piece: str) -> None:
    assert_grows_little(
        lambda count: partial(effect_of, "heat", "sham", "pain of group A", piece * count),
        2_000,
        20_000,
        factor=60,
        at_least=0.5,
    )


def test_the_file_of_weights_names_its_data_and_is_small() -> None:
    weights = loaded()
    assert weights.licence == "MIT"
    assert "effect-direction" in weights.data
    assert weights.scores["macro-F1"] >= 0.72
    assert WEIGHTS.stat().st_size <= 30_000


def test_on_real_questions_the_shipped_weights_do_what_their_file_says(shared: Path) -> None:
    lines = (shared / "data/effect-direction/claims.jsonl").read_text(encoding="utf-8").splitlines()[::4]
    right = 0
    for line in lines:
        row = json.loads(line)
        found = effect_of(row["intervention"], row["comparator"], row["outcome"], row["abstract"])
        right += row["label"].endswith(found.direction)
    assert right / len(lines) > 0.75
