"""How Europe PMC is asked, and how its answers are read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from ingest.http import Answer, Outcome
from ingest.resolve import europepmc
from ingest.resolve.question import Question
from kb.model import Notice, Source
from kb.settings import Settings
from tests.registry_samples import ODD_DOIS, any_json, loaded, ok

SETTINGS = Settings(europepmc="https://epmc.example/rest/")

RECORD: dict[str, Any] = {
    "id": "12345",
    "source": "MED",
    "doi": "10.1000/ABC",
    "pmid": "12345",
    "pmcid": "PMC77",
    "title": "Heat for <i>knee</i> pain.",
    "authorList": {"author": [{"lastName": "Ménard", "initials": "A"}, {"collectiveName": "Knee Group"}, {}, "odd"]},
    "journalInfo": {"journal": {"title": "Journal of knees"}},
    "pubYear": "2016",
    "abstractText": "<h4>Aim</h4>To see what helps most.<h4>Findings</h4>Heat did.",
    "pubTypeList": {"pubType": ["Journal Article", "Randomized Controlled Trial"]},
    "meshHeadingList": {"meshHeading": [{"descriptorName": "Humans"}, {"descriptorName": "Humans"}, None]},
    "keywordList": {"keyword": ["cupping"]},
    "commentCorrectionList": {
        "commentCorrection": [
            {"type": "Comment in", "reference": "J Knees. 2000;1:2."},
            {"type": "Retraction in", "reference": "J Knees. 2010 Feb 6;2(1):3. doi: 10.1000/Note"},
        ]
    },
}


def one_work(**changes: object) -> Source:
    works = europepmc.parse(ok({"resultList": {"result": [{**RECORD, **changes}]}}), "2026-05-01")
    assert works is not None
    (work,) = works
    return work


def test_a_work_is_read_field_by_field() -> None:
    work = one_work()
    assert (work.id, work.doi, work.pmid, work.pmcid) == ("doi:10.1000/abc", "10.1000/abc", "12345", "PMC77")
    assert (work.title, work.year, work.container) == ("Heat for knee pain.", "2016", "Journal of knees")
    assert work.authors == ("Ménard", "Knee Group")
    assert work.abstract == "Aim: To see what helps most.\nFindings: Heat did."
    assert work.publication_types == ("Journal Article", "Randomized Controlled Trial")
    assert (work.mesh, work.keywords) == (("Humans",), ("cupping",))
    assert work.notices == (Notice(kind="retraction", said_by=("Europe PMC",), date="2010-02-06", doi="10.1000/note"),)
    assert (work.said[0].by, work.said[0].asked) == ("Europe PMC", "2026-05-01")


def test_a_work_without_doi_has_its_pubmed_id() -> None:
    assert one_work(doi=None).id == "pmid:12345"
    assert europepmc.parse(ok({"resultList": {"result": [{"id": "C1"}]}})) is None


@pytest.mark.parametrize("payload", [None, [], {}, {"resultList": None}, {"resultList": {"result": {}}}])
def test_what_is_no_answer_is_told_from_an_empty_list(payload: object) -> None:
    assert europepmc.parse(ok(payload)) is None
    assert europepmc.parse(ok({"resultList": {"result": []}})) == ()


@pytest.mark.parametrize("outcome", ["server error", "not found", "refused", "malformed", "unreachable"])
def test_no_record_comes_of_an_answer_that_is_not_ok(outcome: Outcome) -> None:
    assert europepmc.parse(Answer(outcome=outcome, data={"resultList": {"result": [RECORD]}})) is None


@settings(deadline=None)
@given(any_json([*RECORD, "author", "journal", "pubType", "meshHeading", "commentCorrection", "type", "reference"]))
def test_odd_types_never_crash(item: object) -> None:
    for payload in (item, {"resultList": item}, {"resultList": {"result": item}}):
        europepmc.parse(ok(payload))
    for name in RECORD:
        if name != "doi":
            assert one_work(**{name: item}).doi == "10.1000/abc"


def fields(question: Question) -> dict[str, str]:
    return dict(question.form or ())


def test_dois_and_pubmed_ids_are_asked_for_by_post() -> None:
    (question,) = europepmc.questions(["10.1000/a", "12345"], SETTINGS)
    assert question.url == "https://epmc.example/rest/searchPOST"
    assert fields(question)["query"] == 'DOI:"10.1000/a" OR (EXT_ID:"12345" AND SRC:MED)'
    assert (fields(question)["resultType"], fields(question)["format"]) == ("core", "json")
    assert int(fields(question)["pageSize"]) >= 2
    assert (question.pool, question.authoritative) == ("list", False)


def test_odd_dois_are_asked_for_whole() -> None:
    (question,) = europepmc.questions(ODD_DOIS, SETTINGS)
    found = re.findall(r'DOI:"((?:\\.|[^"\\])*)"', fields(question)["query"])
    assert [re.sub(r"\\(.)", r"\1", one) for one in found] == list(ODD_DOIS)


def test_a_thousand_dois_take_ten_questions() -> None:
    dois = [f"10.1371/journal.pone.{number:07}" for number in range(1000)]
    asked = europepmc.questions(dois, SETTINGS)
    assert [doi for question in asked for doi in question.ids] == dois
    assert len(asked) == 10


def test_the_recorded_retraction_is_told(shared: Path) -> None:
    folder = shared / "data/registry-responses/one-retraction-many-registries/mock-europepmc"
    paths = list(folder.rglob("*.json"))
    if not paths:
        pytest.skip("no recorded retraction in the shared data")
    raw = loaded(paths[0])["resultList"]["result"][0]
    (work,) = europepmc.parse(ok(loaded(paths[0]))) or ()
    assert [(notice.kind, notice.date) for notice in work.notices] == [
        ("retraction", "2004-03-06"),
        ("retraction", "2010-02-06"),
        ("expression of concern", "2011-11"),
    ]
    assert (work.title, work.year, work.pmid) == (raw["title"], raw["pubYear"], raw["pmid"])
    assert work.publication_types == tuple(raw["pubTypeList"]["pubType"])
    assert work.abstract.startswith("Background: ")
    assert len(work.authors) == 13
