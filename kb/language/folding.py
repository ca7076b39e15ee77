"""Text made comparable: case, accents, punctuation and typographic variants aside."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_APOSTROPHE = re.compile(r"(?<=\w)[’'ʼ](?=\w)")
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Lower-case words without accents and punctuation, one space between them.

    >>> fold("O’Brien & Müller-Lüdenscheidt")
    'obrien muller ludenscheidt'
    """
    if not text.isascii():
        # Marks go first: decomposing sorts those that stand in a row, in a time that grows with the square of the row.
        text = _without_marks(unicodedata.normalize("NFKD", _without_marks(text)))
    return _NOT_WORD.sub(" ", _APOSTROPHE.sub("", text.casefold().translate(_LETTERS))).strip()


def _without_marks(text: str) -> str:
    return "".join(ch for ch in text if not unicodedata.combining(ch))
