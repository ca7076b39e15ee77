"""How well, and how fast, are paragraphs split into sentences? F1 of the boundaries between them.

``python -m benchmarks.sentences [--data PATH] [--json] [--labels FILE] [--no-peers]``. The labels are places only
(article, paragraph, where each sentence but the last ends, in code points of the ``.txt``); the text stays in
``--data``. They were set by reading every paragraph, beside what two splitters proposed, in three draws: ``random``,
one or two paragraphs an article; paragraphs picked for what makes them hard, one kind each, such as ``stat`` or
``species``; and ``fresh``, at random again, labelled and scored once the rules were written, and not used for them
since. Articles are halved: rules may be tuned on ``development``, not on ``judging``; two kinds of error in ``judging``
were mended all the same, so ``fresh`` is the figure to trust. Whoever labelled also wrote the rules: expect less where
somebody else draws the lines.

Conventions: a citation, a pointer such as "(Table 1)" or a note's number behind the full stop belongs to the sentence
before it, but "[10] proposed that" starts the next one. A colon or semicolon ends nothing, nor do the items of a list
that runs within a sentence. Whole sentences within quotation marks, or within brackets that stand between sentences,
are sentences; within a bracket inside a sentence nothing ends. A number or letter that labels an item belongs to what
it labels. "et al. (2013). that" goes on. Sentences without a space between them end where the full stop is.

A boundary is right if the same visible characters stand before it: white space does not matter. Peers get each
paragraph as it is, in a process of their own; all are timed on these paragraphs, the best of several passes, without
what they import. Each lives below ``.venv-peers``; one that cannot be installed or hangs is named as such.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from benchmarks import _peers
from benchmarks._front import Figure, command, data_folder, show
from kb.language.sentences import sentences

LABELS = Path(__file__).with_name("labels") / "sentences.json"
REQUIREMENTS = {"pysbd": ("pysbd==0.3.4",), "sentencex": ("sentencex==1.0.32",)}
TARGET, TIMES_PYSBD = ">= 0.97", ">= 30"
OUR_PASSES, PEER_PASSES = 10, 3
_CONTEXT = 30
"""Characters of either side shown with an error."""


class Label(msgspec.Struct, frozen=True):
    """One paragraph, and where the sentences in it end, other than the last one."""

    article: str
    part: str
    picked: str
    start: int
    end: int
    ends: list[int]


class Paragraph(NamedTuple):
    """A labelled paragraph with its text, and the boundaries as numbers of visible characters before them."""

    label: Label
    text: str
    ends: frozenset[int]


class Run(NamedTuple):
    """What a splitter found in each paragraph, and the seconds for one pass over all of them."""

    found: list[frozenset[int]]
    pieces: int
    seconds: float


def paragraphs(folder: Path, labels: Path) -> list[Paragraph]:
    """The labelled paragraphs whose article is in the folder."""
    rows = msgspec.json.decode(labels.read_bytes(), type=list[Label])
    names = {row.article for row in rows}
    texts = {name: path.read_text("utf-8") for name in names if (path := folder / f"{name}.txt").exists()}
    return [_paragraph(row, texts[row.article]) for row in rows if row.article in texts]


def _paragraph(label: Label, article: str) -> Paragraph:
    text = article[label.start : label.end]
    return Paragraph(label, text, frozenset(visible(text[: end - label.start]) for end in label.ends))


def visible(text: str) -> int:
    """How many characters are no white space."""
    return len("".join(text.split()))


def ours(known: Sequence[Paragraph]) -> Run:
    """Our own splitter, in this process."""
    texts = [paragraph.text for paragraph in known]
    best = min(_timed(lambda: [sentences(text) for text in texts]) for _ in range(OUR_PASSES))
    spans = [sentences(text) for text in texts]
    ends = ([visible(text[: span.end]) for span in found] for text, found in zip(texts, spans, strict=True))
    return Run([frozenset(found[:-1]) for found in ends], sum(map(len, spans)), best)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def peer(name: str, known: Sequence[Paragraph]) -> Run:
    """Another splitter, in its own environment.

    Raises
    ------
    _peers.PeerError
        It cannot be installed, does not run here, or takes longer than ``_peers.LONGEST_SECONDS``.
    """
    interpreter = _peers.python(name, *REQUIREMENTS[name])
    job = {"texts": [paragraph.text for paragraph in known], "passes": PEER_PASSES}
    done = _peers.ask([interpreter, Path(__file__).with_name("_sentences_peers.py"), name], job)
    return Run([frozenset(ends[:-1]) for ends in done["ends"]], sum(map(len, done["ends"])), done["seconds"])


PARTS: dict[str, Callable[[Label], bool]] = {
    "all": lambda _: True,
    "development half": lambda label: label.part == "development",
    "judging half": lambda label: label.part == "judging",
    "random": lambda label: label.picked == "random",
    "hard": lambda label: label.picked not in {"random", "fresh"},
    "fresh": lambda label: label.picked == "fresh",
}


def scores(known: Sequence[Paragraph], run: Run) -> dict[str, float]:
    """Precision and recall of the boundaries, and F1 in every part, by name; 0 in a part without boundaries."""
    named: dict[str, float] = {}
    for part, wanted in PARTS.items():
        pairs = [(one.ends, found) for one, found in zip(known, run.found, strict=True) if wanted(one.label)]
        right = sum(len(ends & found) for ends, found in pairs)
        there, called = sum(len(ends) for ends, _ in pairs), sum(len(found) for _, found in pairs)
        if part == "all":
            named |= {"precision": right / max(1, called), "recall": right / max(1, there)}
        named[f"F1, {part}"] = 2 * right / max(1, called + there)
    return named


def figures(known: Sequence[Paragraph], run: Run, peers: dict[str, Run]) -> Iterator[Figure]:
    """What is right in each part beside the peers', then speed beside theirs."""
    yield Figure(name="paragraphs", value=len(known))
    yield Figure(name="boundaries", value=sum(len(one.ends) for one in known), target=">= 1000")
    theirs = {name: scores(known, other) for name, other in peers.items()}
    for figure, value in scores(known, run).items():
        beside = ", ".join(f"{name} {found[figure]:.3f}" for name, found in theirs.items())
        yield Figure(name=figure, value=value, target=TARGET if figure.startswith("F1") else "", peer=beside)
    beside = ", ".join(f"{name} {other.pieces / other.seconds:,.0f}" for name, other in peers.items())
    yield Figure(name="sentences a second", value=run.pieces / run.seconds, peer=beside)
    size = sum(len(one.text) for one in known)
    yield Figure(name="million characters a second", value=size / run.seconds / 1e6)
    for name, other in peers.items():
        target = TIMES_PYSBD if name == "pysbd" else ""
        yield Figure(name=f"{name}'s time / ours", value=other.seconds / run.seconds, target=target)


