"""Notices out of a file of retractions, remembered, so that later runs know of them without the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ingest.resolve.retraction_watch import NAME
from kb.model import Attribution, Notice, Source

if TYPE_CHECKING:
    from kb.store.cache import Cache


def remember(cache: Cache, notices: Mapping[str, tuple[Notice, ...]], asked: str) -> None:
    """Keep all notices of a file.

    Parameters
    ----------
    notices
        Those of each work, by its DOI or PubMed id.
    asked
        The date on which the user gave the file, ISO 8601.
    """
    said = (Attribution(by=NAME, fields=("notices",), asked=asked),)
    works = {
        name: Source(id=f"doi:{name}" if name.startswith("10.") else f"pmid:{name}", notices=of_work, said=said)
        for name, of_work in notices.items()
    }
    cache.remember(NAME, works, asked)


def remembered(cache: Cache, names: Iterable[str]) -> dict[str, tuple[Notice, ...]]:
    """The notices of works, by their DOI or PubMed id, out of the files that the user gave at any time."""
    told = cache.remembered(NAME, tuple(names))
    return {name: one.source.notices for name, one in told.items() if one.source}
