"""Comments to this program in text that holds them itself: Markdown and plain text.

An article is read as though they had never been there: they are cut out, what is left is read, and its blocks are put
back where they stand in the file. In the article's text a comment is as many blanks, so that no offset moves and none
of its words is ever part of a statement, a marker or an entry.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from ingest.reading import Reading, Remark
from kb.language.cuts import Cuts
from kb.language.lines import line_starts
from kb.model import Block

LONGEST = 2000
"""Characters of a remark that are kept; who reads them says where there were more."""

_SIGNS = ("kb:", "KB:", "Kb:", "kB:")
_OURS = re.compile(r"\s{0,99}kb:", re.IGNORECASE)
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_NEAR = 200
"""How far the margins of a line are looked at: a comment farther in stands within the line."""
_BLANKS = re.compile(r"[ \t]{0,200}")
_CLOSING = frozenset(["", *" \t\n.,;:!?)]"])
_NOT_LINE_END = re.compile(r"[^\n]")


class Comment(NamedTuple):
    """A comment to this program: its words from "kb:" on, its place, and whether it comes to its end."""

    words: str
    start: int
    end: int
    closed: bool = True


class _Group(NamedTuple):
    """Comments with nothing but white space between them, and what to cut out so that no trace of them is left."""

    comments: tuple[Comment, ...]
    cut: tuple[int, int]
    own_line: bool

    @property
    def start(self) -> int:
        return self.comments[0].start

    @property
    def end(self) -> int:
        return self.comments[-1].end


def may_speak(text: str) -> bool:
    """Whether a text may hold a comment to this program; nearly none does, and no more is then asked."""
    return any(sign in text for sign in _SIGNS)


def speaks(words: str) -> bool:
    """Whether a comment is one to this program."""
    return _OURS.match(words) is not None


def worded(words: str) -> str:
    """The text of a remark: on one line, from "kb:" on, and no longer than is kept."""
    return " ".join(words[: 2 * LONGEST].split())[: LONGEST + 1]


def with_remarks(
    text: str,
    article_id: str,
    found: Callable[[str], Iterable[Comment]],
    read: Callable[[str, str], Reading],
) -> Reading:
    """Read an article, and the comments to this program in it.

    Parameters
    ----------
    text, article_id
        The article.
    found
        Finds the comments of its format in a text, in order and without overlaps.
    read
        Reads a text without them.
    """
    comments = list(found(text)) if may_speak(text) else []
    if not comments:
        return read(text, article_id)
    groups = list(_groups(text, [one for one in comments if one.closed]))
    cuts = Cuts(text, [group.cut for group in groups])
    reading = read(cuts.text, article_id)
    whole = _blanked(text, groups)
    starts = line_starts(text)
    blocks = tuple(_put_back(block, cuts, starts) for block in reading.article.blocks)
    remarks = [remark for group in groups for remark in _remarks(group, whole, blocks)]
    remarks += [_remark(one, alone=False) for one in comments if not one.closed]
    remarks.sort(key=lambda remark: remark.start)
    article = msgspec.structs.replace(reading.article, text=whole, blocks=blocks)
    return msgspec.structs.replace(reading, article=article, remarks=tuple(remarks))


def without_lines(text: str, remarks: Sequence[Remark]) -> str:
    """A text as ``with_remarks`` gives it, of the same length, where no line is empty that held remarks alone.

    An empty line divides a list of references; what the author says to this program does not. The text itself where
    it is as it should be.
    """
    pieces, position = [], 0
    for remark in remarks:
        if remark.end == remark.start or text[remark.start : remark.end].strip():
            continue
        floor = max(position, remark.start - _NEAR)
        start = floor + len(text[floor : remark.start].rstrip(" \t>"))
        if start > floor and text[start - 1] == "\n":
            pieces += [text[position : start - 1], " " * (remark.end - start + 1)]
            position = remark.end
    return "".join([*pieces, text[position:]]) if position else text


def html_comments(text: str, start: int, end: int) -> Iterator[Comment]:
    """The comments of a passage in the form ``<!-- kb: … -->``; what is inside another comment is none.

    One that ends nowhere in the passage, or only behind an empty line within which a paragraph ends, is not closed.
    """
    at = text.find("<!--", start, end)
    while at >= 0:
        last = text.find("-->", at + 2, end)
        ours = _OURS.match(text, at + 4, end)
        if last < 0:
            if ours:
                stop = text.find("\n", at, end)
                stop = end if stop < 0 else stop
                yield Comment(worded(text[ours.end() - 3 : stop]), at, stop, closed=False)
            return
        if ours and ours.end() <= last:
            words = worded(text[ours.end() - 3 : min(last, ours.end() + 2 * LONGEST)])
            yield Comment(words, at, last + 3)
        at = text.find("<!--", last + 3, end)


def leaves_paragraph(text: str, comment: Comment) -> bool:
    """Whether an empty line stands within a comment."""
    return _EMPTY_LINE.search(text, comment.start, comment.end) is not None


def _groups(text: str, comments: Sequence[Comment]) -> Iterator[_Group]:
    first = 0
    for index in range(1, len(comments) + 1):
        if index == len(comments) or not _touch(text, comments[first], comments[index - 1], comments[index]):
            yield _grouped(text, tuple(comments[first:index]))
            first = index


def _touch(text: str, first: Comment, before: Comment, after: Comment) -> bool:
    """Whether nothing stands between two comments of a run but blanks, or a line's end where the run begins a line."""
    between = text[before.end : min(after.start, before.end + _NEAR)]
    if len(between) == _NEAR or between.strip():
        return False
    return "\n" not in between or (between.count("\n") == 1 and _margin(text, first.start) is not None)


