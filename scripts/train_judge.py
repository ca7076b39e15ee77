"""Train the model of the built-in judge and write its files: ``python -m scripts.train_judge``.

The pairs come from ``citation-support`` below ``KB_DATA``: the training claims alone; the development claims are only
scored, by ``benchmarks.support``. Everything that is chosen is chosen by cross-validation over cited documents, as
pairs of one document are alike. The rarity of words is counted in the sentences of that data, of ``cite-worthiness``
and of ``linking``. The same data gives the same files.
"""

from __future__ import annotations

import math
import os
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

from benchmarks.support import ranking, scores
from kb.strength.judging.features import compared, features
from kb.strength.judging.limits import LEAST, at_most_a_part
from kb.strength.judging.model import BUNDLE, WEIGHTS, Line, Weights
from kb.strength.judging.own_words import words_of
from kb.strength.judging.passages import of_abstract
from kb.strength.judging.terms import RARITY, Rarity, terms
from kb.strength.support import numbers_of
from scripts._judge_data import Label, Pair, open_text, read
from scripts._logistic import Vector

DATA = "data/citation-support/claims_train.jsonl"
SCRIPT = "scripts/train_judge.py"
FOLDS = 5
REPEATS = 6
"""Cross-validations, each with the documents dealt anew: one alone is too noisy to choose by."""
STRENGTH = 10.0
"""Of the penalty; between 3 and 100 nothing changes."""
NEWTON_STEPS = 12
FEWEST_SENTENCES = 30
"""In which a stem must stand to be listed among the rarities."""
STEP = 0.25
"""Between the levels of rarity."""
WHOLE_GRID = np.arange(0.30, 0.56, 0.02)
TOO_LITTLE_GRID = np.arange(0.10, 0.24, 0.01)
FIRST = 0.1
"""The share of the pairs that look worst, which are to be checked first."""
NEAR_BEST = 10
"""The thresholds are the mean of so many of the best pairs, which are alike up to chance."""


class Examples(NamedTuple):
    """The pairs as numbers.

    Attributes
    ----------
    names, table
        The features, and a row of them for each pair; whether the marker names several sources stands last.
    doubted, missed
        The columns that each of the two regressions sees: "inaccurate" everything, "unaddressed" what is read.
    part, little
        Whether the judge would say at most "a part" of a pair, or nothing, whatever the model.
    """

    names: tuple[str, ...]
    table: Any
    doubted: Sequence[int]
    missed: Sequence[int]
    part: Any
    little: Any
    labels: Any
    documents: Sequence[int]


class Predicted(NamedTuple):
    """For each pair the probability of being inaccurate and of not being addressed; the rest as of ``Examples``."""

    doubt: Vector
    unaddressed: Vector
    part: Any
    little: Any

    def of(self, rows: Any) -> Predicted:
        """The same of some pairs."""
        return Predicted(self.doubt[rows], self.unaddressed[rows], self.part[rows], self.little[rows])


def count(data: Path) -> Rarity:
    """The rarity of each stem that is frequent enough."""
    sentences: Counter[str] = Counter()
    total = 0
    for sentence in open_text(data):
        total += 1
        sentences.update(terms(sentence))
    levels: dict[float, list[str]] = defaultdict(list)
    for stem, number in sorted(sentences.items()):
        if number >= FEWEST_SENTENCES:
            levels[round(math.log(total / number) / STEP) * STEP].append(stem)
    return Rarity(
        data="citation-support (training part), cite-worthiness, and the articles of linking",
        licence="citation-support MIT; cite-worthiness and linking CC BY",
        script=SCRIPT,
        # What is too rare to be listed stands in a third of that many sentences on average.
        unknown=round(math.log(3 * total / FEWEST_SENTENCES), 2),
        levels={f"{level:g}": " ".join(stems) for level, stems in sorted(levels.items())},
    )


def examples(pairs: Sequence[Pair]) -> Examples:
    """What the model sees of each pair."""
    rows, part, little = [], [], []
    for pair in pairs:
        words = words_of(pair.claim)
        comparison = compared(words.own, pair.source.title, of_abstract(pair.source.abstract).passages)
        seen = features(words, comparison, len(pair.claim.others))
        rows.append({**seen, BUNDLE: float(pair.claim.bundle > 1)})
        numbers = numbers_of(pair.claim, words, comparison, pair.source)
        part.append(at_most_a_part(numbers))
        little.append(comparison.together < LEAST)
    names = tuple(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    labels = np.array([pair.label for pair in pairs])
    columns = range(len(names))
    documents = [pair.document for pair in pairs]
    return Examples(names, table, columns, columns[:-1], np.array(part), np.array(little), labels, documents)


def fitted(table: Any, truth: Vector) -> tuple[float, Vector]:
    """Bias and weights of a logistic regression with an L2 penalty on the standardised columns, by Newton's method."""
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    given = np.column_stack(((table - mean) / spread, np.ones(len(table))))
    penalty = np.append(np.full(table.shape[1], STRENGTH), 0.0)
    at = np.zeros(given.shape[1])
    for _ in range(NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-given @ at))
        slope = given.T @ (chance - truth) + penalty * at
        bend = (given * (chance * (1 - chance))[:, None]).T @ given + np.diag(penalty)
        at = at - np.linalg.solve(bend, slope)
    weights = at[:-1] / spread
    return float(at[-1] - weights @ mean), weights


