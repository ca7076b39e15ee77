"""Which differences between an entry and the registered work are the author's, and which are of how it was read.

Title, first author, year and journal are read out of free words, in hundreds of styles. What is registered and stands
in the entry all the same was written by its author and read amiss by the program.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.folding import fold
from kb.model import Difference, Reference, Resolution, Source

_SMALL = frozenset({"the", "of", "and", "for", "in", "on", "a", "an", "de", "la", "der", "die", "das", "und", "et"})
_READ = frozenset({"title", "author", "year", "container"})
_ADDRESS = re.compile(r"https?://\S+|\b10\.\d{4,9}/\S+")
"""Identifiers and addresses hold numbers that look like years."""
_LONGEST = 1500
"""Characters of a field or entry that are compared."""


def telling(reference: Reference, resolution: Resolution, source: Source | None) -> list[Difference]:
    """The differences that the entry itself shows; empty where it was read amiss.

    A year that is one off is told only where it is all that differs: a work often appears online in one year and in
    print in the next.

    Parameters
    ----------
    source
        The registered work, where it is known.
    """
    written = [one for one in resolution.differences if not _misread(one, reference, source)]
    further = [one for one in written if not _one_off(one)]
    return written if len(written) == len(resolution.differences) and not further else further


def _one_off(difference: Difference) -> bool:
    years = (difference.cited, difference.registered)
    return difference.field == "year" and all(map(str.isdecimal, years)) and abs(int(years[0]) - int(years[1])) == 1


def _misread(difference: Difference, reference: Reference, source: Source | None) -> bool:
    """Whether the entry holds what is registered; an author of the work in another's place is no misreading."""
    if difference.field not in _READ:
        return False
    others = {fold(name) for name in source.authors} if source else set()
    if difference.field == "author" and fold(difference.cited) in others:
        return False
    return _holds(_words(_ADDRESS.sub(" ", reference.text[:_LONGEST])), _words(difference.registered))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", fold(text[:_LONGEST])) if word not in _SMALL]


def _holds(entry: Sequence[str], name: Sequence[str]) -> bool:
    """Whether the words of a name follow one another in an entry; of several words each may be cut short.

    >>> _holds(["roe", "heat", "j", "invent", "med"], ["journal", "invented", "medicine"])
    True
    """
    last = len(entry) - len(name) + 1
    if len(name) < 2:
        return bool(name) and name[0] in entry
    return any(all(map(str.startswith, name, entry[at:])) for at in range(last))
