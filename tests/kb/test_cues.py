"""Cues: which wordings ask for a source, and which do not."""

from __future__ import annotations

import pytest

from kb.language.cues import MEANING, cues
from kb.model import Signal

MUST: list[tuple[Signal, str]] = [
    ("number", "About 7% of adults wake at night."),
    ("number", "Only a small percentage of patients need an operation."),
    ("number", "One in three improves."),
    ("vague attribution", "Studies show that tea helps."),
    ("vague attribution", "Recent insights reveal a second cause."),
    ("vague attribution", "Doctors emphasize that rest matters."),
    ("vague attribution", "Research has also shown that rest matters."),
    ("vague attribution", "New research has expanded our view of the disease."),
    ("vague attribution", "It is widely known to calm the stomach."),
    ("vague attribution", "Current guidance recommends rest."),
    ("guideline", "Current clinical guidance recommends rest."),
    ("guideline", "Guidelines disagree on this."),
    ("guideline", "The WHO recommends daily walks."),
    ("cause", "Stress can trigger migraine."),
    ("cause", "This may also lead to stiffness."),
    ("cause", "The pain is caused by swelling."),
    ("cause", "When the nerve is squeezed, the foot may go numb."),
    ("benefit", "Walking improves sleep."),
    ("benefit", "Many people find relief through heat."),
    ("benefit", "The drug significantly reduced pain."),
    ("harm", "Nausea is a side effect."),
    ("harm", "Smoking increases the risk of stroke."),
    ("frequency", "Most patients recover."),
    ("frequency", "Back pain is very common."),
    ("frequency", "People with gout often wake at night."),
    ("comparison", "Heat works better than cold."),
    ("comparison", "The dose was halved compared with placebo."),
    ("course", "The pain can persist for years."),
    ("conclusion", "This proves that all patients should stop eating salt."),
    ("conclusion", "Clearly, every patient will get better."),
    ("conclusion", "That means nobody needs it, ever."),
    ("number", "Walking lowers the pressure by 8 mmHg."),
    ("number", "Zinc cuts the length of a cold by 2 days."),
    ("vague attribution", "It’s well known that zinc helps."),
    ("vague attribution", "A recent study in The Weekly Review found a link."),
    ("vague attribution", "Scientists have discovered a cure."),
    ("cause", "Salt raises blood pressure."),
    ("benefit", "Turmeric boosts the defences."),
    ("benefit", "Pain improved in 62% of those who took it."),
    ("benefit", "Cold packs halve the swelling of the knee."),
    ("cause", "Rest changes the shape of the joint."),
    ("comparison", "Surgery is the best option."),
    ("course", "A cold gets better by itself."),
    ("practice", "Surgery is reserved for severe cases."),
    ("practice", "Few people need an operation, and drugs are rarely necessary."),
]
MUST_NOT = [
    "The heart lies in the chest.",
    "Not every pain is alike.",
    "The sciatic nerve begins in the lower back.",
    "Thank you for reading.",
    "The editors review changes before all changes are merged.",
    "Tables and chairs stood in the room.",
    "The clinic was founded in 1998.",
    "Our next chapter is about sleep.",
    "She walked home.",
    "Bones are made of tissue.",
    "The knee has two menisci.",
    "Hales wrote about it in 1733.",
    "The ward is open from 9 am to 5 pm.",
    "Reach us at 020 7946 0018.",
    "Tickets are sold at £25.",
    "Studies 1-3 in the series came first.",
]


@pytest.mark.parametrize(("signal", "text"), MUST, ids=[f"{s}: {t[:30]}" for s, t in MUST])
def test_wording_that_asks(signal: Signal, text: str) -> None:
    found = {cue.signal: cue for cue in cues(text)}
    assert signal in found
    assert text[found[signal].start : found[signal].end].strip() == found[signal].text


@pytest.mark.parametrize("text", MUST_NOT)
def test_wording_that_does_not_ask(text: str) -> None:
    assert [cue.signal for cue in cues(text)] == []


def test_places_count_from_the_offset() -> None:
    assert next(cues("Walking improves sleep.", offset=100)).start >= 100


def test_every_signal_has_a_meaning_and_an_example() -> None:
    assert {signal for signal, _ in MUST} == set(MEANING)
