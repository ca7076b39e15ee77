"""Whether a DOI exists, and whose it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given

from ingest.http import Answer, Outcome, judge
from ingest.resolve import doi_org
from kb.settings import Settings
from tests.registry_samples import ODD_DOIS, any_json, loaded, ok, recorded

SETTINGS = Settings(doi_org="https://doi.example/")


def test_agencies_are_asked_for_in_one_question_and_existence_in_one_each() -> None:
    (together,) = doi_org.agency_questions(["10.1000/a", "10.1000/b", "10.1000/c,d"], SETTINGS)
    assert (together.url, together.pool) == ("https://doi.example/ra/10.1000%2Fa,10.1000%2Fb", "list")
    assert (together.ids, together.authoritative) == (("10.1000/a", "10.1000/b"), False)
    first, second = doi_org.questions(["10.1000/a", "10.1000/c,d"], SETTINGS)
    assert (first.url, first.ids, first.authoritative) == (
        "https://doi.example/api/handles/10.1000/a",
        ("10.1000/a",),
        True,
    )
    assert second.url == "https://doi.example/api/handles/10.1000/c%2Cd"


def test_odd_dois_are_encoded_whole() -> None:
    asked = [unquote(urlsplit(question.url).path) for question in doi_org.questions(ODD_DOIS, SETTINGS)]
    assert asked == [f"/api/handles/{doi}" for doi in ODD_DOIS]
    (together,) = doi_org.agency_questions(ODD_DOIS, SETTINGS)
    assert [unquote(one) for one in urlsplit(together.url).path.removeprefix("/ra/").split(",")] == list(together.ids)
    assert set(ODD_DOIS) - set(together.ids) == {"10.1000/a,b"}


def test_a_thousand_dois_take_few_questions_of_bounded_length() -> None:
    dois = [f"10.1371/journal.pone.{number:07}" for number in range(1000)]
    packs = doi_org.agency_questions(dois, SETTINGS)
    assert [doi for pack in packs for doi in pack.ids] == dois
    assert len(packs) == 10
    assert all(len(urlsplit(pack.url).path) <= 3800 for pack in packs)
    assert doi_org.questions(["10.1000/" + "x" * 5000], SETTINGS) == ()


def test_agencies() -> None:
    data = [
        {"DOI": "10.1000/A", "RA": "DataCite"},
        {"DOI": "10.1000/b", "status": "DOI does not exist"},
        {"DOI": "10.1000", "RA": "Crossref"},
        "odd",
    ]
    assert doi_org.agencies(ok(data)) == {"10.1000/a": "DataCite", "10.1000/b": None}
    assert doi_org.agencies(Answer(outcome="server error", status=500)) == {}


@pytest.mark.parametrize(
    ("outcome", "data", "exists"),
    [
        ("ok", {"responseCode": 1, "handle": "10.1000/ABC", "values": []}, True),
        ("ok", {"responseCode": 200, "handle": "10.1000/abc"}, True),
        ("not found", {"responseCode": 100, "handle": "10.1000/abc"}, False),
        ("not found", {"responseCode": 1, "handle": "10.1000/abc"}, None),
        ("ok", {"responseCode": 100, "handle": "10.1000/abc"}, None),
        ("not found", {"responseCode": 100, "handle": "10.1000/other"}, None),
        ("not found", None, None),
        ("ok", {"responseCode": 2, "handle": "10.1000/abc"}, None),
        ("ok", {"responseCode": True, "handle": "10.1000/abc"}, None),
        ("ok", {"responseCode": [1], "handle": "10.1000/abc"}, None),
        ("server error", None, None),
    ],
)
def test_whether_a_doi_exists(outcome: Outcome, data: dict[str, Any] | None, exists: bool | None) -> None:
    answer = Answer(outcome=outcome, data=data)
    assert doi_org.exists(answer, "10.1000/abc") is exists


@given(any_json(["DOI", "RA", "status", "responseCode", "handle"]))
def test_odd_types_never_crash(data: object) -> None:
    assert isinstance(doi_org.agencies(ok(data)), dict)
    assert doi_org.exists(ok(data), "10.1000/abc") in (True, None)


def test_recorded_answers(shared: Path) -> None:
    for path, status, uri in recorded(shared, "doi.org/"):
        data = loaded(path)
        # A prefix was asked for in these: it is no DOI, so no entry of the answer is about one.
        assert doi_org.agencies(ok(data)) == {}
        if status >= 400:
            answer = judge(status, None, path.read_bytes())
            assert answer.outcome == ("not found" if status == 404 else "refused")
            assert doi_org.exists(answer, unquote(urlsplit(uri).path)[1:]) is None
