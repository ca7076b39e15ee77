"""The component that draws a scene of ``kb.view.drawn`` by Cytoscape.js, which the app serves itself."""

from __future__ import annotations

from typing import Any

import msgspec
import streamlit as st

from kb.view.drawn import forms
from kb.view.drawn.scene import Scene
from kb.view.markup import Element, to_data
from kb.view.pages.components import ROOT, front, script, style


def _library() -> str:
    """Cytoscape.js as a constant of the component's module: its own file would make it one of the whole page."""
    own, given = "const cytoscape = ((module) => { const exports = module.exports", "})({ exports: {} })"
    return "\n".join((own, front("vendor/cytoscape.min.js"), "return module.exports", given, ""))


_graph = st.components.v2.component(
    "kb_graph",
    html=ROOT,
    css=style("answers.css", "graph.css") + forms.stylesheet(),
    js=_library() + script("graph.js"),
)


def show_graph(scene: Scene, words: Element | None, chosen: str | None, *, key: str) -> str | None:
    """Draw a scene; returns the address that the reader asks to open, or None.

    Parameters
    ----------
    words
        The same in words, shown beside the drawing.
    chosen
        The node that is chosen at first.
    """
    used, tied = {node.form for node in scene.nodes}, {line.form for line in scene.lines}
    drawing = {
        "scene": plain(scene),
        "forms": {slug: forms.FORMS[slug] for slug in used},
        "strokes": {slug: forms.LINES[slug] for slug in tied},
        "legend": to_data(forms.legend(used, tied)),
        "words": to_data(words) if words else None,
        "chosen": chosen,
    }
    data = {"drawing": msgspec.json.encode(drawing).decode()}
    opened: str | None = _graph(data=data, key=key, on_opened_change=lambda: None).opened
    return opened


def plain(scene: Scene) -> dict[str, Any]:
    """A scene as the browser takes it: a line is the places of its ends among the nodes, and its form."""
    places = {node.id: place for place, node in enumerate(scene.nodes)}
    lines = [(places[line.start], places[line.end], line.form) for line in scene.lines]
    return {"nodes": (), **msgspec.to_builtins(scene), "lines": lines}
