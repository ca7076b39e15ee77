"""How OpenAlex is asked, only with a key, and how its answers are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings

from ingest.http import Answer, Outcome, judge
from ingest.resolve import openalex
from ingest.resolve.packing import LONGEST_PATH
from ingest.resolve.question import Question
from kb.model import Notice, Source
from kb.settings import Settings
from tests.registry_samples import ODD_DOIS, any_json, loaded, ok, recorded

SETTINGS = Settings(openalex="https://openalex.example/", openalex_key="secret-key")

WORK: dict[str, Any] = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.1000/ABC",
    "ids": {
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/12345",
        "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/77",
    },
    "title": "Heat for <i>knee</i> pain",
    "publication_year": 2016,
    "type": "article",
    "is_retracted": True,
    "primary_location": {"source": {"display_name": "Journal of Knees"}},
    "abstract_inverted_index": {"pain": [4], "Heat": [0], "eased": [1], "most": [2], "knee": [3, 5]},
}


def one_work(**changes: object) -> Source:
    works = openalex.parse(ok({**WORK, **changes}), "2026-05-01")
    assert works is not None
    (work,) = works
    return work


def test_a_work_is_read_field_by_field() -> None:
    work = one_work()
    assert (work.id, work.pmid, work.pmcid) == ("doi:10.1000/abc", "12345", "PMC77")
    assert (work.title, work.year, work.type) == ("Heat for knee pain", "2016", "article")
    assert work.container == "Journal of Knees"
    assert work.abstract == "Heat eased most knee pain knee"
    assert work.notices == (Notice(kind="retraction", said_by=("OpenAlex",)),)
    assert (work.said[0].by, work.said[0].asked) == ("OpenAlex", "2026-05-01")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"is_retracted": False}, False),
        ({"is_retracted": "yes"}, False),
        ({"is_retracted": None}, False),
        ({"type": "retraction"}, False),
        ({"type": "review"}, True),
    ],
)
def test_only_a_retracted_work_is_told_as_one(changes: dict[str, object], told: bool) -> None:
    assert bool(one_work(**changes).notices) == told


def test_a_list_is_read_and_its_broken_items_are_passed_over() -> None:
    works = openalex.parse(ok({"results": [WORK, None, {"doi": 5}, {"ids": {"pmid": "12"}}]}))
    assert [work.id for work in works or ()] == ["doi:10.1000/abc", "pmid:12"]
    assert openalex.parse(ok({"results": []})) == ()


@pytest.mark.parametrize("payload", [None, [], {}, {"results": None}, {"results": [None]}, {"doi": None}])
def test_what_is_no_answer(payload: object) -> None:
    assert openalex.parse(ok(payload)) is None


@pytest.mark.parametrize("outcome", ["server error", "not found", "refused", "malformed", "unreachable"])
def test_no_record_comes_of_an_answer_that_is_not_ok(outcome: Outcome) -> None:
    assert openalex.parse(Answer(outcome=outcome, data=WORK)) is None


@settings(deadline=None)
@given(any_json([*WORK, "source", "display_name", "results", "pmid"]))
def test_odd_types_never_crash(item: object) -> None:
    for payload in (item, {"results": item}, {"results": [item]}):
        openalex.parse(ok(payload))
    for name in WORK:
        if name not in ("doi", "ids"):
            assert one_work(**{name: item}).doi == "10.1000/abc"


def test_an_index_of_impossible_places_costs_nothing() -> None:
    index = {"Heat": [10**15], "before": [-5], "eases all the pain of": [0], "x": list(range(100_000))}
    assert one_work(abstract_inverted_index=index).abstract.startswith("before eases all the pain of")


def test_nothing_is_asked_without_a_key_and_no_address_holds_it() -> None:
    assert openalex.questions(["10.1000/a"], Settings()) == ()
    for question in openalex.questions(["10.1000/a", "10.1000/c,d"], SETTINGS):
        assert question.secret == (("api_key", "secret-key"),)
        assert "secret-key" not in question.url


def asked_of(question: Question) -> list[str]:
    parts = urlsplit(question.url)
    if parts.path != "/works":
        return [unquote(parts.path.removeprefix("/works/doi:"))]
    return parse_qs(parts.query)["filter"][0].removeprefix("doi:").split("|")


def test_odd_dois_are_asked_for_whole() -> None:
    questions = openalex.questions(ODD_DOIS, SETTINGS)
    assert [len(question.ids) for question in questions] == [14, 1, 1]
    assert sorted(doi for question in questions for doi in asked_of(question)) == sorted(ODD_DOIS)
    assert parse_qs(urlsplit(questions[0].url).query)["per-page"] == ["14"]
    assert [question.authoritative for question in questions] == [False, True, True]


def test_a_thousand_dois_take_few_questions_of_bounded_length() -> None:
    dois = [f"10.1371/journal.pone.{number:07}" for number in range(1000)]
    asked = openalex.questions(dois, SETTINGS)
    assert [doi for question in asked for doi in question.ids] == dois
    assert len(asked) == 10
    assert all(len(question.url) - len("https://openalex.example") <= LONGEST_PATH for question in asked)


def test_recorded_exchanges(shared: Path) -> None:
    """Titles, years and types against the raw records; 404 is not found."""
    for path, status, _ in recorded(shared, "api.openalex.org"):
        answer = judge(status, None, path.read_bytes())
        works = openalex.parse(answer)
        if status != 200:
            assert (answer.outcome, works) == ("not found", None)
            continue
        held_against(loaded(path), works)


def test_recorded_search_results(shared: Path) -> None:
    paths = sorted((shared / "data/registry-responses/openalex-candidates").glob("*.json"))
    if not paths:
        pytest.skip("no recorded search results of OpenAlex in the shared data")
    for path in paths:
        found = loaded(path)
        payload = {"results": found if isinstance(found, list) else [found]}
        held_against(payload, openalex.parse(ok(payload)))


def held_against(payload: Any, works: tuple[Source, ...] | None) -> None:
    raws = [one for one in payload.get("results", [payload]) if isinstance(one, dict) and one.get("doi")]
    found = {work.doi: work for work in works or ()}
    for raw in raws:
        work = found[raw["doi"].removeprefix("https://doi.org/").lower()]
        title = raw.get("title") or raw.get("display_name") or ""
        if "<" not in title and "&" not in title:
            assert work.title == " ".join(title.split())
        assert work.year == (str(raw["publication_year"]) if raw.get("publication_year") else None)
        assert work.type == (raw.get("type") or "")
        assert bool(work.notices) == (raw.get("is_retracted") is True and raw["type"] != "retraction")


def test_the_recorded_retraction_is_told(shared: Path) -> None:
    folder = shared / "data/registry-responses/one-retraction-many-registries/mock-openalex"
    paths = list(folder.rglob("*.json"))
    if not paths:
        pytest.skip("no recorded retraction in the shared data")
    (work,) = openalex.parse(ok(loaded(paths[0]))) or ()
    assert [notice.kind for notice in work.notices] == ["retraction"]
    assert (work.year, work.pmid) == ("1998", "9500320")


CITED = {"id": "https://openalex.org/W2", "doi": "https://doi.org/10.1000/CITED", "ids": {"pmid": "678"}}


def test_what_a_work_cites_is_read_as_openalex_numbers() -> None:
    works = ["https://openalex.org/W2", "W3", "https://openalex.org/W2", "A4", None, "https://evil.example/W5"]
    assert one_work(referenced_works=works).cites == ("openalex:W2", "openalex:W3")


def test_numbers_are_asked_for_their_names_a_hundred_at_a_time() -> None:
    numbers = [f"openalex:W{number}" for number in range(150)]
    questions = openalex.naming_questions([*numbers, "openalex:W1|evil", "doi:10.1000/x"], SETTINGS)
    assert [len(question.ids) for question in questions] == [100, 50]
    asked = parse_qs(urlsplit(questions[1].url).query)
    assert asked["filter"][0].startswith("openalex_id:W100|W101|")
    assert asked["select"] == ["id,doi,ids"]
    assert openalex.naming_questions(numbers, Settings()) == ()


def test_a_name_is_a_doi_or_else_a_pubmed_id() -> None:
    other = {"id": "https://openalex.org/W3", "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/99"}}
    nameless = {"id": "https://openalex.org/W4"}
    works = openalex.named(ok({"results": [CITED, other, nameless, 5]}), None)
    assert works is not None
    assert {number: work.id for number, work in works.items()} == {
        "openalex:W2": "doi:10.1000/cited",
        "openalex:W3": "pmid:99",
    }
    assert openalex.named(ok({"error": "no"}), None) is None


def test_a_work_cites_by_the_names_that_are_known_alone() -> None:
    work = one_work(referenced_works=["W2", "W3"])
    assert openalex.renamed(work, {"openalex:W2": "doi:10.1000/cited"}).cites == ("doi:10.1000/cited",)
    bare = openalex.renamed(work, {})
    assert bare.cites == ()
    assert "cites" not in bare.said[0].fields
    assert "title" in bare.said[0].fields


@given(any_json(["results", "id", "doi", "ids", "pmid", "referenced_works"]))
def test_no_answer_to_a_question_for_names_breaks_it(data: Any) -> None:
    openalex.named(ok(data), None)
