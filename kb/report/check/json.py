"""The findings for other programs: one JSON document, described by ``docs/check.schema.json``.

The schema is generated from the records here. Words are made fit for a screen; names of files and identifiers stay as
they are, with escapes for what a screen would not show.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from kb.errors import escaped
from kb.linting.outcome import Checked, Outcome, Run, State
from kb.model import Severity
from kb.report.check.wording import COMMAND, harmless, tally

SCHEMA_VERSION = 1


class FindingEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A rule's word; lines and columns count from 1, the end column is the first one after the passage.

    ``place`` is the element or paragraph in formats where the line alone does not tell, else empty. Of the states only
    ``open`` fails a run: ``waived`` has the reason in ``why``, ``known`` is in the baseline.
    """

    rule: str
    name: str
    severity: Severity
    message: str
    remedy: str
    line: int
    column: int
    end_line: int
    end_column: int
    place: str
    statement: str | None
    reference: str | None
    fingerprint: str
    state: State
    why: str


class ArticleEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An article: its findings in its order, what could not be read of it, and how many statements it has.

    ``asking`` counts the statements that ask for a source, ``unsupported`` those of them that no source holds up.
    """

    path: str
    findings: tuple[FindingEntry, ...]
    notes: tuple[str, ...]
    statements: int
    asking: int
    unsupported: int


class ChangeEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the change did to the evidence; ``article`` is empty where it is of no single one."""

    article: str
    line: int | None
    way: str
    words: str


class SummaryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Counts: ``error``, ``warning`` and ``info`` of the open findings, then the others."""

    articles: int
    open: int
    error: int
    warning: int
    info: int
    waived: int
    known: int
    failed: int


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One run of ``kb check``. Grades are provisional and no medical advice.

    ``since`` is the revision since which changes are told, ``changes`` what they did to the evidence; ``failed`` are
    the files that could not be checked, one line each.
    """

    schema_version: int
    program: str
    version: str
    as_of: str
    since: str | None
    articles: tuple[ArticleEntry, ...]
    failed: tuple[str, ...]
    changes: tuple[ChangeEntry, ...]
    summary: SummaryEntry


def to_json(run: Run) -> str:
    """Write the document, with one line break at its end."""
    return dumped(document(run))


def schema() -> dict[str, Any]:
    """The JSON Schema of the document, generated from its records, in JSON's own types."""
    decoded: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(Document)))
    return decoded


def dumped(value: object) -> str:
    r"""A value as a JSON document that is inert wherever it is printed: the same data, half characters apart.

    Characters that a screen would not show stand as escapes, and so does a sign in what CI services take for the start
    of a command; it can only be in a string.

    >>> print(dumped(["##[error]\u202e"]), end="")
    [
      "#\u0023[error]\u202e"
    ]
    """
    text = escaped(json.dumps(msgspec.to_builtins(value), ensure_ascii=False))  # takes half characters, unlike msgspec
    return COMMAND.sub(r"#\\u0023", msgspec.json.format(text, indent=2)) + "\n"


def document(run: Run) -> Document:
    """The content of the document: every field is there, also where it is empty."""
    found = tally(*run.articles)
    counts = {name: getattr(found, name) for name in ("open", "error", "warning", "info", "waived", "known")}
    return Document(
        schema_version=SCHEMA_VERSION,
        program="kb",
        version=run.version,
        as_of=run.as_of,
        since=harmless(run.since) or None,
        articles=tuple(map(_article, run.articles)),
        failed=tuple(map(harmless, run.failed)),
        changes=tuple(
            ChangeEntry(article=one.article, line=one.line, way=one.way, words=harmless(one.words))
            for one in run.changes
        ),
        summary=SummaryEntry(articles=len(run.articles), failed=len(run.failed), **counts),
    )


def _article(checked: Checked) -> ArticleEntry:
    return ArticleEntry(
        path=checked.article,
        findings=tuple(map(_finding, checked.outcomes)),
        notes=tuple(map(harmless, checked.notes)),
        statements=checked.statements,
        asking=checked.asking,
        unsupported=checked.unsupported,
    )


def _finding(outcome: Outcome) -> FindingEntry:
    finding = outcome.finding
    return FindingEntry(
        rule=finding.rule,
        name=outcome.name,
        severity=finding.severity,
        message=harmless(finding.message),
        remedy=harmless(finding.remedy),
        line=finding.line,
        column=finding.column,
        end_line=outcome.end_line,
        end_column=outcome.end_column,
        place=harmless(finding.place),
        statement=finding.statement,
        reference=finding.reference,
        fingerprint=finding.fingerprint,
        state=outcome.state,
        why=harmless(outcome.why),
    )
