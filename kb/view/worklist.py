"""What to mend first: the findings of articles, gathered by the statement or reference that they are about.

Errors come before warnings, and these before mere information. Among equals what weighs most comes first: a number, a
benefit or a harm, words that leave no doubt; then the place in the article decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypedDict, get_args

import msgspec

from kb.errors import one_line
from kb.language.places import where
from kb.model import Audit, Finding, MarkKind, Record, Reference, Severity, Statement
from kb.questions.advice import Advice
from kb.questions.pubmed import pubmed_query
from kb.rules import RULES
from kb.strength.wording import shortened
from kb.view.evidence import Shelf
from kb.view.parts import sentences
from kb.view.ways import to_article, to_reference, to_statement

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The worst first."""
NAMES: Mapping[str, str] = {rule.id: rule.name.replace("-", " ").capitalize().replace("Doi ", "DOI ") for rule in RULES}
"""The rules in words, by their ids."""
_SHOWN = 300
"""Characters of a statement or an entry that are shown."""
_EFFECT: frozenset[str] = frozenset({"benefit", "harm"})
_SURE: frozenset[MarkKind] = frozenset({"certain", "general", "superlative"})


class Matter(Record, frozen=True, kw_only=True):
    """One thing that is wrong: the rule that says so, what is wrong and what to do, in sentences."""

    rule: str
    name: str
    severity: Severity
    wrong: str
    remedy: str


class Task(Record, frozen=True, kw_only=True):
    """What is to be mended at one place.

    Attributes
    ----------
    article, statement
        Their ids; no statement where it is an entry of the reference list or the article as a whole.
    text
        The statement or the entry, on one line and perhaps cut.
    where
        Line or paragraph, in words.
    address
        Where it is shown in the app.
    severity
        The worst of its matters.
    weight
        How much it weighs among the equally severe, from 0.
    bare
        Whether it is a statement that asks for a source and has none that counts.
    query
        A search of PubMed for it; empty where it is not bare, or names nothing that could be searched.
    offers, against
        What the knowledge base has for it and says against it, in sentences.
    """

    article: str
    statement: str | None
    text: str
    where: str
    address: str
    severity: Severity
    weight: int
    matters: tuple[Matter, ...]
    bare: bool = False
    query: str = ""
    offers: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def worklist(audits: Iterable[Audit]) -> tuple[Task, ...]:
    """Everything that findings name, what to mend first in front."""
    tasks = [task for audit in audits for task in _tasks(audit)]
    return tuple(sorted(tasks, key=lambda task: (SEVERITIES.index(task.severity), -task.weight)))


def narrowed(
    tasks: Iterable[Task],
    severities: Collection[str] = SEVERITIES,
    rules: Collection[str] = (),
    *,
    bare: bool = False,
) -> tuple[Task, ...]:
    """The tasks of these severities in which one of these rules has a part.

    Parameters
    ----------
    rules
        Ids; none stand for all.
    bare
        Only statements that lack a source.
    """
    return tuple(
        task
        for task in tasks
        if task.severity in severities
        and (not rules or any(matter.rule in rules for matter in task.matters))
        and (task.bare or not bare)
    )


def counted(tasks: Iterable[Task]) -> dict[Severity, int]:
    """How many tasks there are of each severity, the worst first; without those that have none."""
    counts = Counter(task.severity for task in tasks)
    return {severity: counts[severity] for severity in SEVERITIES if counts[severity]}


def rules_in(tasks: Iterable[Task]) -> dict[str, int]:
    """How many tasks each rule has a part in, by its id, the most frequent first."""
    return dict(Counter(rule for task in tasks for rule in {matter.rule for matter in task.matters}).most_common())


def advised(tasks: Iterable[Task], advice: Iterable[Advice]) -> tuple[Task, ...]:
    """The tasks, each with what the knowledge base has for its statement."""
    found = {(one.article, one.place, shortened(one.text, _SHOWN)): one for one in advice}
    return tuple(_with(task, found.get((task.article, task.where, task.text))) for task in tasks)


def _with(task: Task, advice: Advice | None) -> Task:
    if advice is None or task.statement is None:
        return task
    offers = tuple(sentences(offer.words for offer in advice.offers))
    return msgspec.structs.replace(task, offers=offers, against=tuple(sentences(advice.against)))


def _tasks(audit: Audit) -> Iterator[Task]:
    """What is to be mended in one article, in its order."""
    shelf = Shelf(audit)
    unsupported = {statement.id for statement, _ in shelf.unsupported()}
    gathered: dict[tuple[str | None, str | None], list[Finding]] = {}
    for finding in audit.findings:
        statement = finding.statement if finding.statement in shelf.statements else None
        reference = finding.reference if statement is None and finding.reference in shelf.references else None
        gathered.setdefault((statement, reference), []).append(finding)
    for (name, entry), findings in gathered.items():
        if name is not None:
            yield _of_statement(audit, shelf.statements[name], findings, bare=name in unsupported)
        elif entry is not None:
            yield _of_entry(audit.article.id, shelf.references[entry], findings)
        else:
            yield from (_of_article(audit, finding) for finding in findings)


def _of_statement(audit: Audit, statement: Statement, findings: Sequence[Finding], *, bare: bool) -> Task:
    article = audit.article
    searchable = bare and (article.language or "en").lower().startswith("en")
    return Task(
        article=article.id,
        statement=statement.id,
        text=shortened(statement.text, _SHOWN),
        where=where(statement.line, statement.place),
        address=to_statement(article.id, statement.id),
        weight=weight(statement),
        bare=bare,
        query=pubmed_query(statement, article.title) if searchable else "",
        **_matters(findings),
    )


def _of_entry(article: str, reference: Reference, findings: Sequence[Finding]) -> Task:
    return Task(
        article=article,
        statement=None,
        text=shortened(reference.text, _SHOWN),
        where=f"reference {reference.position}",
        address=to_reference(article, reference.id),
        weight=0,
        **_matters(findings),
    )


def _of_article(audit: Audit, finding: Finding) -> Task:
    return Task(
        article=audit.article.id,
        statement=None,
        text=shortened(audit.article.title or audit.article.id, _SHOWN),
        where=where(finding.line, finding.place),
        address=to_article(audit.article.id),
        weight=0,
        **_matters([finding]),
    )


class _Matters(TypedDict):
    severity: Severity
    matters: tuple[Matter, ...]


def _matters(findings: Sequence[Finding]) -> _Matters:
    """The findings of one place as matters, the worst first."""
    ordered = sorted(findings, key=lambda one: SEVERITIES.index(one.severity))
    matters = tuple(
        Matter(
            rule=one.rule,
            name=NAMES.get(one.rule, one.rule),
            severity=one.severity,
            wrong=" ".join(sentences([one_line(one.message)])),
            remedy=" ".join(sentences([one_line(one.remedy)])),
        )
        for one in ordered
    )
    return {"severity": ordered[0].severity, "matters": matters}


def weight(statement: Statement) -> int:
    """How much a statement weighs among others whose findings are as severe.

    A stated number counts 4, a claimed benefit or harm 2, words that leave no doubt or no exception 1.
    """
    signals, sure = set(statement.signals), {mark.kind for mark in statement.marks}
    effect = statement.kind in _EFFECT or not signals.isdisjoint(_EFFECT)
    return 4 * ("number" in signals) + 2 * effect + (not sure.isdisjoint(_SURE))
