"""Text made comparable: case, accents, punctuation and typographic variants aside."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_APOSTROPHE = re.compile(r"(?<=\w)[’'ʼ](?=\w)")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_SHORT = 400
"""Characters up to which a folded text is remembered: a paragraph or an abstract comes once."""
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower-case words without accents and punctuation, one space between them.

    >>> fold("O’Brien & Müller-Lüdenscheidt")
    'obrien muller ludenscheidt'
    """
    return _remembered(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    if text.isascii():
        text = text.lower()
    else:
        text = _NOT_ASCII.sub(lambda match: _bare(match.group()), text).casefold().translate(_LETTERS)
    if "'" in text or "’" in text or "ʼ" in text:
        text = _APOSTROPHE.sub("", text)
    return " ".join(_WORD.findall(text))


_remembered = lru_cache(maxsize=2048)(_folded)
"""For names, titles and sentences, which are folded again and again."""


@lru_cache(maxsize=4096)
def _bare(character: str) -> str:
    """A character as NFKD takes it apart, without its marks; empty for a mark that stands apart.

    Taken apart one by one, since decomposing a text sorts the marks that stand in a row, in a time that grows with the
    square of the row; without the marks nothing is left to sort, so both come to the same.
    """
    return "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
