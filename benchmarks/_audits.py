"""What a run of the reliability benchmark does: audit articles into a knowledge base, and tell what is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks._registry import works
from ingest.pipeline import audit_file
from ingest.resolve import crossref, resolve
from ingest.resolve.desk import client
from kb import KnowledgeBase
from kb.model import Source
from kb.settings import Settings
from kb.store.cache import Cache

ARTICLES = 8
WORKS_TO_EACH = 12
CITED = 2
"""Of how many works an article says something; the others stand in its list and are resolved as well."""


class Tellings:
    """What runs have told to have kept."""

    def __init__(self) -> None:
        self.articles: set[str] = set()
        self.works: set[str] = set()

    def hear(self, told: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """Note what a run tells."""
        kept = {"articles": self.articles, "works": self.works}
        for what, names in told:
            if what in kept:
                kept[what].update(names)


def telling(cache: Cache, tells: Connection[Any, Any]) -> Cache:
    """The cache, which from now on tells of what Crossref said once that is kept."""
    keep = cache.remember

    def remember(registry: str, told: Mapping[str, Source | None], asked: str) -> None:
        keep(registry, told, asked)
        if registry == crossref.NAME:
            tells.send(("works", tuple(told)))

    setattr(cache, "remember", remember)  # noqa: B010 the type checker rightly dislikes it
    return cache


def articles(folder: Path) -> Path:
    """Write the articles into a folder, each of which cites works of its own; the folder."""
    known = works(ARTICLES * WORKS_TO_EACH, "journal-article")
    for number in range(ARTICLES):
        cited = known[number * WORKS_TO_EACH : (number + 1) * WORKS_TO_EACH]
        (folder / f"article-{number:02}.md").write_text(_article(cited), "utf-8")
    return folder


def audit_all(folder: str, prefix: str, registry: str, elsewhere: str, tells: Connection[Any, Any]) -> None:
    """Audit every article of a folder, under names that begin with ``prefix``, and tell of each that is kept."""
    place = Path(folder)
    settings = Settings(
        crossref=registry,
        datacite=elsewhere,
        doi_org=elsewhere,
        ncbi=elsewhere,
        pmc=elsewhere,
        europepmc=elsewhere,
        openalex=elsewhere,
        mailto="someone@example.org",
        deadline=60.0,
        patience=30.0,
        cache=str(place / "cache.db"),
        as_of="2026-11-22",
    )
    tells.send(("begun", ()))
    with Cache.open(settings.cache) as opened, KnowledgeBase.open(place / "knowledge.db") as base:
        cache = telling(opened, tells)
        resolver = partial(resolve, http=client(settings, cache), cache=cache)
        for path in sorted(place.glob("*.md")):
            base.add(audit_file(path, prefix + path.name, settings, resolver=resolver))
            tells.send(("articles", (prefix + path.name,)))


def _article(cited: list[dict[str, Any]]) -> str:
    lines = [f"Heat eased pain in {place} of 40 adults with stiff knees [{place}]." for place in _places(cited[:CITED])]
    entries = [
        f"{place}. {work['author'][0]['family']} A. {work['title'][0]}. {work['container-title'][0]}. "
        f"{work['issued']['date-parts'][0][0]}. doi:{work['DOI']}"
        for place, work in zip(_places(cited), cited, strict=True)
    ]
    return "\n".join(("# Heat for knees", "", *lines, "", "## References", "", *entries, ""))


def _places(cited: list[dict[str, Any]]) -> range:
    return range(1, len(cited) + 1)
