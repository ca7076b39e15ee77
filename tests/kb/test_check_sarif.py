"""The findings as SARIF: valid, with rules, suppressions and fingerprints, and without anything that viewers render."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import msgspec
import pytest

from kb.linting.outcome import Run
from kb.report.check.sarif import to_sarif
from kb.rules import RULES
from tests.linted import NUMBER, clean, hostile, sample
from tests.payloads import HIDDEN, PAYLOADS, commands

LINK = re.compile(r"(?<!\\)\[(?:[^\]\\]|\\.)*\]\([^)]*\)")
"""An embedded link of section 3.11.6."""
PLACE = re.compile(r"\{(\d+)\}")


@pytest.fixture(scope="module")
def validator(shared: Path) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(json.loads((shared / "data" / "schemas" / "sarif-2.1.0.json").read_text("utf-8")))


def log(run: Run) -> dict[str, Any]:
    """The one run of a SARIF log."""
    document = json.loads(to_sarif(run))
    assert (document["version"], len(document["runs"])) == ("2.1.0", 1)
    one: dict[str, Any] = document["runs"][0]
    return one


def texts(value: Any) -> Iterator[str]:
    """The text of every message in a part of a log."""
    if isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in ("text", "justification", "fullyQualifiedName"):
                yield one
            else:
                yield from texts(one)


@pytest.mark.parametrize("run", [sample(), clean(), hostile("a b")], ids=["sample", "clean", "hostile"])
def test_the_log_is_valid(run: Run, validator: jsonschema.Draft7Validator) -> None:
    assert [error.message for error in validator.iter_errors(json.loads(to_sarif(run)))] == []


def test_every_rule_is_described() -> None:
    told = log(clean())["tool"]["driver"]
    assert (told["name"], told["version"]) == ("evidence-kb", "0.1.0")
    assert [(one["id"], one["name"]) for one in told["rules"]] == [(rule.id, rule.name) for rule in RULES]
    first = told["rules"][0]
    assert first["shortDescription"]["text"] == RULES[0].summary
    assert first["fullDescription"]["text"].startswith("Why: ")
    assert "\n\nWhat to do: " in first["help"]["text"]
    assert "\n\n**What to do:** " in first["help"]["markdown"]
    assert first["properties"]["tags"] == ["statements"]
    levels = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in told["rules"]}
    assert {rule.id: levels[rule.id] for rule in RULES} == {
        rule.id: {"error": "error", "warning": "warning", "info": "note"}[rule.severity] for rule in RULES
    }


def test_a_result_names_rule_level_place_and_fingerprint() -> None:
    one = log(sample())
    result = one["results"][1]
    assert one["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "ST002"
    assert (result["level"], result["message"]["text"]) == (
        "error",
        "“40%” shows no source; cite the source of the number",
    )
    assert one["columnKind"] == "unicodeCodePoints"
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "articles/brindleweed%20tea.md", "uriBaseId": "SRCROOT"},
                "region": {"startLine": 3, "startColumn": 56, "endLine": 3, "endColumn": 59},
            }
        }
    ]
    assert "SRCROOT" in one["originalUriBaseIds"]
    assert result["partialFingerprints"] == {"evidence-kb/v1": "00000000000000a2"}


def test_a_line_that_says_little_is_joined_by_the_element() -> None:
    (place,) = log(sample())["results"][2]["locations"]
    assert place["logicalLocations"] == [{"fullyQualifiedName": "paragraph 12"}]


def test_what_is_waived_or_known_is_suppressed() -> None:
    results = log(sample())["results"]
    assert [(one["ruleId"], one.get("suppressions"), one["baselineState"]) for one in results] == [
        ("ST003", None, "new"),
        ("ST002", None, "new"),
        ("RE007", None, "new"),
        ("EV008", [{"kind": "inSource", "justification": "the trial is out of print"}], "new"),
        ("ST001", [{"kind": "external", "justification": "known from the baseline"}], "unchanged"),
    ]


def test_what_could_not_be_checked_is_a_notification() -> None:
    (invocation,) = log(sample())["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [(one["level"], one["message"]["text"]) for one in invocation["toolExecutionNotifications"]] == [
        ("error", "gone.md: disappeared during the run; check again"),
        ("note", "leaflet.docx: a table could not be read"),
    ]
    assert log(clean())["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_a_rule_that_is_no_more_is_described_by_its_name() -> None:
    gone = msgspec.structs.replace(NUMBER, finding=msgspec.structs.replace(NUMBER.finding, rule="XX009"), name="gone")
    article = msgspec.structs.replace(clean().articles[0], outcomes=(gone,))
    one = log(msgspec.structs.replace(clean(), articles=(article,)))
    assert one["tool"]["driver"]["rules"][one["results"][0]["ruleIndex"]] == {"id": "XX009", "name": "gone"}


@pytest.mark.parametrize("article", ["../notes.md", "a/../../notes.md", "/srv/notes.md", "c:\\notes.md", "//host/a.md"])
def test_a_file_outside_of_the_project_has_a_name_and_no_address(article: str) -> None:
    (place,) = log(hostile(article))["results"][0]["locations"]
    assert "physicalLocation" not in place
    assert place["logicalLocations"][0]["fullyQualifiedName"].startswith(f"{article}, line 3")


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_from_an_article_is_active(payload: str, validator: jsonschema.Draft7Validator) -> None:
    out = to_sarif(hostile(payload))
    assert not HIDDEN & set(out)
    assert commands(out) == []
    one = log(hostile(payload))
    one["tool"]["driver"]["rules"] = one["tool"]["driver"]["rules"][:1]
    for result in one["results"]:
        result["ruleIndex"] = 0
    assert validator.is_valid({"version": "2.1.0", "runs": [one]})
    for text in texts([one["results"], one["invocations"]]):
        assert not HIDDEN & set(text)
        assert not LINK.search(text)
    for text in texts([[result["message"] for result in one["results"]], one["invocations"]]):
        assert not PLACE.search(text.replace("{{", "").replace("}}", ""))
    for result in one["results"]:
        (place,) = result["locations"]
        if "physicalLocation" in place:
            address = place["physicalLocation"]["artifactLocation"]["uri"]
            split = urlsplit(address)
            assert (split.scheme, split.netloc, split.query, split.fragment) == ("", "", "", "")
            assert ".." not in unquote(split.path).split("/")
            assert unquote(address) in (payload.replace("\ud800", "?"), f"docs/{payload}.md".replace("\ud800", "?"))
