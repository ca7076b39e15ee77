"""The findings as a Code Quality report, which GitLab shows in a merge request and beside the lines of its diff.

A list of issues with ``description``, ``check_name``, ``fingerprint`` (unique in the report), ``severity`` and
``location``, in the subset of Code Climate's format that GitLab reads. Only what is open is told: GitLab has no notion
of a waiver, and finds out itself what is new.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import Any

from kb.linting.outcome import Outcome, Run
from kb.model import Severity
from kb.report.check.json import dumped
from kb.report.check.wording import advice, harmless, inside, open_findings

_SEVERITIES: Mapping[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def to_gitlab(run: Run) -> str:
    """Write the list, in the order of the run."""
    seen: Counter[str] = Counter()
    issues = []
    for checked, outcome in open_findings(run):
        about = f"{checked.article}|{outcome.finding.fingerprint}"
        seen[about] += 1
        issues.append(_issue(checked.article, outcome, f"{about}|{seen[about]}"))
    return dumped(issues)


def _issue(article: str, outcome: Outcome, identity: str) -> dict[str, Any]:
    finding = outcome.finding
    place = f"{harmless(finding.place)}: " if finding.place else ""
    return {
        "description": f"{place}{advice(finding)}",
        "check_name": f"{finding.rule} {outcome.name}",
        "fingerprint": hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:32],
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": article if inside(article) else outside(article),
            "lines": {"begin": finding.line, "end": outcome.end_line},
        },
    }


def outside(article: str) -> str:
    """The name of an article that is no path within the project, as one that leads nowhere.

    >>> outside("../notes/a.md"), outside("/srv/a.md")
    ('…/notes/a.md', '…/srv/a.md')
    """
    parts = harmless(article).replace("\\", "/").split("/")
    named = [part.removesuffix(":") for part in parts if part not in ("", ".", "..")]
    return "/".join(("…", *named))
