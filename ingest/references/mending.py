"""Which fields of a bibliography's entry are mended, out of what a registry said about the work.

An entry is mended only where a registry confirmed that it and its DOI are of the same work: title and first author
agree as far as both are known. The title itself is never touched, since what looks like a typing error may be the
mark of another work; nor is a year that is one off, the usual distance between the first appearance online and the
issue; nor anything on which registries differ among themselves, or where the work has another version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.references.rewrite import Edit
from kb.model import NoticeKind, Reference, Resolution, Source

_VERSIONS: frozenset[NoticeKind] = frozenset({"preprint", "published version", "new version"})
_WHO = frozenset({"title", "author"})


def edits_for(reference: Reference, resolution: Resolution, source: Source) -> tuple[Edit, ...]:
    """What to write into the entry of a reference; nothing where no registry confirmed its work."""
    differing = {difference.field for difference in resolution.differences}
    confirmed = resolution.status in ("verified", "metadata differs") and resolution.said_by
    if not confirmed or differing & _WHO:
        return ()
    return tuple(_edits(reference, resolution, source))


def _edits(reference: Reference, resolution: Resolution, source: Source) -> Iterator[Edit]:
    doi = reference.doi or source.doi
    if doi:
        yield Edit(key=reference.id, field="doi", value=doi)
    versions = any(notice.kind in _VERSIONS for notice in source.notices)
    if not reference.title or not _registered_title(source) or versions or source.type == "posted-content":
        return
    disputed = {disagreement.field for disagreement in source.disagreements}
    for difference in resolution.differences:
        if difference.field in disputed:
            continue
        if difference.field == "year" and _apart(difference.cited, difference.registered) > 1:
            yield Edit(key=reference.id, field="year", value=difference.registered)
        if difference.field == "container":
            yield Edit(key=reference.id, field="journal", value=difference.registered)


def _registered_title(source: Source) -> bool:
    """Whether a registry told the title, and not only the author."""
    return any(one.asked and "title" in one.fields for one in source.said)


def _apart(cited: str, registered: str) -> int:
    years = [re.fullmatch(r"[0-9]{4}", year) for year in (cited, registered)]
    return abs(int(cited) - int(registered)) if all(years) else 0
