"""``kb contested``: where sources and articles disagree, over all that was audited."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.cli import main

ARTICLES = {
    "rest.md": "# Rest\n\nBed rest eases acute back pain in adults.\n",
    "walk.md": "# Walking\n\nBed rest does not ease acute back pain in adults.\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.delenv("KB_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text)
    run(capsys, "audit", "--offline", *ARTICLES)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main(list(arguments))
    captured = capsys.readouterr()
    return int(caught.value.code or 0), captured.out, captured.err


def test_two_articles_that_contradict_each_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "contested")
    assert (code, err) == (0, "")
    words = " ".join(out.split())  # lines are broken where the terminal ends
    rests, denies = (json.loads(run(capsys, "search", one, "--format", "json")[1]) for one in ("eases", "does not"))
    assert (
        f"rest.md, line 3 ({rests['statements'][0]['statement']}): “Bed rest eases acute back pain in adults.” "
        f"(unsupported) against walk.md, line 3 ({denies['statements'][0]['statement']}): “Bed rest does not ease "
        "acute back pain in adults.” (unsupported) → one denies what the other says, in otherwise the same words"
    ) in words


def test_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "contested", "--format", "json", "--most", "1")
    answer = json.loads(out)
    assert answer["contradictions_count"] == 1
    sides = answer["contradictions"][0]["sides"]
    assert [side["statements"][0]["article"] for side in sides] == ["rest.md", "walk.md"]


@pytest.mark.parametrize("arguments", [("--most", "0"), ("--most", "many"), ("rest.md",)])
def test_wrong_use_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    code, out, err = run(capsys, "contested", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_without_a_knowledge_base_it_says_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("KB_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "contested")
    assert code == 2
    assert "audit an article first" in err
