"""Train the model of ``kb.language.worth`` and write its weights: ``python -m scripts.train_worth``.

The sentences come from ``data/cite-worthiness/dev.jsonl`` below ``KB_DATA``. Everything that is chosen (which features,
the thresholds) is chosen inside the training data; the scores in the file of weights are those of articles that
the model had not seen (five folds over articles). The same data gives the same file.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from kb.language.worth import WEIGHTS, Weights
from kb.language.worth_features import features
from scripts._logistic import Vector, fitted, table

DATA = "data/cite-worthiness/dev.jsonl"
FOLDS = 5
INNER_FOLDS = 4
STRENGTH = 20.0
"""Of the penalty; between 10 and 30 nothing changes."""
FEWEST_ARTICLES = 3
"""In which a word must stand to have a weight: what stands in fewer is their topic."""
MOST_WEIGHTS = 4_000
FLAGS = 0.10
RECALL = 0.8


class Sentence(NamedTuple):
    """A sentence of the data: its article, its features, and whether its authors cited something."""

    article: str
    words: str
    section: str
    position: float
    cites: bool
    features: frozenset[str]


class Model(NamedTuple):
    """Weights of features, in log odds."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, names: frozenset[str]) -> float:
        """The probability of a citation."""
        total = self.bias + sum(self.weights[name] for name in names & self.weights.keys())
        return float(1 / (1 + np.exp(-total)))


