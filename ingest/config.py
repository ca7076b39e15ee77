"""Finds and reads the configuration: ``[tool.kb]`` of ``pyproject.toml``, or ``kb.toml``, of the project.

The project is the nearest folder upwards that holds one of the two; without one it is the folder itself.
"""

from __future__ import annotations

import datetime
import difflib
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

import msgspec

from kb.errors import ConfigurationError
from kb.settings import JudgeKind, Settings

REGISTRIES = ("crossref", "datacite", "doi_org", "ncbi", "pmc", "europepmc", "openalex")
KINDS: dict[str, Any] = {
    "bibliography": tuple[str, ...],
    "mailto": str,
    **dict.fromkeys(REGISTRIES, str),
    "strictness": Literal["lenient", "normal", "strict"],
    "patience": float,
    "deadline": float,
    "searches": int,
    "full_texts": int,
    "works": int,
    "cache": str,
    "reviewer": str,
    "judge": JudgeKind,
    "judge_model": str,
    "judge_address": str,
    "judge_deadline": float,
}
"""What a file may set, and of which kind it is. Keys are secrets, and only the environment gives them; to which host
text may be sent is the user's to say, and not of a file that may come from anywhere."""
ENVIRONMENT = {
    name: f"KB_{name.upper()}"
    for name in (
        *("mailto", *REGISTRIES, "ncbi_key", "openalex_key", "cache"),
        *("judge", "judge_model", "judge_address", "judge_key", "send_text"),
    )
}
CACHE = ".kb/registries.db"


def find_project(start: Path) -> Path:
    """The project's folder for a file or folder in it."""
    start = start.resolve()
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if any(_table(candidate / name) is not None for name in ("kb.toml", "pyproject.toml")):
            return candidate
    return folder


def read_settings(project: Path, **given: Any) -> Settings:
    """The settings of a run: what the command line gives, then the environment, then the project's file.

    Parameters
    ----------
    project
        Folder of ``kb.toml`` or ``pyproject.toml``; where both configure, ``kb.toml`` counts.
    given
        Fields of ``Settings`` from the command line; None means not given.

    Raises
    ------
    ConfigurationError
        The file is no TOML, or holds a key that is none (the message names the nearest) or a wrong value.
    """
    values: dict[str, Any] = {"as_of": datetime.date.today().isoformat()}
    origin = ""
    for name in ("kb.toml", "pyproject.toml"):
        table = _table(project / name)
        if table is not None:
            values |= _at_home(_checked(table, name), project)
            origin = name
            break
    environment = {key: os.environ[name] for key, name in ENVIRONMENT.items() if name in os.environ}
    told = {key: value for key, value in given.items() if value is not None}
    origins = dict.fromkeys(values, origin) | {key: ENVIRONMENT[key] for key in environment}
    settings = Settings(**(values | environment | told))
    _refuse_nonsense(settings, origins)
    cache = settings.cache or CACHE
    return msgspec.structs.replace(settings, cache="" if cache == "none" else str(project / cache))


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


def _checked(table: dict[str, Any], place: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in KINDS:
            near = difflib.get_close_matches(key, KINDS, n=1)
            remedy = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(KINDS)}"
            raise ConfigurationError(f"there is no setting '{key}'", place=place, remedy=remedy)
        try:
            values[key] = msgspec.convert(value, KINDS[key])
        except msgspec.ValidationError as error:
            raise ConfigurationError(f"'{key}' has a wrong value ({error})", place=place) from None
    return values


def _at_home(values: dict[str, Any], project: Path) -> dict[str, Any]:
    """The values of a file, in which the folder of a model is relative to the project; elsewhere it is to the user."""
    folder = project / values.get("judge_model", "")
    return values | {"judge_model": str(folder)} if values.get("judge_model") and folder.is_dir() else values


def _refuse_nonsense(settings: Settings, origins: Mapping[str, str]) -> None:
    for key in ("deadline", "patience", "judge_deadline"):
        if getattr(settings, key) <= 0:
            raise ConfigurationError(
                f"'{key}' must be more than 0", place=origins.get(key, ""), remedy="give seconds, such as 8"
            )
    for key in REGISTRIES:
        if not _is_address(getattr(settings, key)):
            raise ConfigurationError(
                f"'{key}' is no web address", place=origins.get(key, ""), remedy="begin it with https://"
            )
    _refuse_judges(settings, origins)
    if settings.mailto and not re.fullmatch(r"[^@\s]+@[^@\s]+", settings.mailto):
        raise ConfigurationError(
            "'mailto' is no mail address", place=origins.get("mailto", ""), remedy="write it as name@example.org"
        )
    try:
        datetime.date.fromisoformat(settings.as_of)
    except ValueError:
        raise ConfigurationError(
            f"--as-of: '{settings.as_of}' is no date", remedy="write it as year-month-day, such as 2026-11-22"
        ) from None


def _refuse_judges(settings: Settings, origins: Mapping[str, str]) -> None:
    kinds, address = get_args(JudgeKind), settings.judge_address
    if settings.judge not in kinds:
        place = origins.get("judge", "")
        raise ConfigurationError(f"there is no judge '{settings.judge}'", place=place, remedy=f"take {_or(kinds)}")
    if address and (not _is_address(address) or "@" in urlsplit(address).netloc):
        remedy = "begin it with https://, and put a key into KB_JUDGE_KEY"
        raise ConfigurationError(
            "'judge_address' is no web address", place=origins.get("judge_address", ""), remedy=remedy
        )
    if settings.judge_key and not re.fullmatch(r"[!-~]+", settings.judge_key):
        remedy = "it has no spaces and no line breaks"
        raise ConfigurationError("this is no key", place=ENVIRONMENT["judge_key"], remedy=remedy)


def _or(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
