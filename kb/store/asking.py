"""How the store asks for many keys at once.

Single keys are asked for in batches. Pairs come as one JSON text, however many they are: SQLite uses no index for a
list of pairs, while one text is one parameter, so the statement is prepared once and asked once.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Select, Text, column, text

AT_ONCE = 500
"""Ids that one statement asks for: SQLite takes 32,766 parameters, older builds 999."""

_ROWS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "sqlite": ("json_extract(value, '$[{}]')", "json_each(:wanted)"),
        "postgresql": ("value ->> {}", "json_array_elements(CAST(:wanted AS json))"),
    }
)
"""By dialect, one cell of a row that the parameter holds, and all the rows."""


def listing(dialect: str, *names: str) -> CTE:
    """The wanted keys as a table with these columns; hand `wanted` in where it is executed."""
    cell, rows = _ROWS[dialect]
    cells = ", ".join(f"{cell.format(place)} AS {name}" for place, name in enumerate(names))
    return text(f"SELECT {cells} FROM {rows}").columns(*(column(name, Text) for name in names)).cte("wanted")


def pairs(dialect: str) -> CTE:
    """The wanted pairs of an article's id and that of something in it."""
    return listing(dialect, "article", "id")


def wanted(keys: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """The parameter of a statement that joins a `listing`."""
    return {"wanted": json.dumps(sorted(set(keys)))}


def among(
    connection: Connection, asked: Select[Any], key: ColumnElement[str], keys: Collection[str]
) -> Iterator[tuple[Any, ...]]:
    """The rows whose key is among these, batch by batch."""
    listed = sorted(set(keys))
    for first in range(0, len(listed), AT_ONCE):
        yield from map(tuple, connection.execute(asked.where(key.in_(listed[first : first + AT_ONCE]))).all())
