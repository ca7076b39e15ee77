"""Tables of wordings, each looked for only where its first word stands: time goes by the words of a text.

A wording is a first word out of a list, a regular expression of what follows it, and one of what stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from kb.language.plain import Plain

Label = TypeVar("Label", bound=str)

IT = "it"
"""The group of a pattern that is the place, where the whole wording is more than that."""
_BACK = 60
"""How far before its first word a wording looks, in characters."""


class Wording(NamedTuple, Generic[Label]):
    """One wording of a table; ``<name>`` stands for a list of words in each of the three columns."""

    label: Label
    first: str
    """Words, blanks between them: any of them begins the wording. In lower case, as are the other columns."""
    rest: str = ""
    """What follows the first word directly; a regular expression with bounded repeats."""
    before: str = ""
    """What ends directly before the first word, and belongs to the wording too.

    Where one of the two has a group named ``it``, that group alone is the place.
    """


class Found(NamedTuple, Generic[Label]):
    """Where a wording stands in the text."""

    label: Label
    start: int
    end: int


class _Compiled(NamedTuple, Generic[Label]):
    label: Label
    follows: Callable[[str, int], re.Match[str] | None]
    """Matches what follows the first word, at a place."""
    before: re.Pattern[str] | None

    def place(self, text: str, start: int, match: re.Match[str]) -> tuple[int, int] | None:
        """Where the wording stands whose first word starts at ``start``, and whose rest is ``match``."""
        lead = self.before.search(text, max(0, start - _BACK), start) if self.before else None
        if self.before and not lead:
            return None
        for part in (match, lead):
            if part and part.re.groupindex:
                return part.span(IT)
        return (lead.start() if lead else start), match.end()


class Table(Generic[Label]):
    """Wordings, ready to be looked for."""

    def __init__(self, wordings: Iterable[Wording[Label]], lists: Mapping[str, str]) -> None:
        """Compile the wordings; ``lists`` holds the words of each ``<name>``, blanks between them."""
        self._by_word: dict[str, list[_Compiled[Label]]] = {}
        for wording in wordings:
            before = re.compile(rf"(?:{_expanded(wording.before, lists)})\Z") if wording.before else None
            compiled = _Compiled(wording.label, re.compile(_expanded(wording.rest, lists)).match, before)
            for name in lists:
                wording = wording._replace(first=wording.first.replace(f"<{name}>", lists[name]))
            for word in dict.fromkeys(wording.first.split()):
                self._by_word.setdefault(word, []).append(compiled)

    def first(self, words: Plain) -> dict[Label, Found[Label]]:
        """The first place of each label."""
        found: dict[Label, Found[Label]] = {}
        by_word, lower = self._by_word, words.lower
        for token, start, end in [one for one in words.tokens if one[0] in by_word]:
            for wording in by_word[token]:
                label, follows, _ = wording
                if label not in found and (match := follows(lower, end)):
                    place = wording.place(lower, start, match)
                    if place:
                        found[label] = Found(label, *place)
        return found

    def every(self, words: Plain) -> Iterator[Found[Label]]:
        """Every place of each label; places of one label do not overlap."""
        ends: dict[Label, int] = {}
        by_word, lower = self._by_word, words.lower
        for token, start, end in [one for one in words.tokens if one[0] in by_word]:
            for wording in by_word[token]:
                label, follows, _ = wording
                if ends.get(label, 0) <= start and (match := follows(lower, end)):
                    place = wording.place(lower, start, match)
                    if place:
                        ends[label] = place[1]
                        yield Found(label, *place)


def _expanded(pattern: str, lists: Mapping[str, str]) -> str:
    for name, words in lists.items():
        pattern = pattern.replace(f"<{name}>", rf"\b(?:{'|'.join(words.split())})\b")
    return pattern
