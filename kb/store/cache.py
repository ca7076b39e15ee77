"""What registries and judges said, remembered between runs: records, and not HTTP answers.

A remembered work costs one look-up and one decoding, no parsing and no merging of an answer. The cache is an aid: it
never stops a run. What is wrong with its file is told in one line, and then registries are asked as if there was none.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, TypeVar

import msgspec

from kb.errors import DamagedError, StoreError, printable
from kb.model import Source
from kb.store.coding import encode, is_text, storable
from kb.store.file import CACHE, Table, connect_to, damaged, plain_errors
from kb.strength.support import Judgement

if sys.platform != "win32":
    import fcntl

Warn = Callable[[str], None]
Result = TypeVar("Result")

FORM = 1
"""Of the records; raised where more is read out of answers than before, so that all are asked for anew."""

_AT_ONCE = 500
"""Ids that one statement asks for: SQLite takes 32,766 parameters, older builds 999."""
_TABLE = Table(
    FORM,
    "told",
    """
CREATE TABLE told (
    registry TEXT NOT NULL, id TEXT NOT NULL, asked TEXT NOT NULL, record TEXT, PRIMARY KEY (registry, id)
)
""",
    "NORMAL",
)
_REMEMBER = """
INSERT INTO told (registry, id, asked, record) VALUES (?, ?, ?, ?)
ON CONFLICT (registry, id) DO UPDATE SET asked = excluded.asked, record = excluded.record
WHERE excluded.asked >= told.asked
"""
_DECODER = msgspec.json.Decoder(Source)
_JUDGEMENTS = msgspec.json.Decoder(Judgement)


class Remembered(NamedTuple):
    """What a registry said about one identifier, and the date of asking; None: that it holds no such work."""

    source: Source | None
    asked: str


class Cache:
    """What registries said, in a file; get one from `open`. Threads and processes may share the file."""

    def __init__(self, path: Path, warn: Warn) -> None:
        self.path = path
        self._warn = warn
        self._lock = threading.Lock()
        self._usable = True
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    @classmethod
    def open(cls, path: Path | str, warn: Warn = lambda line: None) -> Cache:
        """Open the cache at ``path``, and make it, readable by its owner alone, where there is none.

        Parameters
        ----------
        path
            The file. One that is damaged, or another program's, is set aside as ``NAME.broken-1``, and begun anew.
        warn
            Is told of that, and of whatever else keeps the file from being used, in one line; never twice of the
            latter, because after it nothing is remembered any more.
        """
        cache = cls(Path(path), warn)
        cache._attempt(lambda connection: None, None)
        return cache

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back; a closed cache remembers nothing."""
        self._usable = False
        self._disconnect()

    def remembered(self, registry: str, ids: Sequence[str], not_before: str = "") -> dict[str, Remembered]:
        """What the registry said about those of the ids that it was asked about on or after a date, ISO 8601.

        They keep the order of ``ids``.
        """
        wanted = [one for one in dict.fromkeys(ids) if is_text(one)]
        nothing: dict[str, Remembered] = {}
        found = self._attempt(lambda connection: dict(_look_up(connection, registry, wanted, not_before)), nothing)
        return {one: found[one] for one in wanted if one in found}

    def remember(self, registry: str, told: Mapping[str, Source | None], asked: str) -> None:
        """Keep what a registry said about identifiers, all of it or nothing.

        Parameters
        ----------
        told
            For each identifier the work, or None where the registry itself says that it holds none. An identifier
            that is no text (`kb.store.coding.is_text`) is not kept.
        asked
            The date of asking, ISO 8601. What was asked for on a later date stays.
        """
        rows = [
            (registry, one, asked, None if source is None else encode(storable(source)))
            for one, source in told.items()
            if is_text(one)
        ]
        if rows:
            self._attempt(lambda connection: _write(connection, rows), None)

    def judged(self, judge: str, digest: str) -> Judgement | None:
        """What a judge said of a claim and a source with this digest; None where that is not remembered."""
        nothing: list[Judgement] = []
        found = self._attempt(lambda connection: list(_judgements(connection, judge, digest)), nothing)
        return found[0] if found else None

    def keep_judgement(self, judge: str, digest: str, judgement: Judgement, asked: str) -> None:
        """Keep what a judge said on a date, ISO 8601; it holds as long as the digest of all that it rests on."""
        row = (judge, digest, asked, encode(storable(judgement)))
        self._attempt(lambda connection: _write(connection, [row]), None)

    def _attempt(self, work: Callable[[sqlite3.Connection], Result], otherwise: Result) -> Result:
        """Do something with the file, once more where it had to be set aside, and else do without."""
        with self._lock:
            if not self._usable:
                return otherwise
            try:
                try:
                    return self._do(work)
                except DamagedError as error:
                    _set_aside(self.path, error, self._warn)
                    return self._do(work)
            except StoreError as error:
                self.close()
                self._warn(f"{error} (nothing is remembered in this run)")
                return otherwise

    def _do(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        with plain_errors(self.path, CACHE), _in_place(self.path):
            if self._connection is None or self._file != _identity(self.path):  # another program may have set it aside
                self._disconnect()
                self._connection = connect_to(self.path, CACHE, _TABLE)
                self._file = _identity(self.path)
            return work(self._connection)

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file this is, whatever its name."""
    with suppress(FileNotFoundError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def _look_up(
    connection: sqlite3.Connection, registry: str, ids: Sequence[str], not_before: str
) -> Iterator[tuple[str, Remembered]]:
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        places = ",".join("?" * len(some))
        asked_for = f"SELECT id, asked, record FROM told WHERE registry = ? AND asked >= ? AND id IN ({places})"
        for one, asked, record in connection.execute(asked_for, (registry, not_before, *some)):
            with suppress(msgspec.DecodeError):  # a record that cannot be read is one that is not there
                yield one, Remembered(None if record is None else _DECODER.decode(record), asked)


def _judgements(connection: sqlite3.Connection, judge: str, digest: str) -> Iterator[Judgement]:
    asked_for = "SELECT record FROM told WHERE registry = ? AND id = ? AND record IS NOT NULL"
    for (record,) in connection.execute(asked_for, (judge, digest)):
        with suppress(msgspec.DecodeError):
            yield _JUDGEMENTS.decode(record)


def _write(connection: sqlite3.Connection, rows: Iterable[tuple[str, str, str, str | None]]) -> None:
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(_REMEMBER, rows)


def _set_aside(path: Path, error: DamagedError, warn: Warn) -> None:
    """Rename a damaged file and make a new one, unless another program has done so in the meantime."""
    with plain_errors(path, CACHE), _in_place(path, moving=True):
        if _is_sound(path):
            return
        file = path.resolve()
        aside = next(name for number in range(1, 10**6) if not (name := _aside(file, number)).exists())
        # The log goes first: one that is left beside a new file would be taken for its own.
        for ending in ("-wal", "-shm", ""):
            with suppress(FileNotFoundError):
                Path(f"{file}{ending}").rename(f"{aside}{ending}")
        connect_to(path, CACHE, _TABLE).close()
    warn(printable(f"{path}: {error.problem}; it was set aside as {aside.name}, and a new one is begun"))


def _aside(file: Path, number: int) -> Path:
    return file.with_name(f"{file.name}.broken-{number}")


def _is_sound(path: Path) -> bool:
    try:
        with closing(connect_to(path, CACHE, _TABLE)) as connection, plain_errors(path, CACHE):
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise damaged(path, CACHE, found)
    except DamagedError:
        return False
    return True


@contextmanager
def _in_place(path: Path, *, moving: bool = False) -> Iterator[None]:
    """Keep the file under its name meanwhile, or keep everybody else from it in order to rename it.

    A lock of its folder, which ends with the program at the latest. SQLite's own locks are on the file and so go with
    it when it is renamed, and a log that a program opened in between would be that of two files.
    """
    try:
        handle = os.open(path.resolve().parent, os.O_RDONLY)
    except (OSError, ValueError):  # no folder yet; and Windows, where a file that somebody has open cannot be renamed
        yield
        return
    try:
        if sys.platform != "win32":
            with suppress(OSError):  # a file system without such locks
                fcntl.flock(handle, fcntl.LOCK_EX if moving else fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)
