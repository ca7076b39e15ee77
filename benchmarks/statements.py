"""Which sentences ask for a source? The real article's labels, and how often well-cited articles light up.

``python -m benchmarks.statements [--data PATH] [--json]``. ``--data`` is the folder that holds ``articles/`` and
``data/linking/``. The flagged share is of all sentences of 20 articles of ``data/linking`` (every sixth by name) with
their citations in place: they are published, peer-reviewed and cited throughout, so few of their sentences should
be called unsupported. Beside it: how many ask whatever they cite, and of those that do cite something how many ask. The
time is that of this step alone on the 600-reference review; a quarter of what proselint takes for it is asked for.
"""

from __future__ import annotations

import csv
import time
from collections import Counter
from pathlib import Path

from benchmarks._front import Figure, options, show
from ingest.bibliography import gather_references
from ingest.citations import find_citations
from ingest.pipeline import audit_file
from ingest.read import read_file
from ingest.statements import find_statements
from kb.model import Audit
from kb.settings import Settings

OFFLINE = Settings(offline=True, as_of="2026-01-01")
ARTICLES = 20
STRIDE = 6
PASSES = 5
REVIEW = Path("manuscripts") / "deep-review" / "manuscript.md"


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


def well_cited(folder: Path) -> tuple[list[Figure], list[str]]:
    """How often sentences of well-cited articles ask and are flagged, and of which kinds the misses are."""
    counts: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    flagged: Counter[str] = Counter()
    notes = []
    for path in sorted(folder.glob("*.txt"))[::STRIDE][:ARTICLES]:
        audit = audit_file(path, path.name, OFFLINE)
        cited = {statement for citation in audit.citations for statement in citation.statements}
        kinds = {statement.id: statement.kind for statement in audit.statements}
        own = [assessment.statement for assessment in audit.assessments if assessment.verdict == "unsupported"]
        asking = {statement.id for statement in audit.statements if statement.needs_source}
        counts.update(sentences=len(kinds), asking=len(asking), flagged=len(own), cited=len(cited))
        counts["cited and asking"] += len(cited & asking)
        silent.update(kinds[name] for name in cited - asking)
        flagged.update(kinds[name] for name in own)
        notes.append(f"{path.name:<28} {len(kinds):>5} sentences, {len(own):>4} flagged")
    per = 100 / max(1, counts["sentences"])
    notes.append("cited and not asking: " + _listed(silent))
    notes.append("flagged: " + _listed(flagged))
    return [
        Figure(name="well-cited articles: sentences", value=counts["sentences"]),
        Figure(name="flagged per 100, citations in place", value=per * counts["flagged"], target="few"),
        Figure(name="asking per 100, citations ignored", value=per * counts["asking"]),
        Figure(name="of 100 cited, asking", value=100 * counts["cited and asking"] / max(1, counts["cited"])),
    ], notes


def seconds(path: Path) -> float:
    """How long it takes to make statements of an article that is read and linked, in seconds of processor time."""
    reading = read_file(path, path.name)
    gathered = gather_references(reading, path, ())
    markers = find_citations(reading, gathered.references, gathered.aliases)
    times = []
    for _ in range(PASSES):
        begun = time.process_time()
        find_statements(reading.article, markers)
        times.append(time.process_time() - begun)
    return min(times)


def main(arguments: list[str] | None = None) -> None:
    """Print the figures, per article how many of 100 sentences are flagged, and of which kinds the misses are."""
    given = options(__doc__, ".", arguments)
    figures, notes = well_cited(given.data / "data" / "linking")
    figures = label_figures(given.data / "articles") + figures
    review = given.data / "data" / REVIEW
    if review.exists():
        figures.append(Figure(name="review of 600 references: seconds", value=seconds(review), target="≤ 0.36"))
    show(figures, as_json=given.json, notes=notes)


def _listed(kinds: Counter[str]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())


def _unsupported(audit: Audit) -> list[str]:
    judged = {assessment.statement for assessment in audit.assessments if assessment.verdict == "unsupported"}
    return [_straight(statement.text) for statement in audit.statements if statement.id in judged]


def _straight(text: str) -> str:
    return text.replace("’", "'").strip()


if __name__ == "__main__":
    main()
