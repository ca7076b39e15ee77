"""The annotated citations that the built-in judge is trained and scored on: ``citation-support`` of the shared data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from kb.model import Source, Span
from kb.strength.support import Claim

Label: TypeAlias = Literal["SUPPORT", "REFUTE", "none"]
LABELS: tuple[Label, ...] = ("SUPPORT", "REFUTE", "none")
"""``REFUTE`` is a citation that is inaccurate in any way, ``none`` one whose source does not address the claim."""

_OWN = re.compile(r"<\|(multi_)?cit\|>")
_OTHER = re.compile(r"<\|other_cit\|>")
_PER_DOCUMENT = 1_000
"""Ids of one cited document share their thousands: each claim has its own passages of it."""


class Pair(NamedTuple):
    """A claim, the source that it cites, what readers said of the two, and the document that many pairs cite."""

    claim: Claim
    source: Source
    label: Label
    document: int


def read(path: Path) -> list[Pair]:
    """The pairs of a file of claims; the passages that they cite stand in ``corpus.jsonl`` beside it.

    The passages of a document become the source's abstract. A claim that no reader found evidence for is ``none``.
    """
    corpus = {row["doc_id"]: row for row in _rows(path.with_name("corpus.jsonl"))}
    return [
        Pair(
            claim=claim_from(row["claim"]),
            source=Source(
                id=f"ref:{document}",
                title=corpus[document]["title"],
                abstract=" ".join(corpus[document]["abstract"]),
            ),
            label=_label(row["evidence"]),
            document=document // _PER_DOCUMENT,
        )
        for row in _rows(path)
        for document in row["cited_doc_ids"]
    ]


def claim_from(text: str) -> Claim:
    """The claim of a text in which placeholders stand for the markers of its source and of others."""
    own = list(_OWN.finditer(text))
    return Claim(
        text=text,
        own=tuple(Span(start=found.start(), end=found.end()) for found in own),
        others=tuple(Span(start=found.start(), end=found.end()) for found in _OTHER.finditer(text)),
        bundle=max((2 if found.group(1) else 1 for found in own), default=0),
    )


def _label(evidence: dict[str, list[dict[str, str]]]) -> Label:
    said = {one["label"] for each in evidence.values() for one in each}
    return "REFUTE" if "REFUTE" in said else "SUPPORT" if said else "none"


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
