"""The file of people's words: what is written comes back, merges keep every word, and what is no such file is told."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import ConfigurationError
from kb.model import Review, Subject
from kb.reviews import FILE, merge, put, read, to_json
from kb.strength.people import VALUES, WITHDRAWN


def review(**fields: Any) -> Review:
    known = {
        "subject": "statement",
        "statement": "s1",
        "source": None,
        "value": "supported",
        "person": "Ann Lee",
        "date": "2026-11-20",
        "reason": "table 2 has it",
        "fingerprint": "0000000000000001:1",
    }
    return Review(**(known | fields))


GOLDEN = """{
  "reviews": [
    {
      "article": "knees.md",
      "cited": [
        "doi:10.5555/heat"
      ],
      "date": "2026-11-20",
      "fingerprint": "0000000000000001:1",
      "person": "Ann Lee",
      "reason": "a\\u202eb",
      "source": null,
      "statement": "s1",
      "subject": "statement",
      "text": "Heat eases.",
      "value": "supported"
    }
  ],
  "schema_version": 1
}
"""


def test_the_file_by_hand() -> None:
    word = review(article="knees.md", text="Heat eases.", cited=("doi:10.5555/heat",), reason="a\u202eb")
    assert to_json([word]) == GOLDEN
    assert read(GOLDEN, FILE) == (word,)


def test_an_empty_file_is_none_without_words() -> None:
    assert read(to_json([]), FILE) == ()


subjects: st.SearchStrategy[Subject] = st.sampled_from(list(VALUES))
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
visible = words.map(lambda text: f"a{text}")
days = st.dates().map(lambda day: day.isoformat())


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    subject = draw(subjects)
    return Review(
        subject=subject,
        statement=draw(st.none() | words),
        source=draw(st.none() | words),
        value=draw(st.sampled_from([*VALUES[subject], WITHDRAWN])),
        person=draw(visible),
        date=draw(days),
        reason=draw(words | st.just("")),
        fingerprint=draw(words),
        article=draw(visible | st.just("")),
        text=draw(words | st.just("")),
        cited=draw(st.none() | st.lists(words, max_size=3).map(tuple)),
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(reviews(), max_size=6))
def test_what_is_written_comes_back_in_one_order(those: list[Review]) -> None:
    text = to_json(those)
    again = read(text, FILE)
    assert sorted(map(repr, again)) == sorted(map(repr, those))
    assert to_json(again) == text
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
    assert all(character.isprintable() or character == "\n" for character in text)


@settings(max_examples=60, deadline=None)
@given(st.lists(reviews(), max_size=4), st.lists(reviews(), max_size=4))
def test_a_merge_loses_no_word_and_is_repeated_without_effect(ours: list[Review], theirs: list[Review]) -> None:
    both = merge(ours, theirs)
    assert set(both) == {*ours, *theirs}
    assert merge(both, theirs) == both
    assert both[len(both) - len(ours) :] == tuple(ours)


def test_another_word_of_the_same_day_takes_the_place_of_the_first() -> None:
    first, other = review(), review(person="Bo Yu")
    second = review(value="unsupported", person="ann  lee")
    assert put((first, other), second) == (other, second)
    tomorrow = review(date="2026-11-21")
    assert put((first,), tomorrow) == (first, tomorrow)


def broken(old: str, new: str) -> str:
    assert old in GOLDEN
    return GOLDEN.replace(old, new)


REASON = "x" * 1_001
NO_REVIEWS = [
    ("empty", "", "is no JSON"),
    ("truncated", GOLDEN[:200], "is no JSON"),
    ("another JSON", '{"sources": {}}', "required field `schema_version`); restore it from version control"),
    ("a list", "[]", "is no file of reviews (Expected `object`"),
    ("merge conflict", f"<<<<<<< mine\n{GOLDEN}=======\n{{}}\n>>>>>>> theirs\n", "holds a merge conflict; solve it"),
    ("newer", '{"schema_version": 2, "words": []}', "newer version (schema 2, known is 1); update evidence-kb"),
    ("older than any", '{"schema_version": 0, "reviews": []}', "names a schema that is none (0)"),
    ("deep", '{"schema_version": 1, "reviews": ' + "[" * 100_000, "is no "),
    ("unknown subject", broken('"subject": "statement"', '"subject": "author"'), "Invalid enum value 'author'"),
    ("unknown field", broken('"person"', '"mood": "", "person"'), "unknown field `mood`"),
    ("unknown value", broken('"supported"', '"suported"'), "review 1, on a statement: “suported” may not be said; did"),
    (
        "value of another",
        broken('"supported"', '"cohort"'),
        "“cohort” may not be said; take needs no source, supported",
    ),
    (
        "no such day",
        broken("2026-11-20", "2026-13-20"),
        "review 1, its date 2026-13-20 is none; write it as year-month",
    ),
    ("no date", broken("2026-11-20", "yesterday"), "matching regex"),
    ("nobody", broken('"Ann Lee"', '""'), "length >= 1"),
    ("unseen name", broken('"Ann Lee"', '"\\u200b"'), "its person has no name"),
    ("long reason", broken("a\\u202eb", REASON), "length <= 1000"),
    ("absolute path", broken('"knees.md"', '"/knees.md"'), "matching regex"),
    ("drive", broken('"knees.md"', '"C:\\\\knees.md"'), "matching regex"),
    ("terminal escape", broken('"supported"', '"\\u001b]0;x\\u0007"'), "may not be said"),
]


@pytest.mark.parametrize(("text", "message"), [row[1:] for row in NO_REVIEWS], ids=[row[0] for row in NO_REVIEWS])
def test_what_is_no_file_of_reviews_is_told_in_one_line(text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(text, FILE)
    line = str(caught.value)
    assert line.startswith(f"{FILE}: ")
    assert message in line
    assert "; " in line
    assert line.isprintable()
    assert len(line) < 400


def test_a_file_of_ten_megabytes_is_not_read() -> None:
    with pytest.raises(ConfigurationError, match="larger than 10 MB"):
        read(b" " * 10_000_001, FILE)


def test_one_word_more_changes_no_line_of_the_others() -> None:
    those = [review(person=name) for name in ("Ann Lee", "Bo Yu", "Zoe Zed")]
    lines = difflib.ndiff(to_json([those[0], those[2]]).splitlines(), to_json(those).splitlines())
    assert [line for line in lines if line.startswith("- ")] == []
