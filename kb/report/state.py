"""A JSON report as a state that can be compared with another (`kb.questions.diff`)."""

from __future__ import annotations

from kb import tracked
from kb.model import Source
from kb.questions.states import State, Work, standings
from kb.report.document import SCHEMA_VERSION, Document, SourceEntry
from kb.strength.wording import label

LARGEST = 500_000_000
"""Bytes of a report that are read."""
FORM = tracked.Form(
    name="report",
    schema=SCHEMA_VERSION,
    largest=LARGEST,
    damaged="write it again with `kb audit … --format json`",
    conflict="write it again with `kb audit … --format json`",
)


def read_state(text: str | bytes, place: str) -> State:
    """The state that a JSON report tells of.

    Raises
    ------
    ConfigurationError
        It is no such report, or a newer version wrote it.
    """
    document = tracked.read(text, place, FORM, Document)
    return State(
        kind="audit",
        as_of=document.as_of,
        statements=tuple(
            standing
            for article in document.articles
            for standing in standings(article.path, ((one, one) for one in article.statements), article.evidence)
        ),
        works=tuple(_work(source) for source in document.sources),
    )


def _work(entry: SourceEntry) -> Work:
    source = Source(id=entry.id, title=entry.title, authors=entry.authors, year=entry.year)
    return Work(id=entry.id, label=label(source), design=entry.design, notices=entry.notices)
