"""Other programs to compare with, in an environment of their own that is made when it is first needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / ".venv-peers"
LONGEST_SECONDS = 300
_PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input")


class PeerError(Exception):
    """Why a peer could not be compared with, in one line."""


def python(name: str, *requirements: str) -> Path:
    """The Python of an environment that holds these requirements, made where there is none.

    Parameters
    ----------
    name
        The folder below ``.venv-peers``; one for each set of requirements, since peers disagree about versions.

    Raises
    ------
    PeerError
        It cannot be made, as without a network.
    """
    place = FOLDER / name
    interpreter = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = place / "installed"
    wanted = "\n".join(requirements)
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return interpreter
    # Without pip of its own: some systems' Python has no ensurepip, and ours can install for it.
    _run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(place)])
    _run([sys.executable, *_PIP, "--python", str(interpreter), "install", *requirements])
    stamp.write_text(wanted, "utf-8")
    return interpreter


def ask(command: Sequence[str | Path], job: object) -> Any:
    """What a program answers, in JSON on its last line, to a job that it is given as JSON on its input.

    Raises
    ------
    PeerError
        It failed, or took longer than ``LONGEST_SECONDS``.
    """
    said = _run([str(part) for part in command], json.dumps(job))
    return json.loads(said.splitlines()[-1])


def _run(command: list[str], given: str = "") -> str:
    try:
        done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=LONGEST_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeerError(str(error)) from error
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        errors = [line for line in lines if line.startswith("ERROR")]
        raise PeerError((errors or lines or ["it said nothing"])[-1].strip())
    return done.stdout
