"""Folding is quick because it looks at one character at a time: it must come to what folding the whole text does."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.folding import fold
from tests.costs import assert_within

LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
TRICKY = st.sampled_from(
    "a e Z ß ı İ ſ ﬁ ① é e\u0301 \u0327 \u0301\u0323 ’ ' ʼ _ - . 각 ᄀ ᅡ ¹ ½ Å ๓ ་ \u0344".split(" ")
)


def whole(text: str) -> str:
    """The definition: marks dropped, taken apart by NFKD, marks dropped again, letters and apostrophes, words alone."""
    bare = "".join(one for one in text if not unicodedata.combining(one))
    apart = "".join(one for one in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(one))
    plain = "".join(LETTERS.get(one, one) for one in apart.casefold())
    return re.sub(r"[\W_]+", " ", re.sub(r"(?<=\w)[’'ʼ](?=\w)", "", plain)).strip()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("O’Brien & Müller-Lüdenscheidt", "obrien muller ludenscheidt"),
        ("  Don't_stop: Ærø, ŁÓDŹ ", "dont stop aero lodz"),
        ("ﬁve µg of vitamin B₁₂", "five μg of vitamin b12"),
        ("'quoted'", "quoted"),
        ("\u0301\u0327", ""),
    ],
)
def test_words_alone(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=200) | st.lists(TRICKY, max_size=30).map("".join))
def test_one_character_at_a_time_is_the_whole_text_at_once(text: str) -> None:
    assert fold(text) == whole(text)


@given(st.text(max_size=200))
def test_what_is_folded_stays(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_row_of_marks_takes_no_time() -> None:
    def job() -> None:
        assert fold("e" + "\u0301\u0323" * 200_000) == "e"

    assert_within(2, job)
