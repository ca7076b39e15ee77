"""What ties the nodes of a graph (`kb.graph`) that a drawing shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kb.view.drawn.scene import Line, Node
from kb.view.drawn.told import EVIDENCE

if TYPE_CHECKING:
    import networkx

_DRAWN = EVIDENCE | {"contains", "leansOn", "cites"}


def lines_of(graph: networkx.MultiDiGraph[str], nodes: Iterable[Node]) -> tuple[Line, ...]:
    """The lines between these nodes; an article lists a source where none of its statements rests on it."""
    drawn = {node.id: node for node in nodes}
    found = [
        Line(start=start, end=end, form=key)
        for start, end, key in graph.edges(drawn, keys=True)
        if key in _DRAWN and end in drawn
    ]
    resting = {line.end for line in found}
    found += [
        Line(start=start, end=source, form="lists")
        for start in drawn
        if start.startswith("article:")
        for source in listed_by(graph, start)
        if source in drawn and source not in resting
    ]
    return tuple(dict.fromkeys(found))


def listed_by(graph: networkx.MultiDiGraph[str], article: str) -> list[str]:
    """The sources of an article's reference list."""
    listed = [one for _, one, key in graph.out_edges(article, keys=True) if key == "lists"]
    return list(dict.fromkeys(source for one in listed for source in graph.successors(one)))


def sources_of(graph: networkx.MultiDiGraph[str], statements: Iterable[str]) -> list[str]:
    """The sources that statements rest on, each once, in their order."""
    edges = graph.out_edges(list(statements), keys=True)
    return list(dict.fromkeys(end for _, end, key in edges if key in EVIDENCE))


def citing_in(graph: networkx.MultiDiGraph[str], article: str) -> list[str]:
    """The statements of an article that cite something."""
    within = [end for _, end, key in graph.out_edges(article, keys=True) if key == "contains"]
    return [one for one in within if any(key in EVIDENCE for *_, key in graph.out_edges(one, keys=True))]
