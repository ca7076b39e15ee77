"""How well do words alone tell which sentences carry a citation? F1, average precision, and what flagging costs.

``python -m benchmarks.worthiness [--data PATH] [--json]``. On the data of the shipped model, the model is trained anew
five times, each time without a fifth of the articles, and judged on those; the threshold is chosen inside the
training part. Given another file of that layout (``doc``, ``para``, ``section``, ``sentence``, ``label``,
``narrative``), the shipped weights are judged on it. The peer is TF-IDF with logistic regression on unseen articles.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks._front import Figure, command, data_folder, show
from kb.language.worth import Worth, threshold, worth
from scripts._logistic import Vector
from scripts._worth_data import Sentence, contexts, read
from scripts.train_worth import DATA, OTHERS, f1, judged, labels, ranking

TARGETS = {
    "F1": ("≥ 0.65", "TF-IDF 0.607, all flagged 0.471"),
    "average precision": ("≥ 0.70", "TF-IDF 0.635"),
    "precision at 10 flags per 100": ("≥ 0.87", "TF-IDF 0.770"),
    "flags per 100 at recall 0.8": ("≤ 48", "TF-IDF 51.1"),
}
_KINDS = 8


def shipped(sentences: Sequence[Sentence]) -> tuple[dict[str, float], Vector]:
    """Figures of the shipped weights, and for each sentence whether it is called cited."""
    found = np.array([_judged(one).probability for one in sentences])
    called = (found >= threshold()).astype(float)
    true = labels(sentences)
    return {"F1": f1(true, called), **ranking(true, found)}, called


def speed(sentences: Sequence[Sentence]) -> float:
    """Sentences a second of processor time, of the shipped model with its reasons; the better of two passes."""
    seconds = []
    for _ in range(2):
        begun = time.process_time()
        for one in sentences:
            _judged(one)
        seconds.append(time.process_time() - begun)
    return len(sentences) / min(seconds)


def misses(sentences: Sequence[Sentence], called: Vector) -> list[str]:
    """The errors by kind: what weighed most towards the wrong answer in the shipped model."""
    lines = []
    for cites, title, sign in ((True, "cited, not called so", -1), (False, "called cited, not cited", 1)):
        wrong = [one for one, call in zip(sentences, called, strict=True) if one.cites == cites and bool(call) != cites]
        kinds = Counter(why for one in wrong for why in _towards(_judged(one), sign))
        lines.append(f"{title}: {len(wrong)} of {sum(one.cites == cites for one in sentences)}")
        lines += [f"{count:>6}  {why}" for why, count in kinds.most_common(_KINDS)]
    return lines


def _towards(found: Worth, sign: int) -> list[str]:
    return [why for why, weight in found.reasons if weight * sign > 0][:1]


def _judged(one: Sentence) -> Worth:
    return worth(one.words, one.section, one.position)


def main(arguments: list[str] | None = None) -> None:
    """Print the figures, and the errors by kind."""
    parser = command(__doc__)
    data_folder(parser, DATA)
    given = parser.parse_args(arguments)
    sentences = read(given.data)
    if given.data.resolve() == Path(parser.get_default("data")).resolve():
        figures, _, called = judged(sentences, contexts(given.data.parents[2] / OTHERS, sentences))
    else:
        figures, called = shipped(sentences)
    rows = [
        Figure(name=name, value=value, target=TARGETS[name][0], peer=TARGETS[name][1])
        for name, value in figures.items()
    ]
    rows += [
        Figure(name="sentences", value=len(sentences)),
        Figure(name="sentences a second", value=speed(sentences), target="≥ 4000"),
    ]
    show(rows, as_json=given.json, notes=misses(sentences, called))


if __name__ == "__main__":
    main()
