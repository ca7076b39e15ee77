"""``kb check`` as a whole on hostile input: whatever it tries, and wherever it stands, nothing becomes active."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from kb.report.check import FORMATS
from kb.report.check.wording import harmless
from tests.payloads import HIDDEN, PAYLOADS, commands

PROJECT = Path(__file__).resolve().parents[2]
GROUPS = 4
"""Runs over which the payloads are spread: a summary shows the first findings only."""
ARTICLES = {
    ".md": """# Heat {0}

Heat {0} eases knee pain in 40% of adults. Experts say that {0} heals cold feet [@{0}].

Cold eases knee pain in 70% of adults. <!-- kb: allow ST002 reason="{0}" -->

<!-- kb: allow {0} reason="x" -->

## References

1. Roe A. {0}. Invented Remedies. 2019. doi:10.5555/{0}
""",
    ".txt": """Heat {0}

Heat {0} eases knee pain in 40% of adults. Experts say that {0} heals cold feet [7].

References

1. Roe A. {0}. Invented Remedies. 2019. doi:10.5555/{0}
""",
    ".html": """<html><head><title>Heat {0}</title></head><body><article><h1>Heat {0}</h1>
<p id="{0}">Heat {0} eases knee pain in 40% of adults.</p>
<p>Experts say that {0} heals cold feet <a href="#{0}">[7]</a>.</p>
<h2>References</h2><ol><li id="r1">Roe A. {0}. Invented Remedies. 2019. doi:10.5555/{0}</li></ol>
</article></body></html>
""",
}
LINKED = re.compile(r"@[A-Za-z0-9]|[#!]\d|\bGH-\d|://|\bwww\.|[\w.+-]@[\w-]+\.\w", re.IGNORECASE)
"""What services make links of in plain text."""
EMBEDDED = re.compile(r"(?<!\\)\[(?:[^\]\\]|\\.)*\]\([^)]*\)")
"""A link in a text of SARIF."""
SUMMARY = {
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "softbreak"),
    *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
    *("strong_open", "strong_close", "em_open", "em_close"),
    *(f"{part}_{end}" for part in ("table", "thead", "tbody", "tr", "th", "td") for end in ("open", "close")),
}
RESULTS = {"testsuites", "testsuite", "testcase", "failure", "skipped", "system-out", "error"}


def groups(names: Iterable[str]) -> list[list[str]]:
    known = list(names)
    return [known[start::GROUPS] for start in range(GROUPS)]


def kb(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    command = [sys.executable, "-m", "ingest.cli", "check", *arguments]
    env = os.environ | {"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)


def reports(folder: Path, *arguments: str) -> dict[str, str]:
    """What a run of a project says in each format, and on stderr; workflow commands to stdout, as in CI."""
    out = folder.parent / "reports"
    out.mkdir()
    asked = [option for form in FORMATS for option in ("--report", f"{form}={out / form}")]
    done = kb(folder, "--no-cache", "--jobs=1", "--format=github", *asked, *arguments)
    assert done.returncode in (1, 2), done.stderr
    told = {form: (out / form).read_bytes().decode("utf-8") for form in FORMATS}
    assert told["github"] == done.stdout
    assert str(folder) not in "".join(told.values())
    return told | {"stderr": done.stderr}


def inert(told: dict[str, str]) -> None:
    """Nothing in any format is active."""
    for form, out in told.items():
        assert not HIDDEN & set(out), form
        assert form == "github" or commands(out) == [], form
    for form, read in READERS.items():
        read(told[form])


def _github(out: str) -> None:
    assert commands(out) == out.splitlines()
    for line in out.splitlines():
        head, message = line.removeprefix("::").split("::", 1)
        name, _, properties = head.partition(" ")
        assert name in ("error", "warning", "notice")
        assert {one.partition("=")[0] for one in properties.split(",")} <= {
            *("file", "line", "endLine", "col", "endColumn", "title")
        }
        assert "##[" not in message


def _markdown(out: str) -> None:
    lines = out.splitlines()
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(out):
        assert {token.type, *(one.type for one in token.children or ())} <= SUMMARY, token.content
        for one in token.children or ():
            assert not LINKED.search(one.content)
        if token.type == "heading_open" and token.map:
            assert re.match(r"#+ (kb check: |What the change |Findings$|Not checked$)", lines[token.map[0]])


def _junit(out: str) -> None:
    assert "<!" not in out
    assert {one.tag for one in ElementTree.fromstring(out.encode()).iter()} <= RESULTS


def _json(out: str) -> None:
    for article in json.loads(out)["articles"]:
        for one in article["findings"]:
            assert re.fullmatch(r"[A-Z]{2}\d{3}", one["rule"])
            assert not (HIDDEN | {"\n"}) & set(one["message"] + one["remedy"] + one["why"])


def _sarif(out: str) -> None:
    (run,) = json.loads(out)["runs"]
    for result in run["results"]:
        for place in result.get("locations", []):
            uri = place["physicalLocation"]["artifactLocation"]["uri"]
            assert not urlsplit(uri).scheme
            assert not urlsplit(uri).netloc
            assert ".." not in uri.split("/")
    for text in _strings([run["results"], run.get("invocations", [])]):
        assert not EMBEDDED.search(text)


def _gitlab(out: str) -> None:
    for issue in json.loads(out):
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert not issue["location"]["path"].startswith(("/", "\\"))


def _strings(value: Any) -> list[str]:
    """Every text of a log."""
    if isinstance(value, dict):
        here = [value["text"]] if isinstance(value.get("text"), str) else []
        return here + [text for one in value.values() for text in _strings(one)]
    return [text for one in value for text in _strings(one)] if isinstance(value, list) else []


READERS: dict[str, Callable[[str], None]] = {
    "github": _github,
    "markdown": _markdown,
    "junit": _junit,
    "json": _json,
    "sarif": _sarif,
    "gitlab": _gitlab,
}


def quoted(text: str) -> str:
    """A text as a string of TOML."""
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text) + '"'


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogatepass"))


def committed(folder: Path) -> None:
    """Make a repository of nothing but the configuration, since which every article is new."""
    who = ["-c", "user.name=Roe", "-c", "user.email=roe@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "--quiet"], ["add", "kb.toml"], ["commit", "--quiet", "--message", "before"]):
        subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.mark.parametrize("group", groups(PAYLOADS), ids=lambda group: group[0])
@pytest.mark.parametrize("suffix", ARTICLES)
def test_nothing_in_an_article_is_active(suffix: str, group: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "project"
    write(folder / "kb.toml", "")
    committed(folder)
    for number, name in enumerate(group):
        write(folder / f"{number}{suffix}", ARTICLES[suffix].replace("{0}", PAYLOADS[name]))
    told = reports(folder, "--diff=HEAD")
    inert(told)
    found = json.loads(told["json"])
    assert len([one for one in found["articles"] if one["findings"]]) + len(found["failed"]) == len(group)
    assert "What the change did" in told["markdown"]
    assert "owned" in told["text"]


@pytest.mark.parametrize("group", groups(PAYLOADS), ids=lambda group: group[0])
def test_nothing_in_a_bibliography_is_active(group: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "project"
    payloads = [PAYLOADS[name].encode("utf-8", "replace").decode() for name in group]
    works = [
        {"id": f"w{number} {one}", "type": "book", "title": f"Heat {number} {one}", "author": [{"family": one}]}
        | {"DOI": f"10.5555/{one}", "container-title": one, "issued": {"raw": one}}
        for number, one in enumerate(payloads)
    ]
    write(folder / "works.json", json.dumps(works))
    write(folder / "kb.toml", "")
    write(folder / "a.md", "Heat eases knee pain in 40% of adults.\n")
    told = reports(folder)
    inert(told)
    assert told["text"].count("RE001") == len(group)


@pytest.mark.parametrize("group", groups(PAYLOADS), ids=lambda group: group[0])
def test_nothing_in_the_waivers_of_the_configuration_is_active(group: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "project"
    waivers = []
    for number, name in enumerate(group):
        payload = quoted(PAYLOADS[name].encode("utf-8", "replace").decode())
        article = f'articles = ["a{number}.md"]'
        waivers += [
            f'[[waivers]]\nrules = ["ST002"]\n{article}\nreason = {payload}',
            f'[[waivers]]\nrules = ["ST002"]\n{article}\nreason = "x"\ncontaining = {payload}',
            f'[[waivers]]\nrules = [{payload}]\n{article}\nreason = "x"',
        ]
        write(folder / f"a{number}.md", "Heat eases knee pain in 40% of adults.\n")
    write(folder / "kb.toml", "\n".join(waivers))
    told = reports(folder)
    inert(told)
    found = [one for article in json.loads(told["json"])["articles"] for one in article["findings"]]
    assert [one["state"] for one in found if one["rule"] == "ST002"] == ["waived"] * len(group)
    assert {"WA003", "WA004"} <= {one["rule"] for one in found}


@pytest.mark.parametrize("group", groups(PAYLOADS), ids=lambda group: group[0])
def test_nothing_in_the_name_of_a_file_is_active(group: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "project"
    write(folder / "kb.toml", "")
    names = [PAYLOADS[name] for name in group]
    usable = [one for one in names if not set("\0\ud800") & set(one) and not one.startswith(("/", "."))]
    for number, name in enumerate(usable):
        write(folder / "names" / f"{name}.md", "Heat eases knee pain in 40% of adults.\n")
        write(folder / f"beside{number}" / "a.md", "Heat eases knee pain in 40% of adults.\n")
        write(folder / f"beside{number}" / f"{name}.json", '[{"id": "roe", "type": "book", "title": "Heat"}]')
    told = reports(folder)
    inert(told)
    found = json.loads(told["json"])
    assert len(found["articles"]) == 2 * len(usable)
    assert all(one["findings"] for one in found["articles"])


def test_nothing_in_what_is_not_there_is_active(tmp_path: Path) -> None:
    folder = tmp_path / "paths" / "project"
    names = [one for one in PAYLOADS.values() if not set("\0\ud800") & set(one) and "://" not in one]
    write(folder / "kb.toml", "")
    told = reports(folder, "--", *(f"{one}.md" for one in names))
    inert(told)
    assert told["stderr"].count("there is no such file") == len({harmless(one) for one in names})


def test_nothing_in_a_glob_is_active(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    globs = [
        one for one in PAYLOADS.values() if not set("\0\ud800") & set(one) and not one.startswith(("/", "..\\", "../"))
    ]
    write(folder / "kb.toml", f"articles = [{', '.join(map(quoted, globs))}]")
    told = reports(folder)
    inert(told)
    assert told["stderr"].count("means no article") == len({harmless(one) for one in globs})


@pytest.mark.parametrize("option", ["--select", "--report", "--diff", "--baseline", "--as-of", "--stdin-filename"])
def test_nothing_in_an_option_is_active(option: str, tmp_path: Path) -> None:
    write(tmp_path / "kb.toml", "")
    write(tmp_path / "a.md", "Tea is warm.\n")
    hostile = "a##[error]b\n::error::c\x1b[31m\u202ed"
    done = kb(tmp_path, f"{option}={hostile}")
    assert (done.returncode, done.stdout, commands(done.stderr)) == (2, "", [])
    assert done.stderr.startswith("kb: ")
    assert not HIDDEN & set(done.stderr)
