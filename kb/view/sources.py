"""The sources of one or more audits as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

from kb.model import Audit, Record, Reference, Source
from kb.view.evidence import notices_in_words, resolution_in_words, source_url


class SourceRow(Record, frozen=True, kw_only=True):
    """One source in one article. ``cited`` counts in-text citations; ``statements`` those that rest on it."""

    article: str
    title: str
    authors: str
    year: str
    design: str
    design_basis: str
    doi: str
    url: str | None
    resolution: str
    notices: str
    cited: int
    statements: int
    said_by: str
    """Who told the facts of this row."""


def source_rows(audits: Sequence[Audit]) -> tuple[SourceRow, ...]:
    """The sources of each article in the order of its reference list."""
    return tuple(row for audit in audits for row in _rows(audit))


def _rows(audit: Audit) -> list[SourceRow]:
    references: dict[str, list[Reference]] = {}
    for reference in sorted(audit.references, key=lambda one: one.position):
        references.setdefault(reference.source, []).append(reference)
    sources = {source.id: source for source in audit.sources}
    return [
        _row(audit, sources.get(source_id, Source(id=source_id)), entries) for source_id, entries in references.items()
    ]


def _row(audit: Audit, source: Source, entries: Sequence[Reference]) -> SourceRow:
    keys = {entry.id for entry in entries}
    resolutions = [one for one in audit.resolutions if one.reference in keys]
    return SourceRow(
        article=audit.article.title or audit.article.id,
        title=source.title or entries[0].text,
        authors=", ".join(source.authors),
        year=source.year or "",
        design=source.design,
        design_basis=source.design_basis,
        doi=source.doi or "",
        url=source_url(source),
        resolution="; ".join(dict.fromkeys(resolution_in_words(one) for one in resolutions)),
        notices="; ".join(notices_in_words(source)),
        cited=sum(bool(keys & set(citation.references)) for citation in audit.citations),
        statements=len({line.statement for line in audit.evidence if line.source == source.id}),
        said_by=", ".join(f"{said.by} ({said.asked})" if said.asked else said.by for said in source.said),
    )
