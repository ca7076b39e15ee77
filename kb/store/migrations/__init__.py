"""How a knowledge base of an older version becomes one of this version: one file a step, each from one version on.

A step is frozen once it is released. It names its tables in SQL of its own and never uses `kb.store.schema`, which goes
on changing. To change the schema: raise ``SCHEMA_VERSION`` there, and add the step that leads to it here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from sqlalchemy import Connection

from kb.store.migrations import to_2

Step: TypeAlias = Callable[[Connection], None]

STEPS: Mapping[int, Step] = MappingProxyType({1: to_2.step})
"""By the version that a step begins at; it leads to the next one. On PostgreSQL there is none before version 2."""


def version_of(connection: Connection) -> int:
    """The version of the schema that a knowledge base has; 0, which none has, where it does not say."""
    found = connection.exec_driver_sql("SELECT schema_version FROM meta").scalars().all()
    return found[0] if len(found) == 1 and isinstance(found[0], int) else 0


def bring_up(connection: Connection) -> None:
    """Do all steps that are left, inside a transaction that began as a writing one: all of them or none.

    What another program did while this one waited for its turn is not done again.
    """
    while (version := version_of(connection)) in STEPS:
        STEPS[version](connection)
        connection.exec_driver_sql(f"UPDATE meta SET schema_version = {version + 1}")
