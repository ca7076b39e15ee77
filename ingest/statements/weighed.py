"""The need of a source, weighed with a model of what authors of research articles put citations to.

In a research article wording and model decide together, for there most sentences speak of the study itself. In any
other article the wording decides; where the project wants it strict, the model may add to it.
"""

from __future__ import annotations

from typing import NamedTuple

from ingest.statements.need import Circumstances, Need
from kb.language.kinds import kind_of
from kb.language.worth import Worth, worth
from kb.settings import Strictness


class Limits(NamedTuple):
    """The probabilities from which a sentence asks for a source."""

    worded: float
    """Where its wording asks too; in research articles."""
    alone: float
    """Where nothing but the model says so."""


LIMITS: dict[Strictness, Limits] = {
    "lenient": Limits(0.35, 0.7),
    "normal": Limits(0.2, 0.5),
    "strict": Limits(0.15, 0.3),
}
"""By what 40 articles of ``data/linking`` showed: at ``normal`` 93 of 100 sentences that the model adds to the authors'
own work are cited; ``alone`` at ``strict`` is where the model has its best F1."""

_SHOWN = 3
"""How many of the words that decided are told."""


def weighed(found: Need, words: str, circumstances: Circumstances) -> tuple[Need, float | None]:
    """The need of a source after the model was asked, and what it said; None where it was not asked.

    Parameters
    ----------
    found
        What the wording says.
    words
        The sentence with citation markers and markup blanked out.
    circumstances
        What it stands in.
    """
    research = circumstances.own == "mixed"
    final = found.exempt and not (research and found.kind == "own work")
    if final or not (research or circumstances.strictness == "strict"):
        return found, None
    said = worth(words, circumstances.section, circumstances.position)
    limits = LIMITS[circumstances.strictness]
    if not found.asks and said.probability >= limits.alone:
        why = f"is worded like sentences that cite ({_told(said, for_citing=True)})"
        kind = kind_of(words, ()) if found.kind == "own work" else found.kind
        found = Need(kind, asks=True, cues=(), reasons=(why,))
    elif research and found.asks and said.probability < limits.worded:
        why = f"is worded like sentences of research articles that do not cite ({_told(said, for_citing=False)})"
        found = Need(found.kind, asks=False, cues=(), reasons=(why,))
    return found, said.probability


def _told(said: Worth, *, for_citing: bool) -> str:
    """The features that decided one way, in plain words, the heaviest first."""
    decided = [why for why, weight in said.reasons if (weight > 0) is for_citing]
    return "; ".join(decided[:_SHOWN]) or "nothing in it that speaks for the contrary"
