"""What one article needs to be checked: made once a run, and only where something has to be found out anew."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ingest.linting.given import LOCK, REVIEWS, Given
from ingest.pipeline import Means, audit
from ingest.read import read_bytes
from ingest.reading import Reading
from ingest.resolve.unasked import unasked
from ingest.waivers import waivers_of
from kb.base import KnowledgeBase
from kb.errors import ConfigurationError
from kb.linting.lint import lint
from kb.linting.outcome import Checked
from kb.linting.selection import refuse_nonsense
from kb.lock import Frozen
from kb.lock import read as read_lock
from kb.model import Audit
from kb.questions.elsewhere import Others
from kb.reviews import read as read_reviews
from kb.rules.context import Elsewhere


class Desk:
    """Checks articles one by one.

    Raises
    ------
    KnowledgeBaseError
        When it is made: lock or reviews are not to be read, or the configuration names rules that do not exist.
    """

    def __init__(self, given: Given) -> None:
        refuse_nonsense(given.settings.linting)
        self._settings = msgspec.structs.replace(given.settings, offline=True)
        self._means = Means(
            resolver=lambda references, settings, progress: unasked(references),
            bibliographies=given.bibliographies,
            lock=None if given.lock is None else Frozen(read_lock(given.lock, LOCK)),
            reviews=() if given.reviews is None else read_reviews(given.reviews, REVIEWS),
        )

        self._others = _others(given)

    def audit(self, data: bytes, article: str, path: Path | None) -> tuple[Reading, Audit]:
        """The article as read, and its audit.

        Raises
        ------
        ArticleError, BibliographyError
            It cannot be read, or a bibliography cannot.
        """
        reading = read_bytes(data, article)
        return reading, audit(reading, self._settings, path, **self._means)

    def check(self, data: bytes, article: str, path: Path | None) -> tuple[Reading, Checked]:
        """The article as read, and what the linter tells of it; errors as of `audit`."""
        reading, found = self.audit(data, article, path)
        return reading, self.lint(reading, found)

    def lint(self, reading: Reading, found: Audit) -> Checked:
        """What the linter tells of an audit."""
        elsewhere = _elsewhere(self._others, found) if self._others else ()
        return lint(found, self._settings.linting, waivers_of(found, reading.remarks), elsewhere)


def _others(given: Given) -> Others | None:
    """The statements of the knowledge base that the configuration names, if it names one."""
    path = given.knowledge_base
    if path is None:
        return None
    if not path.exists():
        remedy = "audit an article (`kb audit`), or take `knowledge_base` out of the configuration"
        place = given.settings.linting.origin
        raise ConfigurationError("the knowledge base that it names is not there", place=place, remedy=remedy)
    with KnowledgeBase.open(path) as base:
        return base.others()


def _elsewhere(others: Others, found: Audit) -> tuple[Elsewhere, ...]:
    return tuple(
        Elsewhere(
            statement=one.statement,
            article=one.other.article,
            line=one.other.line,
            text=one.other.text,
            why=one.why,
        )
        for one in others.against(found.article.id, found.statements)
    )
