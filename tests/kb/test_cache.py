"""The cache: what registries said comes back, several programs lose nothing, and no fault of its file stops a run."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Attribution, Disagreement, Notice, Source
from kb.store.cache import FORM, Cache, Remembered
from kb.store.pacing import Pacing
from kb.store.store import Store

PROJECT = Path(__file__).resolve().parents[2]
DAY = "2026-11-22"
WORK = Source(
    id="doi:10.5555/heat",
    doi="10.5555/heat",
    pmid="12345678",
    title="Heat & “cold” for knees: 1 < 2",
    authors=("Roe", "Müller-Łoś"),
    year="2016",
    abstract="Heat eased pain.\nCold did not.",
    mesh=("Knee Joint",),
    cites=("doi:10.5555/older", "pmid:1"),
    notices=(Notice(kind="retraction", said_by=("the publisher, by Crossref",), date="2019-02", doi="10.5555/r"),),
    disagreements=(Disagreement(field="year", says=(("Crossref", "2016"), ("PubMed", "2015"))),),
    said=(Attribution(by="Crossref", fields=("doi", "title"), asked=DAY),),
)


def work(doi: str, title: str = "A work") -> Source:
    return Source(id=f"doi:{doi}", doi=doi, title=title)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache.db"


@pytest.fixture
def lines() -> list[str]:
    """What was told to the user."""
    return []


@pytest.fixture
def cache(path: Path, lines: list[str]) -> Iterator[Cache]:
    with Cache.open(path, lines.append) as opened:
        yield opened
    assert lines == []


# What was said comes back.


def test_a_work_and_the_word_that_there_is_none_come_back(cache: Cache) -> None:
    cache.remember("Crossref", {"10.5555/heat": WORK, "10.5555/none": None}, DAY)
    assert cache.remembered("Crossref", ["10.5555/heat", "10.5555/none", "10.5555/unasked"], DAY) == {
        "10.5555/heat": Remembered(WORK, DAY),
        "10.5555/none": Remembered(None, DAY),
    }


def test_it_is_there_in_the_next_run(path: Path) -> None:
    with Cache.open(path) as first:
        first.remember("Crossref", {"10.5555/heat": WORK}, DAY)
    with Cache.open(path) as second:
        assert second.remembered("Crossref", ["10.5555/heat"]) == {"10.5555/heat": Remembered(WORK, DAY)}


def test_each_registry_has_its_own_word(cache: Cache) -> None:
    cache.remember("Crossref", {"10.5555/heat": None}, DAY)
    cache.remember("DataCite", {"10.5555/heat": WORK}, DAY)
    assert cache.remembered("Crossref", ["10.5555/heat"])["10.5555/heat"].source is None
    assert cache.remembered("DataCite", ["10.5555/heat"])["10.5555/heat"].source == WORK
    assert cache.remembered("PubMed", ["10.5555/heat"]) == {}


@pytest.mark.parametrize(
    ("asked", "not_before", "there"),
    [
        ("2026-11-22", "", True),
        ("2026-11-22", "2026-11-22", True),
        ("2026-11-22", "2026-11-21", True),
        ("2026-11-22", "2026-11-23", False),
        ("2025-12-31", "2026-01-01", False),
    ],
)
def test_what_is_too_old_is_not_remembered(cache: Cache, asked: str, not_before: str, there: bool) -> None:
    cache.remember("Crossref", {"10.5555/heat": WORK}, asked)
    assert bool(cache.remembered("Crossref", ["10.5555/heat"], not_before)) is there


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("2026-01-01", "2026-01-02", "second"),
        ("2026-01-01", "2026-01-01", "second"),
        ("2026-01-02", "2026-01-01", "first"),
    ],
)
def test_the_later_word_counts(cache: Cache, first: str, second: str, kept: str) -> None:
    cache.remember("Crossref", {"10.5555/a": work("10.5555/a", "first")}, first)
    cache.remember("Crossref", {"10.5555/a": work("10.5555/a", "second")}, second)
    found = cache.remembered("Crossref", ["10.5555/a"])["10.5555/a"]
    assert found.source is not None
    assert found.source.title == kept


def test_more_ids_than_one_statement_takes(cache: Cache) -> None:
    ids = [f"10.5555/{number}" for number in range(1201)]
    cache.remember("Crossref", {one: work(one) for one in ids}, DAY)
    found = cache.remembered("Crossref", [*ids, *ids])
    assert list(found) == ids
    assert all(found[one].source == work(one) for one in ids)


ODD = (
    "10.1002/(SICI)1096-8644(199601)99:1<1::AID-AJPA1>3.0.CO;2-1",
    '10.1000/"quoted"',
    "10.1000/'; DROP TABLE told; --",
    "10.1000/a%2Fb",
    "10.1000/a b",
    "10.1000/ünïcode",
    "10.1000/u\u0308",
    "10.1000/ü",
    "10.1000/line\nbreak",
    "10.1000/🦴",
    "10.1000/" + "x" * 5000,
    "",
)


def test_odd_ids_are_kept_apart(cache: Cache) -> None:
    cache.remember("Crossref", {one: work("10.5555/odd", f"number {place}") for place, one in enumerate(ODD)}, DAY)
    found = cache.remembered("Crossref", ODD)
    assert {one: told.source for one, told in found.items()} == {
        one: work("10.5555/odd", f"number {place}") for place, one in enumerate(ODD)
    }


@pytest.mark.parametrize("sign", ["\ud800", "\0"])
def test_what_is_no_text_spoils_neither_the_ids_nor_the_works_beside_it(cache: Cache, sign: str) -> None:
    """JSON of registries may hold half a surrogate pair or a NUL, which no store can hold."""
    cache.remember("Crossref", {f"10.5555/{sign}": WORK, "10.5555/a": work("10.5555/a", f"half {sign} a pair")}, DAY)
    found = cache.remembered("Crossref", [f"10.5555/{sign}", "10.5555/a"])
    assert found == {"10.5555/a": Remembered(work("10.5555/a", "half \N{REPLACEMENT CHARACTER} a pair"), DAY)}


@pytest.fixture(scope="module")
def kept_open(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cache]:
    with Cache.open(tmp_path_factory.mktemp("any") / "cache.db") as opened:
        yield opened


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


@given(told=st.dictionaries(TEXT, st.none() | st.builds(work, TEXT, TEXT)), registry=TEXT)
def test_any_text_comes_back_exactly(kept_open: Cache, told: dict[str, Source | None], registry: str) -> None:
    kept_open.remember(registry, told, DAY)
    assert kept_open.remembered(registry, list(told)) == {one: Remembered(said, DAY) for one, said in told.items()}


def test_records_of_another_form_are_asked_for_anew(path: Path, lines: list[str]) -> None:
    with Cache.open(path) as former:
        former.remember("Crossref", {"10.5555/heat": WORK}, DAY)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version = {FORM + 1}")
    with Cache.open(path, lines.append) as cache:
        assert cache.remembered("Crossref", ["10.5555/heat"]) == {}
        cache.remember("Crossref", {"10.5555/heat": WORK}, DAY)
        assert cache.remembered("Crossref", ["10.5555/heat"]) == {"10.5555/heat": Remembered(WORK, DAY)}
    assert lines == []


def test_a_record_that_cannot_be_read_is_one_that_is_not_there(cache: Cache, path: Path) -> None:
    cache.remember("Crossref", {"10.5555/heat": WORK, "10.5555/a": WORK}, DAY)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("""UPDATE told SET record = '{"id": 7' WHERE id = '10.5555/a'""")
        raw.commit()
    assert list(cache.remembered("Crossref", ["10.5555/a", "10.5555/heat"])) == ["10.5555/heat"]


def test_it_is_private(cache: Cache, path: Path) -> None:
    before = os.umask(0)
    try:
        cache.remember("Crossref", {"10.5555/heat": WORK}, DAY)
    finally:
        os.umask(before)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert set(modes) >= {"cache.db", "cache.db-wal"}
    assert set(modes.values()) == {0o600}


def test_a_closed_cache_remembers_nothing(path: Path) -> None:
    cache = Cache.open(path)
    cache.close()
    cache.remember("Crossref", {"10.5555/heat": WORK}, DAY)
    assert cache.remembered("Crossref", ["10.5555/heat"]) == {}


# Damage.


def filled(path: Path) -> None:
    with Cache.open(path) as cache:
        cache.remember(
            "Crossref", {f"10.5555/{number}": work(f"10.5555/{number}", "x" * 500) for number in range(99)}, DAY
        )


def cut_short(path: Path) -> None:
    filled(path)
    os.truncate(path, path.stat().st_size // 2)


def cut_to_its_header(path: Path) -> None:
    filled(path)
    os.truncate(path, 100)


def emptied(path: Path) -> None:
    filled(path)
    os.truncate(path, 0)


def garbage(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def overwritten_inside(path: Path) -> None:
    """The header is whole; the damage shows only when the table is read."""
    filled(path)
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


def overwritten_after_its_header(path: Path) -> None:
    filled(path)
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * (len(content) - 100))


def another_programs(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE told (mine)")
        raw.commit()


DAMAGES = (
    cut_short,
    cut_to_its_header,
    emptied,
    garbage,
    overwritten_inside,
    overwritten_after_its_header,
    another_programs,
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_set_aside_in_one_line_and_begun_anew(
    path: Path, lines: list[str], damage: Callable[[Path], None]
) -> None:
    damage(path)
    before = path.read_bytes()
    with Cache.open(path, lines.append) as cache:
        assert cache.remembered("Crossref", ["10.5555/1"]) == {}
        cache.remember("Crossref", {"10.5555/heat": WORK}, DAY)
        assert cache.remembered("Crossref", ["10.5555/heat"]) == {"10.5555/heat": Remembered(WORK, DAY)}
    (line,) = lines
    assert line.startswith(f"{path}: ")
    assert line.endswith("; it was set aside as cache.db.broken-1, and a new one is begun")
    assert "\n" not in line
    assert path.with_name("cache.db.broken-1").read_bytes() == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with Cache.open(path, lines.append) as again:
        assert list(again.remembered("Crossref", ["10.5555/heat"])) == ["10.5555/heat"]
    assert len(lines) == 1


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_turns_kept_in_a_damaged_file_are_taken_without_it(path: Path, damage: Callable[[Path], None]) -> None:
    damage(path)
    assert Pacing.shared(path).turn("127.0.0.1", "list", (1, 1.0, 1)).wait == 0


def test_each_damaged_file_is_kept(path: Path, lines: list[str]) -> None:
    for _ in range(3):
        garbage(path)
        Cache.open(path, lines.append).close()
    assert [line.rpartition("aside as ")[2].partition(",")[0] for line in lines] == [
        "cache.db.broken-1",
        "cache.db.broken-2",
        "cache.db.broken-3",
    ]


def test_damage_in_the_middle_of_a_run(path: Path, lines: list[str]) -> None:
    filled(path)
    with Cache.open(path, lines.append) as cache:
        path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 40000)
        cache.remember("Crossref", {"10.5555/heat": WORK}, DAY)
        assert list(cache.remembered("Crossref", ["10.5555/heat", "10.5555/1"])) == ["10.5555/heat"]
    assert len(lines) == 1


def test_a_file_that_somebody_deleted_or_replaced_in_the_middle_of_a_run(path: Path, lines: list[str]) -> None:
    with Cache.open(path, lines.append) as cache:
        for file in path.parent.iterdir():
            file.unlink()
        cache.remember("Crossref", {"10.5555/heat": WORK}, DAY)
        with Cache.open(path) as other:
            assert list(other.remembered("Crossref", ["10.5555/heat"])) == ["10.5555/heat"]
    assert lines == []


def test_an_old_log_is_not_taken_for_that_of_the_new_file(path: Path, lines: list[str]) -> None:
    garbage(path)
    log = Path(f"{path}-wal")
    log.write_bytes(b"the log of the damaged file")
    with Cache.open(path, lines.append) as cache:
        cache.remember("Crossref", {"10.5555/heat": WORK}, DAY)
    assert path.with_name("cache.db.broken-1-wal").read_bytes() == b"the log of the damaged file"


# What keeps the file from being used is told once, and the run goes on without.


def a_folder(path: Path) -> None:
    path.mkdir()
    (path / "precious").write_text("the user's", encoding="utf-8")


def a_knowledge_base(path: Path) -> None:
    Store.open(path).close()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (a_folder, "it is a folder, not a cache; name another file as the setting cache"),
        (a_knowledge_base, "it is a knowledge base, not a cache; name another file as the setting cache"),
        (os.mkfifo, "it is not a file; name another file as the setting cache"),
    ],
)
def test_what_cannot_be_a_cache_is_left_alone_and_told_once(
    path: Path, lines: list[str], make: Callable[[Path], None], told: str
) -> None:
    make(path)
    before = sorted(path.parent.rglob("*"))
    with Cache.open(path, lines.append) as cache:
        cache.remember("Crossref", {"10.5555/heat": WORK}, DAY)
        assert cache.remembered("Crossref", ["10.5555/heat"]) == {}
    assert lines == [f"{path}: {told} (nothing is remembered in this run)"]
    assert sorted(path.parent.rglob("*")) == before


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


def test_a_read_only_file_is_told_once_and_left_as_it_was(unprivileged: Path, lines: list[str]) -> None:
    path = unprivileged / "cache.db"
    filled(path)
    before = path.read_bytes()
    path.chmod(0o400)
    with Cache.open(path, lines.append) as cache:
        cache.remember("Crossref", {"10.5555/heat": WORK}, DAY)
        assert cache.remembered("Crossref", ["10.5555/heat"]) == {}
    (line,) = lines
    assert "the cache is read-only; make the file and its folder writable" in line
    assert path.read_bytes() == before


def test_garbage_in_a_read_only_folder_is_told_once(unprivileged: Path, lines: list[str]) -> None:
    path = unprivileged / "cache.db"
    garbage(path)
    unprivileged.chmod(0o500)
    with Cache.open(path, lines.append) as cache:
        assert cache.remembered("Crossref", ["10.5555/heat"]) == {}
    (line,) = lines
    assert "Permission denied" in line
    assert [file.name for file in unprivileged.iterdir()] == ["cache.db"]


def test_a_file_that_another_program_keeps_busy_stops_nothing(
    path: Path, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.store.file.BUSY_SECONDS", 0.05)
    with Cache.open(path, lines.append) as cache, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        cache.remember("Crossref", {"10.5555/heat": WORK}, DAY)
        cache.remember("Crossref", {"10.5555/cold": WORK}, DAY)
    (line,) = lines
    assert "another program keeps the cache busy" in line


# Several at once.

WRITER = """
import sys
from pathlib import Path
from kb.model import Source
from kb.store.cache import Cache
path, name = sys.argv[1:]
told = []
with Cache.open(Path(path), told.append) as cache:
    for pack in range(25):
        ids = [f"10.5555/{name}-{pack}-{number}" for number in range(4)]
        cache.remember("Crossref", {one: Source(id="doi:" + one, doi=one) for one in ids}, "2026-11-22")
