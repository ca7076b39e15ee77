"""``kb check``: what is checked, how it is told, and which exit code."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.cli import main
from ingest.linting import checking
from ingest.linting.given import LARGEST, LOCK, REVIEWS
from kb import lock, reviews
from kb.report.check import FORMATS
from tests.checks import BARE, CALM, PROJECT, Kb, found, started


@pytest.mark.parametrize(("text", "expected"), [(BARE, 1), (CALM, 0)])
def test_the_exit_code_says_whether_there_are_findings(text: str, expected: int, folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(text)
    assert kb("heat.md")[0] == kb()[0] == expected


@pytest.mark.parametrize(
    ("fail_on", "expected"), [("never", 0), ("error", 1), ("info", 1)], ids=["never", "error", "info"]
)
def test_from_which_severity_on_a_run_fails(fail_on: str, expected: int, folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    assert kb("--fail-on", fail_on)[0] == expected
    assert kb("--fail-on", fail_on, "--select", "ST001")[0] == 0


def test_the_lock_is_used_where_there_is_one(tour: Path, kb: Kb) -> None:
    _, out, _ = kb("amberleaf.md", "--format", "json")
    assert "SO007" in {rule for _, _, rule in found(out)}
    (tour / LOCK).unlink()
    _, out, _ = kb("amberleaf.md", "--format", "json")
    assert "SO007" not in {rule for _, _, rule in found(out)}
    code, _, err = kb("amberleaf.md", "--frozen")
    assert (code, err) == (2, f"kb: {LOCK}: there is no such file; write it with `kb lock ARTICLE...`\n")


def test_names_of_files_are_those_of_their_modules() -> None:
    assert (LOCK, REVIEWS) == (lock.FILE, reviews.FILE)
    assert max(lock.LARGEST, reviews.LARGEST) == LARGEST


def test_several_processes_say_what_one_says(folder: Path, kb: Kb) -> None:
    for number in range(8):
        (folder / f"{number}.md").write_text(BARE + "\nWalking eases back pain.\n" * number)
    assert kb("--no-cache", "--jobs", "1") == kb("--no-cache", "--jobs", "3")


def test_an_article_that_cannot_be_read_does_not_hide_the_others(folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    (folder / "broken.md").write_bytes(b"\xff\xfe\x00")
    code, out, err = kb("heat.md", "broken.md", "nowhere.md")
    assert code == 2
    assert "heat.md:3:1: ST002" in out
    assert "kb: nowhere.md: there is no such file; check the name and the folder\n" in err
    assert "broken.md" in err


def test_a_file_that_goes_away_meanwhile_is_told(folder: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "heat.md").write_text(BARE)
    (folder / "gone.md").write_text(BARE)
    plain = checking._made

    def going(*given: object) -> object:
        (folder / "gone.md").unlink(missing_ok=True)
        return plain(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "_made", going)
    code, out, err = kb()
    assert (code, "heat.md:3:1: ST002" in out) == (2, True)
    assert "kb: gone.md: there is no such file; check the name and the folder\n" in err
    assert kb("heat.md")[0] == 1


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_printed_and_written(form: str, tour: Path, kb: Kb) -> None:
    _, out, _ = kb("--format", form, "--report", f"{form}=report")
    assert (tour / "report").read_text("utf-8") == out


def test_an_editor_hands_in_what_it_holds(tour: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    unsaved = tmp_path / "unsaved"
    unsaved.write_bytes(b"# Leaflet\n\nHeat eases knee pain in 40% of adults.\n")
    with unsaved.open() as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        code, out, _ = kb("--stdin-filename", "leaflet.md")
    assert code == 1
    assert out.startswith("leaflet.md:3:1: ST002")


CONTRADICTIONS = [
    (["--fix", "--write-baseline"], "--fix and --write-baseline exclude each other"),
    (["--stdin-filename", "a.md", "b.md"], "--stdin-filename and an article exclude each other"),
    (["--report", "sarif"], "--report: 'sarif' is no FORMAT=FILE"),
    (["--report", "word=x"], "--report: 'word=x' is no FORMAT=FILE"),
    (["--select", "ST0001"], "there is no rule 'ST0001'"),
    (["--ignore", "unsuported-statement"], "did you mean 'unsupported-statement'?"),
    (["--report", "json=nowhere/report.json"], "nowhere/report.json: cannot be written"),
    (["--fix", "--diff", "--report", "json=x"], "leave --report out"),
    (["--select", "ST001", "--ignore", "ST001"], "kb: 'ST001' is both selected and ignored; say one of the two"),
    (["--diff", "main"], "is in no git repository"),
    (["--format", "xml"], "xml"),
]


@pytest.mark.parametrize(("arguments", "told"), CONTRADICTIONS, ids=[told for _, told in CONTRADICTIONS])
def test_wrong_use_is_told_in_one_line(arguments: list[str], told: str, folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    code, out, err = kb(*arguments)
    assert (code, out) == (2, "")
    assert told in err.splitlines()[-1]


def test_of_what_an_editor_holds_no_more_is_read_than_of_a_file(
    folder: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.read.LARGEST", 1_000_000)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"heat " * 200_001)))
    told = (2, "", "kb: heat.md: is more than the 1 MB that are read; split it into chapters\n")
    assert kb("--stdin-filename", "heat.md") == told
    assert sys.stdin.buffer.read() == b"eat "


def test_a_reader_that_leaves_early_is_no_error(tour: Path) -> None:
    for number in range(60):
        shutil.copy(tour / "leaflet.md", tour / f"copy{number}.md")
    process = started(tour)
    assert process.stdout
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr
    assert "Traceback" not in process.stderr.read()
    assert process.wait() == 1
    process.stderr.close()


def test_another_article_that_contradicts_is_named(folder: Path, kb: Kb) -> None:
    (folder / "former.md").write_text("# Coffee\n\nCoffee lowers blood pressure in adults.\n")
    (folder / "coffee.md").write_text("# Coffee\n\nCoffee raises blood pressure in adults.\n")
    with pytest.raises(SystemExit):
        main(["audit", "--offline", "former.md"])
    assert "ST007" not in kb("coffee.md")[1]
    (folder / "kb.toml").write_text('knowledge_base = ".kb/knowledge.db"\n')
    _, out, _ = kb("coffee.md")
    assert "coffee.md:3:1: ST007" in out
    assert "former.md" in out


def test_a_knowledge_base_that_is_not_there_is_told(folder: Path, kb: Kb) -> None:
    (folder / "coffee.md").write_text(BARE)
    (folder / "kb.toml").write_text('knowledge_base = ".kb/nothing.db"\n')
    code, out, err = kb("coffee.md")
    assert (code, out) == (2, "")
    assert "kb.toml: the knowledge base that it names is not there; audit an article" in err


def test_a_lock_that_lacks_a_source_is_a_finding_and_no_failure(tour: Path, kb: Kb) -> None:
    held = json.loads((tour / LOCK).read_text())
    source = next(name for name, one in held["sources"].items() if "newsletter.md" in one["references"])
    del held["sources"][source]
    for of_article in held["evidence"].values():
        for of_statement in of_article.values():
            of_statement.pop(source, None)
    (tour / LOCK).write_text(json.dumps(held))
    code, out, _ = kb("newsletter.md", "--format", "json")
    assert code == 1
    assert {"EV001", "SO001"} & {rule for _, _, rule in found(out)}
    (tour / LOCK).write_text('{"schema_version": 99}')
    code, out, err = kb("newsletter.md")
    assert (code, out) == (2, "")
    assert err.startswith(f"kb: {LOCK}: ")


def test_a_rule_that_is_none_is_told_where_there_is_nothing_to_check(folder: Path, kb: Kb) -> None:
    assert kb("--select", "NONSENSE")[0] == 2
    assert kb()[0] == 3


def test_findings_of_a_page_on_one_line_are_in_the_order_of_its_text(folder: Path, kb: Kb) -> None:
    words = ("Heat eases the long pain of stiff knees.", "Cold cures gout.", "Tea cures flu.")
    body = "".join(f"<p>{text}</p>" for text in words)
    (folder / "page.html").write_text(f"<html><body><h1>Heat</h1>{body}</body></html>")
    _, out, _ = kb("page.html", "--format", "json")
    (article,) = json.loads(out)["articles"]
    assert [finding["place"] for finding in article["findings"]] == [f"/html/body/p[{n}]" for n in (1, 2, 3)]


def test_a_report_replaces_a_link_and_never_an_article(folder: Path, kb: Kb, tmp_path: Path) -> None:
    (folder / "heat.md").write_text(BARE)
    precious = tmp_path / "precious"
    precious.write_text("precious")
    (folder / "report.xml").symlink_to(precious)
    assert kb("heat.md", "--report", "junit=report.xml")[0] == 1
    assert precious.read_text() == "precious"
    assert "<testsuite" in (folder / "report.xml").read_text()
    code, _, err = kb("heat.md", "--report", "json=heat.md")
    assert (code, err) == (2, "kb: heat.md: is an article that is checked; name another file\n")
    assert (folder / "heat.md").read_text() == BARE


def test_links_that_lead_nowhere_are_passed_over(folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    (folder / "loop.md").symlink_to("loop.md")
    code, out, err = kb()
    assert (code, "heat.md:3:1: ST002" in out) == (1, True)
    assert err == "kb: loop.md leads nowhere, and is passed over\n"


def test_who_checks_a_part_with_a_configuration_of_its_own_is_told(tour: Path, kb: Kb, folder: Path) -> None:
    inner = folder / "part"
    inner.mkdir()
    for name in ("leaflet.md", "kb.toml", LOCK):
        shutil.copy(tour / name, inner / name)
    for arguments in (["part"], ["part/leaflet.md"]):
        err = kb(*arguments)[2]
        assert "kb: part/kb.toml does not count here; run `kb check` in part, where it does\n" in err


def test_stdout_that_is_closed_is_no_crash(folder: Path) -> None:
    (folder / "heat.md").write_text(BARE)
    command = [sys.executable, "-m", "ingest.cli", "check"]
    script = f"exec {shlex.join(command)} >&-"
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        ["sh", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
