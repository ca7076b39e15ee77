"""What stands around a statement or a source in the graph, found without loading anything else.

The number of questions to the database does not grow with the number of statements, and each of them goes by an index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import Any, TypeAlias, TypeVar

import msgspec
from sqlalchemy import Connection, Select, Table, and_, select

from kb.model import (
    Assessment,
    Audit,
    Citation,
    Design,
    EvidenceLine,
    Record,
    Reference,
    Resolution,
    Review,
    Source,
    Statement,
    StatementKey,
)
from kb.store.asking import among, pairs, wanted
from kb.store.coding import decode
from kb.store.rows import bare_audit
from kb.store.schema import (
    article,
    article_source,
    assessment,
    citation,
    covers,
    evidence,
    reference,
    resolution,
    review,
    source,
    source_cites,
    statement,
)

AnyRecord = TypeVar("AnyRecord", bound=Record)

_PMID = "pmid:"
Pairs: TypeAlias = Iterable[tuple[str, str]]
"""Ids of articles, and of something in each."""


def parts(connection: Connection, statements: Collection[StatementKey], *, leaning: bool) -> tuple[Audit, ...]:
    """The audits of the statements' articles without everything else; see `kb.store.store.Store.parts`."""
    dialect = connection.dialect.name
    kept = _records(connection, _reached(dialect, leaning), Statement, statements)
    keys = _pairs(kept, lambda one: (one.id,))
    lines = _records(connection, _of(dialect, evidence, "statement"), EvidenceLine, keys)
    assessments = _records(connection, _of(dialect, assessment, "statement"), Assessment, keys)
    citations = _records(connection, _covering(dialect), Citation, keys)
    cited = _pairs(citations, lambda one: one.references) | _pairs(lines, lambda one: one.references)
    references = _records(connection, _of(dialect, reference, "id"), Reference, cited)
    resolutions = _records(connection, _of(dialect, resolution, "reference"), Resolution, cited)
    led = _pairs(lines, _source) | _pairs(references, _source) | _pairs(resolutions, _source)
    sources = _sources(connection, led)
    reviews = _reviews(connection, kept)
    bare = among(connection, select(article.c.id, article.c.record), article.c.id, kept)
    return tuple(
        msgspec.structs.replace(
            bare_audit(record, ""),
            statements=kept[name],
            citations=_covering_only(citations.get(name, ()), {one.id for one in kept[name]}),
            references=references.get(name, ()),
            sources=sources.get(name, ()),
            resolutions=resolutions.get(name, ()),
            evidence=lines.get(name, ()),
            assessments=assessments.get(name, ()),
            reviews=reviews.get(name, ()),
        )
        for name, record in sorted(bare)
    )


def resting_on(connection: Connection, sources: Collection[str]) -> tuple[StatementKey, ...]:
    """The statements with an evidence line on one of these sources, by article and place."""
    asked = select(evidence.c.article, evidence.c.ordinal, evidence.c.statement)
    found = sorted(among(connection, asked, evidence.c.source, sources))
    return tuple(dict.fromkeys((name, one) for name, _, one in found))


