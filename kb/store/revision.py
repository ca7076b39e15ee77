"""Whether anything was written since: a text that is another one after every write.

An answer about everything takes seconds, and can be shown again as long as this text is the same.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Text, cast, func, select


def revision(connection: Connection) -> str:
    """The text; it may change without a write, too.

    On a server it is the snapshot of transactions that the connection sees; two that are equal show the same rows. Of a
    file it is what the file system tells of it and of its log, into which SQLite writes first.
    """
    if connection.dialect.name == "postgresql":
        return connection.execute(select(cast(func.pg_current_snapshot(), Text))).scalar_one()
    file = connection.exec_driver_sql("PRAGMA database_list").one().file
    return f"{_told(file)} {_told(f'{file}-wal')}"


def _told(file: str) -> str:
    """What the file system tells of a file; a log that is empty is as good as none, and comes and goes by reading."""
    try:
        about = Path(file).stat()
    except FileNotFoundError:
        return "-"
    return f"{about.st_ino}.{about.st_size}.{about.st_mtime_ns}" if about.st_size else "-"
