"""From what was told to what follows: how each reference stands, one source a work, and what could not be checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ingest.resolve import crossref, datacite, doi_org, match, pubmed, retraction_watch
from ingest.resolve.desk import OFFLINE, Told
from ingest.resolve.merge import ORDER, merged, teller, tellings_of
from ingest.resolve.resolved import Resolved
from ingest.resolve.search import Found
from kb.language.counting import count
from kb.model import Attribution, Candidate, Notice, Record, Reference, Resolution, ResolutionStatus, Source
from kb.strength.standing import UNSETTLED

AGENCY = f"{doi_org.NAME} (agency)"
"""What the answers on the agency of a DOI are remembered as."""
_UNRECORDED = "The DOI exists"
"""How the note of a reference begins whose work is there, and of which nobody who was asked holds a record."""


class Known(Record, frozen=True, kw_only=True):
    """All that was told in a run.

    Attributes
    ----------
    dois
        The DOI that each reference names or was found to have.
    said
        What each registry said of each DOI that it was asked about.
    by_pmid
        What PubMed said of PubMed ids.
    searched
        What came of looking up references without an identifier.
    retractions
        Notices of the user's Retraction Watch file, by DOI and by PubMed id.
    """

    dois: Mapping[Reference, str]
    said: Mapping[str, Mapping[str, Told]]
    by_pmid: Mapping[str, Told] = {}
    searched: Mapping[Reference, Found] = {}
    retractions: Mapping[str, tuple[Notice, ...]] = {}


class _Outcome(Record, frozen=True, kw_only=True):
    resolution: Resolution
    tellings: tuple[Source, ...] = ()


def tellings(known: Known, doi: str) -> tuple[Source, ...]:
    """What registries of works say of a DOI."""
    told = (by_doi.get(doi, Told()) for name, by_doi in known.said.items() if name not in (doi_org.NAME, AGENCY))
    return tuple(sorted((one.work for one in told if one.work), key=lambda work: ORDER.index(teller(work))))


def settled(references: Sequence[Reference], known: Known) -> Resolved:
    """What follows for the references from all that was told."""
    outcomes = [_outcome(reference, known) for reference in references]
    return Resolved(
        sources=_sources(references, outcomes, known),
        resolutions=tuple(outcome.resolution for outcome in outcomes),
        notes=(*unchecked(outcome.resolution for outcome in outcomes), *_missing(known)),
    )


def _outcome(reference: Reference, known: Known) -> _Outcome:
    doi = known.dois.get(reference)
    if doi:
        works = tellings(known, doi)
        identity = f"doi:{doi}"
        return _compared(reference, identity, works) if works else _of_doi(reference, doi, known)
    if reference.pmid:
        told = known.by_pmid[reference.pmid]
        if told.work:
            return _compared(reference, reference.source, (told.work,))
        if told.none:
            note = f"{pubmed.NAME} knows no such record"
            return _plain(reference, "not found", note, said_by=pubmed.NAME, asked=told.asked)
        return _troubled(reference, told.trouble, attempted=told.attempted)
    found = known.searched[reference]
    if not found.candidates:
        return _troubled(reference, found.trouble, attempted=found.attempted)
    works_found = "a registered work comes" if len(found.candidates) == 1 else "several registered works come"
    note = f"the reference names no identifier, and {works_found} close to its words"
    return _plain(reference, "ambiguous", note, said_by=crossref.NAME, asked=found.asked, candidates=found.candidates)


def _compared(reference: Reference, identity: str, works: tuple[Source, ...]) -> _Outcome:
    compared = match.compare(reference, works[0] if len(works) == 1 else merged(identity, works))
    resolution = Resolution(
        reference=reference.id,
        source=identity,
        status=compared.status,
        said_by=teller(works[0]),
        asked=works[0].said[0].asked,
        differences=compared.differences,
        note=_comparison_note(reference, compared),
    )
    return _Outcome(resolution=resolution, tellings=works)


def _comparison_note(reference: Reference, compared: match.Comparison) -> str:
    if not (reference.doi or reference.pmid):
        return "found by its words, since the reference names no identifier"
    if compared.status == "ambiguous":
        return "nothing in the reference could be compared with the registered work"
    if not compared.compared:
        return "the reference names its work by the identifier alone"
    return ""


def _of_doi(reference: Reference, doi: str, known: Known) -> _Outcome:
    """A DOI of which nobody who was asked holds a record: only doi.org's word that it does not exist is a verdict."""
    existence = known.said[doi_org.NAME].get(doi, Told())
    if existence.none:
        note = f"{doi_org.NAME} knows no such DOI"
        return _plain(reference, "not found", note, said_by=doi_org.NAME, asked=existence.asked)
    first, second = known.said[crossref.NAME][doi], known.said[datacite.NAME].get(doi, Told())
    if first.trouble:
        return _troubled(reference, first.trouble, attempted=first.attempted)
    if existence.work and not second.trouble:
        agency = known.said[AGENCY].get(doi, Told()).work
        registered = f" (registered with {teller(agency)})" if agency else ""
        trouble = f"{_UNRECORDED}{registered}, but no registry that was asked holds a record of it"
        return _plain(reference, "ambiguous", trouble, said_by=doi_org.NAME, asked=existence.asked)
    last = existence if existence.trouble else second
    trouble = OFFLINE if last.trouble == OFFLINE else f"{crossref.NAME} holds no record of the DOI, and {last.trouble}"
    return _troubled(reference, trouble, attempted=True)


