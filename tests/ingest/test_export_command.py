"""``kb export``: every form, to stdout or to a place, written whole or not at all."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click
import pytest

from ingest.cli import _Kb
from ingest.commands import export
from kb.base import KnowledgeBase
from tests import samples

PROJECT = Path(__file__).resolve().parents[2]
ONE_FILE = ("graphml", "gexf", "json", "csl-json", "bibtex", "ris", "records")


@click.group(cls=_Kb)
def main() -> None:
    """The commands under test."""


main.add_command(export.command)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a knowledge base that holds the sample."""
    monkeypatch.delenv("KB_DATABASE", raising=False)
    project = tmp_path / "project"
    (project / ".kb").mkdir(parents=True)
    monkeypatch.chdir(project)
    with KnowledgeBase.open(project / ".kb" / "knowledge.db") as base:
        base.add(samples.sample_audit())
    return project


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as caught:
            main(["export", *arguments])
        captured = capfd.readouterr()
        return int(caught.value.code or 0), captured.out, captured.err

    return run


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("form", ONE_FILE)
def test_a_form_of_one_file_goes_to_stdout_or_to_a_file_the_same(folder: Path, run: Run, form: str) -> None:
    code, out, err = run("--format", form)
    assert (code, err) == (0, "")
    assert run("--format", form, "-o", "made") == (0, "", "kb: made is written\n")
    assert (folder / "made").read_text(encoding="utf-8") == out
    assert "Brindleweed" in out
    assert names(folder) == [".kb", "made"]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_are_a_folder(folder: Path, run: Run, form: str) -> None:
    assert run("--format", form)[0] == 2
    assert run("--format", form, "-o", "tables")[0] == 0
    assert names(folder / "tables") == sorted(
        f"{name}.{form}"
        for name in (
            "articles",
            "citations",
            "evidence",
            "findings",
            "notices",
            "references",
            "reviews",
            "source_cites",
            "sources",
            "statements",
        )
    )
    first = {name: (folder / "tables" / name).read_bytes() for name in names(folder / "tables")}
    assert run("--format", form, "-o", "tables", "--force")[0] == 0
    assert {name: (folder / "tables" / name).read_bytes() for name in names(folder / "tables")} == first


def test_a_workbook_is_one_file_the_same_each_time(folder: Path, run: Run) -> None:
    assert run("--format", "xlsx", "-o", "made.xlsx") == (0, "", "kb: made.xlsx is written\n")
    first = (folder / "made.xlsx").read_bytes()
    assert run("--format", "xlsx", "-o", "made.xlsx", "--force")[0] == 0
    assert (folder / "made.xlsx").read_bytes() == first
    assert first[:2] == b"PK"
    assert run("--format", "csv", "-o", "tables")[0] == 0
    with zipfile.ZipFile(folder / "made.xlsx") as book:
        listed = book.read("xl/workbook.xml").decode()
    assert all(f'name="{name.removesuffix(".csv")}"' in listed for name in names(folder / "tables"))


@pytest.mark.parametrize("form", [*ONE_FILE, "csv", "parquet"])
def test_no_abstract_is_in_any_form(folder: Path, run: Run, form: str) -> None:
    assert run("--format", form, "-o", "made")[0] == 0
    made = folder / "made"
    written = b"".join(path.read_bytes() for path in (made.iterdir() if made.is_dir() else [made]))
    assert b"84 adults drank brindleweed tea or hot water" not in written


def test_in_full_the_texts_come_along_and_that_is_said(folder: Path, run: Run) -> None:
    code, out, err = run("--format", "records", "--full")
    assert code == 0
    assert "84 adults drank brindleweed tea or hot water" in out
    assert "moving between knowledge bases of one owner" in err
    assert run("--format", "records", "--full", "-o", "made")[0] == 0
    assert stat.S_IMODE((folder / "made").stat().st_mode) == 0o600
    assert run("--format", "csv", "--full", "-o", "tables")[0] == 2


def test_some_articles_by_id_or_file(folder: Path, run: Run) -> None:
    (folder / "articles").mkdir()
    (folder / samples.ARTICLE_ID).write_text(samples.TEXT, encoding="utf-8")
    whole = run("--format", "json")[1]
    assert run("--format", "json", f"./{samples.ARTICLE_ID}")[1] == whole
    code, out, err = run("--format", "json", "other.md")
    assert (code, out) == (2, "")
    assert (
        err
        == "kb: other.md: the knowledge base holds no such article; audit it first, or see which articles it holds\n"
    )


