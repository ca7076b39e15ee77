"""The records of a trace: each work on the way from a statement, and how the way ends there."""

from __future__ import annotations

from typing import Literal, TypeAlias

from kb.model import Design, Record
from kb.questions.stated import Stated

End: TypeAlias = Literal[
    "", "primary study", "systematic review", "amplification", "dead end", "not known", "circle", "cut"
]
"""How the way ends at a work; empty where it goes on from there and reaches a study.

``primary study``: reports what it found itself.
``systematic review``: pools studies, and which ones is not known (or not followed); a good end all the same.
``amplification``: all that it cites is known, and is again no study: none leads to one, as far as is known.
``dead end``: a book, a web page or a protocol of which no citations are known, or not the work that was meant.
``circle``: what it cites leads back to it and nowhere else.
``cut``: it cites more than was followed.
``not known``: nothing is known of it, of what it cites, or of enough of that."""


class Step(Record, frozen=True, kw_only=True):
    """A work on the way."""

    source: str
    depth: int
    """0 for what the statement cites itself."""
    via: str | None = None
    """The work that cites it, the nearest to the statement; None at depth 0."""
    label: str = ""
    """Authors and year, or else the title or the id."""
    title: str = ""
    year: str | None = None
    design: Design = "unknown"
    known: bool = False
    """Whether the knowledge base holds more of it than that it is cited."""
    retracted: bool = False
    cites: tuple[str, ...] = ()
    """What it cites, of the works that are named here; nothing of a study, which is where the way ends."""
    more: int = 0
    """How many works it cites beyond these."""
    end: End = ""
    why: str = ""
    """The end in plain words."""


class Trace(Record, frozen=True, kw_only=True):
    """The way from a statement to the studies that it rests on."""

    statement: Stated
    leans_on: tuple[Stated, ...] = ()
    """Where the statement has no source of its own: what it leans on; the sources are those of the last one."""
    goes_beyond: str = ""
    """What the statement claims beyond the one that it leans on."""
    steps: tuple[Step, ...]
    """Nearest first."""
    circles: tuple[tuple[str, ...], ...] = ()
    """Works that lead back to themselves by their citations, a group each; one alone cites itself."""
    missing: tuple[str, ...]
    """Works with a DOI or PubMed id of which nothing is known, nearest first, and then those of which it is not known
    what they cite: what could be asked for."""
    reasons: tuple[str, ...]
