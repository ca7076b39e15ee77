"""Where sources disagree, where articles do, and who cites one side alone."""

from __future__ import annotations

from kb.model import Record


class Contested(Record, frozen=True, kw_only=True):
    """Disagreements in the knowledge base."""
