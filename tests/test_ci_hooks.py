"""The hooks of pre-commit: what they are given, and that a commit is stopped or passes in a throw-away repository."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.naming import BIBLIOGRAPHIES, FORMATS, NO_ARTICLES
from tests.throwaway import (
    ARTICLE,
    CHANGED,
    PROJECT,
    RESTING_ON_COHORTS,
    TEXT,
    environment,
    git,
    ran,
    repository,
    write,
)

HOOKS: list[dict[str, Any]] = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8"))
ON_ARTICLES, ON_THE_LOCK = HOOKS
AS_PRE_COMMIT_DOES = """#!{python}
import json, re, shlex, subprocess, sys

hooks = json.loads({hooks!r})
listed = ["git", "diff", "--staged", "--name-only", "--no-ext-diff", "-z", "--diff-filter=ACMRTUXB"]
staged = [name for name in subprocess.check_output(listed, text=True).split("\\0") if name]
code = 0
for hook in hooks:
    meant = [name for name in staged if re.search(hook["files"], name)]
    names = [name for name in meant if not re.search(hook.get("exclude", "^$"), name)]
    if names:
        command = shlex.split(hook["entry"]) + (names if hook.get("pass_filenames", True) else [])
        code |= subprocess.run(command).returncode
sys.exit(code)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    repository(folder / "repository", environment(folder))
    return folder / "repository"


@pytest.fixture
def env(tmp_path: Path) -> Mapping[str, str]:
    return environment(tmp_path)


@pytest.fixture
def hooked(made: Path, tmp_path: Path) -> Path:
    """A repository with both hooks, whose articles are clean."""
    folder = Path(shutil.copytree(made, tmp_path / "hooked"))
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(AS_PRE_COMMIT_DOES.format(python=sys.executable, hooks=json.dumps(HOOKS)))
    hook.chmod(0o755)
    return folder


def committed(folder: Path, env: Mapping[str, str], *names: str) -> tuple[bool, str]:
    """Stage files and commit; whether there is a new commit, and all that was said."""
    before = git(folder, env, "rev-parse", "HEAD")
    git(folder, env, "add", "--", *names)
    done = ran(["git", "commit", "--message", "a change"], folder, env)
    moved = git(folder, env, "rev-parse", "HEAD") != before
    assert moved is (done.returncode == 0)
    return moved, done.stdout + done.stderr


def test_a_commit_with_findings_is_stopped(hooked: Path, env: Mapping[str, str]) -> None:
    write(hooked, CHANGED, env)
    done, said = committed(hooked, env, ".")
    assert not done
    found = re.findall(r"^(\S+:\d+):\d+: ([A-Z]{2}\d{3}) ", said, re.MULTILINE)
    assert found == [(f"{ARTICLE}:3", "EV004"), (f"{ARTICLE}:5", "ST001")]


def test_a_clean_commit_passes(hooked: Path, env: Mapping[str, str]) -> None:
    write(hooked, TEXT.replace("by the sea", "near the sea"), env)
    done, said = committed(hooked, env, ".")
    assert done, said
    assert "No findings in 1 article" in said
    assert "evidence.lock.json fits 1 article" in said


def test_a_commit_whose_lock_does_not_fit_is_stopped(hooked: Path, env: Mapping[str, str]) -> None:
    (hooked / ARTICLE).write_text(RESTING_ON_COHORTS)
    done, said = committed(hooked, env, ARTICLE)
    assert not done
    assert "EV001" in said
    assert "fits 1 article" not in said


def test_only_what_is_staged_is_checked(hooked: Path, env: Mapping[str, str]) -> None:
    faulty = "# Other\n\nIt halves the risk of falls in old age.\n"
    (hooked / "docs" / "not staged.md").write_text(faulty)
    for name in ("README.md", "program.py"):
        (hooked / name).write_text(faulty)
    done, said = committed(hooked, env, "README.md", "program.py")
    assert done, said
    assert "kb" not in said.lower().replace("kb.toml", "")
    done, said = committed(hooked, env, "docs/not staged.md")
    assert not done
    assert "docs/not staged.md:3:1: ST001" in said


def test_what_articles_are_named_is_what_the_hook_is_given() -> None:
    for suffix in FORMATS.keys() - {".xml"}:
        assert re.search(ON_ARTICLES["files"], f"docs/leaflet{suffix}"), suffix
        assert re.search(ON_ARTICLES["files"], f"LEAFLET{suffix.upper()}"), suffix
    for name in ("a.py", "a.xml", "a.md.py", "md", "a.bib", ".md/a"):
        assert not re.search(ON_ARTICLES["files"], name), name


def test_what_is_about_the_project_is_no_article() -> None:
    for stem in NO_ARTICLES:
        for name in (f"{stem}.md", f"docs/{stem.upper()}.txt", f"{stem}.de.md", stem):
            assert re.search(ON_ARTICLES["exclude"], name), name
    for name in ("my readme.md", "readmes/a.md", "docs/license-to-heal.md"):
        assert not re.search(ON_ARTICLES["exclude"], name), name


def test_the_lock_is_looked_at_where_anything_that_it_rests_on_is_staged() -> None:
    for suffix in FORMATS.keys() | BIBLIOGRAPHIES:
        assert re.search(ON_THE_LOCK["files"], f"a{suffix}"), suffix
    for name in ("evidence.lock.json", "kb.toml", "pyproject.toml"):
        assert re.search(ON_THE_LOCK["files"], name), name
    assert not re.search(ON_THE_LOCK["files"], "a.py")


def test_both_run_once_and_come_with_all_that_pre_commit_asks_of_a_hook() -> None:
    assert [hook["id"] for hook in HOOKS] == ["kb-check", "kb-lock-check"]
    for hook in HOOKS:
        assert {"id", "name", "description", "entry", "language", "files"} <= hook.keys()
        assert hook["language"] == "python"
        assert hook["require_serial"] is True
        assert hook["entry"].split()[0] == "kb"
    assert ON_THE_LOCK["pass_filenames"] is False
