"""Of which passage a remark speaks: whole sentences with all their statements and citations, entries, else blocks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from ingest.reading import Remark
from kb.model import AUDITED, LISTED, Audit, Block

_SILENT = frozenset({"comment", "front matter"})
"""Blocks that readers do not see: what stands before one speaks of the block behind it."""


class Passages:
    """The passages of an article that a remark can speak of: sentences, entries of its lists, and other blocks."""

    def __init__(self, audit: Audit) -> None:
        self._text = audit.article.text
        self._blocks = sorted(audit.article.blocks, key=lambda block: block.start)
        self._starts = [block.start for block in self._blocks]
        units = {(one.sentence.start, one.sentence.end) for one in audit.statements}
        listed = [one for one in audit.references if one.origin == LISTED]
        units |= {(one.start, one.end) for one in listed if one.start is not None and one.end is not None}
        self._units = sorted(units)

    @property
    def whole(self) -> tuple[int, int]:
        """The whole article."""
        return 0, len(self._text)

    def of(self, remark: Remark) -> tuple[int, int] | None:
        """The passage that a remark speaks of; None where it stands before nothing."""
        if self._text[remark.start : remark.end].strip():
            return self._widened(remark.start, remark.end)
        if remark.alone:
            return self._next(remark.end)
        block = self._block_of(remark)
        return None if block is None else self._sentence_before(block, remark.start)

    def splits_word(self, remark: Remark) -> bool:
        """Whether letters touch the place of a remark on both sides."""
        if self._text[remark.start : remark.end].strip() or remark.alone or not remark.start:
            return False
        return all(one.isalpha() or one.isdecimal() for one in (self._text[remark.start - 1], self._at(remark.end)))

    def _at(self, offset: int) -> str:
        return self._text[offset : offset + 1] or " "

    def _widened(self, start: int, end: int) -> tuple[int, int]:
        """Words that a remark is anchored to, and the rest of their sentences and entries."""
        first, last = self._between(start, end)
        if first and self._units[first - 1][1] > start:
            first -= 1
        if first == last:
            return start, end
        return min(start, self._units[first][0]), max(end, self._units[last - 1][1])

    def _next(self, offset: int) -> tuple[int, int] | None:
        """The block that follows; of a reference list its first entry."""
        at = bisect_left(self._starts, offset)
        while at < len(self._blocks) and self._blocks[at].kind in _SILENT:
            at += 1
        if at == len(self._blocks):
            return None
        block = self._blocks[at]
        first, last = self._between(block.start, block.end)
        return self._units[first] if first < last and block.kind not in AUDITED else (block.start, block.end)

    def _block_of(self, remark: Remark) -> Block | None:
        """The block that a remark is part of: the one around it, else one in the same line, else the one before."""
        at = bisect_right(self._starts, remark.start) - 1
        before = self._blocks[at] if at >= 0 else None
        after = self._blocks[at + 1] if at + 1 < len(self._blocks) else None
        if before and (remark.start <= before.end or self._text.find("\n", before.end, remark.start) < 0):
            return before
        if after and self._text.find("\n", remark.end, after.start) < 0:
            return after
        return before or after

    def _sentence_before(self, block: Block, offset: int) -> tuple[int, int]:
        """The sentence or entry in which a place lies or which ends before it; at the start of a block the first."""
        first, last = self._between(block.start, block.end)
        _, behind = self._between(block.start, offset)
        return self._units[max(first, min(behind, last) - 1)] if first < last else (block.start, block.end)

    def _between(self, start: int, end: int) -> tuple[int, int]:
        """Which sentences and entries begin in a passage: the first, and the first behind it."""
        return bisect_left(self._units, (start, 0)), bisect_left(self._units, (end, 0))
