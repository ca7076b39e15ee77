"""The moving format: a knowledge base as lines of JSON, each of them one record, for another knowledge base to read.

======== ============================================================================================================
line     what it is
======== ============================================================================================================
first    ``{"format": "evidence-kb records", "schema": 1, "program": "0.1.0", "full": true}``
sources  ``{"kind": "source", "record": {…}}``, in the order of ids, before all articles
article  ``{"kind": "article", "record": {…}, "sources": ["doi:…"], "parts": {"statement": 7, …}}``: the audit without
         its parts, the ids of its sources in their order, and how many lines of which kind belong to it
parts    ``{"kind": "statement", "record": {…}}`` and so on, as many as the article announced
last     ``{"kind": "end", "record": {"sources": 4, "articles": 1}}``: a file without it was cut short
======== ============================================================================================================

The fields of the records are those of `kb.model`; one that has its default value is left out. UTF-8; the same knowledge
base gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType
from typing import Annotated

import msgspec

from kb.model import (
    Assessment,
    Audit,
    Citation,
    EvidenceLine,
    Finding,
    Record,
    Reference,
    Resolution,
    Review,
    Source,
    Statement,
)
from kb.report.exchange.quoting import Quoting, bounded

FORMAT = "evidence-kb records"
SCHEMA = 1


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first line. ``full``: whether abstracts and full texts of sources are inside."""

    format: str
    schema: int
    program: str
    full: bool


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Any other line; ``sources`` and ``parts`` are of an article alone."""

    kind: str
    record: msgspec.Raw
    sources: tuple[str, ...] = ()
    parts: dict[str, Annotated[int, msgspec.Meta(ge=0)]] = {}


class Total(Record, frozen=True, kw_only=True):
    """The last line: how many sources and articles came before it."""

    sources: int
    articles: int


class Part(msgspec.Struct, frozen=True):
    """A field of `kb.model.Audit` and the record of which it holds some."""

    field: str
    record: type[Record]


PARTS: Mapping[str, Part] = MappingProxyType(
    {
        "statement": Part("statements", Statement),
        "citation": Part("citations", Citation),
        "reference": Part("references", Reference),
        "resolution": Part("resolutions", Resolution),
        "evidence": Part("evidence", EvidenceLine),
        "assessment": Part("assessments", Assessment),
        "finding": Part("findings", Finding),
        "review": Part("reviews", Review),
    }
)
"""The parts of an article by the kind of their lines, in the order in which they are written."""

KINDS: Mapping[str, type[Record]] = MappingProxyType(
    {"source": Source, "article": Audit, "end": Total, **{kind: part.record for kind, part in PARTS.items()}}
)
"""What the lines of each kind hold."""

BARE: Mapping[str, tuple[Record, ...]] = MappingProxyType({part.field: () for part in PARTS.values()} | {"sources": ()})
"""The fields of an audit that have lines of their own, empty."""


def to_lines(sources: Iterable[Source], audits: Iterable[Audit], *, full: bool) -> Iterator[bytes]:
    """Write the lines, each with its line break; one source or one audit is in memory at a time.

    Parameters
    ----------
    sources
        All that the audits name, each once.
    audits
        Each with its sources and their texts, by which is told what of the audit are other people's words.
    full
        Whether the texts of sources and all sentences quoted from them go with it; else what `Quoting` leaves.
    """
    header = Header(format=FORMAT, schema=SCHEMA, program=_program(), full=full)
    yield msgspec.json.encode(header) + b"\n"
    count = articles = 0
    for source in sources:
        count += 1
        yield _line("source", source if full else bounded(source))
    quoting = Quoting()
    for audit in audits:
        articles += 1
        yield from _article(audit if full else quoting.audit(audit))
    yield _line("end", Total(sources=count, articles=articles))


def _article(audit: Audit) -> Iterator[bytes]:
    parts = {kind: getattr(audit, part.field) for kind, part in PARTS.items()}
    counts = {kind: len(records) for kind, records in parts.items() if records}
    names = tuple(source.id for source in audit.sources)
    yield _line("article", msgspec.structs.replace(audit, **BARE), names, counts)
    for kind, records in parts.items():
        for record in records:
            yield _line(kind, record)


def _line(kind: str, record: Record, sources: tuple[str, ...] = (), parts: dict[str, int] | None = None) -> bytes:
    line = Line(kind=kind, record=msgspec.Raw(msgspec.json.encode(record)), sources=sources, parts=parts or {})
    return msgspec.json.encode(line) + b"\n"


def _program() -> str:
    try:
        return version("evidence-kb")
    except PackageNotFoundError:  # from a folder that was never installed
        return "unknown"
