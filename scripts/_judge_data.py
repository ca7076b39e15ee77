"""What the built-in judge is trained on: citations that readers checked, and sentences to count words in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from kb.language.sentences import sentences
from kb.model import Source, Span
from kb.strength.support import Claim

Label: TypeAlias = Literal["SUPPORT", "REFUTE", "none"]
LABELS: tuple[Label, ...] = ("SUPPORT", "REFUTE", "none")
"""``REFUTE`` is a citation that is inaccurate in any way, ``none`` one whose source does not address the claim."""

_OWN = re.compile(r"<\|(multi_)?cit\|>")
_OTHER = re.compile(r"<\|other_cit\|>")
_TAG = re.compile(r"</?CITATION_MARKER>")
_PARAGRAPH = 120
"""Characters from which a line of an article is a paragraph of prose."""
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


def open_text(data: Path) -> Iterator[str]:
    """Sentences of biomedical articles below ``data``, in which the rarity of words is counted; no development part."""
    support = data / "citation-support"
    for pair in read(support / "claims_train.jsonl"):
        yield claim_text(pair.claim)
        yield from _split(pair.source.abstract)
    for row in _rows(support / "context_train.jsonl"):
        yield from (_TAG.sub(" ", sentence) for sentence in row["sentences"])
    for row in _rows(data / "cite-worthiness" / "dev.jsonl"):
        yield row["sentence"]
    for path in sorted((data / "linking").glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if len(line) >= _PARAGRAPH:
                yield from _split(line)


def claim_text(claim: Claim) -> str:
    """The text of a claim without the placeholders of its markers."""
    return _OTHER.sub(" ", _OWN.sub(" ", claim.text))


def _split(text: str) -> Iterator[str]:
    return (text[span.start : span.end] for span in sentences(text))


def _label(evidence: dict[str, list[dict[str, str]]]) -> Label:
    said = {one["label"] for each in evidence.values() for one in each}
    return "REFUTE" if "REFUTE" in said else "SUPPORT" if said else "none"


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
