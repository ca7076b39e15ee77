"""Train the model of ``kb.language.worth`` and write its weights: ``python -m scripts.train_worth``.

The sentences come from ``cite-worthiness`` below ``KB_DATA``, and at a smaller weight from the paragraphs of
``citation-support``, whose articles are others. Everything that is chosen (which features,
the thresholds) is chosen inside the training data; the scores in the file of weights are those of articles that
the model had not seen (five folds over articles). The same data gives the same file.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from kb.language.worth import WEIGHTS, Weights
from scripts._logistic import Vector, fitted, table
from scripts._worth_data import ELSEWHERE, Sentence, contexts, read

LOCK_KEY = "resolved"
"""A word whose weight is left out: as a key it reads like the address of a package in a lock file."""
DATA = "data/cite-worthiness/dev.jsonl"
OTHERS = "data/citation-support/context_train.jsonl"
FOLDS = 5
INNER_FOLDS = 4
STRENGTH = 20.0
"""Of the penalty; between 10 and 30 nothing changes."""
FEWEST_ARTICLES = 6
"""In which a word must stand to have a weight: what stands in fewer is their topic."""
MOST_WEIGHTS = 4_000
OTHERS_COUNT = 0.3
"""How much a sentence of the contexts counts beside one of the articles."""
FLAGS = 0.10
RECALL = 0.8


class Model(NamedTuple):
    """Weights of features, in log odds."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, names: frozenset[str]) -> float:
        """The probability of a citation."""
        total = self.bias + sum(self.weights[name] for name in names & self.weights.keys())
        return float(1 / (1 + np.exp(-total)))


def trained(sentences: Sequence[Sentence], others: Sequence[Sentence]) -> Model:
    """The model of these sentences and, counting less, of others: fitted, pruned, fitted again.

    What has a meaning of its own is kept, and of the words the heaviest.
    """
    articles: dict[str, set[str]] = defaultdict(set)
    for sentence in (*sentences, *others):
        for name in sentence.features:
            articles[name].add(sentence.article)
    names = sorted(name for name, where in articles.items() if len(where) >= FEWEST_ARTICLES)
    model = _fitted(sentences, others, names)
    heaviest = sorted(names, key=lambda name: (name[0] != "@", -abs(model.weights[name]), name))[:MOST_WEIGHTS]
    return _fitted(sentences, others, sorted(heaviest))


def _fitted(sentences: Sequence[Sentence], others: Sequence[Sentence], names: Sequence[str]) -> Model:
    column = {name: number for number, name in enumerate(names)}
    rows = [[column[name] for name in sorted(one.features) if name in column] for one in (*sentences, *others)]
    importance = np.repeat([1.0, OTHERS_COUNT], [len(sentences), len(others)])
    bias, weights = fitted(table(rows, len(names)), labels((*sentences, *others)), importance, STRENGTH)
    return Model(bias, dict(zip(names, map(float, weights), strict=True)))


def folds(sentences: Sequence[Sentence], count: int) -> Iterator[tuple[list[int], list[int]]]:
    """Numbers of the sentences to train on and to judge, by whole articles."""
    number = {article: index % count for index, article in enumerate(sorted({one.article for one in sentences}))}
    for fold in range(count):
        judged = [index for index, one in enumerate(sentences) if number[one.article] == fold]
        rest = [index for index, one in enumerate(sentences) if number[one.article] != fold]
        yield rest, judged


def cross_validated(sentences: Sequence[Sentence], others: Sequence[Sentence], count: int) -> Vector:
    """The probability of each sentence by a model that has not seen its article."""
    found = np.zeros(len(sentences))
    for rest, judged in folds(sentences, count):
        model = trained([sentences[index] for index in rest], others)
        found[judged] = [model.probability(sentences[index].features) for index in judged]
    return found


