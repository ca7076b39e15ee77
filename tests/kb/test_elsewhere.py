"""What other articles assert against an article: the same contradictions as by comparing all with all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.folding import fold
from kb.model import Kind
from kb.questions.asserted import Said
from kb.questions.claims import claims
from kb.questions.elsewhere import Others
from tests.ruled import telling


def said(article: str, name: str, text: str, kind: Kind = "benefit", leans_on: str | None = None) -> Said:
    return Said(article, name, 1, text, fold(text), kind, leans_on, "unsupported", ())


ELSEWHERE = [
    said("b.md", "b1", "Rest does not ease sore knees in adults."),
    said("b.md", "b2", "Coffee lowers blood pressure."),
    said("c.md", "c1", "Sciatica affects 40% of adults."),
    said("c.md", "c2", "We think that tea does not ease sore knees.", kind="opinion"),
    said("a.md", "a1", "Coffee lowers blood pressure in the evening."),
]
ROWS = [
    ("Rest eases sore knees in adults.", "b.md"),
    ("Coffee raises blood pressure.", "b.md"),
    ("Sciatica affects 5% of adults.", "c.md"),
    ("Coffee lowers blood pressure.", None),
    ("Coffee raises blood sugar.", None),
    ("Rest eases sore hips in adults.", None),
    ("Coffee raises blood pressure in the evening.", None),
]


@pytest.mark.parametrize(("text", "article"), ROWS, ids=[text for text, _ in ROWS])
def test_who_contradicts(text: str, article: str | None) -> None:
    found = Others(ELSEWHERE).against("a.md", telling(text).statements)
    assert [one.other.article for one in found] == ([article] if article else [])
    assert all(one.statement == "s1" and one.why for one in found)


def test_who_says_the_same_does_not_contradict() -> None:
    found = Others(ELSEWHERE).against(
        "d.md", telling("Coffee lowers blood pressure.", "Coffee raises blood pressure.").statements
    )
    assert [(one.statement, one.other.id) for one in found] == [("s2", "b2")]


def test_an_article_does_not_contradict_its_own_former_state() -> None:
    assert Others(ELSEWHERE).against("b.md", telling("Rest eases sore knees in adults.").statements) == ()


def test_nothing_is_known_of_others() -> None:
    assert Others([]).against("a.md", telling("Rest eases sore knees.").statements) == ()


SUBJECTS, VERBS, OBJECTS = (
    ("heat", "cold rest", "green tea"),
    ("eases", "does not ease", "raises", "lowers"),
    (
        "sore knees",
        "blood pressure in adults",
        "blood pressure",
    ),
)
SENTENCES = st.builds(
    lambda one, two, three: f"{one.capitalize()} {two} {three}.",
    st.sampled_from(SUBJECTS),
    st.sampled_from(VERBS),
    st.sampled_from(OBJECTS),
)


@given(SENTENCES, st.lists(SENTENCES, max_size=6))
def test_nothing_is_missed(own: str, theirs: list[str]) -> None:
    found = Others([said("b.md", f"b{place}", text) for place, text in enumerate(theirs)])
    expected = any(how.how == "contradicts" for text in theirs for _, _, how in claims([own, text]).pairs)
    assert bool(found.against("a.md", telling(own).statements)) == expected
