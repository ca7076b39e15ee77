"""The JSON report: one document that other programs rely on, described by the JSON Schema in ``docs/``.

Its records say what is written and in which order; the schema is generated from them. No abstract leaves the
knowledge base through it: of a source's text at most the one quoted sentence of an evidence line or of an offer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from kb.errors import escaped
from kb.model import (
    Assessment,
    Attribution,
    Audit,
    Candidate,
    Certainty,
    Concern,
    Cue,
    Design,
    Difference,
    Direction,
    Disagreement,
    Extent,
    Finding,
    Kind,
    Notice,
    NumberCheck,
    Question,
    ResolutionStatus,
    Review,
    Reviewed,
    Severity,
    Signal,
    Source,
    Span,
    Study,
    Verdict,
)
from kb.rules.rule import Case

SCHEMA_VERSION = 1


class OfferEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A source that is offered to a statement without one; it counts for nothing until a person cites it.

    ``said_in`` is the statement of the article that says the same and cites this source, null where the source alone
    seems to fit; ``score`` is how alike the two are, or how much of the statement the source speaks of, 0 to 1.
    """

    source: str
    words: str
    score: float
    quote: str | None
    said_in: str | None


class StatementEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A statement with its verdict; ``signals`` are the closed list of ``kb.model.Signal``.

    ``place`` is the element or paragraph in formats where the line alone does not tell, else empty; ``lines`` counts
    independent lines of evidence. ``reviewed`` is people's word on the verdict, ``need_reviewed`` that on
    ``needs_source``.
    """

    id: str
    fingerprint: str
    text: str
    start: int
    end: int
    sentence: Span
    line: int
    place: str
    section: str
    kind: Kind
    question: Question | None
    needs_source: bool
    signals: tuple[Signal, ...]
    cues: tuple[Cue, ...]
    references: tuple[str, ...]
    leans_on: str | None
    verdict: Verdict
    level: int | None
    certainty: Certainty | None
    lines: int
    reasons: tuple[str, ...]
    not_higher: tuple[str, ...]
    not_lower: tuple[str, ...]
    reviewed: Reviewed | None
    need_reviewed: Reviewed | None
    offers: tuple[OfferEntry, ...]


class CitationEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A marker in the text; ``missing`` is what it names and the list does not hold."""

    text: str
    start: int
    end: int
    line: int
    references: tuple[str, ...]
    missing: tuple[str, ...]
    statements: tuple[str, ...]


class ReferenceEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the reference list; ``cited`` counts the markers that name it."""

    id: str
    position: int
    text: str
    title: str
    line: int | None
    origin: str
    doi: str | None
    pmid: str | None
    source: str
    resolution: ResolutionStatus
    said_by: str
    differences: tuple[Difference, ...]
    candidates: tuple[Candidate, ...]
    note: str
    reviewed: Reviewed | None
    cited: int


class EvidenceEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One statement on one source.

    ``read`` is what of the source was read; ``doubt`` ranks what to check first, 0 to 1, and is no verdict; ``judge``
    says who judged, with version.
    """

    statement: str
    source: str
    direction: Direction
    extent: Extent | None
    level: int | None
    certainty: Certainty | None
    quote: str | None
    numbers: tuple[NumberCheck, ...]
    read: Literal["", "abstract", "full text"]
    concerns: tuple[Concern, ...]
    missing: tuple[str, ...]
    doubt: float | None
    reasons: tuple[str, ...]
    not_higher: tuple[str, ...]
    not_lower: tuple[str, ...]
    judge: str
    reviewed: Reviewed | None


class FindingEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A rule's word; lines and columns count from 1."""

    rule: str
    severity: Severity
    message: str
    remedy: str
    line: int
    column: int
    place: str
    statement: str | None
    reference: str | None
    fingerprint: str


class ArticleEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An article and what was found out about it."""

    path: str
    title: str
    date: str | None
    language: str | None
    statements: tuple[StatementEntry, ...]
    citations: tuple[CitationEntry, ...]
    references: tuple[ReferenceEntry, ...]
    evidence: tuple[EvidenceEntry, ...]
    reviews: tuple[Review, ...]
    findings: tuple[FindingEntry, ...]
    notes: tuple[str, ...]


class SourceEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A work, without its text."""

    id: str
    doi: str | None
    pmid: str | None
    pmcid: str | None
    title: str
    authors: tuple[str, ...]
    year: str | None
    container: str
    type: str
    design: Design
    design_basis: str
    design_reviewed: Reviewed | None
    study: Study
    notices: tuple[Notice, ...]
    disagreements: tuple[Disagreement, ...]
    said: tuple[Attribution, ...]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """The whole report. Grades are provisional and no medical advice."""

    schema_version: int
    as_of: str
    articles: tuple[ArticleEntry, ...]
    sources: tuple[SourceEntry, ...]


def to_json(audits: Sequence[Audit]) -> str:
    """Write the report of one run, with one line break at its end; the same audits give the same bytes.

    Characters that a screen would not show, or that turn the direction of writing, are written as escapes.
    """
    return escaped(msgspec.json.format(msgspec.json.encode(document(audits)), indent=2).decode()) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of the report, generated from these records, in JSON's own types."""
    decoded: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(Document)))
    return decoded


def document(audits: Sequence[Audit]) -> Document:
    """The report's content: every field is there, also where it is empty."""
    sources = {source.id: source for audit in audits for source in audit.sources}
    return Document(
        schema_version=SCHEMA_VERSION,
        as_of=max((audit.as_of for audit in audits), default=""),
        articles=tuple(_article(audit) for audit in audits),
        sources=tuple(_source(sources[name]) for name in sorted(sources)),
    )


def _article(audit: Audit) -> ArticleEntry:
    cited = Counter(name for citation in audit.citations for name in citation.references)
    return ArticleEntry(
        path=audit.article.id,
        title=audit.article.title,
        date=audit.article.date,
        language=audit.article.language,
        statements=_statements(audit),
        citations=tuple(_picked(CitationEntry, citation) for citation in audit.citations),
        references=_references(audit, cited),
        evidence=tuple(_picked(EvidenceEntry, line) for line in audit.evidence),
        reviews=audit.reviews,
        findings=tuple(_finding(finding) for finding in audit.findings),
        notes=audit.notes,
    )


def _picked(entry: type[Any], record: msgspec.Struct, **more: Any) -> Any:
    """An entry made of the record's fields of the same names, and of those given."""
    names = [name for name in entry.__struct_fields__ if name not in more]
    return entry(**{name: getattr(record, name) for name in names}, **more)


def _statements(audit: Audit) -> tuple[StatementEntry, ...]:
    assessed = {assessment.statement: assessment for assessment in audit.assessments}
    cited: dict[str, list[str]] = {}
    for citation in audit.citations:
        for name in citation.statements:
            cited.setdefault(name, []).extend(citation.references)
    offered = Case(audit).offers
    entries = []
    for statement in audit.statements:
        assessment = assessed.get(statement.id) or Assessment(statement=statement.id, verdict="not checked")
        entries.append(
            _picked(
                StatementEntry,
                statement,
                references=tuple(dict.fromkeys(cited.get(statement.id, ()))),
                verdict=assessment.verdict,
                level=assessment.level,
                certainty=assessment.certainty,
                lines=assessment.lines,
                not_higher=assessment.not_higher,
                not_lower=assessment.not_lower,
                reviewed=assessment.reviewed,
                need_reviewed=statement.reviewed,
                reasons=(*assessment.reasons, *statement.reasons),
                offers=tuple(_picked(OfferEntry, offer) for offer in offered.get(statement.id, ())),
            )
        )
    return tuple(entries)


def _references(audit: Audit, cited: Counter[str]) -> tuple[ReferenceEntry, ...]:
    resolutions = {resolution.reference: resolution for resolution in audit.resolutions}
    return tuple(
        _picked(
            ReferenceEntry,
            reference,
            resolution=resolutions[reference.id].status,
            said_by=resolutions[reference.id].said_by,
            differences=resolutions[reference.id].differences,
            candidates=resolutions[reference.id].candidates,
            note=resolutions[reference.id].note,
            reviewed=resolutions[reference.id].reviewed,
            cited=cited[reference.id],
        )
        for reference in audit.references
    )


def _finding(finding: Finding) -> FindingEntry:
    entry: FindingEntry = _picked(FindingEntry, finding)
    return entry


def _source(source: Source) -> SourceEntry:
    entry: SourceEntry = _picked(SourceEntry, source)
    return entry
