"""What falls if a source falls: if it were retracted, or turned out wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kb.model import Audit, Record, Source


class Impact(Record, frozen=True, kw_only=True):
    """What becomes of the statements that rest on some sources, were those to fall."""

    sources: tuple[str, ...]


def impact(audits: Iterable[Audit], fallen: Collection[str], citing: Iterable[Source] = ()) -> Impact:
    """Grade again without the sources that fall."""
    raise NotImplementedError
