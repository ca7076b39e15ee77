"""The graph as drawings: an article, or what is around one statement or source.

Statements stand on the left with their articles above them, their sources beside these, and on the right what was
unfolded: what a source cites, who else cites it, and which other statements rest on it. References are told with the
source that they mean, and not drawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kb.graph import article_node
from kb.language.counting import count, does
from kb.view.drawn.layout import in_columns
from kb.view.drawn.scene import Node, Scene
from kb.view.drawn.ties import lines_of, listed_by, sources_of
from kb.view.drawn.told import node_of
from kb.view.ways import Given, to_graph

if TYPE_CHECKING:
    import networkx

MOST_UNFOLDED = 30
"""Works that are drawn for one source that was unfolded; more are counted."""
UNFOLDED = "open"
"""The name in an address of the sources that are unfolded."""


def of_article(graph: networkx.MultiDiGraph[str], article: str, here: Given, *, all_statements: bool = False) -> Scene:
    """An article, its statements and their sources.

    Parameters
    ----------
    graph
        As `kb.graph.build_graph` makes it, of the article and of what is around the sources that are unfolded.
    here
        The address of this drawing: the links that unfold lead to it with one source more.
    all_statements
        Whether to draw the statements that need no source, too.
    """
    own = article_node(article)
    every = [one for one in graph.successors(own) if graph.nodes[one]["type"] == "statement"]
    shown = [one for one in every if all_statements or not _needs_none(graph, one)]
    told = _counted(graph, article, len(every) - len(shown))
    scene = beside_sources(graph, [own, *shown], [*sources_of(graph, shown), *_uncited(graph, own, every)], here)
    return replace(scene, told=told)


def around_statement(graph: networkx.MultiDiGraph[str], statement: str, here: Given) -> Scene:
    """A statement, those that it leans on and that lean on it, and their sources."""
    near = [
        one for start, end, key in graph.edges(keys=True) if key == "leansOn" for one in _pair(start, end, statement)
    ]
    shown = [one for one in graph if one == statement or one in near]
    sources = sources_of(graph, shown)
    told = [f"This statement rests on {count(len(sources_of(graph, [statement])), 'source')}."]
    if near:
        told.append(f"{count(len(set(near)), 'statement')} beside it lean on it, or it on them.")
    own = article_node(graph.nodes[statement]["article"])
    return replace(beside_sources(graph, [own, *shown], sources, here), told=tuple(told))


def around_source(graph: networkx.MultiDiGraph[str], source: str, here: Given, resting: int) -> Scene:
    """A source, the statements that rest on it, what it cites and who cites it.

    Parameters
    ----------
    resting
        How many statements rest on it in all; the graph may hold fewer.
    """
    statements = [one for one in graph if graph.nodes[one]["type"] == "statement" and graph.has_edge(one, source)]
    left: list[str] = []
    for one in statements:
        own = article_node(graph.nodes[one]["article"])
        left += [one] if own in left else [own, one]
    told = [f"{count(resting, 'statement')} {does(resting, 'rest')} on this source."]
    if resting > len(statements):
        told.append(f"Not drawn: {resting - len(statements):,} of them.")
    opened = {**here, UNFOLDED: [*here.get(UNFOLDED, ()), source]}
    return replace(beside_sources(graph, left, [source], opened), told=tuple(told))


def beside_sources(
    graph: networkx.MultiDiGraph[str], left: Sequence[str], sources: Sequence[str], here: Given
) -> Scene:
    """Articles and statements on the left, their sources beside them, and what is around the unfolded ones."""
    opened = [one for one in here.get(UNFOLDED, ()) if one in sources]
    columns = [left, sources, _unfolded(graph, opened, {*left, *sources})]
    drawn = [[node_of(graph, name) for name in column] for column in columns]
    found = set(columns[2])
    drawn[1] = [_unfolding(graph, node, here, found) for node in drawn[1]]
    drawn[2] = [replace(node, side="right") for node in drawn[2]]
    lines = lines_of(graph, list(chain.from_iterable(drawn)))
    return Scene(nodes=tuple(in_columns(drawn, lines)), lines=lines)


def _unfolded(graph: networkx.MultiDiGraph[str], opened: Iterable[str], drawn: Collection[str]) -> list[str]:
    """What is tied to these sources and not drawn yet: statements below their articles, then works, known first."""
    found: dict[str, None] = {}
    for source in opened:
        near = list(dict.fromkeys((*graph.predecessors(source), *graph.successors(source))))
        statements = [one for one in near if graph.nodes[one]["type"] == "statement" and one not in drawn]
        for one in statements[:MOST_UNFOLDED]:
            own = article_node(graph.nodes[one]["article"])
            found |= {one: None} if own in drawn else {own: None, one: None}
        works = [one for one in near if graph.nodes[one]["type"] == "source" and one not in drawn]
        works.sort(key=lambda one: not graph.nodes[one]["known"])
        found |= dict.fromkeys(works[:MOST_UNFOLDED])
    return list(found)


def _unfolding(graph: networkx.MultiDiGraph[str], node: Node, here: Given, found: set[str]) -> Node:
    """A source with the link that unfolds it, or that folds it again, and what is not drawn of what it is tied to."""
    opened = list(here.get(UNFOLDED, ()))
    is_open = node.id in opened
    after = [one for one in opened if one != node.id] if is_open else [*opened, node.id]
    words = "Fold away what is around it" if is_open else "Show what it cites and who else cites it"
    cites = sum(1 for _, _, key in graph.out_edges(node.id, keys=True) if key == "cites")
    cited = count(cites, "work") if cites else "not known"
    more = f", {cites - MOST_UNFOLDED} of them not drawn" if is_open and cites > MOST_UNFOLDED else ""
    alone = is_open and not found & {*graph.predecessors(node.id), *graph.successors(node.id)}
    told = (("Around it", "nothing more is known here"),) if alone else ()
    link = (words, to_graph(**{**here, UNFOLDED: after}))
    return replace(
        node, links=(*node.links[:1], link, *node.links[1:]), facts=(*node.facts, ("Cites", cited + more), *told)
    )


def _uncited(graph: networkx.MultiDiGraph[str], article: str, statements: Iterable[str]) -> list[str]:
    """The sources that an article lists and that no statement of it rests on."""
    cited = set(sources_of(graph, statements))
    return [one for one in listed_by(graph, article) if one not in cited]


def _pair(start: str, end: str, one: str) -> tuple[str, ...]:
    """The other end of an edge; nothing where it does not touch."""
    return (end,) if start == one else (start,) if end == one else ()


def _needs_none(graph: networkx.MultiDiGraph[str], statement: str) -> bool:
    return bool(graph.nodes[statement]["verdict"] == "needs no source")


def _counted(graph: networkx.MultiDiGraph[str], article: str, left_out: int) -> tuple[str, ...]:
    own = [one for one in graph.successors(article_node(article)) if graph.nodes[one]["type"] == "statement"]
    asking = [one for one in own if not _needs_none(graph, one)]
    bare = sum(not sources_of(graph, [one]) for one in asking)
    asks = f"{count(len(asking), 'statement')} {does(len(asking), 'ask')} for a source"
    first = f"{asks}; {bare:,} of them {does(bare, 'lead')} to none in the list."
    rest = f"Not drawn: {count(left_out, 'statement')} that {does(left_out, 'need')} no source."
    return (first, rest) if left_out else (first,)
