"""Text made comparable: case, accents, punctuation and typographic variants aside."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_APOSTROPHE = re.compile(r"(?<=\w)[’'ʼ](?=\w)")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower-case words without accents and punctuation, one space between them.

    >>> fold("O’Brien & Müller-Lüdenscheidt")
    'obrien muller ludenscheidt'
    """
    if text.isascii():
        text = text.lower()
    else:
        text = _NOT_ASCII.sub(lambda match: _bare(match.group()), text).casefold().translate(_LETTERS)
    if "'" in text or "’" in text or "ʼ" in text:
        text = _APOSTROPHE.sub("", text)
    return " ".join(_WORD.findall(text))


@lru_cache(maxsize=4096)
def _bare(character: str) -> str:
    """A character as NFKD takes it apart, without its marks; empty for a mark that stands apart.

    Taken apart one by one, since decomposing a text sorts the marks that stand in a row, in a time that grows with the
    square of the row; without the marks nothing is left to sort, so both come to the same.
    """
    return "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
