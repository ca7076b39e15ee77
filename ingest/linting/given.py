"""What a run of the linter is given beside the articles."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from kb.settings import Settings

LOCK, REVIEWS = "evidence.lock.json", "evidence.reviews.json"
"""As ``kb.lock.FILE`` and ``kb.reviews.FILE``, whose modules take long to load; a test holds them together."""
LARGEST = 50_000_000
"""Bytes of either that are read, the larger of the two modules' bounds."""


class Given(NamedTuple):
    """What a run is given beside the articles, as it stands in files.

    Attributes
    ----------
    bibliographies
        Those that the user or the configuration names.
    lock, reviews
        The content of ``evidence.lock.json`` and ``evidence.reviews.json``; None where there is none.
    """

    project: Path
    settings: Settings
    bibliographies: tuple[Path, ...] = ()
    lock: bytes | None = None
    reviews: bytes | None = None

    @property
    def knowledge_base(self) -> Path | None:
        """The knowledge base in which other articles are looked up, if the configuration names one."""
        name = self.settings.linting.knowledge_base
        return self.project / name if name else None
