"""The model of the built-in judge: two small logistic regressions on what is seen of a claim and a source."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

import msgspec

WEIGHTS = Path(__file__).with_name("weights.json")
BUNDLE = "named with others"
"""Whether the marker names several sources. It says nothing of what the source says, so it is weighed apart."""

Call: TypeAlias = Literal["whole", "part", "too little", "no effect"]
"""What closest sentences like these were mostly found to bear out: the whole, at most a part, or too little to tell.

``no effect`` is the judge's, not the model's: an effect is claimed and none told."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A linear function of features: log odds without any, and what each adds."""

    bias: float
    weights: dict[str, float]

    def odds(self, features: Mapping[str, float]) -> float:
        """The log odds."""
        return math.fsum([self.bias, *(weight * features.get(name, 0.0) for name, weight in self.weights.items())])


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """The file of weights, as ``scripts/train_judge.py`` writes it.

    Attributes
    ----------
    data, licence, script
        What it was trained on, under which licence, and by which script.
    scores
        Figures of cross-validation over cited documents.
    inaccurate
        Log odds that readers call a citation inaccurate in any way.
    unaddressed
        Log odds that they find nothing on the claim in its source.
    whole, too_little
        The doubt below which the whole is borne out; the probability of "unaddressed" from which nothing is said.
    first
        The doubt from which a citation is among the tenth that looks worst.
    """

    data: str
    licence: str
    script: str
    scores: dict[str, float]
    inaccurate: Line
    unaddressed: Line
    whole: float
    too_little: float
    first: float


class Reading(NamedTuple):
    """What the model makes of a claim and a source.

    Attributes
    ----------
    doubt
        0 … 1, of citations that look like this the share that readers found inaccurate.
    call
        What the closest sentences bear out, as far as words tell.
    first
        Whether it is among the tenth that looks worst.
    bundled
        Whether the whole would have been called borne out, had the marker named this source alone.
    """

    doubt: float
    call: Call
    first: bool
    bundled: bool


def reading(features: Mapping[str, float], bundle: int, weights: Weights | None = None) -> Reading:
    """What the model makes of the features of a claim and a source.

    Parameters
    ----------
    bundle
        How many sources the marker names; 0 where there is none.
    weights
        By default those that are shipped.
    """
    model = weights or loaded()
    alone = _probability(model.inaccurate.odds(features))
    doubt = _probability(model.inaccurate.odds({**features, BUNDLE: 1.0})) if bundle > 1 else alone
    first = doubt >= model.first
    if _probability(model.unaddressed.odds(features)) >= model.too_little:
        return Reading(doubt, "too little", first, bundled=False)
    return Reading(doubt, "whole" if doubt < model.whole else "part", first, bundled=alone < model.whole <= doubt)


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))


@cache
def loaded() -> Weights:
    """The weights, read once."""
    return msgspec.json.decode(WEIGHTS.read_bytes(), type=Weights)
