"""The walk from a statement along citations: where it begins, how far it goes, and what it needs to know for that."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kb.errors import UsageError
from kb.graph import CITO, build_graph, statement_node
from kb.model import Audit, Design, ResolutionStatus, Source, StatementKey
from kb.strength.grounds import LABORATORY, OBSERVATIONAL, TRIALS
from kb.strength.standing import NO_EVIDENCE

if TYPE_CHECKING:
    import networkx

MOST_STEPS = 300
"""Works that a trace names at most: more than anybody reads, and few enough to be had at once."""
MOST_DEPTH = 6
"""Citations in a row that are followed at most."""

STUDIES: frozenset[Design] = TRIALS | OBSERVATIONAL | LABORATORY | {"case series", "case report", "diagnostic accuracy"}
"""Designs of primary studies, which report what they found themselves."""


class Start(NamedTuple):
    """Where a walk begins."""

    statements: tuple[str, ...]
    """The nodes of the statement and of those that it leans on, up to the one whose sources are followed."""
    sources: tuple[str, ...]
    unmeant: Mapping[str, str]
    """Those of the sources that are not the work which the reference means, with the reason: no way leads on there."""


class Place(NamedTuple):
    """Where on the walk a work was met first."""

    depth: int
    via: str | None


def follows(design: str) -> bool:
    """Whether a walk goes on through what a work of this design cites: it is no primary study."""
    return design not in STUDIES


def start_of(graph: networkx.MultiDiGraph[str], key: StatementKey) -> Start:
    """The sources of a statement; of one without any, those of the statement that it leans on, however far.

    Raises
    ------
    UsageError
        The graph holds no such statement.
    """
    article, statement = key
    node = statement_node(article, statement)
    if node not in graph:
        raise UsageError(f"there is no statement {statement}", place=article, remedy="audit the article again")
    path = [node]
    while not (sources := _along(graph, path[-1], frozenset(CITO.values()))):
        further = [one for one in _along(graph, path[-1], {"leansOn"}) if one not in path]
        if not further:
            break
        path.append(further[0])
    return Start(tuple(path), sources, _unmeant(graph, path[-1], sources))


def _along(graph: networkx.MultiDiGraph[str], node: str, keys: Collection[str]) -> tuple[str, ...]:
    """The ends of a node's edges of some kinds, in order."""
    return tuple(end for end, edges in graph.adj[node].items() if any(key in keys for key in edges))


def _unmeant(graph: networkx.MultiDiGraph[str], statement: str, sources: Collection[str]) -> dict[str, str]:
    found: dict[str, list[ResolutionStatus]] = {}
    for reference in _along(graph, statement, {"cites"}):
        for source in _along(graph, reference, {"identifies"}):
            found.setdefault(source, []).append(graph.edges[reference, source, "identifies"]["status"])
    lost = {name: statuses for name, statuses in found.items() if all(one in NO_EVIDENCE for one in statuses)}
    return {name: NO_EVIDENCE[lost[name][0]] for name in sources if name in lost}


def walk(
    first: Iterable[str], cited_by: Callable[[Sequence[str]], Mapping[str, Iterable[str]]], depth: int = MOST_DEPTH
) -> dict[str, Place]:
    """Every work that is met, breadth first, each at its shortest distance; at most ``MOST_STEPS``.

    Parameters
    ----------
    first
        The works that the walk begins with.
    cited_by
        By work what it cites, in order, of those through which the walk goes on. Asked about one level at a time, so
        that a database is asked no more often.
    depth
        Citations in a row that are followed, 0 or more.

    >>> walk(["a"], lambda names: {"a": ("b", "a"), "b": ("a", "c")}, depth=1)
    {'a': Place(depth=0, via=None), 'b': Place(depth=1, via='a')}
    """
    met = dict.fromkeys(list(dict.fromkeys(first))[:MOST_STEPS], Place(0, None))
    level = list(met)
    for distance in range(1, depth + 1):
        cited = cited_by(level)
        ahead: list[str] = []
        for citing in level:
            for work in cited.get(citing, ()):
                if work not in met and len(met) < MOST_STEPS:
                    met[work] = Place(distance, citing)
                    ahead.append(work)
        level = ahead
        if not level:
            break
    return met


def around(
    audits: Sequence[Audit],
    key: StatementKey,
    known: Callable[[Collection[str]], Mapping[str, Source]],
    depth: int = MOST_DEPTH,
) -> tuple[Source, ...]:
    """The sources that a walk from a statement meets: with them a graph of its neighbourhood answers as the whole one.

    Studies come without what they cite.

    Parameters
    ----------
    audits
        Parts that hold the statement, and all that it leans on.
    known
        Gives those of some works that are known; asked about one level of the walk at a time.
    """
    sources = {source.id: source for audit in audits for source in audit.sources}
    start = start_of(build_graph(audits), key)

    def look_up(names: Iterable[str]) -> None:
        sources.update(known([name for name in names if name not in sources]))

    def cited_by(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
        look_up(names)
        on = (sources[name] for name in names if name in sources and name not in start.unmeant)
        return {one.id: one.cites for one in on if follows(one.design)}

    look_up(walk(start.sources, cited_by, depth))
    # What studies cite is never asked about, and a graph takes as long as it has edges.
    return tuple(one if follows(one.design) else msgspec.structs.replace(one, cites=()) for one in sources.values())
