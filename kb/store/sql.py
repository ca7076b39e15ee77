"""What the store asks the database, inside a transaction that somebody else began."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Dialect,
    Executable,
    Table,
    bindparam,
    delete,
    exists,
    func,
    select,
    update,
)

from kb.graph import newer_source
from kb.model import Audit, Review, Source, Verdict
from kb.store.coding import AnyRecord, decode
from kb.store.copying import copy
from kb.store.rows import (
    Row,
    article_row,
    bare_audit,
    cites_rows,
    covers_rows,
    named_rows,
    notice_rows,
    part_rows,
    source_row,
    text_rows,
)
from kb.store.schema import (
    METADATA,
    REPLACED,
    REVIEWS,
    article,
    article_source,
    assessment,
    covers,
    notice,
    source,
    source_cites,
    source_text,
    statement,
)
from kb.strength.people import slot

AT_ONCE = 500
"""Ids that one statement asks for: SQLite takes 32,766 parameters, older builds 999."""
_ROWS_AT_ONCE = 5000
"""Rows in memory beside the records that they are made of."""


class ArticleSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list of articles: what there is, without loading it."""

    id: str
    title: str
    as_of: str
    statements: int
    verdicts: dict[Verdict, int]
    """How many statements have each verdict; one that none has is left out."""


def save(connection: Connection, *given: Audit) -> None:
    """Put audits, each of another article, in the place of their articles' former ones; reviews are added to."""
    names = [audit.article.id for audit in given]
    there = set(_held(connection, article.c.id, names))
    kept = {name: _reviews_of(connection, name) for name in there}
    audits = [_heard(audit, kept.get(audit.article.id, ())) for audit in given]
    before = _named_sources(connection, there)
    _clear(connection, there)
    _insert(connection, article, (article_row(audit) for audit in audits if audit.article.id not in there))
    _replace(connection, article, (article_row(audit) for audit in audits if audit.article.id in there))
    keep(connection, [told for audit in audits for told in audit.sources])
    _insert(connection, article_source, _of_each(named_rows, audits))
    for part in REPLACED:
        rows = (part_rows(part.table, audit.article.id, getattr(audit, part.field)) for audit in audits)
        _insert(connection, part.table, chain.from_iterable(rows))
    _insert(connection, covers, _of_each(covers_rows, audits))
    for audit in given:
        _add_reviews(connection, audit, kept.get(audit.article.id, ()))
    _drop_unnamed(connection, before - {named.id for audit in audits for named in audit.sources})


def count_anew(connection: Connection) -> None:
    """Tell a server how much it holds by now: it plans by that, and would count by itself only after a minute."""
    if connection.dialect.name == "postgresql":
        for table in METADATA.sorted_tables:
            connection.exec_driver_sql(f"ANALYZE {table.name}")


def load(connection: Connection, name: str) -> Audit:
    """The audit of an article that is there."""
    stored = connection.execute(select(article.c.record, article.c.text).where(article.c.id == name)).one()
    bare = bare_audit(stored.record, stored.text)
    parts = {
        part.field: tuple(decode(part.record, record) for record in _records(connection, part.table, name))
        for part in (*REPLACED, REVIEWS)
    }
    named = select(article_source.c.source).where(article_source.c.article == name).order_by(article_source.c.ordinal)
    ids = list(connection.execute(named).scalars().all())
    whole = whole_sources(connection, ids)
    of_article = tuple(whole[name] for name in ids)
    return msgspec.structs.replace(bare, sources=of_article, **parts)


def remove(connection: Connection, name: str) -> None:
    """Remove an article, its reviews too, and the sources that no other one names."""
    before = _named_sources(connection, [name])
    _clear(connection, [name])
    connection.execute(delete(REVIEWS.table).where(REVIEWS.table.c.article == name))
    connection.execute(delete(article).where(article.c.id == name))
    _drop_unnamed(connection, before)


def has_article(connection: Connection, name: str) -> bool:
    """Whether there is an article of this id."""
    return connection.execute(select(article.c.id).where(article.c.id == name)).first() is not None


