"""What keeps a judge that compares words from saying that a statement, or the whole of it, is borne out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from kb.language.effect.cues import cues
from kb.language.quantities import quantities
from kb.language.quantity_patterns import QuantityKind
from kb.model import Concern, ConcernKind, NumberCheck, Question
from kb.strength.concerns.words import OWN_DOUBT
from kb.strength.grounds import EFFECTS

LEAST = 0.15
"""Share of a statement's words, weighed by rarity, of which the closest sentences hold less where nothing can be told.

The model alone would call many of these borne out, since readers often found such citations accurate; but then by what
they understood, and not by what can be shown here."""
HALF = 0.5
SPEAKS = 0.3
"""Share of a statement's words from which a sentence speaks of its matter."""
SAME_WORDS = 0.7
"""Share of a statement's words, weighed by rarity, from which a sentence of the source speaks in the same words."""
HARD: frozenset[ConcernKind] = frozenset({"number differs", "direction", "negation", "significance"})
"""Concerns that put a citation among those to be checked first, however alike the words are."""
ABSENT: frozenset[ConcernKind] = frozenset({"intervention", "outcome"})
"""Concerns with which nothing of a statement on an effect is borne out: what it is about is not in the text."""
_CAREFUL = re.compile(r"\b(?:may|might|could|possibl[ey]|perhaps|potentially)\b", re.IGNORECASE)
_RESULTS: frozenset[QuantityKind] = frozenset(
    {"percent", "fraction", "multiple", "ratio", "interval", "p", "vague share"}
)
"""Numbers that are what a statement asserts; counts, doses and times are mostly its circumstances."""


def at_most_a_part(numbers: Sequence[NumberCheck]) -> bool:
    """Whether a number is another one in the source, or a result in numbers was not found there."""
    return any(_open(check) for check in numbers)


def more_careful(own: str, best: float, closest: str) -> Concern | None:
    """Where a sentence in the same words says only that it may be so, and the statement that it is.

    Parameters
    ----------
    own, closest
        The own words of a claim, and the closest sentence of the source.
    best
        The share of the one that the other holds.
    """
    careful = _CAREFUL.search(closest)
    if best < SAME_WORDS or careful is None or OWN_DOUBT.search(own):
        return None
    words = f"the statement says it flatly, the closest sentence of the source “{careful.group()}”"
    return Concern(kind="hedging", words=words)


def mostly_elsewhere(wanted: Collection[str], nearest: Iterable[Collection[str]], question: Question | None) -> bool:
    """Whether the closest sentences hold few of the words of a statement on an effect, whatever their weight.

    One rare word, such as the name of the treatment, weighs much and says nothing of what it does.

    Parameters
    ----------
    wanted
        The terms of the statement.
    nearest
        Those of each of the closest sentences.
    """
    held = frozenset().union(*map(frozenset, nearest)).intersection(wanted)
    return question in EFFECTS and len(held) < HALF * len(wanted)


def no_effect_told(own: str, question: Question | None, nearest: Iterable[tuple[float, str]]) -> bool:
    """Whether a statement claims an effect, and no sentence that speaks of its matter reports any.

    Words alone would take the sentence that says what was compared for one that says what came of it.

    Parameters
    ----------
    nearest
        Sentences of the source with the share of the statement's words that each holds.
    """
    if question not in EFFECTS or not _changes(own):
        return False
    return not any(_changes(sentence) for share, sentence in nearest if share >= SPEAKS)


def _changes(text: str) -> bool:
    return any(cue.way != "same" and not cue.denied for cue in cues(text))


def _open(check: NumberCheck) -> bool:
    if check.outcome == "not found":
        return any(found.kind in _RESULTS for found in quantities(check.stated))
    return check.outcome == "differs"
