"""A title is held against a pattern only where a hint of it stands: that must hide none that matches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.strength.design.languages import ELSEWHERE
from kb.strength.design.patterns import TITLE, Pattern


@pytest.mark.parametrize("pattern", (*TITLE, *ELSEWHERE), ids=lambda one: f"{one.design}: {one.regex.pattern[:20]}")
@given(data=st.data())
def test_a_hint_stands_in_whatever_matches(pattern: Pattern, data: st.DataObject) -> None:
    title = data.draw(st.from_regex(pattern.regex, alphabet=st.characters(codec="ascii")))
    assert pattern.regex.search(title)
    assert any(hint in title.lower() for hint in pattern.hints)
