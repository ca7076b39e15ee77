"""A pattern that is tried only where it may match finds what it always found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language import assertion
from kb.language.gated import Gated

GATED = {name: value for name, value in vars(assertion).items() if isinstance(value, Gated)}
WORDS = st.sampled_from(
    """fails to|lack of|no longer|UNABLE TO|can't|won’t|not only|Not all|no doubt|more or less|lower back|help to|helps
    |reduce|studies|Trial|et al|meta-analysis|reported|up to|At Least|more than|about|as many as|some|≥|<|faıls
    |ſtudies|ſome|lacKs of|İ|knee|5 %|not yet|not the only|arms|sampled|estimated""".replace("\n", "").split("|")
)
TEXTS = st.text(max_size=60) | st.lists(WORDS, max_size=8).map(" ".join)


def test_there_are_some() -> None:
    assert len(GATED) > 5


@pytest.mark.parametrize("name", sorted(GATED))
@given(text=TEXTS)
def test_what_is_tried_first_hides_nothing(name: str, text: str) -> None:
    gated = GATED[name]
    pattern = re.compile(gated.pattern, re.IGNORECASE)
    assert gated.within(text) == bool(pattern.search(text))
    assert gated.replaced(" ⟨⟩ ", text) == pattern.sub(" ⟨⟩ ", text)
