"""``kb check --diff`` where an article was moved, or what was known of the evidence went away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.throwaway import ARTICLE, TEXT, commit, environment, git, ran, repository, write

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


BARE = "Willowroot eases headaches in 40% of adults."
OLD = TEXT.replace("by the sea.\n", f"by the sea.\n\n{BARE}\n")
"""With a finding of old: a number without a source."""
NEW = "Willowroot tea prevents falls in 30% of adults."


@pytest.fixture
def old(folder: Path, env: dict[str, str]) -> Path:
    write(folder, OLD, env)
    commit(folder, env, "a finding of old")
    assert rules(json.loads(ran(["kb", "check", "--format=json"], folder, env).stdout)) == ["ST002"]
    return folder


def move(folder: Path, name: str, text: str = OLD) -> None:
    """As an editor does it, of which git knows nothing."""
    (folder / ARTICLE).unlink()
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


@pytest.mark.parametrize("name", ["docs/leaves.md", "docs/deep/er/Leaves of ümlaut.markdown"])
@pytest.mark.parametrize("known", [True, False], ids=["in the index", "not known to git"])
def test_an_article_that_was_only_moved_is_no_news(known: bool, name: str, old: Path, env: dict[str, str]) -> None:
    move(old, name)
    if known:
        git(old, env, "add", "--all")
    report = checked(old, env)
    assert (rules(report), report["changes"]) == ([], [])


def test_of_an_article_that_was_moved_and_edited_only_the_edit_is_news(old: Path, env: dict[str, str]) -> None:
    move(old, "docs/leaves.md", OLD.replace(BARE, f"{BARE} {NEW}"))
    git(old, env, "add", "--all")
    report = checked(old, env)
    assert [(each["path"], rules({"articles": [each]})) for each in report["articles"]] == [
        ("docs/leaves.md", ["ST002"])
    ]
    assert [(change["article"], change["words"]) for change in report["changes"]] == [
        ("docs/leaves.md", f"new, and nothing holds it up: “{NEW}”")
    ]


def test_a_copy_beside_the_article_is_a_new_article(old: Path, env: dict[str, str]) -> None:
    (old / "docs/copy.md").write_text(OLD)
    assert rules(checked(old, env)) == ["ST002"]


def test_of_two_copies_of_a_moved_article_one_is_new(old: Path, env: dict[str, str]) -> None:
    move(old, "docs/one.md")
    (old / "docs/two.md").write_text(OLD)
    assert rules(checked(old, env)) == ["ST002"]


def test_a_moved_article_had_the_bibliography_beside_its_former_place(old: Path, env: dict[str, str]) -> None:
    (old / "works.nbib").rename(old / "docs" / "works.nbib")
    (old / "kb.toml").write_text((old / "kb.toml").read_text().replace("works.nbib", "docs/works.nbib"))
    commit(old, env, "the works lie beside the article")
    (old / "docs").rename(old / "texts")
    (old / "kb.toml").write_text((old / "kb.toml").read_text().replace("docs", "texts"))
    for known in (False, True):
        if known:
            git(old, env, "add", "--all")
        report = checked(old, env)
        assert (rules(report), report["changes"]) == ([], [])


def test_a_moved_article_of_a_project_within_a_repository(old: Path, env: dict[str, str]) -> None:
    whole = old.parent / "whole"
    whole.mkdir()
    old.rename(whole / "inner")
    (whole / "inner" / ".git").rename(whole / ".git")
    commit(whole, env, "the project is a part")
    move(whole / "inner", "docs/leaves.md", OLD.replace(BARE, f"{BARE} {NEW}"))
    git(whole, env, "add", "--all")
    assert rules(checked(whole / "inner", env)) == ["ST002"]


def test_to_follow_a_move_git_runs_no_program_of_the_repository(old: Path, env: dict[str, str]) -> None:
    script = old / "evil.sh"
    script.write_text("#!/bin/sh\ntouch evil-ran\ncat\n")
    script.chmod(0o755)
    (old / ".gitattributes").write_text("*.md diff=evil filter=evil\n")
    move(old, "docs/leaves.md", OLD.replace(BARE, f"{BARE} {NEW}"))
    git(old, env, "add", "--all")
    for key in ("diff.evil.textconv", "diff.evil.command", "filter.evil.clean", "diff.external"):
        git(old, env, "config", key, str(script))
    (old / "docs/leaves.md").touch()
    assert rules(checked(old, env)) == ["ST002"]
    assert not (old / "evil-ran").exists()


def test_both_states_are_held_against_the_knowledge_base_of_today(old: Path, env: dict[str, str]) -> None:
    other = "# Other\n\nWillowroot tea does not reduce knee pain in adults with osteoarthritis.\n"
    (old / "other.md").write_text(other)
    assert ran(["kb", "audit", "--offline", "other.md"], old, env).returncode == 0
    (old / "kb.toml").write_text(f'knowledge_base = ".kb/knowledge.db"\n{(old / "kb.toml").read_text()}')
    assert "ST007" in rules(json.loads(ran(["kb", "check", "--format=json"], old, env).stdout))
    (old / ARTICLE).write_text(OLD.replace(BARE, f"{BARE} {NEW}"))
    assert rules(checked(old, env)) == ["ST002"]
