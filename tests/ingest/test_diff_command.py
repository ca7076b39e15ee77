"""`kb diff` on reports, locks and knowledge bases, and on what is none of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.cli import main
from kb.base import KnowledgeBase
from kb.lock import lock_of
from kb.lock import to_json as lock_to_json
from kb.model import Audit
from kb.report.document import to_json
from tests.samples import sample_audit


@pytest.fixture
def audit() -> Audit:
    return sample_audit()


@pytest.fixture
def report(tmp_path: Path, audit: Audit) -> Path:
    path = tmp_path / "report.json"
    path.write_text(to_json([audit]), "utf-8")
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["diff", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_a_report_and_a_knowledge_base_of_the_same_audit_are_equal(tmp_path: Path, audit: Audit, report: Path) -> None:
    with KnowledgeBase.open(tmp_path / "kb.db") as base:
        base.add(audit)
    assert run(report, tmp_path / "kb.db") == (0, "Nothing changed.\n", "")


def test_a_lock_is_compared_as_far_as_it_goes(tmp_path: Path, audit: Audit, report: Path) -> None:
    lock = tmp_path / "evidence.lock.json"
    lock.write_text(lock_to_json(lock_of([audit])), "utf-8")
    assert run(lock, lock)[:2] == (0, "Nothing changed.\n")
    assert run(lock, report)[0] == 0


def test_a_verdict_that_fell_is_told_first_and_as_json(tmp_path: Path, report: Path) -> None:
    changed = json.loads(report.read_text("utf-8"))
    fell = next(one for one in changed["articles"][0]["statements"] if one["verdict"] == "supported")
    fell["verdict"] = "unsupported"
    after = tmp_path / "after.json"
    after.write_text(json.dumps(changed), "utf-8")
    code, text, _ = run(report, after)
    assert code == 0
    assert "Worse (1)" in text
    assert "supported → unsupported" in text
    answer = json.loads(run(report, after, "--format", "json")[1])
    assert [one["way"] for one in answer["changed"]] == ["down"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is no JSON"),
        (b"{", "is no JSON"),
        (b"[1, 2]", "is no report"),
        (b'{"schema_version": 99}', "was written by a newer version"),
        (b"[" * 100_000, "is no"),
        (b"SQLite format 3\0 and no more", "knowledge base"),
    ],
)
def test_what_is_none_of_them_is_told_in_one_line(tmp_path: Path, report: Path, content: bytes, told: str) -> None:
    other = tmp_path / "other.json"
    other.write_bytes(content)
    code, out, err = run(report, other)
    assert code in (2, 3)
    assert out == ""
    assert told in err
    assert err.count("\n") == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path, report: Path) -> None:
    code, _, err = run(report, tmp_path / "missing.json")
    assert code == 2
    assert "missing.json" in err


def test_a_knowledge_base_on_a_server_is_asked_there_and_its_password_never_shown(report: Path) -> None:
    code, out, err = run("postgresql://ada:hush@127.0.0.1:1/evidence", report)
    assert (code, out) == (3, "")
    assert "postgresql://ada@127.0.0.1:1/evidence" in err
    assert "hush" not in err