def article_ids(connection: Connection) -> list[str]:
    """The ids of all articles, in order."""
    return list(connection.execute(select(article.c.id).order_by(article.c.id)).scalars())


def sources(connection: Connection) -> tuple[Source, ...]:
    """Every source, in the order of ids."""
    ids = list(connection.execute(select(source.c.id).order_by(source.c.id)).scalars())
    return tuple(whole_sources(connection, ids).values())


def whole_sources(connection: Connection, ids: list[str]) -> dict[str, Source]:
    """Those of these sources that are stored, with their texts and what they cite, in the order given."""
    found: dict[str, Source] = {}
    for first in range(0, len(ids), AT_ONCE):
        asked = (
            select(source.c.id, source.c.record, source_text.c.abstract, source_text.c.full_text)
            .outerjoin(source_text, source_text.c.source == source.c.id)
            .where(source.c.id.in_(ids[first : first + AT_ONCE]))
        )
        stored = connection.execute(asked).all()
        cites = _cited(connection, [one.id for one in stored])
        for name, record, abstract, full_text in stored:
            texts = {"abstract": abstract or "", "full_text": full_text or ""}
            found[name] = msgspec.structs.replace(decode(Source, record), cites=tuple(cites[name]), **texts)
    return {name: found[name] for name in ids if name in found}


def _cited(connection: Connection, ids: list[str]) -> defaultdict[str, list[str]]:
    """What each source cites, in its order."""
    cites: defaultdict[str, list[str]] = defaultdict(list)
    if ids:
        named = select(source_cites.c.source, source_cites.c.cited).where(source_cites.c.source.in_(ids))
        for name, cited in connection.execute(named.order_by(source_cites.c.source, source_cites.c.ordinal)).all():
            cites[name].append(cited)
    return cites


def reviews(connection: Connection) -> tuple[Review, ...]:
    """Every review, in the order of article ids and then as they were added."""
    table = REVIEWS.table
    stored = connection.execute(select(table.c.record).order_by(table.c.article, table.c.ordinal)).scalars()
    return tuple(decode(Review, record) for record in stored)


def summaries(connection: Connection) -> tuple[ArticleSummary, ...]:
    """A summary of every article, in the order of ids."""
    per_article = select(statement.c.article, func.count()).group_by(statement.c.article)
    statements: dict[str, int] = dict(connection.execute(per_article).all())
    verdict = assessment.c.verdict
    per_verdict = select(assessment.c.article, verdict, func.count()).group_by(assessment.c.article, verdict)
    verdicts: defaultdict[str, dict[Verdict, int]] = defaultdict(dict)
    for name, value, count in connection.execute(per_verdict.order_by(verdict)):
        verdicts[name][value] = count
    listed = connection.execute(select(article.c.id, article.c.title, article.c.as_of).order_by(article.c.id))
    return tuple(
        ArticleSummary(id=name, title=title, as_of=as_of, statements=statements.get(name, 0), verdicts=verdicts[name])
        for name, title, as_of in listed
    )


def _records(connection: Connection, table: Table, name: str) -> list[str]:
    wanted = select(table.c.record).where(table.c.article == name).order_by(table.c.ordinal)
    return list(connection.execute(wanted).scalars().all())


def _of_each(rows: Callable[[AnyRecord], Iterator[Row]], records: Iterable[AnyRecord]) -> Iterator[Row]:
    return chain.from_iterable(map(rows, records))


def _insert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert many rows at once, past what SQLAlchemy does for each value of each row, which nothing here needs."""
    waiting = iter(rows)
    while some := list(islice(waiting, _ROWS_AT_ONCE)):
        if connection.dialect.name == "postgresql":
            copy(connection, table, some)
        else:
            connection.exec_driver_sql(_insertion(table, connection.dialect), some)


@lru_cache(maxsize=64)
def _insertion(table: Table, dialect: Dialect) -> str:
    quoted = dialect.identifier_preparer
    columns = ", ".join(map(quoted.format_column, table.columns))
    places = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {quoted.format_table(table)} ({columns}) VALUES ({places})"


def _replace(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Put rows in the place of those with the same id."""
    for values in rows:
        new = dict(zip(table.columns.keys(), values, strict=True))
        connection.execute(update(table).where(table.c.id == new["id"]).values(new))


