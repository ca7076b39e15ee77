"""The command: what it prints where, its exit codes, and that bad input is one line and loses nothing."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ingest.cli import main
from kb.base import KnowledgeBase
from kb.report.document import schema
from tests.costs import assert_within, wall
from tests.loopback import Loopback, closed_port, hang, json_reply

PROJECT = Path(__file__).resolve().parents[2]
ARTICLE = """# Heat for stiff knees

Heat eased pain in 40% of adults (Roe, 2010). Studies show that cold helps too.

## References

Roe, J. (2010). Heat for knees. Knee Journal, 3, 1-9. https://doi.org/10.5555/heat
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("KB_DATABASE", "KB_MAILTO", "KB_CROSSREF", "KB_DOI_ORG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "knees.md").write_text(ARTICLE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of ``kb`` with these arguments."""
    with pytest.raises(SystemExit) as caught:
        main(list(arguments))
    captured = capsys.readouterr()
    return int(caught.value.code or 0), captured.out, captured.err


def test_audit_shows_verdicts_and_keeps_the_article(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "audit", "--offline", "knees.md")
    assert code == 0
    assert "not checked" in out
    assert "Studies show that cold helps too." in out
    assert "Offline, so no registry was asked" in out
    assert "\x1b" not in out
    assert "reading knees.md" in err
    database = folder / ".kb" / "knowledge.db"
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    with KnowledgeBase.open(database) as base:
        assert [article.id for article in base.articles()] == ["knees.md"]


def test_a_second_audit_replaces_the_article(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "audit", "--offline", "knees.md")
    (folder / "knees.md").write_text("# Cold\n\nCold cures all knees, as everyone can see.\n")
    run(capsys, "audit", "--offline", "knees.md")
    with KnowledgeBase.open(folder / ".kb" / "knowledge.db") as base:
        assert [len(base.audit(article.id).statements) for article in base.articles()] == [1]


def test_json_fits_its_schema_and_is_the_same_every_time(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("audit", "--offline", "--as-of", "2026-01-01", "--format", "json", "knees.md")
    _, first, _ = run(capsys, *arguments)
    _, second, _ = run(capsys, *arguments)
    assert first == second
    report: dict[str, Any] = json.loads(first)
    jsonschema.validate(report, schema())
    (article,) = report["articles"]
    cited, vague = article["statements"]
    assert (report["schema_version"], report["as_of"], article["path"]) == (1, "2026-01-01", "knees.md")
    assert ARTICLE[cited["start"] : cited["end"]] == cited["text"]
    assert (cited["references"], cited["verdict"], cited["line"]) == (["roe2010"], "not checked", 3)
    assert (vague["verdict"], vague["signals"], vague["leans_on"]) == (
        "unsupported",
        ["vague attribution", "benefit"],
        None,
    )
    assert article["references"][0]["cited"] == 1
    assert article["references"][0]["resolution"] == "not attempted"


def test_the_schema_in_the_docs_is_the_one_of_the_records() -> None:
    assert json.loads((PROJECT / "docs" / "report.schema.json").read_text("utf-8")) == schema()


def test_html_is_one_document(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "audit", "--offline", "--format", "html", "knees.md")
    assert code == 0
    assert out.startswith("<!doctype html>")
    assert "Heat for stiff knees" in out


def test_the_bundled_example_without_an_argument(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "audit", "--offline", "--kb", "demo.db")
    assert code == 0
    assert "25 of 35 statements ask for a source and show none; 1 cites a source;" in " ".join(out.split())
    assert (folder / "demo.db").exists()
    assert not (folder / ".kb" / "knowledge.db").exists()


def test_crossref_is_asked_once_for_all_dois(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    work = {
        "DOI": "10.5555/heat",
        "title": ["Heat for knees"],
        "author": [{"family": "Roe", "given": "J."}],
        "issued": {"date-parts": [[2010]]},
        "container-title": ["Knee Journal"],
        "type": "journal-article",
        "abstract": "<jats:p>Methods: we ran a randomized trial of warm packs. "
        "Results: heat eased the knee pain in 40% of the adults.</jats:p>",
    }
    with Loopback(lambda request: json_reply({"message": work})) as server:
        monkeypatch.setenv("KB_CROSSREF", server.url)
        code, out, _ = run(capsys, "audit", "--format", "json", "knees.md")
        assert len(server.seen) == 1
    article = json.loads(out)["articles"][0]
    assert code == 0
    assert article["references"][0]["resolution"] == "verified"
    assert article["evidence"][0]["numbers"][0]["outcome"] == "agrees"


def test_a_closed_port_is_said_and_is_no_failure(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_CROSSREF", closed_port())
    code, out, _ = run(capsys, "audit", "knees.md")
    assert code == 0
    assert "Crossref could not be reached (the connection was refused)" in " ".join(out.split())


AUDIT = """
import atexit
import sys
from tests.costs import awaited
atexit.register(lambda: print(awaited(), file=sys.stderr))
from ingest.cli import main
main(["audit", "knees.md"])
"""


def test_a_registry_that_never_answers_ends_within_ten_seconds(folder: Path) -> None:
    """On a machine that has nothing else to do: what others keep the processors from it does not count."""
    others = 0.0
    with Loopback([hang]) as server:
        environment = os.environ | {"KB_CROSSREF": server.url, "KB_DOI_ORG": server.url, "PYTHONPATH": str(PROJECT)}

        def job() -> None:
            nonlocal others
            done = subprocess.run(
                [sys.executable, "-c", AUDIT],
                capture_output=True,
                text=True,
                cwd=folder,
                env=environment,
                timeout=120,
                check=False,
            )
            assert done.returncode == 0
            assert "could not be reached" in " ".join(done.stdout.split())
            others += float(done.stderr.split()[-1])

        assert_within(10, job, lambda: wall() - others)


BROKEN_BIB = "@article{roe2010, author={Roe, J.}, title={Heat for knees}, year={2010}}\n@article{poe2011, title={Cold\n"
BAD: list[tuple[str, bytes | None, str]] = [
    ("missing.md", None, "missing.md: there is no such file"),
    ("empty.md", b"", "empty.md: is empty"),
    ("binary.txt", bytes(range(256)), "binary.txt: is a binary file"),
    ("latin.md", b"fine\nna\xefve\n", "latin.md:2: is not valid UTF-8"),
    ("large.txt", b"Heat helps many people. " * 550_000, "large.txt: is 13 MB, more than the 12 MB"),
    ("paper.pdf", b"%PDF-1.4", "paper.pdf: files of the kind '.pdf' are not read"),
    (".", None, "is a folder"),
]


@pytest.mark.parametrize(("name", "data", "message"), BAD, ids=[name for name, _, _ in BAD])
def test_bad_input_is_one_line_and_loses_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes | None, message: str
) -> None:
    run(capsys, "audit", "--offline", "knees.md")
    if data is not None:
        (folder / name).write_bytes(data)
    code, out, err = run(capsys, "audit", "--offline", name)
    lines = [line for line in err.splitlines() if not line.endswith("…")]
    assert (code, out) == (2, "")
    assert len(lines) == 1
    assert message in lines[0]
    assert "; " in lines[0]
    with KnowledgeBase.open(folder / ".kb" / "knowledge.db") as base:
        assert [article.id for article in base.articles()] == ["knees.md"]


def test_one_bad_article_does_not_stop_the_others(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "audit", "--offline", "missing.md", "knees.md")
    assert code == 2
    assert "Heat for stiff knees" in out
    assert "kb: missing.md: there is no such file" in err


def test_broken_entries_of_a_bibliography_are_named_and_the_others_kept(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "knees.bib").write_text(BROKEN_BIB)
    code, out, _ = run(capsys, "audit", "--offline", "knees.md")
    assert code == 0
    assert "knees.bib:2: entry 'poe2011' could not be read" in " ".join(out.split())


def test_a_bibliography_that_is_not_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "audit", "--offline", "-b", "no.bib", "knees.md")
    assert code == 2
    assert "kb: no.bib: there is no such file; check the name" in err


def test_a_doi_that_is_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "knees.md").write_text(ARTICLE.replace("https://doi.org/10.5555/heat", "doi:10.5555"))
    code, out, _ = run(capsys, "audit", "--offline", "knees.md")
    assert code == 0
    assert "knees.md:7: “10.5555” is no DOI" in " ".join(out.split())


def test_a_knowledge_base_that_is_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "other.db").write_text("not a database")
    code, _, err = run(capsys, "audit", "--offline", "--kb", "other.db", "knees.md")
    assert code == 3
    assert "other.db" in err
    assert (folder / "other.db").read_text() == "not a database"


