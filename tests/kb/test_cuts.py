"""A text without some passages, and the way back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.language.cuts import Cuts
from kb.language.sentences import sentences

PIECES = st.lists(st.tuples(st.text("ab ", max_size=4), st.text("xy", max_size=3)), max_size=8)


@given(PIECES)
def test_every_character_that_is_left_is_found_again(pieces: list[tuple[str, str]]) -> None:
    text, passages = "", []
    for kept, dropped in pieces:
        text += kept
        passages.append((len(text), len(text) + len(dropped)))
        text += dropped
    cuts = Cuts(text, passages)
    assert cuts.text == "".join(kept for kept, _ in pieces)
    places = [cuts.back(at, at + 1) for at in range(len(cuts.text))]
    assert "".join(text[start:end] for start, end in places) == cuts.text
    assert places == sorted(set(places))


def test_a_passage_goes_from_its_first_character_to_its_last() -> None:
    cuts = Cuts("Heat (so) helps (it is said) people.", [(5, 10), (16, 29)])
    assert cuts.text == "Heat helps people."
    assert cuts.back(0, 10) == (0, 15)
    assert cuts.back(5, 17) == (10, 35)
    assert cuts.back(5, 5) == (10, 10)


def test_a_wide_gap_between_a_sentence_and_its_citation_divides_no_more_than_a_space() -> None:
    for gap in (" ", " " * 40, "\n" + " " * 30 + "\n"):
        text = f"Tests were clear.{gap}[2] Pain lasted.{gap}It went."
        assert [" ".join(text[one.start : one.end].split()) for one in sentences(text)] == [
            "Tests were clear. [2]",
            "Pain lasted.",
            "It went.",
        ]
