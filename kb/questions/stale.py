"""Statements whose evidence is no longer what it was, or is old, as of a given day.

Why a source is stale stands in `kb.questions.staleness`. Where it is for several reasons, it is named under the gravest
alone. A statement is *old* where sources support it and all of these were published more than so many years before the
year of that day; a year that is not known is not old. Statements that lean on a stale one are not named.

A statement was *graded before the notice* where the notice is dated later than the audit of its article, or where the
audit still took a source for evidence that is retracted: another audit has brought the notice since.

Retracted work goes on being cited as if nothing had happened: Bar-Ilan & Halevi, Scientometrics 2017;113:547-565. For
when reviews go out of date see Shojania et al., Ann Intern Med 2007;147:224-233.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kb.model import Direction, Notice, Record, Source, StatementKey
from kb.questions.dates import comes_after, year_of
from kb.questions.shown import MOST, Telling, Works, unknown, unworded
from kb.questions.staleness import FALLEN, REASONS, Reason, in_force
from kb.questions.stated import Stated
from kb.strength.wording import label

_GRAVEST: tuple[Reason, ...] = (*dict.fromkeys(REASONS.values()), "old")
EACH = 5
"""How many statements of a source are shown."""


class Resting(NamedTuple):
    """A statement that has an evidence line on a source."""

    statement: StatementKey
    source: str
    direction: Direction
    audited: str
    """The day that the audit of its article speaks of."""
    read: bool = True
    """Whether the program took the source for evidence, which it does not with one that it knows to be retracted."""
    year: str | None = None
    """Of the source; only lines that may be old need it."""
    place: int = 0
    """Orders the lines of an article."""


class Ground(NamedTuple):
    """What the statements of a knowledge base rest on, as far as it may be stale."""

    noticed: Mapping[str, Source]
    """The sources with notices, and …"""
    lines: Sequence[Resting]
    """… all evidence lines on them."""
    supporting: Sequence[Resting] = ()
    """All supporting lines of each statement that may be old."""
    unchecked: int = 0
    """Sources with lines on them that no registry answered about."""


class Rested(Record, frozen=True, kw_only=True):
    """A statement that rests on a stale source."""

    statement: Stated
    direction: Direction
    """What the source says of it, by the audit."""
    audited: str
    later: bool | None = None
    """Whether the notice came after the audit; None where the dates do not tell, or there is no notice."""
    again: bool = False
    """Whether it was graded before the notice, and its article should be audited again."""


class StaleSource(Record, frozen=True, kw_only=True):
    """A source that is stale, and what rests on it; of a statement that is old, the newest source."""

    source: str
    label: str
    title: str = ""
    year: str | None = None
    notices: tuple[Notice, ...] = ()
    """The gravest first. ``doi`` is that of the notice or of the other version."""
    statements: tuple[Rested, ...]
    """The first of them, those that were graded before the notice first."""
    resting: int
    articles: int
    again: int
    """How many of all these statements were graded before the notice."""


class StaleGroup(Record, frozen=True, kw_only=True):
    """What is stale for one reason."""

    reason: Reason
    sources: tuple[StaleSource, ...]
    """The first of them: those with most statements that were graded before the notice, then with most."""
    of: int
    statements: int


class Stale(Record, frozen=True, kw_only=True):
    """What is stale, the gravest reason first; a reason for which nothing is, is left out."""

    as_of: str
    older_than: int | None = None
    groups: tuple[StaleGroup, ...]
    again: tuple[str, ...] = ()
    """The first articles that should be audited again, of …"""
    to_audit: int = 0
    """… so many."""
    unchecked: int = 0
    """Sources that statements rest on and no registry answered about: what notices there are on them is not known."""


class _Held(NamedTuple):
    """A statement on a stale source; see `Rested`."""

    line: Resting
    later: bool | None = None
    again: bool = False


class _Found(NamedTuple):
    """A stale source and what rests on it."""

    source: str
    notices: tuple[Notice, ...]
    held: list[_Held]


def stale(
    ground: Ground,
    as_of: str,
    older_than: int | None = None,
    most: int = MOST,
    telling: Telling = unworded,
    works: Works = unknown,
) -> Stale:
    """Find the statements whose evidence is stale.

    Time is linear in the lines, beside n log n for the sources.

    Parameters
    ----------
    as_of
        The day, ISO 8601.
    older_than
        Years, 1 or more; None asks for no statement that is old.
    most
        How many sources of each reason, and articles to audit again, are shown, 1 or more; all are counted.

    >>> tea = Source(id="tea", notices=(Notice(kind="retraction", said_by=("Crossref",), date="2020-05"),))
    >>> ground = Ground({"tea": tea}, [Resting(("a.md", "s1"), "tea", "supports", "2019-11-22")])
    >>> [(one.reason, one.sources[0].again) for one in stale(ground, "2026-11-22").groups]
    [('retracted', 1)]
    """
    found = _noticed(ground, as_of)
    if older_than is not None:
        found["old"] = _old(ground.supporting, int(as_of[:4]) - older_than)
    shown = {reason: heapq.nsmallest(most, found[reason], key=_rank) for reason in _GRAVEST if found[reason]}
    words = telling({one.line.statement for sources in shown.values() for each in sources for one in _first(each)})
    named = {**works([one.source for one in shown.get("old", ())]), **ground.noticed}
    again = {one.line.statement[0] for sources in found.values() for each in sources for one in each.held if one.again}
    return Stale(
        as_of=as_of,
        older_than=older_than,
        groups=tuple(
            StaleGroup(
                reason=reason,
                sources=tuple(_stale(one, words, named) for one in sources),
                of=len(found[reason]),
                statements=len({one.line.statement for each in found[reason] for one in each.held}),
            )
            for reason, sources in shown.items()
        ),
        again=tuple(heapq.nsmallest(most, again)),
        to_audit=len(again),
        unchecked=ground.unchecked,
    )


def _noticed(ground: Ground, as_of: str) -> dict[Reason, list[_Found]]:
    """By reason the sources with notices that statements rest on."""
    found = {name: _Found(name, in_force(source, as_of), []) for name, source in ground.noticed.items()}
    for line in ground.lines:
        one = found[line.source]
        if one.notices:
            later = comes_after(one.notices[0].date, line.audited)
            unaware = line.read and one.notices[0].kind in FALLEN
            one.held.append(_Held(line, later, unaware or later is True))
    by_reason: defaultdict[Reason, list[_Found]] = defaultdict(list)
    for one in found.values():
        if one.held:
            by_reason[REASONS[one.notices[0].kind]].append(one)
    return by_reason


def _old(lines: Iterable[Resting], bound: int) -> list[_Found]:
    """The statements of which every supporting source is of a year before the bound, by their newest source."""
    supporting: defaultdict[StatementKey, list[Resting]] = defaultdict(list)
    for line in lines:
        supporting[line.statement].append(line)
    found: dict[str, _Found] = {}
    for its in supporting.values():
        years = [year_of(line.year) for line in its]
        if all(year is not None and year < bound for year in years):
            newest = max(its, key=lambda line: (year_of(line.year) or 0, line.source))
            found.setdefault(newest.source, _Found(newest.source, (), [])).held.append(_Held(newest))
    return list(found.values())


def _rank(one: _Found) -> tuple[int, int, str]:
    return -sum(held.again for held in one.held), -len(one.held), one.source


def _first(one: _Found) -> list[_Held]:
    """The statements of a source that are shown."""

    def rank(held: _Held) -> tuple[bool, str, int, str]:
        article, name = held.line.statement
        return not held.again, article, held.line.place, name

    return heapq.nsmallest(EACH, one.held, key=rank)


def _stale(one: _Found, words: Mapping[StatementKey, Stated], named: Mapping[str, Source]) -> StaleSource:
    source = named.get(one.source) or Source(id=one.source, year=one.held[0].line.year)
    return StaleSource(
        source=one.source,
        label=label(source),
        title=source.title,
        year=source.year,
        notices=one.notices,
        statements=tuple(
            Rested(
                statement=words[held.line.statement],
                direction=held.line.direction,
                audited=held.line.audited,
                later=held.later,
                again=held.again,
            )
            for held in _first(one)
            if held.line.statement in words
        ),
        resting=len(one.held),
        articles=len({held.line.statement[0] for held in one.held}),
        again=sum(held.again for held in one.held),
    )
