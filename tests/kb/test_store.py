"""The store as a file: locks, modes, and what is not ours is left alone. What both databases do: test_store_both.py."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from kb.errors import StoreError
from kb.model import Audit
from kb.store.store import Store
from tests import samples
from tests.writing import PROJECT, WRITER, renamed, replaced


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "knowledge.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store.open(path)
    yield opened
    opened.close()


def test_opening_it_twice_in_one_program_does_not_lose_what_is_written_after_another_program_closes_it(
    path: Path, sample_audit: Audit
) -> None:
    """Closing a file drops all locks that the process has on it, unless SQLite itself closes it."""
    store = Store.open(path)
    store.save(sample_audit)
    Store.open(path).close()
    subprocess.run([sys.executable, "-c", WRITER, str(path), "other"], cwd=PROJECT, check=True, timeout=120)
    store.save(renamed(sample_audit, "after.txt"))
    seen_by_others = (
        "import sys; from kb.store.store import Store; print(Store.open(sys.argv[1]).load('after.txt').as_of)"
    )
    subprocess.run([sys.executable, "-c", seen_by_others, str(path)], cwd=PROJECT, check=True, timeout=120)
    store.close()


def test_a_busy_knowledge_base_is_told_in_one_line(
    path: Path, sample_audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.store.file.BUSY_SECONDS", 0.05)
    store = Store.open(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"another program keeps the knowledge base busy.*; try again"):
            store.save(sample_audit)
        assert store.articles() == ()
    store.save(sample_audit)
    assert len(store.articles()) == 1
    store.close()


# Private, and made whole.


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_the_files_are_for_their_owner_alone(tmp_path: Path, sample_audit: Audit, umask: int) -> None:
    folder = tmp_path / ".kb"
    former = os.umask(umask)
    try:
        store = Store.open(folder / "knowledge.db")
        store.save(sample_audit)
        files = {name.name: mode(name) for name in folder.glob("knowledge.db*")}
        store.close()
    finally:
        os.umask(former)
    assert files == {"knowledge.db": 0o600, "knowledge.db-wal": 0o600, "knowledge.db-shm": 0o600}
    assert mode(folder) == 0o700
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert sorted(file.name for file in folder.iterdir()) == [".gitignore", "knowledge.db"]


def test_the_ignore_file_of_a_user_stays(tmp_path: Path) -> None:
    (tmp_path / ".kb").mkdir()
    (tmp_path / ".kb" / ".gitignore").write_text("mine\n", encoding="utf-8")
    Store.open(tmp_path / ".kb" / "knowledge.db").close()
    assert (tmp_path / ".kb" / ".gitignore").read_text(encoding="utf-8") == "mine\n"


def test_no_ignore_file_is_put_in_a_folder_of_the_user(path: Path) -> None:
    Store.open(path).close()
    assert [file.name for file in path.parent.iterdir()] == ["knowledge.db"]


def test_it_is_made_where_there_are_no_hard_links(
    path: Path, sample_audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*arguments: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", no_links)
    store = Store.open(path)
    store.save(sample_audit)
    assert store.load(samples.ARTICLE_ID) == sample_audit
    assert mode(path) == 0o600
    store.close()


def test_whoever_comes_second_uses_what_the_first_one_made(
    path: Path, sample_audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def first_come(made: Path, place: Path) -> None:
        monkeypatch.setattr(os, "link", link)
        first = Store.open(path)
        first.save(sample_audit)
        first.close()
        link(made, place)

    monkeypatch.setattr(os, "link", first_come)
    second = Store.open(path)
    assert second.load(samples.ARTICLE_ID) == sample_audit
    second.close()


def test_a_path_with_signs_of_an_address(tmp_path: Path, sample_audit: Audit) -> None:
    path = tmp_path / "what?mode=ro#100%25 ü.db"
    store = Store.open(path)
    store.save(sample_audit)
    store.close()
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_the_file_says_whose_it_is_and_waits_for_others(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA application_id").fetchone() == (int.from_bytes(b"EvKb", "big"),)
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert raw.execute("SELECT schema_version FROM meta").fetchall() == [(2,)]


# What is not ours, or damaged, is left alone.


def a_text(path: Path) -> None:
    path.write_text("A shopping list, and long enough to be taken for a header: " + "tea, " * 40, encoding="utf-8")


def an_empty_file(path: Path) -> None:
    path.touch()


def a_short_file(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0")


def a_foreign_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("CREATE TABLE meta (schema_version INTEGER)")
        raw.execute("INSERT INTO meta VALUES (1)")
        raw.commit()


def a_newer_one(path: Path) -> None:
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE meta SET schema_version = 3")
        raw.commit()


def one_without_a_version(path: Path) -> None:
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DELETE FROM meta")
        raw.commit()


def one_without_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA application_id = {int.from_bytes(b'EvKb', 'big')}")
        raw.execute("CREATE TABLE other (id)")
        raw.commit()


def one_cut_short(path: Path) -> None:
    store = Store.open(path)
    store.save(samples.sample_audit())
    store.close()
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (a_text, "it is not a knowledge base; name another file"),
        (an_empty_file, "the file is empty, not a knowledge base; delete it"),
        (a_short_file, "it is not a knowledge base; name another file"),
        (a_foreign_database, "it is the database of another program; name another file"),
        (a_newer_one, "a newer version of this program wrote it; update the program"),
        (one_without_a_version, "the knowledge base is damaged; restore it"),
        (one_without_tables, r"the knowledge base cannot be used \(no such table: meta\); restore it"),
        (one_cut_short, r"the knowledge base is damaged \(.*malformed\); restore it"),
        (Path.mkdir, "it is a folder, not a knowledge base; name another file"),
        (os.mkfifo, "it is not a file; name another"),
    ],
)
def test_what_is_no_knowledge_base_is_refused_and_left_as_it_was(
    path: Path, make: Callable[[Path], None], told: str
) -> None:
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreError, match=told) as caught:
        Store.open(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 3
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert not path.is_file() or path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("file/knowledge.db", r"cannot be opened \((Not a directory|File exists)\); name another file"),
        ("circle/knowledge.db", "name another file"),
        ("circle", "name another file"),
        ("a\0b.db", r"this is no path \(embedded null (byte|character)"),
        ("x" * 300, r"cannot be opened \(File name too long\)"),
    ],
)
def test_where_none_can_be_made_is_told_in_one_line(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "file").write_text("words", encoding="utf-8")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    with pytest.raises(StoreError, match=told) as caught:
        Store.open(tmp_path / name)
    assert "\n" not in str(caught.value)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["circle", "file"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "words"


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder, and a test that runs as somebody whom file modes hold back, even where root runs the tests."""
    folder = Path(tempfile.mkdtemp())
    root = os.geteuid() == 0
    if root:
        os.chown(folder, 65534, 65534)
        os.setresuid(65534, 65534, 0)
    yield folder
    if root:
        os.setresuid(0, 0, 0)
    folder.chmod(0o700)
    shutil.rmtree(folder)


