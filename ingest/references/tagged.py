"""Files of tagged lines, ``TAG - value``, as RIS and PubMed write them → records of fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MOST_LINES = 20_000
"""Fields of one record, and lines of one field, that are kept: a consortium of physicists has some thousand authors."""
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Field(NamedTuple):
    """A tag and its value; the lines that continue a value are lines of it."""

    tag: str
    value: str


class Tagged(NamedTuple):
    """A record, the line (from 1) that it begins in, and whether its first and its last line are there."""

    line: int
    fields: tuple[Field, ...]
    opened: bool
    closed: bool

    def all(self, *tags: str) -> list[str]:
        """The values of some tags, in the order of the record, without blank ones."""
        return [value for tag, value in self.fields if tag in tags and value]

    def first(self, *tags: str) -> str:
        """The first value of the first of these tags that has one, in one line."""
        return " ".join(next((value for tag in tags for value in self.all(tag)), "").split())


def tagged_records(text: str, tag: re.Pattern[str], opening: str, closing: str) -> Iterator[Tagged]:
    """The records of a file.

    Parameters
    ----------
    text
        The file, with newlines as line ends.
    tag
        Matches a line that begins a field: the tag in its first group, the value in its second.
    opening
        The tag that begins a record; one also begins with any tag where none is open.
    closing
        The tag that ends a record; where it is empty a blank line does.
    """
    lines: list[tuple[str, list[str]]] = []
    begun = 0
    for number, one in enumerate(_LINE.finditer(text), 1):  # one by one: a list of all would take much memory
        line = one.group().rstrip("\n")
        match = tag.match(line)
        if match and match.group(1) == opening and lines:
            yield _record(lines, begun, opening, closed=not closing)
            lines = []
        if (match and match.group(1) == closing) or not (closing or line.strip()):
            if lines:
                yield _record(lines, begun, opening, closed=True)
            lines = []
        elif match and len(lines) < MOST_LINES:
            begun = begun if lines else number
            lines.append((match.group(1), [match.group(2)]))
        elif lines and not match and len(lines[-1][1]) < MOST_LINES:
            lines[-1][1].append(line)
    if lines:
        yield _record(lines, begun, opening, closed=not closing)


def _record(lines: list[tuple[str, list[str]]], begun: int, opening: str, *, closed: bool) -> Tagged:
    fields = tuple(Field(tag, "\n".join(map(str.strip, parts)).strip()) for tag, parts in lines)
    return Tagged(begun, fields, lines[0][0] == opening, closed)
