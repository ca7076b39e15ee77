"""Whence a statement comes: through its sources and what those cite, down to primary studies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from kb.model import Record, Source, StatementKey
from kb.questions.stated import Stated

if TYPE_CHECKING:
    import networkx

MOST_STEPS = 500
"""Works that a trace names at most."""
MOST_DEPTH = 6
"""Citations in a row that are followed at most."""

End: TypeAlias = Literal["", "primary study", "amplification", "dead end", "not known", "circle", "cut"]


class Step(Record, frozen=True, kw_only=True):
    """A work on the way."""

    source: str
    depth: int
    """0 for what the statement cites itself."""
    via: str | None = None
    """The work that cites it, the nearest to the statement; None at depth 0."""
    label: str = ""
    title: str = ""
    design: str = "unknown"
    retracted: bool = False
    cites: tuple[str, ...] = ()
    end: End = ""


class Trace(Record, frozen=True, kw_only=True):
    """The way from a statement to the studies that it rests on."""

    statement: Stated
    steps: tuple[Step, ...]
    missing: tuple[str, ...]
    """Works of which nothing, or nothing of what they cite, is known: what could be asked for, nearest first."""
    reasons: tuple[str, ...]


def follows(source: Source) -> bool:
    """Whether a trace goes on through what a source cites: it is no primary study, whose findings are its own."""
    raise NotImplementedError


def trace(graph: networkx.MultiDiGraph[str], statement: StatementKey) -> Trace:
    """Follow the citations of a statement."""
    raise NotImplementedError
