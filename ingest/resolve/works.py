"""Works by their identifiers alone: what a source cites, and no article does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ingest.http import Http
from ingest.resolve.policy import resolve
from kb.model import Reference, ResolutionStatus, Source
from kb.settings import Settings

if TYPE_CHECKING:
    from ingest.resolve.desk import Progress
    from kb.store.cache import Cache

_FOUND: frozenset[ResolutionStatus] = frozenset({"verified", "metadata differs"})
_DOI, _PMID = "doi:", "pmid:"


class Works(NamedTuple):
    """The works that registries told of, and what stood in the way of the others, in words."""

    sources: tuple[Source, ...]
    notes: tuple[str, ...]


def askable(ids: Sequence[str]) -> tuple[str, ...]:
    """Those of these ids that a registry can be asked about: DOIs and PubMed ids, each once."""
    return tuple(name for name in dict.fromkeys(ids) if name.startswith((_DOI, _PMID)))


def look_up(
    ids: Sequence[str], settings: Settings, progress: Progress, http: Http | None = None, cache: Cache | None = None
) -> Works:
    """Ask the registries about works of which only an id is known; never raises for what the world does.

    No full text is fetched, and nothing is searched by its words. The first ``settings.works`` ids are asked about.

    Parameters
    ----------
    ids
        As sources have them, ``doi:…`` or ``pmid:…``; others are left out.
    http, cache
        As for `ingest.resolve.policy.resolve`.
    """
    asked = askable(ids)[: max(0, settings.works)]
    if not asked:
        return Works((), ())
    references = [_reference(place, name) for place, name in enumerate(asked, 1)]
    bounded = msgspec.structs.replace(settings, full_texts=0, searches=0)
    found = resolve(references, bounded, progress, http=http, cache=cache)
    known = {one.source for one in found.resolutions if one.status in _FOUND}
    return Works(tuple(source for source in found.sources if source.id in known), found.notes)


def _reference(place: int, name: str) -> Reference:
    doi = name.removeprefix(_DOI) if name.startswith(_DOI) else None
    pmid = name.removeprefix(_PMID) if name.startswith(_PMID) else None
    return Reference(id=str(place), position=place, text=name, source=name, doi=doi, pmid=pmid)
