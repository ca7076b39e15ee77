"""Citations that the document's format ties to their references itself.

Formats tie each number or name on its own; what stands in one bracket is one marker, and between two numbers that
only a dash joins, the numbers between are cited too: [3–6] with links at 3 and 6 names four references.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from ingest.citations.marker import Marker, unique
from ingest.reading import Anchor
from kb.model import Reference

_DASH = r"[-‐‑‒–—−⁻]"
_BREAK = "\n\n"
_LONGEST_GAP = 12
_JOINED = re.compile(rf"[\s,;&()\[\]⁽⁾]*{_DASH}?[\s,;&()\[\]⁽⁾]*")
_RANGED = re.compile(rf"\s*[)\]⁾]?\s*{_DASH}\s*[(\[⁽]?\s*")
_NUMBER = re.compile(r"[\s\[(]*(\d{1,4})[\s\])]*")
_WITHIN = re.compile(rf"[\s\[(]*(\d{{1,4}})\s?{_DASH}\s?(\d{{1,4}})[\s\])]*")
_BRACKETS = {"(": ")", "[": "]"}
_LARGEST_RANGE = 60
_LONGEST_NUMBER = 20


def anchored_markers(
    text: str, anchors: Sequence[Anchor], references: Sequence[Reference], aliases: Mapping[str, str]
) -> Iterator[Marker]:
    """Markers from anchors, whose targets are ids of references or other names that ``aliases`` knows.

    Parameters
    ----------
    text
        The article.
    anchors
        The passages that the format ties to references.
    references
        All references, in the order of the list.
    aliases
        Other names that anchors use, and the ids of the references meant.
    """
    order = {reference.id: index for index, reference in enumerate(references)}
    for group in _groups(text, sorted(anchors, key=lambda anchor: (anchor.start, anchor.end))):
        named = [[aliases.get(target, target) for target in anchor.targets] for anchor in group]
        names: list[str] = []
        for index, anchor in enumerate(group):
            if index and _ranged(text, group[index - 1], anchor):
                names += _between(named[index - 1], named[index], references, order)
            names += [*named[index], *_spelled(text, anchor, named[index], references, order)]
        start, end = _bracketed(text, group[0].start, max(anchor.end for anchor in group))
        yield Marker(
            start=start,
            end=end,
            references=unique([name for name in names if name in order]),
            missing=unique([name for name in names if name not in order]),
        )


def _groups(text: str, anchors: Sequence[Anchor]) -> Iterator[list[Anchor]]:
    """Anchors that only commas, semicolons, dashes and brackets part, in one block."""
    group: list[Anchor] = []
    for anchor in anchors:
        gap = text[group[-1].end : anchor.start][: _LONGEST_GAP + 1] if group else ""
        joined = len(gap) <= _LONGEST_GAP and _BREAK not in gap and _JOINED.fullmatch(gap)
        if group and not joined:
            yield group
            group = []
        group.append(anchor)
    if group:
        yield group


def _ranged(text: str, first: Anchor, last: Anchor) -> bool:
    """Whether two anchors are the ends of a range: numbers, with nothing but a dash between."""
    ends = all(_NUMBER.fullmatch(_plain(text, anchor)) for anchor in (first, last))
    return ends and bool(_RANGED.fullmatch(text[first.end : last.start]))


def _between(
    first: Sequence[str], last: Sequence[str], references: Sequence[Reference], order: Mapping[str, int]
) -> list[str]:
    """The references that stand in the list between the last name of one anchor and the first of the next."""
    start, end = order.get(first[-1], -1) if first else -1, order.get(last[0], -1) if last else -1
    if not 0 <= start < end <= start + _LARGEST_RANGE:
        return []
    return [reference.id for reference in references[start + 1 : end]]


def _spelled(
    text: str, anchor: Anchor, names: Sequence[str], references: Sequence[Reference], order: Mapping[str, int]
) -> list[str]:
    """The references of a range that one anchor spells out and ties to its first number, or to both ends."""
    match = _WITHIN.fullmatch(_plain(text, anchor))
    start = order.get(names[0], -1) if names else -1
    if match is None or start < 0:
        return []
    first, last = int(match.group(1)), int(match.group(2))
    number = references[start].label or str(start + 1)
    if number != str(first) or not first < last <= first + _LARGEST_RANGE:
        return []
    return [reference.id for reference in references[start : start + last - first + 1]]


def _plain(text: str, anchor: Anchor) -> str:
    """The words of an anchor, superscript digits as digits; of long ones the beginning, for they are no numbers."""
    return unicodedata.normalize("NFKC", text[anchor.start : min(anchor.end, anchor.start + _LONGEST_NUMBER)])


def _bracketed(text: str, start: int, end: int) -> tuple[int, int]:
    """With the bracket around it, where nothing else stands in that."""
    closing = _BRACKETS.get(text[start - 1 : start])
    return (start - 1, end + 1) if closing and text[end : end + 1] == closing else (start, end)
