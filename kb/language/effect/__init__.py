"""Which way an outcome went under an intervention, as an abstract tells it: a small model, and what made it decide.

Three steps, each with weights of its own that ``scripts/train_effect.py`` trains. The sentences are ranked by how
likely each decides about the outcome; in the first of them every clue is read (words of more and less, of no
difference, p-values, intervals, the arms' numbers), turned round where it is told of the comparator; then two logistic
regressions say whether the outcome differed, and whether it was more or less under the intervention.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from kb.language.effect.numbers import Clue
from kb.language.effect.outcomes import pole
from kb.language.effect.places import LONGEST, deciding, places
from kb.language.effect.reading import BETTER, NEAREST_WAY, SIGNED, clues, features
from kb.language.effect.terms import Arms, Target, arms, target
from kb.model import Record, Span

Way: TypeAlias = Literal["increased", "decreased", "no significant difference"]

WEIGHTS = Path(__file__).with_name("weights.json")
READ = 3
"""Sentences in which clues are read."""
_SHOWN = 0.3
"""Least weight of a clue that is shown, 0 … 1: what stands farther from the outcome is of something else."""
_MOST_SHOWN = 6
_SAYING = (SIGNED, "no difference", "a change is denied", "p-value ", "interval", "called")
"""How the names of clues start that say something by themselves."""


class Effect(Record, frozen=True, kw_only=True):
    """What a text says of an outcome under an intervention against a comparator.

    Attributes
    ----------
    direction
        Of the outcome under the intervention; a difference that the text does not call significant is none.
    sentence
        The sentence that decides, in code points of the text; None where the text has none.
    confidence
        Probability of this direction by the model, 0 … 1.
    cues
        The wordings and numbers of that sentence that speak of the outcome, each with what it was taken for.
    """

    direction: Way
    sentence: Span | None
    confidence: float
    cues: tuple[str, ...] = ()


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """The file of weights, as ``scripts/train_effect.py`` writes it.

    Attributes
    ----------
    data, licence, script
        What it was trained on, under which licence, and by which script.
    scores
        Figures of cross-validation over articles.
    decides
        What each feature of a sentence adds to the log odds that it decides.
    differs, more
        What each feature adds to the log odds that the outcome differed, and that it was more rather than less.
    """

    data: str
    licence: str
    script: str
    scores: dict[str, float]
    decides: dict[str, float]
    differs: dict[str, float]
    more: dict[str, float]


class Asked(NamedTuple):
    """A question about an effect, ready to be looked for."""

    outcome: Target
    sides: Arms
    pole: Literal[-1, 0, 1]


def asked(intervention: str, comparator: str, outcome: str, text: str) -> Asked:
    """The question, with the short forms and the names of groups that the text gives."""
    wanted = target(outcome, text)
    words = {part for word in wanted.words for part in (word, *word.split("-"))}
    return Asked(wanted, arms(intervention, comparator, text), pole(words))


def effect_of(intervention: str, comparator: str, outcome: str, text: str) -> Effect:
    """Which way an outcome went under an intervention, as a text tells it.

    Parameters
    ----------
    intervention, comparator, outcome
        As an article names them.
    text
        An abstract, with headings or without; some 3 ms for one of 300 words.

    Notes
    -----
    On 944 questions to abstracts of trials the macro-F1 over articles that were not seen is the one in the file of
    weights; a rule with words alone reached 0.663. It tells what that abstract says, not what is true.
    """
    question = asked(intervention, comparator, outcome, text)
    found = places(text)
    if not found:
        return Effect(direction="no significant difference", sentence=None, confidence=0.0)
    model = loaded()
    nearness = deciding(found, question.outcome, question.sides)
    chosen = ranked([scored(one, model.decides) for one in nearness])
    read = [_clues(text[found[place].start : found[place].end], question) for place, _ in chosen]
    told = gathered(
        [share for _, share in chosen],
        [nearness[place]["near"] for place, _ in chosen],
        [features(one) for one in read],
        question.pole,
    )
    chances = directions(told, model.differs, model.more)
    direction = max(chances, key=lambda one: chances[one])
    first = found[chosen[0][0]]
    return Effect(
        direction=direction,
        sentence=Span(start=first.start, end=first.end),
        confidence=round(chances[direction], 4),
        cues=_shown(text[first.start : first.end], read[0]),
    )


def _clues(sentence: str, question: Asked) -> list[Clue]:
    return clues(sentence, question.outcome, question.sides, question.pole)


def sentence_features(sentence: str, question: Asked) -> dict[str, float]:
    """The features of the clues of one sentence."""
    return features(_clues(sentence[:LONGEST], question))


def ranked(scores: Sequence[float]) -> list[tuple[int, float]]:
    """The numbers of the sentences that score highest, the highest first, with their shares, which sum to 1."""
    order = sorted(range(len(scores)), key=lambda one: (-scores[one], one))[:READ]
    sizes = [math.exp(scores[one] - scores[order[0]]) for one in order]
    total = math.fsum(sizes)
    return [(one, size / total) for one, size in zip(order, sizes, strict=True)]


def gathered(
    shares: Sequence[float], nearness: Sequence[float], read: Sequence[Mapping[str, float]], pole: int
) -> dict[str, float]:
    """The features of a text: those of its sentences by their shares, and what all of them say together.

    Parameters
    ----------
    shares
        How likely each sentence decides; they sum to 1.
    nearness
        How much each covers of the outcome, against the one that covers most: 0 … 1.
    read
        The features of each.
    pole
        1 where more of the outcome is good, -1 where it is bad, 0 where it is not known.
    """
    found: dict[str, float] = {"bias": 1.0, f"{SIGNED} that is good": float(pole)}
    for share, part in zip(shares, read, strict=True):
        for name, value in part.items():
            found[name] = found.get(name, 0.0) + share * value
    weights = [near**3 for near in nearness]
    total = math.fsum(weights) or 1.0
    pairs = list(zip(weights, read, strict=True))
    found[f"{SIGNED} of all sentences"] = math.fsum(one * part.get(NEAREST_WAY, 0.0) for one, part in pairs) / total
    found["no difference in all sentences"] = math.fsum(one * _none(part) for one, part in pairs) / total
    return found


def _none(part: Mapping[str, float]) -> float:
    return max(part.get("no difference", 0.0), part.get("a change is denied", 0.0))


def unsigned(told: Mapping[str, float]) -> dict[str, float]:
    """The features by which an outcome differed or not: of the signed ones the size, save which way is good."""
    return {
        name: abs(value) if name.startswith(SIGNED) else value
        for name, value in told.items()
        if name != f"{SIGNED} that is good"
    }


def signed(told: Mapping[str, float]) -> dict[str, float]:
    """The features by which an outcome was more or less."""
    return {name: value for name, value in told.items() if name.startswith(SIGNED) or name == "bias"}


def scored(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The sum of the weighted features, exact in any order."""
    return math.fsum(value * weights[name] for name, value in found.items() if name in weights)


