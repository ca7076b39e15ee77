"""What articles assert and what their sources say of it, without all else: what `kb.questions.contested` asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from kb.language.folding import fold
from kb.model import Audit, Direction, EvidenceLine, Kind, Record, Statement, Verdict
from kb.questions.stated import Stated


class Said(NamedTuple):
    """A statement of an article; ``words`` is its text folded, ``lines`` the sources with what each says of it."""

    article: str
    id: str
    line: int
    text: str
    words: str
    kind: Kind
    leans_on: str | None
    verdict: Verdict | None
    lines: tuple[tuple[str, Direction], ...]

    def stated(self) -> Stated:
        """The statement as an answer names it."""
        return Stated(article=self.article, statement=self.id, line=self.line, text=self.text, verdict=self.verdict)


class Work(NamedTuple):
    """What an answer tells of a source."""

    title: str
    year: str | None


class Cited(Record, frozen=True, kw_only=True):
    """A source as an answer names it."""

    source: str
    title: str = ""
    year: str | None = None


class Asserted(NamedTuple):
    """What all articles assert, in the order of their ids; ``dates`` are theirs, ``works`` the sources that take sides.

    Dates are as the article and the source tell them, or None.
    """

    statements: Sequence[Said]
    dates: Mapping[str, str | None]
    works: Mapping[str, Work]

    def cited(self, sources: Collection[str], most: int) -> tuple[Cited, ...]:
        """The first few of these sources by year and id; a source of which nothing is known is named all the same."""
        known = sorted(((self.works.get(one) or _NOTHING).year or "", one) for one in sources)
        return tuple(self._cited(one) for _, one in known[:most])

    def _cited(self, source: str) -> Cited:
        work = self.works.get(source) or _NOTHING
        return Cited(source=source, title=work.title, year=work.year)


_NOTHING = Work("", None)
SIDES: frozenset[Direction] = frozenset({"supports", "disputes"})
"""The directions that take a side."""


def asserted(audits: Iterable[Audit]) -> Asserted:
    """What these audits assert; from a store, `kb.store.asserted` reads the same without the records."""
    statements: list[Said] = []
    dates: dict[str, str | None] = {}
    works: dict[str, Work] = {}
    for audit in sorted(audits, key=lambda each: each.article.id):
        lines: defaultdict[str, list[EvidenceLine]] = defaultdict(list)
        for line in audit.evidence:
            lines[line.statement].append(line)
        verdicts = {one.statement: one.verdict for one in audit.assessments}
        name = audit.article.id
        dates[name] = audit.article.date
        statements += [_said(name, one, verdicts.get(one.id), lines[one.id]) for one in audit.statements]
        sided = {line.source for line in audit.evidence if line.direction in SIDES}
        works |= {source.id: Work(source.title, source.year) for source in audit.sources if source.id in sided}
    return Asserted(statements, dates, works)


def _said(article: str, one: Statement, verdict: Verdict | None, lines: Iterable[EvidenceLine]) -> Said:
    told = tuple((line.source, line.direction) for line in lines)
    return Said(article, one.id, one.line, one.text, fold(one.text), one.kind, one.leans_on, verdict, told)
