"""From references to sources, against registries that are sound, that fail, and that lie."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from ingest.http import Http
from ingest.resolve import Resolved, resolve, source_from_reference
from kb.model import Attribution, Notice, Reference, ResolutionStatus, Source
from tests.clock import Clock
from tests.costs import assert_within, wall
from tests.loopback import Act, Loopback, Reply, Script, Seen, closed_port, drip, hang, json_reply, reset
from tests.world import PubMedRecord, World, asked_of, asking, count_of, crossref_work, retraction

AS_OF = "2026-05-01"
DEADLINE = 2.0
Serve = Callable[[Script], Loopback]


def reference(number: int, doi: str | None = None, title: str = "", author: str = "", **fields: Any) -> Reference:
    pmid = fields.get("pmid")
    source = f"doi:{doi}" if doi else f"pmid:{pmid}" if pmid else f"ref:{number}"
    authors = (author,) if author else ()
    return Reference(
        id=f"r{number}", position=number, source=source, doi=doi, title=title, authors=authors, **{"text": "", **fields}
    )


HEAT = crossref_work(
    "10.1000/Heat", "Heat for knee pain in adults", "Bilal", abstract="<p>Forty adults were treated with heat.</p>"
)
COLD = crossref_work("10.1000/cold", "Cold for swollen ankles", "Okafor", type="book-chapter")
CITED_HEAT = reference(1, "10.1000/heat", "Heat for knee pain in adults", "Bilal", year="2016")
CITED_COLD = reference(2, "10.1000/cold", "Cold for swollen ankles", "Okafor")
DATASET = {"doi": "10.5061/data.1", "titles": [{"title": "Knees measured"}], "publicationYear": 2015}
DATASET = {**DATASET, "types": {"resourceTypeGeneral": "Dataset"}, "creators": [{"familyName": "Stone"}]}
HEAT_IN_PUBMED = PubMedRecord(
    "77",
    "10.1000/heat",
    "Heat for knee pain in adults",
    "Bilal",
    abstract="Forty adults had heat, forty none.",
    types=("Randomized Controlled Trial",),
)


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(Loopback(script))


def statuses(resolved: Resolved) -> list[ResolutionStatus]:
    return [resolution.status for resolution in resolved.resolutions]


def only_source(resolved: Resolved) -> Source:
    (source,) = resolved.sources
    return source


def test_all_dois_of_an_article_are_one_question_to_crossref(serve: Serve) -> None:
    server = serve(World(crossref=[HEAT, COLD]))
    told: list[str] = []
    resolved = resolve([CITED_HEAT, CITED_COLD, reference(3)], asking(server), told.append)
    assert asked_of(server)[0] == "crossref/works?filter=doi:10.1000/heat,doi:10.1000/cold&rows=2"
    assert count_of(server)["crossref"] == 1
    assert statuses(resolved) == ["verified", "verified", "not attempted"]
    assert [source.id for source in resolved.sources] == ["doi:10.1000/heat", "doi:10.1000/cold", "ref:3"]
    assert resolved.resolutions[0].said_by == "Crossref"
    assert resolved.resolutions[0].asked == AS_OF
    assert resolved.notes == (
        "The reference has neither an identifier nor enough words to search by: 1 reference was not checked.",
    )
    assert told == ["Asking Crossref about 2 DOIs", "Asking PubMed about 1 DOI"]


def test_few_questions_for_many_dois_and_word_of_what_is_waiting(serve: Serve) -> None:
    dois = [f"10.5555/{number:04d}" for number in range(200)]
    server = serve(World(crossref=[crossref_work(doi, f"Study number {doi}", "Roe") for doi in dois]))
    told: list[str] = []
    resolved = resolve([reference(number, doi) for number, doi in enumerate(dois)], asking(server), told.append)
    assert set(statuses(resolved)) == {"verified"}
    assert count_of(server)["crossref"] <= 5
    assert len(server.seen) <= 12
    assert told[0] == "Asking Crossref about 200 DOIs"
    assert told[1].startswith("Crossref: ") and told[1].endswith(" of 200 DOIs")


def test_the_registry_is_believed_before_the_author_and_each_is_named(serve: Serve) -> None:
    cited = reference(
        1, "10.1000/cold", "Cold for swolen ankles", "Okafor", abstract="As the author keeps it.", origin="mine.bib"
    )
    source = only_source(resolve([cited], asking(serve(World(crossref=[COLD])))))
    assert (source.title, source.abstract) == ("Cold for swollen ankles", "As the author keeps it.")
    assert source.said == (
        Attribution(by="Crossref", fields=("doi", "title", "authors", "year", "type"), asked=AS_OF),
        Attribution(by="the author's bibliography (mine.bib)", fields=("abstract",)),
    )


def test_pubmed_adds_what_only_it_knows(serve: Serve) -> None:
    server = serve(World(crossref=[HEAT], pubmed=[HEAT_IN_PUBMED]))
    source = only_source(resolve([CITED_HEAT], asking(server)))
    assert source.pmid == "77"
    assert source.publication_types == ("Randomized Controlled Trial",)
    assert source.abstract == "Forty adults had heat, forty none."
    assert [(said.by, said.fields) for said in source.said][1] == (
        *("PubMed", ("pmid", "container", "abstract", "publication_types")),
    )
    assert source.disagreements == ()
    assert count_of(server) == {"crossref": 1, "ncbi": 2, "datacite": 0, "doi_org": 0, "europepmc": 0, "openalex": 0}


def test_europe_pmc_is_asked_for_the_abstract_that_nobody_gave(serve: Serve) -> None:
    bare = crossref_work("10.1000/bare", "Rest for stiff shoulders", "Roe", type="posted-content")
    known = {"doi": "10.1000/bare", "title": "Rest for stiff shoulders", "abstractText": "Twenty adults rested a week."}
    server = serve(World(crossref=[bare, HEAT], europepmc=[known]))
    resolved = resolve([reference(1, "10.1000/bare"), CITED_HEAT], asking(server))
    assert resolved.sources[0].abstract == "Twenty adults rested a week."
    assert [seen.body.count(b"DOI") for seen in server.seen if seen.path.startswith("/europepmc/")] == [1]


def test_a_book_is_not_looked_for_among_articles(serve: Serve) -> None:
    server = serve(World(crossref=[COLD]))
    resolve([CITED_COLD], asking(server))
    assert [seen.path.split("/")[1] for seen in server.seen] == ["crossref"]


def test_openalex_names_what_a_work_cites_where_no_other_registry_does(serve: Serve) -> None:
    heat = {"id": "https://openalex.org/W1", "doi": "10.1000/heat", "title": "Heat for knee pain in adults"}
    cited = {"id": "https://openalex.org/W2", "doi": "10.1000/cited"}
    world = World(crossref=[HEAT], openalex=[{**heat, "referenced_works": ["https://openalex.org/W2"]}, cited])
    server = serve(world)
    source = only_source(resolve([CITED_HEAT], asking(server, openalex_key="sesame")))
    assert source.cites == ("doi:10.1000/cited",)
    assert any(said.by == "OpenAlex" and "cites" in said.fields for said in source.said)
    assert count_of(server, ["openalex"]) == {"openalex": 2}


def test_openalex_is_not_asked_for_names_where_crossref_tells_what_a_work_cites(serve: Serve) -> None:
    heat = {"id": "https://openalex.org/W1", "doi": "10.1000/heat", "referenced_works": ["https://openalex.org/W2"]}
    world = World(crossref=[{**HEAT, "reference": [{"DOI": "10.1000/other"}]}], openalex=[heat])
    server = serve(world)
    source = only_source(resolve([CITED_HEAT], asking(server, openalex_key="sesame")))
    assert source.cites == ("doi:10.1000/other",)
    assert count_of(server, ["openalex"]) == {"openalex": 1}


def test_openalex_is_asked_with_a_key_alone_and_its_silence_is_shown(serve: Serve) -> None:
    retracted = {"doi": "https://doi.org/10.1000/cold", "title": "Cold for swollen ankles", "is_retracted": True}
    world = World(crossref=[COLD], openalex=[{**retracted, "doi": "10.1000/cold"}])
    server = serve(world)
    source = only_source(resolve([CITED_COLD], asking(server, openalex_key="sesame")))
    assert source.notices == (Notice(kind="retraction", said_by=("OpenAlex",)),)
    (disagreement,) = source.disagreements
    assert (disagreement.field, disagreement.says) == ("retraction", (("Crossref", ""), ("OpenAlex", "retracted")))
    assert "sesame" not in repr(source)


def test_two_references_to_one_work_are_one_source(serve: Serve) -> None:
    again = reference(2, "10.1000/heat", "Heat for knee pain in adults", "Bilal", pmid="123")
    resolved = resolve([CITED_HEAT, again], asking(serve(World(crossref=[HEAT]))))
    assert [(source.id, source.pmid) for source in resolved.sources] == [("doi:10.1000/heat", "123")]
    assert [resolution.source for resolution in resolved.resolutions] == ["doi:10.1000/heat"] * 2


def test_a_doi_of_another_work_takes_nothing_from_the_reference(serve: Serve) -> None:
    wrong = reference(1, "10.1000/heat", "Leeches against varicose veins", "Smith", abstract="On leeches.", pmid="7")
    world = World(crossref=[crossref_work("10.1000/heat", "Heat for knee pain", "Bilal")])
    resolved = resolve([wrong], asking(serve(world)))
    assert statuses(resolved) == ["another work"]
    assert [difference.field for difference in resolved.resolutions[0].differences] == ["title", "author"]
    source = only_source(resolved)
    assert (source.title, source.abstract, source.pmid) == ("Heat for knee pain", "", None)


def test_metadata_that_differ_are_named_with_both_values(serve: Serve) -> None:
    cited = reference(1, "10.1000/cold", "Cold for swollen ankles", "Okafor", year="2009")
    (resolution,) = resolve([cited], asking(serve(World(crossref=[COLD])))).resolutions
    assert resolution.status == "metadata differs"
    assert [(one.field, one.cited, one.registered) for one in resolution.differences] == [("year", "2009", "2016")]


def test_only_doi_org_says_that_a_doi_does_not_exist(serve: Serve) -> None:
    agencies = {"10.5061/data.1": "DataCite", "10.1400/x": "mEDRA"}
    server = serve(World(crossref=[HEAT], datacite=[DATASET], agencies=agencies))
    cited = [
        *(CITED_HEAT, reference(2, "10.5061/data.1", "Knees measured", "Stone")),
        *(reference(3, "10.1000/invented"), reference(4, "10.1400/x"), reference(5, "10.5061/data.2")),
    ]
    resolved = resolve(cited, asking(server))
    assert statuses(resolved) == ["verified", "verified", "not found", "ambiguous", "not found"]
    assert [one.said_by for one in resolved.resolutions] == ["Crossref", "DataCite", "doi.org", "doi.org", "doi.org"]
    assert resolved.resolutions[2].note == "doi.org knows no such DOI"
    assert resolved.notes == (
        "The DOI exists (registered with mEDRA), but no registry that was asked holds a record of it: "
        "1 reference was not checked.",
    )
    assert {name: count_of(server)[name] for name in ("crossref", "datacite", "doi_org")} == {
        **{"crossref": 1, "datacite": 1},
        "doi_org": 4,
    }


def test_an_invented_doi_of_datacite_is_not_found(serve: Serve) -> None:
    server = serve(World(agencies={"10.5061/data.2": "DataCite"}))
    assert statuses(resolve([reference(1, "10.5061/data.2")], asking(server))) == ["ambiguous"]
    assert [path.split("?")[0] for path in asked_of(server)[:4]] == [
        *("crossref/works/10.5061/data.2", "doi_org/ra/10.5061/data.2"),
        *("datacite/dois/10.5061/data.2", "doi_org/api/handles/10.5061/data.2"),
    ]


def test_where_doi_org_is_out_of_reach_nothing_is_called_missing(serve: Serve) -> None:
    resolved = resolve([CITED_HEAT, CITED_COLD], asking(serve(World()), doi_org=closed_port()))
    assert statuses(resolved) == ["unreachable", "unreachable"]
    assert resolved.notes == (
        "Crossref holds no record of the DOI, and doi.org could not be reached (the connection was refused): "
        "2 references were not checked.",
    )


def test_datacite_is_asked_where_the_agency_is_unknown(serve: Serve) -> None:
    resolved = resolve(
        [reference(1, "10.5061/data.1")], asking(serve(World(datacite=[DATASET])), doi_org=closed_port())
    )
    assert statuses(resolved) == ["verified"]
    assert resolved.resolutions[0].said_by == "DataCite"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(404, b"<html>Not here</html>"),
        json_reply({"responseCode": 100, "handle": "10.1000/other"}, 404),
        json_reply({"responseCode": 100, "handle": "10.1000/heat"}, 200),
        json_reply({"responseCode": 1, "handle": "10.1000/heat"}, 404),
    ],
)
def test_a_404_that_does_not_name_the_doi_is_not_believed(serve: Serve, reply: Reply) -> None:
    server = serve(World(acts={"doi_org": reply}))
    assert statuses(resolve([CITED_HEAT], asking(server))) == ["unreachable"]


def test_one_doi_that_spoils_a_list_is_found_by_halving_it(serve: Serve) -> None:
    sound = World(crossref=[HEAT, COLD])

    def strict(seen: Seen) -> Act:
        return (
            json_reply({"status": "failed"}, 400) if "crossref" in seen.path and "spoilt" in seen.path else sound(seen)
        )

    cited = [CITED_HEAT, reference(2, "10.1000/spoilt"), CITED_COLD, reference(4, "10.1000/cold,er")]
    resolved = resolve(cited, asking(serve(strict)))
    assert statuses(resolved) == ["verified", "unreachable", "verified", "not found"]
    assert resolved.notes == ("Crossref declined the question (status 400): 1 reference was not checked.",)


OUTAGES = [
    ("datacite", ["verified", "unreachable"], "Crossref holds no record of the DOI, and DataCite"),
    ("ncbi", ["verified", "verified"], "PubMed"),
    ("europepmc", ["verified", "verified"], "Europe PMC"),
    ("openalex", ["verified", "verified"], "OpenAlex"),
]


@pytest.mark.parametrize(("name", "expected", "who"), OUTAGES)
def test_with_one_registry_down_the_facts_of_the_others_are_kept(
    serve: Serve, name: str, expected: list[ResolutionStatus], who: str
) -> None:
    bare = crossref_work("10.1000/heat", "Heat for knee pain in adults", "Bilal")
    world = World(crossref=[bare], datacite=[DATASET], agencies={"10.5061/data.1": "DataCite"}, acts={name: Reply(403)})
    settings = asking(serve(world), openalex_key="sesame")
    resolved = resolve([CITED_HEAT, reference(2, "10.5061/data.1")], settings)
    assert statuses(resolved) == expected
    assert resolved.sources[0].title == "Heat for knee pain in adults"
    (note,) = [note for note in resolved.notes if note.startswith(who)]
    assert "declined the question (status 403)" in note
    assert note.endswith(("is missing.", "was not checked."))


def test_without_crossref_pubmed_still_tells_of_the_work(serve: Serve) -> None:
    server = serve(World(pubmed=[HEAT_IN_PUBMED], acts={"crossref": Reply(403)}))
    resolved = resolve([CITED_HEAT, CITED_COLD], asking(server))
    assert statuses(resolved) == ["verified", "unreachable"]
    assert resolved.resolutions[0].said_by == "PubMed"
    assert resolved.notes == (
        "Crossref declined the question (status 403): 1 reference was not checked.",
        "Crossref declined the question (status 403): what it may know of 1 work is missing.",
    )


def test_a_year_on_which_registries_differ_is_shown(serve: Serve) -> None:
    later = PubMedRecord("77", "10.1000/heat", "Heat for Knee Pain in Adults.", "Bilal", "2017")
    source = only_source(resolve([CITED_HEAT], asking(serve(World(crossref=[HEAT], pubmed=[later])))))
    assert source.year == "2016"
    (disagreement,) = source.disagreements
    assert (disagreement.field, disagreement.says) == ("year", (("Crossref", "2016"), ("PubMed", "2017")))


def test_a_retraction_that_only_pubmed_tells_of(serve: Serve) -> None:
    told = PubMedRecord(
        *("77", "10.1000/heat", "Heat for knee pain in adults", "Bilal"),
        links=(("RetractionIn", "Knee J. 2018 Mar 4;1(1):2. doi: 10.1000/notice."),),
    )
    source = only_source(resolve([CITED_HEAT], asking(serve(World(crossref=[HEAT], pubmed=[told])))))
    assert source.notices == (Notice(kind="retraction", said_by=("PubMed",), date="2018-03-04", doi="10.1000/notice"),)
    (disagreement,) = source.disagreements
    assert (disagreement.field, disagreement.says) == ("retraction", (("Crossref", ""), ("PubMed", "retracted")))


def test_a_retraction_that_everybody_tells_of_is_one_notice(serve: Serve) -> None:
    notices = [retraction("10.1000/notice"), retraction("10.1000/notice", source="retraction-watch")]
    world = World(
        crossref=[{**HEAT, "updated-by": notices}],
        pubmed=[
            PubMedRecord(
                *("77", "10.1000/heat", "RETRACTED: Heat for knee pain in adults", "Bilal"),
                links=(("RetractionIn", "Knee J. 2018 Mar;1(1):2."),),
            )
        ],
        openalex=[{"doi": "10.1000/heat", "title": "Heat for knee pain in adults", "is_retracted": True}],
    )
    file = {"10.1000/heat": (Notice(kind="retraction", said_by=("Retraction Watch",), reasons=("Error in data",)),)}
    settings = asking(serve(world), openalex_key="sesame")
    source = only_source(resolve([CITED_HEAT], settings, retractions=file))
    tellers = ("Crossref", "Retraction Watch, by Crossref", "PubMed", "OpenAlex", "Retraction Watch")
    (notice,) = source.notices
    assert (notice.kind, notice.date, notice.doi) == ("retraction", "2018-03-04", "10.1000/notice")
    assert notice.said_by == tellers
    assert notice.reasons == ("Error in data",)
    assert source.disagreements == ()


def test_the_file_of_retractions_counts_offline_too_and_by_pubmed_id() -> None:
    told = (Notice(kind="retraction", said_by=("Retraction Watch",), date="2018-03-04"),)
    settings = asking("http://127.0.0.1:1", offline=True)
    cited = [CITED_HEAT, reference(2, pmid="77"), CITED_COLD]
    resolved = resolve(cited, settings, retractions={"10.1000/heat": told, "77": told})
    assert [source.notices for source in resolved.sources] == [told, told, ()]


def test_a_pubmed_id_leads_to_the_work_and_its_doi(serve: Serve) -> None:
    server = serve(World(crossref=[HEAT], pubmed=[HEAT_IN_PUBMED, PubMedRecord("78", "", "Rest for knees", "Roe")]))
    cited = [
        *(reference(1, None, "Heat for knee pain in adults", "Bilal", pmid="77"), CITED_HEAT),
        *(reference(3, None, "Rest for knees", "Roe", pmid="78"), reference(4, pmid="79")),
    ]
    resolved = resolve(cited, asking(server))
    assert statuses(resolved) == ["verified", "verified", "verified", "not found"]
    assert [one.source for one in resolved.resolutions] == ["doi:10.1000/heat"] * 2 + ["pmid:78", "pmid:79"]
    assert [one.said_by for one in resolved.resolutions] == ["Crossref", "Crossref", "PubMed", "PubMed"]
    assert [source.id for source in resolved.sources] == ["doi:10.1000/heat", "pmid:78", "pmid:79"]
    assert count_of(server)["ncbi"] == 1


def test_where_pubmed_is_out_of_reach_its_ids_are_not_missing() -> None:
    resolved = resolve([reference(1, pmid="77")], asking(closed_port()))
    assert statuses(resolved) == ["unreachable"]


OTHER = {"message": {"items": [crossref_work("10.1000/other", "Heat for knee pain in adults", "Bilal")]}}
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
    ("a list", json_reply([HEAT]), "Crossref gave an answer that could not be used (it holds no list of works)"),
    (
        "null message",
        json_reply({"message": None}),
        "Crossref gave an answer that could not be used (it holds no list of works)",
    ),
    ("another DOI", json_reply(OTHER), "Crossref gave an answer that could not be used (it was about another work)"),
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
def test_a_fault_is_never_a_verdict(serve: Serve, act: Act, trouble: str) -> None:
    little = {"deadline": DEADLINE, "patience": DEADLINE / 2} if act in (hang, drip) else {}
    settings = asking(serve(World(acts={"crossref": act})), **little)
    came: list[Resolved] = []

    def job() -> None:
        clock = Clock()
        came.append(resolve([CITED_HEAT, CITED_COLD], settings, http=Http(settings, clock=clock, sleep=clock.sleep)))

    assert_within(DEADLINE + 1, job, wall)
    resolved = came[0]
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
    by_words = reference(3, None, "Heat for knee pain in adults", "Bilal")
    cited = [CITED_HEAT, reference(2), by_words, reference(4, pmid="77")]
    resolved = resolve(cited, asking("http://127.0.0.1:1", offline=True), told.append)
    assert statuses(resolved) == ["not attempted"] * 4
    assert resolved.resolutions[0].note == "Offline, so no registry was asked"
    assert resolved.notes == (
        "Offline, so no registry was asked: 3 references were not checked.",
        "The reference has neither an identifier nor enough words to search by: 1 reference was not checked.",
    )
    assert told == []


def test_nothing_to_resolve_asks_nothing(serve: Serve) -> None:
    server = serve(World())
    assert resolve([], asking(server)) == Resolved(sources=(), resolutions=())
    assert statuses(resolve([reference(1)], asking(server))) == ["not attempted"]
    assert server.seen == []


def test_a_doi_too_long_to_ask_for_is_said_to_be(serve: Serve) -> None:
    resolved = resolve([reference(1, "10.1000/" + "x" * 5000)], asking(serve(World())))
    assert statuses(resolved) == ["not attempted"]
    assert resolved.notes == ("The identifier is too long to ask for, or none: 1 reference was not checked.",)


def test_a_source_of_what_the_author_wrote() -> None:
    source = source_from_reference(reference(4, None, "On knees", "Bilal", pmid="12", keywords=("knee",)))
    assert (source.id, source.title, source.authors, source.pmid, source.keywords) == (
        *("pmid:12", "On knees", ("Bilal",), "12", ("knee",)),
    )
    assert source.said == (Attribution(by="reference list", fields=("pmid", "title", "authors", "keywords")),)
    assert source_from_reference(reference(5)).said == ()


def test_the_mail_address_appears_in_no_record(serve: Serve) -> None:
    server = serve(World(crossref=[HEAT]))
    resolved = resolve([CITED_HEAT], asking(server, mailto="writer@clinic.example"))
    assert "clinic" not in repr(resolved)
    assert "writer@clinic.example" in server.seen[0].headers["User-Agent"]
