"""Where no source was checked, and no registry asked, an answer does not read as if all were well."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from ingest.cli import main
from kb.base import KnowledgeBase
from kb.model import Audit
from tests.samples import sample_audit

_ARTICLE = """# Tea

Ginger tea eases nausea (Roe, 2010). Cold tea relieves headaches (Roe, 2010; Poe, 2012).

## References

Roe, J. (2010). Ginger tea for nausea. Cup Journal, 3, 1-9.
Poe, A. (2012). Tea and heads. Cup Journal, 5, 1-9.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("KB_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert (result.exit_code, result.stderr) == (0, "")
    return " ".join(result.stdout.split())


@pytest.fixture
def unchecked(folder: Path) -> None:
    """A knowledge base of an article of which nothing could be looked up."""
    (folder / "tea.md").write_text(_ARTICLE, "utf-8")
    assert CliRunner().invoke(main, ["audit", "--offline", "tea.md"]).exit_code == 0


@pytest.fixture
def checked(folder: Path) -> None:
    """A knowledge base of an article whose statements were checked, and whose sources a registry answered about."""
    audit = sample_audit()
    cited = {line.source for line in audit.evidence}
    known = tuple(
        msgspec.structs.replace(one, status="verified") if one.source in cited else one for one in audit.resolutions
    )
    verdicts = tuple(msgspec.structs.replace(one, verdict="supported") for one in audit.assessments)
    keep(folder, msgspec.structs.replace(audit, resolutions=known, assessments=verdicts))


def keep(folder: Path, audit: Audit) -> None:
    with KnowledgeBase.open(folder / ".kb" / "knowledge.db") as base:
        base.add(audit)


@pytest.mark.usefixtures("unchecked")
def test_what_was_not_checked_is_counted() -> None:
    assert "No source was checked for 2 statements: not counted here." in run("load-bearing")
    assert json.loads(run("load-bearing", "--format", "json"))["unchecked"] == 2
    stale = run("stale")
    assert "None that is known. No registry has answered about 2 sources that statements rest on:" in stale
    assert json.loads(run("stale", "--format", "json"))["unchecked"] == 2


@pytest.mark.usefixtures("checked")
def test_nothing_is_said_where_all_was_checked() -> None:
    assert "No source was checked" not in run("load-bearing")
    assert "No registry has answered" not in run("stale")
    assert "unchecked" not in json.loads(run("stale", "--format", "json"))


def test_the_sources_that_no_registry_answered_about_are_told_beside_what_is_stale(folder: Path) -> None:
    keep(folder, sample_audit())
    told = run("stale")
    assert "Rest on a source that was retracted" in told
    assert "No registry has answered about 1 source that statements rest on:" in told
    assert "No source was checked for 1 statement: not counted here." in run("load-bearing")
