"""Everything that is known as one drawing: articles in blocks, and the sources that several of them use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kb.graph import build_graph
from kb.language.counting import count
from kb.model import Audit
from kb.view.drawn.layout import as_block, beside, in_blocks
from kb.view.drawn.scene import LABEL, Line, Node, Scene, labelled
from kb.view.drawn.scenes import beside_sources
from kb.view.drawn.ties import citing_in, lines_of, sources_of
from kb.view.drawn.told import node_of

if TYPE_CHECKING:
    import networkx

MOST = 2000
"""Nodes that are drawn at most: as many as a browser moves smoothly."""
READABLE = 300
"""Nodes that are drawn with their labels; of more, signs are drawn in blocks, and labels as they are asked for."""
_FACTS, _LINKS = 4, 2
BESIDE = 260
"""Between the blocks and the sources that several articles use."""


def of_everything(graph: networkx.MultiDiGraph[str]) -> Scene:
    """The articles, their statements that cite something, and the sources of these."""
    articles = [one for one, about in graph.nodes(data=True) if about["type"] == "article"]
    by_article = {one: citing_in(graph, one) for one in articles}
    used: defaultdict[str, list[str]] = defaultdict(list)
    for one, statements in by_article.items():
        for source in sources_of(graph, statements):
            used[source].append(one)
    shared = sum(len(users) > 1 for users in used.values())
    things = f"{count(len(articles), 'article')} and {count(len(used), 'source')}"
    told = (
        f"{things}, {shared} of them used by several articles.",
        "Statements that cite nothing are counted beside their article, and not drawn.",
    )
    left = [name for one, statements in by_article.items() for name in (one, *statements)]
    if len(left) + len(used) <= READABLE:
        return replace(beside_sources(graph, left, list(used), {"scope": ["all"]}), told=told)
    nodes = {name: _brief(node_of(graph, name)) for name in (*left, *used)}
    return replace(_blocks(nodes, by_article, used, lines_of(graph, nodes.values())), told=told)


def _blocks(
    nodes: Mapping[str, Node],
    by_article: Mapping[str, Sequence[str]],
    used: Mapping[str, Sequence[str]],
    lines: tuple[Line, ...],
) -> Scene:
    """Each article as a block with the sources that it alone uses, and on the right those of several articles."""
    own = {one: [source for source, users in used.items() if users == [one]] for one in by_article}
    blocks = [
        as_block(nodes[one], [nodes[name] for name in statements], [nodes[name] for name in own[one]])
        for one, statements in by_article.items()
    ]
    placed = in_blocks(blocks)
    right = max((node.x for node in placed), default=0) + BESIDE
    shared = [nodes[source] for source, users in used.items() if len(users) > 1]
    return Scene(nodes=(*placed, *beside(placed, shared, lines, right)), lines=lines)


def _brief(node: Node) -> Node:
    """A node with the first of its facts and links: the others are told where fewer are drawn."""
    facts = tuple((term, labelled(value, LABEL * 3)) for term, value in node.facts[:_FACTS])
    return replace(node, facts=facts, links=node.links[:_LINKS])


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
