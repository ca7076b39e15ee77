"""What docs/ci.md tells is so: its files are those of the project, and what it names exists."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from kb import VERSION
from tests.throwaway import ARTICLE, CHANGED, PROJECT, commit, environment, ran, repository, write

PAGE = (PROJECT / "docs" / "ci.md").read_text("utf-8")
GITLAB = (PROJECT / "examples" / "ci" / "gitlab-ci.yml").read_text("utf-8")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


def used(value: Any) -> list[str]:
    """Every action that a workflow uses."""
    if isinstance(value, dict):
        return [one for key, inner in value.items() for one in ([inner] if key == "uses" else used(inner))]
    return [one for inner in value for one in used(inner)] if isinstance(value, list) else []


def test_the_readme_shows_the_set_up_in_ten_lines() -> None:
    (shown,) = blocks((PROJECT / "README.md").read_text("utf-8"), "yaml")
    assert shown == blocks(PAGE, "yaml")[0]
    assert len(shown.splitlines()) <= 10


def test_every_piece_of_yaml_is_valid_and_pins_its_actions() -> None:
    loaded = [yaml.safe_load(block) for block in blocks(PAGE, "yaml")]
    actions = [action for one in loaded for action in used(one)]
    assert f"OWNER/evidence-kb@v{VERSION}" in actions
    assert set(re.findall(r"evidence-kb@(\S+?)\"?$", PAGE, re.MULTILINE)) == {f"v{VERSION}"}
    assert all(re.fullmatch(r"[\w./-]+@v\d+(\.\d+){0,2}", action) for action in actions)


def test_the_inputs_of_the_action_are_told() -> None:
    inputs = yaml.safe_load((PROJECT / "action.yml").read_text("utf-8"))["inputs"]
    assert re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE) == list(inputs)
    assert f"| {inputs['python-version']['default']} |" in PAGE
    for block in blocks(PAGE, "yaml"):
        given = re.findall(r"evidence-kb@\S+\n\s+with: (\{.*\})", block)
        assert {name for one in given for name in yaml.safe_load(one)} <= inputs.keys()


def test_the_hooks_are_told() -> None:
    hooks = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (shown,) = (loaded for block in blocks(PAGE, "yaml") if "repos" in (loaded := yaml.safe_load(block)))
    assert [one["id"] for one in shown["repos"][0]["hooks"]] == [one["id"] for one in hooks]


def test_the_file_for_gitlab_is_the_one_shown() -> None:
    assert GITLAB in blocks(PAGE, "yaml")


@pytest.mark.parametrize("merge_request", [True, False])
def test_the_job_of_gitlab_writes_the_reports_that_it_names(merge_request: bool, tmp_path: Path) -> None:
    env = environment(tmp_path)
    folder = tmp_path / "repository"
    base = repository(folder, env)
    write(folder, CHANGED, env)
    commit(folder, env, "change")
    job = yaml.safe_load(GITLAB)["kb check"]
    known = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base} if merge_request else {}
    done = ran(["sh", "-euc", "\n".join(job["script"])], folder, env | known)
    assert done.returncode == 1, done.stderr
    assert ("since" in done.stdout) is merge_request
    reports = {name: (folder / file).read_text("utf-8") for name, file in job["artifacts"]["reports"].items()}
    issues = [
        (one["location"]["path"], one["location"]["lines"]["begin"]) for one in json.loads(reports["codequality"])
    ]
    assert issues == [(ARTICLE, 3), (ARTICLE, 5)]
    assert len(ElementTree.fromstring(reports["junit"]).findall(".//failure")) == 2


def test_commands_in_shell_run_as_they_stand(tmp_path: Path) -> None:
    env = environment(tmp_path)
    repository(tmp_path / "repository", env)
    for line in "".join(blocks(PAGE, "sh")).splitlines():
        done = ran(shlex.split(line), tmp_path / "repository", env)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "repository" / "kb-check.xml").is_file()
