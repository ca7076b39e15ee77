"""What statements stand on, over the whole knowledge base: columns, and records only where no column tells.

These are the projections behind `kb.questions.load_bearing` and `kb.questions.stale`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, and_, exists, func, or_, select

from kb.model import Direction, Source, Statement, StatementKey
from kb.questions.load_bearing import VERDICTS, Leaning, Support, Work, support_graph
from kb.questions.stale import Ground, Resting
from kb.questions.staleness import REASONS
from kb.questions.stated import Stated, stated
from kb.store.asking import pairs, streamed, wanted
from kb.store.coding import decode
from kb.store.schema import article, assessment, evidence, notice, resolution, source, statement
from kb.strength.standing import NO_EVIDENCE, UNSETTLED, is_notice

if TYPE_CHECKING:
    import networkx

_STRENGTH = (assessment.c.ordinal, assessment.c.level, assessment.c.certainty)
"""Assessments stand in the order of the statements."""


class _Authors(msgspec.Struct, frozen=True):
    """Of a source's record, its authors."""

    authors: tuple[str, ...] = ()


class _Program(msgspec.Struct, frozen=True):
    """Of people's word, what the program says beside it."""

    program: str


class _Read(msgspec.Struct, frozen=True):
    """Of an evidence line, people's word."""

    reviewed: _Program | None = None


def standing(connection: Connection) -> networkx.DiGraph[Any]:
    """From each statement to the sources that it stands on, as `kb.questions.load_bearing.support_graph` makes it."""
    return support_graph(_supports(connection), _leaning(connection), _works(connection), _unchecked(connection))


def _unchecked(connection: Connection) -> int:
    """How many statements were not checked."""
    asked = select(func.count()).select_from(assessment).where(assessment.c.verdict == "not checked")
    return connection.scalars(asked).one()


def _supports(connection: Connection) -> Iterator[Support]:
    fallen, not_meant = _fallen(connection), _not_meant(connection)
    assessed = and_(assessment.c.article == evidence.c.article, assessment.c.statement == evidence.c.statement)
    lines = (
        select(evidence.c.article, evidence.c.statement, evidence.c.source, *_STRENGTH)
        .join(assessment, assessed)
        .where(evidence.c.direction == "supports", assessment.c.verdict.in_(sorted(VERDICTS)))
    )
    for name, one, on, place, level, certainty in streamed(connection, lines):
        if on not in fallen and (name, on) not in not_meant:
            yield Support((name, one), on, place, level, certainty)


def _leaning(connection: Connection) -> Iterator[Leaning]:
    assessed = and_(assessment.c.article == statement.c.article, assessment.c.statement == statement.c.id)
    cites = exists().where(evidence.c.article == statement.c.article, evidence.c.statement == statement.c.id)
    leaning = (
        select(statement.c.article, statement.c.id, statement.c.leans_on, *_STRENGTH)
        .join(assessment, assessed)
        .where(statement.c.leans_on.is_not(None), assessment.c.verdict.in_(sorted(VERDICTS)), ~cites)
    )
    for name, one, on, place, level, certainty in streamed(connection, leaning):
        yield Leaning((name, one), (name, on), place, level, certainty)


def _works(connection: Connection) -> Iterator[Work]:
    told = msgspec.json.Decoder(_Authors)
    asked = select(source.c.id, source.c.title, source.c.year, source.c.record)
    for name, title, year, record in streamed(connection, asked):
        yield Work(name, told.decode(record).authors, title, year)


def _fallen(connection: Connection) -> frozenset[str]:
    """The sources that are retracted; a notice of a retraction is none of them."""
    said = select(notice.c.source).where(notice.c.kind.in_(("retraction", "withdrawal")))
    retracted = select(source.c.record).where(source.c.id.in_(said), source.c.retracted)
    found = (decode(Source, record) for (record,) in streamed(connection, retracted))
    return frozenset(one.id for one in found if not is_notice(one))


