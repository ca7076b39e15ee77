"""What a reader can choose from: articles, the statements of one, and the sources that most statements rest on."""

from __future__ import annotations

from sqlalchemy import Connection, and_, func, or_, select

from kb.model import Source, Statement
from kb.questions.stated import Stated, stated
from kb.store.coding import decode
from kb.store.schema import article, assessment, evidence, source, statement


def titles(connection: Connection, words: str, most: int) -> dict[str, str]:
    """The titles of the first articles by id, of those that have these words in a row in their id or title."""
    asked = select(article.c.id, article.c.title).order_by(article.c.id).limit(most)
    if words:
        named = (
            func.lower(column).contains(words.lower(), autoescape=True) for column in (article.c.id, article.c.title)
        )
        asked = asked.where(or_(*named))
    return dict(map(tuple, connection.execute(asked)))


def statements(connection: Connection, name: str, most: int) -> tuple[Stated, ...]:
    """The first statements of an article, in its order; none where there is no such article."""
    assessed = and_(assessment.c.article == statement.c.article, assessment.c.statement == statement.c.id)
    asked = (
        select(statement.c.record, assessment.c.verdict)
        .outerjoin(assessment, assessed)
        .where(statement.c.article == name)
        .order_by(statement.c.ordinal)
        .limit(most)
    )
    return tuple(stated(name, decode(Statement, record), verdict) for record, verdict in connection.execute(asked))


def most_used(connection: Connection, most: int) -> tuple[tuple[Source, int], ...]:
    """The sources with most evidence lines, and how many each has; without texts and citations."""
    resting = func.count().label("resting")
    used = select(evidence.c.source, resting).group_by(evidence.c.source)
    used_most = used.order_by(resting.desc(), evidence.c.source).limit(most).subquery()
    asked = select(source.c.record, used_most.c.resting).join(used_most, used_most.c.source == source.c.id)
    rows = connection.execute(asked.order_by(used_most.c.resting.desc(), source.c.id))
    return tuple((decode(Source, record), number) for record, number in rows)
