"""Patterns that are recalled do what patterns that are compiled do, and nothing about the file stops a run."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.patterns import remembered

PATTERNS = (
    ("(?P<first>\\d+)(?:\\.(?P<second>\\d+))? ?%", 0, "of 7.5 % and 12%"),
    ("\\b(?:heat|cold|warm(?:th|ing))\\b", re.IGNORECASE, "Heat, warmth and COLD"),
    ("^(?P<a>.)(?P<b>.)(?P=a)$", re.MULTILINE | re.DOTALL, "aba\nabc"),
    ("[\ud800-\udfff]|[äöü–—]+", 0, "über – \ud800"),
    ("(?i:x)(?<!y)z(?=w)", re.VERBOSE, "xzw yxzw"),
)


@pytest.fixture(autouse=True)
def forgetting() -> Iterator[None]:
    """`re` has a memory of its own, which must not answer for ours."""
    re.purge()
    yield
    re.purge()


def spans(pattern: str, flags: int, text: str) -> list[tuple[object, ...]]:
    compiled = re.compile(pattern, flags)
    found = [(match.span(), match.groups(), match.groupdict()) for match in compiled.finditer(text)]
    return [(compiled.flags, compiled.groups, dict(compiled.groupindex)), *found]


@pytest.mark.parametrize(("pattern", "flags", "text"), PATTERNS)
def test_recalled_is_as_compiled(pattern: str, flags: int, text: str, tmp_path: Path) -> None:
    plain = spans(pattern, flags, text)
    for _ in range(2):  # first compiled and kept, then recalled
        re.purge()
        with remembered(tmp_path):
            assert spans(pattern, flags, text) == plain


def test_the_second_run_compiles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with remembered(tmp_path):
        re.compile("kept (?:once|twice)")
    re.purge()

    def fail(*arguments: object) -> None:
        raise AssertionError("compiled again")

    with remembered(tmp_path):
        monkeypatch.setattr(importlib.import_module("re._parser"), "parse", fail)
        assert re.compile("kept (?:once|twice)").match("kept twice")


@pytest.mark.parametrize("damage", [b"", b"nothing", b"\x91\x93\xc4\x01a\x00\x90", b"\xdc\xff\xff"])
def test_a_damaged_file_is_made_anew(damage: bytes, tmp_path: Path) -> None:
    with remembered(tmp_path):
        re.compile("one")
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage)
    re.purge()
    with remembered(tmp_path):
        assert re.compile("one").match("one")
    assert file.read_bytes() == whole


def test_a_pattern_that_is_none_is_told_as_ever(tmp_path: Path) -> None:
    with remembered(tmp_path), pytest.raises(re.error):
        re.compile("(")


def test_where_nothing_can_be_kept_patterns_work_all_the_same(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with remembered(blocked):
        assert re.compile("a+").fullmatch("aaa")
    assert blocked.read_text() == "no folder"


def test_who_has_no_home_compiles_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", none)
    with remembered():
        assert re.compile("a+").fullmatch("aaa")


def test_outside_of_it_nothing_is_changed(tmp_path: Path) -> None:
    compiler = importlib.import_module("re._compiler")
    before = compiler.compile
    with remembered(tmp_path):
        assert compiler.compile is not before
    assert compiler.compile is before


def test_a_forked_worker_leaves_the_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with remembered(tmp_path):
        re.compile("of a worker")
        monkeypatch.setattr(os, "getpid", lambda: -1)
    assert list(tmp_path.iterdir()) == []


@given(st.text(alphabet="ab|()[]?*+.^$\\dwé", max_size=20), st.text(alphabet="ab1é ", max_size=20))
def test_any_pattern_matches_as_without(pattern: str, text: str) -> None:
    try:
        plain: object = spans(pattern, 0, text)
    except (re.error, OverflowError, FutureWarning) as error:
        plain = type(error)
    re.purge()
    with remembered(Path(os.devnull)):
        try:
            ours: object = spans(pattern, 0, text)
        except (re.error, OverflowError, FutureWarning) as error:
            ours = type(error)
    assert ours == plain


_TELLING = """
import importlib, pkgutil, re._compiler as compiler

plain, seen = compiler.compile, []

def noted(pattern, flags=0):
    seen.append(f"{int(flags)} {pattern!r}")
    return plain(pattern, flags)

compiler.compile = noted
import ingest.pipeline, kb.strength

for module in pkgutil.iter_modules(kb.strength.__path__, "kb.strength."):
    importlib.import_module(module.name)
print(*sorted(seen), sep="\\n")
"""


def test_every_process_compiles_the_same_patterns() -> None:
    def compiled(seed: str) -> set[str]:
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        told = subprocess.run(
            [sys.executable, "-c", _TELLING], env=environment, capture_output=True, check=True, encoding="utf-8"
        )
        return set(told.stdout.splitlines())

    first = compiled("1")
    assert len(first) > 500
    assert first == compiled("2")


def test_a_class_of_characters_that_is_written_anew_each_time_makes_the_file_no_longer(tmp_path: Path) -> None:
    def size(*patterns: str) -> int:
        re.purge()
        with remembered(tmp_path):
            for pattern in patterns:
                assert re.compile(pattern).match("a")
        (file,) = tmp_path.iterdir()
        return file.stat().st_size

    first = size("[abc]", "a(?:b|c)?")
    assert size("[bca]", "a(?:b|c)?") == size("[cab]", "a(?:b|c)?") == first
    assert size("a(?:c|b)?") > first
