"""The knowledge base as one object: store → records → graph and tables.

In a notebook::

    from kb import KnowledgeBase

    with KnowledgeBase.open(".kb/knowledge.db") as base:
        bare = base.statements().query("verdict == 'unsupported'")[["article", "line", "text"]]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from kb.graph import build_graph, retraction
from kb.model import Assessment, Audit, Review, Source, Statement
from kb.questions.advice import Advice, advise
from kb.questions.offers import Told, in_words, sound, told

if TYPE_CHECKING:
    import networkx
    import pandas

    from kb.questions.diff import State
    from kb.questions.impact import Impact
    from kb.questions.independence import Independence
    from kb.questions.trace import Trace
    from kb.store.sql import ArticleSummary
    from kb.store.store import Store

STATEMENT_COLUMNS = (
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
"""The columns of `KnowledgeBase.statements` and their types; those of type object hold tuples of strings. ``reviewed``
is what became of people's word on the verdict (`kb.model.Reviewed`), missing where nobody spoke."""

SOURCE_COLUMNS = (
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
"""The columns of `KnowledgeBase.sources` and their types; those of type object hold tuples of strings."""


class KnowledgeBase:
    """What is known of all articles that were audited into one file; get one from `open`, best in a ``with``.

    Every method raises `kb.errors.StoreError` where the file cannot be read or written.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, path: Path | str) -> KnowledgeBase:
        """Open the knowledge base at ``path``, and make it where there is none.

        Raises
        ------
        StoreError
            It cannot be made, is no knowledge base, or a newer version wrote it.
        """
        from kb.store.store import Store

        return cls(Store.open(path))

    def __enter__(self) -> KnowledgeBase:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._store.close()

    def add(self, audit: Audit) -> None:
        """Keep an audit in place of what was known of its article; reviews stay (`kb.store.Store.save`)."""
        self._store.save(audit)

    def keep(self, sources: Iterable[Source]) -> None:
        """Keep works that no article names, such as those that sources cite."""
        self._store.keep(sources)

    def reviews(self) -> tuple[Review, ...]:
        """What people said of any article, in the order of article ids and then as it was added.

        Hand them to an audit, and they hold again wherever statement and source are the same (`kb.strength.overruled`).
        """
        return self._store.reviews()

    def articles(self) -> tuple[ArticleSummary, ...]:
        """A summary of every article, in the order of their ids, without loading them."""
        return self._store.articles()

    def audit(self, article: str) -> Audit:
        """All that is known of an article.

        Raises
        ------
        UsageError
            There is no such article.
        """
        return self._store.load(article)

    def graph(self) -> networkx.MultiDiGraph[str]:
        """The graph of all articles (`kb.graph.build_graph`)."""
        return build_graph(self._store.audits())

    def advice(self, about: str) -> tuple[Advice, ...]:
        """What all articles together say to an article, to a statement, or to words (`kb.questions.advice.advise`).

        Parameters
        ----------
        about
            The id of an article, the id of a statement, or, with a space in it, a statement in words.

        Raises
        ------
        UsageError
            There is no such article or statement.
        """
        statements: list[Told] = []
        sources: dict[str, Source] = {}
        for audit in self._store.audits():
            statements += told(audit)
            sources |= {source.id: source for source in sound(audit)}
        if any(about in (one.article, one.statement.id) for one in statements):
            return advise(statements, sources.values(), lambda one: about in (one.article, one.statement.id))
        if " " not in about.strip():
            self._store.load(about)  # an article without statements gets no advice; one that is not there, an error
            return ()
        return advise([*statements, in_words(about)], sources.values(), lambda one: not one.article)

    def trace(self, statement: str) -> Trace:
        """Follow a statement through its sources to primary studies (`kb.questions.trace`).

        Parameters
        ----------
        statement
            As `kb.store.store.Store.statement` takes it: ``ARTICLE:LINE``, ``ARTICLE:ID``, or an id alone.

        Raises
        ------
        UsageError
            There is no such statement, or there are several.
        """
        from kb.questions.trace import MOST_DEPTH, MOST_STEPS, follows, trace

        key = self._store.statement(statement)
        audits = self._store.parts([key])
        sources: dict[str, Source] = {one.id: one for audit in audits for one in audit.sources}
        ahead = [work for one in sources.values() if follows(one) for work in one.cites]
        for _ in range(MOST_DEPTH):
            new = [work for work in dict.fromkeys(ahead) if work not in sources][: max(0, MOST_STEPS - len(sources))]
            found = self._store.known(new)
            sources |= found
            ahead = [work for one in found.values() if follows(one) for work in one.cites]
        return trace(build_graph(audits, sources.values()), key)

    def impact(self, *sources: str) -> Impact:
        """What falls if these sources fall (`kb.questions.impact`).

        Parameters
        ----------
        sources
            Ids, DOIs or PubMed ids.

        Raises
        ------
        UsageError
            One of them is not in the knowledge base.
        """
        from kb.questions.impact import impact

        fallen = [self._store.source(name) for name in sources]
        citing = self._store.citing(fallen)
        through = sorted({name for names in citing.values() for name in names} - set(fallen))
        keys = self._store.resting_on([*fallen, *through])
        return impact(self._store.parts(keys, leaning=True), fallen, self._store.known(through).values())

    def independence(self, statement: str) -> Independence:
        """The independent lines of evidence behind a statement (`kb.questions.independence`); as for `trace`."""
        from kb.questions.independence import independence

        key = self._store.statement(statement)
        (audit,) = self._store.parts([key])
        return independence(audit, key)

    def state(self) -> State:
        """How every statement stands, to be compared with another time (`kb.questions.diff.diff`)."""
        from kb.questions.diff import state_of

        return state_of(self._store.audits())

    def statements(self) -> pandas.DataFrame:
        """One row a statement, by article and place, with its assessment; columns as in `STATEMENT_COLUMNS`."""
        rows = []
        for audit in self._store.audits():
            assessed = {assessment.statement: assessment for assessment in audit.assessments}
            rows += [
                _statement_row(audit.article.id, statement, assessed.get(statement.id))
                for statement in audit.statements
            ]
        return _frame(rows, STATEMENT_COLUMNS)

    def sources(self) -> pandas.DataFrame:
        """One row a source, by id; columns as in `SOURCE_COLUMNS`.

        ``articles`` counts the articles that list it, ``statements`` the statements with an evidence line to it.
        """
        articles: Counter[str] = Counter()
        statements: Counter[str] = Counter()
        for audit in self._store.audits():
            articles.update({reference.source for reference in audit.references})
            statements.update(source for _, source in {(line.statement, line.source) for line in audit.evidence})
        rows = [_source_row(source, articles[source.id], statements[source.id]) for source in self._store.sources()]
        return _frame(rows, SOURCE_COLUMNS)


def _statement_row(article: str, statement: Statement, assessment: Assessment | None) -> dict[str, Any]:
    return {
        "article": article,
        "id": statement.id,
        "line": statement.line,
        "section": statement.section,
        "text": statement.text,
        "kind": statement.kind,
        "question": statement.question,
        "needs_source": statement.needs_source,
        "signals": statement.signals,
        "verdict": assessment.verdict if assessment else None,
        "level": assessment.level if assessment else None,
        "certainty": assessment.certainty if assessment else None,
        "lines": assessment.lines if assessment else 0,
        "reasons": assessment.reasons if assessment else (),
        "reviewed": assessment.reviewed.state if assessment and assessment.reviewed else None,
    }


def _source_row(source: Source, articles: int, statements: int) -> dict[str, Any]:
    return {
        "id": source.id,
        "doi": source.doi,
        "pmid": source.pmid,
        "title": source.title,
        "authors": source.authors,
        "year": source.year,
        "container": source.container,
        "type": source.type,
        "design": source.design,
        "retracted": retraction(source) is not None,
        "notices": tuple(notice.kind for notice in source.notices),
        "articles": articles,
        "statements": statements,
    }


def _frame(rows: list[dict[str, Any]], columns: tuple[tuple[str, str], ...]) -> pandas.DataFrame:
    """A table with the same columns and types however many rows there are."""
    import pandas

    return pandas.DataFrame(rows, columns=[name for name, _ in columns]).astype(dict(columns))
