"""Audits as they are saved: some of different articles in one transaction, each under an id that is text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.errors import UsageError
from kb.model import Audit
from kb.store.coding import is_text, storable

_RECORDS_AT_ONCE = 10_000
"""Statements and sources that one transaction saves, which is some 200 articles; others wait that long."""


def at_once(audits: Iterable[Audit]) -> Iterator[list[Audit]]:
    """Audits as they are stored, some of different articles at a time.

    Raises
    ------
    UsageError
        The id of an article is no text.
    """
    some: dict[str, Audit] = {}
    records = 0
    for audit in audits:
        name = audit.article.id
        _check_id(name)
        if name in some or records > _RECORDS_AT_ONCE:
            yield list(some.values())
            some, records = {}, 0
        some[name] = storable(audit)
        records += len(audit.statements) + len(audit.sources)
    if some:
        yield list(some.values())


def _check_id(article: str) -> None:
    # Replacing characters here could give two articles one id, and the second would take the place of the first.
    if not is_text(article):
        raise UsageError("the name of this file is no text", place=article, remedy="rename it")