def _margin(text: str, start: int) -> str | None:
    """What stands before a place in its line where that is nothing but blanks and marks of quotation; else None."""
    _, newline, margin = text[max(0, start - _NEAR) : start].rpartition("\n")
    begins = bool(newline) or start < _NEAR
    return margin if begins and not margin.strip(" \t>") else None


def _grouped(text: str, comments: tuple[Comment, ...]) -> _Group:
    """What to cut out: the whole lines where nothing else stands in them, else the blanks on one side too."""
    start, end = comments[0].start, comments[-1].end
    margin = _margin(text, start)
    behind = _BLANKS.match(text, end)
    after = behind.end() if behind else end
    if margin is None:
        before = text[max(0, start - _NEAR) : start]
        led = len(before) - len(before.rstrip(" \t")) if text[end : end + 1] in _CLOSING else 0
        return _Group(comments, (start - led, end), own_line=False)
    if text[after : after + 1] in ("", "\n"):
        return _Group(comments, (start - len(margin), min(len(text), after + 1)), own_line=True)
    return _Group(comments, (start, after), own_line=False)


def _blanked(text: str, groups: Iterable[_Group]) -> str:
    """The text with blanks for comments; lines stay, and so does every offset."""
    pieces, position = [], 0
    for comment in (one for group in groups for one in group.comments):
        pieces += [text[position : comment.start], _NOT_LINE_END.sub(" ", text[comment.start : comment.end])]
        position = comment.end
    return "".join([*pieces, text[position:]])


def _put_back(block: Block, cuts: Cuts, starts: Sequence[int]) -> Block:
    start, end = cuts.back(block.start, block.end)
    return msgspec.structs.replace(block, start=start, end=end, line=bisect_right(starts, start))


def _remarks(group: _Group, text: str, blocks: Sequence[Block]) -> Iterator[Remark]:
    alone = group.own_line and not _belongs_above(group, text, blocks)
    for comment in group.comments:
        yield _remark(comment, alone=alone)


def _remark(comment: Comment, *, alone: bool) -> Remark:
    return Remark(text=comment.words, start=comment.start, end=comment.end, alone=alone, closed=comment.closed)


def _belongs_above(group: _Group, text: str, blocks: Sequence[Block]) -> bool:
    """Whether comments on lines of their own stand within a block, or close to the one above and to none below.

    A heading does not count, for what stands under it is spoken of; in a list the lines that are indented deeper than
    the next item belong to the item above.
    """
    index = bisect_right(blocks, group.start, key=lambda block: block.start) - 1
    if index < 0:
        return False
    above = blocks[index]
    if group.end <= above.end:
        return True
    gap = text[above.end : min(group.start, above.end + _NEAR)]
    if above.kind in ("heading", "title") or gap.count("\n") > 1 or len(gap) == _NEAR:
        return False
    below = text[group.end : group.end + _NEAR].partition("\n")[2].partition("\n")[0]
    indented = group.start - text.rfind("\n", 0, group.start) - 1
    deeper = above.kind == "list item" and indented >= len(below) - len(below.lstrip(" ")) + 2
    return deeper or not below.strip()
