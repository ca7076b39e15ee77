"""The tables. Every one follows one scheme, so that saving and loading need no code of their own for any of them.

A row is one record: its key, the few columns that SQL is asked about, each named as the field of the record, and
``record``, the whole of it as JSON. A part of an audit is found by its article and its ordinal, its place among the
others of its kind. Sources stand apart, because articles share them; ``article_source`` says who names which.

Long texts, and what a source cites, stand in columns of their own and not in ``record``, so that a question reads only
what it needs. ``words`` and ``authors`` are folded (`kb.language.folding.fold`) and begin and end with a space, so that
`` knee`` finds a word by its beginning, in the same way in every database.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy import Text as AnyText

from kb.model import Assessment, Citation, EvidenceLine, Finding, Record, Reference, Resolution, Review, Statement

SCHEMA_VERSION = 2

METADATA = MetaData()

# Ordered by code points everywhere, as Python and SQLite do by themselves.
Text = AnyText().with_variant(AnyText(collation="C"), "postgresql")

# In SQLite a table of little more than its key is kept in the order of the key, once and not twice.
_NARROW: Mapping[str, Any] = {"sqlite_with_rowid": False}

OURS = "knowledge base of evidence-kb"
"""What a server keeps beside the table ``meta``, and by which ours is told from another program's."""

meta = Table("meta", METADATA, Column("schema_version", Integer, nullable=False), comment=OURS)

article = Table(
    "article",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    # The audit without its parts: the article itself without its text, its date, its notes.
    Column("record", Text, nullable=False),
    Column("text", Text, nullable=False),
)

source = Table(
    "source",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("doi", Text, index=True),
    Column("pmid", Text, index=True),
    Column("title", Text, nullable=False),
    Column("year", Text),
    Column("container", Text, nullable=False),
    Column("design", Text, nullable=False),
    Column("retracted", Boolean, nullable=False),
    Column("words", Text, nullable=False),
    Column("authors", Text, nullable=False),
    Column("record", Text, nullable=False),
)


def _whose(name: str = "source") -> Column[Any]:
    """The source that a row belongs to and goes with."""
    return Column(name, Text, ForeignKey("source.id", ondelete="CASCADE"), primary_key=True)


source_text = Table(
    "source_text",
    METADATA,
    _whose(),
    Column("abstract", Text, nullable=False),
    Column("full_text", Text, nullable=False),
)
# No foreign key to the work that is cited: most of these are not in the knowledge base.
source_cites = Table(
    "source_cites",
    METADATA,
    _whose(),
    Column("ordinal", Integer, primary_key=True),
    Column("cited", Text, nullable=False),
    # By its hash, where that can be: a registry may name a work by more letters than a tree of PostgreSQL takes.
    Index("ix_source_cites_cited", "cited", postgresql_using="hash"),
    **_NARROW,
)
notice = Table(
    "notice",
    METADATA,
    _whose(),
    Column("ordinal", Integer, primary_key=True),
    Column("kind", Text, nullable=False, index=True),
    Column("date", Text),
    Column("doi", Text),
)


def _key() -> tuple[Column[Any], Column[Any]]:
    return Column("article", Text, ForeignKey("article.id"), primary_key=True), Column(
        "ordinal", Integer, primary_key=True
    )


def _source() -> Column[Any]:
    return Column("source", Text, ForeignKey("source.id"), nullable=False, index=True)


def _of(parent: str) -> ForeignKeyConstraint:
    """The row belongs to a statement or reference of its article, or, where the column is empty, to none."""
    return ForeignKeyConstraint(["article", parent], [f"{parent}.article", f"{parent}.id"])


def _part(name: str, *columns: Column[Any] | ForeignKeyConstraint | UniqueConstraint | Index) -> Table:
    return Table(name, METADATA, *_key(), *columns, Column("record", Text, nullable=False))


article_source = Table("article_source", METADATA, *_key(), _source(), UniqueConstraint("article", "source"), **_NARROW)

_LEANING = text("leans_on IS NOT NULL")

statement = _part(
    "statement",
    Column("id", Text, nullable=False, index=True),
    Column("fingerprint", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("question", Text),
    Column("needs_source", Boolean, nullable=False),
    Column("leans_on", Text),
    UniqueConstraint("article", "id"),
    # Few statements lean on another one, so what leans on a statement is found among those alone.
    Index("leaning_on", "article", "leans_on", sqlite_where=_LEANING, postgresql_where=_LEANING),
)
citation = _part("citation", Column("text", Text, nullable=False))
# Which statements a citation covers.
covers = Table(
    "covers",
    METADATA,
    Column("article", Text, primary_key=True),
    Column("citation", Integer, primary_key=True),
    Column("statement", Text, primary_key=True),
    ForeignKeyConstraint(["article", "citation"], ["citation.article", "citation.ordinal"]),
    _of("statement"),
    Index("covers_of", "article", "statement"),
    **_NARROW,
)
reference = _part(
    "reference",
    Column("id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    _source(),
    UniqueConstraint("article", "id"),
)
resolution = _part(
    "resolution",
    Column("reference", Text, nullable=False),
    _source(),
    Column("status", Text, nullable=False),
    _of("reference"),
    Index("resolution_of", "article", "reference"),
)
evidence = _part(
    "evidence",
    Column("statement", Text, nullable=False),
    _source(),
    Column("direction", Text, nullable=False),
    Column("extent", Text),
    Column("level", Integer),
    Column("certainty", Text),
    _of("statement"),
    Index("evidence_of", "article", "statement"),
)
assessment = _part(
    "assessment",
    Column("statement", Text, nullable=False),
    Column("verdict", Text, nullable=False, index=True),
    Column("level", Integer),
    Column("certainty", Text),
    Column("lines", Integer, nullable=False),
    _of("statement"),
    Index("assessment_of", "article", "statement"),
)
finding = _part(
    "finding",
    Column("rule", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("statement", Text),
    Column("reference", Text),
    Column("fingerprint", Text, nullable=False),
    _of("statement"),
    _of("reference"),
)
# No foreign key to a statement or source: a review is kept when the words it was given for are gone.
review = _part(
    "review",
    Column("subject", Text, nullable=False),
    Column("statement", Text),
    Column("source", Text),
    Column("person", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
)


class Part(NamedTuple):
    """A field of `kb.model.Audit`, the table that keeps it and the record that its rows hold."""

    field: str
    table: Table
    record: type[Record]


REPLACED = (
    Part("statements", statement, Statement),
    Part("citations", citation, Citation),
    Part("references", reference, Reference),
    Part("resolutions", resolution, Resolution),
    Part("evidence", evidence, EvidenceLine),
    Part("assessments", assessment, Assessment),
    Part("findings", finding, Finding),
)
"""What a new audit of an article replaces, parents first."""

REVIEWS = Part("reviews", review, Review)
"""What people said, which a new audit adds to."""
