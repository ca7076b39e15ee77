"""Whether a source's sentence says the opposite direction of a claim: fires where sure, and hardly ever wrongly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.language.effect.opposed import opposed

OPPOSED = (
    ("Heat reduces neck pain in adults.", "In adults, heat did not reduce neck pain."),
    ("Heat did not reduce neck pain in adults.", "Heat significantly reduced neck pain in adults."),
    ("Daily walking increases bone density [3].", "Daily walking decreased bone density in this trial."),
    ("Massage improves sleep quality in nurses.", "Massage had no effect on sleep quality of the nurses."),
    ("Massage improves sleep quality in nurses.", "Sleep quality of nurses worsened after massage."),
    ("Ginger tea lowers nausea after surgery.", "Nausea after surgery was higher with ginger tea than with water."),
    ("Zinc has no effect on wound healing time.", "Wound healing time was significantly shorter with zinc (p = 0.01)."),
)
NOT_OPPOSED = (
    ("Heat reduces neck pain in adults.", "Heat reduced neck pain in adults."),
    ("Heat reduces neck pain in adults.", "Cold did not reduce swelling of the knee in mice."),
    ("Heat may reduce neck pain in adults.", "Heat did not reduce neck pain in adults."),
    ("Heat reduces neck pain in adults.", "We studied whether heat increases neck pain in adults."),
    ("Heat reduces neck pain in adults.", "Heat reduced neck pain in adults but did not reduce stiffness."),
    ("Heat lowers pain more than cold does.", "Pain was higher with cold than with heat."),
    ("Ginger tea lowers nausea after surgery.", "Nausea after surgery was higher with water than with ginger tea."),
    ("Zinc has no effect on wound healing time.", "Wound healing time was shorter with zinc (NS, no difference)."),
    ("Pain in the lower back keeps adults from work.", "Higher pain in the back keeps adults from work."),
    ("", ""),
    ("Heat reduces neck pain in adults.", ""),
)


@pytest.mark.parametrize(("claim", "sentence"), OPPOSED)
def test_opposite_directions_of_the_same_thing_are_told(claim: str, sentence: str) -> None:
    why = opposed(claim, sentence)
    assert why is not None
    assert why.startswith("the statement says “")


@pytest.mark.parametrize(("claim", "sentence"), NOT_OPPOSED)
def test_whatever_could_mean_something_else_has_no_answer(claim: str, sentence: str) -> None:
    assert opposed(claim, sentence) is None


def test_the_words_that_are_opposed_are_named() -> None:
    why = opposed("Heat reduces neck pain in adults.", "In adults, heat did not reduce neck pain.")
    assert why == "the statement says “reduces”, the source “did not reduce”"


def test_sentences_that_support_a_real_claim_are_hardly_ever_called_opposed(shared: Path) -> None:
    folder = shared / "data/citation-support"
    texts = [json.loads(line) for line in (folder / "corpus.jsonl").read_text().splitlines()]
    abstracts = {one["doc_id"]: one["abstract"] for one in texts}
    pairs = wrong = 0
    for line in (folder / "claims_train.jsonl").read_text().splitlines():
        claim = json.loads(line)
        for document, found in claim["evidence"].items():
            for part in found:
                if part["label"] == "SUPPORT":
                    pairs += 1
                    chosen = [abstracts[int(document)][number] for number in part["sentences"]]
                    wrong += any(opposed(claim["claim"], sentence) for sentence in chosen)
    assert pairs > 1000
    assert wrong <= pairs / 500


def test_made_up_claims_against_real_results_are_right_where_they_are_told(shared: Path) -> None:
    """Sentences that decided a direction, against claims of the same, and of the other, directions."""
    wordings = {
        "significantly increased": "{} increased {}.",
        "significantly decreased": "{} reduced {}.",
        "no significant difference": "{} had no effect on {}.",
    }
    right = wrong = 0
    for line in (shared / "data/effect-direction/claims.jsonl").read_text().splitlines():
        row = json.loads(line)
        for label, wording in wordings.items():
            claim = wording.format(row["intervention"].strip(), row["outcome"].strip())
            told = any(opposed(claim, sentence) for sentence in row["evidence"])
            right += told and label != row["label"]
            wrong += told and label == row["label"]
    assert right > 150
    assert right / (right + wrong) > 0.95
