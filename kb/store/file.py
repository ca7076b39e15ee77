"""SQLite files of ours: made private and whole, opened only where they are ours, every failure told in one line."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal, NamedTuple

from kb.errors import DamagedError, StoreError

BUSY_SECONDS = 30.0
"""How long a writer waits for another one."""
READ_SECONDS = 5.0
"""How long a reader waits: only for a program that keeps everybody out, since a writer keeps no reader waiting."""

MOST_KIBIBYTES = 65_536
"""Of a file that a connection remembers, where it reads or writes that much: with SQLite's own 2 MB, large saves and
questions read the same pages over and over."""
_LOOKS, _BETWEEN_LOOKS = 10, 0.02
"""How often a file is looked at before it counts as damaged, and the seconds in between."""


class FileKind(NamedTuple):
    """One kind of file.

    Attributes
    ----------
    name
        What it is called in messages.
    application_id
        What SQLite's header says of whose file it is (``PRAGMA application_id``).
    other
        How the user names another file.
    """

    name: str
    application_id: int
    other: str


KNOWLEDGE_BASE = FileKind("knowledge base", int.from_bytes(b"EvKb"), "name another file with --kb")
CACHE = FileKind("cache", int.from_bytes(b"EvCa"), "name another file as the setting cache")
RESULTS = FileKind("cache of `kb check`", int.from_bytes(b"EvCh"), "move it away, or add --no-cache")
_KINDS = {kind.application_id: kind for kind in (KNOWLEDGE_BASE, CACHE, RESULTS)}

_WAIT = "try again when it has finished"
_ACCESS = "make the file and its folder readable and writable"
_FAILURES = {
    "SQLITE_BUSY": ("another program keeps the {name} busy", _WAIT),
    "SQLITE_LOCKED": ("another program keeps the {name} busy", _WAIT),
    "SQLITE_FULL": ("the disk is full, nothing was changed", "make room and try again"),
    "SQLITE_READONLY": ("the {name} is read-only", "make the file and its folder writable"),
    "SQLITE_CANTOPEN": ("the {name} cannot be opened", _ACCESS),
    "SQLITE_PERM": ("the {name} cannot be opened", _ACCESS),
    "SQLITE_IOERR": ("the disk failed, nothing was changed", "see whether the disk is full or damaged"),
    "SQLITE_CONSTRAINT": ("the records do not hold together, nothing was changed", "please report this as a fault"),
}
"""What SQLite's result codes mean to a user; an extended code such as SQLITE_BUSY_SNAPSHOT begins with its own."""
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


def ready(path: Path, kind: FileKind, fill: Callable[[Path], None]) -> Path:
    """The absolute path of a file of this kind that can be connected to, made first where there is none.

    Parameters
    ----------
    fill
        Makes the tables in an empty file that nobody else sees yet.

    Raises
    ------
    DamagedError
        What is there is no whole file of ours: another program's, cut short, or no database at all.
    StoreError
        It cannot be made, read or written. Nothing that was there before is changed.
    """
    with plain_errors(path, kind):
        file = _resolved(path, kind)
        if not file.exists():
            _create(file, kind, fill)
        _refuse_others(file, path, kind)
        return file


def connect(file: Path, seconds: float | None = None) -> sqlite3.Connection:
    """A connection to a file that `ready` returned; transactions are begun by the caller, writing ones at once.

    That is ``with connection: connection.execute("BEGIN IMMEDIATE"); …``. Threads may share it under a lock.

    Parameters
    ----------
    seconds
        How long it waits for who keeps everybody out; ``BUSY_SECONDS`` where None. What is set here reads the file.
    """
    # mode=rw: never make a file here, which would take the umask's mode. isolation_level=None: the transactions are
    # begun elsewhere, because Python's own begin takes no write lock, and two writers then lose each other's rows.
    address, wait = f"{file.as_uri()}?mode=rw", BUSY_SECONDS if seconds is None else seconds
    raw = sqlite3.connect(address, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA trusted_schema = OFF")
    raw.execute(f"PRAGMA cache_size = -{MOST_KIBIBYTES}")
    return raw


class Table(NamedTuple):
    """The one table of a file that only remembers.

    Attributes
    ----------
    form
        Its number, kept as ``PRAGMA user_version``; a table of another form is emptied.
    name
        What it is called.
    made
        The statement that makes it.
    synchronous
        How SQLite waits for the disk, ``OFF`` or ``NORMAL``: in WAL mode the latter loses nothing when the program is
        killed, and ``OFF`` is for what a power cut may take.
    """

    form: int
    name: str
    made: str
    synchronous: Literal["OFF", "NORMAL"]


def connect_to(path: Path, kind: FileKind, table: Table) -> sqlite3.Connection:
    """A connection to a file that only remembers, which is made first where there is none; as of `ready` and `connect`.

    Raises
    ------
    StoreError
        As `ready` does, or the table cannot be made.
    """

    def fill(file: Path) -> None:
        with closing(connect(file)) as connection:
            _bring_to_form(connection, table)

    file = ready(path, kind, fill)
    with plain_errors(path, kind):
        connection = connect(file)
        try:
            connection.execute(f"PRAGMA synchronous = {table.synchronous}")
            _bring_to_form(connection, table)
        except BaseException:
            connection.close()
            raise
        return connection


def _bring_to_form(connection: sqlite3.Connection, table: Table) -> None:
    if _form(connection) == table.form:
        return
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if _form(connection) != table.form:  # nobody else has done it while we waited
            connection.execute(f"DROP TABLE IF EXISTS {table.name}")
            connection.execute(table.made)
            connection.execute(f"PRAGMA user_version = {table.form}")


def _form(connection: sqlite3.Connection) -> int:
    form: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return form


@contextmanager
def plain_errors(path: Path, kind: FileKind) -> Iterator[None]:
    """Tell what SQLite and the file system do wrong inside as a `StoreError` about ``path``."""
    try:
        yield
    except sqlite3.Error as error:
        raise failure(error, path, kind) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"the {kind.name} cannot be opened ({reason})", place=str(path), remedy=kind.other) from error


