"""A text without some of its passages, and the way back: where in the whole text stands what is left."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


class Cuts:
    """What is left of a text when passages are cut out, so that it is read as though they had never been there.

    Parameters
    ----------
    text
        The whole text.
    passages
        What to cut out: in order, without overlaps, half-open.

    Examples
    --------
    >>> cut = Cuts("Heat [aside] helps.", [(4, 12)])
    >>> cut.text, cut.back(5, 10)
    ('Heat helps.', (13, 18))
    """

    def __init__(self, text: str, passages: Sequence[tuple[int, int]]) -> None:
        kept: list[str] = []
        self._places: list[int] = []
        self._gone = [0]
        position = 0
        for start, end in passages:
            kept.append(text[position:start])
            self._places.append(start - self._gone[-1])
            self._gone.append(self._gone[-1] + end - start)
            position = end
        self.text = "".join([*kept, text[position:]])

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A passage of what is left, as it stands in the whole text: from its first character to its last one."""
        return self._whole(start), self._whole(end - 1) + 1 if end > start else self._whole(start)

    def _whole(self, offset: int) -> int:
        return offset + self._gone[bisect_right(self._places, offset)]
