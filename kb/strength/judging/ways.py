"""Which way an abstract says that an outcome went, held against what a statement claims of it.

Words alone cannot tell "reduced" from "increased" where all else is the same. On 379 claims made from questions whose
answers readers gave, the reading was right in 9 of 10 where it was as sure as ``SURE``, and in 6 of 10 below
``UNSURE``.
That is enough to send a writer to the sentence, and not to say that a citation is wrong.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from kb.language.effect import Effect, effect_of
from kb.language.effect.claimed import Claimed, claimed, moved
from kb.language.effect.cues import cues
from kb.model import Concern, Question
from kb.strength.grounds import EFFECTS

SURE = 0.8
"""Least confidence in a reading that speaks against a statement."""
UNSURE = 0.6
"""Least confidence in one that bears it out."""
_WORDS = {"increased": "increased", "decreased": "decreased", "no significant difference": "did not differ"}


class Told(NamedTuple):
    """What an abstract tells of a claimed effect.

    Attributes
    ----------
    way
        ``same`` as claimed, ``other``, or ``unsure``.
    sentence
        The sentence that decides; empty where none does.
    concern
        Where it is the other way: what stands against what.
    """

    way: Literal["same", "other", "unsure"]
    sentence: str
    concern: Concern | None = None


def told_way(own: str, question: Question | None, abstract: str) -> Told | None:
    """What an abstract tells of the effect that a statement claims; None where it claims none plainly.

    Parameters
    ----------
    own
        The statement's own words, without what it says on other sources.
    abstract
        Plain text; some 3 ms for one of 300 words.
    """
    claim = claimed(own) if abstract and question in EFFECTS else None
    if claim is None:
        return None
    effect = effect_of(claim.intervention, claim.comparator, claim.outcome, abstract)
    sentence = abstract[effect.sentence.start : effect.sentence.end] if effect.sentence else ""
    if effect.direction == claim.direction and effect.confidence >= UNSURE:
        return Told("same", sentence)
    if effect.direction != claim.direction and effect.confidence >= SURE and not _as_claimed(claim, sentence):
        return Told("other", sentence, _concern(claim, effect))
    return Told("unsure", sentence)


def _as_claimed(claim: Claimed, sentence: str) -> bool:
    """Whether the sentence says "improved" or "worsened" of an outcome and means just what is claimed.

    More people whose pain improved is less pain, and how many they are can look like more of it.
    """
    good = [cue for cue in cues(sentence) if cue.way in ("better", "worse") and not cue.denied]
    return any(moved(cue, claim.outcome) == claim.direction for cue in good)


def _concern(claim: Claimed, effect: Effect) -> Concern:
    words = (
        f"the statement says that {claim.outcome} {_WORDS[claim.direction]}, the abstract reads as if it "
        f"{_WORDS[effect.direction]}"
    )
    shown = f" ({effect.cues[0]})" if effect.cues else ""
    none = effect.direction == "no significant difference"
    return Concern(kind="significance" if none else "direction", words=words + shown)
