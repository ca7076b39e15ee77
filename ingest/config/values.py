"""The values of a configuration file, each of the kind that its key asks for."""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args, get_origin

import msgspec

from ingest.config.keys import KINDS, LINTING, WAIVER
from kb.errors import ConfigurationError
from kb.settings import Allowed, Linting, is_day

DATED = "write it as year-month-day, such as 2027-01-31"
"""What to do about a date that is none."""


def checked(table: Mapping[str, Any], place: str, kinds: Mapping[str, Any] = KINDS) -> dict[str, Any]:
    """The values of a table by key, dashes in keys as underscores.

    Raises
    ------
    ConfigurationError
        A key is none, or given twice, or its value is of another kind.
    """
    values: dict[str, Any] = {}
    for written, value in table.items():
        key = written.replace("-", "_")
        if key == "tool" and place == "kb.toml":
            raise ConfigurationError("it is all about this program", place=place, remedy="leave [tool.kb] out of it")
        if key not in kinds:
            raise ConfigurationError(
                f"there is no setting '{written}'", place=place, remedy=nearest(key, kinds) or _known(kinds)
            )
        if key in values:
            raise ConfigurationError(f"'{written}' is given twice", place=place, remedy="give it once")
        try:
            values[key] = msgspec.convert(value, kinds[key])
        except msgspec.ValidationError as error:
            problem, choices = f"'{written}' has a wrong value ({error})", _choices(kinds[key])
            remedy = f"take {one_of(choices)}" if choices else ""
            raise ConfigurationError(problem, place=place, remedy=remedy) from None
    return values


def linting(values: Mapping[str, Any], origin: str) -> Linting:
    """What of the linter is configured in a file of that name.

    Raises
    ------
    ConfigurationError
        A bound that is none, a path or glob that leads out of the project, or a waiver that is none.
    """
    named = {key: value for key, value in values.items() if key in LINTING and key != "waivers"}
    tables = enumerate(values.get("waivers", ()), 1)
    waivers = tuple(_waiver(table, f"{origin}: waiver {number}") for number, table in tables)
    options = Linting(**named, waivers=waivers, origin=origin)
    if options.max_age < 0:
        raise ConfigurationError("'max_age' is negative", place=origin, remedy="give years, or 0 for no bound")
    for key, paths in (("baseline", (options.baseline,)), ("articles", options.articles), ("exclude", options.exclude)):
        _refuse_outside(key, paths, origin)
    return options


def nearest(key: str, known: Mapping[str, Any]) -> str:
    """What to write in place of a key that is none; empty where nothing is near."""
    import difflib

    near = difflib.get_close_matches(key[:60], known, n=1)
    return f"did you mean '{near[0]}'?" if near else ""


def one_of(words: Sequence[str]) -> str:
    """Words to choose from, in a sentence.

    >>> one_of(("error", "warning", "never"))
    'error, warning or never'
    """
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _known(kinds: Mapping[str, Any]) -> str:
    return f"known are {', '.join(kinds)}"


def _choices(kind: Any) -> tuple[str, ...]:
    """The words that a value may be, where its kind, or that of what it holds, is a closed list."""
    inner = kind if get_origin(kind) is Literal else get_args(kind)[-1:] and get_args(kind)[-1]
    return get_args(inner) if get_origin(inner) is Literal else ()


def _waiver(table: Mapping[str, Any], place: str) -> Allowed:
    dated = {
        key: value.isoformat() if isinstance(value, datetime.date) and key == "until" else value
        for key, value in table.items()
    }
    values = checked(dated, place, WAIVER)
    for key, remedy in (("rules", "name the rules that it waives"), ("articles", "name its articles, or '**' for all")):
        if not any(values.get(key, ())):
            raise ConfigurationError(f"'{key}' is missing", place=place, remedy=remedy)
    waiver = Allowed(**values)
    _refuse_outside("articles", waiver.articles, place)
    if waiver.until and not is_day(waiver.until):
        raise ConfigurationError(f"'until' is no date ('{waiver.until}')", place=place, remedy=DATED)
    return waiver


def _refuse_outside(key: str, paths: Sequence[str], place: str) -> None:
    for path in paths:
        climbs = posixpath.normpath(path.replace("\\", "/")).split("/")[0] == ".."
        if climbs or (key == "baseline" and path.startswith("/")):
            raise ConfigurationError(
                f"{key}: '{path}' leads out of the project", place=place, remedy="name it relative to the project"
            )