def _troubled(reference: Reference, trouble: str, *, attempted: bool) -> _Outcome:
    return _plain(reference, "unreachable" if attempted else "not attempted", trouble)


def _plain(
    reference: Reference,
    status: ResolutionStatus,
    note: str,
    *,
    said_by: str = "",
    asked: str | None = None,
    candidates: tuple[Candidate, ...] = (),
) -> _Outcome:
    resolution = Resolution(
        reference=reference.id,
        source=reference.source,
        status=status,
        said_by=said_by,
        asked=asked,
        note=note,
        candidates=candidates,
    )
    return _Outcome(resolution=resolution)


def _sources(references: Sequence[Reference], outcomes: Sequence[_Outcome], known: Known) -> tuple[Source, ...]:
    """One source for each id, in the order of the references.

    Where the identifier belongs to another work than the one cited, the author's words are not about that work.
    """
    by_source: dict[str, dict[Source, None]] = {}
    for reference, outcome in zip(references, outcomes, strict=True):
        said = by_source.setdefault(outcome.resolution.source, {})
        said |= dict.fromkeys(outcome.tellings)
        said |= dict.fromkeys(_listed(reference, outcome, known))
        if outcome.resolution.status != "another work":
            said |= dict.fromkeys(tellings_of(reference))
    return tuple(merged(identity, said) for identity, said in by_source.items())


def _listed(reference: Reference, outcome: _Outcome, known: Known) -> Iterator[Source]:
    """What the user's file of retractions tells of the work, under its DOI or PubMed id."""
    doi = known.dois.get(reference)
    names = (doi, *(work.pmid for work in outcome.tellings), None if reference.doi else reference.pmid)
    notices = next((known.retractions[name] for name in names if name and name in known.retractions), ())
    if notices:
        listed = Attribution(by=retraction_watch.NAME, fields=("notices",))
        yield Source(id=outcome.resolution.source, notices=notices, said=(listed,))


def unchecked(resolutions: Iterable[Resolution]) -> Iterator[str]:
    """What was not checked, one sentence a cause."""
    untold = (one.note for one in resolutions if one.status in UNSETTLED or one.note.startswith(_UNRECORDED))
    for cause, number in Counter(untold).items():
        yield f"{cause}: {count(number, 'reference')} {'was' if number == 1 else 'were'} not checked."


def _missing(known: Known) -> Iterator[str]:
    """Which registries could not add what they know of works that another one knows."""
    for by_doi in known.said.values():
        found = [told for doi, told in by_doi.items() if told.trouble not in ("", OFFLINE) and tellings(known, doi)]
        for trouble, number in Counter(told.trouble for told in found if not told.work).items():
            yield f"{trouble}: what it may know of {count(number, 'work')} is missing."
        for trouble, number in Counter(told.trouble for told in found if told.work).items():
            yield f"{trouble}: what it said of {count(number, 'work')} at an earlier date was used."