def test_terminal_escapes_in_an_article_reach_no_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "knees.md").write_text(ARTICLE.replace("cold", "\x1b]0;owned\x07cold \x9b31m[bold]"))
    _, out, _ = run(capsys, "audit", "--offline", "knees.md")
    assert not any(ch in out for ch in "\x1b\x07\x9b")
    assert "[bold]" in out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("audit", "--format", "xml"), 2),
        (("explain",), 2),
        (("nonsense",), 2),
        (("audit", "--", "-dash.md"), 2),
        (("app", "--kb", "."), 3),
    ],
)
def test_wrong_use_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int
) -> None:
    told, out, err = run(capsys, *arguments)
    lines = [line for line in err.splitlines() if not line.endswith("…")]
    assert (told, out, len(lines)) == (code, "", 1)
    assert lines[0].startswith("kb: ")


def test_an_interrupted_run_exits_with_130(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ingest.pipeline.audit_file", interrupted)
    code, _, err = run(capsys, "audit", "--offline", "knees.md")
    assert (code, err.strip()) == (130, "kb: interrupted; what was stored before is still there")


def test_a_report_that_cannot_be_kept_is_shown_all_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "file").write_text("in the way")
    code, out, err = run(capsys, "audit", "--offline", "--kb", "file/knowledge.db", "knees.md")
    assert code == 3
    assert "Heat for stiff knees" in out
    assert err.splitlines()[-1].startswith("kb: ")


def test_output_in_an_encoding_that_lacks_letters(folder: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "latin-1", "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-m", "ingest.cli", "audit", "--offline", "knees.md"],
        capture_output=True,
        cwd=folder,
        env=environment,
        check=False,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


def test_an_article_named_twice_is_audited_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "audit", "--offline", "--format", "json", "knees.md", "./knees.md")
    assert len(json.loads(out)["articles"]) == 1


def test_check_tells_what_could_not_be_read_on_stderr(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "knees.bib").write_text(BROKEN_BIB)
    _, out, err = run(capsys, "check", "--offline", "knees.md")
    assert "entry 'poe2011' could not be read" in err
    assert "could not be read" not in out


def test_check_lists_findings_and_exits_with_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", "knees.md")
    assert code == 1
    assert out.splitlines()[0].startswith("knees.md:3:47: ST003 studies or experts without a name: “Studies show”")
    assert not (folder / ".kb" / "knowledge.db").exists()


def test_check_without_findings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "fine.md").write_text("# Knees\n\nThe knee is a joint between thigh and shin.\n")
    assert run(capsys, "check", "fine.md")[:2] == (0, "No findings in 1 article\n")
