"""What the lock holds: of each source what the registries said, and of each statement what its sources say of it.

Neither holds a sentence of an abstract: a text is named by its digest, a sentence in it by its place, and a trait of a
study by the few words that show it.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec

from kb.model import (
    UNTOLD,
    Attribution,
    Candidate,
    Certainty,
    Concern,
    Design,
    Difference,
    Direction,
    Disagreement,
    Extent,
    Notice,
    NumberCheck,
    ResolutionStatus,
    Study,
)

FILE = "evidence.lock.json"
"""The name of the file, in the folder of the project."""
SCHEMA_VERSION = 2

Digest: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}$")]
Place: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
Level: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=5)]
SourceId: TypeAlias = Annotated[str, msgspec.Meta(pattern="^(?:doi|pmid|ref):.")]
ArticleId: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^(?![/\\]|[A-Za-z]:[/\\]).", max_length=4096)]
"""Relative to the project in POSIX form, or an address: never an absolute path."""


class LockRecord(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """What all parts of the lock share: what is empty is not written, and what is unknown is refused."""


class LockedReference(LockRecord, frozen=True, kw_only=True):
    """How a reference leads to the source that it stands under; ``digest`` is that of its words."""

    digest: Digest
    status: ResolutionStatus
    said_by: str = ""
    asked: str | None = None
    differences: tuple[Difference, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    note: str = ""


class LockedSource(LockRecord, frozen=True, kw_only=True):
    """A source as the registries told of it; the fields are those of ``kb.model.Source``.

    Attributes
    ----------
    cites
        Of works that tell of studies, which are no independent lines of evidence beside them; of studies not kept.
    text
        Digest of abstract and full text, where there is any.
    references
        By the article's id and the reference's.
    """

    references: dict[ArticleId, dict[str, LockedReference]]
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    title: str = ""
    authors: tuple[str, ...] = ()
    year: str | None = None
    container: str = ""
    type: str = ""
    publication_types: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    said: tuple[Attribution, ...] = ()
    design: Design = "unknown"
    design_basis: str = ""
    study: Study = UNTOLD
    cites: tuple[str, ...] = ()
    text: Digest | None = None


class Passage(LockRecord, frozen=True, kw_only=True):
    """A sentence of the text that was read, in code points, half-open.

    That is the abstract as ``kb.language.abstract.abstract_of`` gives it, or the full text.
    """

    start: Place
    end: Place


class LockedLine(LockRecord, frozen=True, kw_only=True):
    """What a source says about a statement; the fields are those of ``kb.model.EvidenceLine``.

    Attributes
    ----------
    statement_text, source_text
        Digests of the two texts that were compared; none where no text of the source was to be had.
    sentence
        Where in the text that was read the deciding sentence stands.
    """

    statement_text: Digest
    source_text: Digest | None = None
    direction: Direction
    extent: Extent | None = None
    level: Level | None = None
    certainty: Certainty | None = None
    numbers: tuple[NumberCheck, ...] = ()
    sentence: Passage | None = None
    read: Literal["", "abstract", "full text"] = ""
    concerns: tuple[Concern, ...] = ()
    missing: tuple[str, ...] = ()
    doubt: float | None = None
    not_higher: tuple[str, ...] = ()
    not_lower: tuple[str, ...] = ()
    judge: str = ""
    reasons: tuple[str, ...] = ()


class Lock(LockRecord, frozen=True, kw_only=True):
    """The whole lock: sources by id; evidence by article, fingerprint of the statement, and source."""

    schema_version: int
    sources: dict[SourceId, LockedSource]
    evidence: dict[ArticleId, dict[str, dict[SourceId, LockedLine]]]

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of all articles that it was made of and that name a reference, sorted."""
        named = {article for source in self.sources.values() for article in source.references}
        return tuple(sorted(named | self.evidence.keys()))


EMPTY = Lock(schema_version=SCHEMA_VERSION, sources={}, evidence={})
