"""Is this the work that was cited? Hand-made pairs, and registered works held against themselves and each other."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.http import Answer
from ingest.resolve import crossref
from ingest.resolve.match import compare, same_container, title_similarity
from kb.model import Reference, ResolutionStatus, Source

WORK = Source(
    id="doi:10.1000/abc",
    doi="10.1000/abc",
    pmid="77",
    title="Cupping therapy for chronic knee pain: a randomised controlled trial",
    authors=("Ménard", "van den Berg", "Okafor"),
    year="2016",
    container="The Journal of Alternative and Complementary Medicine",
)
TITLE = WORK.title
TEXT = "Ménard A, van den Berg B. Cupping therapy for chronic knee pain. J Altern Complement Med 2016;22:4-9."


def reference(**fields: Any) -> Reference:
    return Reference(id="r1", position=1, source=WORK.id, **({"text": "", "doi": "10.1000/abc"} | fields))


ROWS: list[tuple[str, dict[str, Any], ResolutionStatus, tuple[str, ...]]] = [
    (
        "all fields as registered",
        {"title": TITLE, "authors": WORK.authors, "year": "2016", "container": WORK.container},
        "verified",
        (),
    ),
    (
        "another style",
        {
            "title": "CUPPING THERAPY FOR {CHRONIC} KNEE PAIN - A RANDOMISED CONTROLLED TRIAL.",
            "authors": ("MENARD", "Berg"),
            "year": "2016a",
            "container": "J Altern Complement Med",
        },
        "verified",
        (),
    ),
    (
        "without the subtitle",
        {"title": "Cupping therapy for chronic knee pain", "authors": ("Menard",)},
        "verified",
        (),
    ),
    ("the id of another record", {"title": TITLE, "pmid": "78"}, "metadata differs", ("pmid",)),
    ("the id of this record", {"title": TITLE, "pmid": "77"}, "verified", ()),
    ("a slip of the pen", {"title": TITLE.replace("chronic", "cronic")}, "verified", ()),
    ("a name that is spelled otherwise", {"title": TITLE, "authors": ("Menart",)}, "metadata differs", ("author",)),
    ("British and American", {"title": TITLE.replace("randomised", "randomized")}, "verified", ()),
    ("one year off", {"title": TITLE, "year": "2015"}, "verified", ("year",)),
    ("three years off", {"title": TITLE, "year": "2019"}, "metadata differs", ("year",)),
    ("another journal", {"title": TITLE, "container": "Cardiology Today"}, "metadata differs", ("container",)),
    ("authors in another order", {"title": TITLE, "authors": ("Okafor", "Ménard")}, "metadata differs", ("author",)),
    ("another author", {"title": TITLE, "authors": ("Smith",)}, "metadata differs", ("author",)),
    (
        "another title by the author",
        {"title": "Leeches in the treatment of varicose veins", "authors": ("Ménard",)},
        "metadata differs",
        ("title",),
    ),
    (
        "another work",
        {"title": "Leeches in the treatment of varicose veins", "authors": ("Smith",), "year": "2016"},
        "another work",
        ("title", "author"),
    ),
    (
        "another title, no author, another year",
        {"title": "Leeches in the treatment of varicose veins", "year": "2002"},
        "another work",
        ("title", "year"),
    ),
    (
        "another title and nothing else",
        {"title": "Leeches in the treatment of varicose veins"},
        "metadata differs",
        ("title",),
    ),
    (
        "a notice about it",
        {"title": "Correction: " + TITLE, "authors": ("Ménard",)},
        "metadata differs",
        ("title",),
    ),
    ("a numbered sequel", {"title": TITLE.replace("trial", "trial 2")}, "metadata differs", ("title",)),
    ("a particle left out", {"title": TITLE, "authors": ("Ménard A",)}, "verified", ()),
    ("the identifier alone", {"text": "https://doi.org/10.1000/abc"}, "verified", ()),
    ("the identifier and its name", {"text": "DOI: 10.1000/abc PMID: 123"}, "verified", ()),
    ("found in the text", {"text": TEXT}, "verified", ()),
    ("found in the text, year off", {"text": TEXT.replace("2016", "2011")}, "metadata differs", ("year",)),
    (
        "text of another work",
        {"text": "Smith J, Doe K. Leeches in the treatment of varicose veins. Phlebology 2016;3:1-9."},
        "another work",
        ("title", "author"),
    ),
    ("a style without titles", {"text": "Ménard A et al. J. Altern. Med. 22, 4 (2016)"}, "verified", ()),
    (
        "a title that was read out amiss",
        {"title": "Ménard A, van den Berg B. " + TITLE, "text": "Ménard A, van den Berg B. " + TITLE + ". 2016"},
        "verified",
        (),
    ),
    ("another script", {"title": "Терапия банками при боли в колене", "authors": ("Менар",)}, "ambiguous", ()),
]


@pytest.mark.parametrize(("fields", "status", "named"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_is_this_the_work(fields: dict[str, Any], status: ResolutionStatus, named: tuple[str, ...]) -> None:
    outcome = compare(reference(**fields), WORK)
    assert (outcome.status, tuple(difference.field for difference in outcome.differences)) == (status, named)


def test_a_difference_shows_both_values_as_they_stand() -> None:
    (difference,) = compare(reference(title=TITLE, year="2019"), WORK).differences
    assert (difference.field, difference.cited, difference.registered) == ("year", "2019", "2016")


def test_a_title_that_its_registry_marks_as_retracted_is_still_the_title() -> None:
    marked = Source(id="x", title="RETRACTED: " + TITLE, authors=WORK.authors)
    assert compare(reference(title=TITLE, authors=("Ménard",)), marked).status == "verified"
    article = Source(id="x", title="RETRACTED ARTICLE: " + TITLE, authors=WORK.authors)
    assert compare(reference(text=TEXT), article).status == "verified"


def test_a_record_without_fields_verifies_nothing() -> None:
    assert compare(reference(title=TITLE, authors=("Ménard",)), Source(id="x")).status == "ambiguous"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("n engl j med", "the new england journal of medicine", True),
        ("proc natl acad sci u s a", "proceedings of the national academy of sciences", True),
        ("pnas", "proceedings of the national academy of sciences", True),
        ("lancet", "the lancet", True),
        ("bmj", "bmj clinical research ed", True),
        ("bmj", "british medical journal", True),
        ("eur j pain", "european journal of pain", True),
        ("spine", "european journal of pain", False),
        ("lancet", "nature medicine", False),
        ("biorxiv", "plos one", False),
    ],
)
def test_names_of_journals(one: str, other: str, same: bool) -> None:
    assert same_container(one, other) is same
    assert same_container(other, one) is same


TEXTS = st.text(max_size=60)


@settings(deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=3), st.none() | TEXTS, TEXTS)
def test_any_text_can_be_compared(title: str, text: str, authors: list[str], year: str | None, container: str) -> None:
    cited = reference(title=title, text=text, authors=tuple(authors), year=year, container=container)
    compare(cited, WORK)
    turned = Source(id="x", title=title, authors=tuple(authors), year=year, container=container)
    outcome = compare(cited, turned)
    assert outcome.status in ("verified", "ambiguous")
    assert outcome.differences == ()


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_similarity_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert 0 <= title_similarity(one, other) <= 100
    assert title_similarity(one, other) == pytest.approx(title_similarity(other, one))


def test_recorded_works_are_themselves_and_no_other(shared: Path) -> None:
    works: list[Source] = []
    for path in sorted((shared / "data/registry-responses/crossref-candidates").glob("*.json"))[:200]:
        found = {"message": {"items": json.loads(path.read_text(encoding="utf-8"))}}
        works += crossref.parse(Answer(outcome="ok", data=found)) or ()
    works = [work for work in works if len(work.title.split()) > 3 and work.authors]
    if not works:
        pytest.skip("no recorded candidates of Crossref in the shared data")
    choose = random.Random(7)
    others = [(work, choose.choice(works)) for work in works]
    cited = {work.id: reference(title=work.title, authors=work.authors, year=work.year) for work in works}
    assert {compare(cited[work.id], work).status for work in works} == {"verified"}
    wrong = [pair for pair in others if pair[0].title != pair[1].title]
    told = [compare(cited[work.id], other).status for work, other in wrong]
    assert "verified" not in told
    assert told.count("another work") > 0.9 * len(told)
