"""Everything out of a knowledge base in one pass, and into another one: what is newer stays, nothing is halved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeAlias

import msgspec
from sqlalchemy import Column, Connection, Result, Select, Table, select

from kb.model import Audit, Source
from kb.store import sql
from kb.store.coding import decode
from kb.store.rows import bare_audit
from kb.store.schema import REPLACED, REVIEWS, article, article_source, source

Taken: TypeAlias = Literal["added", "replaced", "kept"]
"""What became of an article that came from elsewhere. ``kept``: the knowledge base held it so, or newer, and only the
reviews that came with it were added."""

PARTS = tuple(part.field for part in (*REPLACED, REVIEWS))
"""The fields of `kb.model.Audit` that are tables of their own, sources apart."""
_AT_ONCE = 500
_STREAMED = {"stream_results": True, "yield_per": _AT_ONCE}


class _Stream:
    """Rows in the order of articles, dealt out article by article; an article may have none."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    def of(self, name: str) -> Iterator[str]:
        while self._next is not None and self._next[0] == name:
            yield self._next[1]
            self._next = next(self._rows, None)


class Snapshot:
    """A knowledge base as it is at one moment; good for as long as the transaction of its connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def audits(self, *fields: str) -> Iterator[Audit]:
        """Every audit, in the order of article ids, with no other parts than asked for; one in memory at a time.

        Each table is read once, from its first row to its last, and none that is not asked for.

        Parameters
        ----------
        fields
            Of ``PARTS``, and ``sources``, and ``article`` for its text; what is not named is empty.
        """
        parts = [part for part in (*REPLACED, REVIEWS) if part.field in fields]
        streams = {part.field: self._stream(part.table, part.table.c.record) for part in parts}
        named = self._stream(article_source, article_source.c.source) if "sources" in fields else None
        text = (article.c.text,) if "article" in fields else ()
        for row in self._rows(select(article.c.id, article.c.record, *text).order_by(article.c.id)):
            found = {
                part.field: tuple(decode(part.record, one) for one in streams[part.field].of(row.id)) for part in parts
            }
            whole = sql.whole_sources(self._connection, list(named.of(row.id))) if named else {}
            bare = bare_audit(row.record, row.text if text else "")
            yield msgspec.structs.replace(bare, sources=tuple(whole.values()), **found)

    def audit(self, name: str) -> Audit | None:
        """The audit of an article; None where there is none."""
        return sql.load(self._connection, name) if sql.has_article(self._connection, name) else None

    def sources(self) -> Iterator[Source]:
        """Every source with its texts and what it cites, in the order of ids, a few hundred in memory at a time."""
        ids = self._rows(select(source.c.id).order_by(source.c.id)).scalars()
        for some in ids.partitions(_AT_ONCE):
            yield from sql.whole_sources(self._connection, list(some)).values()

    def _stream(self, table: Table, told: Column[Any]) -> _Stream:
        return _Stream(self._rows(select(table.c.article, told).order_by(table.c.article, table.c.ordinal)))

    def _rows(self, wanted: Select[Any]) -> Result[Any]:
        return self._connection.execute(wanted, execution_options=_STREAMED)


def keep(connection: Connection, told: Iterable[Source], *, full: bool) -> None:
    """Store sources that came from elsewhere; what is known and newer stays (`kb.graph.newer_source`).

    Parameters
    ----------
    full
        Whether they came with their texts. Where they did not, a text that is known stays, whoever is newer.
    """
    coming = list(told)
    if not full:
        known = sql.whole_sources(connection, [one.id for one in coming])
        coming = [_with_texts(one, known[one.id]) if one.id in known else one for one in coming]
    sql.keep(connection, coming)


def take(connection: Connection, audit: Audit, *, full: bool) -> Taken:
    """Put an audit from elsewhere in the place of what is known of its article, unless that is newer.

    The dates that the audits speak of (``as_of``) tell. On the same date only an audit out of a full export counts as
    the newer one: another one has lost sentences that are quoted here.

    Parameters
    ----------
    audit
        Its sources are those that are stored; of each only the id counts.
    """
    known = sql.whole_sources(connection, [one.id for one in audit.sources])
    told = msgspec.structs.replace(audit, sources=tuple(known[one.id] for one in audit.sources))
    if not sql.has_article(connection, audit.article.id):
        sql.save(connection, told)
        return "added"
    before = sql.load(connection, audit.article.id)
    newer = audit.as_of > before.as_of or (audit.as_of == before.as_of and full)
    if newer and msgspec.structs.replace(told, reviews=before.reviews) != before:
        sql.save(connection, told)
        return "replaced"
    if set(audit.reviews) - set(before.reviews):
        sql.save(connection, msgspec.structs.replace(before, reviews=audit.reviews))
    return "kept"


def _with_texts(told: Source, known: Source) -> Source:
    return msgspec.structs.replace(
        told, abstract=told.abstract or known.abstract, full_text=told.full_text or known.full_text
    )
