"""From references to the works behind them out of the evidence lock alone: no registry is asked."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ingest.resolve.merge import source_from_reference
from ingest.resolve.resolved import Resolved
from kb.language.digests import digest_of_source
from kb.lock import NOT_LOCKED, Frozen
from kb.model import Reference, Source
from kb.strength.design import design_of


def resolve_frozen(references: Sequence[Reference], frozen: Frozen) -> Resolved:
    """What the lock knows about the references; of one that it does not hold only the author's words are known.

    Parameters
    ----------
    references
        As read.
    frozen
        The lock.

    Returns
    -------
    Resolved
        As ``ingest.resolve.resolve`` gives it, and the sources with their design, which the lock knows without text.
    """
    resolutions = tuple(frozen.resolution(reference) for reference in references)
    sources: dict[str, Source] = {}
    for reference, resolution in zip(references, resolutions, strict=True):
        known = sources.get(resolution.source) or frozen.source(resolution.source) or _as_written(reference)
        sources[resolution.source] = _with_text(known, reference, frozen)
    missing = sum(resolution.note == NOT_LOCKED for resolution in resolutions)
    words = "reference is" if missing == 1 else "references are"
    notes = (f"{missing} {words} not in the evidence lock; run `kb lock`.",) if missing else ()
    return Resolved(sources=tuple(sources.values()), resolutions=resolutions, notes=notes)


def _with_text(source: Source, reference: Reference, frozen: Frozen) -> Source:
    """The source with the abstract that the author's own bibliography holds, where it is the one that was locked."""
    told = source_from_reference(reference)
    locked = frozen.lock.sources.get(source.id)
    if source.abstract or locked is None or locked.text is None or digest_of_source(told) != locked.text:
        return source
    return msgspec.structs.replace(source, abstract=told.abstract)


def _as_written(reference: Reference) -> Source:
    source = source_from_reference(reference)
    design, basis = design_of(source)
    return msgspec.structs.replace(source, design=design, design_basis=basis)
