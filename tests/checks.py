"""Articles for `kb check`, projects under git, and what a run of it printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
TOUR = PROJECT / "examples" / "tour"
BARE = "# Heat\n\nHeat eases knee pain in 40% of adults.\n"
CALM = "# Heat\n\nWe like warm rooms, and tea in the afternoon.\n"
Kb = Callable[..., tuple[int, str, str]]


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Roe", "-c", "user.email=roe@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def committed(folder: Path) -> None:
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "before")


def add_to(article: Path) -> None:
    """Add a statement without a source before the second heading, so that all that follows moves down."""
    text = article.read_text()
    article.write_text(text.replace("\n## ", "\nHeat eases knee pain in 40% of adults.\n\n## ", 1))


def found(out: str) -> list[tuple[str, int, str]]:
    """Article, line and rule of each finding of a JSON report."""
    return [
        (article["path"], finding["line"], finding["rule"])
        for article in json.loads(out)["articles"]
        for finding in article["findings"]
    ]


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "ingest.cli", "check", *arguments]
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
