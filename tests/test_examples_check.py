"""The check of the project's own examples tells in plain words what appeared and what went missing."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parent.parent
ONE, OTHER = "a.md:3 ST001 unsupported-statement", "a.md:9 CI001 citation-without-reference"


@pytest.fixture
def checking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, with a file of expectations of the test."""
    spec = importlib.util.spec_from_file_location("check_examples", PROJECT / "scripts" / "check_examples.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "EXPECTED", tmp_path / "findings.expected")
    monkeypatch.setattr(module, "RUNS", (("", ("a.md",)),))
    return module


def finds(checking: ModuleType, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(checking, "found", lambda folder, articles: list(lines))


@pytest.mark.parametrize(
    ("expected", "now", "told"),
    [
        ([ONE, OTHER], [OTHER, ONE], []),
        ([ONE], [], [f"{ONE} is expected, and was not found"]),
        ([], [ONE], [f"{ONE} was found, and is not expected"]),
        ([ONE, ONE], [ONE], [f"{ONE} is expected, and was not found"]),
        ([ONE], [OTHER], [f"{ONE} is expected, and was not found", f"{OTHER} was found, and is not expected"]),
    ],
)
def test_what_differs_is_a_sentence(checking: ModuleType, expected: list[str], now: list[str], told: list[str]) -> None:
    assert checking.differences(expected, now) == told


def test_what_was_written_is_expected_from_then_on(
    checking: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    finds(checking, monkeypatch, ONE, OTHER)
    assert checking.main(["--write"]) == 0
    assert checking.main([]) == 0
    assert capsys.readouterr().out == "The examples have their 2 findings, no more and no fewer.\n"
    finds(checking, monkeypatch, ONE)
    assert checking.main([]) == 1
    told, remedy = capsys.readouterr().err.splitlines()
    assert told == f"{OTHER} is expected, and was not found"
    assert "--write" in remedy


def test_a_linter_that_cannot_check_is_no_pass(checking: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert checking.main([]) == 3
    assert "a.md" in capsys.readouterr().err


def test_the_examples_must_show_what_they_are_there_for() -> None:
    """The clinic's article its appeals to nobody, its bare numbers and its unnamed guideline; the tour each family."""
    rows = (PROJECT / "examples" / "findings.expected").read_text("utf-8").splitlines()
    found = [re.fullmatch(r"(?P<path>\S+):(?P<line>\d+) (?P<rule>[A-Z]{2}\d{3}) [a-z-]+", row) for row in rows]
    clinic = {(one["rule"], one["line"]) for one in found if one and "sciatica" in one["path"]}
    assert {("ST003", "17"), ("ST002", "5"), ("ST004", "29"), ("ST006", "19"), ("RE001", "37")} <= clinic
    tour = {one["rule"][:2] for one in found if one and "tour" in one["path"]}
    assert tour == {"ST", "CI", "RE", "SO", "EV"}
    assert None not in found
