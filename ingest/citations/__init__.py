"""Markers → ``Citation``: which references each marker in the text names, and which statements it covers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from ingest.citations.anchored import anchored_markers
from ingest.citations.keyed import keyed_markers
from ingest.citations.marker import Marker
from ingest.citations.named import named_markers
from ingest.citations.numeric import numeric_markers
from ingest.citations.scope import place
from ingest.citekeys import without_keys
from ingest.reading import Reading
from kb.language.places import Places
from kb.model import AUDITED, CITING, LISTED, Citation, Reference

__all__ = ["EMPTY", "find_citations", "place"]

EMPTY: Mapping[str, str] = MappingProxyType({})

_FEW_TIED = 1 / 3
"""The part of the list up to which the links of a page leave its other citations to the words."""


def find_citations(
    reading: Reading, references: Sequence[Reference], aliases: Mapping[str, str] = EMPTY
) -> list[Citation]:
    """The markers in the article's own text, in order; their statements are filled in by ``place``.

    ``aliases`` maps keys of a bibliography, and names that anchors use, to the ids of the references meant.
    Where two readings of a passage overlap, the more exact one counts: what the format itself ties to a reference, a
    key or an address before a number, a number before a name. Where the format ties citations, numbers and names in the
    words count only for the references that it ties to no passage.
    """
    article = reading.article
    spans = [(block.start, block.end) for block in article.blocks if block.kind in AUDITED]
    listed = [reference for reference in references if reference.origin == LISTED]  # only a list has numbers
    marked = [(block.start, block.end) for block in article.blocks if block.kind in CITING]
    taken = list(_within(anchored_markers(article.text, reading.anchors, references, aliases), marked))
    tied = {name for marker in taken for name in marker.references}
    if article.format == "html" and len(tied) <= _FEW_TIED * len(listed):
        tied = set()  # a link or two to the list of a page is no way of citing
    worded = list(without_keys(spans, reading.keys))
    for found in (
        keyed_markers(reading, spans, references, aliases),
        _left_open(numeric_markers(article.text, worded, listed, reading.raised), tied),
        _left_open(named_markers(article.text, worded, references), tied),
    ):
        taken = _without_overlap(taken, found)
    places = Places(article)
    return [
        Citation(
            text=article.text[marker.start : marker.end],
            start=marker.start,
            end=marker.end,
            line=places.line(marker.start),
            references=marker.references,
            missing=marker.missing,
        )
        for marker in taken
    ]


def _within(markers: Iterable[Marker], spans: Sequence[tuple[int, int]]) -> Iterator[Marker]:
    """Those that begin in one of the passages, which are in order."""
    starts = [start for start, _ in spans]
    for marker in markers:
        at = bisect_right(starts, marker.start) - 1
        if at >= 0 and marker.start < spans[at][1]:
            yield marker


def _left_open(markers: Iterable[Marker], tied: set[str]) -> Iterator[Marker]:
    """Of markers found in the words those that the format leaves open: of references that it ties to no passage.

    Where it ties any, numbers and names that it leaves alone are mostly none, such as those of trials and tables.
    """
    for marker in markers:
        if not tied or not (marker.missing or tied.intersection(marker.references)):
            yield marker


def _without_overlap(taken: list[Marker], found: Iterable[Marker]) -> list[Marker]:
    """Both, in order of place; of two that overlap the earlier finder's, or the one that starts first, stays."""
    held = sorted(taken, key=lambda marker: marker.start)
    result: list[Marker] = []
    rank = {id(marker): 0 for marker in held}
    last_end, last_rank = -1, 0
    for marker in sorted([*held, *found], key=lambda m: (m.start, rank.get(id(m), 1), -m.end)):
        own = rank.get(id(marker), 1)
        if marker.start >= last_end:
            result.append(marker)
        elif own < last_rank:
            result[-1] = marker
        else:
            continue
        last_end, last_rank = marker.end, own
    return result
