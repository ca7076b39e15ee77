"""A knowledge base on a real server of PostgreSQL: who sees what when, and what goes wrong told in one line."""

from __future__ import annotations

import random
import secrets
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import create_engine, event, insert

from kb import KnowledgeBase
from kb.errors import DamagedError, StoreError
from kb.model import Audit
from kb.store.file import KNOWLEDGE_BASE
from kb.store.schema import METADATA, SCHEMA_VERSION, meta
from kb.store.store import Store
from tests import samples
from tests.postgres_server import Server
from tests.writing import PROJECT, renamed, replaced

PASSWORD = "correct horse & battery"


@pytest.fixture
def database(postgres_server: Server) -> Iterator[str]:
    """The name of a fresh database."""
    with postgres_server.database() as name:
        yield name


@pytest.fixture
def where(postgres_server: Server, database: str) -> str:
    return postgres_server.at(database)


@pytest.fixture
def store(where: str) -> Iterator[Store]:
    opened = Store.open(where)
    yield opened
    opened.close()


@pytest.fixture
def user(postgres_server: Server, database: str) -> Iterator[str]:
    """Somebody who may do nothing in the database yet."""
    name = f"kb_test_{secrets.token_hex(6)}"
    postgres_server.run(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'")
    yield name
    postgres_server.run(f"DROP OWNED BY {name}", database)
    postgres_server.run(f"DROP ROLE {name}")


@contextmanager
def told(words: str, where: str, kind: type[StoreError] = StoreError) -> Iterator[None]:
    """One line about the database, with these words, and nowhere the password."""
    with pytest.raises(kind, match=words) as caught:
        yield
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith("postgresql://")
    assert caught.value.exit_code == 3
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))
    assert "correct%20horse" not in "".join(traceback.format_exception(caught.value))


# The tables.


def test_a_new_database_is_given_the_tables_once(
    store: Store, where: str, database: str, postgres_server: Server
) -> None:
    Store.open(where).close()
    assert postgres_server.run("SELECT schema_version FROM meta", database) == [(2,)]
    comment = "SELECT obj_description('meta'::regclass)"
    assert postgres_server.run(comment, database) == [("knowledge base of evidence-kb",)]


def test_whoever_waited_for_the_tables_uses_those_that_are_there_then(
    where: str, database: str, postgres_server: Server
) -> None:
    import psycopg

    waits = "SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = database WHERE datname = '{}' AND NOT granted"
    with ThreadPoolExecutor() as pool, postgres_server.connected(database) as first:
        first.execute(f"SELECT pg_advisory_lock({KNOWLEDGE_BASE.application_id})".encode())
        second = pool.submit(Store.open, where)
        latest = time.monotonic() + 120
        while not postgres_server.run(waits.format(database)):
            assert time.monotonic() < latest
        engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(where))
        with engine.begin() as connection:
            METADATA.create_all(connection)
            connection.execute(insert(meta).values(schema_version=SCHEMA_VERSION))
        engine.dispose()
        first.execute(f"SELECT pg_advisory_unlock({KNOWLEDGE_BASE.application_id})".encode())
        store = second.result(120)
    assert store.articles() == ()
    store.close()


def test_every_text_is_ordered_by_code_points(store: Store, database: str, postgres_server: Server) -> None:
    asked = "SELECT DISTINCT collation_name FROM information_schema.columns WHERE table_schema = 'public'"
    texts = asked + " AND data_type IN ('text', 'character varying')"
    assert postgres_server.run(texts, database) == [("C",)]


def test_ids_are_ordered_as_in_python(store: Store, sample_audit: Audit) -> None:
    bare = replaced(
        sample_audit,
        **dict.fromkeys(
            ("statements", "citations", "references", "resolutions", "evidence", "assessments", "findings", "sources"),
            (),
        ),
    )
    ids = [
        "a",
        "B",
        "_",
        "é",
        "e\u0301",
        "z",
        "Z",
        "10",
        "9",
        "-",
        " ",
        "ß",
        "\uffff",
        "\U0001f600",
        "\ud7ff",
        "a b",
        "ab",
    ]
    shuffled = random.Random(7).sample(ids, len(ids))
    for one in shuffled:
        store.save(renamed(bare, one))
    assert [summary.id for summary in store.articles()] == sorted(ids)
    assert [audit.article.id for audit in store.audits()] == sorted(ids)


# Several at once.


