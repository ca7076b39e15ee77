"""The knowledge base's file as an engine of SQLAlchemy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, insert
from sqlalchemy.exc import DBAPIError

from kb.errors import StoreError
from kb.store import file, migrations
from kb.store.file import KNOWLEDGE_BASE, connect, damaged, failure, ready
from kb.store.schema import METADATA, SCHEMA_VERSION, meta


def open_engine(path: Path) -> Engine:
    """Open the knowledge base at ``path``, made first where there is none, brought up where an older version wrote it.

    Raises
    ------
    StoreError
        It cannot be made, read or written, is no knowledge base, or is one that a newer version wrote. Nothing that was
        there before is changed.
    """
    with plain_errors(path):
        engine = _engine(ready(path, KNOWLEDGE_BASE, _fill))
        try:
            _bring_up(engine, path)
        except BaseException:
            engine.dispose()
            raise
        return engine


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Tell what SQLite, the file system and stored records do wrong inside as a `StoreError` about ``path``."""
    try:
        with file.plain_errors(path, KNOWLEDGE_BASE):
            yield
    except DBAPIError as error:
        raise failure(error.orig, path, KNOWLEDGE_BASE) from error
    except msgspec.DecodeError as error:
        raise damaged(path, KNOWLEDGE_BASE, str(error)) from error


def _bring_up(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        version = migrations.version_of(connection)
    if version in migrations.STEPS:
        with engine.execution_options(writes=True).begin() as connection:
            migrations.bring_up(connection)
            version = migrations.version_of(connection)
    if version > SCHEMA_VERSION:
        remedy = "update the program, or " + KNOWLEDGE_BASE.other
        raise StoreError("a newer version of this program wrote it", place=str(path), remedy=remedy)
    if version < SCHEMA_VERSION:
        raise damaged(path, KNOWLEDGE_BASE)


def _fill(path: Path) -> None:
    engine = _engine(path)
    try:
        with engine.begin() as connection:
            METADATA.create_all(connection)
            connection.execute(insert(meta).values(schema_version=SCHEMA_VERSION))
    finally:
        engine.dispose()


def _engine(path: Path) -> Engine:
    def creator() -> sqlite3.Connection:
        return connect(path, min(file.READ_SECONDS, file.BUSY_SECONDS))

    engine = create_engine("sqlite://", creator=creator, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        seconds = file.BUSY_SECONDS if writes else min(file.READ_SECONDS, file.BUSY_SECONDS)
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {round(seconds * 1000)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
