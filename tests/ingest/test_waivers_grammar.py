"""What a waiver asks for, and what is said of one that is malformed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read import read_bytes
from ingest.read.remarks import LONGEST
from ingest.waivers.grammar import Asked, asked

WRITTEN = [
    ("one rule", 'allow ST001 reason="pilot"', Asked(rules=("ST001",), reason="pilot")),
    ("several", 'allow ST001, EV007 reason="pilot"', Asked(rules=("ST001", "EV007"), reason="pilot")),
    ("without commas", 'allow ST001 EV007 reason="pilot"', Asked(rules=("ST001", "EV007"), reason="pilot")),
    ("a name", 'allow vague-attribution reason="pilot"', Asked(rules=("vague-attribution",), reason="pilot")),
    ("a day first", 'allow until=2027-01-01 reason="a" ST001', Asked(rules=("ST001",), reason="a", until="2027-01-01")),
    ("a day in quotes", 'allow ST001 until="2027-01-01"', Asked(rules=("ST001",), until="2027-01-01")),
    ("single quotes", "allow ST001 reason='the author's word'", Asked(rules=("ST001",), reason="the author's word")),
    ("curly quotes", "allow ST001 reason=“as we said”", Asked(rules=("ST001",), reason="as we said")),
    ("curly quotes, both closing", "allow ST001 reason=”as we said”", Asked(rules=("ST001",), reason="as we said")),
    ("German quotes", "allow ST001 reason=„wie gesagt“", Asked(rules=("ST001",), reason="wie gesagt")),
    ("curly single quotes", "allow ST001 reason=‘it’s so’", Asked(rules=("ST001",), reason="it’s so")),
    (
        "quotes in quotes",
        "allow ST001 reason=\"we call it 'pilot'\"",
        Asked(rules=("ST001",), reason="we call it 'pilot'"),
    ),
    ("the whole file", 'ALLOW-FILE ST001 Reason = "pilot"', Asked(rules=("ST001",), reason="pilot", whole=True)),
    ("no reason", "allow ST001", Asked(rules=("ST001",))),
    ("an empty reason", 'allow ST001 reason=" "', Asked(rules=("ST001",))),
]

MALFORMED = [
    ("", "nothing stands behind kb:"),
    ("alow ST001", 'did you mean "allow"'),
    ("allow-fil ST001", 'did you mean "allow-file"'),
    ("ignore ST001", "is no word of a waiver"),
    ("allow", "names no rule"),
    ('allow reason="pilot"', "names no rule"),
    ('allow ST001 reson="pilot"', 'did you mean "reason"'),
    ("allow ST001 untill=2027-01-01", 'did you mean "until"'),
    ('allow ST001 reason="pilot', "is never closed"),
    ("allow ST001 reason=“pilot", "is never closed"),
    ('allow ST001 reason="pilot"until=2027-01-01', "words stand right behind it"),
    ("allow ST001 reason=pilot", "has no quotation marks"),
    ("allow ST001 reason=", "nothing stands behind reason="),
    ('allow ST001 reason "pilot"', "needs an equals sign"),
    ('allow ST001 reason: "pilot"', "needs an equals sign"),
    ("allow ST001 until=2027-13-01", "is no day"),
    ("allow ST001 until=20270101", "is no day"),
    ("allow ST001 until=soon", "is no day"),
    ('allow ST001 reason="a" reason="b"', "twice"),
    ('allow ST001 reason="a" <!--', "is not understood"),
    (f'allow ST001 reason="{"a" * LONGEST}"', "longer than"),
]


@pytest.mark.parametrize(("written", "expected"), [case[1:] for case in WRITTEN], ids=[case[0] for case in WRITTEN])
def test_a_waiver_is_read(written: str, expected: Asked) -> None:
    assert asked(f"kb: {written}") == expected


@pytest.mark.parametrize(("written", "problem"), MALFORMED)
def test_what_is_wrong_is_said(written: str, problem: str) -> None:
    assert problem in asked(f"kb: {written}").problem


PIECES = [
    "allow ",
    "allow-file ",
    "ST001",
    ", ",
    "reason=",
    "until=",
    '"',
    "'",
    "“",
    "”",
    "’",
    "=",
    "2027-01-01",
    "a ",
    "\n",
]


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)))
def test_whatever_is_written_is_understood_or_told_of(written: str) -> None:
    told = asked(f"kb:{written}")
    assert told.problem or told.rules
    assert told.problem.isprintable()


def test_the_waivers_of_the_documentation_are_read_and_are_none_themselves() -> None:
    document = Path(__file__).resolve().parents[2] / "docs" / "linter.md"
    text = document.read_text("utf-8")
    written = re.findall(r'kb: allow (?:ST|CI|RE|SO|EV)[^`\n]*?reason="[^"]*"(?: until=\S+)?', text)
    assert len(written) >= 5
    assert [asked(one).problem for one in written] == [""] * len(written)
    assert read_bytes(document.read_bytes(), "linter.md").remarks == ()


@given(st.text(st.characters(codec="utf-8", exclude_characters='"\\'), max_size=60))
def test_a_reason_in_straight_quotes_is_kept_as_it_is(reason: str) -> None:
    assert asked(f'kb: allow ST001 reason="{reason}"').reason == " ".join(reason.split())
