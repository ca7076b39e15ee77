"""All articles together, in counts that the database makes (`kb.questions.overall`)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Column, Connection, exists, func, select

from kb.model import Verdict
from kb.questions.overall import Counted, Overall
from kb.store.asking import among
from kb.store.schema import article, assessment, covers, source


def overall(connection: Connection, most: int) -> Overall:
    """What there is, and the ``most`` articles with most unsupported statements by themselves."""
    verdicts = _by(connection, assessment.c.verdict)
    covered = exists().where(covers.c.article == assessment.c.article, covers.c.statement == assessment.c.statement)
    bare = select(func.count()).select_from(assessment).where(assessment.c.verdict == "unsupported", ~covered)
    return Overall(
        articles=connection.scalars(select(func.count()).select_from(article)).one(),
        statements=sum(verdicts.values()),
        bare=connection.scalars(bare).one(),
        verdicts=verdicts,
        levels=_by(connection, assessment.c.level),
        certainties=_by(connection, assessment.c.certainty),
        sources=connection.scalars(select(func.count()).select_from(source)).one(),
        worst=_worst(connection, most),
    )


def _by(connection: Connection, column: Column[Any]) -> dict[Any, int]:
    """How many statements have each value of a column, in the order of the values."""
    counted = select(column, func.count()).where(column.is_not(None)).group_by(column).order_by(column)
    return dict(map(tuple, connection.execute(counted)))


def _worst(connection: Connection, most: int) -> tuple[Counted, ...]:
    unsupported = func.count().label("number")
    bad = select(assessment.c.article, unsupported).where(assessment.c.verdict == "unsupported")
    by_article = bad.group_by(assessment.c.article).subquery()
    asked = select(article.c.id, article.c.title).outerjoin(by_article, by_article.c.article == article.c.id)
    first = connection.execute(asked.order_by(func.coalesce(by_article.c.number, 0).desc(), article.c.id).limit(most))
    titles = dict(map(tuple, first))
    counted = select(assessment.c.article, assessment.c.verdict, func.count())
    counted = counted.group_by(assessment.c.article, assessment.c.verdict)
    found: defaultdict[str, dict[Verdict, int]] = defaultdict(dict)
    for name, verdict, number in among(connection, counted, assessment.c.article, titles):
        found[name][verdict] = number
    return tuple(Counted(article=name, title=title, verdicts=found[name]) for name, title in titles.items())