def citing(connection: Connection, works: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """By work the stored sources that cite it, under whichever of its identifiers."""
    asked_as = {name: name for name in works}
    for one, doi, pmid in among(connection, select(source.c.id, source.c.doi, source.c.pmid), source.c.id, works):
        for name in (doi and f"doi:{doi}", pmid and f"pmid:{pmid}"):
            asked_as.setdefault(name or one, one)
    found: defaultdict[str, set[str]] = defaultdict(set)
    cited = select(source_cites.c.cited, source_cites.c.source)
    for work, one in among(connection, cited, source_cites.c.cited, asked_as):
        found[asked_as[work]].add(one)
    return {work: tuple(sorted(found[work])) for work in sorted(found)}


def naming(connection: Connection, sources: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """By source the articles that name it, in their references or resolutions."""
    asked = select(article_source.c.source, article_source.c.article)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, one in sorted(among(connection, asked, article_source.c.source, sources)):
        found[name].append(one)
    return {name: tuple(those) for name, those in found.items()}


def known(
    connection: Connection, sources: Collection[str], uncited: Collection[Design] = frozenset()
) -> Mapping[str, Source]:
    """Those of these sources that are stored, by the id that was asked for and in its order.

    PubMed cites by its own ids works that are known by their DOI.
    """
    stored = select(source.c.id, source.c.record)
    found = dict(among(connection, stored, source.c.id, sources))
    pmids = {name.removeprefix(_PMID): name for name in sources if name.startswith(_PMID) and name not in found}
    others = list(among(connection, stored.add_columns(source.c.pmid), source.c.pmid, pmids))
    whole = _decoded(connection, found | {name: record for name, record, _ in others}, uncited)
    by_id = {name: whole[name] for name in found} | {pmids[pmid]: whole[name] for name, _, pmid in others}
    return dict(sorted(by_id.items()))


@cache
def _reached(dialect: str, leaning: bool) -> Select[Any]:
    """The wanted statements and all that they lean on; also what leans on them.

    A statement leans on one other at most, so what leans on a statement reaches nothing else than that one does.
    """
    these = pairs(dialect)
    at = select(statement.c.article, statement.c.id, statement.c.leans_on)
    asked = at.join_from(these, statement, and_(statement.c.article == these.c.article, statement.c.id == these.c.id))
    if leaning:
        below = asked.cte("below", recursive=True)
        on_these = and_(statement.c.article == below.c.article, statement.c.leans_on == below.c.id)
        below = below.union(at.join_from(below, statement, on_these))
        asked = select(below)
    above = asked.cte("above", recursive=True)
    base = and_(statement.c.article == above.c.article, statement.c.id == above.c.leans_on)
    above = above.union(at.join_from(above, statement, base))
    these_and_more = and_(statement.c.article == above.c.article, statement.c.id == above.c.id)
    return _whole(statement).join_from(above, statement, these_and_more)


@cache
def _of(dialect: str, table: Table, key: str) -> Select[Any]:
    """The rows of a table that belong to the wanted pairs of article and ``key``."""
    these = pairs(dialect)
    return _whole(table).join_from(these, table, and_(table.c.article == these.c.article, table.c[key] == these.c.id))


@cache
def _covering(dialect: str) -> Select[Any]:
    """The citations that cover the wanted statements."""
    these = pairs(dialect)
    return (
        _whole(citation)
        .join_from(these, covers, and_(covers.c.article == these.c.article, covers.c.statement == these.c.id))
        .join(citation, and_(citation.c.article == covers.c.article, citation.c.ordinal == covers.c.citation))
    )


@cache
def _naming(dialect: str) -> Select[Any]:
    """The wanted sources, as their articles name them."""
    these, named = pairs(dialect), article_source
    return (
        select(named.c.article, named.c.ordinal, source.c.id, source.c.record)
        .join_from(these, named, and_(named.c.article == these.c.article, named.c.source == these.c.id))
        .join(source, source.c.id == named.c.source)
    )


def _whole(table: Table) -> Select[Any]:
    return select(table.c.article, table.c.ordinal, table.c.record)


def _records(
    connection: Connection, asked: Select[Any], kind: type[AnyRecord], keys: Pairs
) -> dict[str, tuple[AnyRecord, ...]]:
    """The records of the wanted pairs by article, in the article's order."""
    found: defaultdict[str, list[AnyRecord]] = defaultdict(list)
    for name, _, record in sorted(set(map(tuple, connection.execute(asked, wanted(keys)).all()))):
        found[name].append(decode(kind, record))
    return {name: tuple(those) for name, those in found.items()}


def _pairs(
    found: Mapping[str, tuple[AnyRecord, ...]], names: Callable[[AnyRecord], Iterable[str]]
) -> set[tuple[str, str]]:
    return {(article, name) for article, those in found.items() for one in those for name in names(one)}


def _source(one: EvidenceLine | Reference | Resolution) -> tuple[str]:
    return (one.source,)


def _covering_only(citations: Iterable[Citation], kept: Collection[str]) -> tuple[Citation, ...]:
    """The citations without the statements that are left out."""
    return tuple(
        msgspec.structs.replace(one, statements=tuple(name for name in one.statements if name in kept))
        for one in citations
    )


def _sources(connection: Connection, led: Pairs) -> dict[str, tuple[Source, ...]]:
    """The sources that references and lines of each article lead to, in the article's order."""
    rows = sorted(map(tuple, connection.execute(_naming(connection.dialect.name), wanted(led)).all()))
    whole = _decoded(connection, {name: record for _, _, name, record in rows})
    found: defaultdict[str, list[Source]] = defaultdict(list)
    for article_id, _, name, _ in rows:
        found[article_id].append(whole[name])
    return {article_id: tuple(those) for article_id, those in found.items()}


def _decoded(
    connection: Connection, records: Mapping[str, str], uncited: Collection[Design] = frozenset()
) -> dict[str, Source]:
    """Sources of their records, with what they cite, but for those of some designs."""
    bare = {name: decode(Source, record) for name, record in records.items()}
    citing = [name for name, one in bare.items() if one.design not in uncited]
    cites: defaultdict[str, list[str]] = defaultdict(list)
    asked = select(source_cites.c.source, source_cites.c.ordinal, source_cites.c.cited)
    for name, _, cited in sorted(among(connection, asked, source_cites.c.source, citing)):
        cites[name].append(cited)
    return {
        name: msgspec.structs.replace(one, cites=tuple(cites[name])) if name in cites else one
        for name, one in bare.items()
    }


def _reviews(connection: Connection, articles: Collection[str]) -> dict[str, tuple[Review, ...]]:
    """The reviews of each article, in the order in which they were added."""
    found: defaultdict[str, list[Review]] = defaultdict(list)
    for name, _, record in sorted(among(connection, _whole(review), review.c.article, articles)):
        found[name].append(decode(Review, record))
    return {name: tuple(those) for name, those in found.items()}