def test_a_read_only_file_is_told_in_one_line(unprivileged: Path, sample_audit: Audit) -> None:
    path = unprivileged / "knowledge.db"
    store = Store.open(path)
    store.save(sample_audit)
    store.close()
    before = path.read_bytes()
    path.chmod(0o400)
    with pytest.raises(StoreError, match="the knowledge base is read-only; make the file and its folder writable"):
        Store.open(path)
    path.chmod(0o000)
    with pytest.raises(
        StoreError, match=r"cannot be opened \(unable to open database file\); make the file .* readable"
    ):
        Store.open(path)
    path.chmod(0o600)
    unprivileged.chmod(0o500)
    with pytest.raises(StoreError, match="the knowledge base is read-only"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_read_only_folder_is_told_in_one_line(unprivileged: Path) -> None:
    unprivileged.chmod(0o500)
    with pytest.raises(StoreError, match=r"cannot be opened \(Permission denied\)"):
        Store.open(unprivileged / "knowledge.db")
    assert list(unprivileged.iterdir()) == []


def test_a_full_disk_loses_nothing(path: Path, sample_audit: Audit) -> None:
    store = Store.open(path)
    store.save(sample_audit)

    @event.listens_for(store._database.engine, "begin")
    def no_more_room(connection: object) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]

    long = replaced(sample_audit, article=replaced(sample_audit.article, text="tea " * 50_000))
    with pytest.raises(StoreError, match=r"the disk is full, nothing was changed \(.*\); make room"):
        store.save(long)
    store.close()
    again = Store.open(path)
    assert again.load(samples.ARTICLE_ID) == sample_audit
    again.close()


SAVING_WITHOUT_ROOM = """
import resource, signal, sys
from kb.errors import StoreError
from kb.store.store import Store
from tests.samples import sample_audit
from msgspec.structs import replace
path, room = sys.argv[1:]
store = Store.open(path)
audit = sample_audit()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(room), int(room)))
try:
    store.save_all(replace(audit, article=replace(audit.article, id=f"{number}.txt")) for number in range(40))
except StoreError as error:
    print(error)
"""


@pytest.mark.parametrize("room", [40_000, 400_000])
def test_a_disk_that_fills_up_while_many_are_saved_loses_nothing(path: Path, sample_audit: Audit, room: int) -> None:
    """No file of the program may grow further, as if the disk had no more room."""
    store = Store.open(path)
    store.save(sample_audit)
    store.close()
    told = subprocess.run(
        [sys.executable, "-c", SAVING_WITHOUT_ROOM, str(path), str(room)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert re.fullmatch(rf"{re.escape(str(path))}: the disk .*, nothing was changed .*\n", told.stdout)
    again = Store.open(path)
    assert list(again.audits()) == [sample_audit]
    again.save(renamed(sample_audit, "after.txt"))
    assert len(again.articles()) == 2
    again.close()


def test_100_000_statements_on_one_source(store: Store, sample_audit: Audit) -> None:
    statement, line = sample_audit.statements[1], sample_audit.evidence[1]
    ids = [f"s{number}" for number in range(100_000)]
    many = replaced(
        sample_audit,
        statements=tuple(replaced(statement, id=one, fingerprint=one) for one in ids),
        citations=(replaced(sample_audit.citations[1], statements=tuple(ids)),),
        evidence=tuple(replaced(line, statement=one) for one in ids),
        assessments=(replaced(sample_audit.assessments[1], statement="s7"),),
        findings=(),
    )
    store.save(many)
    assert store.load(samples.ARTICLE_ID) == many
    assert [(one.statements, one.verdicts) for one in store.articles()] == [(100_000, {"supported": 1})]
    assert len(store.resting_on([line.source])) == 100_000
    store.save(sample_audit)
    assert store.load(samples.ARTICLE_ID) == sample_audit


def test_a_record_that_cannot_be_read_is_told_in_one_line(path: Path, store: Store, sample_audit: Audit) -> None:
    store.save(sample_audit)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE statement SET record = '{\"id\": 7}' WHERE id = 's3'")
        raw.commit()
    with pytest.raises(StoreError, match=r"the knowledge base is damaged \(.*\); restore it"):
        store.load(samples.ARTICLE_ID)
