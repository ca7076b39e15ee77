"""The lock as text: one way to write it, and reading that trusts nothing."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

import msgspec

from kb.errors import ConfigurationError, escaped
from kb.lock.records import SCHEMA_VERSION, Lock

LARGEST = 50_000_000
"""Bytes of a lock that are read."""

_CONFLICT = re.compile(rb"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)
_RESTORE = "restore it from version control, or delete it and run `kb lock`"


class _Header(msgspec.Struct):
    schema_version: int


def to_json(lock: Lock) -> str:
    """Write a lock: sorted keys, two spaces a level, one line break at the end; the same lock gives the same text.

    Characters that a diff would not show, such as those that turn the direction of writing, are written as escapes.
    """
    text = json.dumps(msgspec.to_builtins(lock), ensure_ascii=False, sort_keys=True, indent=2)
    return f"{escaped(text)}\n"


def read(text: str | bytes, place: str) -> Lock:
    """Read a lock.

    Parameters
    ----------
    text
        The content of the file.
    place
        Its name, for the message.

    Raises
    ------
    ConfigurationError
        It is no JSON, no lock, holds a value that none of its fields can have, or a newer version wrote it.
    """
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    if len(data) > LARGEST:
        _refuse("is larger than 50 MB", place)
    if _CONFLICT.search(data):
        _refuse(
            "holds a merge conflict",
            place,
            "solve it, or delete the file and run `kb lock`",
        )
    header = _decoded(data, _Header, place)
    if header.schema_version > SCHEMA_VERSION:
        what = f"was written by a newer version (schema {header.schema_version}, known is {SCHEMA_VERSION})"
        _refuse(what, place, "update evidence-kb")
    lock: Lock = _decoded(_upgraded(data) if header.schema_version == 1 else data, Lock, place)
    if lock.schema_version != SCHEMA_VERSION:
        _refuse(f"names a schema that is none ({lock.schema_version})", place)
    return lock


def _upgraded(data: bytes) -> bytes:
    """A lock of schema 1 in schema 2: that a review is one of trials is a trait of its study.

    What is no lock stays as it is, to be refused.
    """
    try:
        lock = json.loads(data)
    except (ValueError, RecursionError):
        return data
    for source in lock["sources"].values() if isinstance(lock.get("sources"), dict) else ():
        if isinstance(source, dict) and source.pop("of_trials", None) is True:
            source["study"] = {"traits": [{"kind": "randomized trials", "words": ""}]}
    return json.dumps(lock | {"schema_version": 2}).encode()


def _decoded(data: bytes, kind: type[Any], place: str) -> Any:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        _refuse(f"is no evidence lock ({str(error)[:200]})", place)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        _refuse(f"is no JSON ({str(error)[:200]})", place)
    except RecursionError:
        _refuse("is no evidence lock (nested too deeply)", place)


def _refuse(problem: str, place: str, remedy: str = _RESTORE) -> NoReturn:
    raise ConfigurationError(problem, place=place, remedy=remedy)
