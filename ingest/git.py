"""What git holds of a project at a revision. Nothing is checked out, and nothing in the repository is changed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Collection, Sequence
from pathlib import Path, PurePosixPath

from kb.errors import UsageError

_SECONDS = 120
_REGULAR = ("100644", "100755")
_QUIET = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "--no-pager", "--no-optional-locks")
"""A repository may come from a stranger: its configuration must not make git run a program of its own."""


def commit_of(project: Path, revision: str) -> str:
    """The full name of the commit that a revision means.

    Raises
    ------
    UsageError
        The project is no git repository, there is no such revision in it, or git is not installed.
    """
    if revision.startswith("-") or "\0" in revision:
        raise UsageError(f"'{revision}' is no revision", remedy="name a branch, a tag or a commit")
    if _git(project, "rev-parse", "--git-dir").returncode:
        raise UsageError("is in no git repository", place=project.name, remedy="run this in one, or without --diff")
    done = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if done.returncode:
        remedy = "check the name; in CI fetch it first (actions/checkout: fetch-depth: 0)"
        raise UsageError(f"there is no revision '{revision}'", remedy=remedy)
    return done.stdout.decode().strip()


def extract(project: Path, commit: str, wanted: Callable[[str], bool], folder: Path) -> frozenset[str]:
    """Write the project's files at a commit into a folder, and give their names, relative to the project.

    Parameters
    ----------
    wanted
        Whether a file is, by its name in POSIX form. Links and submodules never are.

    Raises
    ------
    UsageError
        Git cannot give them, as in a clone that holds a part of the history only.
    """
    listed = _git(project, "ls-tree", "-r", "-z", commit)
    _refuse(listed)
    rows = [row.split("\t", 1) for row in _fields(listed)]
    blobs = [(name, head.split()[2]) for head, name in rows if head.split()[0] in _REGULAR and wanted(name)]
    blobs = [(name, blob) for name, blob in blobs if ".." not in PurePosixPath(name).parts]
    for (name, _), data in zip(blobs, _contents(project, [blob for _, blob in blobs]), strict=True):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return frozenset(name for name, _ in blobs)


def renamed(project: Path, commit: str, suffixes: Collection[str]) -> dict[str, str]:
    """What files of the project were called at a commit, by their names in git's index, for those that were renamed.

    The index is what is asked, and not the files: to look into these git may run a filter that the repository names.

    Parameters
    ----------
    suffixes
        Of the files that count, ``.md``; of others git is not made to read the content.

    Raises
    ------
    UsageError
        Git cannot tell, as of `extract`.
    """
    form = ("--name-status", "-z", "--relative", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all")
    which = [f":(icase)*{suffix}" for suffix in sorted(suffixes)]
    looked = _git(project, "diff-index", "--cached", "--find-renames", "--diff-filter=R", *form, commit, "--", *which)
    _refuse(looked)
    told = _fields(looked)
    return dict(zip(told[2::3], told[1::3], strict=True))


def _contents(project: Path, blobs: Sequence[str]) -> list[bytes]:
    done = _git(project, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode())
    _refuse(done)
    found, place = [], 0
    for _ in blobs:
        end = done.stdout.index(b"\n", place)
        head = done.stdout[place:end].decode()
        if head.endswith(" missing"):
            raise _cannot_tell(head)
        size = int(head.split()[2])
        found.append(done.stdout[end + 1 : end + 1 + size])
        place = end + 1 + size + 1
    return found


def _fields(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    """What git printed with ``-z``."""
    return done.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]


def _refuse(done: subprocess.CompletedProcess[bytes]) -> None:
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _cannot_tell(said[-1] if said else "no reason given")


def _cannot_tell(reason: str) -> UsageError:
    remedy = "fetch the whole history (actions/checkout: fetch-depth: 0)"
    return UsageError(f"git cannot tell what was there ({reason})", remedy=remedy)


def _git(project: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    # What a clone lacks git would fetch; versions before 2.45 only heed that no protocol is allowed.
    environment |= {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": ""}
    try:
        return subprocess.run(
            ["git", *_QUIET, *arguments],
            cwd=project,
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            env=environment,
            check=False,
        )
    except FileNotFoundError:
        raise UsageError("git is not installed", remedy="install it, or run this without --diff") from None
    except subprocess.TimeoutExpired:
        raise UsageError("git did not answer in time", remedy="try again") from None
