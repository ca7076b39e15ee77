"""What stands around a statement or a source in the graph, found without loading anything else."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection

from kb.model import Audit, Source, StatementKey


def statement(connection: Connection, name: str) -> StatementKey:
    """The statement that is meant by a name; see `kb.store.store.Store.statement`."""
    raise NotImplementedError


def source(connection: Connection, name: str) -> str:
    """The id of the source that is meant by a name; see `kb.store.store.Store.source`."""
    raise NotImplementedError


def parts(connection: Connection, statements: Collection[StatementKey], *, leaning: bool) -> tuple[Audit, ...]:
    """The audits of the statements' articles without everything else; see `kb.store.store.Store.parts`."""
    raise NotImplementedError


def resting_on(connection: Connection, sources: Collection[str]) -> tuple[StatementKey, ...]:
    """The statements with an evidence line on one of these sources."""
    raise NotImplementedError


def citing(connection: Connection, works: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """By work the stored sources that cite it."""
    raise NotImplementedError


def known(connection: Connection, sources: Collection[str]) -> Mapping[str, Source]:
    """Those of these sources that are stored."""
    raise NotImplementedError
