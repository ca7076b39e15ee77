"""Version 1 to 2: texts, citations among sources, notices and what a citation covers get tables of their own.

In version 1 the ``record`` of an article held its text, and that of a source its texts and all that it cites. SQLite
cannot add a column that must be filled, so the old tables are renamed, the new ones made and filled, and the old ones
dropped; foreign keys are checked all the while.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

import msgspec
from sqlalchemy import Connection, Row

from kb.graph import retraction
from kb.language.folding import fold
from kb.model import Notice, Source

_AT_ONCE = 500
"""Rows in memory."""

_INDEXES = (
    "ix_source_doi",
    "ix_source_pmid",
    "ix_article_source_source",
    "ix_reference_source",
    "ix_resolution_source",
    "ix_evidence_source",
)
_TABLES = (
    "article",
    "source",
    "article_source",
    "statement",
    "citation",
    "reference",
    "resolution",
    "evidence",
    "assessment",
    "finding",
    "review",
)
"""Those of version 1, parents first."""

_SCHEMA = """
CREATE TABLE article (
    id TEXT NOT NULL, title TEXT NOT NULL, as_of TEXT NOT NULL, record TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE source (
    id TEXT NOT NULL, doi TEXT, pmid TEXT, title TEXT NOT NULL, year TEXT, container TEXT NOT NULL,
    design TEXT NOT NULL, retracted BOOLEAN NOT NULL, words TEXT NOT NULL, authors TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_source_doi ON source (doi);
CREATE INDEX ix_source_pmid ON source (pmid);
CREATE TABLE source_text (
    source TEXT NOT NULL, abstract TEXT NOT NULL, full_text TEXT NOT NULL,
    PRIMARY KEY (source),
    FOREIGN KEY (source) REFERENCES source (id) ON DELETE CASCADE
);
CREATE TABLE source_cites (
    source TEXT NOT NULL, ordinal INTEGER NOT NULL, cited TEXT NOT NULL,
    PRIMARY KEY (source, ordinal),
    FOREIGN KEY (source) REFERENCES source (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX ix_source_cites_cited ON source_cites (cited);
CREATE TABLE notice (
    source TEXT NOT NULL, ordinal INTEGER NOT NULL, kind TEXT NOT NULL, date TEXT, doi TEXT,
    PRIMARY KEY (source, ordinal),
    FOREIGN KEY (source) REFERENCES source (id) ON DELETE CASCADE
);
CREATE INDEX ix_notice_kind ON notice (kind);
CREATE TABLE article_source (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, source TEXT NOT NULL,
    PRIMARY KEY (article, ordinal),
    UNIQUE (article, source),
    FOREIGN KEY (article) REFERENCES article (id),
    FOREIGN KEY (source) REFERENCES source (id)
) WITHOUT ROWID;
CREATE INDEX ix_article_source_source ON article_source (source);
CREATE TABLE statement (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, id TEXT NOT NULL, fingerprint TEXT NOT NULL,
    line INTEGER NOT NULL, text TEXT NOT NULL, words TEXT NOT NULL, kind TEXT NOT NULL, question TEXT,
    needs_source BOOLEAN NOT NULL, leans_on TEXT, record TEXT NOT NULL,
    PRIMARY KEY (article, ordinal),
    UNIQUE (article, id),
    FOREIGN KEY (article) REFERENCES article (id)
);
CREATE INDEX ix_statement_id ON statement (id);
CREATE INDEX leaning_on ON statement (article, leans_on) WHERE leans_on IS NOT NULL;
CREATE TABLE citation (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, text TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (article, ordinal),
    FOREIGN KEY (article) REFERENCES article (id)
);
CREATE TABLE covers (
    article TEXT NOT NULL, citation INTEGER NOT NULL, statement TEXT NOT NULL,
    PRIMARY KEY (article, citation, statement),
    FOREIGN KEY (article, citation) REFERENCES citation (article, ordinal),
    FOREIGN KEY (article, statement) REFERENCES statement (article, id)
) WITHOUT ROWID;
CREATE INDEX covers_of ON covers (article, statement);
CREATE TABLE reference (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL,
    source TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (article, ordinal),
    UNIQUE (article, id),
    FOREIGN KEY (article) REFERENCES article (id),
    FOREIGN KEY (source) REFERENCES source (id)
);
CREATE INDEX ix_reference_source ON reference (source);
CREATE TABLE resolution (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, reference TEXT NOT NULL, source TEXT NOT NULL,
    status TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (article, ordinal),
    FOREIGN KEY (article, reference) REFERENCES reference (article, id),
    FOREIGN KEY (article) REFERENCES article (id),
    FOREIGN KEY (source) REFERENCES source (id)
);
CREATE INDEX ix_resolution_source ON resolution (source);
CREATE INDEX resolution_of ON resolution (article, reference);
CREATE TABLE evidence (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, statement TEXT NOT NULL, source TEXT NOT NULL,
    direction TEXT NOT NULL, extent TEXT, level INTEGER, certainty TEXT, record TEXT NOT NULL,
    PRIMARY KEY (article, ordinal),
    FOREIGN KEY (article, statement) REFERENCES statement (article, id),
    FOREIGN KEY (article) REFERENCES article (id),
    FOREIGN KEY (source) REFERENCES source (id)
);
CREATE INDEX ix_evidence_source ON evidence (source);
CREATE INDEX evidence_of ON evidence (article, statement);
CREATE TABLE assessment (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, statement TEXT NOT NULL, verdict TEXT NOT NULL,
    level INTEGER, certainty TEXT, lines INTEGER NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (article, ordinal),
    FOREIGN KEY (article, statement) REFERENCES statement (article, id),
    FOREIGN KEY (article) REFERENCES article (id)
);
CREATE INDEX ix_assessment_verdict ON assessment (verdict);
CREATE INDEX assessment_of ON assessment (article, statement);
CREATE TABLE finding (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, rule TEXT NOT NULL, severity TEXT NOT NULL, statement TEXT,
    reference TEXT, fingerprint TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (article, ordinal),
    FOREIGN KEY (article, statement) REFERENCES statement (article, id),
    FOREIGN KEY (article, reference) REFERENCES reference (article, id),
    FOREIGN KEY (article) REFERENCES article (id)
);
CREATE TABLE review (
    article TEXT NOT NULL, ordinal INTEGER NOT NULL, subject TEXT NOT NULL, statement TEXT, source TEXT,
    person TEXT NOT NULL, date TEXT NOT NULL, fingerprint TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (article, ordinal),
    FOREIGN KEY (article) REFERENCES article (id)
);
"""

_Values: TypeAlias = tuple[object, ...]
_Fields: TypeAlias = dict[str, msgspec.Raw]
"""A record whose other fields stay as they were written."""


class _Text(msgspec.Struct):
    text: str


class _Audit(msgspec.Struct):
    article: _Text


class _Source(msgspec.Struct):
    title: str = ""
    authors: tuple[str, ...] = ()
    container: str = ""
    abstract: str = ""
    full_text: str = ""
    cites: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


class _Statement(msgspec.Struct):
    line: int
    text: str
    question: str | None = None
    leans_on: str | None = None


class _Citation(msgspec.Struct):
    statements: tuple[str, ...] = ()


class _Line(msgspec.Struct):
    extent: str | None = None


class _Assessment(msgspec.Struct):
    lines: int = 0


def _article(row: Row[Any], record: _Audit) -> Iterator[_Values]:
    audit = msgspec.json.decode(row.record, type=_Fields)
    article = msgspec.json.decode(audit["article"], type=_Fields) | {"text": msgspec.Raw(b'""')}
    bare = audit | {"article": msgspec.Raw(msgspec.json.encode(article))}
    yield row.id, row.title, row.as_of, _json(bare), record.article.text


def _source(row: Row[Any], record: _Source) -> Iterator[_Values]:
    fields = msgspec.json.decode(row.record, type=_Fields)
    bare = {name: value for name, value in fields.items() if name not in ("abstract", "full_text", "cites")}
    retracted = retraction(Source(id=row.id, notices=record.notices)) is not None
    words, authors = _words(record.title), _words(" ".join(record.authors))
    told = row.id, row.doi, row.pmid, row.title, row.year
    yield *told, record.container, row.design, retracted, words, authors, _json(bare)


def _source_text(row: Row[Any], record: _Source) -> Iterator[_Values]:
    if record.abstract or record.full_text:
        yield row.id, record.abstract, record.full_text


def _source_cites(row: Row[Any], record: _Source) -> Iterator[_Values]:
    for ordinal, cited in enumerate(record.cites):
        yield row.id, ordinal, cited


def _notice(row: Row[Any], record: _Source) -> Iterator[_Values]:
    for ordinal, notice in enumerate(record.notices):
        yield row.id, ordinal, notice.kind, notice.date, notice.doi


def _statement(row: Row[Any], record: _Statement) -> Iterator[_Values]:
    told = row.article, row.ordinal, row.id, row.fingerprint, record.line, row.text, _words(record.text), row.kind
    yield *told, record.question, row.needs_source, record.leans_on, row.record


def _citation(row: Row[Any], record: _Citation) -> Iterator[_Values]:
    yield tuple(row)


def _covers(row: Row[Any], record: _Citation) -> Iterator[_Values]:
    for statement in dict.fromkeys(record.statements):
        yield row.article, row.ordinal, statement


def _evidence(row: Row[Any], record: _Line) -> Iterator[_Values]:
    told = row.article, row.ordinal, row.statement, row.source, row.direction
    yield *told, record.extent, row.level, row.certainty, row.record


def _assessment(row: Row[Any], record: _Assessment) -> Iterator[_Values]:
    told = row.article, row.ordinal, row.statement, row.verdict, row.level, row.certainty
    yield *told, record.lines, row.record


class _Change(NamedTuple):
    """What becomes of a table's rows: how a record is read, and by new table the rows that come of an old one."""

    record: type[msgspec.Struct]
    rows: Mapping[str, Callable[[Row[Any], Any], Iterator[_Values]]]


_CHANGED: Mapping[str, _Change] = {
    "article": _Change(_Audit, {"article": _article}),
    "source": _Change(
        _Source, {"source": _source, "source_text": _source_text, "source_cites": _source_cites, "notice": _notice}
    ),
    "statement": _Change(_Statement, {"statement": _statement}),
    "citation": _Change(_Citation, {"citation": _citation, "covers": _covers}),
    "evidence": _Change(_Line, {"evidence": _evidence}),
    "assessment": _Change(_Assessment, {"assessment": _assessment}),
}
"""By table of version 1; the others are as they were."""


def step(connection: Connection) -> None:
    """Bring a SQLite file of version 1 to version 2."""
    for index in _INDEXES:
        connection.exec_driver_sql(f"DROP INDEX {index}")
    for table in _TABLES:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO old_{table}")
    for command in _SCHEMA.split(";\n"):
        if command.strip():
            connection.exec_driver_sql(command)
    for table in _TABLES:
        if table in _CHANGED:
            _convert(connection, table, _CHANGED[table])
        else:
            connection.exec_driver_sql(f"INSERT INTO {table} SELECT * FROM old_{table}")
    for table in reversed(_TABLES):
        connection.exec_driver_sql(f"DROP TABLE old_{table}")


def _convert(connection: Connection, table: str, change: _Change) -> None:
    decoder = msgspec.json.Decoder(change.record)
    for some in connection.exec_driver_sql(f"SELECT * FROM old_{table}").partitions(_AT_ONCE):
        read = [(row, decoder.decode(row.record)) for row in some]
        for target, rows_of in change.rows.items():
            rows = [values for row, record in read for values in rows_of(row, record)]
            if rows:
                places = ", ".join("?" * len(rows[0]))
                connection.exec_driver_sql(f"INSERT INTO {target} VALUES ({places})", rows)


def _json(fields: _Fields) -> str:
    return msgspec.json.encode(fields).decode()


def _words(text: str) -> str:
    """As they are looked for: folded, with a space before and behind."""
    return f" {fold(text)} "
