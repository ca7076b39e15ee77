"""The findings as SARIF 2.1.0 (OASIS, 2020), which code scanning services and editors read.

All rules are described with their documentation, so this is the one format that loads them. Numbers in brackets below
are sections of the standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias
from urllib.parse import quote

from kb.linting.outcome import Checked, Outcome, Run
from kb.linting.selection import FAMILIES
from kb.model import Severity
from kb.report.check.json import dumped
from kb.report.check.wording import advice, harmless, inside
from kb.rules import RULES
from kb.rules.rule import Rule

Json: TypeAlias = dict[str, Any]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "SRCROOT"
"""What paths are relative to: the folder of the project, whose place only the reader knows."""
_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_LEADS = re.compile(r"(?<=\n\n)([A-Z][a-z ]{1,30}):")
"""What the paragraphs of a rule's documentation begin with: ``What to do:``."""


def to_sarif(run: Run) -> str:
    """Write the log of the run: waived and known findings stand in it too, as suppressed."""
    rules = _rules(run)
    places = {rule["id"]: place for place, rule in enumerate(rules)}
    baseline = any(outcome.state == "known" for checked in run.articles for outcome in checked.outcomes)
    results = [
        _result(checked.article, outcome, places[outcome.finding.rule], baseline)
        for checked in run.articles
        for outcome in checked.outcomes
    ]
    log = {
        "tool": {"driver": {"name": "evidence-kb", "version": run.version, "rules": rules}},
        "invocations": [{"executionSuccessful": not run.failed, "toolExecutionNotifications": list(_notices(run))}],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder of the project."}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {"asOf": run.as_of},
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [log]})


def _rules(run: Run) -> list[Json]:
    """All rules, and those of findings that are remembered from a rule that is no more."""
    known = {rule.id: _rule(rule) for rule in RULES}
    for checked in run.articles:
        for outcome in checked.outcomes:
            known.setdefault(outcome.finding.rule, {"id": outcome.finding.rule, "name": outcome.name})
    return list(known.values())


def _rule(rule: Rule) -> Json:
    first, _, rest = rule.documentation.partition("\n\n")
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": _message(first),
        "fullDescription": _message(" ".join(rest.partition("\n\n")[0].split()) or first),
        "help": {**_message(rule.documentation, lines=True), "markdown": _LEADS.sub(r"**\1:**", rule.documentation)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [FAMILIES[rule.id[:2]]]},
    }


def _result(article: str, outcome: Outcome, rule: int, baseline: bool) -> Json:
    finding = outcome.finding
    result: Json = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": _message(advice(finding)),
        "locations": [_location(article, outcome)],
        "partialFingerprints": {"evidence-kb/v1": finding.fingerprint},
    }
    if outcome.state != "open":
        result["suppressions"] = [_suppression(outcome)]
    if baseline:
        result["baselineState"] = "unchanged" if outcome.state == "known" else "new"
    return result


def _suppression(outcome: Outcome) -> Json:
    """Accepted, as every suppression that says nothing else (3.35.3)."""
    if outcome.state == "known":
        return {"kind": "external", "justification": "known from the baseline"}
    return {"kind": "inSource", "justification": _unlinked(harmless(outcome.why))}


def _location(article: str, outcome: Outcome) -> Json:
    """A file of the project with a region, whose end is after the passage (3.30); of other files only the name."""
    finding = outcome.finding
    names = [harmless(finding.place)] if finding.place else []
    location: Json = {}
    if inside(article):
        region = {
            "startLine": finding.line,
            "startColumn": finding.column,
            "endLine": outcome.end_line,
            "endColumn": outcome.end_column,
        }
        location["physicalLocation"] = {"artifactLocation": _artifact(article), "region": region}
    else:
        names.insert(0, f"{harmless(article)}, line {finding.line}")
    if names:
        location["logicalLocations"] = [{"fullyQualifiedName": _unlinked(", ".join(names))}]
    return location


def _artifact(article: str) -> Json:
    """A relative address (3.4.4): all but letters, digits and ``/-._~`` percent-encoded, so that it has no scheme."""
    return {"uri": quote(article, errors="replace"), "uriBaseId": ROOT}


def _notices(run: Run) -> Iterator[Json]:
    for words in run.failed:
        yield {"level": "error", "message": _message(harmless(words))}
    for checked in run.articles:
        yield from (_note(checked, note) for note in checked.notes)


def _note(checked: Checked, note: str) -> Json:
    notice: Json = {"level": "note", "message": _message(f"{harmless(checked.article)}: {harmless(note)}")}
    if inside(checked.article):
        notice["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(checked.article)}}]
    return notice


def _message(text: str, *, lines: bool = False) -> Json:
    """A plain text message: braces doubled, as they would hold a place for an argument (3.11.5)."""
    plain = text if lines else " ".join(text.split())
    return {"text": _unlinked(plain.replace("{", "{{").replace("}", "}}"))}


def _unlinked(text: str) -> str:
    """Text without embedded links (3.11.6): broken by a blank, as viewers differ in whether they heed a backslash."""
    return text.replace("](", "] (")
