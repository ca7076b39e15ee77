"""Everything that is known as one drawing: articles in blocks, and the sources that several of them use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kb.graph import build_graph
from kb.language.counting import count
from kb.model import Audit
from kb.view.drawn.layout import COLUMNS, beside, in_blocks, in_columns
from kb.view.drawn.scene import Scene
from kb.view.drawn.ties import citing_in, lines_of, sources_of
from kb.view.drawn.told import node_of

if TYPE_CHECKING:
    import networkx

MOST = 2000
"""Nodes that are drawn at most: as many as a browser moves smoothly."""


def of_everything(graph: networkx.MultiDiGraph[str]) -> Scene:
    """Articles in blocks with their statements that cite something; on the right the sources of several articles."""
    articles = [one for one, about in graph.nodes(data=True) if about["type"] == "article"]
    by_article = {one: citing_in(graph, one) for one in articles}
    used: defaultdict[str, list[str]] = defaultdict(list)
    for one, statements in by_article.items():
        for source in sources_of(graph, statements):
            used[source].append(one)
    shared = [source for source, users in used.items() if len(users) > 1]
    nodes = {name: node_of(graph, name) for name in [*articles, *chain.from_iterable(by_article.values()), *used]}
    lines = lines_of(graph, nodes.values())
    blocks = []
    for one, statements in by_article.items():
        own = [source for source, users in used.items() if users == [one]]
        blocks.append(in_columns([[nodes[name] for name in (one, *statements)], [nodes[name] for name in own]], lines))
    placed = in_blocks(blocks)
    right = max((node.x for node in placed), default=0) + COLUMNS[2]
    placed += beside(placed, [nodes[name] for name in shared], lines, right)
    told = (
        _told(len(articles), len(used), len(shared)),
        "Statements that cite nothing are counted beside the name of their article.",
    )
    return Scene(nodes=tuple(placed), lines=lines, told=told)


def of_first(articles: Sequence[str], load: Callable[[str], Audit], most: int = MOST) -> Scene:
    """As `of_everything`, of the first articles that are together no more than ``most`` nodes; at least of one.

    Parameters
    ----------
    articles
        Their ids, in the order in which they are taken in; only those that are drawn are loaded, and one more.
    """
    audits: list[Audit] = []
    size = 0
    for article in articles:
        audit = load(article)
        size += _size(audit)
        if size > most and audits:
            break
        audits.append(audit)
    scene = of_everything(build_graph(audits))
    left_out = len(articles) - len(audits)
    if not left_out:
        return scene
    why = f"Not drawn: {count(left_out, 'more article')}, as no more than {most:,} things can be seen together."
    return replace(scene, told=(*scene.told, f"{why} Type words of their names to draw those."))


def _size(audit: Audit) -> int:
    """At most so many nodes are drawn of an article."""
    return 1 + len({line.statement for line in audit.evidence}) + len({line.source for line in audit.evidence})


def _told(articles: int, sources: int, shared: int) -> str:
    several = f", {shared} of them used by several articles" if articles > 1 else ""
    return f"{count(articles, 'article')} and {count(sources, 'source')}{several}."
