"""The words that ask for a source: each signal of a statement, found by the tables of ``kb.language.cue_wordings``.

A cue is a wording, not a verdict: ``ingest.statements`` decides what a sentence with these cues is, and shows the
writer the words that led there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.language import cue_wordings as known
from kb.language.cue_lists import LISTS
from kb.language.plain import Plain, plain
from kb.language.quantities import Quantity, each_quantity
from kb.language.quantity_words import NUMBER_WORDS
from kb.language.wordings import Table, Wording
from kb.model import Cue, Signal
from kb.settings import Strictness

MEANING: dict[Signal, str] = {
    "number": "gives a number",
    "vague attribution": "says that studies, experts or research show something, and cites none",
    "guideline": "speaks of a guideline or of official advice",
    "cause": "claims a cause or an effect",
    "benefit": "claims a benefit of a treatment",
    "harm": "claims a harm or a risk",
    "frequency": "claims how common or how usual something is",
    "comparison": "compares two things",
    "course": "claims how something goes on over time",
    "practice": "says what is usually done, or what is needed",
    "conclusion": "draws a conclusion",
}
"""Each signal in plain words; the closed list that ``Statement.signals`` draws on."""

_ASKING_QUANTITIES = frozenset({"percent", "ratio", "fraction", "range", "count", "multiple", "p", "measure"})
"""The kinds of quantity that are a claim wherever they stand."""
_SHARE = re.compile(r"\b(?:percentage|proportion|share|fraction|minority|majority|number of|third|quarter|half)\b")

_DIGIT = re.compile(r"\d")
_COUNTING = frozenset(
    (
        *NUMBER_WORDS,
        *(f"{word}fold" for word in NUMBER_WORDS),
        *"once twice thrice double doubled doubles triple tripled triples half third quarter fifth".split(),
        *"percentage proportion share fraction minority majority number".split(),
    )
)
"""Words of which one stands in every quantity without a digit that claims something."""

_TABLES: dict[Strictness, tuple[known.Rows, ...]] = {
    "lenient": (known.PLAIN,),
    "normal": (known.PLAIN, known.NORMAL),
    "strict": (known.PLAIN, known.NORMAL, known.STRICT),
}


@cache
def _table(strictness: Strictness) -> Table[Signal]:
    rows = (rows for table in _TABLES[strictness] for rows in table.items())
    return Table((Wording(signal, *row) for signal, those in rows for row in those), LISTS)


def cues(text: str, offset: int = 0, strictness: Strictness = "normal") -> Iterator[Cue]:
    """The cues of a sentence, at most one a signal, in the order of ``MEANING``.

    Parameters
    ----------
    text
        The sentence with citation markers and markup blanked out (same length as the original).
    offset
        Where the sentence starts in the article; the cues' places count from the article's start.
    strictness
        Which wordings count: ``lenient`` those that plainly ask, ``normal``, ``strict`` also those that might.
    """
    words = plain(text)
    found = _table(strictness).first(words)
    quantity = each_quantity(words.text) if _may_count(words) else ()
    number = next((found for found in quantity if _claims(words, found)), None)
    for signal in MEANING:
        place = number if signal == "number" else found.get(signal)
        if place:
            start, end = words.span(place.start, place.end)
            yield Cue(signal=signal, text=" ".join(text[start:end].split()), start=offset + start, end=offset + end)


def _may_count(words: Plain) -> bool:
    """Whether a quantity that claims something can stand in a sentence, as is quickly seen."""
    if _DIGIT.search(words.text) or not words.text.isascii():
        return True
    return not _COUNTING.isdisjoint([word for word, _, _ in words.tokens])


def _claims(words: Plain, found: Quantity) -> bool:
    """Whether a quantity is a number that a reader could check; "most people" is not, "a small percentage" is."""
    if found.kind == "vague share":
        return bool(_SHARE.search(words.lower, found.start, found.end))
    return found.kind in _ASKING_QUANTITIES
