"""What the linter found, remembered between runs, one row an article: an aid, which never stops a run.

Everything in it can be found out anew, so a file that is damaged is thrown away. Nothing here knows what a result is:
that keeps the run in which nothing changed from loading what it does not need.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from kb.errors import DamagedError
from kb.store.file import RESULTS, Table, connect_to, damaged, plain_errors

FORM = 2
"""Of the table; another one is emptied."""
_AT_ONCE = 500
_TABLE = Table(
    FORM,
    "result",
    """
CREATE TABLE result (
    article TEXT PRIMARY KEY, digest BLOB NOT NULL, named TEXT NOT NULL, brief BLOB NOT NULL, found BLOB NOT NULL
)
""",
    "OFF",
)
_KEEP = """
INSERT INTO result (article, digest, named, brief, found) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (article) DO UPDATE
SET digest = excluded.digest, named = excluded.named, brief = excluded.brief, found = excluded.found
"""


class Row(NamedTuple):
    """The result of one article.

    Attributes
    ----------
    digest
        Of everything that it was made from, but for the bibliographies that the article itself names.
    named
        What says which these were, and what they held.
    brief
        The result as far as most runs need it, encoded.
    found
        All of it, encoded; empty where that was not asked for.
    """

    article: str
    digest: bytes
    named: str
    brief: bytes
    found: bytes


class Results:
    """Results in a file; get one from `open`. Processes may share the file, each a connection of its own."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    @classmethod
    def open(cls, path: Path) -> Results:
        """Open the results at ``path``; a file that is damaged is thrown away and begun anew.

        Raises
        ------
        StoreError
            It cannot be made, read or written, or is another program's.
        """
        try:
            return cls(connect_to(path, RESULTS, _TABLE), path)
        except DamagedError:
            if not _ours(path):
                raise
            throw_away(path)
            return cls(connect_to(path, RESULTS, _TABLE), path)

    def __enter__(self) -> Results:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def of(self, articles: Sequence[str], *, whole: bool) -> dict[str, Row]:
        """The results that are remembered of these articles, whole or in brief.

        Raises
        ------
        StoreError
            They cannot be read; so of `keep` and `articles`. Of a damaged file nothing is worth keeping (`throw_away`).
        """
        rows: dict[str, Row] = {}
        found = "found" if whole else "x''"
        with plain_errors(self._path, RESULTS):
            for first in range(0, len(articles), _AT_ONCE):
                some = articles[first : first + _AT_ONCE]
                places = ",".join("?" * len(some))
                asked_for = f"SELECT article, digest, named, brief, {found} FROM result WHERE article IN ({places})"
                rows |= {row[0]: Row(*row) for row in self._connection.execute(asked_for, some)}
        if not all(map(_sound, rows.values())):
            raise damaged(self._path, RESULTS)
        return rows

    def keep(self, rows: Iterable[Row], gone: Iterable[str] = ()) -> None:
        """Keep these results and forget those of articles that are gone, all of it or nothing."""
        with plain_errors(self._path, RESULTS), self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(_KEEP, rows)
            connection.executemany("DELETE FROM result WHERE article = ?", [(one,) for one in gone])

    def articles(self) -> tuple[str, ...]:
        """The articles of which results are remembered."""
        with plain_errors(self._path, RESULTS):
            names = tuple(name for (name,) in self._connection.execute("SELECT article FROM result"))
        if not all(isinstance(name, str) for name in names):  # pages that are cut off read as empty
            raise damaged(self._path, RESULTS)
        return names


def throw_away(path: Path) -> None:
    """Delete the file, and what SQLite keeps beside it, as far as that can be done: opening it tells the rest."""
    for ending in ("-wal", "-shm", ""):
        with suppress(OSError):
            Path(f"{path}{ending}").unlink()


def _sound(row: Row) -> bool:
    return [type(field) for field in row] == [str, bytes, str, bytes, bytes]


def _ours(path: Path) -> bool:
    """Whether a file is ours to throw away: empty, or with our mark at the place of SQLite's header that is for it."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:  # another program that found the damage too may have thrown the file away
        return isinstance(error, FileNotFoundError)
    return not head or head[68:72] == RESULTS.application_id.to_bytes(4, "big")
