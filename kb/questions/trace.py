"""Whence a statement comes: through its sources and what those cite, down to primary studies.

A statement may cite a review that cites a review, and so on: each repeats the one before, and together they look like
much evidence where there is little. So the way from a statement is followed to works that report what they found
themselves, and wherever it ends elsewhere, that is said: in works that only cite each other's kind (amplification), in
a work that cites nothing that helps (dead end), in citations that lead back (circle), or where nothing is known.

Source: Greenberg, BMJ 2009;339:b2680 (how citations distort: amplification and dead ends).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kb.graph import statement_node
from kb.language.naming import authors_and_year
from kb.model import StatementKey
from kb.questions.ends import Work, circles_of, ends_of
from kb.questions.stated import Stated
from kb.questions.trace_reasons import reasons_of
from kb.questions.traced import End, Step, Trace
from kb.questions.walk import MOST_DEPTH, Place, Start, follows, start_of, walk

if TYPE_CHECKING:
    import networkx


def trace(graph: networkx.MultiDiGraph[str], statement: StatementKey, depth: int = MOST_DEPTH) -> Trace:
    """Follow the citations of a statement, breadth first, down to primary studies.

    A statement without a source of its own is followed through the one that it leans on. Time is linear in the number
    of citations of the works that are met, which are at most ``MOST_STEPS``, however large the graph is.

    Parameters
    ----------
    graph
        As `kb.graph.build_graph` builds it, of everything or of the neighbourhood (`kb.questions.walk.around`).
    depth
        Citations in a row that are followed, 0 or more.

    Raises
    ------
    UsageError
        The graph holds no such statement.

    Examples
    --------
    A statement cites a narrative review, which cites a cohort and an editorial that cites nothing known::

        statement → Rook 2012 (narrative review) → Vale 2003 (cohort)
                                                 → Heron 2001 (editorial)

    gives three steps with the ends ``""``, ``primary study`` and ``not known``; Heron 2001 is missing.
    """
    start = start_of(graph, statement)
    places = walk(start.sources, lambda names: _cited(graph, names, start), depth)
    works = {name: _work(graph, name, places, start) for name in places}
    circles = circles_of(works)
    ends = ends_of(works, circles)
    steps = tuple(_step(graph.nodes[name], name, places[name], works[name], ends[name]) for name in places)
    stated = [_stated(graph, node) for node in start.statements]
    beyond = _goes_beyond(graph, start.statements)
    return Trace(
        statement=stated[0],
        leans_on=tuple(stated[1:]),
        goes_beyond=beyond,
        steps=steps,
        circles=circles,
        missing=tuple(_missing(graph, steps)),
        reasons=reasons_of(steps, circles, stated[1:], beyond),
    )


def _cited(graph: networkx.MultiDiGraph[str], names: Iterable[str], start: Start) -> dict[str, list[str]]:
    """By work what it cites, of those through which the way goes on."""
    return {
        name: list(graph.successors(name))
        for name in names
        if name not in start.unmeant and follows(graph.nodes[name].get("design", "unknown"))
    }


def _work(graph: networkx.MultiDiGraph[str], name: str, places: Mapping[str, Place], start: Start) -> Work:
    about = graph.nodes[name]
    cited = _cited(graph, [name], start).get(name, [])
    near = tuple(one for one in cited if one in places)
    more = len(cited) - len(near)
    return Work(about.get("design", "unknown"), about["known"], near, more, start.unmeant.get(name, ""))


def _step(about: Mapping[str, Any], name: str, place: Place, work: Work, end: tuple[End, str]) -> Step:
    title, year, authors = about.get("title") or "", about.get("year"), about.get("authors") or []
    return Step(
        source=name,
        depth=place.depth,
        via=place.via,
        label=(authors_and_year(tuple(authors), year) if authors else "") or title or name,
        title=title,
        year=year,
        design=work.design,
        known=work.known,
        retracted=bool(about.get("retracted")),
        cites=work.cites,
        more=work.more,
        end=end[0],
        why=end[1],
    )


def _stated(graph: networkx.MultiDiGraph[str], node: str) -> Stated:
    about = graph.nodes[node]
    article = about["article"]
    return Stated(
        article=article,
        statement=node.removeprefix(statement_node(article, "")),
        line=about["line"],
        text=about["text"],
        place=about.get("place", ""),
        verdict=about["verdict"],
    )


def _goes_beyond(graph: networkx.MultiDiGraph[str], path: Sequence[str]) -> str:
    """What a statement claims beyond the one that it leans on, and that one beyond its own, where the way leads so."""
    leaning = (graph.edges[one, other, "leansOn"] for one, other in pairwise(path))
    return "; ".join(edge["goes_beyond"] for edge in leaning if edge["goes_beyond"])


def _missing(graph: networkx.MultiDiGraph[str], steps: Iterable[Step]) -> list[str]:
    """What could be asked for; last what a registry has told of before, and may have nothing to add to."""
    untold = [step for step in steps if not step.known]
    silent = [step for step in steps if step.known and not step.cites and not step.more and follows(step.design)]
    return [step.source for step in (*untold, *silent) if step.end != "dead end" and _askable(graph, step.source)]


def _askable(graph: networkx.MultiDiGraph[str], name: str) -> bool:
    about = graph.nodes[name]
    return name.startswith(("doi:", "pmid:")) or bool(about.get("doi") or about.get("pmid"))
