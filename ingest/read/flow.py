"""Building an article's text out of marked-up documents: one paragraph of text a block, and what was marked in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.read.layout import Raw
from ingest.reading import Anchor, Raised
from kb.model import BlockKind

_BETWEEN = "\n\n"
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_SUPERSCRIPTS = str.maketrans("0123456789+-−–()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ")
_EXPONENT = re.compile(r"[+\-−–]?\d+|[0-9+\-−–]+")


class Flow:
    """Text that grows block by block.

    White space is folded as browsers fold it. A superscript number keeps its meaning as Unicode superscript digits, so
    that 10⁶ never becomes 106, and its place is kept in ``raised``; one in a raised bracket, as [1], needs none.
    """

    def __init__(self) -> None:
        self.raws: list[Raw] = []
        self.anchors: list[Anchor] = []
        self.raised: list[Raised] = []
        self._pieces: list[str] = []
        self._length = 0
        self._start = 0
        self._spaced = True
        self._depth = 0
        self._raised_from = 0
        self._bracketed = False

    @property
    def position(self) -> int:
        """The offset at which the next character will stand, white space that is still held back aside."""
        return self._length

    @property
    def begun(self) -> bool:
        """Whether something was added since the last block."""
        return self._length > self._start

    @property
    def text(self) -> str:
        """Everything so far."""
        return "".join(self._pieces)

    def add(self, text: str, *, keep_space: bool = False) -> None:
        """Add running text; with ``keep_space`` line breaks and blanks stay (code, hard line breaks)."""
        folded = text if keep_space else _SPACE.sub(" ", text)
        if self._spaced and not keep_space:
            folded = folded.lstrip(" ")
        if not folded:
            return
        if self._depth:
            folded = self._as_raised(folded)
        self._spaced = folded[-1] in " \n"
        self._pieces.append(folded)
        self._length += len(folded)

    @contextmanager
    def superscript(self) -> Iterator[None]:
        """What is added inside is raised."""
        start = self._length
        if not self._depth:
            self._raised_from = start
        self._depth += 1
        yield
        self._depth -= 1
        start, end = self._tight(start)
        if not self._depth and end > start:
            self.raised.append(Raised(start=start, end=end))

    @contextmanager
    def anchor(self, *targets: str) -> Iterator[None]:
        """What is added inside is a citation of the targets."""
        start = self._length
        yield
        start, end = self._tight(start)
        if end > start and targets:
            self.anchors.append(Anchor(start=start, end=end, targets=targets))

    def close(self, kind: BlockKind, line: int, *, place: str = "", why: str = "", level: int = 0) -> Raw | None:
        """End the block that was added to, and say what it is; nothing where it holds only white space.

        Parameters
        ----------
        kind
            ``paragraph`` where the markup says no more: ``layout.settle`` decides on the rest.
        line
            The line of the source, or the number of the paragraph, that it begins at.
        place
            How to find it where lines do not: the path of the element, "paragraph 12".
        why
            For a block that is left out: how it was recognised, in plain words.
        level
            Of a heading, from 1.
        """
        start, end = self._tight(self._start)
        self._cut(end)
        if end == start:
            self._cut(self._start)
            self._spaced = True
            return None
        raw = Raw(kind=kind, start=start, end=end, line=line, level=level, place=place, why=why)
        self.raws.append(raw)
        self._pieces.append(_BETWEEN)
        self._length = self._start = end + len(_BETWEEN)
        self._spaced = True
        return raw

    def _as_raised(self, text: str) -> str:
        """Text as superscript; in a bracket it stays plain, which cites by itself: [1]."""
        if self._length == self._raised_from:
            self._bracketed = text.lstrip().startswith("[")
        return text if self._bracketed else superscript(text)

    def _tight(self, start: int) -> tuple[int, int]:
        """The passage from ``start`` to here without the white space at its ends."""
        added = self._since(start)
        stripped = added.strip()
        if not stripped:
            return start, start
        first = start + len(added) - len(added.lstrip())
        return first, first + len(stripped)

    def _since(self, start: int) -> str:
        found: list[str] = []
        length = self._length
        for piece in reversed(self._pieces):
            if length <= start:
                break
            length -= len(piece)
            found.append(piece[max(0, start - length) :])
        return "".join(reversed(found))

    def _cut(self, end: int) -> None:
        """Take off what stands behind ``end``."""
        while self._length > end:
            last = self._pieces.pop()
            self._length -= len(last)
            if self._length < end:
                kept = last[: end - self._length]
                self._pieces.append(kept)
                self._length += len(kept)


def superscript(text: str) -> str:
    """Raised text as Unicode superscripts where it is a number; other raised words (TM, th) stay plain.

    >>> superscript("-6"), superscript("1, 3–5"), superscript("th")
    ('⁻⁶', '¹, ³–⁵', 'th')
    """
    if _EXPONENT.fullmatch(text.strip()) and not re.search(r"\d[–−-]\d", text):
        return text.translate(_SUPERSCRIPTS)
    return re.sub(r"\d+", lambda match: match.group().translate(_SUPERSCRIPTS), text)
