"""The table of sources, and the card of one (`kb.questions.listing`).

Order and bounds are the database's, so that of many sources only those are read that are shown. One thing no column
tells: when registries were asked. To order by that, all records that fit are read, one at a time.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import msgspec
from sqlalchemy import ColumnElement, Connection, Subquery, Table, and_, case, exists, func, or_, select

from kb.language.folding import fold
from kb.model import Direction, Reference, Resolution, ResolutionStatus, Source
from kb.questions.listing import (
    ARTICLES,
    DOUBTED,
    NOT_ASKED,
    NOT_FOUND,
    RESTING,
    UPDATED,
    Card,
    CitedAs,
    Listed,
    Listing,
    Only,
    Wish,
    last_asked,
)
from kb.questions.stated import Stated
from kb.store import footing
from kb.store.asking import AT_ONCE, among, streamed
from kb.store.coding import decode
from kb.store.schema import article, article_source, evidence, notice, reference, resolution, source

Condition: TypeAlias = ColumnElement[bool]

_DIFFER = '"disagreements":[{'
"""In a record, as JSON: within a text every quotation mark stands behind a backslash."""
_UNDONE, _UNTOLD = len(DOUBTED), len(DOUBTED) + 1
"""The rank of a source that was reinstated, and of one without a notice of those that cast doubt."""


class _Said(msgspec.Struct, frozen=True):
    """Of an attribution, when the registry was asked."""

    asked: str | None = None


class _Asked(msgspec.Struct, frozen=True):
    """Of a source's record, who said what."""

    said: tuple[_Said, ...] = ()


def listing(connection: Connection, wish: Wish) -> Listing:
    """The first sources that fit, in the order that is wished for."""
    fits = _fits(wish)
    counted = select(func.count()).select_from(source)
    fitting = connection.scalars(counted.where(*fits)).one()
    names = _latest(connection, wish, fits) if wish.order == "asked" else _first(connection, wish, fits)
    return Listing(
        wish=wish,
        sources=tuple(_listed(connection, names)),
        fitting=fitting,
        all=connection.scalars(counted).one() if fits else fitting,
    )


def card(connection: Connection, name: str, most: int = RESTING) -> Card | None:
    """What is known of a source; None where there is no such one."""
    record = connection.scalars(select(source.c.record).where(source.c.id == name)).first()
    if record is None:
        return None
    work = decode(Source, record)
    return Card(
        source=work,
        cited_as=tuple(_cited_as(connection, name, most)),
        references=_number(connection, reference, name),
        resting=tuple(_rest_on(connection, name, most)),
        statements=_number(connection, evidence, name),
        asked=last_asked(work),
    )


def _fits(wish: Wish) -> list[Condition]:
    found = [_has(word) for word in wish.words]
    if wish.only:
        found.append(_is(wish.only))
    if wish.design:
        found.append(source.c.design == wish.design)
    if wish.article:
        named = select(article_source.c.source).where(article_source.c.article == wish.article)
        found.append(source.c.id.in_(named))
    return found


def _has(word: str) -> Condition:
    folded, lower = f" {fold(word)}", word.lower()
    entered = exists().where(
        reference.c.source == source.c.id, func.lower(reference.c.text).contains(lower, autoescape=True)
    )
    return or_(
        *(column.contains(folded, autoescape=True) for column in (source.c.words, source.c.authors) if folded.strip()),
        source.c.doi.contains(lower, autoescape=True),
        source.c.pmid == word,
        and_(source.c.title == "", entered),
    )


def _is(only: Only) -> Condition:
    if only == "differ":
        return source.c.record.contains(_DIFFER, autoescape=True)
    if only in ("doubted", "updated"):
        kinds = DOUBTED if only == "doubted" else UPDATED
        return source.c.id.in_(select(notice.c.source).where(notice.c.kind.in_(kinds)))
    statuses = NOT_ASKED if only == "not asked" else NOT_FOUND
    return source.c.id.in_(select(resolution.c.source).where(resolution.c.status.in_(statuses)))


def _first(connection: Connection, wish: Wish, fits: Sequence[Condition]) -> list[str]:
    """The ids of the first sources, by a column or by what rests on them."""
    resting, told = _resting(), _gravest()
    statements = func.coalesce(resting.c.number, 0)
    lacking, key, latest_first = {
        "notices": (told.c.rank.is_(None), told.c.rank, False),
        "statements": (statements == 0, statements, True),
        "title": (source.c.title == "", source.c.words, False),
        "year": (source.c.year.is_(None), source.c.year, True),
        "design": (source.c.design == "unknown", source.c.design, False),
    }[wish.order]
    turned = key.desc() if latest_first != wish.turned else key.asc()
    asked = select(source.c.id).outerjoin(resting, resting.c.source == source.c.id).where(*fits)
    if wish.order == "notices":
        asked = asked.outerjoin(told, told.c.source == source.c.id)
    ordered = asked.order_by(lacking, turned, statements.desc(), source.c.id).limit(wish.most)
    return list(connection.scalars(ordered))


