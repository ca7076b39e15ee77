"""What a registry receives: every odd DOI, sent over a socket and decoded as a server decodes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from ingest.http import Http
from ingest.resolve import crossref, datacite, doi_org, europepmc, openalex, pubmed
from ingest.resolve.question import Question
from kb.settings import Settings
from tests.loopback import Loopback, Seen, json_reply
from tests.registry_samples import ODD_DOIS

Ask: TypeAlias = Callable[[Sequence[str], Settings], tuple[Question, ...]]
Decode: TypeAlias = Callable[[Seen], list[str]]


def in_path(start: str) -> Decode:
    return lambda seen: [unquote(seen.path.removeprefix(start).partition("?")[0])]


def unescaped(phrase: str) -> str:
    return re.sub(r"\\(.)", r"\1", phrase)


def in_filter(separator: str) -> Decode:
    """The DOIs of a filter: decoded as a whole, and only then taken apart."""

    def decode(seen: Seen) -> list[str]:
        parts = urlsplit(seen.path)
        if parts.path != "/works":
            return [unquote(parts.path.removeprefix("/works/").removeprefix("doi:"))]
        return parse_qs(parts.query)["filter"][0].removeprefix("doi:").split(separator)

    return decode


def in_agencies(seen: Seen) -> list[str]:
    return [unquote(one) for one in seen.path.removeprefix("/ra/").split(",")]


def in_datacite(seen: Seen) -> list[str]:
    query = parse_qs(urlsplit(seen.path).query)["query"][0]
    return [unescaped(one) for one in re.findall(r'"((?:\\.|[^"\\])*)"', query)]


def in_europepmc(seen: Seen) -> list[str]:
    query = parse_qs(seen.body.decode())["query"][0]
    return [unescaped(one) for one in re.findall(r'DOI:"((?:\\.|[^"\\])*)"', query)]


def in_pubmed(seen: Seen) -> list[str]:
    terms = parse_qs(seen.body.decode())["term"][0].removesuffix("[aid]").split("[aid] OR ")
    return terms if len(terms) == 1 else [one[1:-1] for one in terms]


def in_converter(seen: Seen) -> list[str]:
    return parse_qs(urlsplit(seen.path).query)["ids"][0].split(",")


def one_by_one(ask: Ask) -> Ask:
    return lambda ids, settings: tuple(question for one in ids for question in ask([one], settings))


WITHOUT_COMMA = tuple(doi for doi in ODD_DOIS if "," not in doi)


@pytest.mark.parametrize(
    ("ask", "decode", "dois", "requests"),
    [
        pytest.param(crossref.questions, in_filter(",doi:"), ODD_DOIS, 2, id="Crossref"),
        pytest.param(one_by_one(crossref.questions), in_path("/works/"), ODD_DOIS, 16, id="Crossref, alone"),
        pytest.param(doi_org.questions, in_path("/api/handles/"), ODD_DOIS, 16, id="doi.org"),
        pytest.param(doi_org.agency_questions, in_agencies, WITHOUT_COMMA, 1, id="doi.org, agencies"),
        pytest.param(datacite.questions, in_datacite, ODD_DOIS, 1, id="DataCite"),
        pytest.param(one_by_one(datacite.questions), in_path("/dois/"), ODD_DOIS, 16, id="DataCite, alone"),
        pytest.param(pubmed.search_questions, in_pubmed, ODD_DOIS, 2, id="PubMed, search"),
        pytest.param(pubmed.id_questions, in_converter, WITHOUT_COMMA, 1, id="PubMed, identifiers"),
        pytest.param(europepmc.questions, in_europepmc, ODD_DOIS, 1, id="Europe PMC"),
        pytest.param(openalex.questions, in_filter("|"), ODD_DOIS, 3, id="OpenAlex"),
    ],
)
def test_every_odd_doi_reaches_the_registry_intact(
    ask: Ask, decode: Decode, dois: tuple[str, ...], requests: int
) -> None:
    with Loopback(lambda seen: json_reply({})) as server:
        bases = dict.fromkeys(("crossref", "datacite", "doi_org", "ncbi", "pmc", "europepmc", "openalex"), server.url)
        settings = Settings(**bases, openalex_key="key", mailto="me@example.org")  # type: ignore[arg-type]
        answers = list(Http(settings, sleep=lambda seconds: None).ask_all(ask(dois, settings)))
    assert all(answer.outcome == "ok" for _, answer in answers)
    assert len(server.seen) == requests
    assert sorted(doi for seen in server.seen for doi in decode(seen)) == sorted(dois)