def directions(told: Mapping[str, float], differs: Mapping[str, float], more: Mapping[str, float]) -> dict[Way, float]:
    """The probability of each direction."""
    differing, rising = _chance(scored(unsigned(told), differs)), _chance(scored(signed(told), more))
    return {
        "no significant difference": 1 - differing,
        "increased": differing * rising,
        "decreased": differing * (1 - rising),
    }


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds)) if odds > 0 else math.exp(odds) / (1 + math.exp(odds))


def _shown(sentence: str, found: Sequence[Clue]) -> tuple[str, ...]:
    """What stands in the sentence with what it was taken for, each wording once; the strongest first."""
    shown: dict[tuple[int, int], Clue] = {}
    for clue in found:
        if clue.name.startswith(_SAYING) and abs(clue.value) >= _SHOWN:
            shown.setdefault((clue.start, clue.end), clue)
    strongest = sorted(shown.values(), key=lambda one: (-abs(one.value), one.start))[:_MOST_SHOWN]
    return tuple(f"“{' '.join(sentence[one.start : one.end].split())}”: {_said(one)}" for one in strongest)


def _said(clue: Clue) -> str:
    if not clue.name.startswith(SIGNED):
        return clue.name
    more, less = ("better", "worse") if BETTER in clue.name else ("more", "less")
    return f"{more if clue.value > 0 else less} under the intervention"


@cache
def loaded() -> Weights:
    """The weights, read once."""
    return msgspec.json.decode(WEIGHTS.read_bytes(), type=Weights)
