"""Whom to ask about the references of an article, in what order, and what follows from the answers.

Crossref is asked for every DOI, with as few questions as possible. Only doi.org can say that a DOI does not exist,
so it is asked about those that Crossref holds no record of: they may be another agency's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ingest.http import Answer, Http, Outcome
from ingest.resolve import crossref, doi_org, match
from kb.model import Attribution, Record, Reference, Resolution, ResolutionStatus, Source
from kb.settings import Settings

FACTS = (
    "doi",
    "pmid",
    "title",
    "authors",
    "year",
    "container",
    "type",
    "abstract",
    "publication_types",
    "keywords",
    "url",
    "cites",
    "notices",
)
"""The fields of a source that somebody says; the others are identity, or follow from these."""

_TROUBLE: dict[Outcome, str] = {
    "not found": "{who} gave an answer that could not be read (no such address)",
    "refused": "{who} declined the question ({reason})",
    "limited": "{who} asked to be left alone for now",
    "server error": "{who} reported a fault of its own ({reason})",
    "malformed": "{who} gave an answer that could not be used ({reason})",
    "unreachable": "{who} could not be reached ({reason})",
    "not attempted": "{who} was not asked ({reason})",
}


class Resolved(Record, frozen=True, kw_only=True):
    """The works behind the references: one resolution a reference, one source a work, and what was not checked."""

    sources: tuple[Source, ...]
    resolutions: tuple[Resolution, ...]
    notes: tuple[str, ...] = ()


class Told(Record, frozen=True, kw_only=True):
    """What asking about one DOI came to: the registered work, or how it stands instead.

    ``trouble`` says why the reference stays unchecked, where it does, in words that several references can share.
    """

    status: ResolutionStatus = "unreachable"
    source: Source | None = None
    said_by: str = ""
    note: str = ""
    trouble: str = ""
    elsewhere: bool = False
    """Crossref holds no record: doi.org is to say whether the DOI exists at all."""


def resolve(
    references: Sequence[Reference],
    settings: Settings,
    progress: Callable[[str], None] = lambda message: None,
    http: Http | None = None,
) -> Resolved:
    """Find the work behind each reference; never raises for what the world does.

    Parameters
    ----------
    references
        As read; ``source`` holds the id of the work, ``doi:…``, else ``pmid:…``, else ``ref:<hash>``.
    settings
        Addresses, deadline, whether to stay offline, and the date of asking (``as_of``).
    progress
        Is told which registry is asked for how much.
    http
        The client; one with the budget of these settings where none is given.
    """
    dois = tuple(dict.fromkeys(reference.doi for reference in references if reference.doi))
    told = {} if settings.offline else _ask(dois, settings, http or Http(settings), progress)
    resolutions = tuple(_resolution(reference, told, settings) for reference in references)
    return Resolved(
        sources=_sources(references, resolutions, told),
        resolutions=resolutions,
        notes=_notes(references, told, settings),
    )


def source_from_reference(reference: Reference) -> Source:
    """The work as the author describes it."""
    own = reference.origin == "reference list"
    by = reference.origin if own else f"the author's bibliography ({reference.origin})"
    facts = {name: getattr(reference, name) for name in FACTS if hasattr(reference, name)}
    said = Attribution(by=by, fields=tuple(name for name, value in facts.items() if value))
    return Source(id=reference.source, **facts, said=(said,) if said.fields else ())


def merged(identity: str, tellings: Iterable[Source]) -> Source:
    """One source out of what several say of it: the first who says anything of a field is believed.

    ``said`` then names for each field the one whose word was taken.
    """
    facts: dict[str, Any] = {}
    taken: dict[tuple[str, str | None], list[str]] = {}
    for telling in tellings:
        for attribution in telling.said:
            for name in attribution.fields:
                if not facts.get(name):
                    facts[name] = getattr(telling, name)
                    taken.setdefault((attribution.by, attribution.asked), []).append(name)
    said = tuple(Attribution(by=by, fields=tuple(names), asked=asked) for (by, asked), names in taken.items())
    return Source(id=identity, **facts, said=said)


def _ask(dois: Sequence[str], settings: Settings, http: Http, progress: Callable[[str], None]) -> dict[str, Told]:
    if not dois:
        return {}
    progress(f"Asking {crossref.NAME} about {_count(len(dois), 'DOI')}")
    told = {doi: Told(status="not attempted", trouble="The DOI is too long to ask for") for doi in dois}
    for question in crossref.request_for(dois):
        told |= _ask_crossref(question, settings, http)
    missing = [doi for doi, one in told.items() if one.elsewhere]
    if missing:
        progress(f"Asking {doi_org.NAME} about {_count(len(missing), 'DOI')} that {crossref.NAME} does not hold")
    return told | {doi: _ask_doi_org(doi, settings, http) for doi in missing}


def _ask_crossref(question: crossref.Question, settings: Settings, http: Http) -> dict[str, Told]:
    answer = http.get_json(settings.crossref.rstrip("/") + question.path)
    if answer.status == 400 and len(question.dois) > 1:
        # One DOI that the filter does not take spoils the whole list: halve it until that one stands alone.
        middle = len(question.dois) // 2
        halves = (question.dois[:middle], question.dois[middle:])
        parts = [_ask_crossref(part, settings, http) for half in halves for part in crossref.request_for(half)]
        return {doi: one for part in parts for doi, one in part.items()}
    if answer.outcome == "not found" and question.authoritative:
        return dict.fromkeys(question.dois, Told(elsewhere=True))
    if answer.outcome != "ok":
        return dict.fromkeys(question.dois, _troubled(crossref.NAME, answer))
    works = crossref.parse(answer.data, settings.as_of or None)
    if works is None:
        unread = Answer(outcome="malformed", reason="it holds no list of works")
        return dict.fromkeys(question.dois, _troubled(crossref.NAME, unread))
    by_doi = {work.doi: work for work in works}
    # A work that nobody asked for casts doubt on the whole answer: what it lacks is then unknown, not missing.
    foreign = Answer(outcome="malformed", reason="it was about another DOI")
    absent = _troubled(crossref.NAME, foreign) if by_doi.keys() - set(question.dois) else Told(elsewhere=True)
    return {doi: Told(source=by_doi[doi], said_by=crossref.NAME) if doi in by_doi else absent for doi in question.dois}


def _ask_doi_org(doi: str, settings: Settings, http: Http) -> Told:
    answer = http.get_json(settings.doi_org.rstrip("/") + doi_org.request_for(doi))
    exists = doi_org.parse(answer.data, doi)
    if exists is True and answer.outcome == "ok":
        trouble = f"The DOI exists, but {crossref.NAME} holds no record of it and no other agency was asked"
        return Told(status="ambiguous", said_by=doi_org.NAME, trouble=trouble)
    if exists is False and answer.outcome == "not found":
        return Told(status="not found", said_by=doi_org.NAME, note=f"{doi_org.NAME} knows no such DOI")
    silent = Answer(outcome="malformed", reason="it does not say whether the DOI exists")
    troubled = _troubled(doi_org.NAME, silent if answer.outcome in ("ok", "not found") else answer)
    return Told(trouble=f"{crossref.NAME} holds no record of the DOI, and {troubled.trouble}")


def _troubled(who: str, answer: Answer) -> Told:
    status: ResolutionStatus = "not attempted" if answer.outcome == "not attempted" else "unreachable"
    return Told(status=status, trouble=_TROUBLE[answer.outcome].format(who=who, reason=answer.reason))


def _resolution(reference: Reference, told: dict[str, Told], settings: Settings) -> Resolution:
    one = told.get(reference.doi or "")
    if one is None:
        note = "no registry was asked (offline)" if reference.doi else "no DOI to ask for"
        return Resolution(reference=reference.id, source=reference.source, status="not attempted", note=note)
    asked = settings.as_of or None if one.said_by else None
    if one.source is None:
        return Resolution(
            reference=reference.id,
            source=reference.source,
            status=one.status,
            said_by=one.said_by,
            asked=asked,
            note=one.note or one.trouble,
        )
    compared = match.compare(reference, one.source)
    return Resolution(
        reference=reference.id,
        source=reference.source,
        status=compared.status,
        said_by=one.said_by,
        asked=asked,
        differences=compared.differences,
        note=_comparison_note(compared),
    )


def _comparison_note(compared: match.Comparison) -> str:
    if compared.status == "ambiguous":
        return "nothing in the reference could be compared with the registered work"
    if not compared.compared:
        return "the reference names its work by the DOI alone"
    return ""


def _sources(
    references: Sequence[Reference], resolutions: Sequence[Resolution], told: dict[str, Told]
) -> tuple[Source, ...]:
    """One source for each id, in the order of the references.

    Where the DOI belongs to another work than the one cited, the author's words are not about that work.
    """
    tellings: dict[str, list[Source]] = {}
    for reference, resolution in zip(references, resolutions, strict=True):
        of_work = tellings.setdefault(reference.source, [])
        one = told.get(reference.doi or "")
        if one is not None and one.source is not None and one.source not in of_work:
            of_work.insert(0, one.source)
        if resolution.status != "another work":
            of_work.append(source_from_reference(reference))
    return tuple(merged(identity, of_work) for identity, of_work in tellings.items())


def _notes(references: Sequence[Reference], told: dict[str, Told], settings: Settings) -> tuple[str, ...]:
    """What could not be checked, one sentence a cause."""
    with_doi = [reference.doi for reference in references if reference.doi]
    without = len(references) - len(with_doi)
    causes = Counter(told[doi].trouble for doi in with_doi if doi in told and told[doi].trouble)
    notes = [f"{cause}: {_unchecked(count)}." for cause, count in causes.items()]
    if settings.offline and with_doi:
        notes.append(f"Offline, so no registry was asked: {_unchecked(len(with_doi))}.")
    if without:
        notes.append(f"No DOI to ask a registry for: {_unchecked(without)}.")
    return tuple(notes)


def _unchecked(count: int) -> str:
    return f"{_count(count, 'reference')} {'was' if count == 1 else 'were'} not checked"


def _count(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
