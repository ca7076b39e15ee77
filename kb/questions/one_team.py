"""Articles that rest on one team: most of what they say stands on the works of the same people alone.

Works are of one team where their lists of authors share names as `kb.strength.kinship` asks it, directly or through
other works that the article stands on. An article *rests on one team* where at least ``FEWEST`` of its statements stand
on any source, and more than half of these on works of that team alone. So there is at most one such team. A team may
have one work; authors that no registry gave are no team.

Source: Greenberg, BMJ 2009;339:b2680, where the citations behind a belief led to the works of few groups.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from kb.language.folding import fold
from kb.model import Record, Source
from kb.strength.kinship import Facts, kinship
from kb.strength.wording import listed, shortened

FEWEST = 3
"""Statements of an article that must stand on any source: of fewer, one work is soon a half."""
_FEWEST_SHARED = 2
"""No two works are of one team that share fewer names."""
_MOST_WORKS = 500
"""Works of an article that are compared, those with most statements first: no article stands on more."""


class OneTeam(Record, frozen=True, kw_only=True):
    """An article that rests on one team."""

    article: str
    authors: tuple[str, ...]
    """Those whom at least two of its works share, the most frequent first; of a single work, all."""
    works: tuple[str, ...]
    """Ids, those that most statements stand on first."""
    statements: int
    """Statements that stand on these works alone, of …"""
    supported: int
    """… all in the article that stand on any source."""
    why: str


def one_team(
    articles: Iterable[tuple[str, Sequence[Collection[str]]]], work: Callable[[str], Source]
) -> tuple[OneTeam, ...]:
    """The articles that rest on one team, those with most statements on it first.

    Time grows with the statements and, within an article, with the pairs of works that share a name.

    Parameters
    ----------
    articles
        Each with the ids of the sources that each of its statements stands on.
    work
        A source by its id, of which only authors, title and year count; nothing else of it should be given, as other
        rules of kinship than the one on teams could then hold.

    >>> works = {"heat": Source(id="heat", authors=("Roe", "Poe")), "tea": Source(id="tea")}
    >>> [one.authors for one in one_team([("a.md", [["heat"], ["heat"], ["tea"]])], works.__getitem__)]
    [('Roe', 'Poe')]
    """
    folded = lru_cache(maxsize=None)(fold)
    found = (_of_article(article, stands, work, folded) for article, stands in articles if len(stands) >= FEWEST)
    return tuple(sorted(filter(None, found), key=lambda one: (-one.statements, one.supported, one.article)))


def _of_article(
    article: str, stands: Sequence[Collection[str]], work: Callable[[str], Source], folded: Callable[[str], str]
) -> OneTeam | None:
    """The team of an article; works that share names are looked at closely only where they are enough."""
    counts = Counter(one for sources in stands for one in sources)
    ordered = sorted(counts, key=lambda one: (-counts[one], one))[:_MOST_WORKS]
    sources = {one: work(one) for one in ordered}
    names = {one: frozenset(map(folded, source.authors)) - {""} for one, source in sources.items()}

    def near(one: str, other: str) -> bool:
        return len(names[one] & names[other]) >= _FEWEST_SHARED

    enough = _largest(stands, _groups(ordered, names, near))
    if enough is None:
        return None
    facts = {one: Facts(sources[one]) for one in enough}

    def kin(one: str, other: str) -> bool:
        return near(one, other) and kinship(facts[one], facts[other]) is not None

    team = _largest(stands, _groups(enough, names, kin))
    if team is None or not (authors := _shared([sources[one] for one in team], folded)):
        return None
    alone = _alone(stands, team)
    return OneTeam(
        article=article,
        authors=authors,
        works=tuple(team),
        statements=alone,
        supported=len(stands),
        why=_why(alone, len(stands), authors, len(team)),
    )


def _groups(
    works: Sequence[str], names: Mapping[str, Collection[str]], tied: Callable[[str, str], bool]
) -> list[list[str]]:
    """The works in groups: those that share a name and are tied, directly or through others; in the order given."""
    holding: defaultdict[str, list[str]] = defaultdict(list)
    for one in works:
        for name in names[one]:
            holding[name].append(one)
    group = {one: [one] for one in works}
    for first, second in (pair for held in holding.values() for pair in combinations(held, 2)):
        if group[first] is not group[second] and tied(first, second):
            smaller, larger = sorted((group[first], group[second]), key=len)
            larger += smaller
            group |= dict.fromkeys(smaller, larger)
    order = {one: place for place, one in enumerate(works)}
    distinct = {id(members): members for members in group.values()}
    return [sorted(members, key=order.__getitem__) for members in distinct.values()]


def _largest(stands: Sequence[Collection[str]], groups: Sequence[list[str]]) -> list[str] | None:
    """The group that more than half of the statements stand on alone; None where none is."""
    of = {one: number for number, group in enumerate(groups) for one in group}
    within = Counter[int]()
    for sources in stands:
        numbers = {of.get(one, -1) for one in sources}
        within.update(numbers if len(numbers) == 1 else ())
    del within[-1]
    number, count = max(within.items(), key=lambda each: each[1], default=(0, 0))
    return groups[number] if 2 * count > len(stands) else None


def _alone(stands: Sequence[Collection[str]], team: Collection[str]) -> int:
    within = frozenset(team)
    return sum(within.issuperset(sources) for sources in stands)


def _shared(works: Sequence[Source], folded: Callable[[str], str]) -> tuple[str, ...]:
    """The authors of most works, as they are first written."""
    written = {folded(name): name for one in reversed(works) for name in reversed(one.authors) if folded(name)}
    counts = Counter(name for one in works for name in dict.fromkeys(map(folded, one.authors)) if name)
    fewest = min(len(works), 2)
    return tuple(written[name] for name, count in counts.most_common() if count >= fewest)


def _why(alone: int, supported: int, authors: Sequence[str], works: int) -> str:
    named = listed([shortened(name) for name in authors])
    of = f"{works} works of one team" if works > 1 else "one work"
    return f"{alone} of {supported} supported statements stand on {of} alone: {named}"
