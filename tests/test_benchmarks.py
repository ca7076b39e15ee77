"""Benchmarks: each prints its figures on data of the layout it describes; what they print is never judged here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import linking, linter, matching, references, statements

ARTICLE = "Heat for stiff knees\n\nHeat eased pain in 40% of adults, as was found in a trial [1].\n\nReferences\n\n"
LIST = "1. Roe J. Heat for knees. Knee J 2010;3:1-9.\n2. Poe E. Cold for knees. Knee J 2011;4:1-9.\n"
STRINGS = "<dataset><sequence><author>Roe, J.</author><date>(2010).</date><title>Heat.</title></sequence></dataset>"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The smallest folder of the layout that the shared data has."""
    (tmp_path / "data" / "linking").mkdir(parents=True)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "sciatica-knee-pain.txt").write_text(ARTICLE + LIST, "utf-8")
    (tmp_path / "articles" / "sciatica-knee-pain.labels.csv").write_text(
        "starts_with,class,needs,note\nHeat eased pain,claim,must,\nHeat for stiff,outside,no,\n", "utf-8"
    )
    article = tmp_path / "data" / "linking" / "a.txt"
    article.write_text(ARTICLE + LIST, "utf-8")
    at = ARTICLE.index("[1]") + 1
    gold = {
        "style": "numeric",
        "sup": False,
        "refs": [{"id": "B1", "n": 1}, {"id": "B2", "n": 2}],
        "citations": [{"start": at, "end": at + 1, "rids": ["B1"], "implied": ["B2"]}],
    }
    article.with_suffix(".gold.json").write_text(json.dumps(gold), "utf-8")
    for part in references.PARTS:
        (tmp_path / f"{part}.xml").write_text(STRINGS, "utf-8")
    return tmp_path


def test_linking(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    linking.main(["--data", str(data / "data" / "linking"), "--json"])
    figures = json.loads(capsys.readouterr().out)
    assert (figures["txt numeric precision"], figures["txt numeric recall"]) == (1.0, 0.5)


def test_statements(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statements.main(["--data", str(data), "--json"])
    figures = json.loads(capsys.readouterr().out)
    assert figures["article: must be flagged"] == 1
    assert figures["article: of these flagged"] == 0
    assert figures["well-cited articles: sentences"] == 1
    assert figures["asking per 100, citations ignored"] == 100


def test_references(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    references.main(["--data", str(data)])
    lines = capsys.readouterr().out.splitlines()
    (micro,) = [line.split() for line in lines if line.startswith("core micro F1")]
    assert micro[3:] == ["1.000", "0.90"]


def test_matching(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "match.csv"
    lines = [
        "label,title,year,author,doi",
        "retracted,Warm packs for the stiff knees of adults,2010,Jane Roe;Ed Poe,10.5555/a",
        "retracted_fuzzy,warm packs for the stiff knees of,2010,Jane Roe;Ed Poe,10.5555/a",
        "clean,Cold baths for the swollen ankles of runners,2010,Jane Roe,10.5555/b",
    ]
    file.write_text("\n".join(lines), "utf-8")
    matching.main(["--data", str(file), "--json"])
    figures = json.loads(capsys.readouterr().out)
    assert (figures["precision"], figures["recall"], figures["clean works taken"]) == (1.0, 1.0, 0)


def test_linter(data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    content = data / "data" / "manuscripts" / "deep-review" / "content"
    content.mkdir(parents=True)
    (content / "01.md").write_text(ARTICLE, "utf-8")
    (data / "data" / "linking" / "b.txt").write_text("Heat eases the pain of stiff knees.\n" * 20 + LIST, "utf-8")
    for name, value in (("MANY", 5), ("FEW", 4), ("SLICE", 90)):
        monkeypatch.setattr(linter, name, value)
    linter.main(["--data", str(data / "data"), "--passes", "1", "--no-peers", "--json"])
    figures = json.loads(capsys.readouterr().out)
    assert len(figures) == 8
    assert all(figure > 0 for figure in figures.values())


def test_no_data_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        linking.main(["--data", str(tmp_path / "none")])
    assert caught.value.code == 2
    assert "set KB_DATA or give --data" in capsys.readouterr().err
