"""What a sentence claims of an effect, and whether an abstract tells it so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.effect.claimed import Claimed, claimed
from kb.strength.judging.ways import told_way

CLAIMS = [
    ("Heat reduces knee pain in adults [3].", Claimed("Heat", "", "knee pain", "decreased")),
    ("Knee pain was reduced by heat compared with rest.", Claimed("heat", "rest", "Knee pain", "decreased")),
    ("Studies show that daily walking can improve mobility.", Claimed("daily walking", "", "mobility", "increased")),
    ("Tea does not reduce mortality in older adults.", Claimed("Tea", "", "mortality", "no significant difference")),
    ("Cold lowers swelling more than rest does.", Claimed("Cold", "rest does", "swelling more", "decreased")),
    ("The knee is a joint.", None),
    ("It improves colour.", None),
    ("", None),
]


@pytest.mark.parametrize(("sentence", "found"), CLAIMS)
def test_claims(sentence: str, found: Claimed | None) -> None:
    assert claimed(sentence) == found


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    claimed(text)


ABSTRACT = (
    "METHODS: We randomly assigned 120 adults with knee pain to heat or rest for four weeks. RESULTS: Knee pain was "
    "significantly lower in the heat group than in the rest group (P < 0.001). Stiffness did not differ between the "
    "groups (P = 0.71). CONCLUSIONS: Heat reduced knee pain."
)


@pytest.mark.parametrize(
    ("claim", "way", "kind"),
    [
        ("Heat reduces knee pain in adults.", "same", None),
        ("Heat increases knee pain in adults.", "other", "direction"),
        ("Heat reduces stiffness in adults.", "other", "significance"),
    ],
)
def test_the_way_that_an_abstract_tells(claim: str, way: str, kind: str | None) -> None:
    told = told_way(claim, "benefit", ABSTRACT)
    assert told is not None
    assert (told.way, told.concern.kind if told.concern else None) == (way, kind)


def test_of_other_questions_and_without_an_abstract_nothing_is_told() -> None:
    assert told_way("Heat reduces knee pain.", "prevalence", ABSTRACT) is None
    assert told_way("Heat reduces knee pain.", "benefit", "") is None


def test_more_people_whose_pain_improved_is_less_pain() -> None:
    told = told_way(
        "Pepper cream reduces knee pain in adults.",
        "benefit",
        "METHODS: We randomly assigned 300 adults to pepper cream or plain cream. RESULTS: Pain improved in 62% of the "
        "participants who used pepper cream and in 41% of those who used plain cream (risk ratio 1.51, 95% CI 1.27 to "
        "1.80, P < 0.001). CONCLUSIONS: Pepper cream relieves knee pain better than plain cream in adults.",
    )
    assert told is not None
    assert told.way != "other"
