"""The command on text that hides, reorders, floods or shouts: every format, in time, and readable."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.cli import main
from tests.costs import assert_within

BAD = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200d\u200f\u00ad\u2060\ufeff\ufe0f\U000e0041\x1b\x9b"
)
"""Signs that turn the direction of writing or are not seen."""
NAME = "knees\u202edm.\u2066\u200b.md"
BIB = "works\u202ebib\u200b.bib"
ARTICLE = """# Heat \u202efor stiff\u202c knees\ufeff

Heat \u2067reduces\u2069 pa\u00adin in 40% of \U000e0041\U000e0041adults [@roe\u202e2010; @roe2010; @no\u200fne].
Stu\u200bdies show
\x1b[31m\x9b31m that co\u2060ld helps \u2764\ufe0f.

## Refe\u200brences

Roe, J. (2010). Heat \u202efor knees. Knee\u200d Journal, 3, 1-9. https://doi.org/10.5555/heat
"""
WORKS = """@article{roe2010, title = {Heat \u202efor knees\u200b}, author = {Roe\u202e, J.}, year = 2010,
 doi = {10.5555/heat}}
@article{roe\u202e2010, title = {Cold \u2066for knees}, author = {Doe, J.}, journal = {Knee\U000e0041}}
"""
REFERENCES = "\n\n## References\n\n1. Roe, J. (2010). Heat for knees. Knee Journal, 3, 1-9.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("KB_DATABASE", "KB_MAILTO", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / NAME).write_text(ARTICLE, encoding="utf-8")
    (tmp_path / BIB).write_text(WORKS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    """Stdout and stderr of ``kb`` with these arguments."""
    with pytest.raises(SystemExit):
        main(list(arguments))
    captured = capsys.readouterr()
    return captured.out, captured.err


COMMANDS = {
    "text": ["audit", "--offline", "--bibliography", BIB, NAME],
    "HTML": ["audit", "--offline", "--bibliography", BIB, "--format", "html", NAME],
    "JSON": ["audit", "--offline", "--bibliography", BIB, "--format", "json", NAME],
    "check": ["check", "--bibliography", BIB, NAME],
    "resolve": ["resolve", "--offline", BIB],
    "resolve as JSON": ["resolve", "--offline", "--format", "json", BIB],
    "lock": ["lock", NAME],
    "no such article": ["audit", "--offline", f"{NAME}.gone"],
    "no such bibliography": ["audit", "--offline", "--bibliography", f"{BIB}.gone", NAME],
    "no such format": ["audit", "--offline", BIB.removesuffix(".bib") + ".exe"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_hidden_reaches_a_screen(command: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, err = run(capsys, *COMMANDS[command])
    assert out or err
    assert not {f"U+{ord(ch):04X}" for ch in BAD & set(out + err)}


def test_the_report_tells_that_there_was_something(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, err = run(capsys, *COMMANDS["text"])
    assert "Heat �for stiff� knees" in out
    assert "Heat �reduces� pain in 40% of �adults" in out
    assert "kb: reading knees�dm.�.md …" in err


def test_the_json_report_holds_the_text_as_it_was(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = run(capsys, *COMMANDS["JSON"])
    (article,) = json.loads(out)["articles"]
    assert article["path"] == NAME
    assert article["title"].startswith("Heat \u202efor stiff\u202c knees")
    assert any("Heat \u2067reduces\u2069 pa\u00adin" in statement["text"] for statement in article["statements"])


def _sentence(piece: str, length: int) -> str:
    return piece * (length // len(piece))


LONG = {
    "words": "Heat " + _sentence("reduces the pain of stiff knees in adults and ", 20_000) + "helps [1].",
    "one word": "a" * 20_000 + " reduces pain by 40% [1].",
    "numbers": _sentence("In 40% of 12 adults (OR 1.4, 95% CI 1.1-1.8) pain fell, ", 20_000) + "as seen [1].",
    "clauses": _sentence("Heat reduces pain by 40% [1], but cold makes it worse, and ", 20_000) + "it is so.",
    "brackets": _sentence("pain (as [is \u201cthe ", 20_000) + "case [1].",
    "marks on a letter": "He" + "\u0301\u0316" * 10_000 + "at reduces pain in 40% of adults [1].",
    "hidden signs": "Heat" + "\u200b\u202e" * 10_000 + " reduces pain in 40% of adults [1].",
    "tags": "Heat" + "\U000e0041" * 20_000 + " reduces pain in 40% of adults [1].",
    "capitals": _sentence("HEAT REDUCES PAIN IN MOST PATIENTS AND ", 20_000) + "HELPS [1].",
    "stops": "Heat reduces pain" + "." * 20_000 + " It helps [1].",
    "semicolons": "Heat reduces pain [1]" + "; heat is safe" * 1_400 + ".",
}


@pytest.mark.parametrize("form", ["text", "html", "json"])
@pytest.mark.parametrize("what", LONG)
def test_a_statement_of_twenty_thousand_characters(
    what: str, form: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "long.md").write_text(f"# Heat for knees\n\n{LONG[what]}{REFERENCES}", encoding="utf-8")
    said: list[str] = []
    assert_within(10, lambda: said.append(run(capsys, "audit", "--offline", "--format", form, "long.md")[0]))
    out = said[0]
    assert "Heat for knees" in out
    if form == "text":
        assert len(out) < 15_000
        assert max(map(len, out.splitlines())) <= 100


def _statements(capsys: pytest.CaptureFixture[str], name: str) -> list[dict[str, Any]]:
    out, _ = run(capsys, "audit", "--offline", "--format", "json", name)
    statements: list[dict[str, Any]] = json.loads(out)["articles"][0]["statements"]
    return statements


def test_capitals_are_read_like_other_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "loud.txt").write_text(
        "HEAT FOR STIFF KNEES\n\nHEAT REDUCES PAIN IN 40% OF ADULTS [1]. STUDIES SHOW THAT COLD HELPS TOO.\n\n"
        "REFERENCES\n\n1. Roe J. Heat for knees. Knee Journal. 2010;3:1-9.\n"
    )
    first, second = _statements(capsys, "loud.txt")
    assert first["references"]
    assert second["needs_source"]
    assert "vague attribution" in second["signals"]


def test_a_table_pasted_with_tabs_is_no_statement(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "\n".join(f"Heat {n}\t{n * 3}\t{n}.{n % 7} (1.{n % 9})\tp < 0.0{n % 9 + 1}" for n in range(40))
    (folder / "table.txt").write_text(
        f"Heat for stiff knees\n\nHeat reduces pain in 40% of adults [1].\n\nGroup\tn\tMean (SD)\tp\n{rows}\n\n"
        "Cold does less than heat.\n\nReferences\n\n1. Roe J. Heat for knees. Knee Journal. 2010;3:1-9.\n"
    )
    assert [one["text"] for one in _statements(capsys, "table.txt")] == [
        "Heat reduces pain in 40% of adults [1].",
        "Cold does less than heat.",
    ]
