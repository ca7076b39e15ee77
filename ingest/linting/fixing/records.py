"""What is to be mended in an article: edits of its text, what they mend, and what an audit must find afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from kb.model import Reference

DUPLICATE, MISSING, FORM, PREPRINT = "RE002", "RE006", "RE007", "SO006"
"""The rules whose findings can be mended; of the last only a suggestion is made."""

Names: TypeAlias = Mapping[str, str]


class Edit(NamedTuple):
    """``new`` in place of ``old``, which begins at an offset of the article's text."""

    start: int
    old: str
    new: str

    @property
    def end(self) -> int:
        """Where the words end that are replaced."""
        return self.start + len(self.old)


class Told(NamedTuple):
    """What is said of a finding, in words: what was changed, or why it was left."""

    rule: str
    line: int
    words: str


class Pair(NamedTuple):
    """Two entries for one work, the one to keep first."""

    first: Reference
    later: Reference


class Expected(NamedTuple):
    """What an audit must find after the edits.

    Attributes
    ----------
    removed
        The entries that are gone, by id, and the id of the one that stands for each.
    dois
        The DOIs that entries, by id, have gained.
    mended
        The findings that are gone, by rule and reference.
    """

    removed: Names
    dois: Names
    mended: frozenset[tuple[str, str]]


class Plan(NamedTuple):
    """What to change in one file."""

    edits: tuple[Edit, ...]
    done: tuple[Told, ...]
    left: tuple[Told, ...]
    expected: Expected
