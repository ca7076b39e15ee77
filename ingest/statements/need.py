"""Whether a sentence asks for a source, and why, in plain words.

In this order: a text in another language is not judged; a table pasted as text is no sentence; framing, opinion and a
research article's own work ask for none; a definition asks only where it gives a number or appeals to somebody; any
other sentence asks where its wording does, as strictly as the project wants it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ingest.research import Ownership
from ingest.statements.shape import is_table
from kb.language.cues import MEANING, cues
from kb.language.framing import framing
from kb.language.kinds import kind_of
from kb.language.stance import own_work
from kb.model import Cue, Kind, Signal
from kb.settings import Strictness

_APPEALS: frozenset[Signal] = frozenset({"number", "vague attribution", "guideline"})
"""What asks for a source even in a definition or in the author's own view: others counted, found or advised it."""
_OWN = "reports what the authors themselves did, found or conclude from it"
_TABLE = "is a table pasted as text, not a sentence: what its numbers mean needs a reader"
_DEFINES = "says what a word means or what a thing is"
_NOTHING = "its words make no claim of a kind that asks for a source"


class Need(NamedTuple):
    """What a sentence asserts, and whether that asks for a source."""

    kind: Kind
    asks: bool
    cues: tuple[Cue, ...]
    """The words that led there; empty where it asks for none."""
    reasons: tuple[str, ...]
    exempt: bool = False
    """Whether it asks for none whatever its words, and so leans on nothing either."""


class Circumstances(NamedTuple):
    """What a sentence stands in."""

    cited: bool
    """Whether it holds a citation: who cites is not vague."""
    own: Ownership | None
    """What its block reports of a research article's own work; None in any other article."""
    strictness: Strictness
    section: str
    """The heading over it."""
    position: float | None
    """Where its paragraph stands among those of its section: 0 the first, 1 the last."""


def need(words: str, start: int, circumstances: Circumstances) -> Need:
    """Decide what a sentence asserts, and whether that asks for a source.

    Parameters
    ----------
    words
        The sentence with citation markers and markup blanked out, of its length in the article.
    start
        Where it starts in the article; the places of cues count from there.
    circumstances
        What it stands in.
    """
    if is_table(words):
        return Need("fact", False, (), (_TABLE,), exempt=True)
    found = tuple(_cues(words, start, circumstances))
    signals = {cue.signal for cue in found}
    exempt = _exempt(words, signals, circumstances.own)
    if exempt:
        return Need(exempt[0], False, (), (exempt[1],), exempt=True)
    kind = kind_of(words, signals)
    if kind == "definition" and not signals & _APPEALS:
        return Need(kind, False, (), (_DEFINES,), exempt=True)
    return Need(kind, bool(found), found, tuple(_reasons(found)))


def _cues(words: str, start: int, circumstances: Circumstances) -> Iterator[Cue]:
    for cue in cues(words, start, circumstances.strictness):
        if not (circumstances.cited and cue.signal == "vague attribution"):
            yield cue


def _exempt(words: str, signals: Collection[Signal], own: Ownership | None) -> tuple[Kind, str] | None:
    """The kind and the reason of framing, opinion and own work."""
    stance = framing(words)
    if stance and not (stance[0] == "opinion" and _APPEALS.intersection(signals)):
        return stance
    if own == "whole" or (own == "mixed" and own_work(words)):
        return "own work", _OWN
    return None


def _reasons(found: Sequence[Cue]) -> Iterator[str]:
    for cue in found:
        yield f"{MEANING[cue.signal]} (“{cue.text}”)"
    if not found:
        yield _NOTHING
