"""``kb review``: what a person says is kept, counts in every later run, and is told wherever it no longer does."""

from __future__ import annotations

import html
import json
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.cli import main
from ingest.config import ENVIRONMENT
from kb.base import KnowledgeBase
from kb.reviews import FILE, read
from tests.loopback import closed_port

HEAT = "Heat reduces the pain of a stiff knee in adults (Roe, 2010)."
COLD = "Cold packs slowed the healing of knees (Poe, 2012)."
TEA = "Tea cures arthritis."
ARTICLE = f"""# Heat and cold for stiff knees

{HEAT} {COLD}

{TEA}

## References

Roe, J. (2010). Heat for knees: a randomized trial. Knee Journal, 3, 1-9. https://doi.org/10.5555/heat
Poe, E. (2012). Cold for knees. Knee Journal, 5, 1-9. https://doi.org/10.5555/cold
"""
ANN = ("--person", "Ann Lee", "--as-of", "2026-11-20")
BO = ("--person", "Bo Yu", "--as-of", "2026-11-21")
Kb = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one article; registries are out of reach, and git knows nobody."""
    for name in ("KB_DATABASE", "NO_COLOR", *ENVIRONMENT.values()):
        monkeypatch.delenv(name, raising=False)
    for name in ("KB_CROSSREF", "KB_DATACITE", "KB_DOI_ORG", "KB_NCBI", "KB_PMC", "KB_EUROPEPMC"):
        monkeypatch.setenv(name, closed_port())
    (tmp_path / ".gitconfig").write_text("")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / ".gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    (tmp_path / "kb.toml").write_text("")
    (tmp_path / "knees.md").write_text(ARTICLE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def kb(folder: Path, capsys: pytest.CaptureFixture[str]) -> Kb:
    """Runs the command: exit code, stdout, and stderr without progress."""

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as caught:
            main(list(arguments))
        captured = capsys.readouterr()
        told = [line for line in captured.err.splitlines() if not line.endswith("…")]
        return int(caught.value.code or 0), captured.out, "\n".join(told)

    return run


def rules(kb: Kb, *arguments: str) -> list[tuple[int, str]]:
    """The line and rule of each finding of ``kb check``."""
    _, out, _ = kb("check", "knees.md", *arguments)
    told = [line for line in out.splitlines() if line.startswith("knees.md:")]
    return [(int(line.split(":")[1]), line.split()[1]) for line in told]


def statements(kb: Kb) -> list[dict[str, Any]]:
    _, out, _ = kb("audit", "knees.md", "--offline", "--format", "json")
    found: list[dict[str, Any]] = json.loads(out)["articles"][0]["statements"]
    return found


def test_without_a_value_it_lists_what_there_is(kb: Kb) -> None:
    code, out, _ = kb("review", "knees.md")
    assert code == 0
    lines = out.splitlines()
    assert lines[0].split()[0] == "3.1"
    assert lines[0].endswith("  not checked; needs a source")
    assert lines[1].strip() == f"“{HEAT}”"
    assert lines[2].strip() == "source roe2010: not checked; randomized trial; not attempted"
    assert [line.split()[0] for line in lines if line.split()[0].replace(".", "").isdigit()] == ["3.1", "3.2", "5"]


def test_a_word_is_written_once_and_kept(folder: Path, kb: Kb) -> None:
    code, out, _ = kb("review", "knees.md:3.1", "Supported", "--reason", " table\n2 ", *ANN)
    assert code == 0
    assert out.splitlines() == [
        "knees.md:3 “Heat reduces the pain of a stiff knee i…”: not checked → supported, by Ann Lee",
        "kept in evidence.reviews.json",
    ]
    content = (folder / FILE).read_bytes()
    (word,) = read(content, FILE)
    assert (word.value, word.person, word.date, word.reason) == ("supported", "Ann Lee", "2026-11-20", "table 2")
    assert (word.article, word.text, word.cited) == ("knees.md", HEAT, ("doi:10.5555/heat",))
    assert content == content.strip() + b"\n"
    assert str(folder).encode() not in content
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o644
    kb("review", "knees.md:3.1", "supported", "--reason", "table 2", *ANN)
    assert (folder / FILE).read_bytes() == content
    for _ in range(2):
        kb("audit", "knees.md", "--offline")
    with KnowledgeBase.open(folder / ".kb" / "knowledge.db") as base:
        assert base.reviews() == base.audit("knees.md").reviews == (word,)
        assert list(base.statements()["reviewed"].fillna("")) == ["overruled", "", ""]


def test_it_is_marked_in_every_report(kb: Kb) -> None:
    kb("review", "knees.md:3.1", "supported", "--reason", "table 2 has it", *ANN)
    said = "Ann Lee (2026-11-20) says supported: table 2 has it; the program says not checked"
    _, text, _ = kb("audit", "knees.md", "--offline")
    assert "supported (by a person's word)" in text
    assert said in " ".join(text.split())
    _, page, _ = kb("audit", "knees.md", "--offline", "--format", "html")
    assert "by a person's word" in html.unescape(page)
    first = statements(kb)[0]
    assert first["verdict"] == "supported"
    assert first["reviewed"]["state"] == "overruled"
    assert first["reasons"][0] == said


CASES = [
    ("a statement's need", ("knees.md:5", "--needs-source", "no"), "needs a source → needs no source, by Ann Lee"),
    ("a line", ("knees.md:3.1", "partly", "--source", "1"), "and roe2010: not checked → partly, by Ann Lee"),
    ("by DOI", ("knees.md:3.1", "disputes", "--source", "https://doi.org/10.5555/HEAT"), "not checked → disputes, by"),
    (
        "a design",
        ("knees.md", "--source", "roe2010", "--design", "cohort"),
        "roe2010, design: randomized trial → cohort",
    ),
    ("the one source of a statement", ("knees.md:3.2", "--design", "cohort"), "poe2012, design: unknown → cohort, by"),
    ("which work", ("knees.md:3.2", "--resolution", "verified"), "poe2012, which work it is: not attempted → verified"),
    ("a certainty", ("knees.md:3.1", "supported", "--certainty", "low"), "not checked → supported, certainty low, by"),
    ("a subject", ("knees.md:3.2", "animal", "--subject", "design"), "poe2012, design: unknown → animal, by Ann Lee"),
    ("a line within the sentence", ("knees.md:5.1", "contested"), "unsupported → contested, by Ann Lee"),
]


@pytest.mark.parametrize(("arguments", "told"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_what_can_be_said(kb: Kb, arguments: tuple[str, ...], told: str) -> None:
    code, out, err = kb("review", *arguments, "--reason", "read it", *ANN)
    assert (code, err) == (0, "")
    assert told in out


MISTAKES = [
    (
        "several in a line",
        ("knees.md:3", "supported"),
        "knees.md: line 3 holds 2 statements; say which: 3.1 “Heat reduces",
    ),
    ("too many", ("knees.md:3.7", "supported"), "line 3 holds 2 statements; say which"),
    ("no such line", ("knees.md:4", "supported"), "no statement stands in line 4; the nearest stand in lines 3 and 5"),
    (
        "no such id",
        ("knees.md:s0123456789", "supported"),
        "there is no statement s0123456789; `kb review knees.md` lists",
    ),
    ("no line", ("knees.md", "supported"), "which statement?; give its line: knees.md:LINE"),
    (
        "no such value",
        ("knees.md:5", "suported"),
        "'suported' is nothing to say of a statement; did you mean “supported”?",
    ),
    (
        "a word on a line",
        ("knees.md:3.1", "supported", "--source", "1"),
        "nothing to say of a line; did you mean “supports”?",
    ),
    (
        "no such source",
        ("knees.md:3.1", "supports", "--source", "roe2011"),
        "no source 'roe2011'; did you mean roe2010?",
    ),
    (
        "not its source",
        ("knees.md:3.1", "supports", "--source", "2"),
        "statement in line 3 has no source '2'; there are roe2010",
    ),
    (
        "which source",
        ("knees.md", "--design", "cohort"),
        "has several sources; name one with --source: roe2010, poe2012",
    ),
    (
        "no source at all",
        ("knees.md:5", "supports", "--subject", "line"),
        "cites no source; speak of the statement itself",
    ),
    ("two words", ("knees.md:5", "supported", "--needs-source", "no"), "one word at a time"),
    ("no value", ("knees.md:5", "--certainty", "low"), "nothing is said; give a VALUE, such as supported"),
    ("nothing to take back", ("knees.md:5", "--withdraw"), "knees.md: Ann Lee said nothing of it; nobody did"),
    ("a page", ("https://example.org/knees:5", "supported"), "is a page, and only files are reviewed"),
    ("no file", ("hips.md:5", "supported"), "hips.md: there is no such file"),
]


@pytest.mark.parametrize(("arguments", "told"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES])
def test_a_mistake_is_told_in_one_line_and_nothing_is_written(
    folder: Path, kb: Kb, arguments: tuple[str, ...], told: str
) -> None:
    code, out, err = kb("review", *arguments, "--reason", "read it", *ANN)
    assert (code, out) == (2, "")
    assert told in err
    assert err.count("\n") == 0
    assert not (folder / FILE).exists()


def test_every_word_needs_a_reason(kb: Kb) -> None:
    for reason in ((), ("--reason", " \n\u200b")):
        code, _, err = kb("review", "knees.md:5", "supported", *reason, *ANN)
        assert (code, err) == (2, 'kb: why?; give a reason: --reason "…"')
    assert "more than 1,000 characters" in kb("review", "knees.md:5", "supported", "--reason", "x" * 1_001, *ANN)[2]


def test_who_speaks(folder: Path, kb: Kb) -> None:
    say = ("review", "knees.md:5", "supported", "--reason", "read it")
    code, _, err = kb(*say)
    assert (code, err) == (2, "kb: who says so?; give --person NAME, set 'reviewer', or `git config user.name`")
    if shutil.which("git"):
        (folder / ".gitconfig").write_text("[user]\n\tname = Gil Git\n")
        assert "by Gil Git" in kb(*say)[1]
    (folder / "kb.toml").write_text("reviewer = 'Rae Set'\n")
    assert "Rae Set (" in (folder / FILE).read_text() + kb(*say)[1] + kb("review", "knees.md")[1]
    assert "more than 200 characters" in kb(*say, "--person", "x" * 201)[2]


def test_names_and_reasons_that_steer_a_terminal_do_not(folder: Path, kb: Kb) -> None:
    evil = "A\x1b]0;owned\x07\u202egpj\nB"
    kb("review", "knees.md:3.1", "supported", "--reason", evil, "--person", evil)
    outputs = [kb("review", "knees.md"), kb("audit", "knees.md", "--offline"), kb("check", "knees.md")]
    assert "A\N{REPLACEMENT CHARACTER}" in outputs[0][1]
    for _, out, err in outputs:
        assert all(character.isprintable() or character == "\n" for character in out + err)
    assert all(character.isprintable() or character == "\n" for character in (folder / FILE).read_text())


def test_a_finding_that_a_person_overruled_is_told_no_more(folder: Path, kb: Kb) -> None:
    assert (5, "ST001") in rules(kb)
    kb("review", "knees.md:5", "--needs-source", "no", "--reason", "satire", *ANN)
    assert (5, "ST001") not in rules(kb)
    (folder / "knees.md").write_text(ARTICLE.replace(TEA, f"One more paragraph.\n\n{TEA}"))
    assert (7, "ST001") not in rules(kb), "the line moved, the statement is the same"
    (folder / "knees.md").write_text(ARTICLE.replace(TEA, "Tea cures bad arthritis."))
    assert (5, "ST001") in rules(kb), "the words have changed"
    assert "people's words on line 5 were given for earlier words" in kb("check", "knees.md")[2]


def test_a_dispute_leaves_the_finding(kb: Kb) -> None:
    kb("review", "knees.md:5", "supported", "--reason", "known", *ANN)
    assert (5, "ST001") not in rules(kb)
    _, out, _ = kb("review", "knees.md:5", "unsupported", "--reason", "not known to me", *BO)
    assert out.splitlines()[0] == ("knees.md:5 “Tea cures arthritis.”: supported → unsupported, by Bo Yu")
    assert (5, "ST001") in rules(kb)
    tea = statements(kb)[-1]
    assert (tea["verdict"], tea["reviewed"]["state"]) == ("unsupported", "disputed")
    assert [word.split(" (")[0] for word in tea["reviewed"]["words"]] == ["Ann Lee", "Bo Yu"]
    _, out, _ = kb("review", "knees.md:5", "--withdraw", "--person", "bo yu", "--as-of", "2026-11-21")
    assert "unsupported → supported; the word of Bo Yu is withdrawn" in out
    assert (5, "ST001") not in rules(kb)
    assert "bo yu said nothing of it; Ann Lee did" in kb("review", "knees.md:5", "--withdraw", "--person", "bo yu")[2]


def test_what_was_taken_back_does_not_come_back_out_of_the_knowledge_base(folder: Path, kb: Kb) -> None:
    kb("review", "knees.md:5", "supported", "--reason", "known", *ANN)
    before = (folder / FILE).read_bytes()
    kb("review", "knees.md:5", "--withdraw", *ANN)
    assert (folder / FILE).read_bytes() != before
    kb("audit", "knees.md", "--offline")
    assert statements(kb)[-1]["verdict"] == "unsupported"


def test_the_knowledge_base_keeps_words_that_the_file_does_not_hold(folder: Path, kb: Kb) -> None:
    kb("review", "knees.md:5", "supported", "--reason", "known", *ANN)
    (folder / FILE).unlink()
    assert statements(kb)[-1]["verdict"] == "supported"
    assert (5, "ST001") in rules(kb), "a check goes by the file alone"


def test_a_word_on_earlier_words_can_be_taken_back(folder: Path, kb: Kb) -> None:
    kb("review", "knees.md:5", "--needs-source", "no", "--reason", "satire", *ANN)
    (folder / "knees.md").write_text(ARTICLE.replace(TEA, "Tea cures bad arthritis."))
    code, out, _ = kb("review", "knees.md:5", "--withdraw", "--subject", "need", *ANN)
    assert (code, "is withdrawn" in out) == (0, True)
    assert "earlier words" not in kb("check", "knees.md")[2]


def test_a_design_changes_the_level_of_what_rests_on_it(kb: Kb) -> None:
    kb("review", "knees.md:3.1", "supports", "--source", "1", "--reason", "page 4", *ANN)
    before = statements(kb)[0]
    _, out, _ = kb("review", "knees.md", "--source", "1", "--design", "case report", "--reason", "one patient", *ANN)
    after = statements(kb)[0]
    assert (before["verdict"], before["level"], after["level"]) == ("supported", 2, 4)
    assert f"  line 3.1 “{HEAT[:39]}…”: " in out
    assert any("Ann Lee (2026-11-20) says case report: one patient" in reason for reason in after["reasons"])


def test_the_lock_holds_the_programs_word_and_a_frozen_run_goes_by_peoples(folder: Path, kb: Kb) -> None:
    kb("lock", "knees.md", "--offline")
    locked = (folder / "evidence.lock.json").read_bytes()
    kb("review", "knees.md", "--source", "1", "--design", "case report", "--reason", "one patient", "--frozen", *ANN)
    kb("review", "knees.md:3.1", "supports", "--source", "1", "--reason", "page 4", "--frozen", *ANN)
    assert kb("lock", "--check", "--offline")[0] == 0
    kb("lock", "--offline")
    assert (folder / "evidence.lock.json").read_bytes() == locked
    _, out, _ = kb("audit", "knees.md", "--frozen", "--format", "json")
    heat = json.loads(out)["articles"][0]
    assert heat["statements"][0]["verdict"] == "supported"
    (line,) = [one for one in heat["evidence"] if one["source"] == "doi:10.5555/heat"]
    assert (line["level"], line["direction"], line["reviewed"]["state"]) == (4, "supports", "overruled")
    assert not any("randomized trial:" in reason for reason in line["reasons"])
    assert (3, "EV001") not in rules(kb, "--frozen")


def test_a_word_spares_a_line_the_lock(folder: Path, kb: Kb) -> None:
    kb("lock", "knees.md", "--offline")
    (folder / "knees.md").write_text(ARTICLE.replace("slowed the healing", "slowed the good healing"))
    assert (3, "EV001") in rules(kb, "--frozen")
    kb("review", "knees.md:3.2", "disputes", "--source", "2", "--reason", "page 4", *ANN)
    assert (3, "EV001") not in rules(kb, "--frozen")


BROKEN = [
    ("<<<<<<< mine\n{}\n=======\n{}\n>>>>>>> theirs\n", "holds a merge conflict; solve it"),
    ('{"schema_version": 9, "reviews": []}', "newer version (schema 9, known is 1); update evidence-kb"),
    ("[]", "is no file of reviews"),
]


@pytest.mark.parametrize(("content", "told"), BROKEN)
def test_a_file_that_is_not_to_be_read_stops_every_command_and_stays(
    folder: Path, kb: Kb, content: str, told: str
) -> None:
    (folder / FILE).write_text(content)
    for arguments in (("check", "knees.md"), ("audit", "knees.md", "--offline"), ("review", "knees.md:5", "contested")):
        code, out, err = kb(*arguments)
        assert (code, out) == (2, "")
        assert err.startswith(f"kb: {FILE}: ")
        assert told in err
    assert (folder / FILE).read_text() == content


def test_a_file_that_cannot_be_written_is_told(folder: Path, kb: Kb) -> None:
    kb("review", "knees.md:5", "supported", "--reason", "known", *ANN)
    before = (folder / FILE).read_bytes()
    (folder / FILE).chmod(0o444)
    code, _, err = kb("review", "knees.md:5", "contested", "--reason", "known", *BO)
    assert (code, err) == (2, f"kb: {FILE}: is read-only, so nothing was written; allow writing to it")
    assert (folder / FILE).read_bytes() == before


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_words_of_two_branches_merge(folder: Path, kb: Kb) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@x", *arguments], check=True, capture_output=True
        )

    kb("review", "knees.md:5", "--needs-source", "yes", "--reason", "not known", *ANN)
    git("init", "-q", "-b", "one")
    git("add", FILE)
    git("commit", "-qm", "one")
    git("checkout", "-qb", "two")
    kb("review", "knees.md:3.1", "contested", "--reason", "page 1", *BO)
    git("commit", "-qam", "two")
    git("checkout", "-q", "one")
    kb("review", "knees.md", "--source", "1", "--design", "cohort", "--reason", "page 2", *ANN)
    git("commit", "-qam", "three")
    git("merge", "-q", "two")
    assert len(read((folder / FILE).read_bytes(), FILE)) == 3
