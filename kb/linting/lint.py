"""From an audit to what the linter tells of it: which findings count, how severe they are, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import msgspec

from kb.errors import printable
from kb.language.assertion import LONGEST, read_assertion, without_markers
from kb.language.assertion_words import DIRECTIONS
from kb.language.folding import fold
from kb.linting import waiving
from kb.linting.lines import Shown, shown
from kb.linting.outcome import Checked, Outcome
from kb.linting.selection import ABOUT_WAIVERS, counts, severity
from kb.model import Audit, Finding
from kb.rules import RULES, found_by, in_order
from kb.rules.context import Context, Elsewhere, Used, Waiver
from kb.rules.rule import Case, Rule
from kb.settings import Linting
from kb.strength.standing import UNSETTLED

_RULES = {rule.id: rule for rule in RULES}


def lint(
    audit: Audit,
    options: Linting,
    waivers: Sequence[Waiver] = (),
    elsewhere: Sequence[Elsewhere] = (),
) -> Checked:
    """What the linter tells of one article, before a baseline is laid over it (`kb.linting.baseline`).

    Parameters
    ----------
    audit
        The article as audited; its findings are those of all rules that need no more than it.
    options
        Which rules count where, and how severe they are; rules that do not exist were refused before.
    waivers
        Those that the article itself carries; those of ``options`` are added here.
    elsewhere
        Statements that other articles of the knowledge base contradict.
    """
    article = audit.article
    view = _View(Case(audit, Context(elsewhere=tuple(elsewhere), max_age=options.max_age)))
    found = [*audit.findings, *found_by(_contextual(about_waivers=False), view.case)]
    placed = [view.placed(finding) for finding in found]
    configured = waiving.of_configuration(options, article.id, len(article.text))
    waived = waiving.waive(placed, (*waivers, *configured), audit.as_of, _untold(audit))
    reasons = {id(found[index]): reason for index, reason in waived.reasons.items()}
    found += _of_waivers(audit, waived.used)
    counting = {rule for rule in {finding.rule for finding in found} if counts(rule, article.id, options)}
    outcomes = (
        view.outcome(finding, options, reasons.get(id(finding)))
        for finding in sorted(found, key=partial(in_order, view.case.places))
        if finding.rule in counting
    )
    return Checked(
        article=article.id,
        outcomes=tuple(outcomes),
        notes=audit.notes,
        statements=len(audit.statements),
        asking=sum(statement.needs_source for statement in audit.statements),
        unsupported=sum(assessment.verdict == "unsupported" for assessment in audit.assessments),
    )


def _untold(audit: Audit) -> list[int]:
    """Where the article speaks of sources of which registries told nothing: entries, and citations of them."""
    names = {one.reference for one in audit.resolutions if one.status in UNSETTLED}
    entries = [one.start or 0 for one in audit.references if one.id in names]
    return sorted([*entries, *(one.start for one in audit.citations if names.intersection(one.references))])


def _of_waivers(audit: Audit, used: tuple[Used, ...]) -> list[Finding]:
    """What is to be said of the waivers themselves."""
    if not used:
        return []
    return list(found_by(_contextual(about_waivers=True), Case(audit, Context(waivers=used))))


def _contextual(*, about_waivers: bool) -> Iterator[Rule]:
    return (rule for rule in RULES if rule.contextual and rule.id.startswith(ABOUT_WAIVERS) == about_waivers)


class _View:
    """An article as its findings see it: what each is about, where that ends, and how its line looks."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._statements = {one.id: one for one in case.audit.statements}
        self._references = {one.id: one for one in case.audit.references}
        self._markers = {one.start: one.end for one in case.audit.citations}

    def placed(self, finding: Finding) -> waiving.Placed:
        """The finding as waivers see it."""
        start = self._start(finding)
        return waiving.Placed(finding.rule, start, fold(self._about(finding, start)))

    def outcome(self, finding: Finding, options: Linting, reason: str | None) -> Outcome:
        """What becomes of a finding; ``reason`` is that of a waiver, None where none covers it."""
        rule, places = _RULES[finding.rule], self.case.places
        start = self._start(finding)
        end = max(start, self._end(finding, start))
        line = Shown("", 0, 1) if finding.place else shown(self.case.text, start, end)
        about = self._about(finding, start)
        if finding.statement:
            about = without_markers(about)
        short = printable(about) if len(about) <= LONGEST else ""
        last = max(start, end - 1)
        return Outcome(
            finding=msgspec.structs.replace(finding, severity=severity(rule.id, finding.severity, options)),
            name=rule.name,
            state="open" if reason is None else "waived",
            why=reason or "",
            end_line=places.line(last),
            end_column=places.column(last) + (end > start),
            shown=line.text,
            caret=line.caret,
            width=line.width,
            words=fold(short),
            fixed=self._fixed(finding, short),
        )

    def _start(self, finding: Finding) -> int:
        told = finding.line, finding.column, finding.place
        places = self.case.places
        statement = self._statements.get(finding.statement or "")
        reference = self._references.get(finding.reference or "")
        for start in (statement.start if statement else None, reference.start if reference else None):
            if start is not None and told == (places.line(start), places.column(start), places.element(start)):
                return start
        return places.offset(*told)

    def _end(self, finding: Finding, start: int) -> int:
        """Where the passage ends that begins with a finding; where nothing known begins, there."""
        statement = self._statements.get(finding.statement or "")
        reference = self._references.get(finding.reference or "")
        if statement and statement.start == start:
            return statement.end
        if reference and reference.start == start:
            return reference.end or start
        return self._markers.get(start, start)

    def _about(self, finding: Finding, start: int) -> str:
        """The words of the statement or entry that it is about, else those of the passage."""
        if statement := self._statements.get(finding.statement or ""):
            return statement.text
        if reference := self._references.get(finding.reference or ""):
            return reference.text
        return self.case.text[start : self._end(finding, start)]

    def _fixed(self, finding: Finding, about: str) -> tuple[str, ...]:
        """What no small edit changes: numbers, denials, directions, and sources."""
        if not about:
            return ()
        if finding.statement not in self._statements:
            return (*(word for word in fold(about).split() if not word.isalpha()), *self._sources(finding))
        said = read_assertion(about)
        poles = sorted({pole for word in said.directions for pole in DIRECTIONS[word]})
        denials = (f"denied {len(said.negations)} times",) if said.negations else ()
        stated = ("".join(number.split()) for number in said.stated)
        return (*stated, *denials, *poles, *self._sources(finding))

    def _sources(self, finding: Finding) -> tuple[str, ...]:
        named = {name for one in self.case.citations.get(finding.statement or "", ()) for name in one.references}
        if finding.statement is None:
            named = {finding.reference} if finding.reference else set()
        return tuple(sorted({self._references[name].source for name in named if name in self._references}))
