"""Finds and reads the configuration: ``[tool.kb]`` of ``pyproject.toml``, or ``kb.toml``, of the project.

The project is the nearest folder upwards that holds one of the two; without one it is the folder itself.
"""

from __future__ import annotations

import datetime
import difflib
import os
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from kb.errors import ConfigurationError
from kb.settings import Settings

_FROM_FILE: dict[str, type] = {"bibliography": list, "mailto": str, "crossref": str, "deadline": float}


def find_project(start: Path) -> Path:
    """The project's folder for a file or folder in it."""
    start = start.resolve()
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if (candidate / "kb.toml").is_file() or _table(candidate / "pyproject.toml") is not None:
            return candidate
    return folder


def read_settings(project: Path, **given: Any) -> Settings:
    """The settings of a run: what the command line gives, then the environment, then the project's file.

    Parameters
    ----------
    project
        Folder of ``kb.toml`` or ``pyproject.toml``.
    given
        Fields of ``Settings`` from the command line; None means not given.

    Raises
    ------
    ConfigurationError
        The file is no TOML, or holds a key that is none (the message names the nearest) or a value of the wrong kind.
    """
    values: dict[str, Any] = {"as_of": datetime.date.today().isoformat()}
    for name in ("kb.toml", "pyproject.toml"):
        table = _table(project / name)
        if table is not None:
            values |= _checked(table, project / name)
            break
    environment = {"mailto": os.environ.get("KB_MAILTO"), "crossref": os.environ.get("KB_CROSSREF")}
    values |= {key: value for key, value in (environment | given).items() if value is not None}
    return Settings(**values)


def _table(path: Path) -> dict[str, Any] | None:
    """The table that configures this program, or None where the file is missing or says nothing of it."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    if path.name == "pyproject.toml" and "[tool.kb" not in text:
        return None
    try:
        loaded = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"is not valid TOML ({error})", place=path.name, remedy="correct that line") from None
    return loaded if path.name == "kb.toml" else loaded.get("tool", {}).get("kb")


def _checked(table: dict[str, Any], path: Path) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _FROM_FILE:
            near = difflib.get_close_matches(key, _FROM_FILE, n=1)
            remedy = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(_FROM_FILE)}"
            raise ConfigurationError(f"there is no setting '{key}'", place=path.name, remedy=remedy)
        expected = _FROM_FILE[key]
        try:
            values[key] = msgspec.convert(value, tuple[str, ...] if expected is list else expected, strict=True)
        except msgspec.ValidationError as error:
            raise ConfigurationError(f"'{key}' has a wrong value ({error})", place=path.name) from None
    return values
