"""The records as tables, for notebooks and for CSV and Parquet: their rows, in the columns of `kb.report.columns`.

Every column is there, with its type, whatever the number of rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kb.graph import retraction
from kb.model import Audit, EvidenceLine, NumberCheck, Source
from kb.report.columns import (
    ARTICLE_COLUMNS,
    CITATION_COLUMNS,
    CITES_COLUMNS,
    EVIDENCE_COLUMNS,
    FINDING_COLUMNS,
    NOTICE_COLUMNS,
    REFERENCE_COLUMNS,
    REVIEW_COLUMNS,
    SOURCE_COLUMNS,
    STATEMENT_COLUMNS,
    Columns,
)

if TYPE_CHECKING:
    import pandas

Row: TypeAlias = tuple[Any, ...]


class OfAudits(NamedTuple):
    """The columns of a table, and the rows that one audit has in it."""

    columns: Columns
    rows: Callable[[Audit], Iterable[Row]]


class OfSources(NamedTuple):
    """The columns of a table, and the rows that one source has in it."""

    columns: Columns
    rows: Callable[[Source], Iterable[Row]]


def article_rows(audit: Audit) -> Iterator[Row]:
    """The one row of the article."""
    one = audit.article
    counts = len(audit.statements), len(audit.references)
    yield one.id, one.title, one.date, one.language, one.format, audit.as_of, *counts, audit.notes


def statement_rows(audit: Audit) -> Iterator[Row]:
    """The statements with their assessments."""
    assessed = {assessment.statement: assessment for assessment in audit.assessments}
    for one in audit.statements:
        told = (one.id, one.line, one.section, one.text, one.kind, one.question, one.needs_source, one.signals)
        whole = assessed.get(one.id)
        found: Row = (None, None, None, 0, (), None)
        if whole:
            state = whole.reviewed.state if whole.reviewed else None
            found = (whole.verdict, whole.level, whole.certainty, whole.lines, whole.reasons, state)
        yield audit.article.id, *told, *found


def evidence_rows(audit: Audit) -> Iterator[Row]:
    """The evidence lines, in the order of the audit."""
    lines = {statement.id: statement.line for statement in audit.statements}
    for one in audit.evidence:
        yield audit.article.id, one.statement, lines.get(one.statement), *_line(one)


def _line(one: EvidenceLine) -> Row:
    return (
        one.source,
        one.references,
        one.direction,
        one.extent,
        one.level,
        one.certainty,
        one.read,
        one.quote,
        tuple(map(_number, one.numbers)),
        tuple(concern.words for concern in one.concerns),
        one.missing,
        one.doubt,
        one.reasons,
        one.not_higher,
        one.not_lower,
        one.judge,
        one.reviewed.state if one.reviewed else None,
    )


def _number(check: NumberCheck) -> str:
    return f"{check.stated}: {check.outcome}" + (f" ({check.found})" if check.found else "")


def citation_rows(audit: Audit) -> Iterator[Row]:
    """The markers."""
    for one in audit.citations:
        yield audit.article.id, one.line, one.text, one.statements, one.references, one.missing


def reference_rows(audit: Audit) -> Iterator[Row]:
    """The entries of the reference list, with how each was resolved."""
    resolved = {resolution.reference: resolution for resolution in audit.resolutions}
    for one in audit.references:
        written = (one.id, one.position, one.line, one.text, one.title, one.authors, one.year, one.container)
        led = resolved.get(one.id)
        how = (led.status, led.said_by, led.asked) if led else ("not attempted", None, None)
        yield audit.article.id, *written, one.doi, one.pmid, one.origin, one.source, *how


def finding_rows(audit: Audit) -> Iterator[Row]:
    """The findings."""
    for one in audit.findings:
        told = (one.rule, one.severity, one.line, one.column, one.message, one.remedy, one.statement, one.reference)
        yield audit.article.id, *told


def review_rows(audit: Audit) -> Iterator[Row]:
    """The reviews, in the order in which they were added."""
    for one in audit.reviews:
        told = (one.subject, one.statement, one.source, one.value, one.person, one.date, one.reason)
        yield audit.article.id, *told


OF_AUDITS: Mapping[str, OfAudits] = MappingProxyType(
    {
        "articles": OfAudits(ARTICLE_COLUMNS, article_rows),
        "statements": OfAudits(STATEMENT_COLUMNS, statement_rows),
        "citations": OfAudits(CITATION_COLUMNS, citation_rows),
        "references": OfAudits(REFERENCE_COLUMNS, reference_rows),
        "evidence": OfAudits(EVIDENCE_COLUMNS, evidence_rows),
        "findings": OfAudits(FINDING_COLUMNS, finding_rows),
        "reviews": OfAudits(REVIEW_COLUMNS, review_rows),
    }
)
"""The tables whose rows belong to articles, by name."""


class Uses:
    """Counts, by source, the articles that list it and the statements with an evidence line on it."""

    def __init__(self) -> None:
        self.articles: Counter[str] = Counter()
        self.statements: Counter[str] = Counter()

    def add(self, audit: Audit) -> None:
        """Count an audit, of which only references and evidence need to be there."""
        self.articles.update({reference.source for reference in audit.references})
        self.statements.update(source for _, source in {(line.statement, line.source) for line in audit.evidence})

    def row(self, source: Source) -> Row:
        """The row of a source among `SOURCE_COLUMNS`, once all audits are counted."""
        names = ("id", "doi", "pmid", "title", "authors", "year", "container", "type", "design")
        kinds = tuple(notice.kind for notice in source.notices)
        uses = (self.articles[source.id], self.statements[source.id])
        return *(getattr(source, name) for name in names), retraction(source) is not None, kinds, *uses


def notice_rows(source: Source) -> Iterator[Row]:
    """The notices about a source."""
    for one in source.notices:
        yield source.id, one.kind, one.date, one.doi, one.said_by, one.reasons


def cites_rows(source: Source) -> Iterator[Row]:
    """The works that a source cites, in its order."""
    return ((source.id, cited) for cited in source.cites)


OF_SOURCES: Mapping[str, OfSources] = MappingProxyType(
    {"notices": OfSources(NOTICE_COLUMNS, notice_rows), "source_cites": OfSources(CITES_COLUMNS, cites_rows)}
)
"""The tables whose rows belong to sources, by name."""

COLUMNS: Mapping[str, Columns] = MappingProxyType(
    {
        **{name: table.columns for name, table in OF_AUDITS.items()},
        "sources": SOURCE_COLUMNS,
        **{name: table.columns for name, table in OF_SOURCES.items()},
    }
)
"""The columns of every table that is exported, by name."""


def frame(rows: Iterable[Row], columns: Columns) -> pandas.DataFrame:
    """A table with the same columns and types however many rows there are."""
    import pandas

    return pandas.DataFrame(list(rows), columns=[name for name, _ in columns]).astype(dict(columns))
