"""The Action of GitHub, by hand: its steps run as a runner runs them, in a throw-away repository with a change."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
import yaml

from tests.throwaway import ARTICLE, CHANGED, PROJECT, commit, environment, git, program, ran, repository, write

ACTION: dict[str, Any] = yaml.safe_load((PROJECT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")
COMMAND = re.compile(r"::(?P<name>\w+) (?P<properties>[^:]*)::(?P<message>.*)")
ESCAPES = {"%0A": "\n", "%0D": "\r", "%3A": ":", "%2C": ",", "%25": "%"}
EVIDENCE = (ARTICLE, 3, 3, "EV004 causal-words")
STATEMENT = (ARTICLE, 5, 5, "ST001 unsupported-statement")


class Annotation(NamedTuple):
    """One command of a log, as a runner reads it."""

    name: str
    place: tuple[str, int, int, str]
    message: str


class Ended(NamedTuple):
    """A job: its exit code, its log, and its summary."""

    code: int
    log: str
    summary: str
    installed: str


def annotated(log: str) -> list[Annotation]:
    """The annotations of a log with a place in a file."""
    found = []
    for match in map(COMMAND.fullmatch, log.splitlines()):
        if match and match["properties"].startswith("file="):
            pairs = dict(part.split("=", 1) for part in match["properties"].split(","))
            told = {key: unescaped(value) for key, value in pairs.items()}
            place = (told["file"], int(told["line"]), int(told["endLine"]), told["title"])
            found.append(Annotation(match["name"], place, unescaped(match["message"])))
    return found


def unescaped(text: str) -> str:
    return re.sub("|".join(ESCAPES), lambda match: ESCAPES[match[0]], text)


class Runner:
    """What GitHub's runner does with an Action: evaluates its expressions, and runs its steps one after the other."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self.folder, self.action = folder, folder / "action"
        self.env = dict(env)
        self.action.mkdir()
        for name in (".ci", "scripts"):
            (self.action / name).symlink_to(PROJECT / name)
        # Installing takes the network and a minute; tests/test_bootstrap.py tries what this would run.
        program(folder / "python" / "python", f'echo "$@" >>{folder / "installed"}')
        program(self.action / ".venv" / "bin" / "kb", 'exec kb "$@"')

    def run(self, workspace: Path, pull: str = "", **given: str) -> Ended:
        """Run the job in a checkout; ``pull`` is the base of the pull request, empty for a push."""
        defaults = {name: told["default"] for name, told in ACTION["inputs"].items()}
        inputs = {name: EXPRESSION.sub(pull, value) for name, value in defaults.items()} | given
        files = {name: self.folder / name.lower() for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "GITHUB_ENV")}
        for file in (*files.values(), self.folder / "installed"):
            file.write_text("")
        env = self.env | {name: str(file) for name, file in files.items()}
        env |= {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": "pull_request" if pull else "push",
            "GITHUB_WORKSPACE": str(workspace),
            "GITHUB_ACTION_PATH": str(self.action),
            "PATH": f"{self.folder / 'python'}:{self.env['PATH']}",
        }
        code, log = 0, ""
        for step in STEPS:
            if "run" in step and not code:
                script = self.folder / "step.sh"
                script.write_text(step["run"])
                told = {
                    name: EXPRESSION.sub(lambda one: inputs[one[1].removeprefix("inputs.")], value)
                    for name, value in step.get("env", {}).items()
                }
                done = ran(["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)], workspace, env | told)
                code, log = done.returncode, f"{log}{done.stdout}{done.stderr}"
        return Ended(
            code, log, files["GITHUB_STEP_SUMMARY"].read_text("utf-8"), (self.folder / "installed").read_text()
        )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A repository whose second commit changes the article, and the name of its first one."""
    folder = tmp_path_factory.mktemp("made")
    env = environment(folder)
    base = repository(folder / "repository", env)
    write(folder / "repository", CHANGED, env)
    commit(folder / "repository", env, "change")
    return folder / "repository", base


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path, environment(tmp_path))


@pytest.fixture
def workspace(made: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / "workspace"))


def test_a_pull_request_has_exactly_its_annotations(made: tuple[Path, str], runner: Runner, workspace: Path) -> None:
    ended = runner.run(workspace, made[1])
    assert ended.code == 1
    assert [(one.name, one.place) for one in annotated(ended.log)] == [("warning", EVIDENCE), ("warning", STATEMENT)]
    cause, halves = annotated(ended.log)
    assert "Moss 2018 (reference 2): the statement says “reduces”, and the source is a cohort study" in cause.message
    assert halves.message.startswith("unsupported: ")
    assert ended.installed == f"{runner.action}/scripts/bootstrap.py env\n"


def test_its_summary_tells_what_it_does_to_the_evidence(
    made: tuple[Path, str], runner: Runner, workspace: Path
) -> None:
    lines = runner.run(workspace, made[1]).summary.splitlines()
    assert lines[0] == f"## kb check: 2 findings in 1 article since {made[1][:12]}"
    worse = [line for line in lines if line.startswith("- **Worse:**")]
    assert len(worse) == 2
    assert worse[0].startswith(f"- **Worse:** {ARTICLE}:3: “Willowroot tea reduces knee pain")
    assert "certainty moderate → low" in worse[0]
    assert (
        worse[1] == f"- **Worse:** {ARTICLE}:5: new, and nothing holds it up: “It halves the risk of falls in old age.”"
    )


def test_after_a_push_everything_counts(runner: Runner, workspace: Path) -> None:
    ended = runner.run(workspace)
    assert [one.place for one in annotated(ended.log)] == [EVIDENCE, STATEMENT]
    assert "What the change did" not in ended.summary


def test_a_change_that_does_no_harm_passes(made: tuple[Path, str], runner: Runner, workspace: Path) -> None:
    write(workspace, CHANGED.replace("by the sea", "near the sea"), runner.env)
    ended = runner.run(workspace, git(workspace, runner.env, "rev-parse", "HEAD"))
    assert (ended.code, annotated(ended.log)) == (0, [])
    assert "## kb check: No findings" in ended.summary


def test_sarif_is_valid_and_has_the_same_findings(
    made: tuple[Path, str], runner: Runner, workspace: Path, shared: Path
) -> None:
    assert runner.run(workspace, made[1], sarif="of the run.sarif").code == 1
    document = json.loads((workspace / "of the run.sarif").read_text("utf-8"))
    schema = json.loads((shared / "data" / "schemas" / "sarif-2.1.0.json").read_text("utf-8"))
    jsonschema.Draft7Validator(schema).validate(document)
    assert [one["ruleId"] for one in document["runs"][0]["results"]] == ["EV004", "ST001"]


@pytest.mark.parametrize(
    ("given", "code", "places"),
    [
        ({"args": "--fail-on=error"}, 0, [EVIDENCE, STATEMENT]),
        ({"args": "--select=ST\n\n  --fail-on=never\n"}, 0, [STATEMENT]),
        (
            {"articles": f"{ARTICLE}\ndocs/another tea.md\n"},
            1,
            [EVIDENCE, STATEMENT, ("docs/another tea.md", *STATEMENT[1:])],
        ),
        ({"articles": "docs/another tea.md", "base": ""}, 1, [("docs/another tea.md", *STATEMENT[1:])]),
    ],
)
def test_inputs_are_taken_line_by_line(
    given: dict[str, str],
    code: int,
    places: list[tuple[str, int, int, str]],
    made: tuple[Path, str],
    runner: Runner,
    workspace: Path,
) -> None:
    if "articles" in given:
        (workspace / "docs" / "another tea.md").write_text(
            "# Another\n\nTea is warm.\n\nIt halves the risk of falls.\n"
        )
    ended = runner.run(workspace, made[1], **given)
    assert (ended.code, [one.place for one in annotated(ended.log)]) == (code, places)


def test_a_base_that_a_shallow_checkout_lacks_is_fetched(made: tuple[Path, str], runner: Runner) -> None:
    workspace = runner.folder / "shallow"
    git(runner.folder, runner.env, "clone", "--quiet", "--depth", "1", made[0].as_uri(), str(workspace))
    assert ran(["git", "cat-file", "-e", made[1]], workspace, runner.env).returncode
    assert [one.place for one in annotated(runner.run(workspace, made[1]).log)] == [EVIDENCE, STATEMENT]


@pytest.mark.parametrize("name", ["articles", "args", "base", "sarif"])
@pytest.mark.parametrize("hostile", ["\"; touch owned; $(touch owned) `touch owned` ' & touch owned #", "-x"])
def test_no_input_becomes_a_part_of_a_script(name: str, hostile: str, runner: Runner, workspace: Path) -> None:
    ended = runner.run(workspace, **{name: hostile})
    assert not [file for folder in (workspace, runner.folder) for file in folder.glob("owned*")]
    if name == "sarif":
        assert (workspace / hostile).is_file()
    else:
        assert ended.code == 2
        assert ended.log.splitlines()[-1].startswith("kb: ")


def test_what_cannot_be_checked_fails_with_its_own_code(runner: Runner, workspace: Path) -> None:
    (workspace / "kb.toml").write_text('fail-on = "sometimes"\n')
    ended = runner.run(workspace)
    assert ended.code == 2
    assert ended.log.startswith("kb: kb.toml: ")
    assert ended.summary == ""


def test_every_other_action_is_pinned_to_a_commit() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", one) for one in used)


def test_nothing_is_written_into_a_script_and_every_input_is_used() -> None:
    scripts = [step for step in STEPS if "run" in step]
    assert scripts
    assert all(step["shell"] == "bash" and "${{" not in step["run"] for step in scripts)
    taken = [EXPRESSION.fullmatch(value) for step in scripts for value in step.get("env", {}).values()]
    taken += [EXPRESSION.fullmatch(value) for step in STEPS for value in step.get("with", {}).values()]
    assert {one[1] for one in taken if one} == {f"inputs.{name}" for name in ACTION["inputs"]}
