"""An article as a Word file with a comment at each finding, to be mended where it is written.

The text is the article's, paragraph by paragraph; what its readers do not see (front matter, comments) is left out. Of
the formatting of a Word file that was audited nothing is left but what a paragraph is: title, heading, list item. Each
finding is one comment, on the statement that it is about; one about an entry or the article stands there.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kb.errors import one_line, printable
from kb.model import Audit, BlockKind, Finding
from kb.view.annotated import Passage, annotate
from kb.view.parts import sentences
from kb.view.wording import CAVEAT
from kb.view.worklist import NAMES, worklist

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.run import Run

AUTHOR = "evidence-kb"
_STYLES: Mapping[BlockKind, str] = {
    "title": "Title",
    "heading": "Heading 1",
    "list item": "List Bullet",
    "quotation": "Quote",
    "caption": "Caption",
}
"""The styles of python-docx's own template; everything else is Normal."""
_UNSEEN: frozenset[BlockKind] = frozenset({"front matter", "comment"})
_AS_LINES: frozenset[BlockKind] = frozenset({"code", "table", "reference list"})
"""Where a line break is part of the text."""
_BREAK = re.compile(r"\s*\n\s*")
_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can tell."""


def to_word(audit: Audit) -> bytes:
    """The article with its findings as a .docx file, the same bytes for the same audit."""
    from docx import Document

    document = Document()
    _describe(document, audit)
    places = _Places()
    for passage in annotate(audit):
        if passage.kind not in _UNSEEN:
            _write(document, passage, places)
    _comment(document, audit, places)
    written = io.BytesIO()
    document.save(written)
    return _timeless(written.getvalue())


class _Places:
    """Which runs belong to which statement and entry, and with which run each paragraph begins."""

    def __init__(self) -> None:
        self.statements: dict[str, list[Run]] = {}
        self.entries: dict[str, list[Run]] = {}
        self.lines: list[tuple[int, Run]] = []

    def of(self, finding: Finding) -> Sequence[Run]:
        """The runs that a finding is about; none where the article has no text."""
        if found := self.statements.get(finding.statement or "") or self.entries.get(finding.reference or ""):
            return found
        before = [run for line, run in self.lines if line <= finding.line]
        return before[-1:] or [run for _, run in self.lines[:1]]


def _describe(document: Document, audit: Audit) -> None:
    """Title, dates and the footer, which says what findings are worth."""
    about = document.core_properties
    when = _day(audit.as_of)
    about.title, about.author, about.last_modified_by = one_line(audit.article.title)[:255], AUTHOR, AUTHOR
    about.created = about.modified = when
    about.comments = ""
    footer = document.sections[0].footer.paragraphs[0]
    footer.text = f"Findings of evidence-kb as of {one_line(audit.as_of)}. {CAVEAT}"


def _write(document: Document, passage: Passage, places: _Places) -> None:
    paragraph = document.add_paragraph(style=_STYLES.get(passage.kind))
    for segment in passage.segments:
        text = printable(segment.text)
        run = paragraph.add_run(text if passage.kind in _AS_LINES else _BREAK.sub(" ", text))
        if not places.lines or places.lines[-1][0] != passage.line:
            places.lines.append((passage.line, run))
        if segment.statement is not None:
            places.statements.setdefault(segment.statement, []).append(run)
        if segment.reference is not None:
            places.entries.setdefault(segment.reference, []).append(run)


def _comment(document: Document, audit: Audit, places: _Places) -> None:
    """One comment for each finding, in the order of the article."""
    searches = {task.statement: task.query for task in worklist([audit]) if task.statement}
    when = _day(audit.as_of)
    for finding in audit.findings:
        if runs := places.of(finding):
            text = "\n".join(_words(finding, searches.get(finding.statement or "", "")))
            comment = document.add_comment(list(runs), text=text, author=AUTHOR, initials="kb")
            comment._comment_elm.date = when  # python-docx sets the time of day and lets nobody choose another


def _words(finding: Finding, search: str) -> Iterator[str]:
    yield " ".join(sentences([one_line(finding.message), one_line(finding.remedy)]))
    if search:
        yield f"A search of PubMed: {search}"
    yield f"{one_line(NAMES.get(finding.rule, finding.rule))} ({one_line(finding.rule)}, {finding.severity})"


def _day(date: str) -> datetime:
    """The day at midnight; one that is none is the oldest."""
    try:
        return datetime.fromisoformat(date[:10]).replace(tzinfo=UTC)
    except ValueError:
        return datetime(*_OLDEST, tzinfo=UTC)


def _timeless(document: bytes) -> bytes:
    """The same archive, its members sorted and without the time at which they were written."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as given, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(zipfile.ZipInfo(name, _OLDEST), given.read(name), zipfile.ZIP_DEFLATED)
    return kept.getvalue()
