"""The audits of a run, as several commands make them, and how they are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from ingest.commands.articles import Named, named
from ingest.commands.judges import judge_of
from ingest.commands.lock import read_lock
from ingest.commands.options import answers
from ingest.commands.progress import shown
from ingest.config import find_project, read_settings
from kb.errors import KnowledgeBaseError

if TYPE_CHECKING:
    from ingest.pipeline import Means
    from kb.model import Audit, Review
    from kb.settings import Settings
    from kb.store.address import Place
    from kb.store.cache import Cache
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
    from kb.lock import Frozen

    project = find_project(Path.cwd())
    settings = read_settings(project, offline=offline, as_of=as_of, **(judging or {}))
    if articles:
        work, wrong = named(articles, project)
        own = configured(project, settings)
    else:
        (one, own), wrong = example(), []
        work = [one]
    with (answers(settings) if remember else None) or nullcontext() as cache, shown() as tell:
        audits, failed = audit_each(
            work,
            settings,
            cache,
            judged=remember,
            allow_private=allow_private,
            bibliographies=[*map(Path, bibliography), *own],
            progress=tell,
            lock=Frozen(read_lock(project)) if frozen else None,
            reviews=reviews,
        )
    return audits, [*wrong, *failed]


def example() -> tuple[Named, list[Path]]:
    """The bundled example, and its bibliographies."""
    from ingest.bundled import bundled

    return Named(EXAMPLE, bundled(EXAMPLE)), [bundled("references.bib")]


def configured(project: Path, settings: Settings) -> list[Path]:
    """The bibliographies that a project's configuration names."""
    return [project / file for file in settings.bibliography]


def audit_each(
    work: Sequence[Named],
    settings: Settings,
    cache: Cache | None,
    *,
    judged: bool = True,
    allow_private: bool = False,
    **given: Unpack[Means],
) -> tuple[list[Audit], list[KnowledgeBaseError]]:
    """The audits of the articles that could be read, and the errors of the others; they share client, judge and cache.

    Parameters
    ----------
    judged
        Whether the judge that is configured judges; else the built-in one does.
    allow_private
        Fetch pages also from this machine and private networks.
    given
        What the audits work with (`ingest.pipeline.Means`), but resolver and judge, which are made here.
    """
    from ingest.http.page import Pages
    from ingest.pipeline import Means, audit_file, audit_page, quietly
    from ingest.resolve import resolve
    from ingest.resolve.desk import client

    pages = Pages(settings, allow_private=allow_private)

    def audit(one: Named, chosen: Settings, means: Means) -> Audit:
        if one.file is None:
            return audit_page(one.id, pages, chosen, **means)
        return audit_file(one.file, one.id, chosen, **means)

    def trial(chosen: Settings, judge: Judge) -> None:
        means = Means(bibliographies=given.get("bibliographies", ()), judge=judge, reviews=given.get("reviews", ()))
        _each(work, lambda one: audit(one, chosen, means))

    means = Means(**given)
    means["resolver"] = partial(resolve, http=client(settings, cache), cache=cache)
    if judged:
        means["judge"] = judge_of(settings, cache, given.get("progress", quietly), trial)
    return _each(work, lambda one: audit(one, settings, means))


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
