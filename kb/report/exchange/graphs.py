"""The graph (`kb.graph`) as GraphML, GEXF and node-link JSON, written by NetworkX.

The two forms of XML know neither lists nor "nothing", and not every character: there lists are joined by "; ", what is
None is left out, and a character that XML may not hold becomes a replacement character. In all forms the kind of an
edge is its attribute ``relation``. Everything is in memory at once, 3 to 5 kB for each
node and edge: a thousand articles take 1 to 2 GB.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kb.errors import escaped

if TYPE_CHECKING:
    import networkx

    Graph = networkx.MultiDiGraph[str]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 ("Extensible Markup Language", fifth edition, 2.2)."""


def to_graphml(graph: Graph) -> bytes:
    """GraphML (Brandes et al., 2002), with string, integer and truth values."""
    import networkx

    out = BytesIO()
    networkx.write_graphml_lxml(_for_xml(graph), out)
    return out.getvalue() + b"\n"


def to_gexf(graph: Graph) -> bytes:
    """GEXF 1.2, without the date of writing, so that the same graph gives the same bytes."""
    from networkx.readwrite.gexf import GEXFWriter

    writer: Any = GEXFWriter(_for_xml(graph))
    writer.xml.find("meta").attrib.pop("lastmodifieddate")
    out = BytesIO()
    writer.write(out)
    return out.getvalue() + b"\n"


def to_node_link(graph: Graph) -> bytes:
    """NetworkX's node-link JSON: ``networkx.node_link_graph(document, edges="edges")`` reads it back."""
    import networkx

    document = networkx.node_link_data(graph, edges="edges")
    for edge in document["edges"]:
        edge["relation"] = edge["key"]
    return escaped(json.dumps(document, ensure_ascii=False, indent=1)).encode() + b"\n"


GRAPHS: Mapping[str, Callable[[Graph], bytes]] = MappingProxyType(
    {"graphml": to_graphml, "gexf": to_gexf, "json": to_node_link}
)
"""How a graph is written, by the name of the format."""


def _edges(graph: Graph) -> Any:
    return graph.edges(keys=True, data=True)


def _for_xml(graph: Graph) -> Graph:
    """The graph with nothing in it that XML cannot hold, every edge with a number of its own for an id."""
    import networkx

    names = _names(graph)
    told: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node, facts in graph.nodes(data=True):
        told.add_node(names[node], **_facts(facts))
    for number, (start, end, key, facts) in enumerate(_edges(graph)):
        told.add_edge(names[start], names[end], key=str(number), **_facts({"relation": key, **facts}))
    return told


def _names(graph: Graph) -> dict[str, str]:
    """A name for each node; two that differ in replaced characters alone stay two."""
    names: dict[str, str] = {}
    taken: set[str] = set(graph)
    for node in graph:
        name = _text(node)
        while name != node and name in taken:
            name += "'"
        taken.add(name)
        names[node] = name
    return names


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in facts.items() if value is not None}


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return _text("; ".join(value))
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
