"""Which sentences around a citation belong to it? Precision, recall and F1 over sentences.

``python -m benchmarks.scope [--data PATH] [--json]``; the data is ``citation-support/context_{train,dev}.jsonl``
(``KB_DATA``, by default ``../shared``): paragraphs in sentences, one marker of each in question, and the sentences that
people found to belong to it. The rules were chosen on train and are to be judged by dev. The peer takes the sentence
of the marker alone.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from benchmarks._front import Figure, options, show
from ingest.citations import place
from kb.model import Citation, Span, Statement

PARTS = ("train", "dev")
TARGET = "0.94"
_MARKED = re.compile(r"<CITATION_MARKER>(.*?)</CITATION_MARKER>")
_OPEN, _CLOSE = "\ue000", "\ue001"
"""What stands for the tags while brackets are looked for around them."""
_OTHERS = re.compile(
    r"[\[(]\s?[\d\ue000][\d\ue000\ue001\s,;–-]*[\])]|\([^()]{0,200}\b(?:19|20)\d\d[a-z]?[^()]{0,200}\)"
    r"|\ue000[^\ue001]*\ue001(?:[\s,–-]{0,3}\d{1,3})*"
)
"""Markers as they look, for the reference lists are not in the data."""


class Row(msgspec.Struct, frozen=True):
    """A paragraph with one marker in question, and for each sentence whether it belongs to it."""

    sentences: list[str]
    labels: list[int]


def rows(path: Path) -> list[Row]:
    """The labelled paragraphs of a file."""
    return [msgspec.json.decode(line, type=Row) for line in path.read_bytes().splitlines() if line.strip()]


def covered(sentences: Sequence[str]) -> set[int]:
    """The sentences that ``place`` gives to the marker in question."""
    statements: list[Statement] = []
    citations: list[Citation] = []
    asked: list[int] = []
    position = 0
    for number, tagged in enumerate(sentences):
        plain = _MARKED.sub(rf"{_OPEN}\1{_CLOSE}", tagged)
        statements.append(_statement(number, plain, position))
        for match in _OTHERS.finditer(plain):
            if _OPEN in match.group():
                asked.append(len(citations))
            citations.append(
                Citation(
                    text=match.group().strip(_OPEN + _CLOSE),
                    start=position + match.start(),
                    end=position + match.end(),
                    line=1,
                    references=("any",),
                )
            )
        position += len(plain) + 1
    placed = place(citations, statements)
    return {int(name) for index in asked for name in placed[index].statements}


def _statement(number: int, text: str, start: int) -> Statement:
    return Statement(
        id=str(number),
        fingerprint="",
        text=text,
        start=start,
        end=start + len(text),
        sentence=Span(start=start, end=start + len(text)),
        line=1,
        section="",
        kind="fact",
        question=None,
        needs_source=True,
    )


def score(pairs: Iterable[tuple[set[int], set[int]]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over sentences, of (found, true) pairs."""
    hits = called = there = 0
    for found, true in pairs:
        hits, called, there = hits + len(found & true), called + len(found), there + len(true)
    return hits / max(1, called), hits / max(1, there), 2 * hits / max(1, called + there)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of both parts beside those of the marker's sentence alone."""
    given = options(__doc__, "data/citation-support", arguments)
    figures: list[Figure] = []
    begun = time.perf_counter()
    for part in PARTS:
        data = rows(given.data / f"context_{part}.jsonl")
        true = [{index for index, label in enumerate(row.labels) if label} for row in data]
        alone = [{index for index, text in enumerate(row.sentences) if _MARKED.search(text)} for row in data]
        found = [covered(row.sentences) for row in data]
        precision, recall, f1 = score(zip(found, true, strict=True))
        peer = f"sentence alone {score(zip(alone, true, strict=True))[2]:.3f}"
        figures += [
            Figure(name=f"{part} precision", value=precision),
            Figure(name=f"{part} recall", value=recall),
            Figure(name=f"{part} F1", value=f1, target=TARGET, peer=peer),
        ]
    figures.append(Figure(name="seconds", value=time.perf_counter() - begun))
    show(figures, as_json=given.json)


if __name__ == "__main__":
    main()
