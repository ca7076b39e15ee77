"""What statements stand on, over the whole knowledge base: columns, and records only where no column tells.

These are the projections behind `kb.questions.load_bearing` and `kb.questions.stale`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import CompoundSelect, Connection, Select, and_, exists, select

from kb.model import Source, Statement, StatementKey
from kb.questions.load_bearing import VERDICTS, Leaning, Support, Work, support_graph
from kb.questions.stated import Stated, stated
from kb.store.asking import pairs, wanted
from kb.store.coding import decode
from kb.store.schema import assessment, evidence, notice, resolution, source, statement
from kb.strength.standing import NO_EVIDENCE, is_notice

if TYPE_CHECKING:
    import networkx

_FETCHED = 10_000
"""Rows that are in memory at a time."""
_STRENGTH = (assessment.c.ordinal, assessment.c.level, assessment.c.certainty)
"""Assessments stand in the order of the statements."""


class _Authors(msgspec.Struct, frozen=True):
    """Of a source's record, its authors."""

    authors: tuple[str, ...] = ()


def standing(connection: Connection) -> networkx.DiGraph[Any]:
    """From each statement to the sources that it stands on, as `kb.questions.load_bearing.support_graph` makes it."""
    return support_graph(_supports(connection), _leaning(connection), _works(connection))


def _supports(connection: Connection) -> Iterator[Support]:
    fallen, not_meant = _fallen(connection), _not_meant(connection)
    assessed = and_(assessment.c.article == evidence.c.article, assessment.c.statement == evidence.c.statement)
    lines = (
        select(evidence.c.article, evidence.c.statement, evidence.c.source, *_STRENGTH)
        .join(assessment, assessed)
        .where(evidence.c.direction == "supports", assessment.c.verdict.in_(sorted(VERDICTS)))
    )
    for name, one, on, place, level, certainty in _rows(connection, lines):
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
    for name, one, on, place, level, certainty in _rows(connection, leaning):
        yield Leaning((name, one), (name, on), place, level, certainty)


def _works(connection: Connection) -> Iterator[Work]:
    told = msgspec.json.Decoder(_Authors)
    asked = select(source.c.id, source.c.title, source.c.year, source.c.record)
    for name, title, year, record in _rows(connection, asked):
        yield Work(name, told.decode(record).authors, title, year)


def _fallen(connection: Connection) -> frozenset[str]:
    """The sources that are retracted; a notice of a retraction is none of them."""
    said = select(notice.c.source).where(notice.c.kind.in_(("retraction", "withdrawal")))
    retracted = select(source.c.record).where(source.c.id.in_(said), source.c.retracted)
    found = (decode(Source, record) for (record,) in _rows(connection, retracted))
    return frozenset(one.id for one in found if not is_notice(one))


def _not_meant(connection: Connection) -> frozenset[tuple[str, str]]:
    """The articles and sources that no reference of the article leads to: each names another work, or none."""
    # A correlated subquery takes seven times as long, and a list of pairs, which SQLite uses no index for, minutes.
    led = select(resolution.c.article, resolution.c.source)
    wrong = led.where(resolution.c.status.in_(sorted(NO_EVIDENCE)))
    right = led.where(resolution.c.status.not_in(sorted(NO_EVIDENCE)))
    return frozenset((name, one) for name, one in _rows(connection, wrong.except_(right)))


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


def _rows(connection: Connection, asked: Select[Any] | CompoundSelect[Any]) -> Iterator[Any]:
    return iter(connection.execute(asked, execution_options={"yield_per": _FETCHED}))
