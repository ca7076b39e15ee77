"""How the store asks for many keys at once, and for whole tables.

Single keys are asked for in batches. Pairs come as one JSON text, or for PostgreSQL as arrays, however many they are:
SQLite uses no index for a list of pairs, while one text is one parameter, so the statement is prepared and asked once.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import CTE, ColumnElement, CompoundSelect, Connection, Select, Text, TextClause, column, text

AT_ONCE = 500
"""Ids that one statement asks for: SQLite takes 32,766 parameters, older builds 999."""
_FETCHED = 10_000
"""Rows of a whole table that are in memory at a time."""


def listing(dialect: str, *names: str) -> CTE:
    """The wanted keys as a table with these columns; hand `wanted` in where it is executed."""
    return _rows(dialect, names).columns(*(column(name, Text) for name in names)).cte("wanted")


def _rows(dialect: str, names: Sequence[str]) -> TextClause:
    if dialect == "sqlite":
        cells = ", ".join(f"json_extract(value, '$[{place}]') AS {name}" for place, name in enumerate(names))
        return text(f"SELECT {cells} FROM json_each(:wanted)")
    # The planner sees how many an array holds. Of a JSON text it does not, and reads whole tables for fear of many.
    lists = {f"wanted_{place}": list[str]() for place, _ in enumerate(names)}
    arrays, listed = ", ".join(f"CAST(:{one} AS text[])" for one in lists), ", ".join(names)
    return text(f"SELECT {listed} FROM unnest({arrays}) AS listed ({listed})").bindparams(**lists)


def pairs(dialect: str) -> CTE:
    """The wanted pairs of an article's id and that of something in it."""
    return listing(dialect, "article", "id")


def wanted(keys: Iterable[tuple[str, ...]]) -> dict[str, str | list[str]]:
    """The parameters of a statement that joins a `listing`: rows for SQLite, columns for PostgreSQL."""
    listed = sorted(set(keys))
    columns = zip(*listed, strict=True)
    return {"wanted": json.dumps(listed)} | {f"wanted_{place}": list(cells) for place, cells in enumerate(columns)}


def among(
    connection: Connection, asked: Select[Any], key: ColumnElement[str], keys: Collection[str]
) -> Iterator[tuple[Any, ...]]:
    """The rows whose key is among these, batch by batch."""
    listed = sorted(set(keys))
    for first in range(0, len(listed), AT_ONCE):
        yield from map(tuple, connection.execute(asked.where(key.in_(listed[first : first + AT_ONCE]))).all())


def streamed(connection: Connection, asked: Select[Any] | CompoundSelect[Any]) -> Iterator[Any]:
    """All rows, some thousands in memory at a time."""
    return iter(connection.execute(asked, execution_options={"yield_per": _FETCHED}))
