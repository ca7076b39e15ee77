"""The columns of the tables (`kb.report.tables`), each with its type in pandas, in the order in which they stand.

Columns of type object hold tuples of strings.
"""

from __future__ import annotations

from typing import TypeAlias

Columns: TypeAlias = tuple[tuple[str, str], ...]

ARTICLE_COLUMNS: Columns = (
    ("id", "string"),
    ("title", "string"),
    ("date", "string"),
    ("language", "string"),
    ("format", "string"),
    ("as_of", "string"),
    ("statements", "Int64"),
    ("references", "Int64"),
    ("notes", "object"),
)
"""``as_of`` is the date that the audit speaks of; ``statements`` and ``references`` count."""

STATEMENT_COLUMNS: Columns = (
    ("article", "string"),
    ("id", "string"),
    ("line", "Int64"),
    ("section", "string"),
    ("text", "string"),
    ("kind", "string"),
    ("question", "string"),
    ("needs_source", "bool"),
    ("signals", "object"),
    ("verdict", "string"),
    ("level", "Int64"),
    ("certainty", "string"),
    ("lines", "Int64"),
    ("reasons", "object"),
    ("reviewed", "string"),
)
"""The columns of `kb.base.KnowledgeBase.statements`. ``lines`` counts independent lines of evidence; ``reviewed`` is
what became of people's word on the verdict (`kb.model.Reviewed`), missing where nobody spoke."""

EVIDENCE_COLUMNS: Columns = (
    ("article", "string"),
    ("statement", "string"),
    ("line", "Int64"),
    ("source", "string"),
    ("references", "object"),
    ("direction", "string"),
    ("extent", "string"),
    ("level", "Int64"),
    ("certainty", "string"),
    ("read", "string"),
    ("quote", "string"),
    ("numbers", "object"),
    ("concerns", "object"),
    ("missing", "object"),
    ("doubt", "Float64"),
    ("reasons", "object"),
    ("not_higher", "object"),
    ("not_lower", "object"),
    ("judge", "string"),
    ("reviewed", "string"),
)
"""The columns of `kb.base.KnowledgeBase.evidence`, those of `kb.model.EvidenceLine`. ``line`` is that of the statement
in its article; ``numbers`` tell each number of the statement with what came of it, and the source's in brackets."""

CITATION_COLUMNS: Columns = (
    ("article", "string"),
    ("line", "Int64"),
    ("text", "string"),
    ("statements", "object"),
    ("references", "object"),
    ("missing", "object"),
)
"""The markers: ids of the statements that each covers and of the references that it names; ``missing`` as written."""

REFERENCE_COLUMNS: Columns = (
    ("article", "string"),
    ("id", "string"),
    ("position", "Int64"),
    ("line", "Int64"),
    ("text", "string"),
    ("title", "string"),
    ("authors", "object"),
    ("year", "string"),
    ("container", "string"),
    ("doi", "string"),
    ("pmid", "string"),
    ("origin", "string"),
    ("source", "string"),
    ("resolution", "string"),
    ("said_by", "string"),
    ("asked", "string"),
)
"""What the author wrote, the id of the source that it led to, and how the two relate, said by whom and when."""

FINDING_COLUMNS: Columns = (
    ("article", "string"),
    ("rule", "string"),
    ("severity", "string"),
    ("line", "Int64"),
    ("column", "Int64"),
    ("message", "string"),
    ("remedy", "string"),
    ("statement", "string"),
    ("reference", "string"),
)
"""What the linter said."""

REVIEW_COLUMNS: Columns = (
    ("article", "string"),
    ("subject", "string"),
    ("statement", "string"),
    ("source", "string"),
    ("value", "string"),
    ("person", "string"),
    ("date", "string"),
    ("reason", "string"),
)
"""What people said."""

SOURCE_COLUMNS: Columns = (
    ("id", "string"),
    ("doi", "string"),
    ("pmid", "string"),
    ("title", "string"),
    ("authors", "object"),
    ("year", "string"),
    ("container", "string"),
    ("type", "string"),
    ("design", "string"),
    ("retracted", "bool"),
    ("notices", "object"),
    ("articles", "Int64"),
    ("statements", "Int64"),
)
"""The columns of `kb.base.KnowledgeBase.sources`. ``articles`` counts the articles that list a source, ``statements``
the statements with an evidence line on it."""

NOTICE_COLUMNS: Columns = (
    ("source", "string"),
    ("kind", "string"),
    ("date", "string"),
    ("doi", "string"),
    ("said_by", "object"),
    ("reasons", "object"),
)
"""Retractions, corrections and other versions of sources."""

CITES_COLUMNS: Columns = (("source", "string"), ("cited", "string"))
"""Which source cites which work, by ids; the latter need not be in the knowledge base."""
