"""The database behind a store, whichever it is: opened by its place, and its two kinds of transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from kb.store import database
from kb.store.address import Address, Place, place


class Database(NamedTuple):
    """An open knowledge base.

    Attributes
    ----------
    engine
        Begins a transaction as one that only reads, or, under the execution option ``writes``, as the only one that
        writes, which waits for another.
    name
        The place, as it may be printed.
    plain_errors
        Tells what goes wrong inside as a `kb.errors.StoreError`.
    now
        The transaction that all reading is a part of, inside `moment`.
    """

    engine: Engine
    name: str
    plain_errors: Callable[[], AbstractContextManager[None]]
    now: Connection | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees the knowledge base as of one moment."""
        now = nullcontext(self.now) if self.now is not None else self.engine.begin()
        with self.plain_errors(), now as connection:
            yield connection

    @contextmanager
    def moment(self) -> Iterator[Database]:
        """The database as of one moment, however often it is read."""
        with self.reading() as connection:
            yield self._replace(now=connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that changes all that it was asked to or, where that fails, nothing."""
        with self.plain_errors(), self.engine.execution_options(writes=True).begin() as connection:
            yield connection


def open_database(where: Place | str) -> Database:
    """Open the knowledge base at a path or an address, made first where there is none.

    Raises
    ------
    StoreError
        It cannot be made, read or written, is no knowledge base, or is one that a newer version wrote. Nothing that was
        there before is changed.
    """
    found = place(where)
    if isinstance(found, Address):
        from kb.store import postgres

        return Database(postgres.open_engine(found), str(found), partial(postgres.plain_errors, found))
    path = Path(found)
    return Database(database.open_engine(path), str(path), partial(database.plain_errors, path))
