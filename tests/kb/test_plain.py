"""Text as it is matched, and the way back to the text as written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.cues import cues
from kb.language.plain import plain


@pytest.mark.parametrize(
    ("written", "matched"),
    [
        ("Studies SHOW", "studies show"),
        ("Stu\u200bdies show", "studies show"),
        ("stud\u202eies\u202c show", "studies show"),
        ("bene\ufb01ts", "benefits"),
        ("im\u00adproves", "improves"),
        ("it’s", "it's"),
        ("two   blanks", "two blanks"),
        ("\uff53\uff48\uff4f\uff57", "show"),
        ("İ is one letter", "i is one letter"),
        ("", ""),
    ],
)
def test_what_is_matched(written: str, matched: str) -> None:
    assert plain(written).lower == matched


def test_a_passage_leads_back_to_the_words_as_written() -> None:
    written = "Many stu\u200bdies  show bene\ufb01ts."
    found = plain(written)
    at = found.lower.index("studies")
    start, end = found.span(at, at + len("studies"))
    assert written[start:end] == "stu\u200bdies"
    at = found.lower.index("benefits")
    start, end = found.span(at, at + len("benefits"))
    assert written[start:end] == "bene\ufb01ts"


@given(st.text(alphabet="ab\u200b\u00ad \n\ufb01İ’\u202e", max_size=40), st.data())
def test_places_lie_within_the_text_and_in_order(written: str, data: st.DataObject) -> None:
    found = plain(written)
    assert len(found.lower) == len(found.text)
    if not found.text:
        return
    start = data.draw(st.integers(0, len(found.text) - 1))
    end = data.draw(st.integers(start + 1, len(found.text)))
    low, high = found.span(start, end)
    assert 0 <= low < high <= len(written)


def test_nothing_invisible_hides_a_cue() -> None:
    text = "\u202eStu\u200bdies sh\u2060ow  that 4\u200b0\u00ad% of pa\u00adtients recover."
    found = {cue.signal: text[cue.start : cue.end] for cue in cues(text)}
    assert found["vague attribution"] == "Stu\u200bdies sh\u2060ow"
    assert "number" in found