def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(store: Store, where: str, sample_audit: Audit) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        store.save(renamed(sample_audit, name))
    audits = store.audits()
    assert next(audits).article.id == "a.txt"
    other = Store.open(where)
    other.delete("b.txt")
    other.save(replaced(renamed(sample_audit, "c.txt"), as_of="2030-01-01"))
    other.save(renamed(sample_audit, "d.txt"))
    assert list(audits) == [renamed(sample_audit, name) for name in ("b.txt", "c.txt")]
    assert [audit.article.id for audit in store.audits()] == ["a.txt", "c.txt", "d.txt"]
    other.close()


SAME = """
import sys
from kb.model import Review
from kb.store.store import Store
from msgspec.structs import replace
from tests.samples import sample_audit
where, name = sys.argv[1:]
told = dict(subject="statement", statement="s1", source=None, value="supported", date="2026-11-22", reason="read it")
store = Store.open(where)
for number in range(6):
    review = Review(person=f"{name} {number}", fingerprint="0000000000000001", **told)
    store.save(replace(sample_audit(), reviews=(review,)))
    assert len(next(store.audits()).sources) == 4
store.close()
"""


def test_auditors_of_the_same_article_lose_nothing_and_readers_find_it_whole(where: str) -> None:
    """Each replaces what the others wrote, and all reviews add up: a writer reads only when it is its turn."""
    command = [sys.executable, "-c", SAME, where]
    programs = [
        subprocess.Popen([*command, name], cwd=PROJECT, stderr=subprocess.PIPE, text=True)
        for name in ("Ada", "Ben", "Cy")
    ]
    for program in programs:
        _, errors = program.communicate(timeout=120)
        assert (program.returncode, errors) == (0, "")
    store = Store.open(where)
    people = sorted(review.person for review in store.reviews())
    assert people == sorted(f"{name} {number}" for name in ("Ada", "Ben", "Cy") for number in range(6))
    store.close()


