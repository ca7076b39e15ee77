"""Where this program remembers what it can find out again: the user's cache folder, and never a project.

A project may be a stranger's, and what is remembered is believed: results that a pull request brings along would hide
its findings.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def cache_folder() -> Path | None:
    """The folder of this program among the user's caches; None where the user has none, as in a bare container.

    It is below ``LOCALAPPDATA`` on Windows, else below ``XDG_CACHE_HOME``, which counts where it is absolute (XDG Base
    Directory Specification), else below ``~/.cache``.
    """
    given = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    try:
        base = Path(given) if Path(given).is_absolute() else Path.home() / ".cache"
    except RuntimeError:  # there is no home
        return None
    return base / "evidence-kb"


def results_of(project: Path) -> Path | None:
    """The file for the results of a project, which is known by where it lies; None where there is no folder for it."""
    folder = cache_folder()
    name = hashlib.sha256(os.fsencode(os.path.realpath(project))).hexdigest()[:16]
    return folder / f"check-{name}.db" if folder else None