def read(path: Path) -> list[Sentence]:
    """The sentences of a file, without those that still name the study (``narrative``)."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    paragraphs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        known = paragraphs[row["doc"], row["section"]]
        if str(row["para"]) not in known:
            known.append(str(row["para"]))
    return [_sentence(row, paragraphs[row["doc"], row["section"]]) for row in rows if not row["narrative"]]


def _sentence(row: Mapping[str, object], paragraphs: Sequence[str]) -> Sentence:
    words, section = str(row["sentence"]), str(row["section"])
    position = paragraphs.index(str(row["para"])) / max(1, len(paragraphs) - 1)
    seen = frozenset(features(words, section, position))
    return Sentence(str(row["doc"]), words, section, position, bool(row["label"]), seen)


def trained(sentences: Sequence[Sentence]) -> Model:
    """The model of these sentences: fitted, pruned to the heaviest weights, fitted again."""
    articles: dict[str, set[str]] = defaultdict(set)
    for sentence in sentences:
        for name in sentence.features:
            articles[name].add(sentence.article)
    names = sorted(name for name, where in articles.items() if len(where) >= FEWEST_ARTICLES)
    model = _fitted(sentences, names)
    heaviest = sorted(names, key=lambda name: (-abs(model.weights[name]), name))[:MOST_WEIGHTS]
    return _fitted(sentences, sorted(heaviest))


def _fitted(sentences: Sequence[Sentence], names: Sequence[str]) -> Model:
    column = {name: number for number, name in enumerate(names)}
    rows = [[column[name] for name in sorted(one.features) if name in column] for one in sentences]
    labels = np.array([one.cites for one in sentences], dtype=float)
    bias, weights = fitted(table(rows, len(names)), labels, np.ones(len(rows)), STRENGTH)
    return Model(bias, dict(zip(names, map(float, weights), strict=True)))


def folds(sentences: Sequence[Sentence], count: int) -> Iterator[tuple[list[int], list[int]]]:
    """Numbers of the sentences to train on and to judge, by whole articles."""
    number = {article: index % count for index, article in enumerate(sorted({one.article for one in sentences}))}
    for fold in range(count):
        judged = [index for index, one in enumerate(sentences) if number[one.article] == fold]
        rest = [index for index, one in enumerate(sentences) if number[one.article] != fold]
        yield rest, judged


def cross_validated(sentences: Sequence[Sentence], count: int) -> Vector:
    """The probability of each sentence by a model that has not seen its article."""
    found = np.zeros(len(sentences))
    for rest, judged in folds(sentences, count):
        model = trained([sentences[index] for index in rest])
        found[judged] = [model.probability(sentences[index].features) for index in judged]
    return found


def best_threshold(labels: Vector, found: Vector) -> float:
    """The probability from which calling a sentence cited gives the best F1."""
    order = np.argsort(-found, kind="stable")
    called = np.arange(1, len(order) + 1)
    scores = 2 * np.cumsum(labels[order]) / (called + labels.sum())
    return float(found[order][int(scores.argmax())])


def f1(labels: Vector, called: Vector) -> float:
    """F1 of the sentences called cited."""
    return float(2 * (labels @ called) / (labels.sum() + called.sum()))


def average_precision(labels: Vector, found: Vector) -> float:
    """Mean of the precision at each cited sentence, the most probable first."""
    ranked = labels[np.argsort(-found, kind="stable")]
    precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    return float(precision @ ranked / ranked.sum())


def precision_at(labels: Vector, found: Vector, share: float) -> float:
    """Precision of the most probable sentences, a share of all."""
    return float(labels[np.argsort(-found, kind="stable")][: max(1, round(share * len(labels)))].mean())


def flags_at_recall(labels: Vector, found: Vector, recall: float) -> float:
    """How many of 100 sentences are called cited where that share of the cited ones is found."""
    reached = np.cumsum(labels[np.argsort(-found, kind="stable")])
    return float(100 * (np.searchsorted(reached, recall * labels.sum()) + 1) / len(labels))


def ranking(labels: Vector, found: Vector) -> dict[str, float]:
    """The figures that need no threshold."""
    return {
        "average precision": average_precision(labels, found),
        "precision at 10 flags per 100": precision_at(labels, found, FLAGS),
        "flags per 100 at recall 0.8": flags_at_recall(labels, found, RECALL),
    }


def judged(sentences: Sequence[Sentence]) -> tuple[dict[str, float], Vector, Vector]:
    """Figures over articles that were not seen, and for each sentence the probability and whether it is called cited.

    The threshold of a fold is the best of a cross-validation inside its training part.
    """
    labels = _labels(sentences)
    found, called = np.zeros(len(sentences)), np.zeros(len(sentences))
    for rest, apart in folds(sentences, FOLDS):
        part = [sentences[index] for index in rest]
        threshold = best_threshold(_labels(part), cross_validated(part, INNER_FOLDS))
        model = trained(part)
        found[apart] = [model.probability(sentences[index].features) for index in apart]
        called[apart] = found[apart] >= threshold
    return {"F1": f1(labels, called), **ranking(labels, found)}, found, called


def _labels(sentences: Sequence[Sentence]) -> Vector:
    return np.array([one.cites for one in sentences], dtype=float)


def main() -> None:
    """Train on everything, choose the thresholds by cross-validation, write the file."""
    root = Path(os.environ.get("KB_DATA") or Path(__file__).resolve().parent.parent.parent / "shared")
    sentences = read(root / DATA)
    labels = _labels(sentences)
    scores, found, _ = judged(sentences)
    model = trained(sentences)
    ranked = np.sort(found)[::-1]

    def cut(share: float) -> float:
        return round(float(ranked[round(share * len(ranked))]), 3)

    weights = Weights(
        data="cite-worthiness: sentences of 119 open-access articles of PubMed Central, citations taken out",
        licence="CC BY",
        script="scripts/train_worth.py",
        scores={name: round(value, 3) for name, value in scores.items()},
        thresholds={
            "lenient": cut(FLAGS),
            "normal": round(best_threshold(labels, found), 3),
            "strict": cut(scores["flags per 100 at recall 0.8"] / 100),
        },
        bias=round(model.bias, 3),
        weights={name: round(value, 3) for name, value in sorted(model.weights.items()) if round(value, 3)},
    )
    WEIGHTS.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
    print(len(weights.weights), "weights;", weights.scores, weights.thresholds)


if __name__ == "__main__":
    main()
