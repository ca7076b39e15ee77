"""Name the design of studies from title and abstract, and count how often that is right.

``python -m benchmarks.design [--data PATH] [--json]``; the data is ``study-design`` (``KB_DATA``, by default
``../shared``). Rows that were picked by their title have it blanked. A hit is an answer among a row's labels.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kb.model import Design, Source
from kb.strength.design import design_of

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
PEER = {"accuracy": 0.663, "rct F1": 0.819}
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("KB_DATA", "../shared")) / "data/study-design")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    path = options.data / "design_dev.csv" if options.data.is_dir() else options.data
    data = rows(path)
    begun = time.perf_counter()
    answers = [(labels, design_of(source)[0]) for labels, source in data]
    seconds = time.perf_counter() - begun
    figures = score(answers) | {"rows": len(data), "seconds": round(seconds, 3)}
    if options.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        peer = f"   (keyword rules {PEER[name]:.3f})" if name in PEER else ""
        print(f"{name:38} {value:8.3f}{peer}")
    print("\nmisses: labels -> answer, rows")
    misses = Counter(
        ("|".join(labels), answer) for labels, answer in answers if not any(answer in LABELS[label] for label in labels)
    )
    for (labels, answer), count in misses.most_common():
        print(f"{labels:38} -> {answer:22} {count:4}")


if __name__ == "__main__":
    main()
