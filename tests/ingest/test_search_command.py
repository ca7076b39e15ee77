"""``kb search`` on the sample article."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ingest.commands.asking.search import command
from kb.base import KnowledgeBase
from kb.errors import UsageError
from tests import samples

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    path = tmp_path / "knowledge.db"
    with KnowledgeBase.open(path) as base:
        base.add(samples.sample_audit())

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(command, [*arguments, "--kb", str(path)])

    return run


def test_statements_and_sources_are_shown(run: Run) -> None:
    shown = run("stiffness", "brindleweed")
    assert shown.exit_code == 0
    assert shown.output.startswith("1 statement\n")
    assert f"{samples.ARTICLE_ID}, line 3 (s2): “{samples.EASES[:30]}" in shown.output
    assert "1 source\n  Hartwell & Osei 2019: Brindleweed tea for knee stiffness" in shown.output
    assert "1 statement rests on it" in shown.output


def test_one_sort_alone(run: Run) -> None:
    assert "source" not in run("stiffness", "--statements").output.partition("\n\n")[0]
    assert run("stiffness", "--sources").output.startswith("1 source\n")


@pytest.mark.parametrize(
    ("words", "number"), [(("morning stiffness",), 1), (("stiffness morning",), 0), (("stiffness", "morning"), 1)]
)
def test_words_that_the_shell_holds_together_are_a_phrase(run: Run, words: tuple[str, ...], number: int) -> None:
    found = json.loads(run(*words, "--format", "json").output)
    assert found.get("all_statements", 0) == number


def test_what_is_thought_of_statements_and_known_of_sources(run: Run) -> None:
    asked = ("--verdict", "supported", "--level", "2", "--year", "2015-2020", "--author", "osei")
    found = json.loads(run(*asked, "--design", "randomized trial", "--format", "json").output)
    assert [one["statement"] for one in found["statements"]] == ["s2"]
    assert [one["source"] for one in found["sources"]] == [samples.HARTWELL_SOURCE]
    assert found["search"]["years"] == [2015, 2020]


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ((), "what to search for?"),
        (("--verdict", "suported"), "suported: there is no such verdict; did you mean “supported”?"),
        (("--year", "last"), "last: this is no year"),
    ],
)
def test_what_cannot_be_asked_for(run: Run, asked: tuple[str, ...], line: str) -> None:
    error = run(*asked).exception
    assert isinstance(error, UsageError)
    assert str(error).startswith(line)
