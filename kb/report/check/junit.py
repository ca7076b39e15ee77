"""The findings as test results, which Jenkins, GitLab and most other services of CI read: a suite an article.

An open finding is a test that failed, a waived or known one a test that was skipped, and an article without any has
one that passed. Within the limits of Jenkins' schema, which is the strictest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape

from kb.linting.outcome import Checked, Outcome, Run
from kb.report.check.wording import advice, harmless, path_of, spot, tally

_LONGEST = 80


def to_junit(run: Run) -> str:
    """Write the document."""
    suites = [_suite(checked) for checked in run.articles] + ([_failed(run)] if run.failed else [])
    found = tally(*run.articles)
    counts = {
        "tests": sum(map(_tests, run.articles)) + len(run.failed),
        "failures": found.open,
        "errors": len(run.failed),
    }
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        _tag("testsuites", {"name": "kb check", **counts}),
        *suites,
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _tag(element: str, attributes: Mapping[str, str | int], *, closed: bool = False) -> str:
    """The start of an element, or all of one without content. What is harmless holds only characters of XML."""
    told = "".join(f' {name}="{escape(harmless(str(value)))}"' for name, value in attributes.items())
    return f"<{element}{told}{'/' if closed else ''}>"


def _tests(checked: Checked) -> int:
    return len(checked.outcomes) or 1


def _suite(checked: Checked) -> str:
    path, found = path_of(checked.article), tally(checked)
    counts = {"tests": _tests(checked), "failures": found.open, "errors": 0, "skipped": found.waived + found.known}
    lines = [_tag("testsuite", {"name": path, **counts})]
    if not checked.outcomes:
        lines.append(_tag("testcase", {"classname": path, "name": "kb check"}, closed=True))
    for name, outcome in _named(checked):
        lines += [_tag("testcase", {"classname": path, "name": name}), _result(checked.article, outcome), "</testcase>"]
    if checked.notes:
        lines.append(f"<system-out>{escape(' · '.join(map(harmless, checked.notes)))}</system-out>")
    return "\n".join([*lines, "</testsuite>"])


def _named(checked: Checked) -> Iterator[tuple[str, Outcome]]:
    """The findings with names that stay the same when lines move, so that services know a test again."""
    seen: Counter[str] = Counter()
    for outcome in checked.outcomes:
        words = harmless(outcome.words)
        shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …"
        name = f"{outcome.finding.rule} {outcome.name}" + (f": {shown}" if shown else "")
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})", outcome


def _result(article: str, outcome: Outcome) -> str:
    finding = outcome.finding
    if outcome.state == "waived":
        return _tag("skipped", {"message": f"waived: {outcome.why}"}, closed=True)
    if outcome.state == "known":
        return _tag("skipped", {"message": "known from the baseline"}, closed=True)
    told = escape(f"{spot(article, finding)}: {finding.rule} {advice(finding)}")
    return f"{_tag('failure', {'type': finding.severity, 'message': advice(finding)})}{told}</failure>"


def _failed(run: Run) -> str:
    name = "could not be checked"
    counts = {"tests": len(run.failed), "failures": 0, "errors": len(run.failed), "skipped": 0}
    lines = [_tag("testsuite", {"name": name, **counts})]
    for number, words in enumerate(run.failed, 1):
        error = _tag("error", {"type": "error", "message": words}, closed=True)
        lines += [_tag("testcase", {"classname": name, "name": f"file {number}"}), error, "</testcase>"]
    return "\n".join([*lines, "</testsuite>"])
