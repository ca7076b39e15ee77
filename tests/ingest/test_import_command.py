"""``kb import``: what `kb export` wrote is stored, told in counts; a file that is none makes no knowledge base."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import click
import msgspec
import pytest

from ingest.cli import _Kb
from ingest.commands import export, importing
from kb.base import KnowledgeBase
from tests import samples


@click.group(cls=_Kb)
def main() -> None:
    """The commands under test."""


main.add_command(export.command)
main.add_command(importing.command)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the full export of two articles, and no knowledge base of its own."""
    monkeypatch.delenv("KB_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    audit = samples.sample_audit()
    with KnowledgeBase.open(tmp_path / "one.db") as base:
        base.add(audit)
        base.add(msgspec.structs.replace(audit, article=msgspec.structs.replace(audit.article, id="z.md")))
        (tmp_path / "moved.jsonl").write_bytes(b"".join(base.export("records", full=True)))
    return tmp_path


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as caught:
            main(list(arguments))
        captured = capfd.readouterr()
        return int(caught.value.code or 0), captured.out, captured.err

    return run


def test_everything_is_moved(folder: Path, run: Run) -> None:
    assert run("import", "moved.jsonl", "--kb", "two.db") == (
        0,
        "articles: 2 added, 0 replaced, 0 kept as they were; sources: 4\n",
        "",
    )
    written = run("export", "--format", "records", "--full", "--kb", "two.db")[1]
    assert written == (folder / "moved.jsonl").read_text(encoding="utf-8")
    again = run("import", "moved.jsonl", "--kb", "two.db")
    assert again[1] == "articles: 0 added, 0 replaced, 2 kept as they were; sources: 4\n"


def test_stdin_is_a_file_too(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO((folder / "moved.jsonl").read_bytes())
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=data))
    code, out, _ = run("import", "-", "--kb", "two.db")
    assert (code, out.partition(",")[0]) == (0, "articles: 2 added")


def test_a_bad_article_is_one_line_with_its_place_and_the_others_are_stored(folder: Path, run: Run) -> None:
    lines = (folder / "moved.jsonl").read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if '"kind":"evidence"' in line)
    line = json.loads(lines[place])
    line["record"]["statement"] = "\x1b[31ms99\n"
    lines[place] = json.dumps(line)
    (folder / "bad.jsonl").write_text("\n".join(lines), encoding="utf-8")
    code, out, err = run("import", "bad.jsonl", "--kb", "two.db")
    assert code == 2
    assert out == "articles: 1 added, 0 replaced, 0 kept as they were; sources: 4; left out: 1\n"
    assert err.startswith(f"kb: bad.jsonl:{place + 1}: in the article “{samples.ARTICLE_ID}”, a line of evidence names")
    assert err.count("\n") == 1
    assert "\x1b" not in err
    with KnowledgeBase.open(folder / "two.db") as base:
        assert [one.id for one in base.articles()] == ["z.md"]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("missing.jsonl", None, "missing.jsonl: cannot be read (No such file or directory); name an export"),
        (".", None, ".: cannot be read (Is a directory)"),
        ("a\0b", None, "cannot be read"),
        (
            "x.md",
            b"# Knees\n",
            "x.md: is no export that can be imported; name a file that `kb export --format records`",
        ),
        ("new.jsonl", b'{"format":"evidence-kb records","schema":99}\n', "written by a newer version of this program"),
        ("one.db", None, "one.db: is no export that can be imported"),
    ],
)
def test_what_is_no_export_makes_no_knowledge_base(
    folder: Path, run: Run, name: str, content: bytes | None, problem: str
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    code, out, err = run("import", name, "--kb", "two.db")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert problem in err
    assert not (folder / "two.db").exists()


def test_a_file_that_is_cut_short_says_so(folder: Path, run: Run) -> None:
    whole = (folder / "moved.jsonl").read_bytes()
    (folder / "cut.jsonl").write_bytes(whole[: len(whole) // 2])
    code, _, err = run("import", "cut.jsonl", "--kb", "two.db")
    assert code == 2
    assert "cut.jsonl:" in err
    assert "the export is cut short behind this line" in err
