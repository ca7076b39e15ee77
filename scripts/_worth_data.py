"""The sentences that ``kb.language.worth`` is trained on, out of the data below ``KB_DATA``."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kb.language.worth_features import features

ELSEWHERE = "@elsewhere"
"""A feature of all sentences of ``contexts`` in training alone, which takes up that more of them are cited."""
_LEAST_LETTERS = 25
_MARKER = re.compile(
    r"\[[^\[\]]{0,20}<CITATION_MARKER>[^\[\]]{0,60}\]|<CITATION_MARKER>.{0,200}?</CITATION_MARKER>"
    r"|\([^()]{0,200}\b(?:19|20)\d\d[a-z]?\b[^()]{0,200}\)"
    r"|[\[(]\s?\d{1,3}(?:\s?[,–;-]\s?\d{1,3}){0,30}\s?[\])]"
)
_TAG = re.compile(r"</?CITATION_MARKER>")
_NARRATIVE = re.compile(r"\bet al\b|\b(?:19|20)\d\d\)")


class Sentence(NamedTuple):
    """A sentence of the data: its article, its features, and whether its authors cited something."""

    article: str
    words: str
    section: str
    position: float | None
    cites: bool
    features: frozenset[str]


def read(path: Path) -> list[Sentence]:
    """The sentences of a file of ``cite-worthiness``, without those that still name the study (``narrative``)."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    paragraphs: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in rows:
        known = paragraphs[row["doc"], row["section"]]
        known.setdefault(str(row["para"]), len(known))
    return [_sentence(row, paragraphs[row["doc"], row["section"]]) for row in rows if not row["narrative"]]


def _sentence(row: Mapping[str, object], paragraphs: Mapping[str, int]) -> Sentence:
    words, section = str(row["sentence"]), str(row["section"])
    position = paragraphs[str(row["para"])] / max(1, len(paragraphs) - 1)
    seen = frozenset(features(words, section, position))
    return Sentence(str(row["doc"]), words, section, position, bool(row["label"]), seen)


def contexts(path: Path, known: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of a file of ``citation-support`` contexts, markers taken out; each once, and none that is known.

    Its paragraphs, of many articles, were picked for holding a citation, and their sections are not told.
    """
    seen = {_key(one.words) for one in known}
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        for marked in json.loads(line)["sentences"]:
            words = _TAG.sub("", _MARKER.sub(" ", marked))
            if _key(words) in seen or len(words) < _LEAST_LETTERS or _NARRATIVE.search(marked):
                continue
            seen.add(_key(words))
            names = frozenset({*features(words, "", None), ELSEWHERE})
            found.append(Sentence(f"context {number}", words, "", None, bool(_MARKER.search(marked)), names))
    return found


def _key(words: str) -> str:
    return re.sub(r"\W+", "", words.lower())[:60]
