"""A table of sources and what stands beside it, each a pane that scrolls by itself; and bars, which do not."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kb.view.bars import shares
from kb.view.markup import Element, to_data
from kb.view.pages.components import ROOT, script, style


def _pane(label: str) -> str:
    return (
        f'<div class="kb pane" role="region" tabindex="0" aria-label="{label}">'
        '<p class="said-aloud" role="status"></p><div class="drawn"></div></div>'
    )


def _component(name: str, label: str) -> Any:
    return st.components.v2.component(
        name, html=_pane(label), css=style("answers.css", "listing.css"), js=script("listing.js")
    )


_overview = st.components.v2.component(
    "kb_overview",
    html=ROOT,
    css=style("answers.css", "overview.css") + shares(),
    js=script("panel.js"),
)
_sources = _component("kb_sources", "Sources")
_source = _component("kb_source", "The chosen source")


def show_sources(tree: Element, said: str, place: str) -> str | None:
    """Draw the table; returns the address inside the app that the reader asks to open, or None.

    Parameters
    ----------
    said
        What a screen reader says when something else is drawn, a few words.
    place
        While it is the same, the reader's place in the table stays.
    """
    return _opened(_sources, tree, said, place, key="sources table")


def show_overview(tree: Element, *, key: str) -> str | None:
    """Draw a part of the overview; returns the address inside the app that the reader asks to open, or None."""
    opened: str | None = _overview(data={"trees": (to_data(tree),)}, key=key, on_opened_change=lambda: None).opened
    return opened


def show_source(tree: Element, said: str, place: str) -> str | None:
    """Draw what stands beside the table; as `show_sources`."""
    return _opened(_source, tree, said, place, key="source details")


def _opened(component: Any, tree: Element, said: str, place: str, *, key: str) -> str | None:
    data = {"trees": (to_data(tree),), "said": said, "place": place}
    opened: str | None = component(data=data, key=key, on_opened_change=lambda: None).opened
    return opened
