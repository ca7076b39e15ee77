"""What a node of the graph (`kb.graph`) is as a node of a drawing: its form, its label, what is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kb.graph import CITO, statement_node
from kb.identifiers import doi_url, pmid_url
from kb.language.counting import count
from kb.language.naming import authors_and_year
from kb.view.answers.wording import design_in_words, named
from kb.view.colours import LOOKS
from kb.view.drawn.forms import form_of, verdict_form
from kb.view.drawn.scene import LABEL, Node, facts, labelled
from kb.view.parts import place_of
from kb.view.ways import to_article, to_graph, to_statement
from kb.view.wording import NOTICES, RESOLUTIONS, REVIEWED

if TYPE_CHECKING:
    import networkx

EVIDENCE = frozenset(CITO.values())
"""The keys of edges from a statement to what it cites."""
_NARROW = 50
"""Characters of the label of a source, which stands in a narrower column."""
_MOST_TALLIED = 4


def node_of(graph: networkx.MultiDiGraph[str], name: str) -> Node:
    """The node as it is drawn, without a place."""
    about = graph.nodes[name]
    if about["type"] == "article":
        return _article(graph, name, about)
    if about["type"] == "statement":
        return _statement(graph, name, about)
    return _source(graph, name, about)


def _article(graph: networkx.MultiDiGraph[str], name: str, about: Mapping[str, Any]) -> Node:
    article = name.removeprefix("article:")
    verdicts = [graph.nodes[one].get("verdict") for one in _ends(graph, name, {"contains"})]
    tally = {verdict: verdicts.count(verdict) for verdict in LOOKS if verdict in verdicts}
    told = ", ".join(f"{number} {verdict}" for verdict, number in tally.items())
    shown = [f"{number} {LOOKS[one].sign} {one}" for one, number in list(tally.items())[:_MOST_TALLIED]]
    return Node(
        id=name,
        form="article",
        label=labelled(about["title"] or article, LABEL),
        note=labelled(" · ".join(shown), LABEL),
        side="left",
        facts=facts(
            ("Article", about["title"]), ("File", article), ("Statements", told), ("Audited as of", about["as_of"])
        ),
        links=(("Read the article", to_article(article)), ("Draw this article", to_graph(article=article))),
    )


def _statement(graph: networkx.MultiDiGraph[str], name: str, about: Mapping[str, Any]) -> Node:
    article = about["article"]
    statement = name.removeprefix(statement_node(article, ""))
    verdict = about["verdict"] or "not checked"
    own = {"article": article, "statement": statement}
    asks = (
        ("Draw the way to its studies", to_graph(question="trace", **own)),
        ("Draw its lines of evidence", to_graph(question="independence", **own)),
    )
    return Node(
        id=name,
        form=verdict_form(verdict),
        label=labelled(about["text"]),
        side="left",
        facts=facts(
            ("Statement", about["text"]),
            ("Verdict", verdict),
            ("Reviewed", REVIEWED.get(about["reviewed"])),
            ("Level", f"OCEBM {about['level']}" if about["level"] else ""),
            ("Certainty", about["certainty"]),
            ("What it asserts", about["kind"]),
            ("Where", place_of(about["line"], about.get("place") or "")),
        ),
        links=(
            ("Show its evidence", to_statement(article, statement)),
            *(asks if _ends(graph, name, EVIDENCE | {"leansOn"}) else ()),
        ),
    )


def _source(graph: networkx.MultiDiGraph[str], name: str, about: Mapping[str, Any]) -> Node:
    if not about["known"]:
        return bare(name)
    by = authors_and_year(tuple(about["authors"]), about["year"]) if about["authors"] else ""
    title = about["title"] or name
    notices = ", ".join(dict.fromkeys(NOTICES[kind] for kind in about["notices"]))
    level = _level(graph, name)
    resting = sum(key in EVIDENCE for *_, key in graph.in_edges(name, keys=True))
    return Node(
        id=name,
        form=form_of(about["design"], retracted=about["retracted"]),
        label=labelled(named(by or title, title, _NARROW), _NARROW),
        note=labelled(" · ".join(filter(None, (notices, design_in_words(about["design"]), level))), _NARROW),
        facts=facts(
            ("Source", title),
            ("By", by),
            ("In", about["container"]),
            ("Design", design_in_words(about["design"])),
            ("Design reviewed", REVIEWED.get(about["reviewed"])),
            ("Level", level),
            ("Notices", notices),
            *_listed(graph, name),
            ("Rests on it", count(resting, "statement") if resting else ""),
        ),
        links=(("What falls if this is retracted?", to_graph(question="impact", source=name)), *work_link(name)),
    )


def bare(name: str) -> Node:
    """A work of which nothing is known but that it is cited."""
    told = facts(("Work", name), ("Known of it", "only that it is cited"))
    return Node(id=name, form="bare", label=labelled(name, _NARROW), facts=told, links=work_link(name))


def work_link(name: str) -> tuple[tuple[str, str], ...]:
    """Where a work can be read, by its id."""
    kind, _, rest = name.partition(":")
    url = {"doi": doi_url, "pmid": pmid_url}[kind](rest) if kind in ("doi", "pmid") else None
    return (("Open the work", url),) if url else ()


def _level(graph: networkx.MultiDiGraph[str], name: str) -> str:
    """The best level that a source has for any statement here."""
    levels = [data["level"] for *_, data in graph.in_edges(name, data=True) if data.get("level")]
    return f"OCEBM level {min(levels)}" if levels else ""


def _listed(graph: networkx.MultiDiGraph[str], name: str) -> list[tuple[str, object]]:
    """The reference as its author wrote it, and how sure it is that this is the work; of several the first."""
    for reference, _, key, data in graph.in_edges(name, keys=True, data=True):
        if key == "identifies":
            told = graph.nodes[reference]
            times = f"{told['cited']} times" if told["cited"] else "nowhere in the text"
            return [("As cited", told["text"]), ("Which work", RESOLUTIONS[data["status"]]), ("Cited", times)]
    return []


def _ends(graph: networkx.MultiDiGraph[str], name: str, keys: set[str] | frozenset[str]) -> list[str]:
    return [end for _, end, key in graph.out_edges(name, keys=True) if key in keys]
