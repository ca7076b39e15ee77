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
    ("Such changes cause stiffness.", "Such"),
    ("Those effects fade.", "Those"),
    ("That is why rest matters.", "That"),
    ("This is why walking helps.", "This"),
    ("All of this weakens the bone.", "All of this"),
    ("Both of these reduce pain.", "Both of these"),
    ("As a consequence, the bone weakens.", "As a consequence"),
    ("The result is a stiff joint.", "The result is"),
    ("Thus, the muscle tires.", "Thus"),
    ("Hence the name.", "Hence"),
    ("Consequently, fewer people fall.", "Consequently"),
    ("Accordingly, the dose is halved.", "Accordingly"),
    ("For this reason, surgeons wait.", "For this reason"),
    ("Because of this, pain spreads.", "Because of this"),
    ("Due to this, pain spreads.", "Due to this"),
    ("In this way, the joint is spared.", "In this way"),
    ("It follows that rest helps.", "It follows"),
    ("If this happens, the foot may go numb.", "If this happens"),
    ("In other words, the nerve is squeezed.", "In other words"),
    ("Which is why rest matters.", "Which is why"),
    ("However, this can be treated.", "this"),
    ("THIS CAN LEAD TO STIFFNESS.", "THIS"),
    ("Th\u200bis can lead to stiffness.", "This"),
    ("These days, more people run.", None),
    ("This morning it rained.", None),
    ("That said, heat helps.", None),
    ("Those who run often get hurt.", None),
    ("That the drug works is plain.", None),
    ("Thus far nobody knows.", None),
    ("Such as it is.", None),
    ("The pain is due to this.", None),
    ("Thistle eases the liver.", None),
]
BEYOND = [
    ("This suggests that a range of treatments can help.", "One study found that cupping helped.", "generally"),
    ("This means that every patient recovers.", "One patient recovered after rest.", "generally"),
    ("This can lead to blindness in infants.", "The tea lowers blood sugar.", "does not say"),
    ("This shows that cupping eases pain.", "Cupping eased pain in a small trial.", None),
    ("Therefore, everyone should drink it.", "Tea lowered blood sugar in one trial.", "generally"),
    ("That is why all patients must rest.", "Rest helped two runners.", "generally"),
    ("As a result, fractures of the hip are rarer.", "Vitamin D raises calcium.", "does not say"),
    ("Hence walking eases pain.", "Walking eased pain in a small trial.", None),
    ("This improves sleep, and sleep improves mood.", "Walking improves sleep and mood.", None),
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
