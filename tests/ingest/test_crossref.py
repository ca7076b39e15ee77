"""How Crossref is asked, and how its answers are read: hand-made records, arbitrary JSON, and recorded ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.http import Answer, Outcome, judge
from ingest.resolve import crossref
from ingest.resolve.packing import LONGEST_PATH
from ingest.resolve.question import Question
from kb.model import Notice, Source
from kb.settings import Settings
from tests.registry_samples import ODD_DOIS, any_json, loaded, ok, recorded

SETTINGS = Settings(crossref="https://crossref.example/")

WORK: dict[str, Any] = {
    "DOI": "10.1000/ABC",
    "type": "journal-article",
    "title": ["Heat &amp; cold for <i>knee</i> pain"],
    "author": [{"given": "A", "family": "Ménard"}, {"name": "Knee Group"}, {"given": "only"}, "odd"],
    "issued": {"date-parts": [[2016, 5]]},
    "published-print": {"date-parts": [[2017]]},
    "container-title": ["Journal of Knees"],
    "URL": "https://doi.org/10.1000/abc",
    "abstract": "<jats:title>Abstract</jats:title><jats:p>Forty people were treated with heat.</jats:p>",
    "reference": [{"DOI": "10.1000/X"}, {"DOI": "10.1000/x"}, {"unstructured": "A book"}, {"DOI": "none"}, None],
    "updated-by": [
        {
            "DOI": "10.1000/note",
            "type": "retraction",
            "source": "retraction-watch",
            "updated": {"date-parts": [[2020, 2, 6]]},
        },
        {"DOI": "10.1000/note2", "type": "erratum", "source": "publisher"},
        {"type": "unheard-of"},
    ],
}


def one_work(**changes: object) -> Source:
    works = crossref.parse(ok({"message": {**WORK, **changes}}), "2026-05-01")
    assert works is not None
    (work,) = works
    return work


def test_a_work_is_read_field_by_field() -> None:
    work = one_work()
    assert (work.id, work.doi, work.type) == ("doi:10.1000/abc", "10.1000/abc", "journal-article")
    assert (work.title, work.year, work.container) == ("Heat & cold for knee pain", "2016", "Journal of Knees")
    assert work.authors == ("Ménard", "Knee Group")
    assert work.abstract == "Forty people were treated with heat."
    assert work.cites == ("doi:10.1000/x",)
    assert work.notices == (
        Notice(kind="retraction", said_by=("Retraction Watch, by Crossref",), date="2020-02-06", doi="10.1000/note"),
        Notice(kind="correction", said_by=("the publisher, by Crossref",), doi="10.1000/note2"),
    )
    (said,) = work.said
    assert (said.by, said.asked) == ("Crossref", "2026-05-01")
    assert set(said.fields) == {
        *("doi", "title", "authors", "year", "container", "type", "abstract", "url", "cites", "notices")
    }


def test_what_a_record_lacks_is_not_said() -> None:
    work = one_work(abstract="<jats:p>n/a</jats:p>", issued={"date-parts": [[None]]}, title=[], URL="javascript:x")
    assert (work.abstract, work.year, work.title, work.url) == ("", None, "", None)
    assert {"abstract", "year", "title", "url"}.isdisjoint(work.said[0].fields)


def test_a_notice_is_not_the_article_that_it_retracts() -> None:
    updates = [{"DOI": "10.1000/bad", "type": "retraction", "updated": {"date-parts": [[2020]]}}]
    assert one_work(**{"updated-by": None, "update-to": updates}).notices == ()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("retraction", "retraction"),
        ("partial_retraction", "partial retraction"),
        ("Removal", "withdrawal"),
        ("withdrawal", "withdrawal"),
        ("expression_of_concern", "expression of concern"),
        ("expression-of-concern", "expression of concern"),
        ("corrigendum", "correction"),
        ("clarification", "correction"),
        ("new_version", "new version"),
        ("new_edition", "new version"),
        ("reinstatement", "reinstatement"),
    ],
)
def test_kinds_of_notice(kind: str, expected: str) -> None:
    assert [notice.kind for notice in one_work(**{"updated-by": [{"type": kind}]}).notices] == [expected]


def test_a_list_is_read_in_its_order_and_its_broken_items_are_passed_over() -> None:
    items = [WORK, None, {"DOI": 5}, {"title": ["No DOI"]}, {"DOI": "10.1000/second"}]
    works = crossref.parse(ok({"message": {"items": items}}))
    assert works is not None
    assert [work.doi for work in works] == ["10.1000/abc", "10.1000/second"]


@pytest.mark.parametrize(
    "payload",
    [
        *(None, [], {}, {"message": None}, {"message": [WORK]}, {"message": {}}, {"message": {"items": None}}),
        *({"message": {"items": [None]}}, {"message": "Resource not found."}, {"message": {"title": ["No DOI"]}}),
    ],
)
def test_what_is_no_answer_is_told_from_an_empty_list(payload: object) -> None:
    assert crossref.parse(ok(payload)) is None
    assert crossref.parse(ok({"message": {"items": []}})) == ()


@pytest.mark.parametrize("outcome", ["server error", "not found", "refused", "malformed", "unreachable"])
def test_no_record_comes_of_an_answer_that_is_not_ok(outcome: Outcome) -> None:
    assert crossref.parse(Answer(outcome=outcome, data={"message": WORK})) is None


@pytest.mark.parametrize(
    ("relation", "kinds"),
    [
        ({"is-preprint-of": [{"id-type": "doi", "id": "10.1000/Final"}]}, [("published version", "10.1000/final")]),
        ({"has-preprint": [{"id": "10.1000/pre"}, {"id": "10.1000/pre"}]}, [("preprint", "10.1000/pre")]),
        ({"is-replaced-by": [{"id": "10.1000/v2"}]}, [("new version", "10.1000/v2")]),
        ({"is-version-of": [{"id": "10.1000/any"}]}, []),
        ({"is-preprint-of": [{"id": "10.1000/abc"}, {"id": "arXiv:1"}, None]}, []),
        ({"has-preprint": "10.1000/pre"}, []),
    ],
)
def test_preprint_and_published_version_name_each_other(relation: object, kinds: list[tuple[str, str]]) -> None:
    notices = one_work(**{"updated-by": None, "relation": relation}).notices
    assert [(notice.kind, notice.doi) for notice in notices] == kinds
    assert all(notice.said_by == ("Crossref",) for notice in notices)


@settings(deadline=None)
@given(any_json([*WORK, "date-parts", "relation", "is-preprint-of", "id", "family", "updated", "type", "DOI"]))
def test_odd_types_never_crash(item: object) -> None:
    for payload in (item, {"message": item}, {"message": {"items": [item]}}):
        crossref.parse(ok(payload))
    for name in (*WORK, "relation"):
        if name != "DOI":
            assert one_work(**{name: item}).doi == "10.1000/abc"


def asked_of(question: Question) -> list[str]:
    parts = urlsplit(question.url)
    if parts.path != "/works":
        return [unquote(parts.path.removeprefix("/works/"))]
    return [unquote(one.removeprefix("doi:")) for one in parts.query.split("&")[0].removeprefix("filter=").split(",")]


def test_many_dois_are_one_question() -> None:
    (question,) = crossref.questions(["10.1000/a", "10.1000/b", "10.1000/a"], SETTINGS)
    assert question.url == "https://crossref.example/works?filter=doi:10.1000%2Fa,doi:10.1000%2Fb&rows=2"
    assert (question.ids, question.pool) == (("10.1000/a", "10.1000/b"), "list")
    assert not question.authoritative


def test_one_doi_and_a_doi_with_a_comma_are_asked_for_alone() -> None:
    questions = crossref.questions(["10.1000/a", "10.1000/b", "10.1000/c,d"], SETTINGS)
    assert [(question.url, question.pool) for question in questions] == [
        ("https://crossref.example/works?filter=doi:10.1000%2Fa,doi:10.1000%2Fb&rows=2", "list"),
        ("https://crossref.example/works/10.1000%2Fc%2Cd", "single"),
    ]
    (alone,) = crossref.questions(["10.1000/a"], SETTINGS)
    assert (alone.url, alone.authoritative) == ("https://crossref.example/works/10.1000%2Fa", True)


def test_odd_dois_are_encoded_whole() -> None:
    questions = crossref.questions(ODD_DOIS, SETTINGS)
    assert len(questions) == 2
    assert sorted(doi for question in questions for doi in asked_of(question)) == sorted(ODD_DOIS)
    assert parse_qs(urlsplit(questions[0].url).query)["rows"] == ["15"]


@settings(deadline=None)
@given(st.lists(st.from_regex(r"10\.[0-9]{4}/[a-z0-9,;()é%-]{1,300}", fullmatch=True), max_size=250))
def test_every_doi_is_asked_for_once_in_questions_of_bounded_length(dois: list[str]) -> None:
    questions = crossref.questions(dois, SETTINGS)
    assert sorted(doi for question in questions for doi in asked_of(question)) == sorted(set(dois))
    assert all(len(question.url) - len("https://crossref.example") <= LONGEST_PATH for question in questions)
    assert all(len(question.ids) <= crossref.MOST_DOIS for question in questions)


def test_a_thousand_usual_dois_take_ten_questions() -> None:
    assert len(crossref.questions([f"10.1371/journal.pone.{number:07}" for number in range(1000)], SETTINGS)) == 10


def test_a_doi_that_fits_no_question_is_in_none() -> None:
    assert crossref.questions(["10.1000/" + "x" * 5000], SETTINGS) == ()


@pytest.mark.parametrize("words", ["Ménard A. Heat & cold = 5% better?", "é " * 5000, "x" * 9000])
def test_a_search_holds_the_words_as_far_as_they_fit(words: str) -> None:
    question = crossref.search_question(words, SETTINGS)
    query = parse_qs(urlsplit(question.url).query)
    assert (query["query.bibliographic"], query["rows"]) == ([question.ids[0].strip()], ["5"])
    assert " ".join(words.split()).startswith(question.ids[0])
    assert len(question.url) - len("https://crossref.example") <= LONGEST_PATH
    assert question.pool == "list"


def test_recorded_exchanges(shared: Path) -> None:
    """Titles, years and types against the raw records; an error is never a record, whatever its body."""
    read = 0
    for path, status, _ in recorded(shared, "api.crossref.org"):
        answer = judge(status, None, path.read_bytes())
        works = crossref.parse(answer)
        if status != 200:
            assert works is None
            assert answer.outcome == {404: "not found", 400: "refused", 301: "malformed"}.get(status, "server error")
            continue
        read += held_against(loaded(path), works)
    assert read > 1000


def test_recorded_search_results(shared: Path) -> None:
    paths = sorted((shared / "data/registry-responses/crossref-candidates").glob("*.json"))
    if not paths:
        pytest.skip("no recorded search results of Crossref in the shared data")
    for path in paths:
        found = loaded(path)
        payload = {"message": {"items": found if isinstance(found, list) else [found]}}
        assert held_against(payload, crossref.parse(ok(payload))) == len(payload["message"]["items"])


def held_against(payload: Any, works: tuple[Source, ...] | None) -> int:
    """Hold what was read against the raw records; how many there were."""
    message = payload.get("message") if isinstance(payload, dict) else None
    items = message.get("items", [message]) if isinstance(message, dict) else []
    raws = [item for item in items if isinstance(item, dict) and "/" in str(item.get("DOI", ""))]
    assert [work.doi for work in works or ()] == [raw["DOI"].lower() for raw in raws]
    for raw, work in zip(raws, works or (), strict=True):
        issued = ((raw.get("issued") or {}).get("date-parts") or [[None]])[0][0]
        title = (raw.get("title") or [""])[0]
        assert work.type == (raw.get("type") or "")
        assert work.year == (str(issued) if issued else None)
        if "<" not in title and "&" not in title:
            assert work.title == " ".join(title.split())
        assert all(tag not in work.title + work.abstract for tag in ("<jats:", "</", "&amp;"))
    return len(raws)


def test_the_recorded_retraction_is_told(shared: Path) -> None:
    folder = shared / "data/registry-responses/one-retraction-many-registries"
    paths = list(folder.glob("mock-crossref/**/*.json"))
    if not paths:
        pytest.skip("no recorded retraction in the shared data")
    (work,) = crossref.parse(ok(loaded(paths[0]))) or ()
    assert [(notice.kind, notice.date) for notice in work.notices] == [
        ("correction", "2004-03-06"),
        ("retraction", "2010-02-06"),
    ]
