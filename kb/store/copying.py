"""Many rows into a table of PostgreSQL at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    import psycopg


def copy(connection: Connection, table: Table, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert rows, in the order of the table's columns, by ``COPY``: twice as fast as many ``INSERT``.

    Raises
    ------
    DBAPIError
        As every other command does.
    """
    from psycopg import Error

    raw: psycopg.Connection[object] = connection.connection.driver_connection  # type: ignore[assignment]
    quoted = connection.dialect.identifier_preparer
    columns = ", ".join(map(quoted.format_column, table.columns))
    command = f"COPY {quoted.format_table(table)} ({columns}) FROM STDIN"
    try:
        with raw.cursor() as cursor, cursor.copy(command.encode()) as into:
            for row in rows:
                into.write_row(row)
    except Error as error:
        lost = raw.closed
        if lost:
            connection.invalidate()
        raise DBAPIError(command, None, error, connection_invalidated=lost) from error
