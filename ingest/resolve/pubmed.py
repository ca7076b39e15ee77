"""PubMed: how to ask NCBI's E-utilities and its ID converter, and how to read what they say. Pure: no network here.

``esearch`` finds the PubMed ids of DOIs, ``efetch`` gives whole records, ``esummary`` short ones without an abstract,
and the ID converter gives all identifiers of works that PubMed Central holds (NCBI, "The E-utilities In-Depth" and
"PMC ID Converter API").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree.ElementTree import Element

from ingest.http import Answer
from ingest.markup import plain
from ingest.resolve import pubmed_xml, untyped
from ingest.resolve.comments import Comment, notices
from ingest.resolve.packing import LONGEST_FORM, LONGEST_PATH, packed
from ingest.resolve.question import Question
from ingest.resolve.telling import telling
from ingest.resolve.untyped import items, mapping, text, texts
from kb.model import Record, Source
from kb.settings import Settings

NAME = "PubMed"
TOOL = "evidence-kb"
MOST_IDS = 200
MOST_DOIS = 100
"""DOIs of one search; each is a term of its own, and what they find comes in one page."""
_EUTILS = "/entrez/eutils"
_CONVERTER = "/tools/idconv/api/v1/articles/"


def questions(ids: Sequence[str], settings: Settings) -> tuple[Question, ...]:
    """The fewest questions for the whole records of these PubMed ids, to be read by ``parse``."""
    return _by_pmid("efetch.fcgi?db=pubmed&retmode=xml", ids, settings)


def summary_questions(ids: Sequence[str], settings: Settings) -> tuple[Question, ...]:
    """The fewest questions for the short records of these PubMed ids, to be read by ``parse``."""
    return _by_pmid("esummary.fcgi?db=pubmed&retmode=json", ids, settings)


def _by_pmid(call: str, ids: Sequence[str], settings: Settings) -> tuple[Question, ...]:
    base = f"{settings.ncbi.rstrip('/')}{_EUTILS}/{call}&tool={TOOL}&id="
    packs = packed(filter(untyped.pmid, ids), most=MOST_IDS, room=LONGEST_PATH - 100, length=lambda one: len(one) + 1)
    return tuple(Question(url=base + ",".join(pack), ids=pack, pool="list", secret=_secret(settings)) for pack in packs)


def search_questions(dois: Sequence[str], settings: Settings) -> tuple[Question, ...]:
    """The fewest questions which PubMed ids these DOIs have, to be read by ``pmids``.

    A quotation mark would end the phrase in which a DOI stands, so a DOI that holds one is asked for alone.
    """
    plainly = [one for one in dois if '"' not in one]
    packs = packed(plainly, most=MOST_DOIS, room=LONGEST_FORM, length=lambda one: len(one) + len('""[aid] OR '))
    alone = dict.fromkeys(one for one in dois if '"' in one)
    return tuple(
        Question(
            url=f"{settings.ncbi.rstrip('/')}{_EUTILS}/esearch.fcgi",
            ids=pack,
            pool="list",
            form=(
                ("db", "pubmed"),
                ("retmode", "json"),
                ("retmax", str(2 * len(pack))),
                ("tool", TOOL),
                ("term", " OR ".join(f"{_phrase(one)}[aid]" for one in pack)),
            ),
            secret=_secret(settings),
        )
        for pack in (*packs, *((one,) for one in alone))
    )


def _phrase(doi: str) -> str:
    return doi if '"' in doi else f'"{doi}"'


def id_questions(ids: Sequence[str], settings: Settings, kind: str = "doi") -> tuple[Question, ...]:
    """The fewest questions for all identifiers of works in PubMed Central, to be read by ``identifiers``.

    Parameters
    ----------
    ids
        Identifiers of one kind; a comma separates them, so one that holds a comma is in no question.
    kind
        ``doi``, ``pmid`` or ``pmcid``.
    """
    fields = urlencode({"format": "json", "versions": "no", "idtype": kind, "tool": TOOL})
    packs = packed(
        (one for one in ids if "," not in one),
        most=MOST_IDS,
        room=LONGEST_PATH - len(_CONVERTER + fields) - len("?&ids="),
        length=lambda one: len(quote(one, safe="")) + 1,
    )
    base = f"{settings.pmc.rstrip('/')}{_CONVERTER}?{fields}&ids="
    return tuple(
        Question(
            url=base + ",".join(quote(one, safe="") for one in pack),
            ids=pack,
            pool="list",
            secret=_secret(settings),
        )
        for pack in packs
    )


def _secret(settings: Settings) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in (("email", settings.mailto), ("api_key", settings.ncbi_key)) if value)


def pmids(answer: Answer) -> tuple[str, ...] | None:
    """The PubMed ids that a search found, in no order that would tell whose they are; None where it is no answer."""
    found = mapping(mapping(answer.data).get("esearchresult")).get("idlist") if answer.outcome == "ok" else None
    if not isinstance(found, list):
        return None
    return tuple(dict.fromkeys(one for one in map(untyped.pmid, found) if one))


class Identifiers(Record, frozen=True, kw_only=True):
    """What one work is called; None where it has no such identifier or none is known."""

    doi: str | None
    pmid: str | None
    pmcid: str | None


def identifiers(answer: Answer) -> tuple[Identifiers, ...] | None:
    """The identifiers of the works that PubMed Central holds; None where it is no answer of the converter."""
    found = mapping(answer.data).get("records") if answer.outcome == "ok" else None
    if not isinstance(found, list):
        return None
    known = (
        Identifiers(
            doi=untyped.doi(one.get("doi")), pmid=untyped.pmid(one.get("pmid")), pmcid=untyped.pmcid(one.get("pmcid"))
        )
        for one in map(mapping, found)
    )
    return tuple(one for one in known if one.pmid or one.pmcid)


def parse(answer: Answer, asked: str | None = None) -> tuple[Source, ...] | None:
    """The works in an answer of ``efetch`` or ``esummary``; None where it is no answer of either.

    Parameters
    ----------
    answer
        Whatever in a record is not of the expected type is passed over.
    asked
        The date of asking, ISO 8601, for the attribution.
    """
    if answer.outcome != "ok":
        return None
    if answer.text:
        return _fetched(answer.text, asked)
    result = mapping(answer.data).get("result")
    if not isinstance(result, dict):
        return None
    return _works((_summary(mapping(result.get(uid))) for uid in texts(result.get("uids"))), asked)


def _fetched(document: str, asked: str | None) -> tuple[Source, ...] | None:
    try:
        facts = pubmed_xml.read_records(document, _record)
    except pubmed_xml.RefusedError:
        return None
    return _works(facts, asked)


def _works(facts: Iterable[dict[str, Any]], asked: str | None) -> tuple[Source, ...]:
    works = (telling(NAME, asked, **one) for one in facts)
    return tuple(work for work in works if work is not None)


def _record(record: Element) -> dict[str, Any]:
    reader: Callable[[Element], dict[str, Any]] = _article if record.tag == "PubmedArticle" else _book
    return reader(record)


def _article(record: Element) -> dict[str, Any]:
    types = pubmed_xml.lines(record, "MedlineCitation/Article/PublicationTypeList/PublicationType")
    article = "MedlineCitation/Article"
    return {
        "doi": pubmed_xml.doi(
            record, f"{article}/ELocationID[@EIdType='doi']", "PubmedData/ArticleIdList/ArticleId[@IdType='doi']"
        ),
        "pmid": untyped.pmid(record.findtext("MedlineCitation/PMID")),
        "pmcid": untyped.pmcid(record.findtext("PubmedData/ArticleIdList/ArticleId[@IdType='pmc']")),
        "title": pubmed_xml.line(record, f"{article}/ArticleTitle", f"{article}/VernacularTitle"),
        "authors": pubmed_xml.authors(record, f"{article}/AuthorList/Author"),
        "year": pubmed_xml.year(
            record,
            f"{article}/Journal/JournalIssue/PubDate/Year",
            f"{article}/Journal/JournalIssue/PubDate/MedlineDate",
            f"{article}/ArticleDate/Year",
        ),
        "container": pubmed_xml.line(record, f"{article}/Journal/Title"),
        "abstract": pubmed_xml.abstract(record, f"{article}/Abstract/AbstractText"),
        "publication_types": types,
        "keywords": pubmed_xml.lines(record, "MedlineCitation/KeywordList/Keyword"),
        "mesh": pubmed_xml.lines(record, "MedlineCitation/MeshHeadingList/MeshHeading/DescriptorName"),
        "cites": pubmed_xml.cites(record),
        "notices": notices(NAME, pubmed_xml.comments(record), types),
    }


def _book(record: Element) -> dict[str, Any]:
    document = "BookDocument"
    return {
        "doi": pubmed_xml.doi(record, f"{document}/ArticleIdList/ArticleId[@IdType='doi']"),
        "pmid": untyped.pmid(record.findtext(f"{document}/PMID")),
        "title": pubmed_xml.line(record, f"{document}/ArticleTitle", f"{document}/Book/BookTitle"),
        "authors": pubmed_xml.authors(record, f"{document}/AuthorList/Author"),
        "year": pubmed_xml.year(record, f"{document}/Book/PubDate/Year", f"{document}/ContributionDate/Year"),
        "container": pubmed_xml.line(record, f"{document}/Book/BookTitle"),
        "abstract": pubmed_xml.abstract(record, f"{document}/Abstract/AbstractText"),
        "publication_types": pubmed_xml.lines(record, f"{document}/PublicationType"),
        "keywords": pubmed_xml.lines(record, f"{document}/KeywordList/Keyword"),
    }


def _summary(record: dict[str, Any]) -> dict[str, Any]:
    types = tuple(texts(record.get("pubtype")))
    named = {text(one.get("idtype")): one.get("value") for one in map(mapping, items(record.get("articleids")))}
    comments = (
        Comment(text(one.get("reftype")), text(one.get("refsource")))
        for one in map(mapping, items(record.get("references")))
    )
    return {
        "doi": untyped.doi(named.get("doi")),
        "pmid": untyped.pmid(record.get("uid")),
        "pmcid": untyped.pmcid(named.get("pmc")),
        "title": plain(text(record.get("title"))),
        "year": untyped.year(record.get("pubdate")) or untyped.year(record.get("epubdate")),
        "container": plain(text(record.get("fulljournalname"))),
        "publication_types": types,
        "notices": notices(NAME, comments, types),
    }
