"""The linter's memory: what was kept is found again, damage is thrown away, other people's files are left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kb.errors import StoreError
from kb.store import results
from kb.store.cache import Cache
from kb.store.results import Results, Row

ONE = Row("one.md", b"1", "[]", b"brief", b"first")
TWO = Row("two.md", b"2", '[["a.bib","x"]]', b"brief too", b"second")


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    file = tmp_path / ".kb" / "check.db"
    with Results.open(file) as results:
        results.keep([ONE, TWO])
    with Results.open(file) as results:
        assert results.of(["one.md", "two.md", "three.md"], whole=True) == {"one.md": ONE, "two.md": TWO}
        assert results.of(["one.md"], whole=False) == {"one.md": ONE._replace(found=b"")}
        results.keep([ONE._replace(found=b"newer")], gone=["two.md"])
        assert results.of(["one.md", "two.md"], whole=True) == {"one.md": ONE._replace(found=b"newer")}
        assert results.articles() == ("one.md",)
    assert file.stat().st_mode & 0o777 == 0o600
    assert (file.parent / ".gitignore").read_text() == "*\n"


def test_many_are_asked_for_at_once(tmp_path: Path) -> None:
    rows = [Row(f"{number}.md", b"x", "[]", b"y", b"z") for number in range(1_234)]
    with Results.open(tmp_path / "check.db") as results:
        results.keep(rows)
        assert results.of([row.article for row in rows], whole=True) == {row.article: row for row in rows}


def test_two_programs_share_it(tmp_path: Path) -> None:
    file = tmp_path / "check.db"
    with Results.open(file) as first, Results.open(file) as second:
        first.keep([ONE])
        second.keep([TWO])
        for one in (first, second):
            assert one.of(["one.md", "two.md"], whole=True).keys() == {"one.md", "two.md"}


def test_a_file_that_is_cut_short_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "check.db"
    with Results.open(file) as results:
        results.keep([ONE])
    file.write_bytes(file.read_bytes()[:5000])
    with Results.open(file) as results:
        assert results.of(["one.md"], whole=True) == {}
        results.keep([ONE])
        assert results.of(["one.md"], whole=True) == {"one.md": ONE}


def test_an_empty_file_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "check.db").touch()
    with Results.open(tmp_path / "check.db") as results:
        assert results.articles() == ()


def test_of_another_form_nothing_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "check.db"
    with Results.open(file) as results:
        results.keep([ONE])
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA user_version = 99")
    with Results.open(file) as results:
        assert results.articles() == ()


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "text.db"
    text.write_text("a letter")
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as raw:
        raw.execute("CREATE TABLE diary (day TEXT)")
    cache = tmp_path / "cache.db"
    Cache.open(cache).close()
    for file in (text, other, cache):
        before = file.read_bytes()
        with pytest.raises(StoreError):
            Results.open(file)
        assert file.read_bytes() == before


def test_another_program_throws_the_damaged_file_away_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "check.db"
    file.touch()
    plain = results._ours

    def after_the_other(path: Path) -> bool:
        file.unlink(missing_ok=True)
        return plain(path)

    monkeypatch.setattr(results, "_ours", after_the_other)
    with Results.open(file) as opened:
        assert opened.articles() == ()


def test_a_damaged_file_that_cannot_be_thrown_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "check.db"
    file.touch()

    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(StoreError, match="empty"):
        Results.open(file)
