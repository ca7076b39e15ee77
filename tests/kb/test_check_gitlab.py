"""The findings as GitLab's Code Quality report."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kb.linting.outcome import Run
from kb.report.check.gitlab import to_gitlab
from tests.linted import clean, hostile, sample
from tests.payloads import HIDDEN, PAYLOADS, commands


def read(run: Run) -> list[dict[str, Any]]:
    """The issues of the report."""
    issues: list[dict[str, Any]] = json.loads(to_gitlab(run))
    return issues


def test_open_findings_are_issues_on_their_lines() -> None:
    told = [(one["check_name"], one["severity"], one["location"]) for one in read(sample())]
    assert told == [
        ("ST003 vague-attribution", "minor", {"path": "articles/brindleweed tea.md", "lines": {"begin": 3, "end": 3}}),
        (
            "ST002 number-without-source",
            "major",
            {"path": "articles/brindleweed tea.md", "lines": {"begin": 3, "end": 3}},
        ),
        ("RE007 doi-form", "info", {"path": "leaflet.docx", "lines": {"begin": 1, "end": 1}}),
    ]
    assert read(sample())[1]["description"] == "“40%” shows no source; cite the source of the number"


def test_a_run_without_findings_is_an_empty_list() -> None:
    assert to_gitlab(clean()) == "[]\n"


def test_fingerprints_are_unique_and_do_not_depend_on_the_line() -> None:
    doubled = sample().articles[0]
    run = Run(
        articles=(doubled, type(doubled)(article="other.md", outcomes=doubled.outcomes * 2)), as_of="", version="0"
    )
    prints = [one["fingerprint"] for one in read(run)]
    assert len(set(prints)) == len(prints) == 6
    assert prints[:2] == [one["fingerprint"] for one in read(sample())][:2]


@pytest.mark.parametrize(
    ("article", "path"),
    [
        ("../notes.md", "…/notes.md"),
        ("a/../../notes.md", "…/a/notes.md"),
        ("/srv/notes.md", "…/srv/notes.md"),
        ("docs/notes.md", "docs/notes.md"),
    ],
)
def test_a_path_never_leads_out_of_the_project(article: str, path: str) -> None:
    assert read(hostile(article))[0]["location"]["path"] == path


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_from_an_article_is_active(payload: str) -> None:
    out = to_gitlab(hostile(payload))
    assert not HIDDEN & set(out)
    assert commands(out) == []
    issues = read(hostile(payload))
    assert [one["check_name"][:5] for one in issues] == ["ST001", "RE001", "RE001"]
    assert len({one["fingerprint"] for one in issues}) == 3
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert not HIDDEN & set(issue["description"])
        path = issue["location"]["path"]
        assert not path.startswith(("/", "\\"))
        assert ".." not in path.replace("\\", "/").split("/")
