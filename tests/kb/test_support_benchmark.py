"""The benchmark of judges: how judgements become classes, its figures worked out by hand, and its command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import support
from kb.model import Source, Span
from kb.strength.support import Claim, Judgement
from scripts._judge_data import Label, read

PREDICTED: list[tuple[Judgement, Label]] = [
    (Judgement(direction="supports", extent="whole"), "SUPPORT"),
    (Judgement(direction="supports", extent="part"), "REFUTE"),
    (Judgement(direction="disputes"), "REFUTE"),
    (Judgement(direction="neutral"), "none"),
    (Judgement(direction="not checked"), "none"),
]


@pytest.mark.parametrize(("judgement", "label"), PREDICTED)
def test_classes_of_judgements(judgement: Judgement, label: Label) -> None:
    assert support.predicted(judgement) == label


def test_f1_is_the_mean_over_the_classes() -> None:
    figures = support.scores(["SUPPORT", "SUPPORT", "REFUTE", "none"], ["SUPPORT", "REFUTE", "REFUTE", "none"])
    assert figures["F1 of SUPPORT"] == pytest.approx(2 / 3)
    assert figures["F1 of REFUTE"] == pytest.approx(2 / 3)
    assert figures["macro-F1"] == pytest.approx(7 / 9)


def test_ranking_counts_ties_a_half() -> None:
    figures = support.ranking([True, False, True, False], [0.9, 0.5, 0.5, 0.1])
    assert figures["area under the curve"] == pytest.approx(0.875)
    assert figures["precision of the tenth that looks worst"] == 1.0
    assert figures["recall of the inaccurate at 90 % precision"] == 0.5


class Echo:
    """A judge that says of everything what its argument says."""

    def __init__(self, direction: str = "neutral") -> None:
        self._neutral = direction == "neutral"

    def judge(self, claim: Claim, source: Source) -> Judgement:
        """The same of all."""
        return Judgement(direction="neutral" if self._neutral else "not checked", reasons=("as told",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pairs in the layout of the data: one supported, one that its source does not address."""
    claims = [
        {
            "id": 0,
            "claim": "Mud eased knees [<|multi_cit|>] and ankles <|other_cit|>.",
            "evidence": {"7001": [{"sentences": [0], "label": "SUPPORT"}]},
            "cited_doc_ids": [7001],
        },
        {"id": 1, "claim": "Ash grounds aircraft (<|cit|>).", "evidence": {}, "cited_doc_ids": [8002]},
    ]
    corpus = [
        {"doc_id": number, "title": "", "abstract": ["Mud eased the knees of forty adults.", "They had tried ice."]}
        for number in (7001, 8002)
    ]
    for name, rows in (("claims_dev.jsonl", claims), ("claims_train.jsonl", claims[:1]), ("corpus.jsonl", corpus)):
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path


def test_pairs_carry_markers_label_and_document(folder: Path) -> None:
    first, second = read(folder / "claims_dev.jsonl")
    assert (first.label, first.document, second.label, second.document) == ("SUPPORT", 7, "none", 8)
    [own], [other] = first.claim.own, first.claim.others
    assert first.claim.text[own.start : own.end] == "<|multi_cit|>"
    assert first.claim.text[other.start : other.end] == "<|other_cit|>"
    assert (first.claim.bundle, second.claim.bundle) == (2, 1)
    assert second.claim.own == (Span(start=22, end=29),)
    assert first.source.abstract == "Mud eased the knees of forty adults. They had tried ice."


def test_the_development_claims_are_scored(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.main(["--data", str(folder), "--json"])
    figures = json.loads(capsys.readouterr().out)
    assert figures["pairs"] == 2
    assert figures["cross-validated on the training part: macro-F1"] > 0.48


def test_another_judge_is_scored_on_the_same_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.main(["--data", str(folder / "claims_dev.jsonl"), "--json", "--judge", f"{__name__}:Echo=abstain"])
    figures = json.loads(capsys.readouterr().out)
    assert figures["F1 of none"] == pytest.approx(2 / 3, abs=1e-4)
    assert not any(name.startswith("cross-validated") for name in figures)
