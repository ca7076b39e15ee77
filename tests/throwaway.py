"""A throw-away git repository of one invented article with its lock, and a change of it, for tests of what CI runs."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
ARTICLE = "docs/tea.md"
CONFIGURATION = """bibliography = ["works.nbib"]
articles = ["docs"]
ignore = ["SO001", "RE001"]
"""
TEXT = """# Willowroot tea

Willowroot tea reduces knee pain in adults with osteoarthritis [1]. Willowroot grows by the sea.

## References

1. Reed A. Willowroot tea for knee osteoarthritis: a randomized controlled trial. 2020. doi:10.5555/willowroot.1
2. Moss B. Drinkers of willowroot tea: a cohort study. Invented Remedies. 2018. doi:10.5555/willowroot.2
3. Fern C. Willowroot tea and the knee: a prospective cohort study. 2019. doi:10.5555/willowroot.3
"""
RESTING_ON_COHORTS = TEXT.replace("osteoarthritis [1].", "osteoarthritis [2,3].")
CHANGED = RESTING_ON_COHORTS.replace("by the sea.\n", "by the sea.\n\nIt halves the risk of falls in old age.\n")
"""Two cohorts in place of the trial, and a new statement without a source."""
WORKS = """PMID- 90000001
DP  - 2020
TI  - Willowroot tea for knee osteoarthritis: a randomized controlled trial.
AB  - In 212 adults with osteoarthritis, willowroot tea reduced knee pain after eight weeks.
FAU - Reed, Anna
PT  - Randomized Controlled Trial
LID - 10.5555/willowroot.1 [doi]

PMID- 90000002
DP  - 2018
TI  - Drinkers of willowroot tea: a cohort study.
AB  - Of 4,000 adults with osteoarthritis, those who drank willowroot tea had less knee pain: it reduced knee pain.
FAU - Moss, Bea
LID - 10.5555/willowroot.2 [doi]

PMID- 90000003
DP  - 2019
TI  - Willowroot tea and the knee: a prospective cohort study.
AB  - Willowroot tea reduced knee pain in adults with osteoarthritis over three years.
FAU - Fern, Carl
LID - 10.5555/willowroot.3 [doi]
"""


def environment(folder: Path) -> dict[str, str]:
    """One in which `kb` is the program under test, and git knows somebody and no configuration of this machine."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    program(programs / "kb", f'exec {shlex.quote(sys.executable)} -m ingest.cli "$@"')
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_", "KB_"))}
    who = {f"GIT_{role}_{what}": f"roe@{role}" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return (
        kept
        | who
        | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(PROJECT),
            "HOME": str(folder),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        }
    )


def program(path: Path, line: str) -> None:
    """Write a program of one line of shell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


def ran(
    command: Sequence[str], folder: Path, env: Mapping[str, str], given: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, whatever it ends with."""
    return subprocess.run(
        command,
        cwd=folder,
        env=env,
        input=given,
        stdin=None if given else subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def git(folder: Path, env: Mapping[str, str], *arguments: str) -> str:
    """Run git, which must not fail; what it prints."""
    done = ran(["git", *arguments], folder, env)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


_LOCKED: dict[tuple[object, ...], bytes] = {}


def write(folder: Path, text: str, env: Mapping[str, str]) -> None:
    """Write the article, and lock what is known of its evidence; what was locked of the same before is taken again."""
    (folder / ARTICLE).parent.mkdir(exist_ok=True)
    (folder / ARTICLE).write_text(text)
    lock = folder / "evidence.lock.json"
    files = (folder / "kb.toml", folder / "works.nbib", lock)
    given = (text, *(file.read_bytes() if file.exists() else None for file in files))
    if given not in _LOCKED:
        done = ran(["kb", "lock", "--offline", ARTICLE], folder, env)
        assert done.returncode == 0, done.stderr
        _LOCKED[given] = lock.read_bytes()
    lock.write_bytes(_LOCKED[given])


def repository(folder: Path, env: Mapping[str, str]) -> str:
    """Make the repository; its first commit, in which nothing is to be found."""
    folder.mkdir()
    (folder / "kb.toml").write_text(CONFIGURATION)
    (folder / "works.nbib").write_text(WORKS)
    (folder / ".gitignore").write_text(".kb\n")
    write(folder, TEXT, env)
    git(folder, env, "init", "--quiet", "--initial-branch", "main")
    return commit(folder, env, "base")


def commit(folder: Path, env: Mapping[str, str], message: str) -> str:
    """Commit everything; the commit's full name."""
    git(folder, env, "add", "--all")
    git(folder, env, "commit", "--quiet", "--message", message)
    return git(folder, env, "rev-parse", "HEAD")
