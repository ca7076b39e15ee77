"""From the file, the environment and the command line to the settings of a run."""

from __future__ import annotations

import datetime
import os
import stat
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from ingest.config.keys import ENVIRONMENT, LINTING
from ingest.config.refusing import refuse_nonsense
from ingest.config.values import checked, linting
from kb.errors import ConfigurationError
from kb.settings import Linting, Settings

CACHE = ".kb/registries.db"
LARGEST = 5_000_000
"""Bytes of a configuration file that are read."""
_FILES = ("kb.toml", "pyproject.toml")


def find_project(start: Path) -> Path:
    """The project's folder for a file or folder in it."""
    start = start.resolve()
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if any(_table(candidate / name) is not None for name in _FILES):
            return candidate
    return folder


def read_settings(project: Path, **given: Any) -> Settings:
    """The settings of a run: what the command line gives, then the environment, then the project's file.

    Parameters
    ----------
    project
        Folder of ``kb.toml`` or ``pyproject.toml``; where both configure, ``kb.toml`` counts.
    given
        Fields of ``Settings`` and of ``Linting`` from the command line; None means not given. What it selects is no
        longer ignored by the file, and the other way round.

    Raises
    ------
    ConfigurationError
        The file is no TOML, or holds a key that is none (the message names the nearest) or a wrong value. Whether the
        rules that it names exist is asked later, by `kb.linting.selection.refuse_nonsense`.
    """
    values: dict[str, Any] = {"as_of": datetime.date.today().isoformat()}
    origin = ""
    for name in _FILES:
        table = _table(project / name)
        if table is not None:
            values |= _at_home(checked(table, name), project)
            origin = name
            break
    environment = {key: os.environ[name] for key, name in ENVIRONMENT.items() if name in os.environ}
    told = {key: value for key, value in given.items() if value is not None}
    origins = dict.fromkeys(values, origin) | {key: ENVIRONMENT[key] for key in environment} | dict.fromkeys(told, "")
    options = _linting(values, told, origin)
    every = values | environment | told
    settings = Settings(**{key: value for key, value in every.items() if key not in LINTING}, linting=options)
    refuse_nonsense(settings, origins)
    cache = settings.cache or CACHE
    return msgspec.structs.replace(settings, cache="" if cache == "none" else str(project / cache))


def _linting(values: dict[str, Any], told: dict[str, Any], origin: str) -> Linting:
    """What the file says of the linter, less what the command line says otherwise."""
    for key, other in (("select", "ignore"), ("ignore", "select")):
        if key in told and other in values:
            values = values | {other: tuple(name for name in values[other] if name not in told[key])}
    return msgspec.structs.replace(linting(values, origin), **{key: told[key] for key in LINTING if key in told})


def _table(path: Path) -> dict[str, Any] | None:
    """The table that configures this program, or None where the file is missing or says nothing of it."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return None
        if found.st_size > LARGEST:
            raise ConfigurationError(f"is larger than {LARGEST // 1_000_000} MB", place=path.name)
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    if path.name == "pyproject.toml" and "[tool.kb" not in text:
        return None
    loaded: Any = _loaded(text, path.name)
    for key in ("tool", "kb") if path.name == "pyproject.toml" else ():
        loaded = loaded.get(key) if isinstance(loaded, dict) else None
    return loaded if isinstance(loaded, dict) else None


@lru_cache(maxsize=4)
def _loaded(text: str, place: str) -> dict[str, Any]:
    """The TOML of a file, parsed once for both who look for the project and who read its settings."""
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"is not valid TOML ({error})", place=place, remedy="correct that line") from None
    except RecursionError:
        raise ConfigurationError("is nested too deeply", place=place, remedy="write it plainer") from None


def _at_home(values: dict[str, Any], project: Path) -> dict[str, Any]:
    """The values of a file, in which the folder of a model is relative to the project; elsewhere it is to the user."""
    folder = project / values.get("judge_model", "")
    return values | {"judge_model": str(folder)} if values.get("judge_model") and folder.is_dir() else values
