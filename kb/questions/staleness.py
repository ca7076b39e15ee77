"""What makes a source stale as of a given day: the notices about it that are in force, and its year.

==================== =================================================================================
reason               the source …
==================== =================================================================================
``retracted``        was retracted, and not reinstated since (`kb.graph.retraction`)
``withdrawn``        was withdrawn, likewise
``partly retracted`` was retracted in part
``under concern``    has an expression of concern about it
``corrected``        was corrected
``superseded``       has a newer version, or, a preprint, is published as an article
``old``              was published long ago
==================== =================================================================================

Notices that are known to be later than that day are left out, and those on a source that is itself such a notice: it is
not the work that it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

import msgspec

from kb.graph import retraction
from kb.model import Notice, NoticeKind, Source
from kb.questions.dates import comes_after
from kb.strength.standing import is_notice

Reason: TypeAlias = Literal[
    "retracted", "withdrawn", "partly retracted", "under concern", "corrected", "superseded", "old"
]

REASONS: Mapping[NoticeKind, Reason] = MappingProxyType(
    {
        "retraction": "retracted",
        "withdrawal": "withdrawn",
        "partial retraction": "partly retracted",
        "expression of concern": "under concern",
        "correction": "corrected",
        "new version": "superseded",
        "published version": "superseded",
    }
)
"""What a notice makes of the statements on its source; the gravest first."""
FALLEN: tuple[NoticeKind, ...] = ("retraction", "withdrawal")
"""Notices after which a source is no evidence any longer."""


def in_force(source: Source, as_of: str) -> tuple[Notice, ...]:
    """The notices that make a source stale as of a day, the gravest first."""
    if is_notice(source):
        return ()
    so_far = [notice for notice in source.notices if not comes_after(notice.date, as_of)]
    fallen = retraction(msgspec.structs.replace(source, notices=tuple(so_far)))
    stands = [notice for notice in so_far if notice.kind in REASONS and notice.kind not in FALLEN]
    gravest = list(REASONS)
    return tuple(sorted([fallen, *stands] if fallen else stands, key=lambda notice: gravest.index(notice.kind)))
