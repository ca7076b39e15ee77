"""What title and abstract say of the design: a title that names it goes first, then the abstract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kb.language.abstract import abstract_of
from kb.model import Design, Source
from kb.strength.design.abstract import SEEN, Told, told
from kb.strength.design.languages import ELSEWHERE
from kb.strength.design.patterns import ARGUING, TITLE, Pattern, said
from kb.strength.grounds import TRIALS

_ENGLISH = (" the ", " of ", " and ")


class Read(NamedTuple):
    """The design that words tell, in which words, and whether they name it or only let it be seen."""

    design: Design
    basis: str
    named: bool = True


def from_words(source: Source, weights: Mapping[str, Mapping[Design, float]] | None = None) -> Read | None:
    """The design that title and abstract tell of; None where they tell of none.

    Parameters
    ----------
    weights
        Of the signs of abstracts, where others than those of the file are to be tried.
    """
    abstract = abstract_of(source)
    title = _first("title", source.title, (*TITLE, *ELSEWHERE))
    if title and title.design not in TRIALS:
        return title
    if not abstract:
        return title or _first("title", source.title, ARGUING)
    if not any(word in abstract for word in _ENGLISH):
        return title or _first("abstract", abstract, ELSEWHERE)
    read = told(abstract, weights)
    if title and read and read.design == "protocol" and read.named:
        return Read("protocol", f"{title.basis}, and {_basis(read)}: it has no results yet")
    return title or (Read(read.design, _basis(read), read.named) if read else None)


def _first(place: str, text: str, patterns: Iterable[Pattern]) -> Read | None:
    lower = text.lower() if text.isascii() else ""
    for pattern in patterns:
        if lower and pattern.hints and not any(map(lower.__contains__, pattern.hints)):
            continue
        if words := said(pattern, text):
            meaning = f": {pattern.words}" if pattern.words else ""
            return Read(pattern.design, f"its {place} says '{words}'{meaning}")
    return None


def _basis(read: Told) -> str:
    quoted = [f"'{words}'" for words in read.words]
    listed = " and ".join((", ".join(quoted[:-1]), quoted[-1])) if len(quoted) > 1 else quoted[0]
    if read.named or read.design not in SEEN:
        return f"its abstract says {listed}"
    return f"its abstract names no design, but says {listed}: {SEEN[read.design]}"