def errors(known: Sequence[Paragraph], run: Run) -> Iterator[str]:
    """Where ours is wrong, one line each."""
    for one, found in zip(known, run.found, strict=True):
        for end in sorted(one.ends ^ found):
            kind = "missed" if end in one.ends else "added"
            place = _place(one.text, end)
            before, behind = one.text[max(0, place - _CONTEXT) : place], one.text[place : place + _CONTEXT]
            yield f"{kind}: {one.label.article} at {one.label.start + place}: {before}|{behind}"


def _place(text: str, count: int) -> int:
    """Behind how many characters so many visible ones have passed."""
    seen = (index for index, sign in enumerate(text) if not sign.isspace())
    return next(index for passed, index in enumerate(seen, 1) if passed == count) + 1


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table beside the peers, what went wrong, and which peers could not be had."""
    parser = command(__doc__)
    data_folder(parser, "data/linking")
    parser.add_argument("--labels", type=Path, default=LABELS, help="another file of labels")
    parser.add_argument("--no-peers", action="store_true", help="install and run no other program")
    given: Any = parser.parse_args(arguments)
    known = paragraphs(Path(given.data), given.labels)
    if not known:
        parser.error(f"no article of {given.labels} is in {given.data}; give --data or --labels")
    run = ours(known)
    peers: dict[str, Run] = {}
    notes = list(errors(known, run))
    for name in () if given.no_peers else REQUIREMENTS:
        try:
            peers[name] = peer(name, known)
        except (_peers.PeerError, json.JSONDecodeError) as error:
            notes.append(f"not compared with {name}: {error}")
    show(list(figures(known, run, peers)), as_json=given.json, notes=notes)


if __name__ == "__main__":
    main()
