"""Stance: framing and opinion, leaning on the sentence before, and going beyond it."""

from __future__ import annotations

import pytest

from kb.language.framing import framing
from kb.language.stance import goes_beyond, leans, own_work

FRAMING = [
    ("Does heat help?", "framing"),
    ("In this article, we’ll look at how heat reduces pain.", "framing"),
    ("Let's explore what causes gout.", "framing"),
    ("Further research will bring more clarity.", "opinion"),
    ("Larger trials are needed to confirm this.", "opinion"),
    ("We believe that heat helps.", "opinion"),
    ("Not all knee pain is created equal.", "framing"),
    ("Talk to your doctor about it.", "framing"),
    ("Heat reduces pain.", None),
    ("Research has shown that heat reduces pain.", None),
    ("Eat more fish, which cures most of it.", None),
    ("Hold your arm straight for 20 seconds.", "framing"),
    ("See a doctor early, because delay causes damage.", None),
    ("Not all patients recover: about 10 percent of them relapse within a year of treatment, and many die.", None),
]
LEANS = [
    ("This can lead to stiffness.", "This"),
    ("As a result, the knee may burn.", "As a result"),
    ("These exercises help.", "These"),
    ("Therefore, rest is best.", "Therefore"),
    ("That’s why rest matters.", "That"),
    ("So, this matters.", "this"),
    ("This article covers knees.", None),
    ("Heat helps.", None),
    ("In this case heat helps.", None),
]
BEYOND = [
    ("This suggests that a range of treatments can help.", "One study found that cupping helped.", "generally"),
    ("This means that every patient recovers.", "One patient recovered after rest.", "generally"),
    ("This can lead to blindness in infants.", "The tea lowers blood sugar.", "does not say"),
    ("This shows that cupping eases pain.", "Cupping eased pain in a small trial.", None),
    ("This means that the pain of cupping patients eased.", "In cupping patients the pain eased.", None),
]


@pytest.mark.parametrize(("text", "kind"), FRAMING)
def test_framing_and_opinion(text: str, kind: str | None) -> None:
    found = framing(text)
    assert (found[0] if found else None) == kind


@pytest.mark.parametrize(("text", "lead"), LEANS)
def test_leaning(text: str, lead: str | None) -> None:
    assert leans(text) == lead


@pytest.mark.parametrize(("text", "before", "words"), BEYOND)
def test_going_beyond(text: str, before: str, words: str | None) -> None:
    found = goes_beyond(text, before)
    assert (words in found) if words and found else found == words


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("We enrolled 40 adults.", True),
        ("The present study examined sleep.", True),
        ("Pain fell in both groups (Table 2).", True),
        ("Sleep disorders are common.", False),
    ],
)
def test_own_work(text: str, own: bool) -> None:
    assert own_work(text) is own
