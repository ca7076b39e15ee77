"""Train the model of ``kb.language.effect`` and write its weights: ``python -m scripts.train_effect``.

The questions come from ``effect-direction`` below ``KB_DATA``. The passages that annotators marked teach which sentence
decides, and count once more as texts of one sentence; nothing of them is used to answer. The scores in the file of
weights are those of articles that the model had not seen. The same data gives the same file.
"""

from __future__ import annotations

import os
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from kb.language.effect import WEIGHTS, Way, Weights, directions, gathered, ranked, scored, signed, unsigned
from scripts._effect_data import DATA, LABELS, Question, questions

Vector: TypeAlias = NDArray[np.float64]
FOLDS = 5
SEEDS = (0, 1, 2, 3, 4)
"""Each divides the articles into folds in another way."""
STRENGTH = 30.0
"""Of the penalty on the two regressions; between 10 and 50 the score moves by less than its spread."""
RANK_STRENGTH = 1.0
_LEAST_SPREAD = 0.05
"""Below it a feature is not stretched to unit spread, as that would make much of what hardly occurs."""
_STEPS = 15
_CLOSE = 1e-4
_WAYS = tuple(LABELS.values())


class Model(NamedTuple):
    """Weights of features for the three steps."""

    decides: Mapping[str, float]
    differs: Mapping[str, float]
    more: Mapping[str, float]


def trained(given: Sequence[Question]) -> Model:
    """The model of these questions."""
    decides = ranking(given)
    texts = [(answered(one, decides), one.label) for one in given]
    texts += [(gathered([1.0], [1.0], [one.evidence], one.pole), one.label) for one in given]
    differs = regression(
        [unsigned(told) for told, _ in texts], [label != "no significant difference" for _, label in texts]
    )
    moved = [(told, label) for told, label in texts if label != "no significant difference"]
    more = regression([signed(told) for told, _ in moved], [label == "increased" for _, label in moved])
    return Model(decides, differs, more)


def answered(one: Question, decides: Mapping[str, float]) -> dict[str, float]:
    """The features of a question's text, its sentences ranked by these weights."""
    chosen = ranked([scored(place, decides) for place in one.places])
    return gathered(
        [share for _, share in chosen],
        [one.places[at]["near"] for at, _ in chosen],
        [one.read[at] for at, _ in chosen],
        one.pole,
    )


def chances(one: Question, model: Model) -> dict[Way, float]:
    """The probability of each direction."""
    return directions(answered(one, model.decides), model.differs, model.more)


def ranking(given: Sequence[Question]) -> dict[str, float]:
    """Weights by which the marked sentences of each text get the most of its probability: a conditional logit."""
    names = sorted({name for one in given for place in one.places for name in place})
    texts = [
        (_table(one.places, names), np.array(one.marked, dtype=float) / sum(one.marked))
        for one in given
        if any(one.marked)
    ]
    at = np.zeros(len(names))

    def loss(point: Vector) -> float:
        scores = [(table @ point, wanted) for table, wanted in texts]
        missed = sum(float(np.logaddexp.reduce(one) - wanted @ one) for one, wanted in scores)
        return missed + RANK_STRENGTH * float(point @ point) / 2

    for _ in range(_STEPS):
        slope, curve = RANK_STRENGTH * at, RANK_STRENGTH * np.eye(len(names))
        for table, wanted in texts:
            scores = table @ at
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            mean = shares @ table
            slope = slope + table.T @ (shares - wanted)
            curve = curve + (table.T * shares) @ table - np.outer(mean, mean)
        step, before = np.linalg.solve(curve, slope), loss(at)
        while loss(at - step) > before and np.abs(step).max() > _CLOSE:
            step = step / 2
        at = at - step
        if np.abs(step).max() < _CLOSE:
            break
    return dict(zip(names, map(float, at), strict=True))


def regression(given: Sequence[Mapping[str, float]], true: Sequence[bool]) -> dict[str, float]:
    """Logistic regression by Newton's method with an L2 penalty on features of unit spread; for those as given.

    References
    ----------
    T. Hastie, R. Tibshirani, J. Friedman (2009), The Elements of Statistical Learning, 2nd ed., section 4.4.
    """
    names = sorted({name for one in given for name in one})
    table = _table(given, names)
    spread = np.maximum(table.std(axis=0), _LEAST_SPREAD)
    table = table / spread
    wanted = np.array(true, dtype=float)
    at = np.zeros(len(names))
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(table @ at)))
        slope = table.T @ (chance - wanted) + STRENGTH * at
        curve = (table.T * (chance * (1 - chance))) @ table + STRENGTH * np.eye(len(names))
        step = np.linalg.solve(curve, slope)
        at = at - step
        if np.abs(step).max() < _CLOSE:
            break
    return dict(zip(names, map(float, at / spread), strict=True))


def _table(given: Sequence[Mapping[str, float]], names: Sequence[str]) -> Vector:
    column = {name: number for number, name in enumerate(names)}
    table = np.zeros((len(given), len(names)))
    for row, one in enumerate(given):
        for name, value in one.items():
            table[row, column[name]] = value
    return table


def cross_validated(given: Sequence[Question], seed: int) -> list[Way]:
    """The answer to each question by a model that has not seen its article."""
    articles = sorted({one.article for one in given})
    random.Random(seed).shuffle(articles)
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    models = [trained([one for one in given if fold[one.article] != number]) for number in range(FOLDS)]
    found = [chances(one, models[fold[one.article]]) for one in given]
    return [max(one, key=lambda way: one[way]) for one in found]


def f1s(true: Sequence[Way], told: Sequence[Way]) -> dict[Way, float]:
    """F1 of each direction."""
    pairs = list(zip(true, told, strict=True))
    return {
        way: 2
        * sum(a == b == way for a, b in pairs)
        / max(1, sum(a == way for a, _ in pairs) + sum(b == way for _, b in pairs))
        for way in _WAYS
    }


def judged(given: Sequence[Question]) -> tuple[dict[str, float], list[Way]]:
    """Figures over articles that were not seen, as means over divisions into folds; and the answers of the first."""
    true = [one.label for one in given]
    told = [cross_validated(given, seed) for seed in SEEDS]
    each = [f1s(true, one) for one in told]
    macro = [sum(one.values()) / len(one) for one in each]
    scores = {"macro-F1": float(np.mean(macro)), "spread of macro-F1": float(np.std(macro))}
    scores |= {f"F1 {way}": float(np.mean([one[way] for one in each])) for way in _WAYS}
    return scores, told[0]


def main() -> None:
    """Judge by cross-validation, train on everything, write the file."""
    root = Path(os.environ.get("KB_DATA") or Path(__file__).resolve().parent.parent.parent / "shared")
    given = questions(root / DATA)
    scores, _ = judged(given)
    model = trained(given)
    weights = Weights(
        data="effect-direction (prompts of Evidence Inference on abstracts of open-access trials)",
        licence="MIT",
        script="scripts/train_effect.py",
        scores={name: round(value, 3) for name, value in scores.items()},
        decides=_rounded(model.decides),
        differs=_rounded(model.differs),
        more=_rounded(model.more),
    )
    WEIGHTS.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
    print(sum(map(len, model)), "weights;", weights.scores)


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in weights.items() if round(value, 3)}


if __name__ == "__main__":
    main()
