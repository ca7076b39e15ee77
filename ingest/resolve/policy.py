"""Whom to ask about the references of an article, and in what order.

1. PubMed about references that name a PubMed id alone: it knows most of their DOIs.
2. Crossref about all DOIs, in lists.
3. doi.org which agency registered those that Crossref does not hold, DataCite about its own, and doi.org again whether
   the rest exists at all. Only its "no such DOI" means that there is none.
4. Crossref's search about references without any identifier, a few at most.
5. PubMed, and Europe PMC where an abstract is still missing, about works that can be there: publication types, MeSH
   headings, abstracts, notices. Without their answer nothing of the above is lost.
6. Europe PMC about the open full texts of works that it has in PubMed Central, a few at most.
7. OpenAlex, where the user has a key; and what works cite, where no other registry tells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from ingest.http import Answer, Http
from ingest.resolve import crossref, datacite, doi_org, europepmc, full_text, openalex, pubmed, search
from ingest.resolve.desk import Desk, Progress, Told, read_works, troubled, unusable
from ingest.resolve.merge import teller
from ingest.resolve.outcome import AGENCY, Known, settled, tellings
from ingest.resolve.resolved import Resolved
from ingest.resolve.retractions import remembered
from kb.model import Attribution, Notice, Reference, Source
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.store.cache import Cache

BIOMEDICAL_TYPES = frozenset({"journal-article", "posted-content", "JournalArticle", "Preprint", ""})
"""Crossref's and DataCite's types of what PubMed and Europe PMC can hold, and what nobody gave a type."""
MOST_REFERENCES = 1_000
"""Works that are cited by cited works of which OpenAlex is asked the names in one run: ten questions."""
TOO_FEW_WORDS = "The reference has neither an identifier nor enough words to search by"


def resolve(
    references: Sequence[Reference],
    settings: Settings,
    progress: Progress = lambda message: None,
    http: Http | None = None,
    cache: Cache | None = None,
    retractions: Mapping[str, tuple[Notice, ...]] | None = None,
) -> Resolved:
    """Find the work behind each reference; never raises for what the world does.

    Parameters
    ----------
    references
        As read; ``source`` holds the id of the work, ``doi:…``, else ``pmid:…``, else ``ref:<hash>``.
    settings
        Addresses, bounds of time, whether to stay offline, and the date of asking (``as_of``).
    progress
        Is told which registry is asked for how much, and how much of it has come.
    http
        The client, so that several articles of one run share its bounds of time; one of its own where none is given.
    cache
        Where the registries' words are remembered. What is fresh there is not asked again; offline, and where a
        registry does not answer, what is older is taken as well.
    retractions
        Notices out of a Retraction Watch file, by DOI and by PubMed id, beside those that the cache remembers.
    """
    desk = Desk(settings, http, cache, progress)
    pmids = [reference.pmid for reference in references if reference.pmid and not reference.doi]
    by_pmid = desk.works(pubmed, pmids, by=_pmid)
    dois = _dois(references, by_pmid)
    said = ask_agencies(desk, tuple(dict.fromkeys(dois.values())))
    searched = ask_by_words(desk, [one for one in references if not (one.doi or one.pmid)])
    dois |= {reference: found.work.doi for reference, found in searched.items() if found.work and found.work.doi}
    said[crossref.NAME] |= {
        found.work.doi: Told(work=found.work, asked=found.asked)
        for found in searched.values()
        if found.work and found.work.doi
    }
    said[pubmed.NAME] = {told.work.doi: told for told in by_pmid.values() if told.work and told.work.doi}
    for name, told in ask_for_more(desk, Known(dois=dois, said=said)):
        said[name] = {**said.get(name, {}), **told}
    listed = {**(remembered(cache, (*dois.values(), *by_pmid)) if cache else {}), **(retractions or {})}
    return settled(references, Known(dois=dois, said=said, by_pmid=by_pmid, searched=searched, retractions=listed))


def _dois(references: Sequence[Reference], by_pmid: Mapping[str, Told]) -> dict[Reference, str]:
    """The DOI of each reference that names one, or a PubMed id whose record does."""
    found: dict[Reference, str] = {}
    for reference in references:
        work = by_pmid.get(reference.pmid or "", Told()).work
        doi = reference.doi or (work.doi if work else None)
        if doi:
            found[reference] = doi
    return found


def ask_agencies(desk: Desk, dois: Sequence[str]) -> dict[str, dict[str, Told]]:
    """What the agencies and doi.org say of DOIs, by registry: Crossref of all, the others of those that it lacks."""
    of_crossref = desk.works(crossref, dois, by=_doi)
    missing = [doi for doi in dois if of_crossref[doi].holds_none]
    agency = _agencies(desk, missing)
    # Of whom the agency could not be had, DataCite may still hold the record.
    theirs = [doi for doi in missing if agency[doi].trouble or _is_theirs(agency[doi].work)]
    of_datacite = desk.works(datacite, theirs, by=_doi)
    unclaimed = [doi for doi in missing if of_datacite.get(doi, _NOT_HELD).holds_none]
    return {
        crossref.NAME: of_crossref,
        datacite.NAME: of_datacite,
        AGENCY: agency,
        doi_org.NAME: _existence(desk, unclaimed),
    }


_NOT_HELD = Told(holds_none=True)


def _is_theirs(agency: Source | None) -> bool:
    return agency is not None and teller(agency) == datacite.NAME


def _agencies(desk: Desk, dois: Sequence[str]) -> dict[str, Told]:
    """The agency that registered each DOI: a work of which only the DOI is known, said by the agency."""

    def tell(some: Sequence[str]) -> Iterator[dict[str, Told]]:
        for question, answer in desk.answers(lambda part: doi_org.agency_questions(part, desk.settings), some):
            named = doi_org.agencies(answer)
            unknown = troubled(doi_org.NAME, answer) if answer.outcome != "ok" else _none(desk)
            yield {doi: _bare(doi, agency, desk) if (agency := named.get(doi)) else unknown for doi in question.ids}

    return desk.ask(AGENCY, dois, tell)


def _existence(desk: Desk, dois: Sequence[str]) -> dict[str, Told]:
    """Whether DOIs exist at all, in doi.org's own words."""

    def tell(some: Sequence[str]) -> Iterator[dict[str, Told]]:
        for question, answer in desk.answers(lambda part: doi_org.questions(part, desk.settings), some):
            (doi,) = question.ids
            exists = doi_org.exists(answer, doi)
            if exists is not None:
                yield {doi: _bare(doi, doi_org.NAME, desk) if exists else _none(desk)}
            elif answer.outcome in ("ok", "not found"):
                yield {doi: unusable(doi_org.NAME, "it does not say whether the DOI exists")}
            else:
                yield {doi: troubled(doi_org.NAME, answer)}

    return desk.ask(doi_org.NAME, dois, tell)