def trained(given: Examples, rows: Any) -> tuple[tuple[float, Vector], tuple[float, Vector]]:
    """The two regressions of some pairs: of "inaccurate", and of "unaddressed"."""
    table, labels = given.table[rows], given.labels[rows]
    inaccurate, unaddressed = (labels != "SUPPORT").astype(float), (labels == "none").astype(float)
    return fitted(table[:, given.doubted], inaccurate), fitted(table[:, given.missed], unaddressed)


def cross_validated(given: Examples, seed: int) -> tuple[Predicted, Any]:
    """Predictions for each pair by models that have not seen its document, and its fold."""
    doubt, unaddressed = np.zeros(len(given.labels)), np.zeros(len(given.labels))
    fold_of = _dealt(given.documents, seed)
    for fold in range(FOLDS):
        apart = np.flatnonzero(fold_of == fold)
        first, second = trained(given, np.flatnonzero(fold_of != fold))
        doubt[apart] = _chance(first, given.table[apart][:, given.doubted])
        unaddressed[apart] = _chance(second, given.table[apart][:, given.missed])
    return Predicted(doubt, unaddressed, given.part, given.little), fold_of


def _dealt(documents: Sequence[int], seed: int) -> Any:
    order = np.random.default_rng(seed).permutation(sorted(set(documents)))
    fold = {document: place % FOLDS for place, document in enumerate(order)}
    return np.array([fold[document] for document in documents])


def _chance(line: tuple[float, Vector], table: Any) -> Vector:
    chance: Vector = 1 / (1 + np.exp(-(table @ line[1] + line[0])))
    return chance


def called(found: Predicted, whole: float, too_little: float) -> list[Label]:
    """The class of each pair at two thresholds, as ``kb.strength.judging.model`` decides."""
    said = np.where((found.doubt < whole) & ~found.part, "SUPPORT", "REFUTE")
    return np.where((found.unaddressed >= too_little) | found.little, "none", said).tolist()  # type: ignore[no-any-return]


def thresholds(found: Sequence[Predicted], labels: Sequence[Label]) -> tuple[float, float]:
    """The two thresholds of the best macro-F1 over some cross-validations."""
    tried = [
        (np.mean([scores(labels, called(one, whole, little))["macro-F1"] for one in found]), whole, little)
        for whole in WHOLE_GRID
        for little in TOO_LITTLE_GRID
    ]
    best = sorted(tried, reverse=True)[:NEAR_BEST]
    return float(np.mean([whole for _, whole, _ in best])), float(np.mean([little for _, _, little in best]))


def figures(given: Examples, rounds: Sequence[tuple[Predicted, Any]]) -> dict[str, float]:
    """Mean figures of the cross-validations; the thresholds of a fold are chosen on the other folds."""
    found: dict[str, list[float]] = defaultdict(list)
    for predicted, fold_of in rounds:
        said = np.full(len(given.labels), "", dtype=object)
        for fold in range(FOLDS):
            rest, apart = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
            chosen = thresholds([predicted.of(rest)], given.labels[rest].tolist())
            said[apart] = called(predicted.of(apart), *chosen)
        bad = (given.labels != "SUPPORT").tolist()
        truth = given.labels.tolist()
        for name, value in {**scores(truth, said.tolist()), **ranking(bad, predicted.doubt.tolist())}.items():
            found[name].append(value)
    return {name: round(float(np.mean(values)), 3) for name, values in found.items()}


def _line(names: Sequence[str], line: tuple[float, Vector]) -> Line:
    weights = {name: round(float(weight), 4) for name, weight in zip(names, line[1], strict=True)}
    return Line(bias=round(line[0], 4), weights=weights)


def write(path: Path, what: Rarity | Weights) -> None:
    """Write a file of the judge."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(what), indent=1) + b"\n")


def weights_of(given: Examples, script: str) -> Weights:
    """Weights trained on everything, with thresholds and figures of cross-validations."""
    rounds = [cross_validated(given, seed) for seed in range(REPEATS)]
    whole, too_little = thresholds([predicted for predicted, _ in rounds], given.labels.tolist())
    first, second = trained(given, range(len(given.labels)))
    return Weights(
        data="citation-support, training part: citations of biomedical articles that readers checked",
        licence="MIT",
        script=script,
        scores=figures(given, rounds),
        inaccurate=_line([given.names[column] for column in given.doubted], first),
        unaddressed=_line([given.names[column] for column in given.missed], second),
        whole=round(whole, 3),
        too_little=round(too_little, 3),
        first=round(float(np.quantile([predicted.doubt for predicted, _ in rounds], 1 - FIRST)), 3),
    )


def main() -> None:
    """Count, train on everything, choose the thresholds by cross-validation, write the files."""
    root = Path(os.environ.get("KB_DATA") or Path(__file__).resolve().parent.parent.parent / "shared")
    write(RARITY, count(root / "data"))
    weights = weights_of(examples(read(root / DATA)), SCRIPT)
    write(WEIGHTS, weights)
    print(weights)


if __name__ == "__main__":
    main()
