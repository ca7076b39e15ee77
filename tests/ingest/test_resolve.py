"""From references to sources, against a registry that is sound, that fails, and that lies."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import unquote

import pytest

from ingest.resolve import Resolved, resolve, source_from_reference
from kb.model import Attribution, Reference, ResolutionStatus
from kb.settings import Settings
from tests.loopback import Act, Loopback, Reply, Script, Seen, closed_port, drip, hang, json_reply, registries, reset

AS_OF = "2026-05-01"
DEADLINE = 1.0


def work(doi: str, title: str, author: str, **fields: object) -> dict[str, Any]:
    record = {"DOI": doi, "type": "journal-article", "title": [title], "author": [{"family": author}]}
    return {**record, "issued": {"date-parts": [[2016]]}, **fields}


def reference(number: int, doi: str | None = None, title: str = "", author: str = "", **fields: Any) -> Reference:
    source = f"doi:{doi}" if doi else f"ref:{number}"
    authors = (author,) if author else ()
    return Reference(
        id=f"r{number}", position=number, text="", source=source, doi=doi, title=title, authors=authors, **fields
    )


HEAT = work(
    "10.1000/Heat", "Heat for knee pain in adults", "Bilal", abstract="<p>Forty adults were treated with heat.</p>"
)
COLD = work("10.1000/cold", "Cold for swollen ankles", "Okafor")
CITED_HEAT = reference(1, "10.1000/heat", "Heat for knee pain in adults", "Bilal", year="2016")
CITED_COLD = reference(2, "10.1000/cold", "Cold for swollen ankles", "Okafor")


@pytest.fixture
def serve() -> Iterator[Callable[[Script], Loopback]]:
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(Loopback(script))


def asking(server: Loopback | str, **fields: Any) -> Settings:
    url = server if isinstance(server, str) else server.url
    return Settings(crossref=url, doi_org=url, deadline=DEADLINE, as_of=AS_OF, **fields)


def statuses(resolved: Resolved) -> list[ResolutionStatus]:
    return [resolution.status for resolution in resolved.resolutions]


def test_all_dois_of_an_article_are_one_question(serve: Callable[[Script], Loopback]) -> None:
    server = serve(registries([HEAT, COLD]))
    told: list[str] = []
    resolved = resolve([CITED_HEAT, CITED_COLD, reference(3)], asking(server), told.append)
    assert [unquote(seen.path) for seen in server.seen] == ["/works?filter=doi:10.1000/heat,doi:10.1000/cold&rows=2"]
    assert statuses(resolved) == ["verified", "verified", "not attempted"]
    assert [source.id for source in resolved.sources] == ["doi:10.1000/heat", "doi:10.1000/cold", "ref:3"]
    assert resolved.resolutions[0].said_by == "Crossref"
    assert resolved.resolutions[0].asked == AS_OF
    assert resolved.resolutions[2].note == "no DOI to ask for"
    assert resolved.notes == ("No DOI to ask a registry for: 1 reference was not checked.",)
    assert told == ["Asking Crossref about 2 DOIs"]


def test_the_registry_is_believed_before_the_author_and_each_is_named(serve: Callable[[Script], Loopback]) -> None:
    cited = reference(
        1, "10.1000/cold", "Cold for swolen ankles", "Okafor", abstract="As the author keeps it.", origin="mine.bib"
    )
    resolved = resolve([cited], asking(serve(registries([COLD]))))
    (source,) = resolved.sources
    assert (source.title, source.abstract) == ("Cold for swollen ankles", "As the author keeps it.")
    assert source.said == (
        Attribution(by="Crossref", fields=("doi", "title", "authors", "year", "type"), asked=AS_OF),
        Attribution(by="the author's bibliography (mine.bib)", fields=("abstract",)),
    )


def test_two_references_to_one_work_are_one_source(serve: Callable[[Script], Loopback]) -> None:
    again = reference(2, "10.1000/heat", "Heat for knee pain in adults", "Bilal", pmid="123")
    resolved = resolve([CITED_HEAT, again], asking(serve(registries([HEAT]))))
    assert [(source.id, source.pmid) for source in resolved.sources] == [("doi:10.1000/heat", "123")]
    assert [resolution.source for resolution in resolved.resolutions] == ["doi:10.1000/heat"] * 2


def test_a_doi_of_another_work_takes_nothing_from_the_reference(serve: Callable[[Script], Loopback]) -> None:
    wrong = reference(1, "10.1000/heat", "Leeches against varicose veins", "Smith", abstract="On leeches.", pmid="7")
    resolved = resolve([wrong], asking(serve(registries([work("10.1000/heat", "Heat for knee pain", "Bilal")]))))
    assert statuses(resolved) == ["another work"]
    assert [difference.field for difference in resolved.resolutions[0].differences] == ["title", "author"]
    (source,) = resolved.sources
    assert (source.title, source.abstract, source.pmid) == ("Heat for knee pain", "", None)


def test_only_doi_org_says_that_a_doi_does_not_exist(serve: Callable[[Script], Loopback]) -> None:
    server = serve(registries([HEAT], elsewhere=["10.5061/dryad.1"]))
    cited = [CITED_HEAT, reference(2, "10.5061/dryad.1"), reference(3, "10.1000/invented")]
    resolved = resolve(cited, asking(server))
    assert statuses(resolved) == ["verified", "ambiguous", "not found"]
    assert [resolution.said_by for resolution in resolved.resolutions] == ["Crossref", "doi.org", "doi.org"]
    assert resolved.resolutions[2].note == "doi.org knows no such DOI"
    assert resolved.notes == (
        "The DOI exists, but Crossref holds no record of it and no other agency was asked: "
        "1 reference was not checked.",
    )
    assert len(server.seen) == 3


def test_a_404_for_a_single_work_is_checked_with_doi_org_too(serve: Callable[[Script], Loopback]) -> None:
    server = serve(registries(elsewhere=["10.5061/dryad.1"]))
    assert statuses(resolve([reference(1, "10.5061/dryad.1")], asking(server))) == ["ambiguous"]
    assert [unquote(seen.path) for seen in server.seen] == ["/works/10.5061/dryad.1", "/api/handles/10.5061/dryad.1"]


def test_where_doi_org_is_out_of_reach_nothing_is_called_missing(serve: Callable[[Script], Loopback]) -> None:
    settings = Settings(crossref=serve(registries()).url, doi_org=closed_port(), deadline=DEADLINE)
    resolved = resolve([CITED_HEAT, CITED_COLD], settings)
    assert statuses(resolved) == ["unreachable", "unreachable"]
    assert resolved.notes == (
        "Crossref holds no record of the DOI, and doi.org could not be reached (the connection was refused): "
        "2 references were not checked.",
    )


@pytest.mark.parametrize(
    "reply",
    [
        Reply(404, b"<html>Not here</html>"),
        json_reply({"responseCode": 100, "handle": "10.1000/other"}, 404),
        json_reply({"responseCode": 100, "handle": "10.1000/heat"}, 200),
        json_reply({"responseCode": 1, "handle": "10.1000/heat"}, 404),
    ],
)
def test_a_404_that_does_not_name_the_doi_is_not_believed(serve: Callable[[Script], Loopback], reply: Reply) -> None:
    server = serve([Reply(404, b"Resource not found."), reply])
    assert statuses(resolve([CITED_HEAT], asking(server))) == ["unreachable"]


def test_one_doi_that_spoils_a_list_is_found_by_halving_it(serve: Callable[[Script], Loopback]) -> None:
    sound = registries([HEAT, COLD])

    def strict(seen: Seen) -> Act:
        return json_reply({"status": "failed"}, 400) if "spoilt" in seen.path else sound(seen)

    cited = [CITED_HEAT, reference(2, "10.1000/spoilt"), CITED_COLD, reference(4, "10.1000/cold,er")]
    resolved = resolve(cited, asking(serve(strict)))
    assert statuses(resolved) == ["verified", "unreachable", "verified", "not found"]
    assert resolved.notes == ("Crossref declined the question (status 400): 1 reference was not checked.",)


OTHER = {"message": {"items": [work("10.1000/other", "Heat for knee pain in adults", "Bilal")]}}
FAULTS: list[tuple[str, Act, str]] = [
    ("limited", Reply(429, b"", {"Retry-After": "0"}), "Crossref asked to be left alone for now"),
    ("limited for a second", Reply(429, b"<html>", {"Retry-After": "1"}), "Crossref asked to be left alone for now"),
    (
        "a record with status 500",
        json_reply({"message": {"items": [HEAT]}}, 500, Retry_After="0"),
        "Crossref reported a fault of its own (status 500)",
    ),
    ("forbidden", Reply(403), "Crossref declined the question (status 403)"),
    ("no such address", Reply(404), "Crossref gave an answer that could not be read (no such address)"),
    ("a page", Reply(200, b"<html>"), "Crossref gave an answer that could not be used (the answer is a web page)"),
    (
        "cut off",
        Reply(200, b'{"message": {"it'),
        "Crossref gave an answer that could not be used (the answer is not JSON)",
    ),
    ("a list", json_reply([HEAT]), "Crossref gave an answer that could not be used (the answer is not a JSON object)"),
    (
        "null message",
        json_reply({"message": None}),
        "Crossref gave an answer that could not be used (it holds no list of works)",
    ),
    ("another DOI", json_reply(OTHER), "Crossref gave an answer that could not be used (it was about another DOI)"),
    (
        "another host",
        Reply(302, b"", {"Location": "http://localhost:1/"}),
        "Crossref gave an answer that could not be used (it sent us on to another address)",
    ),
    ("hang", hang, "Crossref could not be reached (no complete answer within the time allowed)"),
    ("drip", drip, "Crossref could not be reached (no complete answer within the time allowed)"),
    ("reset", reset, "Crossref could not be reached (the connection broke off)"),
]


@pytest.mark.parametrize(("act", "trouble"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_fault_is_never_a_verdict(serve: Callable[[Script], Loopback], act: Act, trouble: str) -> None:
    started = time.monotonic()
    resolved = resolve([CITED_HEAT, CITED_COLD], asking(serve([act])))
    assert time.monotonic() - started < DEADLINE + 1
    assert statuses(resolved) == ["unreachable", "unreachable"]
    assert [resolution.note for resolution in resolved.resolutions] == [trouble] * 2
    assert [(resolution.said_by, resolution.asked) for resolution in resolved.resolutions] == [("", None)] * 2
    assert resolved.notes == (f"{trouble}: 2 references were not checked.",)
    assert [source.title for source in resolved.sources] == [CITED_HEAT.title, CITED_COLD.title]
    assert all(source.said[0].by == "reference list" for source in resolved.sources)


def test_a_closed_port() -> None:
    resolved = resolve([CITED_HEAT], asking(closed_port()))
    assert resolved.notes == (
        "Crossref could not be reached (the connection was refused): 1 reference was not checked.",
    )


def test_offline_opens_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    told: list[str] = []
    resolved = resolve([CITED_HEAT, reference(2)], asking("http://127.0.0.1:1", offline=True), told.append)
    assert statuses(resolved) == ["not attempted", "not attempted"]
    assert [resolution.note for resolution in resolved.resolutions] == [
        "no registry was asked (offline)",
        "no DOI to ask for",
    ]
    assert resolved.notes == (
        "Offline, so no registry was asked: 1 reference was not checked.",
        "No DOI to ask a registry for: 1 reference was not checked.",
    )
    assert told == []


def test_nothing_to_resolve_asks_nothing(serve: Callable[[Script], Loopback]) -> None:
    server = serve(registries())
    assert resolve([], asking(server)) == Resolved(sources=(), resolutions=())
    assert statuses(resolve([reference(1)], asking(server))) == ["not attempted"]
    assert server.seen == []


def test_a_doi_too_long_to_ask_for_is_said_to_be(serve: Callable[[Script], Loopback]) -> None:
    resolved = resolve([reference(1, "10.1000/" + "x" * 5000)], asking(serve(registries())))
    assert statuses(resolved) == ["not attempted"]
    assert resolved.notes == ("The DOI is too long to ask for: 1 reference was not checked.",)


def test_a_source_of_what_the_author_wrote() -> None:
    source = source_from_reference(reference(4, None, "On knees", "Bilal", pmid="12", keywords=("knee",)))
    assert (source.id, source.title, source.authors, source.pmid, source.keywords) == (
        *("ref:4", "On knees", ("Bilal",), "12", ("knee",)),
    )
    assert source.said == (Attribution(by="reference list", fields=("pmid", "title", "authors", "keywords")),)
    assert source_from_reference(reference(5)).said == ()


def test_the_mail_address_appears_in_no_record(serve: Callable[[Script], Loopback]) -> None:
    server = serve(registries([HEAT]))
    resolved = resolve([CITED_HEAT], asking(server, mailto="writer@clinic.example"))
    assert "clinic" not in repr(resolved)
    assert "writer@clinic.example" in server.seen[0].headers["User-Agent"]