def _bare(doi: str, by: str, desk: Desk) -> Told:
    said = (Attribution(by=by, fields=("doi",), asked=desk.asked),)
    return Told(work=Source(id=f"doi:{doi}", doi=doi, said=said), asked=desk.asked)


def _none(desk: Desk) -> Told:
    return Told(holds_none=True, asked=desk.asked)


def ask_by_words(desk: Desk, references: Sequence[Reference]) -> dict[Reference, search.Found]:
    """What Crossref's search finds for references without an identifier."""
    searchable = [reference for reference in references if search.words(reference)]
    most = desk.settings.searches
    too_many = f"Only {most} references without an identifier are looked up in a run"
    unsearched = search.Found(trouble=TOO_FEW_WORDS, attempted=False)
    return {
        **dict.fromkeys(references, unsearched),
        **{reference: search.Found(trouble=too_many, attempted=False) for reference in searchable[most:]},
        **search.look_up(desk, searchable[:most]),
    }


def ask_for_more(desk: Desk, known: Known) -> Iterator[tuple[str, dict[str, Told]]]:
    """What registries that registered no DOI add, each about the works that it can hold, by registry."""
    exist = [doi for doi in dict.fromkeys(known.dois.values()) if not _is_none(known, doi)]
    biomedical = [doi for doi in exist if BIOMEDICAL_TYPES.intersection(_types(known, doi))]
    in_pubmed = known.said[pubmed.NAME]
    of_pubmed = ask_pubmed(desk, [doi for doi in biomedical if doi not in in_pubmed])
    yield pubmed.NAME, of_pubmed
    every = {**of_pubmed, **in_pubmed}
    without = [doi for doi in biomedical if not _has_abstract((*tellings(known, doi), every[doi].work))]
    of_europepmc = desk.works(europepmc, without, by=_doi, exact=False)
    yield europepmc.NAME, of_europepmc
    yield full_text.NAME, ask_full_texts(desk, {doi: (every[doi], of_europepmc.get(doi, Told())) for doi in biomedical})
    if desk.settings.openalex_key:
        yield openalex.NAME, ask_openalex(desk, exist, known)


