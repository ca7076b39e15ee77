"""What all articles assert and what sources say of it: columns in one pass, and of records only an article's date.

The projection behind `kb.questions.contested`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

import msgspec
from sqlalchemy import Connection, and_, select

from kb.model import Direction
from kb.questions.asserted import SIDES, Asserted, Said, Work
from kb.store.asking import streamed
from kb.store.schema import article, assessment, evidence, source, statement

_Lines: TypeAlias = defaultdict[str, defaultdict[str, list[tuple[str, Direction]]]]
"""By article and statement the sources, with what each says."""


class _Dated(msgspec.Struct, frozen=True):
    """Of an article, its date."""

    date: str | None = None


class _Audit(msgspec.Struct, frozen=True):
    """Of the row of an article, the article."""

    article: _Dated


def asserted(connection: Connection) -> Asserted:
    """What all articles assert, as `kb.questions.asserted.asserted` makes it of their audits."""
    lines = _lines(connection)
    said = list(_said(connection, lines))
    sided = {name for one in said for name, direction in one.lines if direction in SIDES}
    return Asserted(said, dict(_dates(connection)), dict(_works(connection, sided)))


def _lines(connection: Connection) -> _Lines:
    told = select(evidence.c.article, evidence.c.statement, evidence.c.source, evidence.c.direction)
    found: _Lines = defaultdict(lambda: defaultdict(list))
    lines: dict[tuple[str, Direction], tuple[str, Direction]] = {}  # one object for what many statements share
    for name, one, *line in streamed(connection, told.order_by(evidence.c.article, evidence.c.ordinal)):
        found[name][one].append(lines.setdefault((line[0], line[1]), (line[0], line[1])))
    return found


def _said(connection: Connection, lines: _Lines) -> Iterator[Said]:
    of = statement.c
    told = (
        select(of.article, of.id, of.line, of.text, of.words, of.kind, of.leans_on, assessment.c.verdict)
        .outerjoin(assessment, and_(assessment.c.article == of.article, assessment.c.statement == of.id))
        .order_by(of.article, of.ordinal)
    )
    articles: dict[str, str] = {}
    for name, one, line, text, words, kind, leans_on, verdict in streamed(connection, told):
        cited = tuple(lines[name].pop(one, ())) if name in lines else ()
        yield Said(articles.setdefault(name, name), one, line, text, words, kind, leans_on, verdict, cited)


def _dates(connection: Connection) -> Iterator[tuple[str, str | None]]:
    read = msgspec.json.Decoder(_Audit)
    for name, record in streamed(connection, select(article.c.id, article.c.record).order_by(article.c.id)):
        yield name, read.decode(record).article.date


def _works(connection: Connection, sided: set[str]) -> Iterator[tuple[str, Work]]:
    for name, title, year in streamed(connection, select(source.c.id, source.c.title, source.c.year)):
        if name in sided:
            yield name, Work(title, year)
