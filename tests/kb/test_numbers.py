"""The numbers of a statement against those of a source: which agree, which differ, which are not found, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.quantities import quantities
from kb.strength.numbers import MOST_STATED, compare
from tests.costs import assert_within

SOURCE = (
    "We gave 120 adults with sciatica massage or rest for 8 weeks. Pain improved in 66.7% of those in the massage "
    "group and in 30% of those at rest (OR 3.9, 95% CI 1.8 to 8.3; p < 0.001). Mean leg pain fell from 60 mm to 30 mm "
    "with massage. Both groups took 0.5 g of paracetamol twice daily. Of the 60 adults at rest, 15 dropped out. Rooms "
    "were at 22.5 °C. Nausea was seen in 5 to 10% of adults. Sleep was better by 1.2 points (SD 0.4) after massage "
    "(p = 0.03). Most nurses were kind."
)
IN_GROUP = "of those in the massage group"

OUTCOMES: list[tuple[str, list[str]]] = [
    (f"Pain improved in 66.7% {IN_GROUP}.", ["agrees"]),
    (f"Pain improved in 75% {IN_GROUP}.", ["differs"]),
    (f"Pain improved in 66.7% {IN_GROUP} and in 40% of those at rest.", ["agrees", "differs"]),
    (f"Pain improved in 30% {IN_GROUP} and in 66.7% of those at rest.", ["differs", "differs"]),
    (f"Pain improved in more than half {IN_GROUP}.", ["agrees"]),
    (f"Pain improved in over 80% {IN_GROUP}.", ["differs"]),
    (f"Pain improved in at most 50% {IN_GROUP}.", ["differs"]),
    ("Swimming helps 75% of children with asthma.", ["not found"]),
    ("Massage relieves pain.", []),
    ("We gave 150 adults with sciatica massage or rest for 8 weeks.", ["differs", "agrees"]),
    ("We gave 120 adults with sciatica massage or rest for six months.", ["agrees", "differs"]),
    ("Massage for six months is what most people with sciatica want.", ["not found", "not found"]),
    ("Both groups took 0.5 mg of paracetamol twice daily.", ["differs", "agrees"]),
    ("Both groups took 1 g of paracetamol twice daily.", ["differs", "agrees"]),
    ("Both groups took 0.5 ml of paracetamol twice daily.", ["differs", "agrees"]),
    ("Rooms were at 72.5 °F.", ["agrees"]),
    ("Rooms were at 80 °F.", ["differs"]),
    ("Pain improved with massage (OR 3.9).", ["agrees"]),
    ("Pain improved in the massage group and at rest (RR 3.9).", ["differs"]),
    ("Pain improved with massage (OR 3.9, 95% CI 0.8 to 8.3).", ["differs"]),
    ("Pain improved with massage (OR 3.9, 99% CI 1.8 to 8.3).", ["differs"]),
    ("Sleep was better by 1.2 points (SD 0.9) after massage.", ["differs"]),
    ("Sleep was better by 1.2 points after massage (p < 0.05).", ["agrees", "agrees"]),
    ("Sleep was better by 1.2 points after massage (p < 0.01).", ["agrees", "differs"]),
    ("Sleep was better by 1.2 points after massage (p = 0.3).", ["agrees", "differs"]),
    ("Nausea was seen in 7% of adults.", ["not found"]),
    ("Nausea was seen in up to 10% of adults.", ["agrees"]),
    ("Nausea was seen in 15% of adults.", ["differs"]),
    ("Mean leg pain fell from 60 mm to 20 mm with massage.", ["agrees", "differs"]),
    ("Massage cut mean leg pain by 30 mm.", ["agrees"]),
    ("Most adults at rest had less pain.", ["not found"]),
]


@pytest.mark.parametrize(("claim", "outcomes"), OUTCOMES)
def test_outcomes(claim: str, outcomes: list[str]) -> None:
    assert [check.outcome for check in compare(claim, SOURCE)] == outcomes


REASONS: list[tuple[str, str, str, str]] = [
    (f"Pain improved in 67% {IN_GROUP}.", "agrees", "66.7%", "rounded from 66.7%"),
    (f"Pain improved in 66% {IN_GROUP}.", "agrees", "66.7%", "cut off, not rounded, from 66.7%"),
    (f"Pain improved in two-thirds {IN_GROUP}.", "agrees", "66.7%", "66.7% are two-thirds"),
    (f"Pain did not improve in 33% {IN_GROUP}.", "agrees", "66.7%", "the complement: the source gives 66.7%"),
    (f"Pain improved in 33.3% {IN_GROUP}.", "differs", "66.7%", "the source gives 66.7% for the same"),
    (f"Pain did not improve in 66.7% {IN_GROUP}.", "not found", "", "the source gives 66.7% for the opposite"),
    (f"Pain improved in 66.67% {IN_GROUP}.", "not found", "", "the source gives 66.7%, less exactly"),
    ("Massage of adults with sciatica went on for two months.", "agrees", "8 weeks", "8 weeks are two months"),
    ("Paracetamol was taken by both groups: 500 mg.", "agrees", "0.5 g", "0.5 g are 500 mg"),
    ("Massage cut mean leg pain by 50%.", "agrees", "60 mm to 30 mm", "from 60 mm to 30 mm is a change of 50%"),
    ("A quarter of the adults at rest dropped out.", "agrees", "15", "15 of 60 adults are a quarter"),
    ("Most adults got well with massage.", "not found", "", "how much that is needs a reader"),
    ("It costs 12 euros an hour, or 30 km by car.", "not found", "", "no number of this kind there"),
]


@pytest.mark.parametrize(("claim", "outcome", "found", "why"), REASONS)
def test_reasons(claim: str, outcome: str, found: str, why: str) -> None:
    check = compare(claim, SOURCE)[-1]
    assert (check.outcome, check.found or "") == (outcome, found)
    assert check.why.startswith(why)


PAIRS: list[tuple[str, str, str]] = [
    ("Most patients with gout got well.", "Of patients with gout, 83% got well.", "agrees"),
    ("Most patients with gout got well.", "Of patients with gout, 23% got well.", "not found"),
    ("Gout came back in 25% of the men.", "Gout came back in 12 of 48 men.", "agrees"),
    ("Gout came back in 12 of 48 men.", "Gout came back in 25% of the men.", "agrees"),
    ("Gout came back in 35% of the men.", "Gout came back in 12 of 48 men.", "differs"),
    ("The drug lowered urate by 3.2 mg/dl.", "The drug changed urate by −3.2 mg/dl.", "agrees"),
    ("Gout is seen in 3 per 1,000 adults.", "Gout is seen in 0.3% of adults.", "agrees"),
    ("About 1,000 adults with gout were asked.", "In all, 1,012 adults with gout were asked.", "agrees"),
    ("In all, 912 adults with gout were asked.", "In all, 1,012 adults with gout were asked.", "differs"),
    ("Deaths from gout: 20% died in the ward.", "Gout ward: 80% survived in the ward.", "agrees"),
    ("Urate rose by 5 percentage points.", "Urate rose from 10% to 15%.", "agrees"),
    ("The gout trial lasted 48 months.", "The gout trial lasted four years.", "agrees"),
    ("The gout trial lasted 5 years.", "The gout trial lasted four years.", "differs"),
    ("Urate in gout was 5.0 to 7.0 mg/dl.", "Urate in gout was 5.0 mg/dl at night, 7.0 mg/dl by day.", "agrees"),
]


@pytest.mark.parametrize(("claim", "text", "outcome"), PAIRS)
def test_pairs(claim: str, text: str, outcome: str) -> None:
    assert [check.outcome for check in compare(claim, text)] == [outcome]


def test_a_number_of_another_result_is_not_held_against_the_claim() -> None:
    text = (
        "Ventilation was needed less often with the drug than with placebo (13% vs. 23%). Among those without oxygen, "
        "a high flow was needed less often with the drug than with placebo (17% vs. 24%)."
    )
    claim = "Ventilation or high flow by day 15 was rarer with the drug than in the placebo group (7.8% vs. 13.8%)."
    assert {check.outcome for check in compare(claim, text)} == {"not found"}


def test_every_number_of_a_claim_is_answered_for() -> None:
    claim = "It hurt at " + ", ".join(f"{number} mm" for number in range(10, 10 + MOST_STATED + 5)) + "."
    checks = compare(claim, claim)
    assert len(checks) == MOST_STATED + 5
    assert [check.outcome for check in checks[:MOST_STATED]] == ["agrees"] * MOST_STATED
    assert {check.why for check in checks[MOST_STATED:]} == {
        f"only the first {MOST_STATED} numbers of a statement are compared"
    }


PIECES = st.sampled_from(
    "0 1 12 1,200 .5 ½ % mg g weeks months patients of in per from to by about over not and half a third most OR 95% "
    "CI ( ) , . < ≥ = p n ± − × 10^6 pain fell improved the group °C °F 3/12 2:0".split()
)
WORDS = st.lists(PIECES, max_size=30).map(" ".join)


@given(WORDS, WORDS)
def test_any_words_are_answered_for(claim: str, text: str) -> None:
    checks = compare(claim, text)
    assert [check.stated for check in checks] == [
        " ".join(claim[one.start : one.end].split()) for one in quantities(claim)
    ]
    assert all((check.found is None) == (check.outcome == "not found") for check in checks)
    assert all(check.why for check in checks if check.outcome != "agrees")


@given(WORDS)
def test_a_text_never_differs_from_itself(text: str) -> None:
    assert "differs" not in {check.outcome for check in compare(text, text)}


@pytest.mark.parametrize(
    "piece",
    [
        "1% ",
        "67% not well and 12 of 48 ",
        "pain fell by 50% from 40% to 20% ",
        "12 weeks pain. ",
        "p < 0.05 (",
        "from to ",
    ],
)
def test_time_is_bounded(piece: str) -> None:
    assert_within(8, lambda: compare(piece * 20_000, piece * 20_000))
