"""``kb check``: what is checked, what is remembered, which exit code, and what a revision of git changes."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from ingest.caches import results_of
from ingest.cli import main
from ingest.linting import checking
from ingest.linting.given import LARGEST, LOCK, REVIEWS
from kb import lock, reviews
from kb.linting import baseline
from kb.linting.outcome import Brief
from kb.report.check import FORMATS

PROJECT = Path(__file__).resolve().parents[2]
TOUR = PROJECT / "examples" / "tour"
BARE = "# Heat\n\nHeat eases knee pain in 40% of adults.\n"
CALM = "# Heat\n\nWe like warm rooms, and tea in the afternoon.\n"

Kb = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = tmp_path / "project"
    project.mkdir()
    (project / "kb.toml").touch()
    monkeypatch.chdir(project)
    return project


@pytest.fixture
def tour(folder: Path) -> Path:
    shutil.copytree(TOUR, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".kb"))
    return folder


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Kb:
    """Runs ``kb check``: exit code, stdout and stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as caught:
            main(["check", *arguments])
        captured = capsys.readouterr()
        return int(caught.value.code or 0), captured.out, captured.err

    return run


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Roe", "-c", "user.email=roe@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def committed(folder: Path) -> None:
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "before")


def add_to(article: Path) -> None:
    """Add a statement without a source before the second heading, so that all that follows moves down."""
    text = article.read_text()
    article.write_text(text.replace("\n## ", "\nHeat eases knee pain in 40% of adults.\n\n## ", 1))


def kept(folder: Path) -> Path:
    """Where the results of a project are remembered."""
    file = results_of(folder)
    assert file
    return file


def found(out: str) -> list[tuple[str, int, str]]:
    """Article, line and rule of each finding of a JSON report."""
    return [
        (article["path"], finding["line"], finding["rule"])
        for article in json.loads(out)["articles"]
        for finding in article["findings"]
    ]


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


