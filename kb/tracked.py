"""JSON files of a project that live in version control: written in one way, and read without trust."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import NamedTuple, NoReturn, TypeVar

import msgspec

from kb.errors import ConfigurationError, escaped

Document = TypeVar("Document", bound=msgspec.Struct)
Upgrade = Callable[[int, bytes], bytes]
"""From the schema of a file and its content to the content in today's schema; what is no such file stays as it is."""

_CONFLICT = re.compile(rb"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)


class Form(NamedTuple):
    """A kind of file.

    Attributes
    ----------
    name
        What it is, as in "is no evidence lock".
    schema
        The number of its schema today; from 1.
    largest
        Bytes that are read, whole megabytes.
    damaged, conflict
        What to do about a file that cannot be read, and about one that holds a merge conflict.
    """

    name: str
    schema: int
    largest: int
    damaged: str
    conflict: str


class _Header(msgspec.Struct):
    schema_version: int


def to_json(document: msgspec.Struct) -> str:
    """Write a document: sorted keys, two spaces a level, one line break at the end; the same one gives the same text.

    Characters that a diff would not show, such as those that turn the direction of writing, are written as escapes.
    """
    text = json.dumps(msgspec.to_builtins(document), ensure_ascii=False, sort_keys=True, indent=2)
    return f"{escaped(text)}\n"


def read(text: str | bytes, place: str, form: Form, kind: type[Document], upgrade: Upgrade | None = None) -> Document:
    """Read a document.

    Parameters
    ----------
    text
        The content of the file.
    place
        Its name, for the message.
    upgrade
        For content of an older schema.

    Raises
    ------
    ConfigurationError
        It is no JSON, not of this kind, holds a value that none of its fields can have, or a newer version wrote it.
    """
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    if len(data) > form.largest:
        refuse(f"is larger than {form.largest // 1_000_000} MB", place, form.damaged)
    if _CONFLICT.search(data):
        refuse("holds a merge conflict", place, form.conflict)
    schema = _decoded(data, _Header, place, form).schema_version
    if schema > form.schema:
        what = f"was written by a newer version (schema {schema}, known is {form.schema})"
        refuse(what, place, "update evidence-kb")
    if schema < 1:
        refuse(f"names a schema that is none ({schema})", place, form.damaged)
    return _decoded(upgrade(schema, data) if upgrade else data, kind, place, form)


def _decoded(data: bytes, kind: type[Document], place: str, form: Form) -> Document:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        refuse(f"is no {form.name} ({str(error)[:200]})", place, form.damaged)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        refuse(f"is no JSON ({str(error)[:200]})", place, form.damaged)
    except RecursionError:
        refuse(f"is no {form.name} (nested too deeply)", place, form.damaged)


def refuse(problem: str, place: str, remedy: str) -> NoReturn:
    """Say what is wrong with a file."""
    raise ConfigurationError(problem, place=place, remedy=remedy)