def ask_openalex(desk: Desk, dois: Sequence[str], known: Known) -> dict[str, Told]:
    """What OpenAlex says of DOIs; what the works cite is asked for by name where no other registry told it."""
    told = desk.works(openalex, dois, by=_doi)
    works = {doi: one.work for doi, one in told.items() if one.work}
    lacking = [doi for doi in works if not any(work.cites for work in tellings(known, doi))]
    numbers = list(dict.fromkeys(number for doi in lacking for number in works[doi].cites))[:MOST_REFERENCES]
    names = {number: one.work.id for number, one in _names(desk, numbers).items() if one.work}
    renamed = {doi: openalex.renamed(work, names) for doi, work in works.items()}
    return {doi: msgspec.structs.replace(one, work=renamed.get(doi)) for doi, one in told.items()}


def _names(desk: Desk, numbers: Sequence[str]) -> dict[str, Told]:
    """The works that OpenAlex has under these numbers."""

    def tell(some: Sequence[str]) -> Iterator[dict[str, Told]]:
        for question, answer in desk.answers(lambda part: openalex.naming_questions(part, desk.settings), some):
            works = openalex.named(answer, desk.asked)
            if works is None:
                yield dict.fromkeys(question.ids, unusable(openalex.NAME, "it holds no list of works"))
            else:
                yield {
                    one: Told(work=works[one], asked=desk.asked) if one in works else _none(desk)
                    for one in question.ids
                }

    return desk.ask(openalex.NAME, numbers, tell, noun="reference")


def ask_full_texts(desk: Desk, known: Mapping[str, Iterable[Told]]) -> dict[str, Told]:
    """The open full texts of the first works that are known to be in PubMed Central, by DOI."""
    pmcids = {doi: told.work.pmcid for doi, said in known.items() for told in said if told.work and told.work.pmcid}
    some = dict(list(pmcids.items())[: desk.settings.full_texts])
    texts = desk.works(full_text, list(some.values()), by=_pmcid)
    return {doi: texts[pmcid] for doi, pmcid in some.items()}


def ask_pubmed(desk: Desk, dois: Sequence[str]) -> dict[str, Told]:
    """What PubMed says of DOIs: a search for their PubMed ids, and then the records."""

    def tell(some: Sequence[str]) -> Iterator[dict[str, Told]]:
        searched = list(desk.answers(lambda part: pubmed.search_questions(part, desk.settings), some))
        pmids = [pmid for _, answer in searched for pmid in pubmed.pmids(answer) or ()]
        fetched: dict[str, Told] = {}
        for question, answer in desk.answers(lambda part: pubmed.questions(part, desk.settings), pmids):
            fetched |= read_works(pubmed, question, answer, desk.asked, by=_pmid, exact=False)
        by_doi = {told.work.doi: told for told in fetched.values() if told.work}
        for question, answer in searched:
            others = _others(desk, answer, fetched)
            yield {doi: by_doi.get(doi, others) for doi in question.ids}

    return desk.ask(pubmed.NAME, dois, tell)


def _others(desk: Desk, answer: Answer, fetched: Mapping[str, Told]) -> Told:
    """What a search and the records that it led to say of DOIs which none of those records bears."""
    if answer.outcome != "ok":
        return troubled(pubmed.NAME, answer)
    pmids = pubmed.pmids(answer)
    if pmids is None:
        return unusable(pubmed.NAME, "it holds no list of PubMed ids")
    return next((fetched[pmid] for pmid in pmids if fetched[pmid].trouble), _none(desk))


def _is_none(known: Known, doi: str) -> bool:
    return known.said[doi_org.NAME].get(doi, Told()).none


def _types(known: Known, doi: str) -> set[str]:
    return {work.type for work in tellings(known, doi)} or {""}


def _has_abstract(works: Iterable[Source | None]) -> bool:
    return any(work.abstract for work in works if work)


def _doi(work: Source) -> str | None:
    return work.doi


def _pmid(work: Source) -> str | None:
    return work.pmid


def _pmcid(work: Source) -> str | None:
    return work.pmcid
