"""``kb load-bearing`` on two invented articles that share a source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ingest.commands.asking.load_bearing import command
from kb.base import KnowledgeBase
from kb.errors import UsageError
from kb.model import Source
from tests.graded import Drawn, audit_of

HEAT = Source(id="doi:10.5555/heat", authors=("Roe", "Poe"), year="2010", title="Heat wraps", design="randomized trial")
TEA = Source(id="doi:10.5555/tea", authors=("Ash",), year="2015", title="Teas", design="cohort")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("base") / "knowledge.db"
    on_heat = [Drawn(name, {HEAT.id: "supports"}) for name in ("s1", "s2", "s3")]
    with KnowledgeBase.open(path) as base:
        base.add(audit_of("one.md", on_heat, [HEAT]))
        base.add(audit_of("two.md", [Drawn("s1", {HEAT.id: "supports", TEA.id: "supports"})], [HEAT, TEA]))
    return path


def asked(database: Path, *options: str) -> Result:
    return CliRunner().invoke(command, ["--kb", str(database), *options], catch_exceptions=False)


def test_in_words(database: Path) -> None:
    lines = asked(database, "--most", "1").stdout.splitlines()
    assert lines[:2] == [
        "3 of 4 supported statements stand on one source alone, 1 source in all.",
        "1 article rests on one team.",
    ]
    assert "  Roe & Poe 2010: Heat wraps (doi:10.5555/heat)" in lines
    assert "    3 statements stand on it alone, in 1 article; 1 more on it and on others" in lines
    assert "  one.md, line 1 (s1): “Thyme eases s1.” (supported)" in lines
    assert "  and 2 more" in lines
    assert "    3 of 3 supported statements stand on one work alone: Roe and Poe" in lines


def test_as_json(database: Path) -> None:
    answer = json.loads(asked(database, "--format", "json").stdout)
    assert [(one["source"], one["alone"]) for one in answer["sources"]] == [(HEAT.id, 3)]
    assert [one["statement"]["statement"] for one in answer["statements"]] == ["s1", "s2", "s3"]


@pytest.mark.parametrize("most", ["0", "-1", "many"])
def test_a_number_that_is_none_is_told_in_one_line(database: Path, most: str) -> None:
    result = CliRunner().invoke(command, ["--kb", str(database), "--most", most])
    assert result.exit_code == 2
    assert "Invalid value for '--most'" in result.stderr


def test_without_a_knowledge_base_it_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="audit an article first"):
        asked(tmp_path / "knowledge.db")
