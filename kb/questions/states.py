"""How the statements of a knowledge base, a report or a lock stand at one time, to be compared with another time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, Protocol, TypeAlias

from kb.model import Audit, Certainty, Design, Direction, Notice, Record, Source, Verdict
from kb.strength.wording import label

Kind: TypeAlias = Literal["audit", "lock"]


class Standing(Record, frozen=True, kw_only=True):
    """A statement and how it stands; what a lock does not hold, such as its text, is empty."""

    article: str
    fingerprint: str
    statement: str
    line: int = 0
    text: str = ""
    verdict: Verdict
    level: int | None = None
    certainty: Certainty | None = None
    directions: tuple[tuple[str, Direction], ...] = ()
    """What each source says of it, sorted by the source's id."""


class Work(Record, frozen=True, kw_only=True):
    """A source as far as it can change; ``label`` is its short name."""

    id: str
    label: str
    design: Design
    notices: tuple[Notice, ...] = ()


class State(Record, frozen=True, kw_only=True):
    """What is known at one time; a lock tells of no certainty, so that is compared between audits alone."""

    kind: Kind
    as_of: str = ""
    statements: tuple[Standing, ...]
    works: tuple[Work, ...]


class _Statement(Protocol):
    """A statement, of an audit or of its report."""

    @property
    def id(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def text(self) -> str: ...


class _Grade(Protocol):
    """The grade of a statement, likewise."""

    @property
    def verdict(self) -> Verdict: ...
    @property
    def level(self) -> int | None: ...
    @property
    def certainty(self) -> Certainty | None: ...


class _Line(Protocol):
    """A line of evidence, likewise."""

    @property
    def statement(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def direction(self) -> Direction: ...


def state_of(audits: Iterable[Audit]) -> State:
    """What audits say, at most one of each article."""
    ordered = sorted(audits, key=lambda audit: audit.article.id)
    sources = {source.id: source for audit in ordered for source in audit.sources}
    return State(
        kind="audit",
        as_of=max((audit.as_of for audit in ordered), default=""),
        statements=tuple(one for audit in ordered for one in _standings(audit)),
        works=tuple(work_of(sources[name]) for name in sorted(sources)),
    )


def work_of(source: Source) -> Work:
    """A source as far as it can change."""
    return Work(id=source.id, label=label(source), design=source.design, notices=source.notices)


def standings(
    article: str, statements: Iterable[tuple[_Statement, _Grade]], evidence: Iterable[_Line]
) -> Iterator[Standing]:
    """How the statements of an article stand, in the order given.

    Parameters
    ----------
    statements
        Each with what holds its grade, which may be the same record.
    evidence
        The lines of the article.
    """
    directions: dict[str, list[tuple[str, Direction]]] = {}
    for line in evidence:
        directions.setdefault(line.statement, []).append((line.source, line.direction))
    for one, graded in statements:
        yield Standing(
            article=article,
            fingerprint=one.fingerprint,
            statement=one.id,
            line=one.line,
            text=one.text,
            verdict=graded.verdict,
            level=graded.level,
            certainty=graded.certainty,
            directions=tuple(sorted(directions.get(one.id, ()))),
        )


def _standings(audit: Audit) -> Iterator[Standing]:
    assessed = {one.statement: one for one in audit.assessments}
    graded = [(one, assessed[one.id]) for one in audit.statements if one.id in assessed]
    return standings(audit.article.id, graded, audit.evidence)
