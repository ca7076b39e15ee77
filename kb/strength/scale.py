"""Which of two grades of a statement is the better one."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from kb.model import Certainty, Verdict
from kb.strength.certainty import SCALE

VERDICTS: tuple[Verdict, ...] = (
    "unsupported",
    "not substantiated",
    "not checked",
    "contested",
    "partly supported",
    "supported",
)
"""From what nothing holds up to what is borne out; a statement that needs no source stands outside of it."""

Way: TypeAlias = Literal["up", "down", "same"]


class Grade(NamedTuple):
    """A verdict, and how strong the evidence is."""

    verdict: Verdict
    level: int | None = None
    certainty: Certainty | None = None


def way(before: Grade, after: Grade) -> Way:
    """Whether a statement stands better or worse than before.

    The verdict decides; where that is the same the certainty, and then the OCEBM level, of which 1 is the best. To or
    from "needs no source" is neither; nor is a certainty or a level that one of the two lacks.

    >>> way(Grade("supported", 2, "low"), Grade("supported", 2, "very low"))
    'down'
    >>> way(Grade("needs no source"), Grade("unsupported"))
    'same'
    """
    if "needs no source" in (before.verdict, after.verdict):
        return "same"
    steps = [VERDICTS.index(after.verdict) - VERDICTS.index(before.verdict)]
    if before.certainty and after.certainty:
        steps.append(SCALE.index(after.certainty) - SCALE.index(before.certainty))
    if before.level and after.level:
        steps.append(before.level - after.level)
    step = next((one for one in steps if one), 0)
    return "up" if step > 0 else "down" if step < 0 else "same"
