"""What most hangs on: sources that statements stand on alone, and articles that rest on one team.

Greenberg (BMJ 2009;339:b2680) followed a belief through its network of citations and found it to rest on few works,
which all others cited. Here the network is that of statements and the sources which support them, and the question is
how much of it would come down with one work or one team.

A statement *stands on* the sources that support it and can stand as evidence: found, the work that is meant, and not
retracted. It counts where its verdict is supported, partly supported or contested. One that leans on another, and cites
nothing itself, stands on what that one stands on.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kb.language.counting import count, does
from kb.model import Certainty, Record, Source, StatementKey, Verdict
from kb.questions.one_team import OneTeam, one_team
from kb.questions.shown import MOST, Telling, unworded
from kb.questions.stated import Stated
from kb.strength.certainty import SCALE
from kb.strength.wording import label

if TYPE_CHECKING:
    import networkx

    Standing: TypeAlias = networkx.DiGraph[Any]

VERDICTS: frozenset[Verdict] = frozenset({"supported", "partly supported", "contested"})
"""Verdicts of statements that stand on something."""


class Support(NamedTuple):
    """A statement that counts, and a source that it stands on; ``place`` orders the statements of an article."""

    statement: StatementKey
    source: str
    place: int = 0
    level: int | None = None
    certainty: Certainty | None = None


class Leaning(NamedTuple):
    """A statement that counts, cites nothing and takes its verdict from the one that it leans on."""

    statement: StatementKey
    on: StatementKey
    place: int = 0
    level: int | None = None
    certainty: Certainty | None = None


class Work(NamedTuple):
    """What is known of a source here; ``authors`` are family names."""

    id: str
    authors: tuple[str, ...] = ()
    title: str = ""
    year: str | None = None


class Pillar(Record, frozen=True, kw_only=True):
    """A source that statements stand on alone."""

    source: str
    label: str
    title: str = ""
    alone: int
    """Statements that stand on it alone, and …"""
    articles: int
    """… in how many articles these are."""
    together: int = 0
    """Statements that stand on it and on others."""


class HeldUp(Record, frozen=True, kw_only=True):
    """A statement that one source holds up."""

    statement: Stated
    source: str
    label: str
    level: int | None = None
    certainty: Certainty | None = None
    leans: bool = False
    """Whether the source is that of the statement which it leans on."""


class LoadBearing(Record, frozen=True, kw_only=True):
    """What most hangs on; each list ends where as many are shown as were asked for."""

    supported: int
    """Statements that stand on any source, and …"""
    alone: int
    """… those of them that stand on one source alone; ``statements`` is the beginning of these."""
    sources: tuple[Pillar, ...]
    bearing: int
    """Sources that any statement stands on alone; ``sources`` is the beginning of these."""
    statements: tuple[HeldUp, ...]
    teams: tuple[OneTeam, ...]
    resting: int
    """Articles that rest on one team; ``teams`` is the beginning of these."""
    unchecked: int = 0
    """Statements of which no source was checked, so that it is not known what they stand on."""
    reasons: tuple[str, ...] = ()


def support_graph(
    supports: Iterable[Support], leaning: Iterable[Leaning] = (), works: Iterable[Work] = (), unchecked: int = 0
) -> Standing:
    """The graph that `load_bearing` is asked of: from each statement to the sources that it stands on.

    A statement is a node under its key, a source under its id. Time and memory are linear in what is given.

    ========= =========================================================================
    node      attributes
    ========= =========================================================================
    statement ``place``, ``level``, ``certainty``; ``leans``, if it leans on another one
    source    ``authors``, ``title``, ``year``, if it is among the works
    ========= =========================================================================

    Parameters
    ----------
    leaning
        Those that lean on statements which stand on nothing, or in a circle, are left out.
    works
        Those that hold up nothing are left out.
    unchecked
        Statements that are no node because they were not checked; the graph's own attribute of this name.
    """
    import networkx

    graph: Standing = networkx.DiGraph(unchecked=unchecked)
    for name, source, place, level, certainty in supports:
        graph.add_node(name, place=place, level=level, certainty=certainty)
        graph.add_edge(name, source)
    above = {one.statement: one for one in leaning if one.statement not in graph}
    for one in above.values():
        base = _base(one, above)
        if base in graph:
            graph.add_node(one.statement, place=one.place, level=one.level, certainty=one.certainty, leans=True)
            graph.add_edges_from([(one.statement, source) for source in graph[base]])
    for work in works:
        if work.id in graph:
            graph.add_node(work.id, authors=work.authors, title=work.title, year=work.year)
    return graph


def _base(one: Leaning, above: Mapping[StatementKey, Leaning]) -> StatementKey | None:
    """What a statement leans on in the end; None in a circle."""
    seen = {one.statement}
    while one.on in above:
        if one.on in seen:
            return None
        seen.add(one.on)
        one = above[one.on]
    return one.on


def load_bearing(graph: Standing, most: int = MOST, telling: Telling = unworded) -> LoadBearing:
    """Find what most hangs on.

    Sources come by the number of statements that stand on them alone, then of all that stand on them; statements by
    certainty, then level, the surest first: with these most is lost. Articles that rest on one team are those of
    `kb.questions.one_team`. The sources and statements take time linear in the edges, and n log ``most`` to order.

    Parameters
    ----------
    graph
        As `support_graph` makes it.
    most
        How many sources, statements and articles are shown, 1 or more; all are counted.

    >>> graph = support_graph([Support(("a.md", "s1"), "doi:10.5555/x"), Support(("a.md", "s2"), "doi:10.5555/x"),
    ...                        Support(("a.md", "s2"), "doi:10.5555/y")])
    >>> found = load_bearing(graph)
    >>> [(one.source, one.alone, one.together) for one in found.sources], found.alone, found.supported
    ([('doi:10.5555/x', 1, 1)], 1, 2)
    """
    stands = {one: sources for one, sources in graph.adjacency() if sources}
    held = {one: next(iter(sources)) for one, sources in stands.items() if len(sources) == 1}
    bearing = Counter(held.values())
    teams = one_team(_by_article(stands), lambda source: _work(graph, source))
    shown = heapq.nsmallest(most, held, key=lambda one: _rank(one, graph.nodes[one]))
    words = telling(shown)
    unchecked = graph.graph.get("unchecked", 0)
    return LoadBearing(
        supported=len(stands),
        alone=len(held),
        sources=_pillars(graph, held, bearing, most),
        bearing=len(bearing),
        statements=tuple(_held_up(graph, words[one], held[one]) for one in shown if one in words),
        teams=teams[:most],
        resting=len(teams),
        unchecked=unchecked,
        reasons=(*_reasons(len(stands), bearing, len(teams)), *_of_unchecked(unchecked)),
    )


def _pillars(graph: Standing, held: Mapping[StatementKey, str], bearing: Counter[str], most: int) -> tuple[Pillar, ...]:
    best = heapq.nsmallest(most, bearing, key=lambda one: (-bearing[one], -graph.in_degree(one), one))
    articles: defaultdict[str, set[str]] = defaultdict(set)
    shown = set(best)
    for (article, _), source in held.items():
        if source in shown:
            articles[source].add(article)
    return tuple(
        Pillar(
            source=source,
            label=label(_work(graph, source)),
            title=_work(graph, source).title,
            alone=bearing[source],
            articles=len(articles[source]),
            together=graph.in_degree(source) - bearing[source],
        )
        for source in best
    )


def _rank(one: StatementKey, known: Mapping[str, Any]) -> tuple[int, int, str, int, str]:
    certainty, level = known.get("certainty"), known.get("level")
    sure = -SCALE.index(certainty) if certainty else 1
    return sure, level or len(SCALE) + 2, one[0], known.get("place", 0), one[1]


def _held_up(graph: Standing, stated: Stated, source: str) -> HeldUp:
    known = graph.nodes[stated.key]
    return HeldUp(
        statement=stated,
        source=source,
        label=label(_work(graph, source)),
        level=known.get("level"),
        certainty=known.get("certainty"),
        leans=known.get("leans", False),
    )


def _work(graph: Standing, source: str) -> Source:
    """A source as far as the graph knows it."""
    known = graph.nodes[source]
    return Source(
        id=source, authors=tuple(known.get("authors", ())), title=known.get("title", ""), year=known.get("year")
    )


def _by_article(stands: Mapping[StatementKey, Collection[str]]) -> Iterable[tuple[str, list[Collection[str]]]]:
    """Each article with the sources of each of its statements."""
    articles: defaultdict[str, list[Collection[str]]] = defaultdict(list)
    for (article, _), sources in stands.items():
        articles[article].append(sources)
    return articles.items()


def _reasons(supported: int, bearing: Counter[str], resting: int) -> tuple[str, ...]:
    if not supported:
        return ("no statement stands on a source that can stand as evidence",)
    alone, sources = sum(bearing.values()), len(bearing)
    several = f", {count(sources, 'source')} in all" if alone else ""
    teams = (
        f"{count(resting, 'article')} {does(resting, 'rest')} on one team"
        if resting
        else "no article rests on one team"
    )
    return f"{alone} of {supported} supported statements stand on one source alone{several}", teams


def _of_unchecked(unchecked: int) -> Iterator[str]:
    if unchecked:
        yield f"no source was checked for {count(unchecked, 'statement')}: not counted here"
