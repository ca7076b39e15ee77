"""What one registry says of one work, as a source that names its teller."""

from __future__ import annotations

from typing import Any

from kb.model import Attribution, Source


def telling(by: str, asked: str | None, **facts: Any) -> Source | None:
    """A source with one attribution over the fields that hold something; None where the work has no identifier.

    Parameters
    ----------
    by
        The name of the registry.
    asked
        The date of asking, ISO 8601.
    facts
        Fields of ``Source``; ``doi`` or else ``pmid`` gives its id.
    """
    doi, pmid = facts.get("doi"), facts.get("pmid")
    if not (doi or pmid):
        return None
    known = tuple(name for name, value in facts.items() if value)
    said = (Attribution(by=by, fields=known, asked=asked),)
    return Source(id=f"doi:{doi}" if doi else f"pmid:{pmid}", **facts, said=said)
