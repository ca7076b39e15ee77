"""The values of BibTeX fields: braces, quotation marks, ``#``, ``@string``, and a comma that was left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

LONGEST = 20_000
"""Characters of one value. The longest abstract has a few thousand; ``#`` must not make it grow without end."""

LONGEST_STRING = 1_000
"""Characters of one ``@string``: the name of a journal, not a text that a thousand entries repeat."""

_BARE = re.compile(r"[^\s{}\",#=]+")
_NEXT_FIELD = re.compile(r"([A-Za-z][\w-]{1,30})\s*=\s*(?=\S)")


class Value(NamedTuple):
    """A value without its braces or quotation marks, and what stands behind it before the next comma."""

    text: str
    rest: str


def read_value(raw: str, strings: dict[str, str]) -> Value:
    """One value: parts in braces, in quotation marks or bare (numbers and names of strings), joined by ``#``."""
    text, at = "", 0
    while at < len(raw):
        at += len(raw[at:]) - len(raw[at:].lstrip()) if raw[at].isspace() else 0
        part, at = _part(raw, at, strings)
        text += part[: LONGEST - len(text)]
        rest = raw[at:].lstrip()
        if not rest.startswith("#"):
            return Value(text, rest)
        at = len(raw) - len(rest) + 1
    return Value(text, "")


def read_strings(definitions: Iterable[tuple[str, str]]) -> dict[str, str]:
    """``@string`` definitions in file order; one may use those before it."""
    strings: dict[str, str] = {}
    for key, raw in definitions:
        strings[key.lower()] = read_value(raw, strings).text[:LONGEST_STRING]
    return strings


def read_fields(pairs: Iterable[tuple[str, str]], strings: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """The fields of an entry by lower-case name, the first of each; and the names before which a comma is missing."""
    fields: dict[str, str] = {}
    uncommaed: list[str] = []
    for key, raw in pairs:
        value = read_value(raw, strings)
        fields.setdefault(key.lower(), value.text)
        while match := _NEXT_FIELD.match(value.rest):
            uncommaed.append(match.group(1))
            value = read_value(value.rest[match.end() :], strings)
            fields.setdefault(match.group(1).lower(), value.text)
    return fields, uncommaed


def _part(raw: str, at: int, strings: dict[str, str]) -> tuple[str, int]:
    """The part that begins at ``at``, and where it ends."""
    if raw[at : at + 1] in ("{", '"'):
        end = _closing(raw, at)
        return raw[at + 1 : end], end + 1
    bare = _BARE.match(raw, at)
    if bare is None:
        return raw[at:], len(raw)
    return strings.get(bare.group().lower(), bare.group()), bare.end()


def _closing(raw: str, at: int) -> int:
    """Where the brace or quotation mark at ``at`` closes: at depth none, and not behind a backslash."""
    quoted, depth = raw[at] == '"', 0
    for match in re.compile(r'(?<!\\)[{}"]').finditer(raw, at + quoted):
        mark = match.group()
        depth += (mark == "{") - (mark == "}")
        if depth == 0 and mark == ('"' if quoted else "}"):
            return match.start()
    return len(raw)
