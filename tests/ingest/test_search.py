"""References without an identifier: what is searched for, what is accepted, and what is only offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ingest.resolve import resolve
from ingest.resolve.search import LONGEST_WORDS, judge, words
from kb.model import Reference, ResolutionStatus, Source
from tests.loopback import Loopback, Reply, Script
from tests.world import World, asking, count_of, crossref_work

TITLE = "Cupping therapy for chronic knee pain in adults"
Serve = Callable[[Script], Loopback]


def cited(number: int = 1, **fields: Any) -> Reference:
    usual: dict[str, Any] = {"title": TITLE, "authors": ("Okafor",), "year": "2016", "container": "Knee Journal"}
    return Reference(id=f"r{number}", position=number, source=f"ref:{number}", **{"text": "", **usual, **fields})


def work(number: int = 1, **fields: Any) -> Source:
    usual: dict[str, Any] = {"title": TITLE, "authors": ("Okafor", "Roe"), "year": "2016", "container": "Knee Journal"}
    return Source(id=f"doi:10.1000/{number}", doi=f"10.1000/{number}", **{**usual, **fields})


SEARCHED: list[tuple[str, Reference, str]] = [
    ("fields", cited(), f"{TITLE} Okafor 2016 Knee Journal"),
    ("no author", cited(authors=()), f"{TITLE} 2016 Knee Journal"),
    ("a title alone", cited(authors=(), year=None, container=""), ""),
    ("a name of a page", cited(title="Home", text="NHS. Home.", authors=("NHS",)), ""),
    (
        "no title was read",
        cited(title="", text="Okafor B,  Roe C. Knee J 2016; 3: 4-9. https://knee.example/secret?token=1"),
        "Okafor B, Roe C. Knee J 2016; 3: 4-9.",
    ),
    ("nothing", cited(title="", text=" "), ""),
]


@pytest.mark.parametrize(("why", "reference", "expected"), SEARCHED, ids=[row[0] for row in SEARCHED])
def test_what_is_searched_for(why: str, reference: Reference, expected: str) -> None:
    assert words(reference) == expected


def test_a_long_reference_is_cut() -> None:
    assert len(words(cited(title="knee " * 1000))) <= LONGEST_WORDS


JUDGED: list[tuple[str, dict[str, Any], list[Source], str | None, list[str]]] = [
    ("all fields agree", {}, [work(), work(2, title="Heat for swollen ankles of athletes")], "10.1000/1", []),
    ("a year apart", {"year": "2015"}, [work()], "10.1000/1", []),
    ("no container", {"container": ""}, [work()], "10.1000/1", []),
    ("no year and no container", {"container": "", "year": None}, [work()], None, ["10.1000/1"]),
    ("another year", {"year": "2010"}, [work()], None, ["10.1000/1"]),
    ("another author", {"authors": ("Smith",)}, [work()], None, ["10.1000/1"]),
    ("another journal", {"container": "Acta Dermatologica"}, [work()], None, ["10.1000/1"]),
    ("no author", {"authors": ()}, [work()], None, ["10.1000/1"]),
    ("two that agree", {}, [work(), work(2)], None, ["10.1000/1", "10.1000/2"]),
    ("the same twice", {}, [work(), work()], "10.1000/1", []),
    ("the preprint is told apart", {}, [work(2, container="medRxiv Preprints"), work()], "10.1000/1", []),
    ("its correction", {}, [work(title=f"Correction to: {TITLE}")], None, ["10.1000/1"]),
    ("another work", {}, [work(title="Heat for swollen ankles", authors=("Poe",))], None, []),
    ("the same author on something else", {}, [work(title="Heat for swollen ankles of athletes")], None, []),
    ("a short title in full", {"title": "Back pain"}, [work(title="Back pain")], "10.1000/1", []),
    (
        "a short title without a journal",
        {"title": "Back pain", "container": ""},
        [work(title="Back pain")],
        None,
        ["10.1000/1"],
    ),
    (
        "a short title a year apart",
        {"title": "Back pain", "year": "2015"},
        [work(title="Back pain")],
        None,
        ["10.1000/1"],
    ),
    ("nothing came", {}, [], None, []),
    ("a record that says nothing", {}, [Source(id="doi:10.1000/1", doi="10.1000/1")], None, []),
    ("as many as fit on a screen", {}, [work(number) for number in range(9)], None, [f"10.1000/{n}" for n in range(3)]),
]


@pytest.mark.parametrize(("why", "fields", "works", "accepted", "offered"), JUDGED, ids=[row[0] for row in JUDGED])
def test_a_work_is_taken_only_where_every_field_agrees(
    why: str, fields: dict[str, Any], works: list[Source], accepted: str | None, offered: list[str]
) -> None:
    taken, candidates = judge(cited(**fields), works)
    assert (taken.doi if taken else None, [candidate.doi for candidate in candidates]) == (accepted, offered)


def test_a_candidate_says_what_agrees_and_what_does_not() -> None:
    _, (candidate,) = judge(cited(year="2010", container=""), [work()])
    assert candidate.why == (
        "title and author agree; year differs ('2010', registered '2016'); container could not be compared"
    )


def test_no_title_could_be_read() -> None:
    text = f"Okafor B, Roe C. {TITLE}. Knee Journal 2016;3:4-9."
    bare = cited(title="", authors=(), year=None, container="", text=text)
    taken, candidates = judge(bare, [work(), work(2, title="Heat for swollen ankles of athletes", authors=("Poe",))])
    assert taken == work()
    assert candidates == ()


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(Loopback(script))


FOUND = {**crossref_work("10.1000/1", TITLE, "Okafor"), "container-title": ["Knee Journal"]}
OTHER = crossref_work("10.1000/2", "Heat for swollen ankles of athletes", "Poe")
ENDS: list[tuple[str, list[dict[str, Any]], ResolutionStatus, str, str]] = [
    ("accepted", [OTHER, FOUND], "verified", "doi:10.1000/1", "found by its words"),
    ("offered", [{**FOUND, "issued": {"date-parts": [[2009]]}}], "ambiguous", "ref:1", "a registered work comes close"),
    ("several", [FOUND, {**FOUND, "DOI": "10.1000/9"}], "ambiguous", "ref:1", "several registered works come close"),
    ("nothing fits", [OTHER], "not attempted", "ref:1", "No registered work fits"),
    ("nothing found", [], "not attempted", "ref:1", "No registered work fits"),
]


@pytest.mark.parametrize(("why", "found", "status", "source", "note"), ENDS, ids=[row[0] for row in ENDS])
def test_how_a_search_ends(
    serve: Serve, why: str, found: list[dict[str, Any]], status: ResolutionStatus, source: str, note: str
) -> None:
    server = serve(World(found=found))
    resolved = resolve([cited()], asking(server))
    (resolution,) = resolved.resolutions
    assert (resolution.status, resolution.source) == (status, source)
    assert note in resolution.note
    assert bool(resolution.candidates) == (status == "ambiguous")
    assert [one.id for one in resolved.sources] == [source]
    assert count_of(server)["crossref"] == 1
    query = parse_qs(urlsplit(server.seen[0].path).query)["query.bibliographic"]
    assert query == [f"{TITLE} Okafor 2016 Knee Journal"]


def test_an_outage_is_no_word_that_nothing_fits(serve: Serve) -> None:
    resolved = resolve([cited()], asking(serve(World(acts={"crossref": Reply(403)}))))
    assert resolved.resolutions[0].status == "unreachable"
    assert resolved.notes == ("Crossref declined the question (status 403): 1 reference was not checked.",)


def test_the_same_words_are_searched_for_once_and_only_so_many(serve: Serve) -> None:
    server = serve(World(found=[FOUND]))
    many = [cited(1), cited(2), *(cited(number, title=f"{TITLE}, part {number}") for number in range(3, 8))]
    resolved = resolve(many, asking(server, searches=4))
    assert count_of(server)["crossref"] == 3
    assert [resolution.status for resolution in resolved.resolutions[:2]] == ["verified"] * 2
    assert resolved.sources[0].id == "doi:10.1000/1"
    assert "Only 4 references without an identifier are looked up in a run: 3 references were not checked." in (
        resolved.notes
    )
