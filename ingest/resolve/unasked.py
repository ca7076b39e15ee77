"""The works behind references as the author tells of them, where no registry may be asked and there is no lock."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.resolve.merge import source_from_reference
from ingest.resolve.resolved import Resolved
from kb.model import Reference, Resolution

NOTE = "there is no evidence lock, and `kb check` asks no registry"


def unasked(references: Sequence[Reference]) -> Resolved:
    """One work for each source that the references name; of none it is known whether it is the one that is meant."""
    sources = {reference.source: source_from_reference(reference) for reference in reversed(references)}
    resolutions = [
        Resolution(reference=reference.id, source=reference.source, status="not attempted", note=NOTE)
        for reference in references
    ]
    return Resolved(
        sources=tuple(sources[name] for name in dict.fromkeys(one.source for one in references)),
        resolutions=tuple(resolutions),
    )
