"""All registries on one loopback server, each below a path of its own, with the few works that a test gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from kb.settings import Settings
from tests.loopback import Act, Loopback, Reply, Seen, json_reply

NAMES = ("crossref", "datacite", "doi_org", "ncbi", "europepmc", "openalex")
XML = {"Content-Type": "text/xml; charset=UTF-8"}
GENEROUS = {"X-Rate-Limit-Limit": "500", "X-Rate-Limit-Interval": "1s", "X-Concurrency-Limit": "3"}
"""All registries share one host here, so the limits that each documents would make them wait for one another."""


def crossref_work(doi: str, title: str, author: str, year: int = 2016, **fields: object) -> dict[str, Any]:
    record = {"DOI": doi, "type": "journal-article", "title": [title], "author": [{"family": author}]}
    return {**record, "issued": {"date-parts": [[year]]}, **fields}


def retraction(doi: str, day: Sequence[int] = (2018, 3, 4), source: str = "") -> dict[str, Any]:
    return {"DOI": doi, "type": "retraction", "updated": {"date-parts": [list(day)]}, "source": source}


@dataclass(frozen=True)
class PubMedRecord:
    """One record as efetch gives it; ``links`` are pairs of a kind and the line that quotes the other publication."""

    pmid: str
    doi: str = ""
    title: str = ""
    author: str = ""
    year: str = "2016"
    abstract: str = ""
    types: Sequence[str] = ("Journal Article",)
    links: Sequence[tuple[str, str]] = ()

    def xml(self) -> str:
        types = "".join(f"<PublicationType>{escape(one)}</PublicationType>" for one in self.types)
        links = "".join(
            f'<CommentsCorrections RefType="{kind}"><RefSource>{escape(line)}</RefSource></CommentsCorrections>'
            for kind, line in self.links
        )
        return (
            f"<PubmedArticle><MedlineCitation><PMID>{self.pmid}</PMID><Article><Journal><JournalIssue><PubDate>"
            f"<Year>{self.year}</Year></PubDate></JournalIssue><Title>Knee Journal</Title></Journal>"
            f"<ArticleTitle>{escape(self.title)}</ArticleTitle>"
            f"<Abstract><AbstractText>{escape(self.abstract)}</AbstractText></Abstract>"
            f"<AuthorList><Author><LastName>{escape(self.author)}</LastName></Author></AuthorList>"
            f"<PublicationTypeList>{types}</PublicationTypeList></Article>"
            f"<CommentsCorrectionsList>{links}</CommentsCorrectionsList></MedlineCitation><PubmedData><ArticleIdList>"
            f'<ArticleId IdType="doi">{escape(self.doi)}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>'
        )


@dataclass
class World:
    """What the registries hold; ``acts`` says of some, by name, what they do instead of answering."""

    crossref: Sequence[dict[str, Any]] = ()
    datacite: Sequence[dict[str, Any]] = ()
    pubmed: Sequence[PubMedRecord] = ()
    europepmc: Sequence[dict[str, Any]] = ()
    openalex: Sequence[dict[str, Any]] = ()
    agencies: Mapping[str, str] = field(default_factory=dict)
    found: Sequence[dict[str, Any]] = ()
    """What Crossref's search finds, whatever is searched for."""
    acts: Mapping[str, Act] = field(default_factory=dict)

    def __call__(self, seen: Seen) -> Act:
        name, _, path = seen.path.removeprefix("/").partition("/")
        if name in self.acts:
            return self.acts[name]
        answer: Reply = getattr(self, f"_{name}")(urlsplit("/" + path), seen)
        return replace(answer, headers=answer.headers | GENEROUS)

    def _crossref(self, parts: SplitResult, seen: Seen) -> Reply:
        known = {str(work["DOI"]).lower(): work for work in self.crossref}
        query = parse_qs(parts.query)
        if "query.bibliographic" in query:
            return json_reply({"message": {"items": list(self.found)[: int(query["rows"][0])]}})
        if "filter" in query:
            asked = [one.removeprefix("doi:") for one in query["filter"][0].split(",")]
            items = [known[doi] for doi in asked if doi in known][: int(query["rows"][0])]
            return json_reply({"message": {"items": items}})
        doi = unquote(parts.path.removeprefix("/works/"))
        return json_reply({"message": known[doi]}) if doi in known else Reply(404, b"Resource not found.")

    def _datacite(self, parts: SplitResult, seen: Seen) -> Reply:
        if parts.path == "/dois":
            asked = re.findall(r'"([^"]+)"', parse_qs(parts.query)["query"][0])
            return json_reply({"data": [{"attributes": one} for one in self.datacite if one["doi"] in asked]})
        doi = unquote(parts.path.removeprefix("/dois/"))
        held = [one for one in self.datacite if one["doi"] == doi]
        return json_reply({"data": {"attributes": held[0]}}) if held else json_reply({"errors": []}, 404)

    def _doi_org(self, parts: SplitResult, seen: Seen) -> Reply:
        if parts.path.startswith("/ra/"):
            asked = [unquote(one) for one in parts.path.removeprefix("/ra/").split(",")]
            named = [{"DOI": one, "RA": self.agencies[one]} for one in asked if one in self.agencies]
            unknown = [{"DOI": one, "status": "DOI does not exist"} for one in asked if one not in self.agencies]
            return json_reply([*named, *unknown])
        doi = unquote(parts.path.removeprefix("/api/handles/"))
        exists = doi in self.agencies
        return json_reply({"responseCode": 1 if exists else 100, "handle": doi}, 200 if exists else 404)

    def _ncbi(self, parts: SplitResult, seen: Seen) -> Reply:
        if parts.path.endswith("/esearch.fcgi"):
            asked = re.findall(r'"([^"]+)"\[aid\]', parse_qs(seen.body.decode())["term"][0])
            return json_reply({"esearchresult": {"idlist": [one.pmid for one in self.pubmed if one.doi in asked]}})
        wanted = parse_qs(parts.query)["id"][0].split(",")
        records = "".join(one.xml() for one in self.pubmed if one.pmid in wanted)
        return Reply(200, f"<PubmedArticleSet>{records}</PubmedArticleSet>".encode(), XML)

    def _europepmc(self, parts: SplitResult, seen: Seen) -> Reply:
        asked = re.findall(r'"([^"]+)"', parse_qs(seen.body.decode())["query"][0])
        return json_reply({"resultList": {"result": [one for one in self.europepmc if one["doi"] in asked]}})

    def _openalex(self, parts: SplitResult, seen: Seen) -> Reply:
        key, _, asked = parse_qs(parts.query)["filter"][0].partition(":")
        name = {"doi": "doi", "openalex_id": "id"}[key]
        held = [
            one for one in self.openalex if str(one.get(name, "")).rpartition("openalex.org/")[2] in asked.split("|")
        ]
        return json_reply({"results": held})


def asking(server: Loopback | str, **fields: Any) -> Settings:
    """Settings that lead every question to this server, or to this address."""
    url = server if isinstance(server, str) else server.url
    addresses = {name: f"{url}/{name}" for name in NAMES}
    return Settings(
        **{
            **addresses,
            "mailto": "writer@clinic.example",
            "as_of": "2026-05-01",
            "deadline": 60.0,
            "patience": 60.0,
            **fields,
        }
    )


def asked_of(server: Loopback) -> list[str]:
    """The registries in the order of the requests that they had, and the path of each, decoded."""
    return [unquote(seen.path.removeprefix("/")) for seen in server.seen]


def count_of(server: Loopback, names: Iterable[str] = NAMES) -> dict[str, int]:
    """How many requests each registry had."""
    return {name: sum(seen.path.startswith(f"/{name}/") for seen in server.seen) for name in names}
