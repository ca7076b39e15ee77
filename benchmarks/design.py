"""Name the design of studies from title and abstract, and count how often that is right.

``python -m benchmarks.design [--data PATH] [--json]``; the data is ``study-design`` (``KB_DATA``, by default
``../shared``). Rows that were picked by their title have it blanked. A hit is an answer among a row's labels. The
weights of the signs were fitted to the rows that are at hand: of these the cross-validated figures, which the file of
weights holds, are the honest ones.
"""

from __future__ import annotations

import csv
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks._front import Figure, options, show
from kb.model import Design, Source
from kb.strength.design import design_of
from kb.strength.design.abstract import loaded

LABELS: dict[str, frozenset[Design]] = {
    "rct": frozenset({"randomized trial"}),
    "cohort": frozenset({"cohort"}),
    "cross-sectional": frozenset({"cross-sectional"}),
    "case-control": frozenset({"case-control"}),
    "observational": frozenset({"cohort", "case-control", "cross-sectional", "case series"}),
    "protocol": frozenset({"protocol"}),
    "review": frozenset({"narrative review"}),
    "systematic-review-or-meta-analysis": frozenset({"systematic review"}),
    "guideline": frozenset({"guideline"}),
    "animal": frozenset({"animal"}),
    "editorial-letter": frozenset({"editorial"}),
    "case-report": frozenset({"case report"}),
}
TARGETS = {
    "accuracy": "0.86",
    "accuracy, trial and protocol as one": "0.89",
    "macro recall": "0.70",
    "rct F1": "0.87",
}
PEERS = {"accuracy": "keyword rules 0.663", "rct F1": "keyword rules 0.819"}
"""Keyword rules on abstracts, as the data's own description reports them."""
TITLE_GIVES_IT_AWAY = "evidence_inference_title"
FEWEST = 4


def rows(path: Path) -> list[tuple[list[str], Source]]:
    """The labelled rows of a CSV file: labels, and the source that is to be named."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (
                row["labels"].split("|"),
                Source(
                    id=row["id"],
                    title="" if row["source"] == TITLE_GIVES_IT_AWAY else row["title"],
                    abstract=row["abstract"],
                ),
            )
            for row in csv.DictReader(file)
        ]


def score(answers: Sequence[tuple[list[str], Design]]) -> dict[str, float]:
    """Accuracy (also with a trial and its protocol as one), macro recall, and F1 of randomized trials."""
    hits = [any(answer in LABELS[label] for label in labels) for labels, answer in answers]
    as_one = [
        hit or (answer in {"protocol", "randomized trial"} and bool({"rct", "protocol"} & set(labels)))
        for hit, (labels, answer) in zip(hits, answers, strict=True)
    ]
    sizes = Counter(label for labels, _ in answers for label in labels)
    recalls = [
        sum(hit for hit, (labels, _) in zip(hits, answers, strict=True) if label in labels) / size
        for label, size in sizes.items()
        if size >= FEWEST
    ]
    called = [("rct" in labels) for labels, answer in answers if answer == "randomized trial"]
    missed = sum("rct" in labels and not hit for hit, (labels, _) in zip(hits, answers, strict=True))
    return {
        "accuracy": sum(hits) / len(hits),
        "accuracy, trial and protocol as one": sum(as_one) / len(as_one),
        "macro recall": sum(recalls) / max(1, len(recalls)),
        "rct F1": 2 * sum(called) / max(1, len(called) + sum(called) + missed),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures beside those of keyword rules, and what was taken for what."""
    given = options(__doc__, "data/study-design", arguments)
    data = rows(given.data / "design_dev.csv" if given.data.is_dir() else given.data)
    begun = time.perf_counter()
    answers = [(labels, design_of(source)[0]) for labels, source in data]
    seconds = time.perf_counter() - begun
    misses = Counter(
        ("|".join(labels), answer) for labels, answer in answers if not any(answer in LABELS[label] for label in labels)
    )
    seen_apart = {f"{name}, cross-validated": value for name, value in loaded().scores.items()}
    figures = [
        Figure(name=name, value=value, target=TARGETS.get(name, ""), peer=PEERS.get(name, ""))
        for name, value in (score(answers) | {"rows": len(data), "seconds": seconds} | seen_apart).items()
    ]
    notes = [f"{labels:38} -> {answer:22} {count:4}" for (labels, answer), count in misses.most_common()]
    show(figures, as_json=given.json, notes=["", "misses: labels -> answer, rows", *notes])


if __name__ == "__main__":
    main()
