"""Loading a synthetic knowledge base, and beside it the bare inserts of the same rows, some articles at a time."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from benchmarks._synthetic import audits
from kb import KnowledgeBase
from kb.model import Audit
from kb.store import rows
from kb.store.schema import REPLACED

AT_ONCE = 200
"""Articles in memory, and in one transaction of the bare inserts."""

Rows = Mapping[str, Sequence[rows.Row]]


class Load(NamedTuple):
    """What loading took: seconds, those of the bare inserts, how many rows these were, and MB of the file."""

    seconds: float
    bare: float
    rows: int
    megabytes: float


def load(articles: int, seed: int, path: Path) -> Load:
    """Make a knowledge base of so many articles at ``path``; only the keeping is timed, not the making up.

    Both files grow side by side, so that both are written on a machine that is as busy.
    """
    seconds = bare = 0.0
    count = 0
    known: set[str] = set()
    with tempfile.TemporaryDirectory(dir=path.parent) as folder, KnowledgeBase.open(path) as base:
        beside = Path(folder) / "bare.db"
        KnowledgeBase.open(beside).close()
        with closing(sqlite3.connect(beside, isolation_level=None)) as connection:
            made = audits(articles, seed)
            while some := list(islice(made, AT_ONCE)):
                prepared = _rows(some, known)
                count += sum(map(len, prepared.values()))
                seconds += _seconds(base.add_all, some)
                bare += _seconds(_insert, connection, prepared)
    return Load(seconds, bare, count, path.stat().st_size / 1e6)


def _seconds(work: Callable[..., None], *arguments: object) -> float:
    begun = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - begun


def _rows(some: Iterable[Audit], known: set[str]) -> Rows:
    """The rows of some audits, by table; a source that is known has none any more."""
    found: dict[str, list[rows.Row]] = defaultdict(list)
    for audit in some:
        found["article"].append(rows.article_row(audit))
        for source in audit.sources:
            if source.id not in known:
                known.add(source.id)
                found["source"].append(rows.source_row(source))
                found["source_text"] += rows.text_rows(source)
                found["source_cites"] += rows.cites_rows(source)
                found["notice"] += rows.notice_rows(source)
        found["article_source"] += rows.named_rows(audit)
        for part in REPLACED:
            found[part.table.name] += rows.part_rows(part.table, audit.article.id, getattr(audit, part.field))
        found["covers"] += rows.covers_rows(audit)
    return found


def _insert(connection: sqlite3.Connection, prepared: Rows) -> None:
    with connection:
        connection.execute("BEGIN")
        for table, values in prepared.items():
            if values:
                connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(values[0]))})", values)