def _delete(connection: Connection, column: Column[Any], values: Iterable[str]) -> None:
    if listed := [{"doomed": value} for value in sorted(values)]:
        connection.execute(delete(column.table).where(column == bindparam("doomed")), listed)


def _held(connection: Connection, column: Column[Any], values: Sequence[str]) -> Iterator[str]:
    """Those of the values that stand in a column."""
    for first in range(0, len(values), AT_ONCE):
        yield from connection.execute(select(column).where(column.in_(values[first : first + AT_ONCE]))).scalars()


def _clear(connection: Connection, names: Collection[str]) -> None:
    """Remove what an audit replaces, children first."""
    for table in (covers, *(part.table for part in reversed(REPLACED)), article_source):
        _delete(connection, table.c.article, names)


def keep(connection: Connection, sources: Sequence[Source]) -> None:
    """Store sources, in place of what is known of them unless that is newer (`kb.graph.newer_source`).

    Where one is told of more than once, that holds between these too.
    """
    known = whole_sources(connection, list(dict.fromkeys(told.id for told in sources)))
    kept = dict(known)
    for told in sources:
        kept[told.id] = newer_source(kept.get(told.id, told), told)
    new = [one for name, one in kept.items() if name not in known]
    changed = [one for name, one in kept.items() if name in known and one != known[name]]
    _insert(connection, source, map(source_row, new))
    _replace(connection, source, map(source_row, changed))
    for table in (source_text, source_cites, notice):
        _delete(connection, table.c.source, [one.id for one in changed])
    _insert(connection, source_text, _of_each(text_rows, (*new, *changed)))
    _insert(connection, source_cites, _of_each(cites_rows, (*new, *changed)))
    _insert(connection, notice, _of_each(notice_rows, (*new, *changed)))


def _named_sources(connection: Connection, names: Collection[str]) -> set[str]:
    named = select(article_source.c.source).where(article_source.c.article == bindparam("name"))
    return {one for name in names for one in connection.execute(named, {"name": name}).scalars()}


def _drop_unnamed(connection: Connection, candidates: set[str]) -> None:
    """Remove those of the candidates that no article names any longer."""
    if not candidates:
        return
    candidate: Any = bindparam("candidate")
    named = exists().where(article_source.c.source == source.c.id)
    unnamed: Executable = delete(source).where(source.c.id == candidate, ~named)
    connection.execute(unnamed, [{"candidate": name} for name in sorted(candidates)])


def amend(connection: Connection, audit: Audit) -> None:
    """Put an audit in the place of the one that it was made from, its reviews too."""
    connection.execute(delete(REVIEWS.table).where(REVIEWS.table.c.article == audit.article.id))
    save(connection, audit)


def _reviews_of(connection: Connection, name: str) -> list[Review]:
    return [decode(Review, record) for record in _records(connection, REVIEWS.table, name)]


def _heard(audit: Audit, kept: Sequence[Review]) -> Audit:
    """An audit with the words that were given while it was made, or that it was not told of."""
    unheard = [review for review in kept if review not in audit.reviews]
    if not unheard:
        return audit
    from kb.rules.spoken import heard  # rules take long to load, and most audits heard all there is

    return heard(audit, unheard)


def _add_reviews(connection: Connection, audit: Audit, kept: Sequence[Review]) -> None:
    """Keep the reviews of an audit behind those that are kept.

    Of two words of one person and day the later one counts. One that the audit was not told of was given after it
    began, so such a one comes last.
    """
    name, table = audit.article.id, REVIEWS.table
    told = [review for review in audit.reviews if review not in kept]
    since = {slot(review): review for review in kept if review not in audit.reviews}
    if since.keys() & map(slot, told):
        _delete(connection, table.c.article, [name])
        before = [review for review in kept if review in audit.reviews]
        _insert(connection, table, part_rows(table, name, (*before, *told, *since.values())))
    else:
        _insert(connection, table, part_rows(table, name, told, first=len(kept)))
