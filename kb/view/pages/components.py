"""The components of our own that the pages mount: their front-end files, registered with Streamlit.

Every file is served by the app itself. Data reaches the browser as trees of ``kb.view.markup`` or as plain records, and
becomes text there, never HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

from kb.view.colours import stylesheet
from kb.view.markup import Element, to_data

_ROOT = '<div class="kb"></div>'
_READER = '<div class="kb workspace"></div>'
_PANE = '<div class="kb workspace pane" role="region" tabindex="0" aria-label="Evidence" aria-live="polite"></div>'


@cache
def _front(name: str) -> str:
    return files("kb.view").joinpath("front", name).read_text(encoding="utf-8")


def _css(*names: str) -> str:
    return "\n".join([stylesheet(), *map(_front, ("kb.css", "app.css", *names))])


def _js(name: str) -> str:
    return _front("tree.js") + _front(name)


_article = st.components.v2.component("kb_article", html=_READER, css=_css(), js=_js("article.js"))
_panel = st.components.v2.component("kb_panel", html=_ROOT, css=_css("answers.css"), js=_js("evidence.js"))
_evidence = st.components.v2.component("kb_evidence", html=_PANE, css=_css(), js=_js("evidence.js"))


def show_article(trees: Sequence[Element], chosen: str | None, *, key: str, on_choice: Any) -> None:
    """Draw the legend and the article; ``on_choice`` is called with the component's ``chosen`` set to a statement."""
    data = {"trees": [to_data(tree) for tree in trees], "chosen": chosen}
    _article(data=data, key=key, on_chosen_change=on_choice)


def show_panel(tree: Element, *, key: str) -> str | None:
    """Draw something that is only read; returns the address inside the app that the reader asks to open, or None."""
    opened: str | None = _panel(data={"trees": [to_data(tree)]}, key=key, on_opened_change=lambda: None).opened
    return opened


def show_evidence(tree: Element, *, key: str, on_choice: Any) -> str | None:
    """Draw the evidence of a statement; ``on_choice`` is called when it leads to another one. Else as `show_panel`."""
    sent = {"trees": [to_data(tree)]}
    opened: str | None = _evidence(data=sent, key=key, on_chosen_change=on_choice, on_opened_change=lambda: None).opened
    return opened
