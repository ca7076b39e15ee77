"""The store: what is saved comes back, what fails changes nothing, and what is not ours is left alone."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from kb.errors import StoreError, UsageError
from kb.model import Attribution, Audit, Record, Review, Verdict
from kb.store.sql import ArticleSummary
from kb.store.store import Store
from tests import samples

PROJECT = Path(__file__).resolve().parents[2]
AnyRecord = TypeVar("AnyRecord", bound=Record)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "knowledge.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store.open(path)
    yield opened
    opened.close()


def replaced(record: AnyRecord, **changes: object) -> AnyRecord:
    return msgspec.structs.replace(record, **changes)


def renamed(audit: Audit, article: str) -> Audit:
    return replaced(audit, article=replaced(audit.article, id=article))


def review(person: str, value: str = "supported") -> Review:
    return Review(
        subject="statement",
        statement="s1",
        source=None,
        value=value,
        person=person,
        date="2026-11-22",
        reason="read it",
        fingerprint="0000000000000001",
    )


# What is saved comes back.


def test_what_is_saved_comes_back(store: Store, sample_audit: Audit) -> None:
    store.save(sample_audit)
    assert store.load(samples.ARTICLE_ID) == sample_audit


def test_it_is_there_after_the_file_is_opened_again(path: Path, store: Store, sample_audit: Audit) -> None:
    store.save(sample_audit)
    store.close()
    again = Store.open(path)
    assert list(again.audits()) == [sample_audit]
    again.close()


def test_saving_the_same_audit_twice_changes_nothing(store: Store, sample_audit: Audit) -> None:
    audit = replaced(sample_audit, reviews=(review("Ada"), review("Ben")))
    store.save(audit)
    store.save(audit)
    assert store.load(samples.ARTICLE_ID) == audit
    assert len(store.articles()) == 1


@pytest.fixture(scope="module")
def kept_open(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(tmp_path_factory.mktemp("store") / "knowledge.db")
    yield opened
    opened.close()


words = st.text(max_size=20) | st.sampled_from(["\0", "e\u0301", "\u202eabc", "\U0010ffff", "'; DROP TABLE source; --"])


def worded(article: str, texts: list[str], *, empty: bool) -> Audit:
    audit = samples.sample_audit()
    title, text, sentence, reason, abstract, entry, message = texts
    return replaced(
        audit,
        article=replaced(audit.article, id=article, title=title, text=text),
        statements=tuple(replaced(one, text=sentence, reasons=(reason, "")) for one in audit.statements),
        sources=tuple(replaced(one, abstract=abstract, title=title) for one in audit.sources),
        references=tuple(replaced(one, text=entry, doi=entry) for one in audit.references),
        findings=() if empty else tuple(replaced(one, message=message) for one in audit.findings),
        notes=(reason, message),
        reviews=() if empty else (review(title), review(title)),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(words, min_size=7, max_size=7), words, st.booleans())
def test_any_text_comes_back_exactly_but_for_nul(kept_open: Store, texts: list[str], name: str, empty: bool) -> None:
    article = "a" + name.replace("\0", "")
    kept_open.save(worded(article, texts, empty=empty))
    without = [text.replace("\0", "\ufffd") for text in texts]
    assert kept_open.load(article) == worded(article, without, empty=empty)
    kept_open.delete(article)


def test_an_article_without_anything_comes_back(store: Store, sample_audit: Audit) -> None:
    nothing: dict[str, tuple[Record, ...]] = {
        field: () for field in msgspec.structs.asdict(sample_audit) if field not in ("article", "as_of")
    }
    store.save(replaced(sample_audit, **nothing))
    assert store.load(samples.ARTICLE_ID) == replaced(sample_audit, **nothing)


@pytest.mark.parametrize("sign", ["\ud83d", "\udc00", "\0"])
def test_what_is_no_text_becomes_a_replacement_character(store: Store, sample_audit: Audit, sign: str) -> None:
    """One for one and wherever it stands: also in a key that another record names."""
    source, reference = sample_audit.sources[0], sample_audit.references[0]

    def told(sign: str) -> Audit:
        name = f"m{sign}arlow"
        return replaced(
            sample_audit,
            article=replaced(sample_audit.article, text=f"{sign}{sign}Tea", title=sign),
            sources=(
                replaced(source, title=f"Tea{sign} and {sign}sleep", authors=(sign, "Ng"), abstract=f"\\u0000{sign}"),
                *sample_audit.sources[1:],
            ),
            references=(replaced(reference, id=name), *sample_audit.references[1:]),
            resolutions=(replaced(sample_audit.resolutions[0], reference=name), *sample_audit.resolutions[1:]),
            notes=(sign,),
        )

    store.save(told(sign))
    assert store.load(samples.ARTICLE_ID) == told("\ufffd")


def test_words_that_only_look_like_an_escape_stay(store: Store, sample_audit: Audit) -> None:
    audit = replaced(sample_audit, notes=("\\u0000 and \\ud800",))
    store.save(audit)
    assert store.load(samples.ARTICLE_ID) == audit


@pytest.mark.parametrize("name", ["notes\udcff.txt", "notes\0.txt"])
def test_an_article_whose_name_is_no_text_is_refused(store: Store, sample_audit: Audit, name: str) -> None:
    with pytest.raises(UsageError, match="the name of this file is no text; rename it"):
        store.save(renamed(sample_audit, name))
    assert store.articles() == ()


@pytest.mark.parametrize("article", ["", "articles/other.txt", "notes\udcff.txt", "a\0b", samples.ARTICLE_ID.upper()])
def test_an_unknown_article_is_told_in_one_line(store: Store, sample_audit: Audit, article: str) -> None:
    store.save(sample_audit)
    for ask in (store.load, store.delete):
        with pytest.raises(UsageError, match="holds no such article; audit it first"):
            ask(article)
    assert store.load(samples.ARTICLE_ID) == sample_audit


# Many articles.


def test_the_list_of_articles(store: Store, sample_audit: Audit) -> None:
    store.save(renamed(sample_audit, "b.txt"))
    nothing: tuple[Record, ...] = ()
    none = replaced(renamed(sample_audit, "a.txt"), statements=nothing, citations=nothing, evidence=nothing)
    store.save(replaced(none, assessments=nothing, findings=nothing, as_of="2026-12-01"))
    verdicts: dict[Verdict, int] = {"needs no source": 1, "not checked": 1, "supported": 1, "unsupported": 4}
    assert store.articles() == (
        ArticleSummary(id="a.txt", title=samples.TITLE, as_of="2026-12-01", statements=0, verdicts={}),
        ArticleSummary(id="b.txt", title=samples.TITLE, as_of="2026-11-22", statements=7, verdicts=verdicts),
    )


def test_sources_are_shared_and_removed_with_the_last_article(store: Store, sample_audit: Audit) -> None:
    one = renamed(sample_audit, "one.txt")
    two = replaced(
        renamed(sample_audit, "two.txt"),
        sources=sample_audit.sources[:2],
        references=sample_audit.references[:2],
        resolutions=(),
        evidence=(),
        findings=(),
    )
    store.save(one)
    store.save(two)
    assert [source.id for source in store.sources()] == sorted(source.id for source in sample_audit.sources)
    store.delete("one.txt")
    assert [source.id for source in store.sources()] == sorted(source.id for source in two.sources)
    assert store.load("two.txt") == two
    store.delete("two.txt")
    assert store.sources() == ()


def test_a_new_audit_takes_the_place_of_the_former_one(store: Store, sample_audit: Audit) -> None:
    store.save(sample_audit)
    shorter = replaced(
        sample_audit,
        statements=sample_audit.statements[:2],
        citations=sample_audit.citations[:2],
        references=sample_audit.references[:2],
        sources=sample_audit.sources[:2],
        resolutions=sample_audit.resolutions[:2],
        evidence=sample_audit.evidence[:2],
        assessments=sample_audit.assessments[:2],
        findings=(),
        as_of="2026-12-24",
    )
    store.save(shorter)
    assert store.load(samples.ARTICLE_ID) == shorter
    assert len(store.sources()) == 2


def test_a_source_told_of_later_is_newer_for_every_article(store: Store, sample_audit: Audit) -> None:
    store.save(renamed(sample_audit, "one.txt"))
    told = Attribution(by="Crossref", fields=("abstract",), asked="2026-12-24")
    newer = replaced(sample_audit.sources[0], abstract="Herbs and sleep are old friends.", said=(told,))
    store.save(replaced(renamed(sample_audit, "two.txt"), sources=(newer, *sample_audit.sources[1:])))
    assert store.load("one.txt").sources[0] == newer


def test_an_audit_without_a_network_takes_no_knowledge_of_a_source_away(store: Store, sample_audit: Audit) -> None:
    store.save(sample_audit)
    offline = tuple(replaced(source, notices=(), abstract="", said=()) for source in sample_audit.sources)
    store.save(replaced(renamed(sample_audit, "two.txt"), sources=offline))
    tern = sample_audit.sources[2]
    assert tern.notices
    assert store.load("two.txt").sources[2] == tern
    assert store.load(samples.ARTICLE_ID).sources[2] == tern


def test_reviews_survive_a_new_audit(store: Store, sample_audit: Audit) -> None:
    store.save(replaced(sample_audit, reviews=(review("Ada"),)))
    store.save(replaced(sample_audit, statements=sample_audit.statements, reviews=()))
    store.save(replaced(sample_audit, reviews=(review("Ben"), review("Ada"))))
    assert store.load(samples.ARTICLE_ID).reviews == (review("Ada"), review("Ben"))


# What fails changes nothing.


class Injected(Exception):
    """A failure that a test puts in the way."""


def fail_at(store: Store, number: int) -> Callable[[], None]:
    """Make the ``number``-th command to the database raise; the returned function takes that back."""
    count = iter(range(10_000))

    def fail(*arguments: object) -> None:
        if next(count) == number:
            raise Injected

    event.listen(store._database.engine, "before_cursor_execute", fail)
    return lambda: event.remove(store._database.engine, "before_cursor_execute", fail)


def test_a_failure_at_any_step_of_saving_leaves_the_former_state(store: Store, sample_audit: Audit) -> None:
    store.save(sample_audit)
    other = replaced(sample_audit.sources[0], id="doi:10.5555/new", title="New")
    changed = replaced(
        sample_audit,
        as_of="2027-01-01",
        sources=(*(replaced(source, abstract="Other words.") for source in sample_audit.sources), other),
        findings=(),
        reviews=(review("Ada"),),
    )
    for number in range(10_000):
        stop = fail_at(store, number)
        try:
            store.save(changed)
        except Injected:
            stop()
            assert store.load(samples.ARTICLE_ID) == sample_audit, f"changed by a failure at step {number}"
            assert len(store.sources()) == 4
        else:
            stop()
            break
    assert number > 20
    assert store.load(samples.ARTICLE_ID) == changed


@pytest.mark.parametrize(
    "field", ["resolutions", "evidence", "assessments", "findings", "references", "sources", "statements"]
)
def test_an_audit_that_does_not_hold_together_changes_nothing(store: Store, sample_audit: Audit, field: str) -> None:
    stray = {
        "resolutions": replaced(sample_audit.resolutions[0], reference="none"),
        "evidence": replaced(sample_audit.evidence[0], source="doi:10.5555/none"),
        "assessments": replaced(sample_audit.assessments[0], statement="none"),
        "findings": replaced(sample_audit.findings[0], statement="none"),
        "references": replaced(sample_audit.references[0], id="more", source="doi:10.5555/none"),
        "sources": sample_audit.sources[0],
        "statements": sample_audit.statements[0],
    }
    store.save(sample_audit)
    broken = replaced(sample_audit, **{field: (*getattr(sample_audit, field), stray[field])})
    with pytest.raises(StoreError, match="do not hold together"):
        store.save(broken)
    assert store.load(samples.ARTICLE_ID) == sample_audit


WRITER = """
import sys
from kb.store.store import Store
from tests.samples import sample_audit
from msgspec.structs import replace
path, name = sys.argv[1:]
store = Store.open(path)
audit = sample_audit()
for number in range(15):
    store.save(replace(audit, article=replace(audit.article, id=f"{name}-{number:02}.txt")))
store.close()
"""


def test_programs_that_begin_and_write_at_once_lose_nothing(path: Path, sample_audit: Audit) -> None:
    def start(name: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), name], cwd=PROJECT, stderr=subprocess.PIPE, text=True
        )

    names = ("one", "two", "three")
    for program in [start(name) for name in names]:
        _, errors = program.communicate(timeout=120)
        assert (program.returncode, errors) == (0, "")
    store = Store.open(path)
    assert [summary.id for summary in store.articles()] == sorted(
        f"{name}-{number:02}.txt" for name in names for number in range(15)
    )
    assert store.load("two-07.txt") == renamed(sample_audit, "two-07.txt")
    store.close()


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


def test_a_record_that_cannot_be_read_is_told_in_one_line(path: Path, store: Store, sample_audit: Audit) -> None:
    store.save(sample_audit)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE statement SET record = '{\"id\": 7}' WHERE id = 's3'")
        raw.commit()
    with pytest.raises(StoreError, match=r"the knowledge base is damaged \(.*\); restore it"):
        store.load(samples.ARTICLE_ID)