print(len(told))
"""


def run_at_once(path: Path, names: tuple[str, ...]) -> list[int]:
    """How many lines each program told its user."""
    command = [sys.executable, "-c", WRITER, str(path)]
    programs = [
        subprocess.Popen([*command, name], cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for name in names
    ]
    told: list[int] = []
    for program in programs:
        output, errors = program.communicate(timeout=120)
        assert (program.returncode, errors) == (0, "")
        told.append(int(output))
    return told


@pytest.mark.parametrize("prepare", [None, garbage, overwritten_inside])
def test_programs_that_begin_and_write_at_once_lose_nothing(path: Path, prepare: Callable[[Path], None] | None) -> None:
    """Also where all of them find a damaged file: one sets it aside, and none the new one of another."""
    if prepare is not None:
        prepare(path)
    names = ("one", "two", "three", "four")
    told = run_at_once(path, names)
    assert sum(told) == (0 if prepare is None else 1)
    ids = [f"10.5555/{name}-{pack}-{number}" for name in names for pack in range(25) for number in range(4)]
    with Cache.open(path) as cache:
        assert list(cache.remembered("Crossref", ids)) == ids
    assert len(list(path.parent.glob("*.broken-?"))) == sum(told)


def test_threads_share_one_cache(cache: Cache) -> None:
    def write(name: int) -> None:
        for number in range(50):
            cache.remember("Crossref", {f"10.5555/{name}-{number}": None}, DAY)
            cache.remembered("Crossref", [f"10.5555/{name}-{number}"])

    threads = [threading.Thread(target=write, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = [f"10.5555/{name}-{number}" for name in range(4) for number in range(50)]
    assert len(cache.remembered("Crossref", ids)) == 200
