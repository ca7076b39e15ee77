"""Why a judgement is as it is, in words for the writer of the article; it speaks of the citation alone."""

from __future__ import annotations

from collections.abc import Sequence

from kb.model import NumberCheck
from kb.strength.judging.model import Reading
from kb.strength.wording import listed, shortened

MOST = 5
"""Words or numbers that one reason names."""
_SHARES = ((0.8, "nearly all"), (0.6, "most"), (0.4, "about half"), (0.15, "some"), (0.0, "hardly any"))
FIRST = "check this first"
CLEAR = 0.5
"""Share of the statement's words that speaks for itself."""
OTHER_WAY = "the abstract speaks of the same things and reads otherwise: this needs a reader"
UNSURE_WAY = "which way it went is not plain from the abstract"
OTHERWISE = "the source's text says otherwise of the same outcome"
OPPOSITE = "the closest sentence of the source says the opposite in nearly the same words"
TRUSTED = "readers found most citations that look like this accurate, though the source puts it in other words"
ONLY = {"abstract": "checked in the abstract only", "full text": "checked in abstract and open full text"}


def of_reading(
    reading: Reading, best: float, together: float, lost: Sequence[str], read: str, bundle: int
) -> list[str]:
    """What the closest sentences hold of the statement, and what they do not.

    Parameters
    ----------
    best, together
        The share of the statement's words, weighed by rarity, that the closest sentence holds, and that the closest
        sentences hold between them.
    lost
        Words that nothing which was read holds.
    read
        What was read: ``abstract`` or ``full text``.
    """
    nothing = f"the {read} says nothing of {listed([f'“{word}”' for word in lost], MOST, 'or')}" if lost else ""
    if reading.call == "whole":
        trust = [] if together >= CLEAR else [TRUSTED]
        return [f"{_held(best, together, read)}; {ONLY[read]}, by its words", *([nothing] if nothing else []), *trust]
    if reading.call == "no effect":
        said = [
            f"no sentence of the {read} that comes close to it reports the effect that it claims: this needs a reader"
        ]
    elif reading.call == "too little":
        said = [f"too few of its words stand together in the {read} to tell whether it says this: this needs a reader"]
    else:
        said = [f"partly: {nothing or _held(best, together, read)}; {ONLY[read]}, by its words"]
        nothing = _held(best, together, read) if nothing else ""
    if nothing:
        said.append(nothing)
    if reading.bundled:
        said.append(f"the marker names {bundle} sources: what this one does not say may stand in another of them")
    return [*said, FIRST] if reading.first else said


def _held(best: float, together: float, read: str) -> str:
    one, all_of_them = _share(best), _share(together)
    if one == all_of_them or best >= _SHARES[1][0]:
        return f"the closest sentence of the {read} holds {one} of it"
    return f"the closest sentence of the {read} holds {one} of it, the closest few together {all_of_them}"


def _share(share: float) -> str:
    return next(words for least, words in _SHARES if share >= least)


def of_numbers(checks: Sequence[NumberCheck], read: str) -> list[str]:
    """The numbers that differ, each by itself, and those that were not found, together."""
    differing = [check for check in checks if check.outcome == "differs"]
    said = [differs(check) for check in differing[:MOST]]
    if len(differing) > MOST:
        said.append(f"{len(differing) - MOST} more numbers differ")
    absent = [shortened(check.stated) for check in checks if check.outcome == "not found"]
    if absent:
        were = "number {} was" if len(absent) == 1 else "numbers {} were"
        said.append(f"the {were.format(listed(absent, MOST))} not found in the {read}")
    return said


def differs(check: NumberCheck) -> str:
    """A number that is another in the source."""
    return f"the statement says {shortened(check.stated)}, and {check.why or f'the source {check.found}'}"


def unchecked(stated: Sequence[str], why: str) -> list[str]:
    """One reason for all numbers together that were held against nothing: a statement may have a dozen."""
    if not stated:
        return []
    number = "number {} was" if len(stated) == 1 else "numbers {} were"
    return [f"the {number.format(listed([shortened(one) for one in stated], MOST))} not checked: {why}"]
