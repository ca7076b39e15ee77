"""Citations that the document's format ties to their references itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.citations.marker import Marker, unique
from ingest.reading import Anchor
from kb.model import Reference


def anchored_markers(
    anchors: Sequence[Anchor], references: Sequence[Reference], aliases: Mapping[str, str]
) -> Iterator[Marker]:
    """Markers from anchors, whose targets are ids of references or other names that ``aliases`` knows."""
    known = {reference.id for reference in references}
    for anchor in anchors:
        names = [aliases.get(target, target) for target in anchor.targets]
        yield Marker(
            start=anchor.start,
            end=anchor.end,
            references=unique([name for name in names if name in known]),
            missing=unique([name for name in names if name not in known]),
        )
