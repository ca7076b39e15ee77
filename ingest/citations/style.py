"""Which way of writing numbers an article uses to cite, by the evidence of the whole article.

Numbered references first appear in the order of their list. So the numbers of a passage that cites make a rising
sequence over the article, and counts, exponents and names that end in a digit do not.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Literal, TypeAlias

import msgspec

from ingest.citations.candidates import Candidate

Form: TypeAlias = Literal["square", "raised", "round", "glued"]
Firsts: TypeAlias = list[tuple[int, int]]
"""(place, number) of the first appearances that rise, in order of both."""

_PLAIN_SPEECH: frozenset[Form] = frozenset(("round", "glued"))
"""Forms that ordinary text has as well, so that they count only with evidence."""
_ALIKE: Mapping[Form, tuple[Form, ...]] = {"glued": ("raised",)}
"""Forms that are the same to the author: where some superscripts lost their markup, others may have kept it."""
_LEAST_SHARE: Mapping[bool, Mapping[Form, float]] = {
    False: {"square": 0.0, "raised": 0.0, "round": 0.3, "glued": 0.3},
    True: {"square": 0.3, "raised": 0.3, "round": 0.5, "glued": 0.5},
}
"""The part of the list that has to be cited in rising order, by whether the article cites by name as well."""
_EVIDENT_SHARE = 0.8
_LEAST_COVERED = 0.7
_LEAST_MARKERS = 3
_LEAST_STEADY = 0.6
_BY_NAME = re.compile(
    r"\([^()]{2,80}?\b(?:1[89]|20)\d\d[a-z]?\)|\bet al\.?,? \(?(?:1[89]|20)\d\d|[A-Z]\w+ \((?:1[89]|20)\d\d[a-z]?\)"
)
_MANY_BY_NAME = 5


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What speaks for a form of citing."""

    firsts: Firsts
    markers: int
    share: float
    """Numbers that first appear in rising order, of all in the list."""
    steady: float
    """The same, of all that appear."""
    covered: float
    """Numbers that appear in any order, of all in the list."""


def chosen(
    forms: Mapping[Form, Sequence[Candidate]], known: frozenset[int], text: str, spans: Sequence[tuple[int, int]]
) -> tuple[Form | None, list[Candidate]]:
    """The form that the article cites in, and its markers.

    Markers of other forms, and doubtful ones, count where they fill a gap in the rising numbers exactly.

    Parameters
    ----------
    forms
        The candidates of each form, in order of place; of forms with equal evidence the one named first is chosen.
    known
        The numbers of the reference list.
    text, spans
        The article, and the passages of it that are audited.
    """
    evidence = {form: _evidence(candidates, known) for form, candidates in forms.items()}
    for form in sorted(evidence, key=lambda one: -len(evidence[one].firsts)):
        alike = (form, *_ALIKE.get(form, ()))
        kept = [one for like in alike for one in forms.get(like, ()) if one.sure]
        if kept and (
            _enough(form, evidence[form], len(known), by_name=True)
            or (_enough(form, evidence[form], len(known), by_name=False) and not _cites_by_name(text, spans))
        ):
            taken = {id(one) for one in kept}
            rest = [one for every in forms.values() for one in every if id(one) not in taken]
            filling = _filling(rest, evidence[form].firsts, known)
            return form, sorted([*kept, *filling], key=lambda one: one.start)
    return None, []


def evident(forms: Mapping[Form, Sequence[Candidate]], known: frozenset[int]) -> bool:
    """Whether one of the forms cites most of the list in rising order, so that there is no need to look for others."""
    return any(_evidence(candidates, known).share >= _EVIDENT_SHARE for candidates in forms.values())


def _evidence(candidates: Sequence[Candidate], known: frozenset[int]) -> Evidence:
    first: dict[int, int] = {}
    markers = 0
    for candidate in candidates:
        if candidate.sure and known.issuperset(candidate.numbers):
            markers += 1
            for number in candidate.numbers:
                first.setdefault(number, candidate.start)
    rising = _longest_rising([(place, number) for number, place in first.items()])
    size = max(1, len(known))
    return Evidence(
        firsts=rising,
        markers=markers,
        share=len(rising) / size,
        steady=len(rising) / max(1, len(first)),
        covered=len(first) / size,
    )


def _cites_by_name(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the article cites by name too: then more has to speak for numbers."""
    named = (match for start, end in spans for match in _BY_NAME.finditer(text, start, end))
    return len(list(islice(named, _MANY_BY_NAME))) == _MANY_BY_NAME


def _enough(form: Form, evidence: Evidence, size: int, *, by_name: bool) -> bool:
    if form != "square" and evidence.markers < (min(_LEAST_MARKERS, size) if form in _PLAIN_SPEECH else 1):
        return False
    if evidence.covered >= _LEAST_COVERED and not by_name:  # a list in the order of names, cited by number
        return True
    steady = form not in _PLAIN_SPEECH or evidence.steady >= _LEAST_STEADY
    return steady and evidence.share >= _LEAST_SHARE[by_name][form]


def _longest_rising(first: Firsts) -> Firsts:
    """The longest part of the sequence whose numbers rise (patience sorting, n log n)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, number) in enumerate(first):
        length = bisect_left(tails, number)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [index]
    rising: Firsts = []
    at = ends[-1] if ends else -1
    while at >= 0:
        rising.append(first[at])
        at = before[at]
    return rising[::-1]


def _bounds(candidate: Candidate, firsts: Firsts) -> tuple[int, int]:
    """The number reached before the candidate, and the one reached next; 0 where nothing follows, or came before."""
    at = bisect_right(firsts, candidate.start, key=lambda one: one[0])
    return firsts[at - 1][1] if at else 0, firsts[at][1] if at < len(firsts) else 0


def _filling(rest: Sequence[Candidate], firsts: Firsts, known: frozenset[int]) -> Iterator[Candidate]:
    """Those of the rest that name exactly the numbers whose turn it is where they stand."""
    reached = list(firsts)
    for candidate in sorted(rest, key=lambda one: (one.start, -one.end)):
        low, high = _bounds(candidate, reached)
        new = sorted(number for number in candidate.numbers if number > low)
        if new and known.issuperset(candidate.numbers) and low + 1 == new[0] and max(candidate.numbers) < high:
            yield candidate
            at = bisect_right(reached, candidate.start, key=lambda one: one[0])
            reached[at:at] = [(candidate.start, number) for number in new]
