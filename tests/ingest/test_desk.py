"""What is made of answers: of hostile ones nothing that they do not say, and never an error."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.http import Answer
from ingest.resolve import crossref, datacite, europepmc, match, openalex, pubmed, search
from ingest.resolve.desk import Registry, Told, read_works
from ingest.resolve.merge import merged
from ingest.resolve.question import Question
from kb.language.counting import count
from kb.model import Reference, Source

ASKED = ("10.1000/a", "10.1000/b")
LIST = Question(url="https://registry.example/", ids=ASKED, pool="list")
SINGLE = Question(url="https://registry.example/a", ids=ASKED[:1], authoritative=True)
REGISTRIES: tuple[Registry, ...] = (crossref, datacite, europepmc, openalex, pubmed)


def read(registry: Registry, answer: Answer, question: Question = LIST, *, exact: bool = True) -> dict[str, Told]:
    return read_works(registry, question, answer, "2026-05-01", by=lambda work: work.doi, exact=exact)


def works(*dois: str) -> Answer:
    return Answer(outcome="ok", data={"message": {"items": [{"DOI": doi} for doi in dois]}}, status=200)


def test_a_list_says_of_each_doi_whether_it_holds_it() -> None:
    told = read(crossref, works("10.1000/B"))
    assert [(doi, one.none, one.work is not None) for doi, one in told.items()] == [
        ("10.1000/a", True, False),
        ("10.1000/b", False, True),
    ]
    assert told["10.1000/b"].asked == "2026-05-01"


def test_a_work_that_nobody_asked_for_casts_doubt_on_a_list_but_not_on_a_search() -> None:
    answer = works("10.1000/b", "10.1000/c")
    doubted = read(crossref, answer)["10.1000/a"]
    assert (doubted.none, doubted.trouble) == (
        False,
        "Crossref gave an answer that could not be used (it was about another work)",
    )
    assert read(crossref, answer)["10.1000/b"].work is not None
    assert read(crossref, answer, exact=False)["10.1000/a"].none


@pytest.mark.parametrize(("question", "none"), [(LIST, False), (SINGLE, True)])
def test_a_404_is_believed_of_one_doi_alone(question: Question, none: bool) -> None:
    told = read(crossref, Answer(outcome="not found", status=404), question)
    assert {one.none for one in told.values()} == {none}
    assert {bool(one.trouble) for one in told.values()} == {not none}


KEYS = st.sampled_from(
    "message items DOI title author family issued date-parts updated-by type updated relation is-preprint-of id "
    "data attributes doi titles resultList result pubYear results ids publication_year is_retracted abstract".split()
)
LEAVES: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=9)
    | st.sampled_from(ASKED)
)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5))


@given(st.dictionaries(KEYS, JSON, max_size=5), st.sampled_from(REGISTRIES))
def test_no_record_makes_a_reader_fail_or_adds_what_was_not_asked_for(data: dict[str, Any], registry: Registry) -> None:
    told = read(registry, Answer(outcome="ok", data=data, status=200))
    assert tuple(told) == ASKED
    assert all(one.work is None or one.work.doi == doi for doi, one in told.items())
    assert all(bool(one.work) + one.holds_none + bool(one.trouble) == 1 for one in told.values())


SOURCES = st.builds(
    Source,
    id=st.just("doi:10.1000/a"),
    title=st.text(max_size=60),
    authors=st.lists(st.text(max_size=9), max_size=3).map(tuple),
    year=st.none() | st.text(max_size=6),
    container=st.text(max_size=30),
)


@given(st.lists(SOURCES, max_size=4), st.text(max_size=60), st.text(max_size=12), st.none() | st.text(max_size=6))
def test_no_work_makes_the_comparison_fail(sources: list[Source], title: str, author: str, year: str | None) -> None:
    cited = Reference(id="r1", position=1, text=title, source="ref:1", title=title, authors=(author,), year=year)
    taken, candidates = search.judge(cited, sources)
    assert taken is None or (taken in sources and match.compare(cited, taken).status == "verified")
    assert not (taken and candidates)
    assert merged("ref:1", sources).id == "ref:1"


@pytest.mark.parametrize(("number", "words"), [(0, "0 works"), (1, "1 work"), (1000, "1,000 works")])
def test_numbers_in_words(number: int, words: str) -> None:
    assert count(number, "work") == words
