"""A database on a server of PostgreSQL as an engine of SQLAlchemy, for a knowledge base that several people share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, insert, text
from sqlalchemy.exc import DBAPIError

from kb.errors import DamagedError, StoreError
from kb.store import migrations
from kb.store.address import Address
from kb.store.file import KNOWLEDGE_BASE
from kb.store.schema import METADATA, OURS, SCHEMA_VERSION, meta

if TYPE_CHECKING:
    import psycopg

CONNECT_SECONDS = 8.0
"""How long a server, or what tells its address, may take to answer."""
LOCK_SECONDS = 30.0
"""How long a writer waits for another one."""

_SETTINGS = {
    "application_name": "kb",
    "connect_timeout": 5,  # seconds for each address that a name has
    # A server that vanishes while it is asked is noticed within half a minute; TCP itself would wait for hours.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""What libpq is told where the address does not say otherwise."""

_ANOTHER = "name another database with --kb"
_RIGHTS = "ask the owner of the database for the right to read and change the tables, or at first to create them"
_AGAIN = "try again"
_BROKEN = "the knowledge base is damaged", "restore it from a copy, or " + _ANOTHER
_LOST = "the connection to the server was lost", _AGAIN

_REFUSALS = (
    ("password", "the server does not accept this user and password", "see the address, PGPASSWORD or ~/.pgpass"),
    ("role", "the server does not know this user", "see the address, or ask the server's administrator"),
    ("pg_hba.conf", "the server does not let this user in from here", "ask the server's administrator"),
    ("database", "the server has no such database", "create it with createdb, or " + _ANOTHER),
    ("too many", "the server takes no more connections now", "try again later"),
    ("starting up", "the server is starting or stopping", _AGAIN),
    ("shutting down", "the server is starting or stopping", _AGAIN),
)
"""What a server says where it lets nobody in; libpq hands on only these words and no code."""

_FAILURES = (
    ("08", *_LOST),
    ("22", "the database cannot hold this text", "create the database with ENCODING 'UTF8'"),
    ("23", "the records do not hold together, nothing was changed", "please report this as a fault"),
    ("25006", "the server takes no changes", "give the address of the server that does"),
    ("25", *_LOST),
    ("3F", "there is no schema to make tables in", _RIGHTS),
    ("40", "another program was in the way, nothing was changed", _AGAIN),
    ("42501", "the server does not allow this", _RIGHTS),
    ("42P01", *_BROKEN),
    ("42P07", "it holds tables of another program", _ANOTHER),
    ("42703", *_BROKEN),
    ("53100", "the disk of the server is full, nothing was changed", "make room and try again"),
    ("53", "the server is out of room or memory, nothing was changed", "try again later"),
    ("54", "an id or a name is too long for an index of this database, nothing was changed", "shorten it"),
    ("55P03", "another program keeps the knowledge base busy", "try again when it has finished"),
    ("57014", "the server stopped the work", "try again, or ask its administrator for a longer statement_timeout"),
    ("57", *_LOST),
    ("XX", *_BROKEN),
)
"""What the server's codes mean to a user (PostgreSQL, "Error Codes"); the first that an error's code begins with."""

_TURN = "SET LOCAL lock_timeout = {}; SELECT pg_advisory_xact_lock({})"
# Out of this table and not by to_regclass('meta'): a connection remembers that there was none, and goes on saying so
# where another program made it while this one waited for its turn.
_CALLED = (
    " FROM pg_catalog.pg_class"
    " WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relname = ANY(:names) AND pg_table_is_visible(oid)"
)
_MARK = text(f"SELECT obj_description(oid, 'pg_class'){_CALLED}")
_CALLED_AS_OURS = text(f"SELECT relname{_CALLED}")


def open_engine(address: Address) -> Engine:
    """Open the knowledge base at ``address``; a database that holds none yet is given its tables.

    Raises
    ------
    StoreError
        It cannot be reached, made or read, holds another program's tables, or a newer version wrote it. Nothing that
        was there before is changed.
    """
    with plain_errors(address):
        engine = _engine(address)
        try:
            _make_ready(engine, address)
        except BaseException:
            engine.dispose()
            raise
        return engine


@contextmanager
def plain_errors(address: Address) -> Iterator[None]:
    """Tell what the server and stored records do wrong inside as a `StoreError` about ``address``."""
    try:
        yield
    except DBAPIError as error:
        raise _failure(error, address) from error
    except msgspec.DecodeError as error:
        problem, remedy = _BROKEN
        raise DamagedError(f"{problem} ({error})", place=str(address), remedy=remedy) from error


def _failure(error: DBAPIError, address: Address) -> StoreError:
    code = getattr(error.orig, "sqlstate", None) or ("08" if error.connection_invalidated else "")
    told = getattr(getattr(error.orig, "diag", None), "message_primary", None) or _first_line(error.orig)
    for prefix, problem, remedy in _FAILURES:
        if code.startswith(prefix):
            kind = DamagedError if (problem, remedy) == _BROKEN else StoreError
            return kind(f"{problem} ({told})", place=str(address), remedy=remedy)
    return StoreError(f"the knowledge base cannot be used ({told})", place=str(address), remedy=_ANOTHER)


