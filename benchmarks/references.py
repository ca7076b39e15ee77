"""Read the fields of reference strings, and count how often each is exactly right.

``python -m benchmarks.references [--data PATH] [--json]``; the data is ``reference-strings`` (``KB_DATA``, by default
``../shared``): strings tagged by hand, of which nothing here is trained.

A field is right where it equals the tagged one after folding: letters and digits only, lower case, without accents, the
words "p.", "pp." and "pages", and the "In" before a container. Pieces of one field are joined in order. The container
is the journal or the container title; the DOI is the first in the tagged DOI, address or note, where a line break may
have put a space into it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

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


def run(data: Path) -> dict[str, object]:
    """All figures by part; ``data`` is the folder of the strings."""
    figures: dict[str, object] = {}
    for part in PARTS:
        rows = list(strings(data / f"{part}.xml"))
        start = time.perf_counter()
        answers = [parse_reference(text) for text, _ in rows]
        seconds = time.perf_counter() - start
        fields = score((gold, read(answer)) for (_, gold), answer in zip(rows, answers, strict=True))
        figures[part] = {"strings": len(rows), "seconds": round(seconds, 2), "target": TARGETS[part], "fields": fields}
    return figures


def table(figures: dict[str, object]) -> str:
    """The figures as a plain text table."""
    lines = [f"{'part':<6}{'field':<12}{'precision':>10}{'recall':>8}{'F1':>8}{'tagged':>8}"]
    for part in PARTS:
        result = figures[part]
        assert isinstance(result, dict)
        for name, row in result["fields"].items():
            numbers = f"{row['precision']:>10.3f}{row['recall']:>8.3f}{row['f1']:>8.3f}{row['tagged']:>8}"
            lines.append(f"{part:<6}{name:<12}{numbers}")
        lines.append(f"{part:<6}{result['strings']} strings in {result['seconds']} s; to reach: F1 {result['target']}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and print the figures."""
    parser = argparse.ArgumentParser(description="Read the fields of reference strings and count what is right.")
    shared = Path(os.environ.get("KB_DATA") or Path(__file__).resolve().parent.parent.parent / "shared")
    parser.add_argument(
        "--data", type=Path, default=shared / "data" / "reference-strings", help="folder of the strings"
    )
    parser.add_argument("--json", action="store_true", help="print one object with every figure")
    options = parser.parse_args(arguments)
    if not (options.data / f"{PARTS[0]}.xml").is_file():
        parser.error(f"no {PARTS[0]}.xml in {options.data}; name the folder with --data")
    figures = run(options.data)
    print(json.dumps(figures, indent=2) if options.json else table(figures))


if __name__ == "__main__":
    main()
