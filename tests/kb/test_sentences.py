"""Sentences: where they end, and that nothing is lost between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.sentences import sentences

CASES = [
    ("It hurts. It lasts.", ["It hurts.", "It lasts."]),
    ("Smith et al. [1] found pain. It lasted.", ["Smith et al. [1] found pain.", "It lasted."]),
    ("This was shown by Roe et al. However, we doubt it.", ["This was shown by Roe et al.", "However, we doubt it."]),
    ("It took 20 min. Tests were clear.", ["It took 20 min.", "Tests were clear."]),
    ("We used F(1, 25) = 3.2 here. It was 4.5 mm.", ["We used F(1, 25) = 3.2 here.", "It was 4.5 mm."]),
    ("Pain eased (e.g. by heat). Sleep too.", ["Pain eased (e.g. by heat).", "Sleep too."]),
    ("Pain eased (p. 4, Fig. 2). Sleep too.", ["Pain eased (p. 4, Fig. 2).", "Sleep too."]),
    ("Pain eased. [2] Sleep improved. [3]", ["Pain eased. [2]", "Sleep improved. [3]"]),
    ("Pain eased. (Roe, 2010) Sleep improved.", ["Pain eased. (Roe, 2010)", "Sleep improved."]),
    ("It lowers LDL.1,2 However, few take it.", ["It lowers LDL.1,2", "However, few take it."]),
    ("Dr. J. A. Brown said “no.” Then he left.", ["Dr. J. A. Brown said “no.”", "Then he left."]),
    ("Does it hurt? Yes! It does.", ["Does it hurt?", "Yes!", "It does."]),
    ("Patients with hepatitis C. However, few.", ["Patients with hepatitis C.", "However, few."]),
    ("one line\nbroken in the\nmiddle. Second.", ["one line\nbroken in the\nmiddle.", "Second."]),
    ("2.2. Motor noise grows. It does.", ["2.2. Motor noise grows.", "It does."]),
    ("   Spaces around.   ", ["Spaces around."]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0][:30] for case in CASES])
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in sentences(text)] == expected


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_every_visible_character_lies_in_exactly_one_sentence(text: str) -> None:
    spans = sentences(text)
    inside = [index for span in spans for index in range(span.start, span.end)]
    assert len(inside) == len(set(inside))
    assert {index for index, ch in enumerate(text) if not ch.isspace()} <= set(inside)
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] for span in spans)
