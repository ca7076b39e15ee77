"""The questions of ``effect-direction``, taken apart once: what training and its benchmark share."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kb.language.effect import Way, asked, sentence_features
from kb.language.effect.places import deciding, places

DATA = "data/effect-direction/claims.jsonl"
LABELS: dict[str, Way] = {
    "no significant difference": "no significant difference",
    "significantly increased": "increased",
    "significantly decreased": "decreased",
}
_NOT_WORD = re.compile(r"\W+")
_SHORTEST = 15
"""Fewer letters of a marked passage name no sentence."""
_END = 60
"""Letters at either end of a marked passage by which a longer one is found."""


class Question(NamedTuple):
    """A question with its answer, and every sentence of its abstract as features."""

    number: int
    article: str
    label: Way
    pole: int
    """Whether more of the outcome is good."""
    places: Sequence[Mapping[str, float]]
    """Features of each sentence that tell whether it decides."""
    marked: Sequence[bool]
    """Whether an annotator marked it, or a part of it."""
    read: Sequence[Mapping[str, float]]
    """Features of what each sentence says."""
    evidence: Mapping[str, float]
    """The same of what the annotator marked first."""


def rows(path: Path) -> list[dict[str, Any]]:
    """The lines of a file of questions."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def questions(path: Path) -> list[Question]:
    """Every question of a file that has an abstract with a sentence."""
    return [one for one in map(_question, rows(path)) if one.places]


def _question(row: Mapping[str, Any]) -> Question:
    text = row["abstract"]
    question = asked(row["intervention"], row["comparator"], row["outcome"], text)
    found = places(text)
    evidence = [_letters(one) for one in row["evidence"]]
    return Question(
        number=row["prompt_id"],
        article=row["pmcid"],
        label=LABELS[row["label"]],
        pole=question.pole,
        places=deciding(found, question.outcome, question.sides),
        marked=[_marked(_letters(one.lower), evidence) for one in found],
        read=[sentence_features(text[one.start : one.end], question) for one in found],
        evidence=sentence_features(row["evidence"][0] if row["evidence"] else "", question),
    )


def _letters(text: str) -> str:
    return _NOT_WORD.sub("", text.lower())


def _marked(sentence: str, evidence: Sequence[str]) -> bool:
    if len(sentence) <= _SHORTEST:
        return False
    return any(
        sentence in one or one in sentence or (len(one) > _END and (one[:_END] in sentence or one[-_END:] in sentence))
        for one in evidence
        if len(one) > _SHORTEST
    )
