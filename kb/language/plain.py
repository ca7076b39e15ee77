"""Text as it is matched: lower case, no invisible characters, one blank between words; and where each piece stood.

A character that nobody sees must not hide a word: zero-width and bidirectional signs, soft hyphens and variation
selectors go, ligatures and letters of fancy alphabets become plain ones, and blanks in a row (a citation or a mark of
Markdown was blanked out there) become one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

_SAME_LENGTH = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "′": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "İ": "I", "ı": "i"}
)
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
"""Default ignorable code points of Unicode that occur in text, and the bidirectional signs."""
_COMPATIBLE = "\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff"
"""Ligatures, full-width letters, and the mathematical alphabets that pass for bold and italics."""
_CHANGING = re.compile(rf"[\s{_INVISIBLE}]*\s[\s{_INVISIBLE}]+|\s[{_INVISIBLE}]+|[{_INVISIBLE}]+|[{_COMPATIBLE}]")
_TOKEN = re.compile(r"(\w+|%)")
_TWO_BLANKS = re.compile(r"\s\s")
_ODD = re.compile(rf"\s\s|[{_INVISIBLE}{_COMPATIBLE}]")


class Plain(NamedTuple):
    """A text as it is matched, with the places of its pieces in the text as written."""

    text: str
    """With capitals as written."""
    lower: str
    """The same in lower case, of the same length."""
    starts: tuple[int, ...]
    written: tuple[int, ...]
    """Where each piece of ``text`` starts in it, and where it starts in the text as written."""
    tokens: tuple[tuple[str, int, int], ...]
    """The words of ``lower``, numbers and percent signs among them, each with its start and end in it."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The passage as written of ``text[start:end]``, half-open."""
        if len(self.starts) == 1:
            return start, end
        return self._place(start), (self._place(end - 1) + 1 if end > start else self._place(start))

    def _place(self, offset: int) -> int:
        piece = bisect_right(self.starts, offset) - 1
        place = self.written[piece] + offset - self.starts[piece]
        # The letters of a ligature all stand where it does.
        return min(place, self.written[piece + 1] - 1) if piece + 1 < len(self.written) else place


@lru_cache(maxsize=8)
def plain(words: str) -> Plain:
    """The words as they are matched; the last few are remembered, since several tables look at a sentence in turn.

    >>> found = plain("Stu\u200bdies  SHOW")
    >>> found.lower, found.span(8, 12)
    ('studies show', (10, 14))
    """
    if not words.isascii():
        words = words.translate(_SAME_LENGTH)
    if not (_ODD if not words.isascii() else _TWO_BLANKS).search(words):
        return _plain(words, (0,), (0,))
    pieces: list[str] = []
    starts, written, position, length = [0], [0], 0, 0
    for match in _CHANGING.finditer(words):
        before = words[position : match.start()]
        pieces += [before, _replaced(match.group())]
        # The replacement is a piece of its own, and so is what follows it.
        starts += [length + len(before), length + len(before) + len(pieces[-1])]
        written += [match.start(), match.end()]
        length, position = starts[-1], match.end()
    text = "".join([*pieces, words[position:]]) if pieces else words
    return _plain(text, tuple(starts), tuple(written))


def _plain(text: str, starts: tuple[int, ...], written: tuple[int, ...]) -> Plain:
    lower = text.lower()
    pieces = _TOKEN.split(lower)  # in turn what stands between the words, and a word
    places = list(accumulate(map(len, pieces)))
    return Plain(text, lower, starts, written, tuple(zip(pieces[1::2], places[::2], places[1::2], strict=False)))


def _replaced(found: str) -> str:
    if found.isspace() or any(map(str.isspace, found)):
        return " "
    return unicodedata.normalize("NFKC", found) if len(found) == 1 and found.isprintable() else ""
