"""What finding the works behind references comes to."""

from __future__ import annotations

from kb.model import Record, Resolution, Source


class Resolved(Record, frozen=True, kw_only=True):
    """The works behind the references: one resolution a reference, one source a work, and what was not checked.

    The source of a resolution is another than that of its reference where a DOI was found for a reference without one.
    """

    sources: tuple[Source, ...]
    resolutions: tuple[Resolution, ...]
    notes: tuple[str, ...] = ()
