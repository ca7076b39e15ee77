"""By which id the references of an article, or the entries of a bibliography, are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from string import ascii_lowercase

from kb.language.folding import fold


class Ids:
    """Gives out ids that are unique within an article."""

    def __init__(self, taken: set[str] | None = None) -> None:
        self._taken = set(taken or ())

    def give(self, label: str, authors: tuple[str, ...], year: str | None, position: int) -> str:
        """The author's own label where free, else ``<family><year>``, with a letter on collision, else ``ref<n>``."""
        made = _made(authors, year)
        named = (made + letter for letter in ("", *ascii_lowercase)) if made else ()
        candidates: Iterable[str] = chain([label] if label else (), named, [f"ref{position}"])
        chosen = next((name for name in candidates if name not in self._taken), None)
        number = 1
        while chosen is None or chosen in self._taken:
            chosen = f"ref{position}-{number}"
            number += 1
        self._taken.add(chosen)
        return chosen


def _made(authors: tuple[str, ...], year: str | None) -> str:
    family = re.sub(r"[^a-z0-9]", "", fold(authors[0])) if authors else ""
    return f"{family[:40]}{year}" if family and year else ""
