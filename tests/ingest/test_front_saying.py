"""A word given in the app: in the file and in the knowledge base, whatever stands in the way of either."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from ingest import files
from ingest.cli import main
from ingest.front.saying import say
from kb.base import KnowledgeBase
from kb.errors import KnowledgeBaseError, StoreError, UsageError
from kb.model import Review
from kb.reviews import FILE, read
from kb.strength.people import WITHDRAWN
from kb.view.work import Word
from tests.samples import ARTICLE_ID, HARTWELL_SOURCE, sample_audit

ON = Word(
    article=ARTICLE_ID, subject="statement", value="contested", person="Ann Lee", reason="table 2", statement="s2"
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    with KnowledgeBase.open(tmp_path / "knowledge.db") as opened:
        opened.add(sample_audit())
    return tmp_path / "knowledge.db"


def said(base: Path, **changes: str | None) -> tuple[str, ...]:
    return say(base, base.parent, msgspec.structs.replace(ON, **changes))


def filed(base: Path) -> list[tuple[str, str]]:
    return sorted((one.person, one.value) for one in read((base.parent / FILE).read_bytes(), FILE))


def kept(base: Path) -> list[tuple[str, str]]:
    with KnowledgeBase.open(base) as opened:
        return sorted((one.person, one.value) for one in opened.reviews())


def verdict(base: Path, statement: str = "s2") -> tuple[str, str]:
    """The verdict, and what became of people's words on it."""
    with KnowledgeBase.open(base) as opened:
        (one,) = [one for one in opened.audit(ARTICLE_ID).assessments if one.statement == statement]
    return one.verdict, one.reviewed.state if one.reviewed else ""


def test_a_word_is_in_both_and_counts(base: Path) -> None:
    lines = said(base, reason=" table\n2 ")
    assert lines[-1] == f"Kept in {FILE}"
    (word,) = read((base.parent / FILE).read_bytes(), FILE)
    assert (word.reason, word.date, word.cited) == ("table 2", datetime.date.today().isoformat(), (HARTWELL_SOURCE,))
    assert kept(base) == [("Ann Lee", "contested")]
    assert verdict(base) == ("contested", "overruled")


def test_two_people_who_differ_are_both_kept_and_shown_as_such(base: Path) -> None:
    said(base)
    lines = said(base, person="Bo Yu", value="unsupported")
    assert "People disagree, so the program's “supported, certainty moderate” stands until they agree" in lines
    assert filed(base) == kept(base) == [("Ann Lee", "contested"), ("Bo Yu", "unsupported")]
    assert verdict(base) == ("supported", "disputed")
    said(base, person="bo  YU", value=WITHDRAWN, reason="")
    assert verdict(base) == ("contested", "overruled")


def test_the_latest_word_of_a_day_counts_also_the_first_one_again(base: Path) -> None:
    for value in ("contested", "unsupported", "contested"):
        said(base, value=value)
        assert verdict(base)[0] == value
    assert filed(base) == [("Ann Lee", "contested")]


def test_a_word_on_a_line_moves_what_rests_on_it(base: Path) -> None:
    lines = said(base, subject="line", source=HARTWELL_SOURCE, value="does not address")
    assert "now counts as “does not address”; before, it was “supports”" in lines[0]
    assert any(line.startswith("With it changed line 3.2") for line in lines)
    assert verdict(base)[0] == "not substantiated"


def test_what_others_wrote_into_the_file_counts_too(base: Path) -> None:
    said(base, person="Bo Yu", value="unsupported")
    words = (base.parent / FILE).read_bytes()
    shutil.rmtree(base.parent)
    base.parent.mkdir()
    with KnowledgeBase.open(base) as opened:
        opened.add(sample_audit())
    (base.parent / FILE).write_bytes(words)
    assert any("People disagree" in line for line in said(base))
    assert kept(base) == [("Ann Lee", "contested"), ("Bo Yu", "unsupported")]


REFUSED = [
    ({"subject": "design", "value": "cohort"}, "`kb review`"),
    ({"value": "marvellous"}, "“marvellous” may not be said"),
    ({"value": "suported"}, "did you mean “supported”?"),
    ({"subject": "line", "value": "supports", "source": "doi:10.5555/elsewhere"}, "no longer in the article"),
    ({"statement": "s99"}, "no longer in the article"),
    ({"article": "elsewhere.md"}, "no such article"),
    ({"reason": "x" * 1001}, "more than 1,000 characters"),
    ({"person": "x" * 201}, "more than 200 characters"),
    ({"value": WITHDRAWN}, "Ann Lee said nothing of it; nobody did"),
]


@pytest.mark.parametrize(("changes", "problem"), REFUSED, ids=[row[1] for row in REFUSED])
def test_what_may_not_be_said_is_kept_nowhere(base: Path, changes: dict[str, str], problem: str) -> None:
    with pytest.raises(UsageError, match=problem.replace("`", ".")):
        said(base, **changes)
    assert not (base.parent / FILE).exists()
    assert kept(base) == []


def test_a_file_that_cannot_be_written_is_told_and_the_word_is_kept(base: Path) -> None:
    said(base, person="Bo Yu")
    (base.parent / FILE).chmod(0o444)
    lines = said(base)
    assert lines[-1].startswith("Kept in the knowledge base; in the file of the project it is not: ")
    assert "is read-only" in lines[-1]
    assert filed(base) == [("Bo Yu", "contested")]
    assert kept(base) == [("Ann Lee", "contested"), ("Bo Yu", "contested")]


