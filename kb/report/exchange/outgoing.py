"""What of a knowledge base goes into an export, in which order, and in which form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from kb.errors import UsageError
from kb.graph import build_graph
from kb.model import Audit, Source
from kb.report import tables
from kb.report.columns import SOURCE_COLUMNS
from kb.report.exchange.graphs import GRAPHS
from kb.report.exchange.quoting import Quoting
from kb.report.exchange.records import to_lines
from kb.report.exchange.works import BIBLIOGRAPHIES
from kb.store.moving import PARTS, Snapshot

if TYPE_CHECKING:
    import pandas

Thing = TypeVar("Thing", Audit, Source)

RECORDS = "records"
"""The moving format."""
ONE_FILE = (*GRAPHS, *BIBLIOGRAPHIES, RECORDS)
"""The formats that are one file."""
TABLES = ("csv", "parquet")
"""The formats that are a folder of tables."""
_IN_GRAPH = ("statements", "citations", "references", "resolutions", "evidence", "assessments")
_ARTICLES = 200
_SOURCES = 5_000
"""How many go into one piece of a table."""


class _Chosen(NamedTuple):
    """Audits with their sources, in the order of ids, and the sources; each can be gone through once."""

    audits: Iterable[Audit]
    sources: Iterable[Source]


def exported(moment: Snapshot, form: str, articles: Sequence[str] = (), *, full: bool = False) -> Iterator[bytes]:
    """A knowledge base, or some of its articles with their sources, in one of the formats of ``ONE_FILE``.

    A graph is in memory as a whole; everything else goes through record by record.

    Raises
    ------
    UsageError
        One of the articles is not there; ``full`` and another format than the moving one.
    """
    if full and form != RECORDS:
        remedy = f"export as {RECORDS}, or without the texts of sources"
        raise UsageError(f"no texts of sources go into an export as {form}", remedy=remedy)
    if form in GRAPHS:
        chosen = _chosen(moment, articles, _IN_GRAPH)
        yield GRAPHS[form](build_graph(map(_textless, chosen.audits), map(_bare, chosen.sources)))
    elif form in BIBLIOGRAPHIES:
        for piece in BIBLIOGRAPHIES[form](_chosen(moment, articles, ()).sources):
            yield piece.encode("utf-8", "replace")
    else:
        chosen = _chosen(moment, articles, ("article", "sources", *PARTS))
        yield from to_lines(chosen.sources, chosen.audits, full=full)


def tabled(moment: Snapshot, articles: Sequence[str] = ()) -> Iterator[tuple[str, pandas.DataFrame]]:
    """The tables of `kb.report.tables`, piece by piece, by name; at least one piece of each, which may be empty.

    Of each source one sentence is quoted at most (`kb.report.exchange.quoting`).

    Raises
    ------
    UsageError
        One of the articles is not there.
    """
    chosen = _chosen(moment, articles, ("sources", *PARTS))
    quoting, uses = Quoting(), tables.Uses()
    for some in _pieces(map(quoting.audit, chosen.audits), _ARTICLES):
        for audit in some:
            uses.add(audit)
        for name, table in tables.OF_AUDITS.items():
            yield name, tables.frame((row for audit in some for row in table.rows(audit)), table.columns)
    for of_sources in _pieces(chosen.sources, _SOURCES):
        yield "sources", tables.frame(map(uses.row, of_sources), SOURCE_COLUMNS)
        for name, one in tables.OF_SOURCES.items():
            yield name, tables.frame((row for source in of_sources for row in one.rows(source)), one.columns)


def _chosen(moment: Snapshot, articles: Sequence[str], fields: Sequence[str]) -> _Chosen:
    if not articles:
        return _Chosen(moment.audits(*fields), moment.sources())
    audits = [_audit(moment, name) for name in sorted(set(articles))]
    sources = {source.id: source for audit in audits for source in audit.sources}
    return _Chosen(audits, [sources[name] for name in sorted(sources)])


def _audit(moment: Snapshot, name: str) -> Audit:
    audit = moment.audit(name)
    if audit is None:
        remedy = "audit it first, or see which articles it holds"
        raise UsageError("the knowledge base holds no such article", place=name, remedy=remedy)
    return audit


def _pieces(things: Iterable[Thing], at_once: int) -> Iterator[Sequence[Thing]]:
    """The things, some at a time; one piece without any where there are none."""
    left = iter(things)
    piece = list(islice(left, at_once))
    yield piece
    while piece := list(islice(left, at_once)):
        yield piece


def _textless(audit: Audit) -> Audit:
    """An audit without the texts that no graph holds, which would stay in memory with it."""
    article = msgspec.structs.replace(audit.article, text="", blocks=())
    return msgspec.structs.replace(audit, article=article, sources=())


def _bare(source: Source) -> Source:
    return msgspec.structs.replace(source, abstract="", full_text="")
