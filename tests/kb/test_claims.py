"""Sentences that assert the same, found among very many: nothing is lost by looking at the gist first."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.assertion import read_assertion
from kb.language.comparison import compare
from kb.language.folding import fold
from kb.language.gist import NEVER_MORE, Gist, Gists
from kb.questions.claims import claims
from kb.questions.nested import nested
from tests.costs import assert_within

FEW = tuple("abcdefgh")
SETS = st.lists(st.tuples(st.frozensets(st.sampled_from(FEW)), st.integers(0, 4)), max_size=25)


@given(SETS, st.frozensets(st.sampled_from(FEW), max_size=2))
def test_nested_sets_are_those_that_comparing_each_with_each_finds(
    drawn: list[tuple[frozenset[str], int]], never: frozenset[str]
) -> None:
    more = {tuple(sorted(each)): extra for each, extra in drawn}
    sets = tuple(more)
    expected = {
        (one, other)
        for one, small in enumerate(sets)
        for other, great in enumerate(sets)
        if set(small) < set(great) and len(great) - len(small) <= more[great] and never.isdisjoint({*great} - {*small})
    }
    found = list(nested(sets, [more[each] for each in sets], never))
    assert set(found) == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Walking eases sore knees.", "knee|sore|walk|±1"),
        ("Studies have shown [3] that walking eases sore knees (Roe, 2010).", "knee|sore|walk|±1"),
        ("Walking does not fail to ease sore knees [3–5, 9].", "knee|sore|walk|±1"),
        ("In 40% of 120 frail patients, walking eased sore knees¹².", "knee|sore|walk|±1"),
        ("In patients [4], walking eased sore knees [2] in adults [7].", "adult|knee|peopl|sore|walk|±1"),
        ("Walking for three weeks eases sore knees.", "3 week|knee|sore|walk|±1"),
        ("Walking for 3.5 weeks, or 4–6 weeks, eases sore knees.", "knee|sore|walk|±1"),
        # A marker at the end is no claim that studies could have shown.
        ("Studies have shown that heat studies have shown that [3]", "heat|shown|stud"),
        ("Sore knees are usually eased by walking.", "knee|sore|walk|±1"),
        ("The lower back is no longer sore, more or less.", "back|sore"),
        ("In vitamin B12 and 5-HT1A", "vitam"),
        ("Walking eases sore knees in about 40% of adults [12, 3].", "40|knee|sore|walk|±1"),
        ("About 40% of adults in whom walking eases sore knees []", "40|knee|sore|walk|±1"),
        ("", ""),
    ],
)
def test_the_gist_is_what_any_wording_of_the_claim_holds(text: str, words: str) -> None:
    assert Gists().gist(text).words == tuple(filter(None, words.split("|")))


# No nouns that numbers count: behind a number they are not in the gist, as its docstring says.
PIECES = st.sampled_from(
    """heat|cold|walking|regular|knees|swollen ankles|pain|the nerve|not|never|fails to|reduces|increases|often
    |40%|5–10%|in 12 patients|one in four|twice|3 mg|may|without|of|in|and|by|is eased by|are often caused by|that
    |Studies have shown that|It is well known [4] that|[3]|(Roe, 2010)|[@roe2010]|²|lower back|helps to reduce|knee³
    |doesn’t|no longer|not only|in a kidney|of renal origin|vitamin B12|, however,""".replace("\n    ", "").split("|")
)
DRAWN = st.lists(PIECES, min_size=3, max_size=12)
SENTENCES = DRAWN.map(" ".join)


def holds(one: Gist, other: Gist) -> bool:
    """Whether the words of the second are those of the first and not too many more."""
    words, others = set(one.words), set(other.words)
    return words == others or (
        words < others and len(others - words) <= other.more and NEVER_MORE.isdisjoint(others - words)
    )


@given(DRAWN, st.data())
def test_where_two_assertions_compare_their_gists_hold_each_other(pieces: list[str], data: st.DataObject) -> None:
    text = " ".join(pieces)
    at = data.draw(st.integers(0, len(pieces)))
    cut = data.draw(st.integers(at, min(len(pieces), at + 2)))
    changed = " ".join([*pieces[:at], data.draw(PIECES), *pieces[cut:]])
    if compare(read_assertion(text), read_assertion(changed)):
        gists = Gists()
        one, other = gists.gist(text), gists.gist(changed)
        assert holds(one, other) or holds(other, one)


@given(st.text(max_size=200))
def test_folding_before_makes_no_difference(text: str) -> None:
    assert Gists().gist(text) == Gists().gist(text, fold(text))


def each_with_each(texts: list[str]) -> set[tuple[str, str, str]]:
    """The relations of distinct assertions, by comparing each with each."""
    read = {read_assertion(text): text for text in reversed(texts)}
    told = [one for one in reversed(read) if not one.points_back and len(one.words) >= 3]
    return {(read[a], read[b], how.how) for a, b in combinations(told, 2) if (how := compare(a, b))}


@given(st.lists(SENTENCES, max_size=12))
def test_what_is_found_is_what_comparing_each_with_each_finds(texts: list[str]) -> None:
    found = claims(texts)
    pairs = {(texts[found.groups[one][0]], texts[found.groups[other][0]], how.how) for one, other, how in found.pairs}
    both = {tuple(sorted((one, other))) for one, other, _ in pairs}
    assert both == {tuple(sorted((one, other))) for one, other, _ in each_with_each(texts)}


def test_equal_sentences_are_one_group() -> None:
    texts = ["Heat eases sore knees."] * 3 + ["Heat worsens sore knees.", "Heat eases sore knees [4]."]
    found = claims(texts, [fold(text) for text in texts])
    assert found.groups == ((0, 1, 2, 4), (3,))
    assert [(one, other, how.how) for one, other, how in found.pairs] == [(0, 1, "contradicts")]


def test_very_many_equal_sentences_take_no_time() -> None:
    texts = ["Heat eases sore knees."] * 100_000 + ["Heat does not ease sore knees."] * 100_000

    def job() -> None:
        assert [len(group) for group in claims(texts).groups] == [100_000, 100_000]

    assert_within(5, job)