def best_threshold(true: Vector, found: Vector) -> float:
    """The probability from which calling a sentence cited gives the best F1."""
    order = np.argsort(-found, kind="stable")
    called = np.arange(1, len(order) + 1)
    scores = 2 * np.cumsum(true[order]) / (called + true.sum())
    return float(found[order][int(scores.argmax())])


def f1(true: Vector, called: Vector) -> float:
    """F1 of the sentences called cited."""
    return float(2 * (true @ called) / (true.sum() + called.sum()))


def average_precision(true: Vector, found: Vector) -> float:
    """Mean of the precision at each cited sentence, the most probable first."""
    ranked = true[np.argsort(-found, kind="stable")]
    precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    return float(precision @ ranked / ranked.sum())


def precision_at(true: Vector, found: Vector, share: float) -> float:
    """Precision of the most probable sentences, a share of all."""
    return float(true[np.argsort(-found, kind="stable")][: max(1, round(share * len(true)))].mean())


def flags_at_recall(true: Vector, found: Vector, recall: float) -> float:
    """How many of 100 sentences are called cited where that share of the cited ones is found."""
    reached = np.cumsum(true[np.argsort(-found, kind="stable")])
    return float(100 * (np.searchsorted(reached, recall * true.sum()) + 1) / len(true))


def ranking(true: Vector, found: Vector) -> dict[str, float]:
    """The figures that need no threshold."""
    return {
        "average precision": average_precision(true, found),
        "precision at 10 flags per 100": precision_at(true, found, FLAGS),
        "flags per 100 at recall 0.8": flags_at_recall(true, found, RECALL),
    }


def judged(sentences: Sequence[Sentence], others: Sequence[Sentence]) -> tuple[dict[str, float], Vector, Vector]:
    """Figures over articles that were not seen, and for each sentence the probability and whether it is called cited.

    The threshold of a fold is the best of a cross-validation inside its training part.
    """
    true = labels(sentences)
    found, called = np.zeros(len(sentences)), np.zeros(len(sentences))
    for rest, apart in folds(sentences, FOLDS):
        part = [sentences[index] for index in rest]
        threshold = best_threshold(labels(part), cross_validated(part, others, INNER_FOLDS))
        model = trained(part, others)
        found[apart] = [model.probability(sentences[index].features) for index in apart]
        called[apart] = found[apart] >= threshold
    return {"F1": f1(true, called), **ranking(true, found)}, found, called


def labels(sentences: Sequence[Sentence]) -> Vector:
    """0 or 1 for each sentence: whether it cites."""
    return np.array([one.cites for one in sentences], dtype=float)


def main() -> None:
    """Train on everything, choose the thresholds by cross-validation, write the file."""
    root = Path(os.environ.get("KB_DATA") or Path(__file__).resolve().parent.parent.parent / "shared")
    sentences = read(root / DATA)
    others = contexts(root / OTHERS, sentences)
    scores, found, _ = judged(sentences, others)
    model = trained(sentences, others)
    ranked = np.sort(found)[::-1]

    def cut(share: float) -> float:
        return round(float(ranked[round(share * len(ranked))]), 3)

    weights = Weights(
        data="cite-worthiness (open-access articles of PubMed Central); citation-support (paragraphs around citations)",
        licence="cite-worthiness CC BY; citation-support MIT",
        script="scripts/train_worth.py",
        scores={name: round(value, 3) for name, value in scores.items()},
        thresholds={
            "lenient": cut(FLAGS),
            "normal": round(best_threshold(labels(sentences), found), 3),
            "strict": cut(scores["flags per 100 at recall 0.8"] / 100),
        },
        bias=round(model.bias, 3),
        weights={
            name: round(value, 3)
            for name, value in sorted(model.weights.items())
            if round(value, 3) and name not in (ELSEWHERE, LOCK_KEY)
        },
    )
    WEIGHTS.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
    print(len(weights.weights), "weights;", weights.scores, weights.thresholds)


if __name__ == "__main__":
    main()