def _first_line(error: BaseException | None) -> str:
    return str(error).strip().partition("\n")[0]


def _make_ready(engine: Engine, address: Address) -> None:
    with engine.begin() as connection:
        version = _version(connection, address)
    if version is None or version in migrations.STEPS:
        with engine.execution_options(writes=True).begin() as connection:
            if _version(connection, address) is None:
                METADATA.create_all(connection, checkfirst=False)
                connection.execute(insert(meta).values(schema_version=SCHEMA_VERSION))
            migrations.bring_up(connection)
            version = migrations.version_of(connection)
    if version > SCHEMA_VERSION:
        remedy = "update the program, or " + _ANOTHER
        raise StoreError("a newer version of this program wrote it", place=str(address), remedy=remedy)
    if version < SCHEMA_VERSION:
        problem, remedy = _BROKEN
        raise DamagedError(problem, place=str(address), remedy=remedy)


def _version(connection: Connection, address: Address) -> int | None:
    """The version of the schema; None where there are no tables that are called as ours are."""
    if connection.execute(_MARK, {"names": [meta.name]}).scalar() == OURS:
        return migrations.version_of(connection)
    found = connection.execute(_CALLED_AS_OURS, {"names": list(METADATA.tables)}).scalars().all()
    if found:
        named = ", ".join(sorted(found))
        raise DamagedError(f"it holds tables of another program ({named})", place=str(address), remedy=_ANOTHER)
    return None


def _engine(address: Address) -> Engine:
    connect = _connect(address)
    # Without its look for a type that is not used here: it would be one more question for every program that begins.
    engine = create_engine("postgresql+psycopg://", creator=connect, pool_pre_ping=True, use_native_hstore=False)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        from psycopg import IsolationLevel

        raw: psycopg.Connection[object] = connection.connection.driver_connection  # type: ignore[assignment]
        writes = connection.get_execution_options().get("writes", False)
        raw.read_only = not writes
        # A writer sees what was committed while it waited for its turn; nobody else writes from then on.
        raw.isolation_level = IsolationLevel.READ_COMMITTED if writes else IsolationLevel.REPEATABLE_READ
        if writes:
            connection.exec_driver_sql(_TURN.format(int(LOCK_SECONDS * 1000), KNOWLEDGE_BASE.application_id))

    return engine


def _connect(address: Address) -> Callable[[], psycopg.Connection[object]]:
    """What makes connections to the server.

    Raises
    ------
    StoreError
        There is no driver, or libpq does not understand the address.
    """
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:  # also where there is no libpq
        remedy = 'install it: pip install "evidence-kb[postgresql]"'
        raise StoreError("the driver of PostgreSQL is missing", place=str(address), remedy=remedy) from error
    try:
        settings: dict[str, Any] = {**_SETTINGS, **conninfo_to_dict(address.whole()), "client_encoding": "utf8"}
    except psycopg.Error:
        # Its text repeats what it does not understand, which may be a part of a password.
        remedy = "see the settings behind the ?, and that each % is followed by two digits"
        problem = "PostgreSQL does not understand this address"
        raise StoreError(problem, place=str(address), remedy=remedy) from None

    def connect() -> psycopg.Connection[object]:
        try:
            made: psycopg.Connection[object] = _in_time(lambda: psycopg.connect(**settings))
        except TimeoutError:
            _refuse_silence(address)
        except psycopg.Error as error:
            raise _refused(error, address) from None
        encoding = made.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            made.close()
            problem = f"the database keeps texts as {encoding}, which cannot hold every letter"
            raise StoreError(problem, place=str(address), remedy="create one with ENCODING 'UTF8'")
        return made

    return connect


def _in_time(connect: Callable[[], psycopg.Connection[object]]) -> psycopg.Connection[object]:
    """Connect in a thread of its own: looking up a name, or trying all its addresses, knows no end by itself."""
    made: Future[psycopg.Connection[object]] = Future()

    def run() -> None:
        try:
            made.set_result(connect())
        except BaseException as error:
            made.set_exception(error)

    Thread(target=run, daemon=True, name="kb-connect").start()
    return made.result(CONNECT_SECONDS)


def _refuse_silence(address: Address) -> NoReturn:
    problem = f"the server did not answer within {CONNECT_SECONDS:g} s"
    raise StoreError(problem, place=str(address), remedy="see the address and the network")


def _refused(error: psycopg.Error, address: Address) -> StoreError:
    """What a failed connection means to a user."""
    from psycopg.errors import ConnectionTimeout

    if isinstance(error, ConnectionTimeout):
        _refuse_silence(address)
    told = _first_line(error).removeprefix("connection failed: ")
    _, _, said = told.partition("FATAL:")
    for words, problem, remedy in _REFUSALS:
        if words in said or (words == "password" and words in told):
            return StoreError(f"{problem} ({said.strip() or told})", place=str(address), remedy=remedy)
    problem = f"the server cannot be reached ({told})"
    return StoreError(problem, place=str(address), remedy="see the address, and whether the server runs")
