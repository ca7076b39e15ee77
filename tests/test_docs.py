"""What the documentation says is so: examples run, commands and settings exist, links lead somewhere."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path
from typing import get_args

import click
import pytest

from ingest.cli import main
from ingest.config import KINDS
from kb.language.cues import MEANING
from kb.model import ResolutionStatus
from kb.strength.grounds import DOMAINS
from kb.view.colours import LOOKS

PROJECT = Path(__file__).resolve().parent.parent
PAGES = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])
MODULES = sorted(
    path.relative_to(PROJECT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    for package in ("kb", "ingest")
    for path in (PROJECT / package).rglob("*.py")
    if ">>> " in path.read_text("utf-8")
)


@pytest.mark.parametrize("module", MODULES)
def test_examples_in_docstrings_run(module: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(module))
    assert tried
    assert failed == 0


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_links_lead_to_files_of_the_project(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text("utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


def test_the_commands_of_the_readme_exist() -> None:
    readme = (PROJECT / "README.md").read_text("utf-8")
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", readme, re.DOTALL))
    named = set(re.findall(r"(?:^|; )kb ([\w-]+)", blocks, re.MULTILINE))
    with click.Context(main) as context:
        commands = {name: main.get_command(context, name) for name in main.list_commands(context)}
    assert named == set(commands)
    options = {
        option for command in commands.values() if command for parameter in command.params for option in parameter.opts
    }
    assert set(re.findall(r" (--?\w[\w-]*)", blocks)) <= options
    targets = set(re.findall(r"^make (\w+)", blocks, re.MULTILINE))
    assert targets <= set(re.findall(r"^(\w+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))


def test_the_settings_of_the_readme_are_those_of_the_program() -> None:
    readme = (PROJECT / "README.md").read_text("utf-8")
    table = readme[readme.index("## Settings") : readme.index("## How it works")]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(KINDS)


def test_the_pages_on_statements_and_grading_know_every_signal_verdict_question_and_outcome() -> None:
    statements = (PROJECT / "docs" / "statements.md").read_text("utf-8")
    assert all(f"| {signal} |" in statements for signal in MEANING)
    grading = (PROJECT / "docs" / "grading.md").read_text("utf-8")
    assert all(f"`{verdict}`" in grading for verdict in LOOKS)
    assert all(outcome in grading for outcome in get_args(ResolutionStatus))
    assert all(domain in grading for domain in DOMAINS)


def test_the_options_of_the_page_on_the_app_exist() -> None:
    page = (PROJECT / "docs" / "app.md").read_text("utf-8")
    with click.Context(main) as context:
        command = main.get_command(context, "app")
    assert command is not None
    options = {option for parameter in command.params for option in parameter.opts}
    shown = re.findall(r"`kb app ([^`]*)`|^kb app (.*)$|`(--[a-z-]+)[ `]", page, re.MULTILINE)
    given = set(re.findall(r"--[a-z-]+", " ".join(map(" ".join, shown))))
    assert given == options
