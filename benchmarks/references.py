"""Read the fields of reference strings, and count how often each is exactly right.

``python -m benchmarks.references [--data PATH] [--json]``; the data is ``reference-strings`` (``KB_DATA``, by default
``../shared``): strings tagged by hand, of which nothing here is trained.

A field is right where it equals the tagged one after folding: letters and digits only, lower case, without accents, the
words "p.", "pp." and "pages", and the "In" before a container. Pieces of one field are joined in order. The container
is the journal or the container title; the DOI is the first in the tagged DOI, address or note, where a line break may
have put a space into it.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

from benchmarks._front import Figure, options, show
from ingest.references.fields import Fields, parse_reference
from kb.identifiers import find_dois

PARTS = ("core", "good")
TAGS = {
    "author": ("author",),
    "title": ("title",),
    "container": ("journal", "container-title"),
    "date": ("date",),
    "volume": ("volume",),
    "pages": ("pages",),
}
FIELDS = (*TAGS, "doi")
TARGETS = {"core": 0.90, "good": 0.85}
_PAGE_WORDS = re.compile(r"\b(?:pages?|pp?)\b\.?")
_LEADING_IN = re.compile(r"^\s*(?:in|dans)\b:?\s")
_MARKUP = re.compile(r"</?[a-z]{1,10}>")


def strings(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The strings of a file, each with its tagged fields, folded."""
    for sequence in ElementTree.parse(path).getroot():
        pieces = [(piece.tag, (piece.text or "").strip()) for piece in sequence]
        tagged = {name: folded(name, " ".join(text for tag, text in pieces if tag in TAGS[name])) for name in TAGS}
        addresses = "\n".join(text.replace(" ", "") for tag, text in pieces if tag in ("doi", "url", "note"))
        tagged["doi"] = next((doi for _, _, doi in find_dois(addresses)), "")
        yield " ".join(text for _, text in pieces), tagged


def folded(field: str, text: str) -> str:
    """A field as it is compared."""
    text = unicodedata.normalize("NFKD", _MARKUP.sub("", text)).casefold()
    if field == "pages":
        text = _PAGE_WORDS.sub("", text)
    if field == "container":
        text = _LEADING_IN.sub("", text)
    return "".join(ch for ch in text if ch.isalnum())


def read(fields: Fields) -> dict[str, str]:
    """The fields that were read, folded as the tagged ones are."""
    return {name: folded(name, getattr(fields, name)) for name in TAGS} | {"doi": fields.doi or ""}


def score(pairs: Iterable[tuple[dict[str, str], dict[str, str]]]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of each field, and of all fields together (``micro``), from (tagged, read) pairs."""
    right: Counter[str] = Counter()
    tagged: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for gold, answer in pairs:
        for name in FIELDS:
            right[name] += bool(gold[name]) and gold[name] == answer[name]
            tagged[name] += bool(gold[name])
            answered[name] += bool(answer[name])
    for counter in (right, tagged, answered):
        counter["micro"] = sum(counter[name] for name in FIELDS)
    return {name: _figures(right[name], tagged[name], answered[name]) for name in (*FIELDS, "micro")}


def _figures(right: int, tagged: int, answered: int) -> dict[str, float]:
    return {
        "precision": round(right / max(1, answered), 4),
        "recall": round(right / max(1, tagged), 4),
        "f1": round(2 * right / max(1, tagged + answered), 4),
        "tagged": tagged,
    }


def figures_of(part: str, data: Path) -> Iterator[Figure]:
    """Every figure of one part of the strings."""
    rows = list(strings(data / f"{part}.xml"))
    begun = time.perf_counter()
    answers = [parse_reference(text) for text, _ in rows]
    seconds = time.perf_counter() - begun
    fields = score((gold, read(answer)) for (_, gold), answer in zip(rows, answers, strict=True))
    for name, row in fields.items():
        target = f"{TARGETS[part]:.2f}" if name == "micro" else ""
        yield Figure(name=f"{part} {name} precision", value=row["precision"])
        yield Figure(name=f"{part} {name} recall", value=row["recall"])
        yield Figure(name=f"{part} {name} F1", value=row["f1"], target=target)
    yield Figure(name=f"{part} strings", value=len(rows))
    yield Figure(name=f"{part} seconds", value=seconds)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how well each field of each part is read."""
    given = options(__doc__, "data/reference-strings", arguments)
    show([figure for part in PARTS for figure in figures_of(part, given.data)], as_json=given.json)


if __name__ == "__main__":
    main()