def test_a_busy_knowledge_base_is_told_in_one_line(
    store: Store,
    where: str,
    database: str,
    postgres_server: Server,
    sample_audit: Audit,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kb.store.postgres.LOCK_SECONDS", 0.05)
    with postgres_server.connected(database) as other:
        other.execute(f"SELECT pg_advisory_lock({KNOWLEDGE_BASE.application_id})".encode())
        with told("another program keeps the knowledge base busy .*; try again when it has finished", where):
            store.save(sample_audit)
        assert store.articles() == ()
        # The end of a connection gives its locks back, but only when the server comes to it.
        other.execute(f"SELECT pg_advisory_unlock({KNOWLEDGE_BASE.application_id})".encode())
    store.save(sample_audit)
    assert len(store.articles()) == 1


# Whoever is cut off loses nothing that was there.


def cut_at(store: Store, postgres_server: Server, number: int) -> Callable[[], None]:
    """Cut the connection before its ``number``-th command; the returned function takes that back."""
    count = iter(range(10_000))

    def cut(connection: Any, *arguments: object) -> None:
        if next(count) == number:
            pid = connection.connection.driver_connection.info.backend_pid
            postgres_server.run(f"SELECT pg_terminate_backend({pid}, 10000)")

    event.listen(store._database.engine, "before_cursor_execute", cut)
    return lambda: event.remove(store._database.engine, "before_cursor_execute", cut)


@pytest.mark.parametrize("number", [0, 1, 5, 10])
def test_a_connection_that_is_cut_changes_nothing_and_is_made_again(
    store: Store, where: str, postgres_server: Server, sample_audit: Audit, number: int
) -> None:
    store.save(sample_audit)
    changed = replaced(sample_audit, as_of="2030-01-01", findings=())
    stop = cut_at(store, postgres_server, number)
    with told("the connection to the server was lost .*; try again", where):
        store.save(changed)
    stop()
    assert store.load(samples.ARTICLE_ID) == sample_audit
    store.save(changed)
    assert store.load(samples.ARTICLE_ID) == changed


def test_a_connection_that_is_cut_while_rows_are_copied_changes_nothing(
    store: Store, where: str, database: str, postgres_server: Server, sample_audit: Audit
) -> None:
    store.save(sample_audit)
    postgres_server.run(
        "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;"
        " CREATE TRIGGER cutting BEFORE INSERT ON evidence FOR EACH ROW EXECUTE FUNCTION cut()",
        database,
    )
    with told("the connection to the server was lost .*; try again", where):
        store.save(replaced(sample_audit, as_of="2030-01-01"))
    assert store.load(samples.ARTICLE_ID) == sample_audit


def test_a_connection_that_is_cut_before_the_end_of_a_transaction_is_told(
    store: Store, where: str, postgres_server: Server, sample_audit: Audit
) -> None:
    store.save(sample_audit)

    @event.listens_for(store._database.engine, "commit")
    def cut(connection: Any) -> None:
        pid = connection.connection.driver_connection.info.backend_pid
        postgres_server.run(f"SELECT pg_terminate_backend({pid}, 10000)")

    with told("the connection to the server was lost", where):
        store.delete(samples.ARTICLE_ID)
    event.remove(store._database.engine, "commit", cut)
    assert store.load(samples.ARTICLE_ID) == sample_audit


def test_a_connection_that_was_cut_while_nothing_happened_is_made_again(
    store: Store, database: str, postgres_server: Server, sample_audit: Audit
) -> None:
    store.save(sample_audit)
    others = f"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{database}'"
    postgres_server.run(others)
    assert store.load(samples.ARTICLE_ID) == sample_audit


# What the server says, in plain words.


@pytest.mark.parametrize(
    ("code", "line", "kind"),
    [
        ("53100", "the disk of the server is full, nothing was changed .*; make room and try again", StoreError),
        ("53200", "out of room or memory, nothing was changed", StoreError),
        ("57014", "the server stopped the work .*; try again, or ask .* longer statement_timeout", StoreError),
        ("40P01", "another program was in the way, nothing was changed .*; try again", StoreError),
        ("25006", "the server takes no changes", StoreError),
        ("XX001", "the knowledge base is damaged .*; restore it from a copy", DamagedError),
        ("58030", "the knowledge base cannot be used .*; name another database with --kb", StoreError),
    ],
)
def test_a_failure_on_the_server_is_told_in_one_line(
    store: Store,
    where: str,
    database: str,
    postgres_server: Server,
    sample_audit: Audit,
    code: str,
    line: str,
    kind: type[StoreError],
) -> None:
    store.save(sample_audit)
    postgres_server.run(
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION E'first\\nsecond' USING ERRCODE = '{code}'; END $$;"
        " CREATE TRIGGER failing BEFORE INSERT ON finding EXECUTE FUNCTION fail()",
        database,
    )
    with told(line, where, kind):
        store.save(replaced(sample_audit, as_of="2030-01-01"))
    assert store.load(samples.ARTICLE_ID) == sample_audit


def test_a_question_that_takes_too_long_for_the_server(
    store: Store, where: str, database: str, postgres_server: Server, sample_audit: Audit
) -> None:
    with postgres_server.connected(database) as other, other.transaction():
        other.execute(b"LOCK TABLE article")
        limited = Store.open(where + ("&" if "?" in where else "?") + "options=-c%20statement_timeout%3D1000")
        with told("the server stopped the work .*statement timeout", where):
            limited.articles()
        limited.close()


def test_an_id_that_is_too_long_for_an_index_changes_nothing(store: Store, where: str, sample_audit: Audit) -> None:
    store.save(sample_audit)
    long = "".join(random.Random(7).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=9000))
    with told("an id or a name is too long for an index of this database, nothing was changed .*; shorten it", where):
        store.save(renamed(sample_audit, long))
    assert [audit.article.id for audit in store.audits()] == [samples.ARTICLE_ID]


def test_a_cited_work_may_have_a_name_of_any_length(store: Store, sample_audit: Audit) -> None:
    long = "doi:10.5555/" + "".join(random.Random(7).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=9000))
    first, *others = sample_audit.sources
    audit = replaced(sample_audit, sources=(replaced(first, cites=(long,)), *others))
    store.save(audit)
    assert store.load(samples.ARTICLE_ID) == audit
    assert store.citing([long]) == {long: (first.id,)}


def test_a_record_that_cannot_be_read_is_told_in_one_line(
    store: Store, where: str, database: str, postgres_server: Server, sample_audit: Audit
) -> None:
    store.save(sample_audit)
    postgres_server.run("UPDATE statement SET record = '{\"id\": 7}' WHERE id = 's3'", database)
    with told(r"the knowledge base is damaged \(.*\); restore it", where, DamagedError):
        store.load(samples.ARTICLE_ID)


# What is not ours, newer or damaged is left alone.


