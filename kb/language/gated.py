"""Patterns that are tried only where a quick look says that they may match."""

from __future__ import annotations

import re
from collections.abc import Callable


class Gated:
    """A pattern without regard to case, and words of which one stands wherever it matches: these are quickly seen.

    In a text that is not ASCII nothing is told from them, since a letter there may be another case of one of theirs.
    """

    def __init__(self, words: str, pattern: str) -> None:
        self._words = tuple(word.replace("_", " ") for word in words.split())
        self.pattern = pattern
        self._compiled = re.compile(pattern, re.IGNORECASE)

    def within(self, text: str) -> bool:
        """Whether it stands somewhere in the text."""
        return self._may_stand(text) and self._compiled.search(text) is not None

    def replaced(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with something else in its places."""
        return self._compiled.sub(by, text) if self._may_stand(text) else text

    def _may_stand(self, text: str) -> bool:
        if not text.isascii():
            return True
        return any(map(text.lower().__contains__, self._words))
