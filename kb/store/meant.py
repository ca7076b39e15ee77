"""Which statement or source a person means by the name that they give."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Select, and_, literal, or_, select

from kb.errors import UsageError, one_line
from kb.identifiers import find_dois, parse_doi, parse_pmid
from kb.model import Statement, StatementKey
from kb.questions.naming import MOST_OFFERED, Place, place_of, statement_at
from kb.store.coding import decode, is_text
from kb.store.rows import bare_audit
from kb.store.schema import article as articles
from kb.store.schema import source as sources
from kb.store.schema import source_cites
from kb.store.schema import statement as statements
from kb.store.sql import article_ids, has_article

_SHOWN = 100
"""Characters of a wrong name that a message repeats."""
_NEIGHBOURS = 8
"""Ids before and after a wrong one that are looked at for what could be meant."""


def statement(connection: Connection, name: str) -> StatementKey:
    """The statement that is meant by a name; see `kb.store.store.Store.statement`."""
    if not is_text(name):
        raise _no_statement(name)
    article, _, last = name.rpartition(":")
    asked = select(statements.c.article, statements.c.id)
    exact = or_(and_(statements.c.article == article, statements.c.id == last), statements.c.id == name)
    found: list[StatementKey] = sorted((one.article, one.id) for one in connection.execute(asked.where(exact)))
    if len(found) == 1:
        return found[0]
    if found:
        raise _several(name, found)
    place = Place(name, "") if has_article(connection, name) else place_of(name)
    if has_article(connection, place.article):
        return place.article, _in_article(connection, place).id
    if place.where or "/" in name:
        raise _no_article(connection, place)
    raise _no_statement(name)


def source(connection: Connection, name: str) -> str:
    """The id of the source that is meant by a name; see `kb.store.store.Store.source`."""
    given = name.strip()
    if not is_text(given):
        raise _no_source(connection, given, ())
    if len({one.doi for one in find_dois(given)}) > 1:
        raise UsageError("names several works", place=_shown(given), remedy="give them one by one, with spaces between")
    doi = parse_doi(given)
    pmid = None if doi else parse_pmid(given)
    ids = [given, *([f"doi:{doi}"] if doi else []), *([f"pmid:{pmid}"] if pmid else [])]
    stored = [sources.c.id.in_(ids), *([sources.c.doi == doi] if doi else [])]
    stored += [sources.c.pmid == pmid] if pmid else []
    found: set[str] = set(connection.execute(select(sources.c.id).where(or_(*stored))).scalars())
    cited = select(source_cites.c.cited).where(source_cites.c.cited.in_(ids)).distinct()
    found = found or set(connection.execute(cited).scalars())
    if not found:
        raise _no_source(connection, given, ids)
    return min(found, key=lambda one: (one not in ids, one))


def _in_article(connection: Connection, place: Place) -> Statement:
    """The statement in an article that is there; the article's text is read only where lines are to be counted."""
    asked = select(statements.c.record).where(statements.c.article == place.article).order_by(statements.c.ordinal)
    line = place.where.partition(".")[0]
    found = _decoded(connection, asked.where(statements.c.line == int(line))) if line.isdecimal() else ()
    stored = select(articles.c.record, literal("") if found else articles.c.text).where(articles.c.id == place.article)
    record, text = connection.execute(stored).one()
    return statement_at(bare_audit(record, text).article, found or _decoded(connection, asked), place.where)


def _decoded(connection: Connection, asked: Select[Any]) -> tuple[Statement, ...]:
    return tuple(decode(Statement, record) for record in connection.execute(asked).scalars())


def _no_statement(name: str) -> UsageError:
    remedy = "name it as ARTICLE:LINE or ARTICLE:ID, as `kb review ARTICLE` lists them"
    return UsageError("the knowledge base holds no such statement", place=_shown(name), remedy=remedy)


def _several(name: str, found: Sequence[StatementKey]) -> UsageError:
    offered = [f"{article}:{one}" for article, one in found]
    more = f" and {len(offered) - MOST_OFFERED} more" if len(offered) > MOST_OFFERED else ""
    remedy = f"say which: {', '.join(offered[:MOST_OFFERED])}{more}"
    return UsageError(f"{len(found)} statements have this id", place=_shown(name), remedy=remedy)


def _no_article(connection: Connection, place: Place) -> UsageError:
    """That there is no such article; one of that name in another folder is offered, or the nearest in the list."""
    ends = [one for one in article_ids(connection) if one.endswith(f"/{place.article}")]
    near = ends[0] if ends else _near(connection, articles.c.id, place.article)
    remedy = f"did you mean {near}{':' if place.where else ''}{place.where}?" if near else "audit it first"
    return UsageError("the knowledge base holds no such article", place=_shown(place.article), remedy=remedy)


def _no_source(connection: Connection, name: str, ids: Sequence[str]) -> UsageError:
    near = next((one for name in reversed(ids) if (one := _near(connection, sources.c.id, name))), None)
    remedy = f"did you mean {near}?" if near else "give a DOI, a PubMed id, or an id that a report shows"
    return UsageError("the knowledge base holds no such work", place=_shown(name), remedy=remedy)


def _near(connection: Connection, key: Column[Any], name: str) -> str | None:
    """The id most like a wrong one, among those before and after it in order, which an index finds."""
    before = select(key).where(key < name).order_by(key.desc()).limit(_NEIGHBOURS)
    after = select(key).where(key > name).order_by(key).limit(_NEIGHBOURS)
    around = [one for asked in (before, after) for one in connection.execute(asked).scalars()]
    return next(iter(difflib.get_close_matches(name, around, n=1, cutoff=0.8)), None)


def _shown(name: str) -> str:
    shown = one_line(name)
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
