"""How well are citations linked to references? Micro precision, recall and F1 over (paragraph, reference) pairs.

``python -m benchmarks.linking [--data PATH] [--json] [--format txt,html,nxml] [--worst N]``. The articles are
publishers' JATS, and the same rendered as plain text and as HTML without any link; the links are known. References of
JATS are matched by their id, of the renderings by their position in the list. A paragraph is found again by its words,
because each format has its own offsets. The peers' figures are those of a 20-line regular expression on the same files,
and, for superscripts, of GROBID on PDFs.
"""

from __future__ import annotations

import json
import re
import time
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks._front import Figure, command, data_folder, show
from ingest.bibliography import Gathered, gather_references
from ingest.citations import find_citations
from ingest.links import LINKED
from ingest.read import read_file
from kb.model import Article, Citation

TARGETS = {
    "txt numeric": "0.985",
    "txt author-year": "0.975",
    "txt superscript": "0.950",
    "html superscript": "0.985",
    "nxml numeric": "0.999",
    "nxml author-year": "0.999",
    "nxml superscript": "0.999",
    "nxml all": "0.999",
}
PEERS = {
    "txt numeric": "regex 0.963",
    "txt author-year": "regex 0.945",
    "txt superscript": "GROBID on PDF 0.76–0.92",
    "html superscript": "GROBID on PDF 0.76–0.92",
}
_SIGNATURE = 80
"""Letters and digits by which a block is found in the publisher's paragraphs."""

Pair = tuple[int, str]


def true_pairs(text: str, gold: dict[str, Any], *, by_id: bool) -> set[Pair]:
    """(line of the plain text, reference) as the publisher tied them."""
    names = {one["id"]: one["id"] if by_id else str(one["n"]) for one in gold["refs"]}
    return {
        (text.count("\n", 0, citation["start"]) + 1, names[rid])
        for citation in gold["citations"]
        for rid in (*citation["rids"], *citation["implied"])
        if rid in names
    }


def found_pairs(
    article: Article, gathered: Gathered, citations: Sequence[Citation], text: str, *, by_id: bool
) -> set[Pair]:
    """The same pairs as they were found in a format; works that the text itself links to stand on no list.

    The publisher's file also holds captions, boxes and appendices. The plain rendering leaves them out, and so the
    known links say nothing of the citations in them: they are not counted.
    """
    names = {one.id: one.id if by_id else str(one.position) for one in gathered.references if one.origin != LINKED}
    lines = list(_lines_of_blocks(article, text))
    starts = [block.start for block in article.blocks]
    pairs = {
        (lines[bisect_right(starts, citation.start) - 1], names[name])
        for citation in citations
        for name in citation.references
        if name in names
    }
    return {(line, name) for line, name in pairs if line > 0 or not by_id}


def _lines_of_blocks(article: Article, text: str) -> Iterator[int]:
    """For each block the line of the plain rendering that holds it, or minus its number where none does."""
    rendered = [(number, _signed(line)) for number, line in enumerate(text.split("\n"), 1)]
    at = 0
    for index, block in enumerate(article.blocks):
        words = _signed(article.text[block.start : block.end])
        places = [*range(at, len(rendered)), *range(at)]
        begins = (n for n in places if words and rendered[n][1].startswith(words[:_SIGNATURE]))
        holds = (n for part in _signatures(words) for n in places if part in rendered[n][1])
        found = next(chain(begins, holds), None)
        if found is None:
            yield -index
        else:
            at = found
            yield rendered[found][0]


def _signatures(words: str) -> Iterator[str]:
    """Parts by which a block can be found: its beginning, its end, and those between, as formulas are left out."""
    if words:
        yield words[:_SIGNATURE]
        yield words[-_SIGNATURE:]
        inner = range(_SIGNATURE, len(words) - _SIGNATURE, _SIGNATURE)
        yield from (words[start : start + _SIGNATURE] for start in inner)


def _signed(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def style_of(gold: dict[str, Any]) -> str:
    """The style by which an article is counted."""
    return "superscript" if gold["sup"] else str(gold["style"])


def main(arguments: list[str] | None = None) -> None:
    """Print the table, and the articles that link worst."""
    parser = command(__doc__)
    data_folder(parser, "data/linking")
    parser.add_argument("--format", default="txt,html,nxml", help="which renderings, with commas between")
    parser.add_argument("--worst", type=int, default=4, help="how many articles of each format are named")
    given = parser.parse_args(arguments)
    figures: list[Figure] = []
    notes: list[str] = []
    for form in given.format.split(","):
        counts, worst, seconds = _measured(Path(given.data), form)
        for style in sorted(counts):
            hits, called, there = counts[style]
            name = f"{form} {style}"
            figures += [
                Figure(name=f"{name} precision", value=hits / max(1, called)),
                Figure(name=f"{name} recall", value=hits / max(1, there)),
                Figure(
                    name=f"{name} F1",
                    value=f1(hits, called, there),
                    target=TARGETS.get(name, ""),
                    peer=PEERS.get(name, ""),
                ),
            ]
        figures.append(Figure(name=f"{form} seconds", value=seconds))
        notes += [f"worst: {name} F1 {value:.3f}" for value, name in sorted(worst)[: given.worst]]
    show(figures, as_json=given.json, notes=notes)


def _measured(folder: Path, form: str) -> tuple[dict[str, list[int]], list[tuple[float, str]], float]:
    """Counts by style (hits, found, there), each article's F1, and the seconds that reading and linking took."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    worst: list[tuple[float, str]] = []
    seconds = 0.0
    by_id = form == "nxml"
    for path in sorted(folder.glob(f"*.{form}")):
        gold = json.loads(path.with_suffix(".gold.json").read_text("utf-8"))
        text = path.with_suffix(".txt").read_text("utf-8")
        begun = time.perf_counter()
        reading = read_file(path, path.name)
        gathered = gather_references(reading, path)
        citations = find_citations(reading, gathered.references, gathered.aliases)
        seconds += time.perf_counter() - begun
        true = true_pairs(text, gold, by_id=by_id)
        found = found_pairs(reading.article, gathered, citations, text, by_id=by_id)
        numbers = len(true & found), len(found), len(true)
        for style in (style_of(gold), "all"):
            counts[style] = [a + b for a, b in zip(counts[style], numbers, strict=True)]
        worst.append(
            (
                f1(*numbers),
                f"{path.name} {style_of(gold)} (of {len(true)}: {len(found - true)} too many,"
                f" {len(true - found)} missed)",
            )
        )
    return counts, worst, seconds


def f1(hits: int, called: int, there: int) -> float:
    """F1 of counts; 1 where nothing was there and nothing was called."""
    return 2 * hits / (called + there) if called + there else 1.0


if __name__ == "__main__":
    main()