def test_csv_is_safe_for_a_spreadsheet(folder: Path, run: Run) -> None:
    import msgspec

    audit = samples.sample_audit()
    with KnowledgeBase.open(folder / ".kb" / "knowledge.db") as base:
        base.add(
            msgspec.structs.replace(
                audit, sources=tuple(msgspec.structs.replace(one, title="=HYPERLINK(A1)") for one in audit.sources)
            )
        )
    assert run("--format", "csv", "-o", "tables")[0] == 0
    rows = (folder / "tables" / "sources.csv").read_text(encoding="utf-8").splitlines()
    assert all(",'=HYPERLINK(A1)," in row for row in rows[1:])


def climbing(folder: Path) -> str:
    (folder / "link").symlink_to(folder.parent)
    return "link/made"


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        (lambda _: "../made", "../made: leads out of the current folder; give an absolute path"),
        (lambda _: "a/../../made", "leads out of the current folder"),
        (climbing, "link/made: leads out of the current folder"),
        (lambda _: "missing/made", "there is no such folder"),
        (lambda _: ".kb", ".kb: is no file"),
        (lambda _: "/dev/null", "/dev/null: is no file"),
        (lambda _: "made\0", "is no path"),
        (lambda _: "m" * 300, "is no path"),
        (lambda _: ".kb/knowledge.db", "is there already; name another place, or replace what is there with --force"),
    ],
)
def test_a_place_where_nothing_may_be_written(
    folder: Path, run: Run, where: Callable[[Path], str], problem: str
) -> None:
    place = where(folder)
    before, outside = names(folder), names(folder.parent)
    code, out, err = run("--format", "ris", "-o", place)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert problem in err
    assert (names(folder), names(folder.parent)) == (before, outside)


def test_an_absolute_path_may_lead_anywhere(folder: Path, run: Run) -> None:
    assert run("--format", "ris", "-o", str(folder.parent / "made"))[0] == 0
    assert (folder.parent / "made").is_file()


def test_what_is_there_is_replaced_by_force_alone(folder: Path, run: Run) -> None:
    made = folder / "made"
    made.write_text("mine")
    assert run("--format", "ris", "-o", "made")[0] == 2
    assert made.read_text() == "mine"
    assert run("--format", "ris", "-o", "made", "--force")[0] == 0
    assert made.read_text().startswith("TY  - ")
    tables = folder / "tables"
    tables.mkdir()
    (tables / "mine.txt").write_text("mine")
    assert run("--format", "csv", "-o", "tables")[0] == 2
    assert run("--format", "csv", "-o", "tables", "--force")[0] == 0
    assert (tables / "mine.txt").read_text() == "mine"
    assert not [name for name in names(tables) if name.startswith(".")]
    assert run("--format", "csv", "-o", "made", "--force")[0] == 2


@pytest.mark.parametrize(("form", "place"), [("ris", "made"), ("csv", "made"), ("parquet", "made"), ("csv", "there")])
def test_on_a_full_disk_nothing_is_left_behind(
    folder: Path, run: Run, form: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "there").mkdir()

    def full(*_: object) -> NoReturn:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("os.fsync", full)
    monkeypatch.setattr("kb.report.exchange.cells._Csv.add", full)
    monkeypatch.setattr("kb.report.exchange.cells._Parquet.add", full)
    code, out, err = run("--format", form, "-o", place)
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert "cannot be written (No space left on device)" in err
    assert names(folder) == [".kb", "there"]
    assert names(folder / "there") == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to(folder: Path, run: Run) -> None:
    (folder / "locked").mkdir(mode=0o500)
    code, _, err = run("--format", "ris", "-o", "locked/made")
    assert code == 3
    assert "cannot be written (Permission denied)" in err


def test_without_a_knowledge_base_nothing_is_written(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KB_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    code, _, err = run("--format", "ris", "-o", "made")
    assert code == 2
    assert "does not exist yet; audit an article first" in err
    assert names(tmp_path) == []


def test_a_full_device_as_stdout_is_one_line(folder: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    code = (
        "from ingest.commands.export import command; from ingest.cli import _Kb; g = _Kb(); g.add_command(command); g()"
    )
    with Path("/dev/full").open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-c", code, "export", "--format", "json"],
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(PROJECT)},
            check=False,
        )
    assert done.returncode == 3
    remedy = "see whether there is room, and the right to read and write there"
    assert done.stderr == f"kb: could not go on (No space left on device); {remedy}\n"


def test_json_is_json(folder: Path, run: Run) -> None:
    assert {node["type"] for node in json.loads(run("--format", "json")[1])["nodes"]} == {
        "article",
        "statement",
        "reference",
        "source",
    }


def test_the_knowledge_base_is_not_overwritten_by_its_own_export(folder: Path, run: Run) -> None:
    own = folder / ".kb" / "knowledge.db"
    before = own.read_bytes()
    code, _, said = run("--format", "records", "--force", "-o", ".kb/knowledge.db")
    assert (code, own.read_bytes()) == (2, before)
    assert said == "kb: .kb/knowledge.db: is the knowledge base itself; name another file\n"
