"""The graph as other programs read it: nothing lost, nothing that they cannot hold, the same bytes each time."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import msgspec
import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.graph import build_graph
from kb.model import Audit
from kb.report.exchange.graphs import GRAPHS, to_gexf, to_graphml, to_node_link
from tests import samples

READERS: dict[str, Callable[[bytes], Any]] = {
    "graphml": lambda data: networkx.read_graphml(io.BytesIO(data), force_multigraph=True),
    "gexf": lambda data: networkx.read_gexf(io.BytesIO(data)),
    "json": lambda data: networkx.node_link_graph(json.loads(data), edges="edges"),
}


@pytest.mark.parametrize("form", GRAPHS)
def test_every_node_and_edge_is_there(form: str, sample_audit: Audit) -> None:
    graph = build_graph([sample_audit])
    read = READERS[form](GRAPHS[form](graph))
    assert list(read) == list(graph)
    told = sorted((start, end, facts["relation"]) for start, end, facts in read.edges(data=True))
    assert told == sorted((start, end, key) for start, end, key in graph.edges(keys=True))
    statement = read.nodes[f"statement:{samples.ARTICLE_ID}#s2"]
    assert (statement["text"], statement["level"], statement["needs_source"]) == (samples.EASES, 2, True)


@pytest.mark.parametrize("form", GRAPHS)
def test_the_same_graph_gives_the_same_bytes_and_no_date(form: str, sample_audit: Audit) -> None:
    written = GRAPHS[form](build_graph([sample_audit]))
    assert written == GRAPHS[form](build_graph([sample_audit]))
    assert b"lastmodifieddate" not in written


def test_xml_leaves_out_what_is_none_and_joins_lists(sample_audit: Audit) -> None:
    graph = build_graph([sample_audit])
    for form in ("graphml", "gexf"):
        nodes = READERS[form](GRAPHS[form](graph)).nodes
        assert nodes[samples.HARTWELL_SOURCE]["authors"] == "Hartwell; Osei"
        assert "level" not in nodes[f"statement:{samples.ARTICLE_ID}#s1"]


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=12), st.text(alphabet=st.characters(), max_size=12))
def test_any_characters_can_be_written_and_read(words: str, name: str) -> None:
    audit = samples.sample_audit()
    audit = msgspec.structs.replace(
        audit,
        article=msgspec.structs.replace(audit.article, id=name, title=words),
        statements=tuple(msgspec.structs.replace(one, text=words) for one in audit.statements),
    )
    graph = build_graph([audit])
    for form, write in GRAPHS.items():
        read = READERS[form](write(graph))
        assert (len(read), read.number_of_edges()) == (len(graph), graph.number_of_edges())


def test_nodes_that_differ_in_characters_that_xml_lacks_stay_two(sample_audit: Audit) -> None:
    sources = [
        msgspec.structs.replace(sample_audit.sources[0], id=name)
        for name in ("a\0", "a\1", "a\N{REPLACEMENT CHARACTER}")
    ]
    graph = build_graph([], sources)
    for form in ("graphml", "gexf"):
        read = READERS[form](GRAPHS[form](graph))
        assert len(read) == 3
        assert "a\N{REPLACEMENT CHARACTER}" in read


def test_an_empty_knowledge_base_is_an_empty_graph() -> None:
    graph = build_graph([])
    assert len(READERS["graphml"](to_graphml(graph))) == 0
    assert len(READERS["gexf"](to_gexf(graph))) == 0
    assert len(READERS["json"](to_node_link(graph))) == 0