def test_a_file_that_cannot_be_read_stays_as_it_is(base: Path) -> None:
    (base.parent / FILE).write_text("<<<<<<< HEAD\n")
    assert "in the file of the project it is not" in said(base)[-1]
    assert (base.parent / FILE).read_text() == "<<<<<<< HEAD\n"
    assert verdict(base)[0] == "contested"


def test_a_knowledge_base_that_cannot_be_written_is_told_and_the_word_is_in_the_file(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.store.file.BUSY_SECONDS", 0.05)
    with KnowledgeBase.open(base) as other, other._store._database.writing():
        lines = said(base)
    assert lines == (lines[0],)
    assert lines[0].startswith(f"Kept in {FILE}, and counts from the next audit on")
    assert "busy" in lines[0]
    assert filed(base) == [("Ann Lee", "contested")]
    assert kept(base) == []


def test_where_neither_can_be_written_it_is_an_error(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.store.file.BUSY_SECONDS", 0.05)
    (base.parent / FILE).write_text("no reviews")
    with KnowledgeBase.open(base) as other, other._store._database.writing(), pytest.raises(StoreError, match="busy"):
        said(base)


def test_a_knowledge_base_that_is_gone_is_not_made_again(base: Path) -> None:
    base.unlink()
    with pytest.raises(StoreError, match="no knowledge base"):
        said(base)
    assert list(base.parent.glob("knowledge*")) == []


def test_a_file_that_changes_meanwhile_is_read_again(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said(base, person="Bo Yu")
    first: list[Path] = []

    def meanwhile(path: Path, data: bytes, *, former: bytes | None, project: Path) -> None:
        if not first:
            first.append(path)
            content = json.loads((base.parent / FILE).read_text())
            content["reviews"][0] |= {"person": "Zoe", "value": "supported"}
            (base.parent / FILE).write_text(json.dumps(content))
        files.replace(path, data, former=former, project=project)

    monkeypatch.setattr("ingest.commands.reviews.replace", meanwhile)
    said(base)
    assert filed(base) == [("Ann Lee", "contested"), ("Zoe", "supported")]


def together(*tasks: Callable[[], object]) -> None:
    """Do all at once, and raise what any of them raises."""
    with ThreadPoolExecutor(len(tasks)) as runner:
        for done in [runner.submit(task) for task in tasks]:
            done.result()


def test_of_many_who_speak_at_once_while_it_is_audited_nobody_is_lost(base: Path) -> None:
    names = [f"Person {number}" for number in range(8)]

    def audit() -> None:
        for _ in range(8):
            with KnowledgeBase.open(base) as opened:
                opened.add(sample_audit())  # as an audit that began before anybody spoke

    together(*(lambda name=name: said(base, person=name) for name in names), audit)
    assert [name for name, _ in filed(base)] == [name for name, _ in kept(base)] == names
    assert verdict(base) == ("contested", "overruled")


def test_what_is_said_in_the_app_is_what_kb_review_would_have_kept_and_kb_check_reads(
    base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = base.parent
    monkeypatch.chdir(project)
    monkeypatch.delenv("KB_DATABASE", raising=False)
    (project / "kb.toml").write_text("")
    (project / "knees.md").write_text("# Knees\n\nTea cures arthritis in adults.\n\nStudies show that rest is bad.\n")
    command(["audit", "knees.md", "--offline", "--kb", str(base)])
    with KnowledgeBase.open(base) as opened:
        (tea, _) = opened.audit("knees.md").statements
    said(base, article="knees.md", statement=tea.id, subject="need of a source", value="needs no source")
    of_app = read((project / FILE).read_bytes(), FILE)
    (project / FILE).unlink()
    day = datetime.date.today().isoformat()
    words = ["--needs-source", "no", "--reason", "table 2", "--person", "Ann Lee", "--as-of", day]
    command(["review", "knees.md:3", *words, "--kb", str(project / "other.db")])
    assert read((project / FILE).read_bytes(), FILE) == of_app
    capsys.readouterr()
    command(["check", "knees.md"])
    assert [line.split(":")[1] for line in capsys.readouterr().out.splitlines() if line.startswith("knees.md:")] == [
        "5"
    ]


def command(arguments: Sequence[str]) -> None:
    with pytest.raises(SystemExit):
        main(list(arguments))


def test_a_word_of_kb_review_and_one_of_the_app_on_the_same_thing(base: Path) -> None:
    """The command line puts a whole audit into the knowledge base, with the words that it knew when it began."""
    with KnowledgeBase.open(base) as opened:
        before = opened.audit(ARTICLE_ID)
    said(base)
    other = Review(
        subject="statement",
        statement="s2",
        source=None,
        value="unsupported",
        person="Bo Yu",
        date="2026-11-20",
        reason="page 4",
        fingerprint=next(one.fingerprint for one in before.statements if one.id == "s2"),
        article=ARTICLE_ID,
    )
    with KnowledgeBase.open(base) as opened:
        opened.add(msgspec.structs.replace(before, reviews=(other,)))
    assert kept(base) == [("Ann Lee", "contested"), ("Bo Yu", "unsupported")]
    assert verdict(base) == ("supported", "disputed")


def test_every_refusal_is_an_error_that_is_told_in_one_line(base: Path) -> None:
    with pytest.raises(KnowledgeBaseError) as caught:
        said(base, value="x\n\x1b[31m", person="Ann\nLee")
    assert str(caught.value).isprintable()
