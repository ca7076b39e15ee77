"""What README says that questions print is what they print, on the tour's three articles."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.cli import main

PROJECT = Path(__file__).resolve().parent.parent
TOUR = PROJECT / "examples" / "tour"
ELISION = "…"
SECTION = re.compile(r"^## Questions\n(.*?)^## ", re.DOTALL | re.MULTILINE)


def shown() -> list[tuple[str, list[str]]]:
    """Each command of the section with the lines that it is said to print."""
    found = SECTION.search((PROJECT / "README.md").read_text("utf-8"))
    assert found, "README has no section Questions"
    (block,) = re.findall(r"```text\n(.*?)```", found.group(1), re.DOTALL)
    parts = re.split(r"^\$ kb (.*)\n", block, flags=re.MULTILINE)[1:]
    return [(command, output.rstrip().splitlines()) for command, output in zip(parts[::2], parts[1::2], strict=True)]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tour with a knowledge base of its articles."""
    folder = tmp_path_factory.mktemp("questions") / "tour"
    shutil.copytree(TOUR, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        articles = ["amberleaf.md", "leaflet.md", "newsletter.md"]
        audited = CliRunner().invoke(main, ["audit", "--frozen", "--as-of", "2026-11-22", *articles, "--kb", "base.db"])
        assert audited.exit_code == 0, audited.output
    return folder


@pytest.mark.parametrize(("command", "lines"), shown(), ids=[command for command, _ in shown()])
def test_a_question_prints_what_the_readme_shows(
    command: str, lines: list[str], base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(base)
    answer = CliRunner().invoke(main, [*command.split(), "--kb", "base.db"])
    assert answer.exit_code == 0, answer.output
    printed = answer.stdout.splitlines()
    place = 0
    elided = False
    for line in (one.rstrip() for one in lines):
        if line.strip() == ELISION:
            elided = True
            continue
        found = printed.index(line, place) if line in printed[place:] else -1
        assert found >= 0, line
        assert elided or found == place or not any(printed[place:found]), f"what stands before is not shown: {line}"
        place, elided = found + 1, False


def test_there_are_four_of_them_and_the_make_target_asks_the_same() -> None:
    spec = importlib.util.spec_from_file_location("bootstrap", PROJECT / "scripts" / "bootstrap.py")
    assert spec and spec.loader
    bootstrap = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bootstrap)
    assert [command for command, _ in shown()] == [" ".join(question) for question in bootstrap.QUESTIONS]
    assert len(shown()) == 4


def test_an_article_may_be_named_as_the_file_that_it_is(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (base / "below").mkdir()
    monkeypatch.chdir(base / "below")
    for name in ("../leaflet.md", str(base / "leaflet.md")):
        answer = CliRunner().invoke(main, ["independence", f"{name}:12.1", "--kb", "../base.db"])
        assert answer.stdout.startswith("leaflet.md, line 12"), answer.output
