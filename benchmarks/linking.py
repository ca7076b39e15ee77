"""How well are citations linked to references? Micro precision, recall and F1 over (paragraph, reference) pairs.

``python -m benchmarks.linking [--data PATH] [--json]``. The articles are publishers' JATS rendered as plain text, and
their links are known. References are matched by their position in the list. The peers' figures are those of a 20-line
regular expression on the same files.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks._front import Figure, options, show
from ingest.bibliography import LINKED, gather_references
from ingest.citations import find_citations
from ingest.read import read_file
from kb.model import Article, Citation, Reference

TARGETS = {"numeric": "0.985", "author-year": "0.975", "superscript": "0.950"}
PEERS = {"numeric": "regex 0.963", "author-year": "regex 0.945", "superscript": "GROBID on PDF 0.76–0.92"}

Pair = tuple[int, str]


def linked_pairs(article: Article, references: Sequence[Reference], citations: list[Citation]) -> set[Pair]:
    """(number of the paragraph, position of the reference) for every link to the list; paragraphs are lines of text.

    Works that the text itself links to, such as a web page, stand on no list and are no pair.
    """
    positions = {one.id: str(one.position) for one in references if one.origin != LINKED}
    named = [(citation.line, name) for citation in citations for name in citation.references]
    return {(line, positions[name]) for line, name in named if name in positions}


def true_pairs(text: str, gold: dict[str, Any]) -> set[Pair]:
    """The same pairs as the publisher gave them."""
    positions = {reference["id"]: str(reference["n"]) for reference in gold["refs"]}
    return {
        (text.count("\n", 0, citation["start"]) + 1, positions[rid])
        for citation in gold["citations"]
        for rid in (*citation["rids"], *citation["implied"])
        if rid in positions
    }


def style_of(gold: dict[str, Any]) -> str:
    """The style by which an article is counted."""
    return "superscript" if gold["sup"] else str(gold["style"])


def main(arguments: list[str] | None = None) -> None:
    """Print the table, and the articles that link worst."""
    given = options(__doc__, "data/linking", arguments)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    worst: list[tuple[float, str]] = []
    seconds = 0.0
    for path in sorted(Path(given.data).glob("*.txt")):
        gold = json.loads(path.with_suffix(".gold.json").read_text("utf-8"))
        begun = time.perf_counter()
        article = read_file(path, path.name)
        references = gather_references(article, path).references
        citations = find_citations(article, references)
        seconds += time.perf_counter() - begun
        true, found = true_pairs(article.text, gold), linked_pairs(article, references, citations)
        row = counts[style_of(gold)]
        for index, number in enumerate((len(true & found), len(found), len(true))):
            row[index] += number
        worst.append((f1(len(true & found), len(found), len(true)), f"{path.name} {style_of(gold)}"))
    figures = []
    for style in sorted(counts):
        hits, called, there = counts[style]
        figures.append(Figure(name=f"{style} precision", value=hits / max(1, called)))
        figures.append(Figure(name=f"{style} recall", value=hits / max(1, there)))
        value = f1(hits, called, there)
        figures.append(Figure(name=f"{style} F1", value=value, target=TARGETS[style], peer=PEERS[style]))
    figures.append(Figure(name="seconds", value=seconds))
    notes = [f"worst: {name} F1 {value:.3f}" for value, name in sorted(worst)[:12]]
    show(figures, as_json=given.json, notes=notes)


def f1(hits: int, called: int, there: int) -> float:
    """F1 of counts; 1 where nothing was there and nothing was called."""
    return 2 * hits / (called + there) if called + there else 1.0


if __name__ == "__main__":
    main()
