"""The built-in judge: what it bears out, and everything before which it abstains."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.abstract import abstract_of
from kb.model import Direction, Extent, NumberCheck, Source, Span
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
        "most of the words",
        "Cupping therapy reduced sciatic pain of participants in Spanish hospitals.",
        RESULT,
        "supports",
        "whole",
    ),
    (
        "one of many things",
        "Cupping therapy, leeches, moxibustion and needling eased sciatic pain, such as that of herniated discs, and "
        "insomnia or vertigo.",
        RESULT,
        "supports",
        "part",
    ),
    ("another number", "Cupping therapy reduced sciatic pain in 76% of participants.", RESULT, "supports", "part"),
    (
        "a number that is not there",
        "Cupping therapy reduced sciatic pain with an odds ratio of 2.4 for participants.",
        RESULT,
        "supports",
        "part",
    ),
    (
        "a negation in the source",
        "Cupping therapy reduced sciatic pain in participants.",
        "Cupping therapy did not reduce sciatic pain in the participants.",
        "disputes",
        None,
    ),
    (
        "a more careful source",
        "Cupping therapy reduced sciatic pain in participants.",
        "Cupping therapy might have reduced sciatic pain in the participants.",
        "supports",
        "part",
    ),
    (
        "the opposite direction",
        "Cupping therapy increased sciatic pain in participants.",
        "Cupping therapy decreased sciatic pain in the participants.",
        "disputes",
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


def test_support_quotes_the_sentence_and_the_numbers_and_says_what_was_read() -> None:
    judgement = judge("Cupping therapy reduced sciatic pain, with relief in 67% of participants (Khan, 2016).")
    assert judgement.quote == RESULT
    assert judgement.numbers == (NumberCheck(stated="67%", found="67%", outcome="agrees"),)
    assert judgement.read == "abstract"
    assert judgement.reasons[0] == (
        "the closest sentence of the abstract holds nearly all of it; checked in the abstract only, by its words"
    )


def test_a_number_that_differs_is_said_flatly_and_is_to_be_checked_first() -> None:
    judgement = judge("Cupping therapy reduced sciatic pain in 76% of participants.")
    [check] = judgement.numbers
    assert (check.stated, check.found, check.outcome) == ("76%", "67%", "differs")
    assert [concern.kind for concern in judgement.concerns] == ["number differs"]
    assert any("76%" in reason and "67%" in reason for reason in judgement.reasons)
    assert judgement.doubt is not None
    assert judgement.doubt > 0.6
    assert judgement.quote == RESULT, "the closest sentence is shown to whoever looks it up"


def test_what_the_text_does_not_hold_is_named_as_the_author_wrote_it() -> None:
    judgement = judge("Cupping therapy reduced sciatic pain of participants in Spanish hospitals.")
    assert judgement.missing == ("Spanish", "hospitals")
    assert "the abstract says nothing of “Spanish” or “hospitals”" in judgement.reasons


def test_the_opposite_is_told_with_the_words_of_both() -> None:
    judgement = judge(
        "Cupping therapy increased sciatic pain in participants.",
        "Cupping therapy decreased sciatic pain in the participants.",
    )
    assert judgement.reasons[0] == "the closest sentence of the source says the opposite in nearly the same words"
    assert any("increased" in reason and "decreased" in reason for reason in judgement.reasons)


def test_only_the_words_before_its_own_marker_are_held_against_a_source() -> None:
    text = "Cupping therapy reduced sciatic pain in participants [1], while volcanoes ground aircraft in Iceland [2]."
    first, second = text.index("[1]"), text.index("[2]")
    spans = [Span(start=start, end=start + 3) for start in (first, second)]
    source = Source(id="ref:1", abstract=f"{BACKGROUND} {RESULT}")
    own = BuiltInJudge().judge(Claim(text=text, own=(spans[0],), others=(spans[1],), bundle=1), source)
    other = BuiltInJudge().judge(Claim(text=text, own=(spans[1],), others=(spans[0],), bundle=1), source)
    assert (own.direction, own.extent) == ("supports", "whole")
    assert other.direction == "not checked"
    assert "aircraft" in other.missing


def test_a_marker_that_names_several_sources_raises_the_doubt_and_is_told_apart_from_what_was_read() -> None:
    text = "Cupping therapy and moxibustion eased sciatic pain, insomnia, migraine and colic [1,2,3]."
    marker = (Span(start=text.index("["), end=text.index("]") + 1),)
    source = Source(id="ref:1", abstract=f"{BACKGROUND} {RESULT}")
    alone, bundled = (BuiltInJudge().judge(Claim(text=text, own=marker, bundle=bundle), source) for bundle in (1, 3))
    assert alone.doubt is not None
    assert bundled.doubt is not None
    assert alone.doubt < bundled.doubt
    assert (alone.quote, alone.missing) == (bundled.quote, bundled.missing)


def test_the_open_full_text_is_read_too() -> None:
    statement = "Cupping therapy left bruises in nine participants, which faded within a fortnight."
    said = "Bruises were seen in nine participants after cupping therapy and faded within a fortnight."
    abstract = f"{BACKGROUND} {RESULT}"
    short = BuiltInJudge().judge(Claim(text=statement), Source(id="ref:1", abstract=abstract))
    long = BuiltInJudge().judge(
        Claim(text=statement), Source(id="ref:1", abstract=abstract, full_text=f"Who took part was asked.\n{said}\n")
    )
    assert short.read == "abstract"
    assert (long.read, long.direction, long.quote) == ("full text", "supports", said)
    assert "abstract and open full text" in long.reasons[0]


def test_many_numbers_make_one_reason_of_bounded_length() -> None:
    stated = ", ".join(f"{number} mg" for number in range(11, 41))
    judgement = BuiltInJudge().judge(Claim(text=f"Doses were {stated} of the drug."), Source(id="ref:1"))
    assert judgement.reasons[1].startswith("the numbers 11 mg, 12 mg, 13 mg, 14 mg, 15 mg and 25 more were not checked")


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
def test_any_text_is_judged(statement: str, abstract: str) -> None:
    source = Source(id="ref:1", abstract=abstract)
    judgement = BuiltInJudge().judge(Claim(text=statement), source)
    assert judgement.reasons
    assert judgement.doubt is None or 0 < judgement.doubt < 1
    assert judgement.quote is None or judgement.quote in abstract_of(source)


OF_BENEFIT: list[tuple[str, str, str, Direction, Extent | None]] = [
    (
        "the same words with a denial, compared with the same",
        "Cupping therapy relieves sciatic pain better than rest in participants.",
        "Cupping therapy did not relieve sciatic pain better than rest in participants.",
        "disputes",
        None,
    ),
    (
        "a result of the very outcome that was not significant",
        "Cupping therapy significantly improves sleep in people with sciatica.",
        "Sleep did not differ significantly between cupping therapy and rest.",
        "disputes",
        None,
    ),
    (
        "the other outcome was not significant",
        "Cupping therapy significantly reduced sciatic pain.",
        "Cupping therapy significantly reduced sciatic pain. Sleep did not differ significantly.",
        "supports",
        "whole",
    ),
    (
        "what was compared, and nothing of what came of it",
        "Cupping therapy reduced sciatic pain in adults.",
        "We compared cupping therapy with rest for sciatic pain in adults.",
        "not checked",
        None,
    ),
    (
        "an outcome that the source does not mention",
        "Cupping therapy lowers mortality in adults with sciatica.",
        "Cupping therapy reduced sciatic pain in adults.",
        "not checked",
        None,
    ),
    (
        "little more than the treatment's name",
        "Cupping therapy strengthens the memory of healthy children.",
        "Cupping therapy reduced sciatic pain in adults.",
        "not checked",
        None,
    ),
]


@pytest.mark.parametrize(
    ("why", "statement", "result", "direction", "extent"), OF_BENEFIT, ids=[row[0] for row in OF_BENEFIT]
)
def test_what_a_treatment_does_must_be_told(
    why: str, statement: str, result: str, direction: Direction, extent: Extent | None
) -> None:
    background = "The sciatica of many people keeps them from work, and the adults among them were studied."
    source = Source(id="ref:1", title="Cupping for sciatica", abstract=f"{background} {result}")
    judgement = BuiltInJudge().judge(Claim(text=statement, kind="benefit", question="benefit"), source)
    assert (judgement.direction, judgement.extent) == (direction, extent), (why, judgement.reasons)
