"""The findings as test results, read with a parser of XML."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from kb.linting.outcome import Run
from kb.report.check.junit import to_junit
from tests.linted import clean, hostile, sample
from tests.payloads import HIDDEN, PAYLOADS, commands

ALLOWED = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"classname", "name"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"message"},
    "system-out": set(),
}
"""Elements and attributes that every reader knows (Jenkins' xunit schema)."""


def read(run: Run) -> ElementTree.Element:
    """The root of the document."""
    return ElementTree.fromstring(to_junit(run).encode())


def test_a_suite_an_article_and_a_test_a_finding() -> None:
    root = read(sample())
    assert root.attrib == {"name": "kb check", "tests": "7", "failures": "3", "errors": "1"}
    assert [(one.get("name"), one.get("tests"), one.get("failures"), one.get("skipped")) for one in root] == [
        ("articles/brindleweed tea.md", "2", "2", "0"),
        ("leaflet.docx", "3", "1", "2"),
        ("plain.txt", "1", "0", "0"),
        ("could not be checked", "1", "0", "0"),
    ]


def test_an_open_finding_fails_and_others_are_skipped() -> None:
    told = [(case.get("name"), *((one.tag, one.get("message")) for one in case)) for case in read(sample())[1]][:3]
    assert told == [
        (
            "RE007 doi-form",
            (
                "failure",
                "the DOI of entry 2 is written as an address of a library's proxy; "
                "write it as https://doi.org/10.5555/brindle.2019",
            ),
        ),
        ("EV008 secondary-source-only", ("skipped", "waived: the trial is out of print")),
        ("ST001 unsupported-statement", ("skipped", "known from the baseline")),
    ]
    failure = read(sample()).find(".//failure")
    assert failure is not None
    assert (failure.get("type"), (failure.text or "").split(": ")[0]) == ("warning", "articles/brindleweed tea.md:3:1")


def test_notes_and_failures_are_told() -> None:
    root = read(sample())
    assert [one.text for one in root.iter("system-out")] == ["a table could not be read"]
    assert [one.get("message") for one in root.iter("error")] == ["gone.md: disappeared during the run; check again"]


def test_an_article_without_findings_has_a_test_that_passed() -> None:
    ((case,),) = read(clean())
    assert (case.get("classname"), case.get("name"), list(case)) == ("plain.txt", "kb check", [])


def test_names_are_unique_in_a_suite_and_do_not_depend_on_the_line() -> None:
    names = [case.get("name") for case in read(hostile("tea helps"))[0].iter("testcase")]
    assert names == [
        "ST001 unsupported-statement: tea helps",
        "RE001 reference-never-cited",
        "ST001 unsupported-statement: tea helps (2)",
        "ST001 unsupported-statement: tea helps (3)",
    ]


@pytest.mark.parametrize("run", [sample(), clean(), hostile("a"), hostile("b" * 500)])
def test_counts_are_those_of_the_elements(run: Run) -> None:
    root = read(run)
    for element in (root, *root):
        for count, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            if count in element.attrib:
                assert element.get(count) == str(len(list(element.iter(tag))))


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_from_an_article_is_active(payload: str) -> None:
    out = to_junit(hostile(payload))
    assert not HIDDEN & set(out)
    assert commands(out) == []
    assert "<!" not in out
    root = read(hostile(payload))
    assert [one.tag for one in root.iter()] == [one.tag for one in read(hostile("plain")).iter()]
    for element in root.iter():
        assert set(element.attrib) == ALLOWED[element.tag]
