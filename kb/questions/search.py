"""Statements and sources by words, by what is thought of them, and by each other.

A word is found by its beginning, a phrase in quotes by its words in order; every one of them must occur, in the text of
a statement or in the title and authors of a source. Case, accents and punctuation do not count
(`kb.language.folding.fold`). What is asked of the other kind is asked of what belongs together: a statement fits a
journal, year, author or design where it rests on one source that fits all of these, and a source fits a kind, verdict,
level or certainty where one statement that fits all of these rests on it.

The best come first: those in which more of the words stand whole, and then statements by article and place, sources by
id. Which there are, the store finds (`kb.store.searching`), in one pass over the words of all statements and titles.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias, TypedDict, get_args

import msgspec

from kb.errors import UsageError, one_line
from kb.language.folding import fold
from kb.model import Certainty, Design, Kind, Record, Verdict
from kb.questions.shown import MOST
from kb.questions.stated import Stated
from kb.strength.people import nearest

Sort: TypeAlias = Literal["", "statements", "sources"]

_MOST_WORDS = 50
_LONGEST = 1_000
"""Characters of words, and of any other thing that is asked for."""
_WORD = re.compile(r'"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')
_RANGE = re.compile(r"([0-9]{1,4})(?:\s?(?:-|–|\.\.)\s?([0-9]{1,4}))?")
_LEVELS = (1, 5)
_YEARS = (1000, 9999)
_RANGES = {"level": "1-2", "year": "2015-2020"}
"""An example of each."""


class Fits(TypedDict, total=False):
    """What a search asks for beside words, as a person gives it; what is empty or missing is not asked for."""

    kind: str | None
    verdict: str | None
    level: str | int | None
    """One level or a range, as in ``1-2``."""
    certainty: str | None
    journal: str | None
    """Its name, or words in a row out of it where no journal is called so."""
    year: str | int | None
    """One year or a range, as in ``2015-2020``."""
    author: str | None
    """A family name."""
    design: str | None
    only: Sort
    most: int


class Search(Record, frozen=True, kw_only=True):
    """What is searched for; words, journal and author are folded."""

    words: tuple[str, ...] = ()
    """Beginnings of words; one with several words is a phrase, of which the last may be a beginning."""
    kind: Kind | None = None
    verdict: Verdict | None = None
    levels: tuple[int, int] | None = None
    """The first and the last one."""
    certainty: Certainty | None = None
    journal: str = ""
    years: tuple[int, int] | None = None
    author: str = ""
    design: Design | None = None
    only: Sort = ""
    most: int = MOST

    @property
    def of_statements(self) -> bool:
        """Whether it asks for something that only statements have."""
        return any(one is not None for one in (self.kind, self.verdict, self.levels, self.certainty))

    @property
    def of_sources(self) -> bool:
        """Whether it asks for something that only sources have."""
        return bool(self.journal or self.author) or self.years is not None or self.design is not None


class FoundSource(Record, frozen=True, kw_only=True):
    """A source that fits."""

    source: str
    label: str
    title: str
    year: str | None
    container: str
    design: Design
    retracted: bool
    statements: int
    """How many statements rest on it, whether or not these fit."""


class Found(Record, frozen=True, kw_only=True):
    """What fits a search, the best first, and how much of each sort there is in all."""

    search: Search
    statements: tuple[Stated, ...] = ()
    sources: tuple[FoundSource, ...] = ()
    all_statements: int = 0
    all_sources: int = 0


def search_for(words: str = "", fits: Fits | None = None) -> Search:
    """What is searched for, out of what a person gives.

    Parameters
    ----------
    words
        Words and phrases in quotes, in any order.

    Raises
    ------
    UsageError
        A value is none of those that there are; words are given and hold no letter or digit; nothing is asked for.

    >>> found = search_for('Knees "thyme tea"', {"year": "2015-2020"})
    >>> found.words, found.years
    (('knees', 'thyme tea'), (2015, 2020))
    """
    given: Fits = fits or {}
    values = {
        "words": _words(words),
        "kind": _one_of("kind", given.get("kind"), get_args(Kind)),
        "verdict": _one_of("verdict", given.get("verdict"), get_args(Verdict)),
        "levels": _numbers("level", given.get("level"), _LEVELS),
        "certainty": _one_of("certainty", given.get("certainty"), get_args(Certainty)),
        "journal": _folded("journal", given.get("journal")),
        "years": _numbers("year", given.get("year"), _YEARS),
        "author": _folded("author", given.get("author")),
        "design": _one_of("design", given.get("design"), get_args(Design)),
        "only": given.get("only", ""),
        "most": max(1, given.get("most", MOST)),
    }
    found = msgspec.convert(values, Search)
    if not (found.words or found.of_statements or found.of_sources):
        raise UsageError("what to search for?", remedy="give words, or one of the things that a search can ask for")
    return found


def _words(given: str) -> tuple[str, ...]:
    if len(given) > _LONGEST:
        raise UsageError("too many words to search for", remedy=f"give at most {_LONGEST} characters")
    parts = (fold(one["phrase"] or one["word"] or "") for one in _WORD.finditer(given))
    found = tuple(dict.fromkeys(part for part in parts if part))
    if given.strip() and not found:
        raise UsageError("no letter or digit to search for", place=one_line(given)[:60], remedy="give a word")
    if len(found) > _MOST_WORDS:
        raise UsageError("too many words to search for", remedy=f"give at most {_MOST_WORDS}")
    return found


def _folded(what: str, given: str | None) -> str:
    if not given:
        return ""
    found = fold(given[:_LONGEST])
    if not found:
        raise UsageError(f"no {what} has such a name", place=one_line(given)[:60], remedy="give a word of it")
    return found


def _one_of(what: str, given: str | None, values: tuple[str, ...]) -> str | None:
    if not given:
        return None
    value = " ".join(given[:_LONGEST].casefold().split())
    if value not in values:
        raise UsageError(f"there is no such {what}", place=one_line(given)[:60], remedy=nearest(value, values))
    return value


def _numbers(what: str, given: str | int | None, within: tuple[int, int]) -> tuple[int, int] | None:
    """A number or a range of numbers, the first and the last one."""
    if given is None or given == "":
        return None
    found = _RANGE.fullmatch(str(given)[:_LONGEST].strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not within[0] <= first <= last <= within[1]:
        example = f"{what}s go from {within[0]} to {within[1]}: give one, or two as in {_RANGES[what]}"
        raise UsageError(f"this is no {what}", place=one_line(str(given))[:60], remedy=example)
    return first, last
