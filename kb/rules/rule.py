"""What a rule is, and what it is given: an audit, indexed, and nothing that could fetch or tell the time."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator
from functools import cached_property

import msgspec

from kb.language.places import Places
from kb.model import (
    Assessment,
    Audit,
    Citation,
    EvidenceLine,
    Finding,
    Reference,
    Resolution,
    Severity,
    Source,
    Statement,
)
from kb.questions.offers import Key, Offer, Told, offers, pairs_of, said_elsewhere, sound, told
from kb.questions.same_claim import Pair
from kb.questions.suggest import Catalogue
from kb.rules.context import NOTHING, Context
from kb.rules.weighed import Weighed
from kb.strength.cited import Cited, cited_by


class Case:
    """One audit, with the look-ups that rules need, and what is known beside it."""

    def __init__(self, audit: Audit, context: Context = NOTHING) -> None:
        self.audit = audit
        self.context = context
        self.text = audit.article.text

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Statements by id."""
        return {statement.id: statement for statement in self.audit.statements}

    @cached_property
    def assessments(self) -> dict[str, Assessment]:
        """Assessments by statement id."""
        return {assessment.statement: assessment for assessment in self.audit.assessments}

    @cached_property
    def citations(self) -> dict[str, list[Citation]]:
        """Citations by the id of each statement that they cover."""
        covering: dict[str, list[Citation]] = {}
        for citation in self.audit.citations:
            for statement in citation.statements:
                covering.setdefault(statement, []).append(citation)
        return covering

    @cached_property
    def resolutions(self) -> dict[str, Resolution]:
        """Resolutions by reference id."""
        return {resolution.reference: resolution for resolution in self.audit.resolutions}

    @cached_property
    def lines(self) -> dict[str, list[EvidenceLine]]:
        """Evidence lines by statement id."""
        found: dict[str, list[EvidenceLine]] = {}
        for line in self.audit.evidence:
            found.setdefault(line.statement, []).append(line)
        return found

    @cached_property
    def grounds(self) -> dict[str, Cited]:
        """What each statement cites, by its id: what can stand as evidence, what cannot and why, and lost markers."""
        audit = self.audit
        return cited_by(
            audit.statements, audit.evidence, audit.citations, audit.resolutions, audit.sources, audit.article.date
        )

    @cached_property
    def weighed(self) -> tuple[Weighed, ...]:
        """The statements that cite something which can stand as evidence, each with what that is."""
        return tuple(
            Weighed(one, self.assessments[one.id], self.grounds[one.id].body)
            for one in self.audit.statements
            if self.grounds[one.id].body and one.id in self.assessments
        )

    @cached_property
    def references(self) -> dict[str, Reference]:
        """References by id."""
        return {reference.id: reference for reference in self.audit.references}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.audit.sources}

    @cached_property
    def cited(self) -> frozenset[str]:
        """The ids of the references that some citation names."""
        return frozenset(name for citation in self.audit.citations for name in citation.references)

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """The statements, each with what it rests on."""
        return told(self.audit)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The statements that say the same, or contradict each other."""
        return pairs_of(self.told)

    @cached_property
    def said(self) -> dict[str, tuple[Offer, ...]]:
        """By statement without a source: what the article cites where it says the same."""
        return _by_statement(self._said)

    @cached_property
    def offers(self) -> dict[str, tuple[Offer, ...]]:
        """The same, and the sources of the article that may fit."""
        return _by_statement(offers(self.told, self._said, Catalogue(sound(self.audit))))

    @cached_property
    def _said(self) -> dict[Key, tuple[Offer, ...]]:
        return said_elsewhere(self.told, self.pairs)

    def unsupported(self) -> Iterator[tuple[Statement, Assessment]]:
        """The statements that ask for a source and are held up by none."""
        for statement in self.audit.statements:
            assessment = self.assessments.get(statement.id)
            if assessment and assessment.verdict == "unsupported":
                yield statement, assessment

    @cached_property
    def places(self) -> Places:
        """Where offsets of the article stand in the author's file."""
        return Places(self.audit.article)


def _by_statement(found: dict[Key, tuple[Offer, ...]]) -> dict[str, tuple[Offer, ...]]:
    return {statement: offered for (_, statement), offered in found.items()}


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule says about one place; ``check`` in ``kb.rules`` makes a ``Finding`` of it."""

    message: str
    remedy: str
    start: int
    about: str
    """What the fingerprint is made of: a statement's fingerprint or a reference's source and position."""
    statement: str | None = None
    reference: str | None = None


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of the linter: a stable id, a readable name, a default severity and a pure check.

    The docstring of ``check`` is its documentation: a summary, why it matters, what to do, a wrong and a right example.
    """

    id: str
    name: str
    severity: Severity
    check: Callable[[Case], Iterator[Word]]
    contextual: bool = False
    """Whether it needs more than the audit (`kb.rules.context`), so that an audit by itself never has its findings."""

    @property
    def documentation(self) -> str:
        """The docstring of the check, without indentation."""
        return inspect.getdoc(self.check) or ""

    @property
    def summary(self) -> str:
        """Its first line."""
        return self.documentation.partition("\n")[0]

    def findings(self, case: Case) -> Iterator[Finding]:
        """What the rule finds in an audit."""
        for word in self.check(case):
            digest = hashlib.sha256(f"{self.id}|{word.about}".encode("utf-8", "replace")).hexdigest()
            yield Finding(
                rule=self.id,
                severity=self.severity,
                message=" ".join(word.message.split()),
                remedy=word.remedy,
                line=case.places.line(word.start),
                column=case.places.column(word.start),
                place=case.places.element(word.start),
                fingerprint=digest[:16],
                statement=word.statement,
                reference=word.reference,
            )


def on_statement(statement: Statement, message: str, remedy: str) -> Word:
    """A word about a statement."""
    return Word(
        message=message, remedy=remedy, start=statement.start, about=statement.fingerprint, statement=statement.id
    )


def on_reference(reference: Reference, message: str, remedy: str) -> Word:
    """A word about a reference; one that stands in a bibliography file is placed at the article's start."""
    about = f"{reference.source}|{reference.id}"
    return Word(message=message, remedy=remedy, start=reference.start or 0, about=about, reference=reference.id)
