"""The graph as cards and lines with places: a layered drawing, the same for the same graph.

From left to right stand articles, statements, references and sources. Statements keep the order of the text; whatever
stands further right is placed beside the mean height of what leads to it (the barycentre heuristic of Sugiyama, Tagawa
and Toda, IEEE Trans. Syst. Man Cybern. 1981;11:109), pushed down where cards would overlap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from kb.errors import one_line, printable
from kb.identifiers import doi_url
from kb.model import Record, Verdict
from kb.view.colours import LOOKS
from kb.view.wording import RESOLUTIONS, REVIEWED

if TYPE_CHECKING:
    import networkx

NodeKind: TypeAlias = Literal["article", "statement", "reference", "source"]

COLUMNS: dict[NodeKind, tuple[int, int]] = {
    "article": (0, 220),
    "statement": (310, 420),
    "reference": (810, 230),
    "source": (1110, 300),
}
"""Left edge and width of the cards of each kind, in pixels at full size."""

HEIGHT = 30
GAP = 8
_LABEL_PIXELS = 6
"""The width of an average character, which decides where a label is cut."""


class Card(Record, frozen=True, kw_only=True):
    """A node with its place. ``look`` is the slug of its verdict, or what else its colour says."""

    id: str
    kind: NodeKind
    label: str
    x: int
    y: int
    width: int
    look: str
    facts: tuple[tuple[str, str], ...]
    """What it is, as pairs of a term and its value."""
    url: str | None = None
    article: str | None = None
    statement: str | None = None


class Line(Record, frozen=True, kw_only=True):
    """An edge between two cards, by their ids; ``kind`` is the key of the edge in the graph."""

    start: str
    end: str
    kind: str


class Drawing(Record, frozen=True, kw_only=True):
    """Cards and lines, and the size of the whole in pixels."""

    cards: tuple[Card, ...]
    lines: tuple[Line, ...]
    width: int
    height: int


def draw(graph: networkx.MultiDiGraph[str], *, all_statements: bool = True) -> Drawing:
    """Place the nodes of a graph.

    Parameters
    ----------
    graph
        As ``kb.graph.build_graph`` makes it. Works that are only cited by sources and are otherwise unknown are
        counted on their source's card, not drawn.
    all_statements
        Whether to draw the statements that need no source, too.
    """
    nodes = {node: values for node, values in graph.nodes(data=True) if _drawn(values, all_statements)}
    lines = tuple(
        Line(start=start, end=end, kind=kind)
        for start, end, kind in graph.edges(keys=True)
        if {start, end} <= nodes.keys()
    )
    heights = _heights(nodes, lines)
    cards = tuple(_card(graph, node, values, heights[node]) for node, values in nodes.items())
    left, width = COLUMNS["source"]
    return Drawing(cards=cards, lines=lines, width=left + width, height=max(heights.values(), default=0) + HEIGHT)


def _drawn(values: Mapping[str, Any], all_statements: bool) -> bool:
    if values["type"] == "statement":
        return all_statements or values["verdict"] != "needs no source"
    return values["type"] != "source" or bool(values["known"])


def _heights(nodes: Mapping[str, Mapping[str, Any]], lines: Iterable[Line]) -> dict[str, int]:
    """The top of each card: statements one below the other, then each further column beside what leads to it."""
    columns: dict[str, list[str]] = defaultdict(list)
    for node, values in nodes.items():
        columns[values["type"]].append(node)
    heights = {node: place * (HEIGHT + GAP) for place, node in enumerate(columns["statement"])}
    bottom = max(heights.values(), default=-HEIGHT) + HEIGHT
    linked = defaultdict(list)
    for line in lines:
        if line.kind == "contains":
            linked[line.start].append(line.end)
        elif line.kind != "lists":
            linked[line.end].append(line.start)
    for kind in ("article", "reference", "source"):
        wanted = {
            node: _mean([heights[one] for one in linked[node] if one in heights], bottom) for node in columns[kind]
        }
        top = 0
        for node in sorted(columns[kind], key=wanted.__getitem__):
            heights[node] = top = max(top, wanted[node])
            top += HEIGHT + GAP
    return heights


def _mean(values: list[int], otherwise: int) -> int:
    return sum(values) // len(values) if values else otherwise


def _card(graph: networkx.MultiDiGraph[str], node: str, values: Mapping[str, Any], top: int) -> Card:
    kind: NodeKind = values["type"]
    left, width = COLUMNS[kind]
    look, label, facts = {"article": _article, "statement": _statement, "reference": _reference, "source": _source}[
        kind
    ](graph, node, values)
    return Card(
        id=node,
        kind=kind,
        label=_cut(label, (width - 34) // _LABEL_PIXELS),
        x=left,
        y=top,
        width=width,
        look=look,
        facts=tuple((term, printable(value)) for term, value in facts if value),
        url=doi_url(values["doi"]) if kind == "source" and values["doi"] else None,
        article=node.removeprefix("article:") if kind == "article" else values.get("article"),
        statement=node.rpartition("#")[2] if kind == "statement" else None,
    )


_Told: TypeAlias = tuple[str, str, list[tuple[str, str]]]
"""Look, label and facts of a node."""


def _article(graph: networkx.MultiDiGraph[str], node: str, values: Mapping[str, Any]) -> _Told:
    name = node.removeprefix("article:")
    return (
        "article",
        values["title"] or name,
        [("Article", values["title"]), ("File", name), ("As of", values["as_of"])],
    )


def _statement(graph: networkx.MultiDiGraph[str], node: str, values: Mapping[str, Any]) -> _Told:
    level = f"OCEBM {values['level']}" if values["level"] is not None else ""
    verdict: Verdict = values["verdict"] or "not checked"
    facts = [
        ("Statement", values["text"]),
        ("Verdict", verdict),
        ("Reviewed", REVIEWED.get(values["reviewed"], "")),
        ("Level", level),
        ("Certainty", values["certainty"] or ""),
        ("Kind", values["kind"]),
        ("Line", str(values["line"])),
    ]
    return LOOKS[verdict].slug, values["text"], facts


def _reference(graph: networkx.MultiDiGraph[str], node: str, values: Mapping[str, Any]) -> _Told:
    status = next(
        (data["status"] for *_, key, data in graph.out_edges(node, keys=True, data=True) if key == "identifies")
    )
    facts = [
        ("Reference", values["text"]),
        ("Cited", f"{values['cited']} times" if values["cited"] else "by nothing in the text"),
        ("Which work", RESOLUTIONS[status]),
    ]
    return (
        "cited" if values["cited"] else "uncited",
        f"{values['position']}. {values['title'] or values['text']}",
        facts,
    )


def _source(graph: networkx.MultiDiGraph[str], node: str, values: Mapping[str, Any]) -> _Told:
    title = values["title"] or node
    others = sum(not graph.nodes[cited].get("known", True) for cited in graph.successors(node))
    facts = [
        ("Source", title),
        ("Year", values["year"] or ""),
        ("In", values["container"]),
        ("DOI", values["doi"] or ""),
        ("Design", values["design"]),
        ("Design reviewed", REVIEWED.get(values["reviewed"], "")),
        ("Notices", ", ".join(values["notices"])),
        ("Cites", f"{others} more that no article here cites" if others else ""),
    ]
    return "retracted" if values["retracted"] else "source", title, facts


def _cut(text: str, length: int) -> str:
    text = one_line(text)
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
