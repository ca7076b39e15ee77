"""How DataCite is asked, and how its answers are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings

from ingest.http import Answer, Outcome, judge
from ingest.resolve import datacite
from ingest.resolve.packing import LONGEST_PATH
from kb.model import Notice, Source
from kb.settings import Settings
from tests.registry_samples import ODD_DOIS, any_json, loaded, ok, recorded

SETTINGS = Settings(datacite="https://datacite.example/")

FACTS: dict[str, Any] = {
    "doi": "10.1000/ABC",
    "titles": [{"title": "Über Knie", "titleType": "TranslatedTitle"}, {"title": "On <i>knees</i>"}],
    "creators": [{"familyName": "Ménard", "name": "Ménard, A."}, {"name": "Knee Group"}, {"name": None}, "odd"],
    "publicationYear": 2016,
    "container": {"type": "Series", "title": "Knee data"},
    "publisher": "An Archive",
    "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Gait recordings", "citeproc": "dataset"},
    "descriptions": [
        {"description": "Columns are in metres and seconds.", "descriptionType": "Methods"},
        {"description": "<p>Forty people walked.</p>", "descriptionType": "Abstract"},
    ],
    "subjects": [{"subject": "Gait"}, {"subject": "Gait"}, None],
    "url": "https://archive.example/1",
    "dates": [{"date": "2016-05-03", "dateType": "Issued"}],
    "relatedIdentifiers": [
        {"relationType": "Cites", "relatedIdentifier": "10.1000/X", "relatedIdentifierType": "DOI"},
        {
            "relationType": "References",
            "relatedIdentifier": "https://doi.org/10.1000/x",
            "relatedIdentifierType": "DOI",
        },
        {"relationType": "Cites", "relatedIdentifier": "https://example.org", "relatedIdentifierType": "URL"},
        {"relationType": "IsPreviousVersionOf", "relatedIdentifier": "10.1000/v2", "relatedIdentifierType": "DOI"},
        {"relationType": "IsVersionOf", "relatedIdentifier": "10.1000/all", "relatedIdentifierType": "DOI"},
    ],
}


def one_work(**changes: object) -> Source:
    works = datacite.parse(ok({"data": {"id": "10.1000/abc", "attributes": {**FACTS, **changes}}}), "2026-05-01")
    assert works is not None
    (work,) = works
    return work


def test_a_work_is_read_field_by_field() -> None:
    work = one_work()
    assert (work.id, work.title, work.year, work.type) == ("doi:10.1000/abc", "On knees", "2016", "Dataset")
    assert work.authors == ("Ménard", "Knee Group")
    assert (work.container, work.abstract) == ("Knee data", "Forty people walked.")
    assert (work.publication_types, work.keywords) == (("Gait recordings",), ("Gait",))
    assert (work.url, work.cites) == ("https://archive.example/1", ("doi:10.1000/x",))
    assert work.notices == (Notice(kind="new version", said_by=("DataCite",), doi="10.1000/v2"),)
    assert (work.said[0].by, work.said[0].asked) == ("DataCite", "2026-05-01")


@pytest.mark.parametrize("publisher", ["An Archive", {"name": "An Archive"}])
def test_a_publisher_stands_for_a_missing_container(publisher: object) -> None:
    assert one_work(container={}, publisher=publisher).container == "An Archive"


@pytest.mark.parametrize(
    ("kind", "other", "expected"),
    [
        ("Preprint", "10.2000/final", "published version"),
        ("Preprint", "10.1000/all-versions", None),
        ("Dataset", "10.2000/final", None),
    ],
)
def test_a_preprint_that_is_a_version_of_a_work_elsewhere_was_published_there(
    kind: str, other: str, expected: str | None
) -> None:
    related = [{"relationType": "IsVersionOf", "relatedIdentifier": other, "relatedIdentifierType": "DOI"}]
    notices = one_work(types={"resourceTypeGeneral": kind}, relatedIdentifiers=related).notices
    assert [notice.kind for notice in notices] == ([expected] if expected else [])


@pytest.mark.parametrize(("date", "read"), [("2020-02-06T10:00:00Z", "2020-02-06"), ("2020", "2020"), (None, None)])
def test_a_withdrawal_is_told_with_its_date(date: object, read: str | None) -> None:
    (notice,) = one_work(dates=[{"date": date, "dateType": "Withdrawn"}], relatedIdentifiers=[]).notices
    assert notice == Notice(kind="withdrawal", said_by=("DataCite",), date=read)


def test_a_list_is_read_and_its_broken_items_are_passed_over() -> None:
    works = datacite.parse(ok({"data": [{"attributes": FACTS}, None, {"id": "10.1000/second"}, {"id": 5}]}))
    assert [work.doi for work in works or ()] == ["10.1000/abc", "10.1000/second"]
    assert datacite.parse(ok({"data": []})) == ()


@pytest.mark.parametrize("payload", [None, [], {}, {"data": None}, {"data": "x"}, {"data": {}}, {"data": [None]}])
def test_what_is_no_answer(payload: object) -> None:
    assert datacite.parse(ok(payload)) is None


@pytest.mark.parametrize("outcome", ["server error", "not found", "refused", "malformed", "unreachable"])
def test_no_record_comes_of_an_answer_that_is_not_ok(outcome: Outcome) -> None:
    assert datacite.parse(Answer(outcome=outcome, data={"data": {"attributes": FACTS}})) is None


@settings(deadline=None)
@given(any_json([*FACTS, "title", "name", "description", "descriptionType", "relationType", "date", "dateType", "id"]))
def test_odd_types_never_crash(item: object) -> None:
    for payload in (item, {"data": item}, {"data": [item]}, {"data": {"attributes": item}}):
        datacite.parse(ok(payload))
    for name in FACTS:
        assert one_work(**{name: item}).doi in ("10.1000/abc", *([item.lower()] if isinstance(item, str) else []))


def phrases(url: str) -> list[str]:
    query = parse_qs(urlsplit(url).query)["query"][0]
    inside = query.removeprefix("doi:(").removesuffix(")")
    return [one[1:-1].replace('\\"', '"').replace("\\\\", "\\") for one in inside.split(" OR ")]


def test_odd_dois_are_asked_for_whole() -> None:
    (question,) = datacite.questions(ODD_DOIS, SETTINGS)
    assert phrases(question.url) == list(ODD_DOIS) == list(question.ids)
    assert parse_qs(urlsplit(question.url).query)["page[size]"] == ["16"]
    for doi in ODD_DOIS:
        (alone,) = datacite.questions([doi], SETTINGS)
        assert unquote(urlsplit(alone.url).path) == f"/dois/{doi}"
        assert (alone.authoritative, alone.pool, question.pool) == (True, "single", "list")


def test_a_thousand_dois_take_twenty_questions_of_bounded_length() -> None:
    dois = [f"10.5281/zenodo.{number:07}" for number in range(1000)]
    asked = datacite.questions(dois, SETTINGS)
    assert [doi for question in asked for doi in question.ids] == dois
    assert len(asked) == 20
    long = datacite.questions([f"10.5281/{'x' * 200}{number}" for number in range(60)], SETTINGS)
    assert all(len(question.url) - len("https://datacite.example") <= LONGEST_PATH for question in (*asked, *long))
    assert datacite.questions(["10.1000/" + "x" * 5000], SETTINGS) == ()


def test_recorded_exchanges(shared: Path) -> None:
    """Titles, years and types against the raw records; 404 is not found."""
    for path, status, uri in recorded(shared, "api.datacite.org"):
        answer = judge(status, None, path.read_bytes())
        works = datacite.parse(answer)
        if status != 200:
            assert (answer.outcome, works) == ("not found", None)
            continue
        (work,) = works or ()
        raw = loaded(path)["data"]["attributes"]
        assert work.doi == unquote(urlsplit(uri).path).removeprefix("/dois/").lower()
        assert work.year == str(raw["publicationYear"])
        assert work.type == raw["types"]["resourceTypeGeneral"]
        title = next(one["title"] for one in raw["titles"] if not one.get("titleType"))
        if "<" not in title and "&" not in title:
            assert work.title == " ".join(title.split())
        assert work.notices == () or raw["relatedIdentifiers"]


def test_the_recorded_retraction_is_another_agency_s(shared: Path) -> None:
    paths = list((shared / "data/registry-responses/one-retraction-many-registries/mock-datacite").rglob("*.R"))
    if not paths:
        pytest.skip("no recorded retraction in the shared data")
    assert "status_code = 404L" in paths[0].read_text(encoding="utf-8")
    answer = judge(404, None, b'{"errors":[{"status":"404"}]}')
    assert (answer.outcome, datacite.parse(answer)) == ("not found", None)
