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

_PAIRS: Mapping[str, str] = MappingProxyType(
    {
        "sqlite": "SELECT json_extract(value, '$[0]') AS article, json_extract(value, '$[1]') AS id"
        " FROM json_each(:wanted)",
        "postgresql": "SELECT value ->> 0 AS article, value ->> 1 AS id"
        " FROM json_array_elements(CAST(:wanted AS json))",
    }
)
"""A table of the pairs that the parameter holds, by dialect."""


def pairs(dialect: str) -> CTE:
    """The wanted pairs as a table with the columns ``article`` and ``id``; hand `wanted` in where it is executed."""
    return text(_PAIRS[dialect]).columns(column("article", Text), column("id", Text)).cte("wanted")


def wanted(keys: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The parameter of a statement that joins `pairs`."""
    return {"wanted": json.dumps(sorted(set(keys)))}


def among(
    connection: Connection, asked: Select[Any], key: ColumnElement[str], keys: Collection[str]
) -> Iterator[tuple[Any, ...]]:
    """The rows whose key is among these, batch by batch."""
    listed = sorted(set(keys))
    for first in range(0, len(listed), AT_ONCE):
        yield from map(tuple, connection.execute(asked.where(key.in_(listed[first : first + AT_ONCE]))).all())
