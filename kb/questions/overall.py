"""All articles together, in counts."""

from __future__ import annotations

import msgspec

from kb.model import Certainty, Record, Verdict

MOST_ARTICLES = 25
"""Articles that are counted by themselves: those with most statements that nothing supports."""


class Counted(Record, frozen=True, kw_only=True):
    """One article; ``verdicts`` leaves out what none of its statements has."""

    article: str
    title: str
    verdicts: dict[Verdict, int] = msgspec.field(default_factory=dict)

    @property
    def statements(self) -> int:
        """How many statements it has."""
        return sum(self.verdicts.values())


class Overall(Record, frozen=True, kw_only=True):
    """What there is in a knowledge base; all whole numbers from 0.

    Attributes
    ----------
    statements
        Those that were assessed.
    bare
        Unsupported statements that no citation covers; they ask for a source and show none.
    verdicts, levels, certainties
        How many statements have each; of levels and certainties those that have any.
    sources
        Works behind the references of all articles.
    worst
        The first articles by how many of their statements are unsupported.
    """

    articles: int = 0
    statements: int = 0
    bare: int = 0
    verdicts: dict[Verdict, int] = msgspec.field(default_factory=dict)
    levels: dict[int, int] = msgspec.field(default_factory=dict)
    certainties: dict[Certainty, int] = msgspec.field(default_factory=dict)
    sources: int = 0
    worst: tuple[Counted, ...] = ()
