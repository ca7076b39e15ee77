"""A file of CSL-JSON → ``Reference`` records: a list of items, an object that holds one, or one item by itself.

The file is divided into its items before any of them is parsed, so that one that is no JSON costs only itself, its line
is known, and neither depth nor size of what a stranger wrote can exhaust the program.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.csl import reference_from_csl
from ingest.references.collected import Found, collected
from ingest.references.decoding import decoded
from kb.model import Reference

LONGEST_ITEM = 1_000_000
"""Characters of one item that is read; with three thousand authors it has a third of that."""

DEEPEST = 50
"""Brackets within brackets of one item; CSL knows five."""

_MOST_RESTARTS = 10
"""How often reading goes on behind an item that does not close."""

_TOKEN = re.compile(r'"(?:[^"\\\n]++|\\.)*"?|[{}\[\]]')
"""Strings and brackets. A string ends with its line, so that one that is not closed harms no more than one item."""
_CLOSING = {"{": "}", "[": "]"}
_LIST = re.compile(r"\s*:\s*\[")
_LISTS = frozenset({'"items"', '"references"'})
_INDENT = re.compile(r"[ \t]*")


class _Item(NamedTuple):
    """A passage of the file, half-open; ``closed`` where the bracket that it begins with is."""

    start: int
    end: int
    closed: bool


def read_csl_json(data: bytes, name: str) -> tuple[list[Reference], list[str]]:
    """The references of a CSL-JSON file, and what is wrong with it; parameters and errors as of ``read_bibtex``."""
    text, messages = decoded(data, name)
    references, told = collected(_found(text, name), name, "CSL item")
    return references, messages + told


def _found(text: str, name: str) -> Iterator[Found]:
    line, at = 1, 0
    for position, item in enumerate(_items(text), 1):
        line, at = line + text.count("\n", at, item.start), item.start
        yield _one(text, item, line, position, name)


def _one(text: str, item: _Item, line: int, position: int, name: str) -> Found:
    if not item.closed:
        return Found(line, None, ("an item is not closed, and what follows may be lost; mend its quotes and brackets",))
    try:
        value = json.loads(text[item.start : item.end], strict=False)
    except json.JSONDecodeError as error:
        wrong = error.msg[:1].lower() + error.msg[1:]
        return Found(line + error.lineno - 1, None, (f"an item could not be read ({wrong}); mend it",))
    except ValueError:  # a number of thousands of digits
        return Found(line, None, ("an item could not be read (it is no sound JSON); mend or remove it",))
    reference = reference_from_csl(value, origin=name, position=position) if isinstance(value, dict) else None
    return Found(line, reference, () if reference else ("an item names no work; give it a title, or remove it",))


def _items(text: str) -> Iterator[_Item]:
    """The items of the list, or the object that stands alone."""
    start = _list_start(text)
    if start is None:
        first = re.search(r"\S", text)
        if first and first.group() == "{":
            yield next(_brackets(text, first.start()))
        return
    for _ in range(_MOST_RESTARTS):
        item = None
        for item in _brackets(text, start):
            yield item
        again = None if item is None or item.closed else _next_alike(text, item.start)
        if again is None:
            return
        start = again


def _list_start(text: str) -> int | None:
    """Where the list's items begin; None where there is no list."""
    first = re.search(r"\S", text)
    if first is None or first.group() not in "[{":
        return None
    if first.group() == "[":
        return first.end()
    depth = 0
    for token in _TOKEN.finditer(text, first.start(), first.start() + LONGEST_ITEM):
        depth += (token.group() in "{[") - (token.group() in "}]")
        if depth == 1 and token.group() in _LISTS and (opened := _LIST.match(text, token.end())):
            return opened.end()
        if depth == 0:
            return None
    return None


def _brackets(text: str, start: int) -> Iterator[_Item]:
    """What stands in brackets from ``start`` to the end of the list, or up to a bracket that does not close."""
    expected: list[str] = []
    begun = 0
    for token in _TOKEN.finditer(text, start):
        mark = token.group()
        if len(expected) > DEEPEST or (expected and token.start() - begun > LONGEST_ITEM):
            break
        if mark in _CLOSING:
            begun = begun if expected else token.start()
            expected.append(_CLOSING[mark])
        elif mark in "}]":
            if not expected:
                return
            if mark != expected.pop():
                yield _Item(begun, token.start(), False)
                return
            if not expected:
                yield _Item(begun, token.end(), True)
    if expected:
        yield _Item(begun, len(text), False)


def _next_alike(text: str, start: int) -> int | None:
    """The next object that begins a line as far in as the one at ``start``, which is where its successor stands."""
    begin = text.rfind("\n", 0, start) + 1
    indent = text[begin:start]
    if not _INDENT.fullmatch(indent):
        return None
    found = text.find(f"\n{indent}{{", start)
    return found + 1 if found >= 0 else None
