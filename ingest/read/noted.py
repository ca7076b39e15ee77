"""Comments to this program in documents whose text is put together, HTML and JATS: each where it was left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.read.flow import Flow
from ingest.read.remarks import speaks, worded
from ingest.reading import Remark

if TYPE_CHECKING:
    from lxml.etree import _Element


class Noted:
    """The remarks of a document, while its text grows."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._remarks: list[Remark] = []
        self._waiting: list[tuple[str, int, object]] = []

    def note(self, text: str, holder: object) -> None:
        """A remark stands here, in an element: within a block where one has begun."""
        if self._flow.begun:
            self._add(text, self._flow.position, alone=False)
        else:
            self._waiting.append((text, self._flow.position, holder))

    def take(self, element: _Element, holder: object) -> None:
        """Whatever an element is: where it is a comment to this program, that stands here."""
        if text := remark_of(element):
            self.note(text, holder)

    def closed(self, holder: object) -> None:
        """A block was written, of an element: remarks right before its first word in that element stand within it."""
        for text, position, around in self._waiting:
            self._add(text, position, alone=around is not holder or holder is None)
        self._waiting.clear()

    def all(self) -> tuple[Remark, ...]:
        """The remarks, in order."""
        self.closed(None)
        return tuple(sorted(self._remarks, key=lambda remark: remark.start))

    def _add(self, text: str, position: int, *, alone: bool) -> None:
        self._remarks.append(Remark(text=text, start=position, end=position, alone=alone))


def remark_of(element: _Element) -> str:
    """The text of a comment to this program; empty where it is none, or no comment."""
    from lxml import etree

    text = (element.text or "") if isinstance(element, etree._Comment) else ""
    return worded(text.lstrip()) if speaks(text) else ""


def comments(element: _Element) -> Iterator[_Element]:
    """All comments in an element."""
    from lxml import etree

    return element.iter(etree.Comment)


def around(root: _Element) -> tuple[list[_Element], list[_Element]]:
    """The comments before and after the root of a document."""
    from lxml import etree

    before = [*root.itersiblings(etree.Comment, preceding=True)]
    return before[::-1], [*root.itersiblings(etree.Comment)]