def _not_meant(connection: Connection) -> frozenset[tuple[str, str]]:
    """The articles and sources that no reference of the article leads to: each names another work, or none."""
    # A correlated subquery takes seven times as long, and a list of pairs, which SQLite uses no index for, minutes.
    led = select(resolution.c.article, resolution.c.source)
    wrong = led.where(resolution.c.status.in_(sorted(NO_EVIDENCE)))
    right = led.where(resolution.c.status.not_in(sorted(NO_EVIDENCE)))
    return frozenset((name, one) for name, one in streamed(connection, wrong.except_(right)))


def ground(connection: Connection, before: int | None) -> Ground:
    """What statements rest on that may be stale, for `kb.questions.stale.stale`.

    Parameters
    ----------
    before
        A year: what is supported only by sources that were published before it may be old; None asks for nothing old.
    """
    told_of = select(notice.c.source).where(notice.c.kind.in_(sorted(REASONS)))
    lines = (
        select(
            evidence.c.article,
            evidence.c.statement,
            evidence.c.source,
            evidence.c.direction,
            article.c.as_of,
            evidence.c.ordinal,
            evidence.c.record,
        )
        .join(article, article.c.id == evidence.c.article)
        .where(evidence.c.source.in_(told_of))
    )
    resting = [
        Resting((name, one), on, direction, as_of, read=_was_read(direction, record), place=place)
        for name, one, on, direction, as_of, place, record in streamed(connection, lines)
    ]
    rested_on = exists().where(evidence.c.source == source.c.id)
    noticed = streamed(connection, select(source.c.record).where(source.c.id.in_(told_of), rested_on))
    found = (decode(Source, record) for (record,) in noticed)
    supporting = [] if before is None else list(_supporting(connection, f"{before:04}"))
    return Ground({one.id: one for one in found}, resting, supporting, _unasked(connection))


def _unasked(connection: Connection) -> int:
    """How many sources with evidence lines on them no registry has answered about."""
    answered = select(resolution.c.source).where(resolution.c.status.not_in(sorted(UNSETTLED)))
    unasked = select(evidence.c.source).except_(answered).subquery()
    return connection.scalars(select(func.count()).select_from(unasked)).one()


def _was_read(direction: Direction, record: str) -> bool:
    """Whether the program took a source for evidence, whatever a person says of the line since."""
    reviewed = msgspec.json.decode(record, type=_Read).reviewed
    return (reviewed.program if reviewed else direction) != "not checked"


def _supporting(connection: Connection, before: str) -> Iterator[Resting]:
    """All supporting lines of the statements of which none is on a source that is known to be no older."""
    other, newer = evidence.alias(), source.alias()
    no_older = exists().where(
        other.c.article == evidence.c.article,
        other.c.statement == evidence.c.statement,
        other.c.direction == "supports",
        newer.c.id == other.c.source,
        or_(newer.c.year.is_(None), newer.c.year >= before),
    )
    lines = (
        select(
            evidence.c.article,
            evidence.c.statement,
            evidence.c.source,
            article.c.as_of,
            evidence.c.ordinal,
            source.c.year,
        )
        .join(article, article.c.id == evidence.c.article)
        .join(source, source.c.id == evidence.c.source)
        .where(evidence.c.direction == "supports", source.c.year < before, ~no_older)
    )
    for name, one, on, as_of, place, year in streamed(connection, lines):
        yield Resting((name, one), on, "supports", as_of, year=year, place=place)


def told(connection: Connection, statements: Collection[StatementKey]) -> Mapping[StatementKey, Stated]:
    """Those of these statements that are there, with their words and verdicts."""
    these = pairs(connection.dialect.name)
    assessed = and_(assessment.c.article == statement.c.article, assessment.c.statement == statement.c.id)
    asked = (
        select(statement.c.article, statement.c.record, assessment.c.verdict)
        .join(these, and_(statement.c.article == these.c.article, statement.c.id == these.c.id))
        .outerjoin(assessment, assessed)
    )
    rows = connection.execute(asked, wanted(statements))
    found = (stated(name, decode(Statement, record), verdict) for name, record, verdict in rows)
    return {one.key: one for one in found}
