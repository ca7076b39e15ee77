"""Which words of a statement belong to the source in question: mostly those just before its marker."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kb.language.assertion import without_markers
from kb.strength.judging.terms import terms

if TYPE_CHECKING:
    from kb.strength.support import Claim

FEWEST = 3
"""Fewer content words than this between two markers are no claim: both markers stand for what is before them."""
LONGEST = 3_000
"""Characters of a statement that are read."""
_BRACKETS = re.compile(r"\[[^\[\]\n]{1,160}\]|\([^()\n]{1,300}\)")
_NUMBERS = re.compile(r"\[[\d\s,;–-]{1,80}\]|\([^()]{0,160}\b(?:1[89]|20)\d\d[a-z]?\)")


class Words(NamedTuple):
    """The words of a claim without markers: all of them, and those that belong to the source in question."""

    whole: str
    own: str


class _Group(NamedTuple):
    start: int
    end: int
    own: bool


def words_of(claim: Claim) -> Words:
    """The words of a claim, and those of them that its own marker stands for.

    The own words go from the marker before to the own one, which is where readers mostly found the cited fact; where a
    marker opens the sentence ("Khan et al. [4] saw that …"), from it to the next one. Without a marker of its own, or
    where the rest is too short, they are the whole.
    """
    text = claim.text[:LONGEST]
    groups = _groups(claim, text)
    whole = _unmarked(text, 0, len(text), groups)
    own = next((place for place, group in enumerate(groups) if group.own), None)
    if own is None:
        return Words(whole, whole)
    words = _before(text, groups, own)
    if len(terms(words)) < FEWEST:
        end = groups[own + 1].start if own + 1 < len(groups) else len(text)
        words = _unmarked(text, groups[own].end, end, groups)
    return Words(whole, words if len(terms(words)) >= FEWEST else whole)


def whole_of(claim: Claim) -> str:
    """All words of a claim without markers, as `words_of` tells them."""
    text = claim.text[:LONGEST]
    return _unmarked(text, 0, len(text), _groups(claim, text))


def _before(text: str, groups: list[_Group], own: int) -> str:
    """The words from the marker before to the own one; over markers between which next to nothing stands."""
    for group in reversed(groups[:own]):
        words = _unmarked(text, group.end, groups[own].start, groups)
        if len(terms(words)) >= FEWEST:
            return words
    return _unmarked(text, 0, groups[own].start, groups)


def _groups(claim: Claim, text: str) -> list[_Group]:
    """Where markers stand, each with the brackets around it, in order and not overlapping."""
    spans = [(span.start, span.end, True) for span in claim.own] + [
        (span.start, span.end, False) for span in claim.others
    ]
    spans = [span for span in spans if span[1] <= len(text)]
    found = []
    for match in _BRACKETS.finditer(text):
        inside = [own for start, end, own in spans if match.start() <= start and end <= match.end()]
        if inside or _NUMBERS.fullmatch(match.group()):
            found.append(_Group(match.start(), match.end(), any(inside)))
    bare = [span for span in spans if not any(group.start <= span[0] and span[1] <= group.end for group in found)]
    merged: list[_Group] = []
    for group in sorted([*found, *(_Group(*span) for span in bare)]):
        if merged and group.start < merged[-1].end:
            last = merged.pop()
            merged.append(_Group(last.start, max(last.end, group.end), last.own or group.own))
        else:
            merged.append(group)
    return merged


def _unmarked(text: str, start: int, end: int, groups: list[_Group]) -> str:
    """A passage of the text without the markers in it."""
    pieces, place = [], start
    for group in groups:
        if start <= group.start and group.end <= end:
            pieces.append(text[place : group.start])
            place = group.end
    return without_markers(" ".join([*pieces, text[place:end]]))
