"""The findings as JSON: the document fits its schema, tells everything, and is inert as text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kb.report.check.json import schema, to_json
from tests.linted import clean, hostile, sample
from tests.payloads import HIDDEN, PAYLOADS, commands

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_document_tells_the_whole_run() -> None:
    told = json.loads(to_json(sample()))
    head = {name: told[name] for name in ("schema_version", "program", "version", "as_of", "since")}
    assert head == {"schema_version": 1, "program": "kb", "version": "0.1.0", "as_of": "2026-11-23", "since": "main"}
    assert [(one["path"], len(one["findings"]), one["notes"]) for one in told["articles"]] == [
        ("articles/brindleweed tea.md", 2, []),
        ("leaflet.docx", 3, ["a table could not be read"]),
        ("plain.txt", 0, []),
    ]
    assert told["failed"] == ["gone.md: disappeared during the run; check again"]
    assert told["changes"][0] == {
        "article": "articles/brindleweed tea.md",
        "line": 12,
        "way": "down",
        "words": "statement: moderate → low",
    }
    assert told["summary"] == {
        "articles": 3,
        "open": 3,
        "error": 1,
        "warning": 1,
        "info": 1,
        "waived": 1,
        "known": 1,
        "failed": 1,
    }


def test_a_finding_has_every_field_also_where_it_is_empty() -> None:
    found = json.loads(to_json(sample()))["articles"]
    assert found[0]["findings"][1] == {
        "rule": "ST002",
        "name": "number-without-source",
        "severity": "error",
        "message": "“40%” shows no source",
        "remedy": "cite the source of the number",
        "line": 3,
        "column": 56,
        "end_line": 3,
        "end_column": 59,
        "place": "",
        "statement": "s1",
        "reference": None,
        "fingerprint": "00000000000000a2",
        "state": "open",
        "why": "",
    }
    assert [(one["state"], one["why"]) for one in found[1]["findings"]] == [
        ("open", ""),
        ("waived", "the trial is out of print"),
        ("known", ""),
    ]


def test_a_whole_run_names_no_revision() -> None:
    assert json.loads(to_json(clean()))["since"] is None


def test_the_schema_in_the_docs_is_the_one_of_the_records() -> None:
    assert json.loads((DOCS / "check.schema.json").read_text("utf-8")) == schema()


@pytest.mark.parametrize("run", [sample(), clean()])
def test_the_document_fits_its_schema(run: Any) -> None:
    jsonschema.validate(json.loads(to_json(run)), schema())


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_from_an_article_is_active(payload: str) -> None:
    out = to_json(hostile(payload))
    assert not HIDDEN & set(out)
    assert commands(out) == []
    told = json.loads(out)
    jsonschema.validate(told, schema())
    assert [list(one) for one in told["articles"][0]["findings"]] == [list(told["articles"][1]["findings"][0])] * 4
    assert {one["rule"] for article in told["articles"] for one in article["findings"]} == {"ST001", "RE001"}
    shown = [one[field] for one in told["articles"][0]["findings"] for field in ("message", "remedy", "place", "why")]
    assert not HIDDEN & set("".join([*shown, *told["failed"], *told["articles"][0]["notes"]]))


@pytest.mark.parametrize("name", [name for name in PAYLOADS.values() if name.isascii()])
def test_the_name_of_a_file_is_told_as_it_is(name: str) -> None:
    assert json.loads(to_json(hostile(name)))["articles"][0]["path"] == name
