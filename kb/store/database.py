"""The file: made private and whole, opened only where it is ours, every failure told in one line."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, insert, select
from sqlalchemy.exc import DBAPIError

from kb.errors import StoreError
from kb.store.schema import APPLICATION_ID, METADATA, SCHEMA_VERSION, meta

BUSY_SECONDS = 30.0
"""How long a writer waits for another one."""

_MAGIC = b"SQLite format 3\0"
_APPLICATION_ID_AT = 68
"""Where a file's header holds the application id, in four bytes, big-endian (SQLite, "Database File Format", 1.3)."""
_HEADER_BYTES = 100

_OTHER = "name another file with --kb"
_FAILURES = {
    "SQLITE_BUSY": ("another program keeps the knowledge base busy", "try again when it has finished"),
    "SQLITE_LOCKED": ("another program keeps the knowledge base busy", "try again when it has finished"),
    "SQLITE_FULL": ("the disk is full, nothing was changed", "make room and try again"),
    "SQLITE_READONLY": ("the knowledge base is read-only", "make the file and its folder writable"),
    "SQLITE_CANTOPEN": ("the knowledge base cannot be opened", "make the file and its folder readable and writable"),
    "SQLITE_PERM": ("the knowledge base cannot be opened", "make the file and its folder readable and writable"),
    "SQLITE_IOERR": ("the disk failed, nothing was changed", "see whether the disk is full or damaged"),
    "SQLITE_CORRUPT": ("the knowledge base is damaged", "restore it from a copy, or " + _OTHER),
    "SQLITE_NOTADB": ("the knowledge base is damaged", "restore it from a copy, or " + _OTHER),
    "SQLITE_CONSTRAINT": ("the audit does not hold together, nothing was changed", "please report this as a fault"),
}
"""What SQLite's result codes mean to a user; an extended code such as SQLITE_BUSY_SNAPSHOT begins with its own."""


def open_engine(path: Path) -> Engine:
    """Open the knowledge base at ``path``, and make it first where there is none.

    Raises
    ------
    StoreError
        It cannot be made, read or written, is no knowledge base, or is one that a newer version wrote. Nothing that was
        there before is changed.
    """
    with plain_errors(path):
        file = _resolved(path)
        if not file.exists():
            _create(file)
        problem = _not_ours(file)
        if problem is not None:
            raise StoreError(problem[0], place=str(path), remedy=problem[1])
        engine = _engine(file)
        try:
            _refuse_newer(engine, path)
        except BaseException:
            engine.dispose()
            raise
        return engine


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Tell what SQLite, the file system and stored records do wrong inside as a `StoreError` about ``path``."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        problem, remedy = _failure(error.orig if isinstance(error, DBAPIError) else error)
        raise StoreError(problem, place=str(path), remedy=remedy) from error
    except msgspec.DecodeError as error:
        problem, remedy = _FAILURES["SQLITE_CORRUPT"]
        raise StoreError(f"{problem} ({error})", place=str(path), remedy=remedy) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"the knowledge base cannot be opened ({reason})", place=str(path), remedy=_OTHER) from error


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (ValueError, RuntimeError) as error:  # a zero character; links in a circle, before Python 3.13
        raise StoreError(f"this is no path ({error})", place=str(path), remedy=_OTHER) from error


def _refuse_newer(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        version = connection.execute(select(meta.c.schema_version)).scalar_one_or_none()
    if version is None:
        problem, remedy = _FAILURES["SQLITE_CORRUPT"]
        raise StoreError(problem, place=str(path), remedy=remedy)
    if version > SCHEMA_VERSION:
        remedy = "update the program, or " + _OTHER
        raise StoreError("a newer version of this program wrote it", place=str(path), remedy=remedy)


def _failure(error: BaseException | None) -> tuple[str, str]:
    code = str(getattr(error, "sqlite_errorname", ""))
    for name, (problem, remedy) in _FAILURES.items():
        if code.startswith(name):
            return f"{problem} ({error})", remedy
    return f"the knowledge base cannot be used ({error})", "restore it from a copy, or " + _OTHER


def _create(file: Path) -> None:
    """Make an empty knowledge base beside ``file`` and put it in place whole.

    Two programs that begin at once both make one, and the second finds that the place is taken: neither ever sees a
    file without its tables.
    """
    _make_folder(file.parent)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=file.parent) as folder:
        made = Path(folder) / file.name
        # SQLite gives its -wal and -shm files the mode of the database, so this one call makes them all private.
        os.close(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        _fill(made)
        try:
            os.link(made, file)
        except FileExistsError:
            return
        except OSError:  # a file system without hard links
            made.rename(file)


def _fill(file: Path) -> None:
    engine = _engine(file)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            METADATA.create_all(connection)
            connection.execute(insert(meta).values(schema_version=SCHEMA_VERSION))
    finally:
        engine.dispose()
    with closing(_connect(file)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")


def _make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.name == ".kb":
        with suppress(FileExistsError), (folder / ".gitignore").open("x", encoding="utf-8") as ignored:
            ignored.write("*\n")


def _not_ours(file: Path) -> tuple[str, str] | None:
    """What keeps this from being a knowledge base to write to, and the remedy; found without SQLite touching it."""
    if file.is_dir():
        return "it is a folder, not a knowledge base", "name a file with --kb"
    if not file.is_file():
        return "it is not a file", _OTHER
    with file.open("rb") as stream:
        header = stream.read(_HEADER_BYTES)
    if not header:
        return "the file is empty, not a knowledge base", "delete it, or " + _OTHER
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        return "it is not a knowledge base", _OTHER
    if int.from_bytes(header[_APPLICATION_ID_AT : _APPLICATION_ID_AT + 4], "big") != APPLICATION_ID:
        return "it is the database of another program", _OTHER
    if not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK | os.X_OK)):
        return _FAILURES["SQLITE_READONLY"]
    return None


def _connect(file: Path) -> sqlite3.Connection:
    # mode=rw: never make a file here, which would take the umask's mode. isolation_level=None: the transactions are
    # begun below, because Python's own begin takes no write lock, and two writers then lose each other's rows.
    address = f"{file.as_uri()}?mode=rw"
    raw = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA trusted_schema = OFF")
    return raw


def _engine(file: Path) -> Engine:
    engine = create_engine("sqlite://", creator=lambda: _connect(file), poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
