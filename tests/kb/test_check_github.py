"""The findings as workflow commands, read as the runner of GitHub Actions reads them."""

from __future__ import annotations

import msgspec
import pytest

from kb.linting.outcome import Run
from kb.report.check.github import to_github
from tests.linted import NUMBER, clean, hostile, sample
from tests.payloads import HIDDEN, PAYLOADS, commands

Command = tuple[str, dict[str, str], str]


def read(out: str) -> list[Command]:
    """The commands of a log: name, properties and message, unescaped; every line must be one."""
    found = []
    for line in out.splitlines():
        assert line.startswith("::")
        head, message = line[2:].split("::", 1)
        name, _, properties = head.partition(" ")
        pairs = [one.partition("=") for one in properties.split(",")]
        found.append((name, {key: _unescaped(value, ":,") for key, _, value in pairs}, _unescaped(message, "")))
    return found


def _unescaped(text: str, more: str) -> str:
    for sign in f"\r\n{more}%":
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def test_findings_become_annotations_on_their_lines() -> None:
    assert read(to_github(sample()))[:3] == [
        (
            "warning",
            {
                "file": "articles/brindleweed tea.md",
                "line": "3",
                "endLine": "3",
                "col": "1",
                "endColumn": "13",
                "title": "ST003 vague-attribution",
            },
            "studies or experts without a name: “Studies show”; name the study or the guideline that says so",
        ),
        (
            "error",
            {
                "file": "articles/brindleweed tea.md",
                "line": "3",
                "endLine": "3",
                "col": "56",
                "endColumn": "59",
                "title": "ST002 number-without-source",
            },
            "“40%” shows no source; cite the source of the number",
        ),
        (
            "notice",
            {
                "file": "leaflet.docx",
                "line": "1",
                "endLine": "1",
                "col": "1",
                "endColumn": "1",
                "title": "RE007 doi-form",
            },
            "paragraph 12: the DOI of entry 2 is written as an address of a library's proxy; "
            "write it as https://doi.org/10.5555/brindle.2019",
        ),
    ]


def test_the_run_ends_with_what_failed_and_the_counts() -> None:
    failed, counts = read(to_github(sample()))[3:]
    assert failed == (
        "error",
        {"title": "Could not be checked"},
        "gone.md: disappeared during the run; check again",
    )
    assert counts[:2] == ("notice", {"title": "kb check"})
    assert counts[2].startswith("3 findings in 2 of 3 articles since main: 1 error")
    assert to_github(clean()) == "::notice title=kb check::No findings in 1 article\n"


def test_percent_signs_colons_and_commas_are_escaped_as_the_toolkit_does() -> None:
    out = to_github(hostile("a,b:c%0A"))
    assert "file=a%2Cb%3Ac%250A," in out
    assert out.splitlines()[0].endswith("shows no source: “a,b:c%250A”; cite a,b:c%250A")


def test_a_passage_of_several_lines_has_no_columns() -> None:
    outcome = msgspec.structs.replace(NUMBER, end_line=5)
    run = msgspec.structs.replace(
        clean(), articles=(msgspec.structs.replace(clean().articles[0], outcomes=(outcome,)),)
    )
    properties = read(to_github(run))[0][1]
    assert {"col", "endColumn"}.isdisjoint(properties)
    assert (properties["line"], properties["endLine"]) == ("3", "5")


@pytest.mark.parametrize("article", ["../notes.md", "/srv/notes.md", "a/../../b.md"])
def test_a_file_outside_of_the_repository_is_told_in_words(article: str) -> None:
    properties, message = read(to_github(hostile(article)))[0][1:]
    assert "file" not in properties
    assert message.startswith(f"{article}: ")


def _shape(run: Run) -> list[tuple[str, list[str]]]:
    return [(name, [key for key in properties if key == "title"]) for name, properties, _ in read(to_github(run))]


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_from_an_article_is_active(payload: str) -> None:
    out = to_github(hostile(payload))
    assert not HIDDEN & set(out)
    ours = commands(out)
    assert ours == out.splitlines()
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in ours)
    assert _shape(hostile(payload)) == _shape(hostile("plain"))
    for _, properties, message in read(out):
        assert not (HIDDEN | {"\n"}) & set(message)
        assert "##[" not in message
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert properties.get("line", "1") in ("1", "3")
        assert properties["title"] in (
            "ST001 unsupported-statement",
            "RE001 reference-never-cited",
            "Could not be checked",
            "kb check",
        )
