"""Comments of a Word file that speak to this program, and the words that each is anchored to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.read.remarks import speaks, worded
from ingest.read.word.xml import full_name, value
from ingest.reading import Remark

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Comments:
    """The comments to this program in a part of comments, and where the text has them as it is read.

    Word marks where the words begin and end that somebody comments on (ISO/IEC 29500-1, 17.13.4); other programs leave
    those marks out, and only a reference stands behind the words.
    """

    def __init__(self, part: Element | None) -> None:
        self._texts: dict[str, str] = {}
        for comment in part.iter(full_name("w:comment")) if part is not None else ():
            paragraphs = comment.iter(full_name("w:p"))
            text = " ".join("".join(one.text or "" for one in p.iter(full_name("w:t"))) for p in paragraphs)
            if speaks(text):
                self._texts[value(comment, "w:id")] = worded(text.lstrip())
        self._starts: dict[str, int] = {}
        self._ends: dict[str, int] = {}

    def mark(self, kind: str, element: Element, position: int) -> None:
        """Come to one of the marks, ``w:commentRangeStart``, ``w:commentRangeEnd`` or ``w:commentReference``."""
        name = value(element, "w:id")
        if name in self._texts:
            self._starts.setdefault(name, position)
            if kind != "w:commentRangeStart":
                self._ends.setdefault(name, position)

    def remarks(self, length: int) -> tuple[Remark, ...]:
        """What they say, in the order of the text, which is ``length`` characters long.

        One whose marks are not there, or not in order, is about nothing in the text and is left out.
        """
        found = [
            Remark(text=text, start=min(self._starts[name], length), end=min(self._ends[name], length), alone=False)
            for name, text in self._texts.items()
            if name in self._ends and self._starts[name] <= self._ends[name]
        ]
        return tuple(sorted(found, key=lambda remark: (remark.start, remark.end)))
