"""Statements that rest on evidence which was retracted, corrected, superseded, or is old."""

from __future__ import annotations

from kb.model import Record


class Stale(Record, frozen=True, kw_only=True):
    """Statements whose evidence is not what it was."""
