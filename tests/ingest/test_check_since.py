"""``kb check --diff`` where an article was moved, or what was known of the evidence went away."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.throwaway import ARTICLE, CHANGED, commit, environment, git, ran, repository, write

LOCK = "evidence.lock.json"


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path)


@pytest.fixture
def folder(tmp_path: Path, env: dict[str, str]) -> Path:
    project = tmp_path / "project"
    repository(project, env)
    return project


def checked(folder: Path, env: Mapping[str, str], *paths: str) -> dict[str, Any]:
    done = ran(["kb", "check", "--diff=HEAD", "--format=json", *paths], folder, env)
    assert done.returncode in (0, 1), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def rules(report: Mapping[str, Any]) -> list[str]:
    return [finding["rule"] for article in report["articles"] for finding in article["findings"]]


def test_a_lock_that_is_gone_is_told_first_and_makes_nothing_better(folder: Path, env: dict[str, str]) -> None:
    lock = json.loads((folder / LOCK).read_text())
    retracted = {"kind": "retraction", "said_by": ["the invented registry"], "date": "2026-11-01"}
    for source in lock["sources"].values():
        source["notices"] = [retracted]
    (folder / LOCK).write_text(json.dumps(lock))
    commit(folder, env, "the trial is retracted")
    (folder / LOCK).unlink()
    first, *others = checked(folder, env)["changes"]
    told = f"{LOCK} is gone: what it told of {len(lock['sources'])} sources is no longer known"
    assert (first["way"], first["words"]) == ("down", told)
    ways = {change["words"]: change["way"] for change in others}
    assert "up" not in ways.values()
    assert [way for words, way in ways.items() if "unsupported → " in words] == ["other"]
    assert {way for words, way in ways.items() if "no longer told: retraction" in words} == {"down"}
