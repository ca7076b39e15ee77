"""``kb stale`` on two invented articles that share a source which was retracted between their audits."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from ingest.commands.asking.stale import command
from kb.base import KnowledgeBase
from kb.errors import ConfigurationError, UsageError
from kb.model import Attribution, Notice, Source
from tests.graded import Drawn, audit_of

replace = msgspec.structs.replace

BEFORE = Source(
    id="doi:10.5555/heat",
    authors=("Roe",),
    year="2005",
    title="Heat wraps",
    said=(Attribution(by="Crossref", fields=(), asked="2025-01-01"),),
)
SINCE = replace(
    BEFORE,
    notices=(Notice(kind="retraction", said_by=("Crossref",), date="2025-06-01", doi="10.5555/fell"),),
    said=(Attribution(by="Crossref", fields=(), asked="2026-01-01"),),
)
TEA = Source(id="doi:10.5555/tea", authors=("Ash",), year="2001", title="Teas")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("base") / "knowledge.db"
    first = audit_of("one.md", [Drawn("s1", {BEFORE.id: "supports"}), Drawn("s2", {TEA.id: "supports"})], [BEFORE, TEA])
    with KnowledgeBase.open(path) as base:
        base.add(replace(first, as_of="2025-01-01"))
        base.add(audit_of("two.md", [Drawn("s1", {SINCE.id: "not checked"})], [SINCE]))
    return path


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def asked(database: Path, *options: str) -> Result:
    return CliRunner().invoke(command, ["--kb", str(database), *options], catch_exceptions=False)


def test_in_words(database: Path) -> None:
    out = asked(database, "--as-of", "2026-11-22").stdout
    assert out.startswith(
        "As of 2026-11-22: statements whose evidence was retracted, corrected or superseded.\n"
        "Graded before or without a notice, to be audited again: one.md.\n\n"
        "Rest on a source that was retracted: 2 statements, 1 source\n"
        "  Roe 2005: Heat wraps (doi:10.5555/heat)\n"
        "    Retracted, 2025-06-01, said by Crossref; the notice is doi:10.5555/fell\n"
        "    one.md, line 1 (s1): “Thyme eases s1.” (supported)\n"
    )
    assert "      source: not checked; audited 2026-11-22, after the notice\n" in out
    assert "Teas" not in out


def test_what_is_older_than_a_bound(database: Path) -> None:
    out = asked(database, "--as-of", "2026-11-22", "--older-than", "24").stdout
    assert (
        "Rest on sources that are all old: 1 statement, 1 source\n  Ash 2001: Teas (doi:10.5555/tea), the newest" in out
    )
    assert "old: " not in asked(database, "--as-of", "2026-11-22", "--older-than", "25").stdout


def test_before_the_notice_nothing_is_stale(database: Path) -> None:
    assert "None.\n" in asked(database, "--as-of", "2025-05-31").stdout


def test_as_json(database: Path) -> None:
    answer = json.loads(asked(database, "--as-of", "2026-11-22", "--format", "json").stdout)
    assert (answer["as_of"], answer["again"]) == ("2026-11-22", ["one.md"])
    assert [group["reason"] for group in answer["groups"]] == ["retracted"]


def test_today_is_the_day_where_none_is_given(database: Path) -> None:
    assert "Retracted, 2025-06-01" in asked(database).stdout


def test_a_day_that_is_none_is_told_in_one_line(database: Path) -> None:
    with pytest.raises(ConfigurationError, match="'soon' is no date"):
        asked(database, "--as-of", "soon")


@pytest.mark.parametrize("years", ["0", "-3", "many", "100000"])
def test_a_bound_that_is_none_is_told_in_one_line(database: Path, years: str) -> None:
    result = CliRunner().invoke(command, ["--kb", str(database), "--older-than", years])
    assert result.exit_code == 2
    assert "Invalid value for '--older-than'" in result.stderr


def test_without_a_knowledge_base_it_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="audit an article first"):
        asked(tmp_path / "knowledge.db")
