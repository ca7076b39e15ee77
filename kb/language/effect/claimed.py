"""What a sentence claims of an effect: which treatment moves which outcome which way, and compared with what.

Only plain sentences are read, with the treatment before the verb and the outcome behind it, or the other way round in
the passive; of any other nothing is said.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from kb.language.assertion import LONGEST, without_markers
from kb.language.effect.cues import Cue, cues
from kb.language.effect.outcomes import pole

Way = Literal["increased", "decreased", "no significant difference"]

_ENDS = re.compile(
    r"[,;:.()\[\]]|\b(?:compared|than|versus|vs|relative|when|while|because|after|within|during|over|among|for|by|in|if|and"
    r"|who|that|which|without)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:compared (?:with|to)|in comparison (?:with|to)|relative to|than|versus|vs\.?)\s+"
    r"(?P<what>[^,;.()\[\]]{2,120})",
    re.IGNORECASE,
)
_STARTS = re.compile(r".*(?:[,;:]|\bthat\b|\bhow\b|\bwhether\b)", re.IGNORECASE | re.DOTALL)
_HELPING = re.compile(
    r"\b(?:(?:can|may|might|could|will|would|do|does|did|not|also|significantly|greatly|markedly|has|have|had|been|was|were"
    r"|is|are|be|shown|found|proven|known|to|help|helps|helped|often|the|a|an|clearly|substantially|reliably)\b\s*)+$",
    re.IGNORECASE,
)
_BY = re.compile(r"\s+by\s+(?!\d)", re.IGNORECASE)
_MOVED: dict[str, Way] = {"more": "increased", "less": "decreased"}


class Claimed(NamedTuple):
    """A claim on an effect, in the words of the sentence; the comparator may be empty."""

    intervention: str
    comparator: str
    outcome: str
    direction: Way


def claimed(sentence: str) -> Claimed | None:
    """What a sentence claims of an effect; None where it claims none, or not plainly.

    >>> claimed("Daily walking reduces knee pain in adults compared with rest.")
    Claimed(intervention='Daily walking', comparator='rest', outcome='knee pain', direction='decreased')
    >>> claimed("Pain and sleep differ from day to day.") is None
    True
    """
    text = " ".join(without_markers(sentence[:LONGEST]).split())
    cue = next((one for one in cues(text) if one.way != "same"), None)
    if cue is None:
        return None
    before, behind = text[: cue.start], text[cue.end :]
    passive = _BY.match(behind)
    treatment, outcome = (behind[passive.end() :], before) if passive else (before, behind)
    named = _first(treatment) if passive else _last(treatment)
    changed = _last(outcome) if passive else _first(outcome)
    direction = moved(cue, changed)
    if not named or not changed or direction is None:
        return None
    against = _AGAINST.search(behind)
    return Claimed(named, against["what"].strip() if against else "", changed, direction)


def _last(text: str) -> str:
    """The last phrase before a verb, without the verb's helpers."""
    return _HELPING.sub("", _STARTS.sub("", text).strip()).strip()


def _first(text: str) -> str:
    end = _ENDS.search(text)
    return text[: end.start() if end else len(text)].strip()


def moved(cue: Cue, outcome: str) -> Way | None:
    """Which way a cue says that an outcome went; None where it is not known whether more of it is good."""
    if cue.denied:
        return "no significant difference"
    if cue.way in _MOVED:
        return _MOVED[cue.way]
    good = pole(outcome.lower().split()) * (1 if cue.way == "better" else -1)
    return {1: "increased", -1: "decreased"}.get(good)  # type: ignore[return-value]
