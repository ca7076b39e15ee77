"""Plain text, as people copy it from a web page or export it from a word processor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import merge
from statistics import median

from ingest.read.layout import Raw, non_empty, settle
from ingest.read.remarks import Comment, html_comments, leaves_paragraph, with_remarks, worded
from ingest.read.wording import SECTION, SENTENCE_END, is_furniture, looks_like_entry, looks_like_heading
from ingest.reading import Reading
from kb.language.lines import line_starts
from kb.model import Article, BlockKind

_BULLET = re.compile(r"\s*(?:[•●▪◦·–*-]|\d{1,3}[.)]|[a-z]\))\s+\S")
_UNDERLINE = re.compile(r"^\s*[=~_*–—-]{3,}\s*$")
_LONGEST_TITLE = 300
_LONGEST_ITEM = 90
_SHORTEST_WRAPPED, _LONGEST_WRAPPED = 40, 100
"""Columns between which people and programs cut lines."""
_LEAST_FILLED = 0.75
_OWN_LINE = re.compile(r"^[ \t]{0,99}(kb:[ \t]{0,99}allow\b[^\n]*)", re.MULTILINE | re.IGNORECASE)


def read(text: str, article_id: str) -> Reading:
    """Read plain text.

    Blocks are divided by empty lines; the lines of a block are blocks of their own unless they are the hard-wrapped
    lines of one paragraph. What the author says to this program stands in lines that begin with "kb: allow", or in
    comments as in HTML.
    """
    return with_remarks(text, article_id, _comments, _read)


def _comments(text: str) -> Iterator[Comment]:
    """The comments to this program, in order; of two that overlap the first counts, so one within another is none."""
    lines = (Comment(worded(line.group(1)), line.start(1), line.end(1)) for line in _OWN_LINE.finditer(text))
    comments = (
        one._replace(closed=False) if one.closed and leaves_paragraph(text, one) else one
        for one in html_comments(text, 0, len(text))
    )
    end = 0
    for one in merge(lines, comments, key=lambda comment: comment.start):
        if one.start >= end:
            yield one
            end = one.end


def _read(text: str, article_id: str) -> Reading:
    raws = non_empty(_blocks(text), text)
    raws = [_headed(raw, text, first=raw is raws[0]) for raw in raws]
    title, blocks = settle(text, raws)
    article = Article(id=article_id, title=title or article_id, text=text, blocks=blocks, format="text")
    return Reading(article=article)


def _blocks(text: str) -> list[Raw]:
    starts = [*line_starts(text), len(text) + 1]
    raws: list[Raw] = []
    chunk: list[int] = []
    for number in range(len(starts) - 1):
        line = text[starts[number] : starts[number + 1] - 1]
        if line.strip() and not _UNDERLINE.match(line):
            chunk.append(number)
        elif chunk:
            raws.extend(_chunk(text, starts, chunk))
            chunk = []
    if chunk:
        raws.extend(_chunk(text, starts, chunk))
    return raws


def _chunk(text: str, starts: list[int], numbers: list[int]) -> list[Raw]:
    """The blocks of neighbouring lines: one paragraph where they are hard-wrapped, else one a line."""
    lines = [text[starts[n] : starts[n + 1] - 1] for n in numbers]
    if all("\t" in line for line in lines) and len(lines) > 1:
        return [Raw(kind="table", start=starts[numbers[0]], end=starts[numbers[-1] + 1] - 1, line=numbers[0] + 1)]
    wrapped = _hard_wrapped(lines)
    firsts = [0]
    for index in range(1, len(lines)):
        goes_on = (wrapped or lines[index][:1].islower()) and not any(map(_is_section, lines[index - 1 : index + 1]))
        if _BULLET.match(lines[index]) or not goes_on:
            firsts.append(index)
    listed = len(lines) > 2 and not any(SENTENCE_END.search(line) or len(line) > _LONGEST_ITEM for line in lines)
    raws = []
    for first, following in zip(firsts, [*firsts[1:], len(lines)], strict=True):
        start, end = starts[numbers[first]], starts[numbers[following - 1] + 1] - 1
        bulleted = _BULLET.match(lines[first]) and not looks_like_entry(lines[first][4:])
        itemised = listed and first > 0 and not looks_like_entry(lines[first])
        kind: BlockKind = "list item" if bulleted or itemised else "paragraph"
        raws.append(Raw(kind=kind, start=start, end=end, line=numbers[first] + 1))
    return raws


def _is_section(line: str) -> bool:
    """Whether a line is one of the headings that nearly all articles have: "Introduction", "3. Results"."""
    return not line[:1].islower() and bool(SECTION.match(line))


def _hard_wrapped(lines: list[str]) -> bool:
    """Whether neighbouring lines are one paragraph cut at a column: alike in length, most of them in mid-sentence."""
    cut = [line.rstrip() for line in lines[:-1]]
    if not cut or any(map(is_furniture, lines)):
        return False
    longest = max(len(line) for line in cut)
    if longest > _LONGEST_WRAPPED or median(len(line) for line in cut) < _LEAST_FILLED * longest:
        return False
    closed = sum(bool(SENTENCE_END.search(line)) for line in cut)
    return longest >= _SHORTEST_WRAPPED and 2 * closed <= len(cut)


def _headed(raw: Raw, text: str, *, first: bool) -> Raw:
    """A block without marks that is worded like a heading is one; the first may be a long title."""
    piece = text[raw.start : raw.end]
    titled = (
        first
        and len(piece) <= _LONGEST_TITLE
        and "\n" not in piece
        and (piece.endswith("?") or not SENTENCE_END.search(piece))
    )
    if (raw.kind == "paragraph" and (titled or looks_like_heading(piece))) or _is_section(piece):
        return Raw(kind="heading", start=raw.start, end=raw.end, line=raw.line, level=2)
    return raw