def _latest(connection: Connection, wish: Wish, fits: Sequence[Condition]) -> list[str]:
    """The ids of the sources that were asked about last, or first."""
    decoder = msgspec.json.Decoder(_Asked)

    def days() -> Iterator[tuple[str, str]]:
        for name, record in streamed(connection, select(source.c.id, source.c.record).where(*fits)):
            yield max((one.asked or "" for one in decoder.decode(record).said), default=""), name

    def rank(one: tuple[str, str]) -> tuple[bool, tuple[int, ...], str]:
        day, name = one
        return not day, tuple(ord(sign) if wish.turned else -ord(sign) for sign in day), name

    return [name for _, name in heapq.nsmallest(wish.most, days(), key=rank)]


def _resting() -> Subquery:
    return select(evidence.c.source, func.count().label("number")).group_by(evidence.c.source).subquery("resting")


def _gravest() -> Subquery:
    """By source the rank of its gravest notice; what was reinstated comes behind what stands.

    Whether it was is decided as by `kb.graph.standing_notice`, which reads one source at a time.
    """
    kinds = {kind: rank for rank, kind in enumerate(DOUBTED)}
    undone = notice.alias("undone")
    after = or_(
        notice.c.date.is_(None),
        undone.c.date.is_(None),
        undone.c.date >= notice.c.date,
        notice.c.date.startswith(undone.c.date),  # known by the month, and within it
    )
    reinstated = exists().where(undone.c.source == notice.c.source, undone.c.kind == "reinstatement", after)
    rank = case((reinstated, _UNDONE), else_=case(kinds, value=notice.c.kind, else_=_UNTOLD))
    return select(notice.c.source, func.min(rank).label("rank")).group_by(notice.c.source).subquery("gravest")


def _listed(connection: Connection, names: Sequence[str]) -> Iterator[Listed]:
    """The sources with these ids, in this order, with what each is used for."""
    works = {
        name: decode(Source, record)
        for name, record in among(connection, select(source.c.id, source.c.record), source.c.id, names)
    }
    lines = select(evidence.c.source, func.count()).group_by(evidence.c.source)
    statements: dict[str, int] = dict(among(connection, lines, evidence.c.source, names))
    articles, cited_by = _articles(connection, names)
    statuses = _statuses(connection, names)
    entries = _entries(connection, [name for name, work in works.items() if not work.title])
    for name in names:
        yield Listed(
            source=works[name],
            entry=entries.get(name, ""),
            statements=statements.get(name, 0),
            articles=tuple(articles[name]),
            cited_by=cited_by.get(name, 0),
            statuses=tuple(statuses[name]),
            asked=last_asked(works[name]),
        )


def _articles(
    connection: Connection, names: Sequence[str]
) -> tuple[defaultdict[str, list[tuple[str, str]]], dict[str, int]]:
    """By source the first articles that name it, id and title, and how many do."""
    number = select(article_source.c.source, func.count()).group_by(article_source.c.source)
    cited_by: dict[str, int] = dict(among(connection, number, article_source.c.source, names))
    place = func.row_number().over(partition_by=article_source.c.source, order_by=article_source.c.article)
    numbered = select(article_source.c.source, article_source.c.article, place.label("place"))
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for first in range(0, len(names), AT_ONCE):
        some = numbered.where(article_source.c.source.in_(names[first : first + AT_ONCE])).subquery()
        asked = select(some.c.source, article.c.id, article.c.title).join(article, article.c.id == some.c.article)
        for name, one, title in connection.execute(asked.where(some.c.place <= ARTICLES).order_by(article.c.id)):
            found[name].append((one, title))
    return found, cited_by


def _statuses(connection: Connection, names: Sequence[str]) -> defaultdict[str, list[ResolutionStatus]]:
    asked = select(resolution.c.source, resolution.c.status).distinct()
    found: defaultdict[str, list[ResolutionStatus]] = defaultdict(list)
    for name, status in sorted(among(connection, asked, resolution.c.source, names)):
        found[name].append(status)
    return found


def _entries(connection: Connection, names: Sequence[str]) -> dict[str, str]:
    asked = select(reference.c.source, func.min(reference.c.text)).group_by(reference.c.source)
    return dict(among(connection, asked, reference.c.source, names))


def _number(connection: Connection, table: Table, name: str) -> int:
    """How many rows of a table lead to a source."""
    return connection.scalars(select(func.count()).select_from(table).where(table.c.source == name)).one()


def _cited_as(connection: Connection, name: str, most: int) -> Iterator[CitedAs]:
    resolved = and_(resolution.c.article == reference.c.article, resolution.c.reference == reference.c.id)
    asked = select(article.c.id, article.c.title, reference.c.record, resolution.c.record)
    joined = (
        asked.select_from(reference)
        .join(article, article.c.id == reference.c.article)
        .outerjoin(resolution, resolved)
        .where(reference.c.source == name)
        .order_by(reference.c.article, reference.c.ordinal)
        .limit(most)
    )
    for one, title, entry, record in connection.execute(joined):
        outcome = decode(Resolution, record) if record else None
        yield CitedAs(article=one, title=title, reference=decode(Reference, entry), resolution=outcome)


def _rest_on(connection: Connection, name: str, most: int) -> Iterator[tuple[Stated, Direction]]:
    """The first statements that rest on a source, and what it says of each."""
    asked = (
        select(evidence.c.article, evidence.c.statement, evidence.c.direction)
        .where(evidence.c.source == name)
        .order_by(evidence.c.article, evidence.c.ordinal)
        .limit(most)
    )
    rows = connection.execute(asked).all()
    words = footing.told(connection, {(row.article, row.statement) for row in rows})
    return ((words[row.article, row.statement], row.direction) for row in rows)
