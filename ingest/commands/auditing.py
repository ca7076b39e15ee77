"""The audits of a run, as several commands make them, and how they are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.commands.articles import Named, named
from ingest.commands.judges import judge_of
from ingest.commands.lock import read_lock
from ingest.commands.options import answers
from ingest.commands.progress import shown
from ingest.config import find_project, read_settings
from kb.errors import KnowledgeBaseError

if TYPE_CHECKING:
    from kb.model import Audit, Review
    from kb.settings import Settings
    from kb.store.address import Place
    from kb.strength.support import Judge

EXAMPLE = "examples/sciatica-and-knee-pain.md"


def audited(
    articles: Sequence[str],
    bibliography: Sequence[str],
    *,
    offline: bool | None,
    as_of: str | None,
    frozen: bool,
    remember: bool,
    reviews: Sequence[Review],
    allow_private: bool = False,
    judging: Mapping[str, str | None] | None = None,
) -> tuple[list[Audit], list[KnowledgeBaseError]]:
    """The audits of the articles that could be read, and the errors of the others.

    All of them share one client and, where ``remember`` is set, the judge that is configured and what registries and
    judges answered before. Without an article the bundled example is audited.

    Parameters
    ----------
    reviews
        What people said, of any article.
    """
    from ingest.bundled import bundled
    from ingest.http.page import Pages
    from ingest.pipeline import Means, audit_file, audit_page
    from ingest.resolve import resolve
    from ingest.resolve.desk import client
    from kb.lock import Frozen

    project = find_project(Path.cwd())
    settings = read_settings(project, offline=offline, as_of=as_of, **(judging or {}))
    work, wrong = named(articles, project) if articles else ([Named(EXAMPLE, bundled(EXAMPLE))], [])
    own = [project / file for file in settings.bibliography] if articles else [bundled("references.bib")]
    bibliographies = [*map(Path, bibliography), *own]
    lock = Frozen(read_lock(project)) if frozen else None
    pages = Pages(settings, allow_private=allow_private)

    def audit(one: Named, chosen: Settings, means: Means) -> Audit:
        if one.file is None:
            return audit_page(one.id, pages, chosen, **means)
        return audit_file(one.file, one.id, chosen, **means)

    def trial(chosen: Settings, judge: Judge) -> None:
        _each(work, lambda one: audit(one, chosen, Means(bibliographies=bibliographies, judge=judge, reviews=reviews)))

    with (answers(settings) if remember else None) or nullcontext() as cache, shown() as tell:
        resolver = partial(resolve, http=client(settings, cache), cache=cache)
        means = Means(bibliographies=bibliographies, progress=tell, lock=lock, resolver=resolver, reviews=reviews)
        if remember:
            means["judge"] = judge_of(settings, cache, tell, trial)
        audits, failed = _each(work, lambda one: audit(one, settings, means))
    return audits, [*wrong, *failed]


def _each(work: Sequence[Named], audit: Callable[[Named], Audit]) -> tuple[list[Audit], list[KnowledgeBaseError]]:
    audits: list[Audit] = []
    failed: list[KnowledgeBaseError] = []
    for one in work:
        try:
            audits.append(audit(one))
        except KnowledgeBaseError as error:
            failed.append(error)
    return audits, failed


def keep(audits: Sequence[Audit], place: Place) -> None:
    """Put audits into the knowledge base.

    Raises
    ------
    StoreError
        It cannot be written.
    """
    from kb.base import KnowledgeBase

    with KnowledgeBase.open(place) as base:
        for audit in audits:
            base.add(audit)
