"""What the linter tells: findings with what became of them, by article, ready to be printed in any format.

Light on purpose: a run in which nothing changed reads these records from its memory and prints them, and imports
neither rules nor language.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from kb.model import Finding, Record

State: TypeAlias = Literal["open", "waived", "known"]
"""What became of a finding: it stands, somebody waived it with a reason, or the baseline holds it. Only what is open
fails a run."""


class Outcome(Record, frozen=True, kw_only=True):
    """A finding, what became of it, and what is needed to show it without the article at hand."""

    finding: Finding
    name: str
    """Of the rule, ``unsupported-statement``."""
    state: State = "open"
    why: str = ""
    """The reason of the waiver; empty for what is open."""
    end_line: int
    end_column: int
    """Where the passage ends, the column being the first one after it; from 1. The same place as the beginning where
    a finding is about no passage."""
    shown: str = ""
    """The author's line at that place, or the part of it around the finding, as it may be shown; empty for formats in
    which a line says nothing (`Finding.place`)."""
    caret: int = 0
    """Characters of ``shown`` before the finding begins, 0 ≤ caret."""
    width: int = 1
    """Characters of ``shown`` that the finding covers, at least 1."""
    words: str = ""
    """The statement or entry that it is about, folded, for a baseline to know it again after small edits. Empty for
    one so long that it is a table, and for a finding about neither."""
    fixed: tuple[str, ...] = ()
    """What of it no small edit changes: numbers, denials, directions, and the sources that it rests on."""


class Checked(Record, frozen=True, kw_only=True):
    """One article after the linter: everything found, in the order of the article."""

    article: str
    outcomes: tuple[Outcome, ...] = ()
    notes: tuple[str, ...] = ()
    """What could not be checked or read, in plain words."""
    statements: int = 0
    """Statements in the article, …"""
    asking: int = 0
    """… those that ask for a source, …"""
    unsupported: int = 0
    """… and those of them that no source holds up."""


class Tally(Record, frozen=True, kw_only=True):
    """What articles came to, in counts: open findings by severity, and those that were waived or are known of old."""

    error: int = 0
    warning: int = 0
    info: int = 0
    waived: int = 0
    known: int = 0

    @property
    def open(self) -> int:
        """Findings that stand."""
        return self.error + self.warning + self.info


class Brief(Record, frozen=True, kw_only=True):
    """One article as it is printed when all that is wanted is the plain text of a run; before a baseline is laid over.

    Writing it is most of the time of a run in which nothing changed, so it is remembered beside the findings.
    """

    article: str
    tally: Tally = Tally()
    text: str = ""
    """The open findings, as ``kb.report.check.text`` writes them without colours."""
    notes: tuple[str, ...] = ()
    """As of `Checked`."""
    failed: tuple[str, int] | None = None
    """Why the article could not be checked, and the exit code that this calls for."""


class Moved(Record, frozen=True, kw_only=True):
    """One thing that the change since a revision did to the evidence, in plain words."""

    article: str
    """Empty where it is of no single article."""
    line: int | None = None
    way: Literal["up", "down", "other"] = "other"
    words: str


class Run(Record, frozen=True, kw_only=True):
    """One run of ``kb check``."""

    articles: tuple[Checked, ...]
    as_of: str
    version: str
    """Of the program."""
    failed: tuple[str, ...] = ()
    """Files that could not be checked, one line each."""
    since: str = ""
    """The revision as the user named it, where only what changed since then is told."""
    changes: tuple[Moved, ...] = ()
    """With ``since``: what the change did to the evidence."""