@pytest.mark.parametrize(
    ("command", "line", "kind"),
    [
        (
            "UPDATE meta SET schema_version = 99",
            "a newer version of this program wrote it; update the program",
            StoreError,
        ),
        ("DELETE FROM meta", "the knowledge base is damaged; restore it", DamagedError),
        ("INSERT INTO meta VALUES (2)", "the knowledge base is damaged; restore it", DamagedError),
        ("UPDATE meta SET schema_version = 0", "the knowledge base is damaged; restore it", DamagedError),
        (
            "ALTER TABLE meta DROP COLUMN schema_version",
            r"the knowledge base is damaged \(.*\); restore it",
            DamagedError,
        ),
        ("COMMENT ON TABLE meta IS NULL", "it holds tables of another program .*; name another database", DamagedError),
    ],
)
def test_a_knowledge_base_that_is_not_to_be_used(
    store: Store, where: str, database: str, postgres_server: Server, command: str, line: str, kind: type[StoreError]
) -> None:
    postgres_server.run(command, database)
    before = postgres_server.run("SELECT * FROM meta", database)
    with told(line, where, kind):
        Store.open(where)
    assert postgres_server.run("SELECT * FROM meta", database) == before


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("CREATE TABLE source (id int)", r"it holds tables of another program \(source\); name another database"),
        ("CREATE VIEW article AS SELECT 1", r"it holds tables of another program \(article\); name another"),
        ("CREATE TABLE meta (schema_version int)", r"it holds tables of another program \(meta\)"),
        (
            "CREATE TABLE other (id int); CREATE INDEX covers_of ON other (id)",
            "it holds tables of another program .*covers",
        ),
    ],
)
def test_a_database_of_another_program_is_refused_and_left_as_it_was(
    where: str, database: str, postgres_server: Server, command: str, line: str
) -> None:
    postgres_server.run(command, database)
    relations = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY relname"
    before = postgres_server.run(relations, database)
    with told(line, where):
        Store.open(where)
    assert postgres_server.run(relations, database) == before


def test_tables_of_other_names_are_no_hindrance(
    where: str, database: str, postgres_server: Server, sample_audit: Audit
) -> None:
    postgres_server.run("CREATE TABLE shopping (article text)", database)
    store = Store.open(where)
    store.save(sample_audit)
    store.close()


def test_it_can_live_in_a_schema_of_its_own(
    where: str, database: str, postgres_server: Server, sample_audit: Audit
) -> None:
    postgres_server.run("CREATE TABLE public.source (id int); CREATE SCHEMA evidence", database)
    store = Store.open(where + ("&" if "?" in where else "?") + "options=-c%20search_path%3Devidence")
    store.save(sample_audit)
    store.close()
    assert postgres_server.run("SELECT count(*) FROM evidence.article", database) == [(1,)]


def test_a_search_path_that_leads_nowhere(where: str) -> None:
    with told("there is no schema to make tables in", where):
        Store.open(where + ("&" if "?" in where else "?") + "options=-c%20search_path%3Dnowhere")


def test_a_database_that_cannot_hold_every_letter_is_refused(postgres_server: Server) -> None:
    options = "ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    with postgres_server.database(options=options) as name:
        where = postgres_server.at(name)
        with told("keeps texts as LATIN1, which cannot hold every letter; create one with ENCODING 'UTF8'", where):
            Store.open(where)


# Who may do what.


@pytest.fixture
def with_password(postgres_server: Server, user: str) -> Iterator[str]:
    """The same user, whom the server asks for the password."""
    if postgres_server.folder is None:
        pytest.skip("the server of KB_TEST_POSTGRES is not ours to configure")
    file = postgres_server.folder / "pg_hba.conf"
    before = file.read_text(encoding="utf-8")
    # In place: the server goes on reading the file as another user, to whom it belongs.
    file.write_text(f"local all {user} scram-sha-256\n{before}", encoding="utf-8")
    postgres_server.run("SELECT pg_reload_conf()")
    yield user
    file.write_text(before, encoding="utf-8")
    postgres_server.run("SELECT pg_reload_conf()")


