"""Which lines of Markdown are plain paragraphs or headings, so that only the rest has to go through a parser.

Most of an article is paragraphs of prose between empty lines. They are told by how their lines begin, and are nothing
else whatever stands around them, as long as no fence or HTML block is open. Where this is in doubt the lines go to the
parser: taking too many there costs time and is never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Region(NamedTuple):
    """Lines ``first`` to ``last`` (from 0, half-open).

    ``plain`` where they are one paragraph, or a heading of the ``level`` from 1; else a parser has to look.
    """

    first: int
    last: int
    plain: bool
    level: int = 0


_PROSE = re.compile(r"[^\W\d_]|[“”\"‘’'(\[@$«»]|\d(?!\d{0,8}[.)](?:\s|$))")
_HEADING = re.compile(r"(#{1,6})[ \t]")
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})(.*)")
_HTML = re.compile(
    r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?<(?:(!--)|(\?)|(!\[CDATA\[)|(script|pre|style|textarea)\b|(![A-Z]))",
    re.IGNORECASE,
)
_ENDS = ("-->", "?>", "]]>", "</", ">")
"""What ends the HTML blocks above; any closing tag is taken for that of a script or preformatted text."""


def regions(lines: Sequence[str]) -> Iterator[Region]:
    """The lines of a text, those of plain paragraphs apart; empty lines between regions are left out.

    >>> [one[:3] for one in regions(["Heat helps.", "It does.", "", "- a", "", "  b", "", "So."])]
    [(0, 2, True), (3, 6, False), (7, 8, True)]
    """
    pending: tuple[int, int] | None = None
    awaited = ""
    for first, last in _chunks(lines):
        heading = _HEADING.match(lines[first]) if last == first + 1 else None
        if not awaited and (heading or all(map(_PROSE.match, lines[first:last]))):
            if pending:
                yield Region(*pending, plain=False)
                pending = None
            yield Region(first, last, plain=True, level=len(heading.group(1)) if heading else 0)
        else:
            pending = (pending[0] if pending else first, last)
            for line in lines[first:last]:
                awaited = _awaited(awaited, line)
    if pending:
        yield Region(*pending, plain=False)


def _chunks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of lines that are not empty."""
    first = None
    for number, line in enumerate(lines):
        if line.strip():
            first = number if first is None else first
        elif first is not None:
            yield first, number
            first = None
    if first is not None:
        yield first, len(lines)


def _awaited(awaited: str, line: str) -> str:
    """What has to come before the fence or HTML block that is open after this line ends; empty where none is."""
    fence = _FENCE.match(line)
    if awaited[:1] in ("`", "~"):
        return "" if fence and fence.group(1).startswith(awaited) and not fence.group(2).strip() else awaited
    if awaited:
        return "" if awaited in line else awaited
    if fence:
        return fence.group(1)
    html = _HTML.match(line)
    if not html:
        return ""
    ending = _ENDS[next(number for number, group in enumerate(html.groups()) if group)]
    return "" if ending in line[html.end() :] else ending
