"""Split the reference list of an article into its entries.

Four shapes occur. *Marked*: every entry opens with a number, a key, a footnote label or a bullet, on a line of its own
or run on in one line. *Paragraphs*: a blank line between entries. *Lines*: one entry a line, or wrapped lines, where an
entry hangs out, or opens like a name and the line before it closes. *Run on*: one paragraph, where names with a date
right after them open an entry.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.references.marks import Line, Mark, find_marks
from ingest.references.names import read_names
from ingest.references.runs import run_starts


class Entry(NamedTuple):
    """One entry: its passage (code points, half-open, mark included), where its words begin, the author's label."""

    start: int
    end: int
    body: int
    label: str = ""


_INDENT = re.compile(r"[ \t>]*")
_NO_ENTRY = re.compile(r"#{1,6}\s|[-=*_]{3,}\s*$|```|:::|</?(?:ol|ul|div)\b")
_DATED = re.compile(r"(?:1[5-9]|20)\d\d|\bn\.\s?d\.|\bin press\b|\bforthcoming\b|https?://|\bdoi\b", re.IGNORECASE)
_CLOSED = re.compile(r"[.)\]>/\d”\"]\s*$")
_CONTINUES = re.compile(
    r"[a-zà-öø-ÿ]|[,;:.)\]&]|https?:|doi\b|\d+\s?[(:;,–-]|(?:PMID|PMCID|ISBN|Available|Retrieved)\b"
)
_DASHES = re.compile(r"[—–_-]{2,}")
_ORGANISATION = re.compile(
    r"[A-Z][\w’'-]+(?:\s(?:[A-Z(][\w’'&)-]+|of|for|the|and|de|on)){1,12}[.,]?\s*(?:\(|(?:1[5-9]|20)\d\d|$)"
)
_MOSTLY_WHOLE = 0.6
"""The part of the paragraphs that must be one entry each, so that all of them are taken so."""

_MOSTLY_OPENED = 0.8
"""The part of the entries that must open a line, so that none begins within one."""

_MOST_LINES = 8
"""Lines of an entry, on the average."""

_MOSTLY_DATED = 0.75
"""The part of the lines that must hold a year, so that every line is an entry and none is wrapped."""


def split_entries(text: str, start: int, end: int) -> list[Entry]:
    """The entries of ``text[start:end]``, in order, without overlaps and without white space around them."""
    lines = list(_lines(text, start, end))
    if not lines:
        return []
    marks = find_marks(lines)
    return _marked(text, marks, lines) if marks else _unmarked(text, lines)


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    """The lines with words; headings, rules and fences are none."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        indent = _INDENT.match(text, at, stop)
        first = indent.end() if indent else at
        content = text[first:stop].strip()
        if content and not _NO_ENTRY.match(content):
            first = text.index(content[0], first)
            yield Line(first, first + len(content), content)
        at = stop + 1


def _marked(text: str, marks: list[Mark], lines: Sequence[Line]) -> list[Entry]:
    """Entries from mark to mark; a line before the first mark is an entry of its own."""
    starts = [line.start for line in lines]
    entries = [Entry(line.start, line.end, line.start) for line in lines[: bisect_left(starts, marks[0].start)]]
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        stop = following.start if following else lines[-1].end
        last = lines[bisect_left(starts, stop) - 1]
        end = mark.start + len(text[mark.start : min(stop, last.end)].rstrip())
        entries.append(Entry(mark.start, end, min(mark.end, end), mark.label))
    return entries


def _unmarked(text: str, lines: list[Line]) -> list[Entry]:
    paragraphs = _paragraphs(text, lines)
    if len(paragraphs) == len(lines) > 1:
        return _entries(_grouped(lines))
    if len(paragraphs) > 1 and sum(map(_is_one_entry, paragraphs)) >= _MOSTLY_WHOLE * len(paragraphs):
        return _entries(paragraphs)
    return [entry for paragraph in paragraphs for entry in _neighbours(text, paragraph)]


def _neighbours(text: str, lines: list[Line]) -> list[Entry]:
    """The entries of lines without a blank line between: hanging, run on, one a line, or wrapped."""
    indents = [_indent(text, line) for line in lines]
    hanging = _hanging(lines, indents)
    if len(hanging) < len(lines) and sum(_opens(group[0].text) for group in hanging) >= _MOSTLY_OPENED * len(hanging):
        return _entries(hanging)
    if len(lines) == 1 or _are_wrapped(lines):
        starts = run_starts(text, lines[0].start, lines[-1].end)
        opening = {line.start for line in lines}
        opened = [at for at in starts if at in opening]
        if len(starts) > 1 and len(starts) * _MOST_LINES >= len(lines):
            return _between(text, opened if len(opened) >= _MOSTLY_OPENED * len(starts) else starts, lines[-1].end)
    return _entries(_grouped(lines))


def _indent(text: str, line: Line) -> int:
    """The column at which the words of a line begin; a list may itself begin within a line."""
    return line.start - text.rfind("\n", 0, line.start) - 1


def _hanging(lines: list[Line], indents: list[int]) -> list[list[Line]]:
    """Lines from one that is no more indented than the first to the next."""
    firsts = [index for index, indent in enumerate(indents) if indent <= indents[0]]
    return [lines[first:following] for first, following in pairwise([*firsts, len(lines)])]


def _between(text: str, starts: list[int], end: int) -> list[Entry]:
    ends = [at + len(text[at:following].rstrip()) for at, following in pairwise([*starts, end])]
    return [Entry(at, stop, at) for at, stop in zip(starts, ends, strict=True)]


def _entries(groups: list[list[Line]]) -> list[Entry]:
    return [Entry(group[0].start, group[-1].end, group[0].start) for group in groups]


def _paragraphs(text: str, lines: list[Line]) -> list[list[Line]]:
    paragraphs = [[lines[0]]]
    for before, line in pairwise(lines):
        if text.count("\n", before.end, line.start) > 1:
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    return paragraphs


def _is_one_entry(paragraph: list[Line]) -> bool:
    """Whether the lines of a paragraph are one wrapped entry, not one entry each."""
    return len(paragraph) == 1 or not all(_opens(line.text) and _DATED.search(line.text) for line in paragraph)


def _are_wrapped(lines: list[Line]) -> bool:
    """Whether too few lines hold a date for each of them to be an entry."""
    return sum(1 for line in lines if _DATED.search(line.text)) < _MOSTLY_DATED * len(lines)


def _grouped(lines: list[Line]) -> list[list[Line]]:
    """Lines that belong together: each line an entry, or wrapped ones where few lines hold a year."""
    wrapped = _are_wrapped(lines)
    groups: list[list[Line]] = []
    for line in lines:
        continues = _CONTINUES.match(line.text) and not read_names(line.text[:_FAR]).end
        if groups and (continues or (wrapped and not (_CLOSED.search(groups[-1][-1].text) and _opens(line.text)))):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


_FAR = 400
"""How far into a line one has to look to see whether it opens with a name."""


def _opens(text: str) -> bool:
    head = text[:_FAR]
    return bool(read_names(head).end or _DASHES.match(head) or _ORGANISATION.match(head) or head[0] in '“"«„')