def test_a_password_is_never_told_and_never_stored(
    postgres_server: Server, database: str, with_password: str, sample_audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", "/dev/null")
    right = postgres_server.at(database, with_password, PASSWORD)
    for wrong in (
        postgres_server.at(database, with_password, PASSWORD + "!"),
        postgres_server.at(database, with_password),
    ):
        with told("the server does not accept this user and password .*; see the address, PGPASSWORD or", wrong):
            Store.open(wrong)
    with told("the server does not allow this .permission denied for schema public.*; ask the owner", right):
        Store.open(right)
    postgres_server.run(f"GRANT CREATE ON SCHEMA public TO {with_password}", database)
    store = Store.open(right)
    store.save(sample_audit)
    with pytest.raises(Exception, match="holds no such article") as caught:
        store.load("none")
    assert PASSWORD not in str(caught.value)
    store.close()
    kept = postgres_server.run("SELECT record || text FROM article UNION ALL SELECT record FROM finding", database)
    assert kept
    assert PASSWORD not in str(kept)


def test_somebody_who_may_only_read_reads(
    postgres_server: Server, database: str, where: str, user: str, sample_audit: Audit
) -> None:
    owner = Store.open(where)
    owner.save(sample_audit)
    owner.close()
    postgres_server.run(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {user}", database)
    store = Store.open(postgres_server.at(database, user))
    assert store.load(samples.ARTICLE_ID) == sample_audit
    with told("the server does not allow this .permission denied for table .*; ask the owner of the database", where):
        store.save(sample_audit)
    store.close()


def test_somebody_who_may_not_read_is_told(
    store: Store, postgres_server: Server, database: str, where: str, user: str
) -> None:
    with told("the server does not allow this .permission denied for table meta.*; ask the owner", where):
        Store.open(postgres_server.at(database, user))


# Servers that cannot be reached.


def test_a_database_or_a_user_that_is_not_there(postgres_server: Server, database: str) -> None:
    for where, line in (
        (postgres_server.at("kb_none"), "the server has no such database .*; create it with createdb"),
        (postgres_server.at(database, "kb_nobody"), "the server does not know this user"),
    ):
        with told(line, where):
            Store.open(where)


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        where = f"postgresql://ada:correct%20horse@127.0.0.1:{port}/evidence"
        with told(r"the server cannot be reached \(.*refused.*\); see the address, and whether the server runs", where):
            Store.open(where)
    with told("the server cannot be reached", ""):
        Store.open("postgresql:///evidence?host=/nowhere")


def test_a_server_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.store.postgres.CONNECT_SECONDS", 0.1)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        where = f"postgresql://ada:correct%20horse@127.0.0.1:{silent.getsockname()[1]}/evidence"
        with told("the server did not answer within 0.1 s; see the address and the network", where):
            Store.open(where)


def test_a_server_that_speaks_of_something_else() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        program = (
            "import socket, sys; s = socket.socket(fileno=0); c, _ = s.accept(); c.recv(99); c.sendall(b'HTTP/1.1 400')"
        )
        with subprocess.Popen([sys.executable, "-c", program], stdin=other.fileno()) as process:
            where = f"postgresql://ada:correct%20horse@127.0.0.1:{other.getsockname()[1]}/evidence?sslmode=disable"
            with told("the server cannot be reached", where):
                Store.open(where)
            process.wait(120)


def test_settings_that_libpq_does_not_know_are_not_repeated() -> None:
    for settings in ("passwrd=correct%20horse", "host=%00correct%20horse", "user=%zzcorrect%20horse"):
        where = f"postgresql://ada@127.0.0.1/evidence?{settings}"
        with told("PostgreSQL does not understand this address; see the settings behind the", where):
            Store.open(where)


# The driver.


def test_without_the_driver_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    where = "postgresql://ada@127.0.0.1/evidence"
    with told(r'the driver of PostgreSQL is missing; install it: pip install "evidence-kb\[postgresql\]"', where):
        Store.open(where)


def test_the_driver_is_loaded_for_an_address_alone() -> None:
    program = (
        "import sys, tempfile, pathlib; from kb import KnowledgeBase\n"
        "folder = tempfile.TemporaryDirectory()\n"
        "KnowledgeBase.open(pathlib.Path(folder.name) / 'kb.db').close()\n"
        "print('psycopg' in sys.modules, 'kb.store.postgres' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=True, capture_output=True, text=True)
    assert done.stdout == "False False\n"


def test_the_knowledge_base_of_python_takes_an_address(where: str, sample_audit: Audit) -> None:
    with KnowledgeBase.open(where) as base:
        base.add(sample_audit)
        assert base.audit(samples.ARTICLE_ID) == sample_audit
        assert len(base.statements()) == len(sample_audit.statements)
