"""The linter: small pure functions of an audit, one family a file. ``RULES`` lists them all."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from kb.language.places import Places
from kb.model import Audit, Finding
from kb.rules import citations, evidence, notices, references, sources, statements, strength, waivers
from kb.rules.rule import Case, Rule

RULES: tuple[Rule, ...] = (
    *statements.RULES,
    *citations.RULES,
    *references.RULES,
    *sources.RULES,
    *notices.RULES,
    *sorted((*evidence.RULES, *strength.RULES), key=lambda rule: rule.id),
    *waivers.RULES,
)


def check(audit: Audit) -> tuple[Finding, ...]:
    """Every finding of every rule that needs no more than the audit, in the order of the article."""
    return found_by((rule for rule in RULES if not rule.contextual), Case(audit))


def found_by(rules: Iterable[Rule], case: Case) -> tuple[Finding, ...]:
    """What these rules find, in the order of the article."""
    found = [finding for rule in rules for finding in rule.findings(case)]
    return tuple(sorted(found, key=partial(in_order, case.places)))


def in_order(places: Places, finding: Finding) -> tuple[int, str, str]:
    """The order in which findings are told: that of the article, also where lines say little of it."""
    offset = places.offset(finding.line, finding.column, finding.place)
    return offset, finding.rule, finding.fingerprint
