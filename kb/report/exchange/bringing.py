"""Stores what an export holds."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import NamedTuple

from kb.errors import UsageError
from kb.model import Audit, Source
from kb.report.exchange.incoming import Export
from kb.store.store import Store

_AT_ONCE = 50
"""Articles or sources that are stored in one transaction."""


class Brought(NamedTuple):
    """What became of an export: how many articles were added, replaced, or kept as they were; and what was wrong.

    Attributes
    ----------
    sources
        How many came; which of them are newer than what was known is not told.
    faults
        One for each article or source that was left out.
    """

    added: int
    replaced: int
    kept: int
    sources: int
    faults: tuple[UsageError, ...]


def bring_in(export: Export, store: Store) -> Brought:
    """Store what an export holds; an article that is bad is left out, all others are stored whole.

    Raises
    ------
    StoreError
        The store cannot be written. What was stored before stays, article by article.
    """
    became: Counter[str] = Counter()
    faults: list[UsageError] = []
    while some := list(islice(export.records, _AT_ONCE)):
        faults += [one for one in some if isinstance(one, UsageError)]
        sources = [one for one in some if isinstance(one, Source)]
        audits = [one for one in some if isinstance(one, Audit)]
        became["sources"] += len(sources)
        became.update(store.take(sources, audits, full=export.full))
    return Brought(
        added=became["added"],
        replaced=became["replaced"],
        kept=became["kept"],
        sources=became["sources"],
        faults=tuple(faults),
    )
