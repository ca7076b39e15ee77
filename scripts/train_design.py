"""Fit the weights of ``kb.strength.design.abstract`` and write them: ``python -m scripts.train_design``.

Softmax regression on the signs that an abstract shows, with a Gaussian prior around the strengths that the signs were
given by hand: a sign that the data says little of keeps its strength, and so does every weight of a design that the
labels do not know. The abstracts are those of ``study-design`` below ``KB_DATA``. The figures in the file are those of
ten-fold cross-validation over rows. The same data gives the same file.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks.design import LABELS, rows, score
from kb.language.abstract import abstract_of
from kb.model import Design, Source
from kb.strength.design.abstract import DESIGNS, WEIGHTS, Weights, all_features, features, strength
from kb.strength.design.words import from_words
from scripts._logistic import Vector

DATA = "data/study-design/design_dev.csv"
FOLDS = 10
SHUFFLES = 3
PRIOR = 0.6
"""What is left of the strengths given by hand, which add up too fast when many signs tell of one thing."""
PULL = 30.0
"""How firmly weights are held to the prior; between 6 and 30 little changes, and firm is safe with few rows."""
RARE = 0.3
"""The power of a design's number of rows by which they count less, so that the rare ones are learnt too."""
STEPS = 300
LEAST = 0.03
"""Smaller weights are left out of the file."""
LABELLED = {design for designs in LABELS.values() if len(designs) == 1 for design in designs}
"""Designs that have a label of their own."""
ALLOCATED = ("assigned at random",)
"""A heading such as Prospective Studies does not deny the allocation that the abstract tells of: these signs let
a row count as a trial too, in the fit alone."""


class Row(NamedTuple):
    """An abstract: what it shows, and the designs that its labels allow."""

    source: Source
    labels: list[str]
    shown: dict[str, str]
    allowed: frozenset[Design]


def read(path: Path) -> list[Row]:
    """The labelled rows; one without an abstract has nothing to learn from, but is scored."""
    return [_row(labels, source) for labels, source in rows(path)]


def _row(labels: list[str], source: Source) -> Row:
    abstract = abstract_of(source)
    shown = features(abstract) if abstract else {}
    allowed = frozenset(design for label in labels for design in LABELS[label])
    if any(name in shown for name in ALLOCATED) and "cohort" in allowed and "animals" not in shown:
        allowed |= {"randomized trial"}
    return Row(source, labels, shown, allowed)


def trained(given: Sequence[Row]) -> dict[str, dict[Design, float]]:
    """What each feature adds to each design: fitted where the data knows both, by hand elsewhere."""
    given = [row for row in given if row.shown]
    learnt = sorted({design for row in given for design in row.allowed} & LABELLED)
    names = sorted({name for row in given for name in row.shown})
    column = {name: number for number, name in enumerate(names)}
    table = np.zeros((len(given), len(names)))
    for number, row in enumerate(given):
        table[number, [column[name] for name in row.shown]] = 1
    allowed = np.array([[design in row.allowed for design in learnt] for row in given], dtype=float)
    weights = {name: {design: PRIOR * strength(name, design) for design in DESIGNS} for name in all_features()}
    prior = np.array([[weights[name][design] for design in learnt] for name in names])
    for name, found in zip(names, _fitted(table, allowed, prior), strict=True):
        weights[name] |= dict(zip(learnt, map(float, found), strict=True))
    return {
        name: {design: round(value, 2) for design, value in one.items() if abs(value) >= LEAST}
        for name, one in weights.items()
    }


def _fitted(table: Vector, allowed: Vector, prior: Vector) -> Vector:
    """The weights of most posterior probability, by Nesterov's accelerated descent.

    A row that allows several designs counts as any of them: what is to be likely is their sum.
    """
    share = allowed.sum(axis=0) ** -RARE
    counts = (allowed * share).sum(axis=1) / allowed.sum(axis=1)
    counts /= counts.mean()
    step = 1 / (0.5 * float(np.linalg.norm(table * np.sqrt(counts)[:, None], 2)) ** 2 + PULL)
    at, ahead, pace = prior.copy(), prior.copy(), 1.0
    for _ in range(STEPS):
        scores = table @ ahead
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        wanted = chances * allowed
        wanted /= wanted.sum(axis=1, keepdims=True)
        slope = table.T @ ((chances - wanted) * counts[:, None]) + PULL * (ahead - prior)
        after, next_pace = ahead - step * slope, (1 + (1 + 4 * pace**2) ** 0.5) / 2
        ahead, at, pace = after + (pace - 1) / next_pace * (after - at), after, next_pace
    return at


def cross_validated(given: Sequence[Row]) -> dict[str, float]:
    """The figures of the benchmark, each row answered with weights that have not seen it; the mean of some shuffles."""
    runs = [score(_judged(given, np.random.default_rng(seed).permutation(len(given)))) for seed in range(SHUFFLES)]
    return {name: round(sum(run[name] for run in runs) / SHUFFLES, 3) for name in runs[0]}


def _judged(given: Sequence[Row], order: NDArray[np.int64]) -> list[tuple[list[str], Design]]:
    answers: list[tuple[list[str], Design]] = []
    for fold in range(FOLDS):
        judged = set(order[fold::FOLDS].tolist())
        weights = trained([row for number, row in enumerate(given) if number not in judged])
        for number in sorted(judged):
            read = from_words(given[number].source, weights)
            answers.append((given[number].labels, read.design if read else "unknown"))
    return answers


def main() -> None:
    """Fit to everything, write the file, and print how good it is on rows that were not seen."""
    root = Path(os.environ.get("KB_DATA") or Path(__file__).resolve().parent.parent.parent / "shared")
    given = read(root / DATA)
    weights = Weights(
        data="study-design (abstracts with designs from MeSH headings, publication types and titles)",
        licence="mixed, as the description of the data says",
        script="scripts/train_design.py",
        scores=cross_validated(given),
        weights=trained(given),
    )
    WEIGHTS.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
    print(len(weights.weights), "features;", weights.scores)


if __name__ == "__main__":
    main()
