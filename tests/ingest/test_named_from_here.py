"""An article is named by its file from the folder that one stands in, in every command that asks about one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.cli import main

_ARTICLE = """# Tea

Ginger tea eases nausea (Roe, 2010). Cold tea stains cups.

## References

Roe, J. (2010). Ginger tea for nausea. Cup Journal, 3, 1-9.
"""


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder below that of the project, with an article that was audited."""
    monkeypatch.delenv("KB_DATABASE", raising=False)
    folder = tmp_path / "notes"
    folder.mkdir()
    (tmp_path / "kb.toml").touch()
    (folder / "tea.md").write_text(_ARTICLE, "utf-8")
    monkeypatch.chdir(folder)
    assert run("audit", "--offline", "tea.md")[0] == 0
    return folder


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("article", ["tea.md", "./tea.md", "../notes/tea.md", "notes/tea.md"])
@pytest.mark.parametrize(
    ("before", "place"),
    [
        (("trace", "--offline"), ":3.1"),
        (("independence",), ":3.1"),
        (("suggest",), ""),
        (("export", "--format", "ris"), ""),
    ],
    ids=lambda given: given[0] if isinstance(given, tuple) else "",
)
def test_a_file_or_the_id_names_the_article(notes: Path, before: tuple[str, ...], place: str, article: str) -> None:
    code, out, err = run(*before, f"{article}{place}")
    assert (code, err) == (0, "")
    assert out


@pytest.mark.parametrize("command", [("trace", "--offline"), ("independence",)], ids=lambda given: given[0])
def test_the_id_that_an_answer_prints_names_the_statement(notes: Path, command: tuple[str, ...]) -> None:
    _, out, _ = run(*command, "tea.md:3.1")
    found = re.match(r"notes/tea\.md, line 3 \((s[0-9a-f]{10})\): “Ginger tea", out)
    assert found, out
    assert run(*command, f"tea.md:{found[1]}") == (0, out, "")


def test_words_that_are_too_long_for_the_name_of_a_file_are_words(notes: Path) -> None:
    words = "Ginger tea eases nausea, " + "and so on, " * 30
    assert run("suggest", words)[0] == 0
    code, _, err = run("trace", "--offline", words)
    assert code == 2
    assert "ginger" in err.lower()
