"""The linter: small pure functions of an audit, one family a file. ``RULES`` lists them all."""

from __future__ import annotations

from kb.model import Audit, Finding
from kb.rules import citations, evidence, references, sources, statements
from kb.rules.rule import Case, Rule

RULES: tuple[Rule, ...] = (
    *statements.RULES,
    *citations.RULES,
    *references.RULES,
    *sources.RULES,
    *evidence.RULES,
)


def check(audit: Audit) -> tuple[Finding, ...]:
    """Every finding of every rule, in the order of the article."""
    case = Case(audit)
    found = [finding for rule in RULES for finding in rule.findings(case)]
    return tuple(sorted(found, key=lambda finding: (finding.line, finding.column, finding.rule, finding.fingerprint)))
