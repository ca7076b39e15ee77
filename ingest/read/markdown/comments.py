"""Comments to this program in Markdown: ``<!-- kb: … -->``, and ``[//]: # (kb: …)``, neither of them in code."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ingest.read.remarks import Comment, html_comments, worded
from kb.model import BlockKind

_LABEL = re.compile(
    r"^[ >]{0,9}(\[//\]:[ \t]{1,9}#[ \t]{1,9}[(\"'][ \t]{0,9}(kb:[^\n]*))$", re.MULTILINE | re.IGNORECASE
)
_TICKS = re.compile(r"`+")
_OPENING = re.compile(r"\\[\\`]|`+|<!--")
_ENDINGS = frozenset(")\"'")


def comments(text: str, blocks: Sequence[tuple[int, int, BlockKind]]) -> Iterator[Comment]:
    """The comments to this program, in order.

    Parameters
    ----------
    text
        The Markdown.
    blocks
        Start, end and kind of its blocks as a parser finds them: what is code holds no comments, and in other blocks
        nor do spans of code.
    """
    code = [(start, end) for start, end, kind in blocks if kind == "code"]
    found = [one for start, end, kind in blocks if kind != "code" for one in _in_block(text, start, end)]
    found += _labels(text, code)
    found.sort(key=lambda comment: comment.start)
    position = 0
    for comment in found:
        if comment.start >= position:
            yield comment
            position = comment.end


def _labels(text: str, code: Sequence[tuple[int, int]]) -> Iterator[Comment]:
    """Definitions of a link that nothing refers to, which show nothing: a line each."""
    starts = [start for start, _ in code]
    for match in _LABEL.finditer(text):
        at = bisect_right(starts, match.start(1)) - 1
        if at >= 0 and match.start(1) < code[at][1]:
            continue
        written = match.group(1).rstrip(" \t\r")
        closed = written[-1] in _ENDINGS
        words = match.group(2).rstrip(" \t\r")
        yield Comment(worded(words[:-1] if closed else words), match.start(1), match.start(1) + len(written), closed)


def _in_block(text: str, start: int, end: int) -> Iterator[Comment]:
    """The comments of a block: of a span of code and a comment the one that begins first holds the other."""
    if text.find("<!--", start, end) < 0:
        return
    ticks: dict[int, list[int]] = defaultdict(list)
    for run in _TICKS.finditer(text, start, end):
        ticks[len(run.group())].append(run.start())
    at = start
    while opening := _OPENING.search(text, at, end):
        sign, at = opening.group(), opening.end()
        if sign == "<!--":
            closing = text.find("-->", opening.start() + 2, end)
            stop = end if closing < 0 else closing + 3
            yield from html_comments(text, opening.start(), stop)
            at = stop
        elif sign[0] == "`":
            runs = ticks[len(sign)]
            following = bisect_left(runs, at)
            at = runs[following] + len(sign) if following < len(runs) else at
