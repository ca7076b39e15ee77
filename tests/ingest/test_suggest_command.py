"""``kb suggest``: what all audited articles together have for a statement without a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.cli import main

CITING = """# Heat

Heat wraps relieve morning stiffness of the knee (Roe, 2010). Coffee raises blood pressure in adults.

## References

Roe, J. (2010). Heat wraps for knees. Knee Journal, 3, 1-9.
Poe, A. (2012). Cold packs for swollen ankles after sport. Ankle Journal, 4, 1-9.
"""
BARE = """# Knees

Heat wraps relieve morning stiffness of the knee. Coffee lowers blood pressure in adults.

Cold packs can relieve swollen ankles after sport.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.delenv("KB_DATABASE", raising=False)
    for name, text in (("citing.md", CITING), ("bare.md", BARE)):
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    run(capsys, "audit", "--offline", "citing.md", "bare.md")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main(list(arguments))
    captured = capsys.readouterr()
    return int(caught.value.code or 0), captured.out, captured.err


@pytest.mark.parametrize("about", ["bare.md", "./bare.md"])
def test_an_article_is_told_what_the_others_have(folder: Path, capsys: pytest.CaptureFixture[str], about: str) -> None:
    code, out, _ = run(capsys, "suggest", about)
    assert code == 0
    assert "  → the same is said in citing.md, line 3, with a source: Roe 2010: Heat wraps for knees\n" in out
    assert "  → may fit: Poe 2012: Cold packs for swollen ankles after sport (its title speaks of " in out
    assert "  → contradicts citing.md, line 3 (“Coffee raises blood pressure in adults.”): one says “lowers” and" in out
    assert out.startswith("bare.md: line 3: “Heat wraps relieve")


def test_a_statement_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "suggest", "Morning stiffness of the knee is relieved by heat wraps")
    assert out.splitlines()[:2] == [
        "“Morning stiffness of the knee is relieved by heat wraps”",
        "  → the same is said in citing.md, line 3, with a source: Roe 2010: Heat wraps for knees",
    ]


def test_where_nothing_fits_nothing_is_offered(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "suggest", "Most stars are older than the sun")[:2] == (
        0,
        "Nothing in the knowledge base fits.\n",
    )


def test_what_is_not_there_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "suggest", "other.md")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "holds no such article" in err


def test_without_a_knowledge_base_it_says_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("KB_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "suggest", "knees.md")
    assert code == 2
    assert "does not exist yet; audit an article first" in err
    assert not (tmp_path / ".kb").exists()
