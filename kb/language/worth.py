"""How much a sentence looks like one that authors put a citation to: a small linear model and what made it decide."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from kb.language.worth_features import features, meaning

WEIGHTS = Path(__file__).with_name("worth_weights.json")
_REASONS = 5
_LEAST = 0.05
"""A smaller weight has decided nothing."""


class Worth(NamedTuple):
    """How much a sentence looks like one that carries a citation.

    Attributes
    ----------
    probability
        0 … 1; against which to hold it, ``thresholds`` tells.
    found
        The features that have a weight, by name, each with it in log odds.
    """

    probability: float
    found: tuple[tuple[str, float], ...]

    @property
    def reasons(self) -> tuple[tuple[str, float], ...]:
        """What decided, in plain words, with its weight: above 0 for a citation, below against; the heaviest first."""
        decided: dict[str, float] = {}
        for name, weight in self.found:
            why = meaning(name)
            decided[why] = round(decided.get(why, 0.0) + weight, 3)
        heaviest = sorted(decided.items(), key=lambda one: (-abs(one[1]), one[0]))[:_REASONS]
        return tuple((why, weight) for why, weight in heaviest if abs(weight) >= _LEAST)


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """The file of weights, as ``scripts/train_worth.py`` writes it.

    Attributes
    ----------
    data, licence, script
        What it was trained on, under which licence, and by which script.
    scores
        Figures of cross-validation over articles.
    thresholds
        For each strictness the probability from which a sentence looks like one that is cited.
    bias, weights
        Log odds of a sentence without any feature, and what each feature adds.
    """

    data: str
    licence: str
    script: str
    scores: dict[str, float]
    thresholds: dict[str, float]
    bias: float
    weights: dict[str, float]


def worth(words: str, section: str = "", position: float | None = None) -> Worth:
    """How much a sentence looks like one that authors put a citation to.

    Parameters
    ----------
    words
        The sentence, its citation markers blanked out.
    section
        The heading over it, such as "1. Introduction"; empty where there is none.
    position
        Where its paragraph stands among those of its section: 0 the first, 1 the last.

    Notes
    -----
    Logistic regression on binary features [1]_, trained on sentences of research articles with their citations taken
    out. A sentence without a letter is worth nothing.

    References
    ----------
    .. [1] D. R. Cox (1958), The regression analysis of binary sequences, J. R. Stat. Soc. B 20(2), 215–242.
    """
    if not any(map(str.isalpha, words)):
        return Worth(0.0, ())
    model = loaded()
    weights = model.weights
    # In order, as a set has another one in each process.
    found = sorted([(name, weights[name]) for name in features(words, section, position) if name in weights])
    total = math.fsum([model.bias, *[weight for _, weight in found]])
    return Worth(round(1 / (1 + math.exp(-total)), 4), tuple(found))


def threshold(strictness: str = "normal") -> float:
    """The probability from which a sentence looks like one that is cited.

    Parameters
    ----------
    strictness
        ``lenient`` is surpassed by 10 of 100 sentences of the training data, ``normal`` weighs false and missed
        alike (the best F1), ``strict`` finds 80 of 100 cited ones.
    """
    return loaded().thresholds[strictness]


@cache
def loaded() -> Weights:
    """The weights, read once."""
    return msgspec.json.decode(WEIGHTS.read_bytes(), type=Weights)
