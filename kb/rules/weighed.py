"""A statement, and what it cites that can stand as evidence, as the rules of evidence look at it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from kb.model import Assessment, Concern, ConcernKind, EvidenceLine, MarkKind, Source, Statement

INDIRECT: tuple[ConcernKind, ...] = ("population", "intervention", "outcome")
"""Concerns that say that the source studied something else."""


class Weighed(NamedTuple):
    """A statement with its assessment and its evidence: lines that can stand, each with its source.

    A person's word goes before the program's: what a program found between a statement and a source counts no more
    where somebody said of the statement, or of that source, something else than the program does.
    """

    statement: Statement
    assessment: Assessment
    body: tuple[tuple[EvidenceLine, Source], ...]

    @property
    def settled(self) -> bool:
        """Whether a person overruled the verdict."""
        return self.assessment.reviewed is not None and self.assessment.reviewed.state == "overruled"

    @property
    def read(self) -> tuple[EvidenceLine, ...]:
        """The lines of which the program's reading counts."""
        return () if self.settled else tuple(line for line, _ in self.body if not overruled(line))

    @property
    def supporting(self) -> tuple[EvidenceLine, ...]:
        """The lines that support the statement, or a part of it."""
        return tuple(line for line, _ in self.body if line.direction == "supports")

    @property
    def disputing(self) -> tuple[EvidenceLine, ...]:
        """The lines that say otherwise."""
        return tuple(line for line, _ in self.body if line.direction == "disputes")

    def concerned(self, kinds: Collection[ConcernKind]) -> Iterator[tuple[EvidenceLine, Concern]]:
        """The lines against which a concern of these kinds stands, each with the first one.

        None where a source without such a concern supports the statement: then that one carries it. A line that says
        otherwise is left out, as that is told as such.
        """
        found = {line.source: one for line in self.read if (one := _first(line, kinds))}
        if any(line.source not in found for line in self.supporting):
            return
        for line in self.read:
            if line.source in found and line.direction != "disputes":
                yield line, found[line.source]

    def words(self, *kinds: MarkKind) -> str | None:
        """The first words of the statement that are marked as one of these kinds; None where it has none."""
        return next((mark.text for kind in kinds for mark in self.statement.marks if mark.kind == kind), None)


def overruled(line: EvidenceLine) -> bool:
    """Whether a person said of this source something else than the program does."""
    return line.reviewed is not None and line.reviewed.state == "overruled"


def _first(line: EvidenceLine, kinds: Collection[ConcernKind]) -> Concern | None:
    return next((concern for concern in line.concerns if concern.kind in kinds), None)
