"""How things are named and listed in a reason: short, whatever their number and whoever wrote them."""

from __future__ import annotations

from collections.abc import Sequence

from kb.language.naming import authors_and_year
from kb.model import Design, Source

MOST = 3
"""How many things a reason names before it counts the rest."""
SHOWN = 60
"""Characters of a text from outside that a reason quotes."""
_STUDIES: frozenset[Design] = frozenset({"animal", "in vitro", "cross-sectional", "case-control"})


def named(design: Design) -> str:
    """The design with its article, as in "a cohort" and "an animal study".

    >>> named("animal"), named("cross-sectional"), named("diagnostic accuracy")
    ('an animal study', 'a cross-sectional study', 'a study of diagnostic accuracy')
    """
    noun = f"{design} study" if design in _STUDIES else design
    noun = "study of diagnostic accuracy" if design == "diagnostic accuracy" else noun
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def listed(things: Sequence[str], most: int = MOST, last: str = "and") -> str:
    """The first few things, and how many more there are.

    Parameters
    ----------
    most
        How many are named, 1 or more.
    last
        The word before the last one.

    >>> listed(["a", "b", "c"]), listed(["a", "b", "c", "d", "e", "f", "g"]), listed(["a"])
    ('a, b and c', 'a, b, c and 4 more', 'a')
    """
    rest = len(things) - most
    first = things[:most] if rest <= 0 else (*things[:most], f"{rest} more")
    return f" {last} ".join(part for part in (", ".join(first[:-1]), first[-1]) if part) if first else ""


def shortened(text: str, most: int = SHOWN) -> str:
    """A text from outside on one line, cut between words where it is longer than so many characters.

    >>> shortened("Thyme  eases knee pain in most people who take it for longer than a month or two.")
    'Thyme eases knee pain in most people who take it for longer …'
    """
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"


def label(source: Source) -> str:
    """A short name of a source: authors and year, else its title or identifier."""
    by = authors_and_year(source.authors, source.year) if source.authors else ""
    return shortened(by or source.title or source.id)
