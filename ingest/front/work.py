"""What the app does in the background."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.front.jobs import Jobs, Tell
from kb.base import KnowledgeBase
from kb.errors import UsageError
from kb.store.address import Place
from kb.view.work import Job, Upload


class FrontWork:
    """`kb.view.work.Work`, on the knowledge base of a project.

    Parameters
    ----------
    where
        The knowledge base.
    project
        The folder of the project.
    """

    def __init__(self, where: Place, project: Path) -> None:
        self._where, self._project = where, project
        self._jobs = Jobs()

    def upload(self, files: Sequence[Upload]) -> str:
        """Audit the article among these files; the others are its bibliographies."""
        raise UsageError("not built yet", remedy="audit on the command line")

    def paste(self, text: str, name: str) -> str:
        """Audit pasted text under a name."""
        raise UsageError("not built yet", remedy="audit on the command line")

    def page(self, address: str) -> str:
        """Audit a page of the public web."""
        raise UsageError("not built yet", remedy="audit on the command line")

    def again(self, article: str) -> str:
        """Audit an article again, from where it came from."""
        raise UsageError("not built yet", remedy="audit on the command line")

    def example(self) -> str:
        """Audit the bundled example."""
        return self._jobs.start("the bundled example", self._example)

    def ask_again(self, sources: Sequence[str]) -> str:
        """Ask the registries again about these sources."""
        raise UsageError("not built yet", remedy="audit on the command line")

    def job(self, name: str) -> Job | None:
        """How far a job is."""
        return self._jobs.job(name)

    def _example(self, tell: Tell) -> tuple[str, tuple[str, ...]]:
        from ingest.bundled import bundled
        from ingest.config import read_settings
        from ingest.pipeline import audit_file

        tell("reading", 0.1)
        name, bibliography = "examples/sciatica-and-knee-pain.md", bundled("references.bib")
        audit = audit_file(bundled(name), name, read_settings(bibliography.parent), bibliographies=[bibliography])
        with KnowledgeBase.open(self._where) as base:
            base.add(audit)
        return audit.article.id, audit.notes
