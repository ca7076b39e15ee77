"""A statement as an answer names it: where it stands and what it says."""

from __future__ import annotations

from kb.model import Record, Statement, StatementKey, Verdict


class Stated(Record, frozen=True, kw_only=True):
    """A statement of an article, with what is thought of it; ``line`` and ``place`` are those of the statement."""

    article: str
    statement: str
    line: int
    text: str
    place: str = ""
    verdict: Verdict | None = None

    @property
    def key(self) -> StatementKey:
        """What tells it from all others."""
        return self.article, self.statement


def stated(article: str, statement: Statement, verdict: Verdict | None = None) -> Stated:
    """A statement of an article as an answer names it."""
    return Stated(
        article=article,
        statement=statement.id,
        line=statement.line,
        place=statement.place,
        text=statement.text,
        verdict=verdict,
    )
