"""Which way did an outcome go, as an abstract tells it? Macro-F1 over increased, decreased and no difference.

``python -m benchmarks.direction [--data PATH] [--json]``. On the data of the shipped model, the model is trained anew,
each time without a fifth of the articles, and judged on those, for several divisions of the articles. Given another
file of that layout (``intervention``, ``comparator``, ``outcome``, ``abstract``, ``label``), the shipped weights are
judged on it. Their figure on their own training data is given too, and is better than it should be.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks._front import Figure, command, data_folder, show
from kb.language.effect import Way, effect_of
from scripts._effect_data import DATA, LABELS, questions, rows
from scripts.train_effect import f1s, judged

TARGETS = {"macro-F1": ("≥ 0.72", "untuned rule 0.663, features + logistic regression 0.688")}


def told(given: Sequence[Mapping[str, Any]]) -> tuple[list[Way], float]:
    """The answers of the shipped model, and the seconds of processor time for one."""
    begun = time.process_time()
    found = [
        effect_of(row["intervention"], row["comparator"], row["outcome"], row["abstract"]).direction for row in given
    ]
    return found, (time.process_time() - begun) / max(1, len(given))


def macro(true: Sequence[Way], answers: Sequence[Way]) -> float:
    """The mean of the F1 of the three directions."""
    each = f1s(true, answers)
    return sum(each.values()) / len(each)


def misses(true: Sequence[Way], answers: Sequence[Way]) -> list[str]:
    """The errors by kind, the most frequent first."""
    count = Counter(true)
    wrong = Counter((one, other) for one, other in zip(true, answers, strict=True) if one != other)
    return [f"{number:>5} of {count[one]:>4} “{one}” called “{other}”" for (one, other), number in wrong.most_common()]


def main(arguments: list[str] | None = None) -> None:
    """Print the figures, and the errors by kind."""
    parser = command(__doc__)
    data_folder(parser, DATA)
    given = parser.parse_args(arguments)
    found = rows(given.data)
    true = [LABELS[row["label"]] for row in found]
    shipped, seconds = told(found)
    if given.data.resolve() == Path(parser.get_default("data")).resolve():
        figures, answers = judged(questions(given.data))
        figures["macro-F1 of the shipped weights, trained on these"] = macro(true, shipped)
    else:
        answers = shipped
        figures = {"macro-F1": macro(true, answers)} | {f"F1 {way}": value for way, value in f1s(true, answers).items()}
    lines = [
        Figure(name=name, value=value, target=TARGETS.get(name, ("", ""))[0], peer=TARGETS.get(name, ("", ""))[1])
        for name, value in figures.items()
    ]
    lines += [
        Figure(name="questions", value=len(found)),
        Figure(name="ms a question", value=1000 * seconds, target="≤ 3"),
    ]
    show(lines, as_json=given.json, notes=misses(true, answers))


if __name__ == "__main__":
    main()
