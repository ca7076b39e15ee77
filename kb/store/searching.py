"""What fits a search, found by the folded words of statements and sources."""

from __future__ import annotations

from typing import Any, TypeAlias

from sqlalchemy import Column, ColumnElement, Connection, Select, and_, case, func, literal, or_, select, tuple_

from kb.model import Source, Statement
from kb.questions.search import Found, FoundSource, Search
from kb.questions.stated import Stated, stated
from kb.store.asking import among, listing, wanted
from kb.store.coding import decode
from kb.store.rows import searchable
from kb.store.schema import assessment, evidence, source, statement
from kb.strength.regrade import has_fallen
from kb.strength.wording import label

Condition: TypeAlias = ColumnElement[bool]

_ASSESSED = and_(assessment.c.article == statement.c.article, assessment.c.statement == statement.c.id)


def search(connection: Connection, wish: Search) -> Found:
    """What fits, the best first; see `kb.questions.search`."""
    of_work = _of_source(connection, wish)
    statements, all_statements = ((), 0) if wish.only == "sources" else _statements(connection, wish, of_work)
    sources, all_sources = ((), 0) if wish.only == "statements" else _sources(connection, wish, of_work)
    return Found(
        search=wish, statements=statements, sources=sources, all_statements=all_statements, all_sources=all_sources
    )


def _statements(connection: Connection, wish: Search, of_work: list[Condition]) -> tuple[tuple[Stated, ...], int]:
    """The best statements, and how many fit in all."""
    whole = _whole(wish, statement.c.words)
    asked = select(statement.c.article, statement.c.ordinal, whole.label("whole"), func.count().over().label("fitting"))
    asked = asked.where(*(_begins(statement.c.words, one) for one in wish.words))
    if wish.of_statements:
        asked = asked.join_from(statement, assessment, _ASSESSED).where(*_of_statement(wish))
    if wish.of_sources:
        resting = select(evidence.c.article, evidence.c.statement)
        resting = resting.where(evidence.c.source.in_(select(source.c.id).where(*of_work)))
        asked = asked.where(tuple_(statement.c.article, statement.c.id).in_(resting))
    best = asked.order_by(whole.desc(), statement.c.article, statement.c.ordinal).limit(wish.most).subquery()
    there = and_(statement.c.article == best.c.article, statement.c.ordinal == best.c.ordinal)
    told = (
        select(best.c.fitting, best.c.article, statement.c.record, assessment.c.verdict)
        .join_from(best, statement, there)
        .outerjoin(assessment, _ASSESSED)
        .order_by(best.c.whole.desc(), best.c.article, best.c.ordinal)
    )
    rows = connection.execute(told).all()
    found = tuple(stated(name, decode(Statement, record), verdict) for _, name, record, verdict in rows)
    return found, rows[0].fitting if rows else 0


def _sources(connection: Connection, wish: Search, of_work: list[Condition]) -> tuple[tuple[FoundSource, ...], int]:
    """The best sources, and how many fit in all."""
    whole = _whole(wish, source.c.words, source.c.authors)
    asked = select(source.c.id, whole.label("whole"), func.count().over().label("fitting")).where(*of_work)
    asked = asked.where(*(or_(_begins(source.c.words, one), _begins(source.c.authors, one)) for one in wish.words))
    if wish.of_statements:
        asked = asked.where(_holds_up(wish))
    best = asked.order_by(whole.desc(), source.c.id).limit(wish.most).subquery()
    told = select(best.c.fitting, source.c.record).join_from(best, source, source.c.id == best.c.id)
    rows = connection.execute(told.order_by(best.c.whole.desc(), best.c.id)).all()
    works = [decode(Source, row.record) for row in rows]
    lines = select(evidence.c.source, func.count()).group_by(evidence.c.source)
    resting = dict(among(connection, lines, evidence.c.source, [work.id for work in works]))
    return tuple(_found(work, resting.get(work.id, 0)) for work in works), rows[0].fitting if rows else 0


def _found(work: Source, statements: int) -> FoundSource:
    return FoundSource(
        source=work.id,
        label=label(work),
        title=work.title,
        year=work.year,
        container=work.container,
        design=work.design,
        retracted=has_fallen(work),
        statements=statements,
    )


def _of_statement(wish: Search) -> list[Condition]:
    """What is asked of a statement and its assessment."""
    found: list[Condition] = []
    for column, value in (
        (statement.c.kind, wish.kind),
        (assessment.c.verdict, wish.verdict),
        (assessment.c.certainty, wish.certainty),
    ):
        found += [column == value] if value else []
    return found + ([assessment.c.level.between(*wish.levels)] if wish.levels else [])


def _holds_up(wish: Search) -> Condition:
    """Whether a statement that is as it is asked for rests on a source."""
    of_line = and_(assessment.c.article == evidence.c.article, assessment.c.statement == evidence.c.statement)
    # SQLite does as it is told: few sources are each looked up, line by line, and else all lines are read once.
    if wish.words or wish.of_sources:
        fitting = select(assessment.c.statement).where(of_line, *_of_statement(wish))
        fitting = fitting.join(statement, _ASSESSED) if wish.kind else fitting
        lines = select(evidence.c.statement).where(evidence.c.source == source.c.id)
        return lines.where(fitting.correlate(evidence).exists()).correlate(source).exists()
    lines = select(evidence.c.source).join(assessment, of_line).where(*_of_statement(wish))
    return source.c.id.in_(lines.join(statement, _ASSESSED) if wish.kind else lines)


def _of_source(connection: Connection, wish: Search) -> list[Condition]:
    """What is asked of a source."""
    found: list[Condition] = [source.c.container.in_(_journals(connection, wish.journal))] if wish.journal else []
    if wish.years:
        first, last = wish.years
        found.append(func.substr(source.c.year, 1, 4).between(f"{first:04}", f"{last:04}"))
    if wish.author:
        found.append(_holds(source.c.authors, f" {wish.author} "))
    return found + ([source.c.design == wish.design] if wish.design else [])


def _journals(connection: Connection, name: str) -> Select[Any]:
    """The journals of this name as they are written; where there is none, those that have it in their names."""
    written = connection.execute(select(source.c.container).distinct()).scalars()
    called = {one: searchable(one) for one in written}
    same = [one for one, folded in called.items() if folded == f" {name} "]
    those = same or [one for one, folded in called.items() if f" {name} " in folded]
    listed = listing(connection.dialect.name, "name")
    return select(listed.c.name).params(**wanted((one,) for one in those))


def _whole(wish: Search, *columns: Column[str]) -> ColumnElement[int]:
    """How many of the words stand whole in one of the columns."""
    each = [case((or_(*(_holds(one, f" {word} ") for one in columns)), 1), else_=0) for word in wish.words]
    return sum(each, start=literal(0))


def _begins(column: Column[str], word: str) -> Condition:
    return _holds(column, f" {word}")


def _holds(column: Column[str], words: str) -> Condition:
    return column.contains(words, autoescape=True)