def failure(error: BaseException | None, path: Path, kind: FileKind) -> StoreError:
    """What an error of SQLite means to a user."""
    code = str(getattr(error, "sqlite_errorname", ""))
    if code.startswith(_DAMAGED):
        return damaged(path, kind, str(error))
    for name, (problem, remedy) in _FAILURES.items():
        if code.startswith(name):
            return StoreError(f"{problem.format(name=kind.name)} ({error})", place=str(path), remedy=remedy)
    problem = f"the {kind.name} cannot be used ({error})"
    return StoreError(problem, place=str(path), remedy="restore it from a copy, or " + kind.other)


def damaged(path: Path, kind: FileKind, detail: str = "") -> DamagedError:
    """The error of a file whose content does not hold together."""
    problem = f"the {kind.name} is damaged" + (f" ({detail})" if detail else "")
    return DamagedError(problem, place=str(path), remedy="restore it from a copy, or " + kind.other)


def _resolved(path: Path, kind: FileKind) -> Path:
    try:
        return path.resolve()
    except (ValueError, RuntimeError) as error:  # a zero character; links in a circle, before Python 3.13
        raise StoreError(f"this is no path ({error})", place=str(path), remedy=kind.other) from error


def _create(file: Path, kind: FileKind, fill: Callable[[Path], None]) -> None:
    """Make an empty file of this kind beside ``file`` and put it in place whole.

    Two programs that begin at once both make one, and the second finds that the place is taken: neither ever sees a
    file without its tables.
    """
    make_folder(file.parent)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=file.parent) as folder:
        made = Path(folder) / file.name
        # SQLite gives its -wal and -shm files the mode of the database, so this one call makes them all private.
        os.close(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        fill(made)
        with closing(connect(made)) as raw:
            raw.execute(f"PRAGMA application_id = {kind.application_id}")
            raw.execute("PRAGMA journal_mode = WAL")
        try:
            os.link(made, file)
        except FileExistsError:
            return
        except OSError:  # a file system without hard links
            made.rename(file)


def make_folder(folder: Path) -> None:
    """Make a folder for files of ours, private; the one of a project is kept out of git."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.name == ".kb":
        with suppress(FileExistsError), (folder / ".gitignore").open("x", encoding="utf-8") as ignored:
            ignored.write("*\n")


def _refuse_others(file: Path, path: Path, kind: FileKind) -> None:
    """Raise where this is no file of this kind to write to; nothing is changed by looking."""
    place = str(path)
    if file.is_dir():
        raise StoreError(f"it is a folder, not a {kind.name}", place=place, remedy=kind.other)
    if not file.is_file():
        raise StoreError("it is not a file", place=place, remedy=kind.other)
    if file.stat().st_size == 0:
        problem = f"the file is empty, not a {kind.name}"
        raise DamagedError(problem, place=place, remedy="delete it, or " + kind.other)
    found = _application_id(file)
    if found is None:
        raise DamagedError(f"it is not a {kind.name}", place=place, remedy=kind.other)
    if found != kind.application_id:
        if found in _KINDS:
            raise StoreError(f"it is a {_KINDS[found].name}, not a {kind.name}", place=place, remedy=kind.other)
        raise DamagedError("it is the database of another program", place=place, remedy=kind.other)
    if not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK | os.X_OK)):
        problem, remedy = _FAILURES["SQLITE_READONLY"]
        raise StoreError(problem.format(name=kind.name), place=place, remedy=remedy)


def _application_id(file: Path) -> int | None:
    """What the header says of whose file it is; None where it is no database.

    Through SQLite, because closing a file of one's own that SQLite has open elsewhere in this process drops SQLite's
    locks on it (SQLite, "How To Corrupt An SQLite Database File", 2.2). ``immutable`` leaves the file untouched, and
    takes no account of who is writing to it just then: what looks damaged is looked at again.
    """
    for tried in range(_LOOKS):
        try:
            with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as raw:
                found: int = raw.execute("PRAGMA application_id").fetchone()[0]
                return found
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname == "SQLITE_NOTADB":
                return None
            if tried == _LOOKS - 1:
                raise
            time.sleep(_BETWEEN_LOOKS)
    return None
