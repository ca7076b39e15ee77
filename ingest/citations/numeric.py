"""Citations by number: [1], [1,3–5], (1), and superscripts, told apart from exponents, units and counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.citations.bracketed import named, parenthesised, square
from ingest.citations.candidates import Candidate
from ingest.citations.glued import glued
from ingest.citations.marker import Marker, unique
from ingest.citations.raised import raised as raised_numbers
from ingest.citations.style import Form, chosen, evident
from ingest.reading import Raised
from kb.model import Reference

_TELLING: frozenset[Form] = frozenset(("square", "raised"))
"""Forms that say so clearly that they cite that a number which the list does not hold is an error of the article."""

_FEWEST_WITHOUT_LIST = 3


def numeric_markers(
    text: str, spans: Sequence[tuple[int, int]], references: Sequence[Reference], raised: Sequence[Raised] = ()
) -> Iterator[Marker]:
    """Markers that name references by number.

    Parameters
    ----------
    text
        The article.
    spans
        The passages to search, in order.
    references
        The reference list; an entry answers to its label where that is a number, else to its position.
    raised
        The passages that the format sets as superscripts, where it has any.

    Notes
    -----
    An article cites in one form, which ``style.chosen`` finds out; numbers that the words call references count always.
    """
    numbers = {_number(reference): reference.id for reference in references}
    known = frozenset(numbers)
    if not known:
        yield from _without_list(square(text, spans, known))
        return
    forms: dict[Form, Sequence[Candidate]] = {
        "square": square(text, spans, known),
        "raised": raised_numbers(text, spans, raised),
        "round": parenthesised(text, spans),
    }
    if not evident(forms, known):
        forms["glued"] = glued(text, spans)
    form, candidates = chosen(forms, known, text, spans)
    for candidate in candidates:
        if form in _TELLING or known.issuperset(candidate.numbers):
            yield from _marker(candidate, numbers)
    held = {place for candidate in candidates for place in range(candidate.start, candidate.end)}
    for candidate in named(text, spans):
        if known.issuperset(candidate.numbers) and candidate.end - 1 not in held:
            yield from _marker(candidate, numbers)


def _without_list(brackets: Sequence[Candidate]) -> Iterator[Marker]:
    """Brackets of an article without a list: citations in vain where they number from 1 on without a gap."""
    numbers = {number for candidate in brackets for number in candidate.numbers}
    if len(numbers) >= _FEWEST_WITHOUT_LIST and numbers == set(range(1, len(numbers) + 1)):
        for candidate in brackets:
            yield from _marker(candidate, {})


def _number(reference: Reference) -> int:
    return int(reference.label) if reference.label.isdecimal() else reference.position


def _marker(candidate: Candidate, numbers: Mapping[int, str]) -> Iterator[Marker]:
    """The marker; a range that lies outside the list altogether is rather one of quantities."""
    found = unique([numbers[number] for number in candidate.numbers if number in numbers])
    missing = unique([str(number) for number in candidate.numbers if number not in numbers])
    if found or len(missing) <= 2:
        yield Marker(start=candidate.start, end=candidate.end, references=found, missing=missing)