def test_a_result_is_taken_again_until_something_changes(tour: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    first = kb("--format", "json")
    made: list[str] = []
    plain = checking._make

    def counted(job: checking.Job, *rest: object) -> checking.Made:
        made.append(job.article)
        return plain(job, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "_make", counted)
    assert kb("--format", "json") == first
    assert made == []
    add_to(tour / "leaflet.md")
    assert kb("--format", "json") != first
    assert made == ["leaflet.md"]


@pytest.mark.parametrize(
    "change",
    [
        lambda tour: (tour / "amberleaf.nbib").write_text((tour / "amberleaf.nbib").read_text() + "\n"),
        lambda tour: (tour / LOCK).write_text((tour / LOCK).read_text() + "\n"),
        lambda tour: (tour / REVIEWS).write_text((tour / REVIEWS).read_text() + "\n"),
        lambda tour: (tour / "kb.toml").write_text((tour / "kb.toml").read_text() + 'strictness = "strict"\n'),
        lambda tour: (tour / "leaflet.nbib").write_text("PMID- 1\nTI  - Tea\n"),
    ],
    ids=["bibliography", "lock", "reviews", "configuration", "bibliography beside it"],
)
def test_what_a_result_rests_on_is_looked_at(
    change: Callable[[Path], object], tour: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb("leaflet.md")
    change(tour)
    made: list[object] = []
    plain = checking._make

    def counted(job: checking.Job, *rest: object) -> checking.Made:
        made.append(job)
        return plain(job, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "_make", counted)
    kb("leaflet.md")
    assert len(made) == 1


def test_what_only_says_how_findings_are_told_is_not_looked_at(
    tour: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb("leaflet.md")
    monkeypatch.setattr(checking, "_make", None)
    (tour / "kb.toml").write_text((tour / "kb.toml").read_text() + 'articles = ["leaflet.md"]\nexclude = ["old"]\n')
    assert kb("--fail-on", "never", "--format", "json")[0] == 0


def test_what_was_mended_beside_an_article_is_told_no_more(folder: Path, kb: Kb) -> None:
    entry = "title = {{Heat for knees}}, author = {{Roe, J}}, year = 2010, doi = {{10.5555/heat}}"
    (folder / "refs.bib").write_text("".join(f"@article{{{name}, {entry.format()}}}\n\n" for name in ("roe", "roe2")))
    (folder / "heat.md").write_text("# Heat\n\nHeat eased the knee pain in 40% of adults [@roe].\n")
    assert "RE002" in kb()[1]
    out = kb("--fix")[1]
    assert "RE002 took out entry 'roe2'" in out
    assert "duplicate-reference" not in out


def test_another_day_is_another_result(tour: Path, kb: Kb) -> None:
    assert kb("--as-of", "2026-03-02", "--format", "json")[1] != kb("--as-of", "2026-03-03", "--format", "json")[1]


def test_without_a_cache_nothing_is_written(folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    kb("--no-cache")
    assert not kept(folder).exists()
    kb()
    assert kept(folder).exists()
    assert not (folder / ".kb").exists()


def test_a_damaged_cache_stops_no_run(folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    before = kb()
    file = kept(folder)
    file.write_bytes(file.read_bytes()[:5000])
    assert kb() == before
    file.write_text("a letter of somebody")
    code, out, err = kb()
    assert (code, out) == before[:2]
    assert "(nothing is remembered in this run)" in err
    assert file.read_text() == "a letter of somebody"


@pytest.mark.parametrize("column", ["named", "brief", "found"])
def test_damage_that_the_database_does_not_see_stops_no_run(column: str, folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    before = kb("--format", "json")
    with closing(sqlite3.connect(kept(folder))) as connection, connection:
        kind = "text" if column == "named" else "blob"
        connection.execute(f"UPDATE result SET {column} = CAST('[nothing' AS {kind})")
    assert kb("--format", "json") == before


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


def test_only_what_changed_since_a_revision_is_told(tour: Path, kb: Kb) -> None:
    committed(tour)
    add_to(tour / "leaflet.md")
    code, out, _ = kb("--diff", "HEAD", "--format", "json")
    new = [place for place in found(out) if place[2].startswith("ST")]
    assert code == 1
    assert [(path, rule) for path, _, rule in new] == [("leaflet.md", "ST002")]
    (change,) = json.loads(out)["changes"]
    assert (change["article"], change["way"]) == ("leaflet.md", "down")
    assert "new, and nothing holds it up: “Heat eases knee pain in 40% of adults.”" in change["words"]


def test_an_article_outside_the_project_has_no_former_state(
    tour: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(tour)
    (tour.parent / "heat.md").write_text(BARE)
    elsewhere = tour.parent / "elsewhere"  # where the files of the revision are laid, beside a file of that name
    elsewhere.mkdir()
    (elsewhere / "heat.md").write_text(BARE)
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    assert [rule for _, _, rule in found(kb("--diff=HEAD", "--format", "json", "../heat.md")[1])] == ["ST002"]


def test_without_a_change_nothing_is_told(tour: Path, kb: Kb) -> None:
    committed(tour)
    code, out, _ = kb("--diff", "HEAD")
    assert code == 0
    assert "nothing" in out


def test_of_a_revision_no_less_of_the_lock_is_read_than_today(
    tour: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(tour)
    monkeypatch.setattr(checking, "_LARGEST", (tour / LOCK).stat().st_size - 1)
    code, out, _ = kb("--diff=HEAD")
    assert (code, out.splitlines()[-1]) == (0, "No findings in 0 articles since HEAD")


def test_what_became_of_the_evidence_is_told_although_no_article_changed(tour: Path, kb: Kb) -> None:
    before = json.loads((tour / LOCK).read_text())
    source = next(name for name, one in before["sources"].items() if one.get("design") == "systematic review")
    committed(tour)
    told = {"kind": "retraction", "said_by": ["the invented registry"], "date": "2026-11-01"}
    before["sources"][source]["notices"] = [told]
    (tour / LOCK).write_text(json.dumps(before))
    code, out, _ = kb("--diff", "HEAD", "--format", "json")
    changes = json.loads(out)["changes"]
    assert code == 1
    assert "down" in {change["way"] for change in changes}
    assert any("new notice: retraction of 2026-11-01" in change["words"] for change in changes)
    assert {rule for _, _, rule in found(out)} >= {"SO003"}


REVISIONS = [
    ("nowhere", "there is no revision 'nowhere'"),
    ("HEAD:leaflet.md", "there is no revision 'HEAD:leaflet.md'"),
]


@pytest.mark.parametrize(("revision", "told"), REVISIONS, ids=[revision for revision, _ in REVISIONS])
def test_a_revision_that_is_none(revision: str, told: str, tour: Path, kb: Kb) -> None:
    committed(tour)
    code, out, err = kb(f"--diff={revision}")
    assert (code, out) == (2, "")
    assert told in err


def test_git_is_not_made_to_run_a_program_of_the_repository(tour: Path, kb: Kb) -> None:
    committed(tour)
    script = tour / "evil.sh"
    script.write_text("#!/bin/sh\ntouch evil-ran\n")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "core.pager"):
        git(tour, "config", key, str(script))
    assert kb("--diff", "HEAD")[0] == 0
    assert not (tour / "evil-ran").exists()


def test_what_a_clone_lacks_is_not_fetched(tour: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    committed(tour)
    add_to(tour / "leaflet.md")
    committed(tour)
    git(tour, "config", "uploadpack.allowFilter", "true")
    clone = tour.parent / "clone"
    git(tour.parent, "clone", "--quiet", "--filter=blob:none", tour.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    code, out, err = kb("--diff=HEAD~1")
    assert (code, out) == (2, "")
    assert err.startswith("kb: git cannot tell what was there (")
    assert err.endswith("; fetch the whole history (actions/checkout: fetch-depth: 0)\n")


def test_what_a_repository_has_lost_is_told(tour: Path, kb: Kb) -> None:
    committed(tour)
    lost = subprocess.run(["git", "rev-parse", "HEAD:leaflet.md"], cwd=tour, capture_output=True, text=True, check=True)
    name = lost.stdout.strip()
    (tour / ".git" / "objects" / name[:2] / name[2:]).unlink()
    code, out, err = kb("--diff=HEAD")
    assert (code, out) == (2, "")
    assert f"git cannot tell what was there ({name} missing)" in err


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "ingest.cli", "check", *arguments]
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


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


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_an_interrupt_ends_with_130_and_keeps_a_sound_cache(tour: Path, kb: Kb) -> None:
    article = (tour / "amberleaf.md").read_text()
    for number in range(200):
        (tour / f"copy{number}.md").write_text(f"# {number}\n\n{article}")
    process = started(tour)
    while not kept(tour).exists():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[-1] == "kb: interrupted; what was stored before is still there"
    for number in range(199):
        (tour / f"copy{number}.md").unlink()
    assert kb("copy199.md", "leaflet.md")[0] == 1


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


def test_what_the_baseline_holds_fails_no_run(tour: Path, kb: Kb) -> None:
    before = len(found(kb("--format", "json")[1]))
    code, out, _ = kb("--write-baseline")
    assert code == 0
    assert out.startswith(f"kb-baseline.json: {before} findings in 3 articles are known from now on; say so")
    with (tour / "kb.toml").open("a") as file:
        file.write('baseline = "kb-baseline.json"\n')
    code, out, _ = kb()
    assert code == 0
    assert f"{before} known" in out
    add_to(tour / "leaflet.md")
    code, out, _ = kb("--format", "github")
    assert code == 1
    assert [line.partition(",")[0] for line in out.splitlines() if "file=" in line] == ["::error file=leaflet.md"]


def test_the_same_baseline_is_written_again_as_it_was(tour: Path, kb: Kb) -> None:
    kb("--write-baseline", "--baseline", "old.json")
    first = (tour / "old.json").read_bytes()
    kb("--write-baseline", "--baseline", "old.json", "leaflet.md")
    assert (tour / "old.json").read_bytes() == first


def test_of_rules_that_are_not_asked_for_the_baseline_holds_what_it_held(tour: Path, kb: Kb) -> None:
    kb("--write-baseline", "--baseline", "old.json")
    first = (tour / "old.json").read_bytes()
    kb("--write-baseline", "--baseline", "old.json", "--select", "RE")
    kb("--write-baseline", "--baseline", "old.json", "--ignore", "statements")
    assert (tour / "old.json").read_bytes() == first


def test_what_the_baseline_holds_and_is_no_more_is_told(tour: Path, kb: Kb) -> None:
    kb("--write-baseline", "--baseline", "old.json")
    (tour / "newsletter.md").write_text(CALM)
    code, _, err = kb("--baseline", "old.json")
    assert code == 0
    assert "old.json: 4 findings in it are no more; write it again with `kb check --write-baseline`" in err


def test_a_name_in_the_baseline_that_no_file_can_have_is_of_an_article_that_is_gone(folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    kb("--write-baseline")
    file = folder / baseline.FILE
    file.write_text(file.read_text().replace("heat.md", f"{'heat' * 200}.md"))
    code, _, err = kb("--baseline", file.name)
    assert (code, err) == (0, "")


def test_a_baseline_that_is_not_there(folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    told = (2, "", "kb: old.json: there is no such file; write it with `kb check --write-baseline`\n")
    assert kb("--baseline", "old.json") == told


def test_no_baseline_is_written_where_an_article_cannot_be_read(folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    assert kb("--write-baseline", "heat.md", "nowhere.md")[0] == 2
    assert not (folder / "kb-baseline.json").exists()


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


def test_results_that_a_project_brings_along_are_not_believed(folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    told = kb()
    file = kept(folder)
    with closing(sqlite3.connect(file)) as connection, connection:
        (digest,) = connection.execute("SELECT digest FROM result").fetchone()
        connection.execute("PRAGMA journal_mode = DELETE")
    (folder / ".kb").mkdir()
    shutil.move(file, folder / ".kb" / "check.db")
    with closing(sqlite3.connect(folder / ".kb" / "check.db")) as connection, connection:
        brief = msgspec.msgpack.encode(Brief(article="heat.md"))
        connection.execute("UPDATE result SET brief = ? WHERE digest = ?", (brief, digest))
    assert kb() == told


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
