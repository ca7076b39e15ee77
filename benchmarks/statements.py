"""Which sentences ask for a source? The real article's labels, and how often well-cited articles light up.

``python -m benchmarks.statements [--data PATH] [--json]``. ``--data`` is the folder that holds ``articles/`` and
``data/linking/``. The flagged share is of all sentences of 20 articles of ``data/linking`` (every sixth by name) with
their citations in place: they are published, peer-reviewed and cited throughout, so few of their sentences should
be called unsupported. The last figure is the same with every citation ignored: what the citations save.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from benchmarks._front import Figure, options, show
from ingest.pipeline import audit_file
from kb.model import Audit
from kb.settings import Settings

OFFLINE = Settings(offline=True, as_of="2026-01-01")
ARTICLES = 20
STRIDE = 6


def label_figures(folder: Path) -> list[Figure]:
    """How many sentences that must be flagged are, and how many that must not be are not."""
    audit = audit_file(folder / "sciatica-knee-pain.txt", "article.txt", OFFLINE)
    with (folder / "sciatica-knee-pain.labels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    unsupported = _unsupported(audit)
    counts: Counter[str] = Counter()
    for row in rows:
        hit = any(text.startswith(_straight(row["starts_with"])) for text in unsupported)
        if row["needs"] == "must":
            counts["must"] += 1
            counts["must, flagged"] += hit
        elif row["class"] == "outside" or (row["class"] == "context" and row["needs"] == "no"):
            counts["must not"] += 1
            counts["must not, flagged"] += hit
    return [
        Figure(name="article: must be flagged", value=counts["must"]),
        Figure(name="article: of these flagged", value=counts["must, flagged"], target=str(counts["must"])),
        Figure(name="article: must not be flagged", value=counts["must not"]),
        Figure(name="article: of those flagged", value=counts["must not, flagged"], target="0"),
    ]


def main(arguments: list[str] | None = None) -> None:
    """Print the figures, and per article how many of 100 sentences are flagged."""
    given = options(__doc__, ".", arguments)
    figures = label_figures(given.data / "articles")
    sentences = flagged = asking = 0
    notes = []
    for path in sorted((given.data / "data" / "linking").glob("*.txt"))[::STRIDE][:ARTICLES]:
        audit = audit_file(path, path.name, OFFLINE)
        own = len(_unsupported(audit))
        sentences += len(audit.statements)
        flagged += own
        asking += sum(statement.needs_source for statement in audit.statements)
        notes.append(f"{path.name:<28} {len(audit.statements):>5} sentences, {own:>4} flagged")
    figures += [
        Figure(name="well-cited articles: sentences", value=sentences),
        Figure(name="flagged per 100, citations in place", value=100 * flagged / max(1, sentences), target="few"),
        Figure(name="asking per 100, citations ignored", value=100 * asking / max(1, sentences)),
    ]
    show(figures, as_json=given.json, notes=notes)


def _unsupported(audit: Audit) -> list[str]:
    judged = {assessment.statement for assessment in audit.assessments if assessment.verdict == "unsupported"}
    return [_straight(statement.text) for statement in audit.statements if statement.id in judged]


def _straight(text: str) -> str:
    return text.replace("’", "'").strip()


if __name__ == "__main__":
    main()
