"""A person's word given in the app: kept in the knowledge base and in the project's file of reviews."""

from __future__ import annotations

from pathlib import Path

from kb.errors import UsageError
from kb.store.address import Place
from kb.view.work import Reviewer, Word


def say(where: Place, project: Path, word: Word) -> tuple[str, ...]:
    """Keep a word; what became of it, a line each."""
    raise UsageError("not built yet", remedy="say it with `kb review`")


def reviewer() -> Reviewer:
    """Who sits before the screen."""
    return Reviewer()
