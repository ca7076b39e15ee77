"""Where a passage of an article stands in the author's file."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from kb.language.lines import line_starts
from kb.model import Article


class Places:
    """Places of an article by offset.

    The text of a plain file is that file, so lines are counted in it. The text of a web page or a Word file was put
    together from its blocks, so each offset is as far as its block says.
    """

    def __init__(self, article: Article) -> None:
        self._blocks = article.blocks if any(block.place for block in article.blocks) else ()
        self._starts = [block.start for block in self._blocks] or line_starts(article.text)

    def line(self, offset: int) -> int:
        """The line, from 1, of the author's file; the number of the paragraph where the file has no lines."""
        at = self._index(offset)
        return self._blocks[at].line if self._blocks else at + 1

    def column(self, offset: int) -> int:
        """The column in that line, or in that element or paragraph; from 1."""
        return max(0, offset - self._starts[self._index(offset)]) + 1

    def element(self, offset: int) -> str:
        """The element or paragraph; empty where the line is the place."""
        return self._blocks[self._index(offset)].place if self._blocks else ""

    def offset(self, line: int, column: int, element: str = "") -> int:
        """The offset at a place as the other three tell it; where several blocks share one, in the first of them."""
        start = self._by_place.get((line, element), 0) if self._blocks else self._starts[line - 1]
        return start + column - 1

    @cached_property
    def _by_place(self) -> dict[tuple[int, str], int]:
        return {(block.line, block.place): block.start for block in reversed(self._blocks)}

    def _index(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)


def where(line: int, place: str) -> str:
    """Where something stands in the author's file, as people would say it.

    >>> where(12, ""), where(12, "paragraph 12"), where(40, "#results/p[3]")
    ('line 12', 'paragraph 12', 'line 40, element #results/p[3]')
    """
    if place.startswith(("/", "#")):
        return f"line {line}, element {place}"
    return place or f"line {line}"
