"""``kb check --stdin-filename``: what an editor holds is checked as the file of that name would be, unsaved."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
TOUR = PROJECT / "examples" / "tour"
AS_OF = "--as-of=2026-11-22"
BARE = "# Heat\n\nHeat eases knee pain in 40% of adults.\n"


@pytest.fixture
def tour(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TOUR, tmp_path / "tour", ignore=shutil.ignore_patterns(".kb")))


def kb(folder: Path, *arguments: str, given: bytes | str = "") -> subprocess.CompletedProcess[str]:
    """Run the command as an editor does, with the text on stdin."""
    command = [sys.executable, "-m", "ingest.cli", "check", AS_OF, *arguments]
    data = given.encode() if isinstance(given, str) else given
    env = os.environ | {"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=folder, env=env, input=data, capture_output=True, check=False)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_the_same_text_gives_the_same_report_as_the_file(form: str, tour: Path) -> None:
    options = ("--no-cache", f"--format={form}")
    saved = kb(tour, *options, "leaflet.md")
    held = kb(tour, *options, "--stdin-filename=leaflet.md", given=(tour / "leaflet.md").read_bytes())
    assert held.stdout == saved.stdout
    assert (held.returncode, held.stderr) == (1, saved.stderr)


def test_what_the_editor_holds_counts_and_not_what_was_saved(tour: Path) -> None:
    done = kb(tour, "--stdin-filename=leaflet.md", given=BARE)
    assert re.findall(r"^\S+:\d+:\d+: \S+", done.stdout, re.MULTILINE) == ["leaflet.md:3:1: ST002"]
    assert not (tour / ".kb").exists()


@pytest.mark.parametrize("name", ["new.md", "drafts/new.md", "drafts/later/new.md"])
def test_an_article_need_not_be_saved_yet(name: str, tmp_path: Path) -> None:
    (tmp_path / "kb.toml").touch()
    assert kb(tmp_path, f"--stdin-filename={name}", given=BARE).stdout.startswith(f"{name}:3:1: ST002 ")


def test_its_name_says_what_belongs_to_it(tmp_path: Path) -> None:
    (tmp_path / "kb.toml").write_text('[per-file-ignores]\n"opinion/*" = ["ST"]\n')
    for folder in ("opinion", "advice"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.bib").write_text("@book{roe, title = {Warm rooms}, author = {Roe, Ann}, year = 2019}\n")
    text = f"{BARE}\nCold eases it in 70% of adults [@roe].\n\nRest eases it in 20% of adults [@doe].\n"
    told = {
        folder: set(
            re.findall(r": ([A-Z]{2}\d{3}) ", kb(tmp_path, f"--stdin-filename={folder}/a.md", given=text).stdout)
        )
        for folder in ("opinion", "advice")
    }
    assert "CI001" in told["opinion"] & told["advice"]
    assert told["advice"] - told["opinion"] == {"ST002"}
    assert "(roe, in a.bib)" in kb(tmp_path, "--stdin-filename=advice/a.md", given=text).stdout


def test_paths_are_told_relative_to_the_project_wherever_the_editor_runs(tmp_path: Path) -> None:
    (tmp_path / "kb.toml").touch()
    (tmp_path / "docs").mkdir()
    names = ("a.md", "../docs/a.md", str(tmp_path / "docs" / "a.md"))
    for name in names:
        done = kb(tmp_path / "docs", f"--stdin-filename={name}", given=BARE)
        assert done.stdout.startswith("docs/a.md:3:1: "), done.stderr


def test_the_format_goes_by_the_name(tmp_path: Path) -> None:
    (tmp_path / "kb.toml").touch()
    page = "<html><body><article><p>Heat eases knee pain in 40% of adults.</p></article></body></html>"
    assert kb(tmp_path, "--stdin-filename=a.html", given=page).stdout.startswith("a.html:1:")
    done = kb(tmp_path, "--stdin-filename=a.docx", given=BARE)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "kb: a.docx: is no Word file, or a damaged one; check that the right file was saved\n"


@pytest.mark.parametrize("given", ["", "\ufeff", "\0"])
def test_what_is_no_article_is_refused_as_its_file_would_be(given: str, tmp_path: Path) -> None:
    (tmp_path / "kb.toml").touch()
    (tmp_path / "a.md").write_text(given)
    saved = kb(tmp_path, "a.md")
    held = kb(tmp_path, "--stdin-filename=a.md", given=given)
    assert (held.returncode, held.stdout, held.stderr) == (2, saved.stdout, saved.stderr)
    assert held.stderr.startswith("kb: a.md: ")


def test_the_problem_matcher_of_the_documentation_reads_every_finding(tour: Path) -> None:
    """Of ``docs/ci.md``, which an editor that reads lines goes by."""
    page = (PROJECT / "docs" / "ci.md").read_text("utf-8")
    (task,) = json.loads(re.findall(r"```json\n(.*?)```", page, re.DOTALL)[0])["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    (tour / "page.html").write_text("<html><body><article><p>Experts say that heat helps.</p></article></body></html>")
    done = kb(tour, "--no-cache", "--report=json=report")
    matched = [match for line in done.stdout.splitlines() if (match := re.match(pattern["regexp"], line))]
    read = [tuple(match[pattern[name]] for name in ("file", "line", "column", "code", "severity")) for match in matched]
    assert read == [
        (article["path"], str(one["line"]), str(one["column"]), one["rule"], one["severity"])
        for article in json.loads((tour / "report").read_text("utf-8"))["articles"]
        for one in article["findings"]
        if one["state"] == "open"
    ]
    assert any("(" in match[0].split(": ")[0] for match in matched)
