"""The components of our own that the pages mount: their front-end files, registered with Streamlit.

Every file is served by the app itself. Data reaches the browser as trees of ``kb.view.markup`` or as plain records, and
becomes text there, never HTML. Several values are sent as a tuple, or as JSON: for a list or a dictionary among the
data Streamlit looks whether it is a table, and loads pandas to know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

import msgspec
import streamlit as st

from kb.view.colours import stylesheet
from kb.view.markup import Element, to_data

Chosen: TypeAlias = Mapping[str, str]
"""The id of a statement under ``statement``, or that of a reference under ``reference``."""

ROOT = '<div class="kb"></div>'
_READER = '<div class="kb workspace"></div>'
_PANE = (
    '<div class="kb pane" role="region" aria-label="Evidence"><p class="said-aloud" role="status"></p>'
    '<div class="drawn"></div></div>'
)


@cache
def front(name: str) -> str:
    """A front-end file, as text."""
    return files("kb.view").joinpath("front", name).read_text(encoding="utf-8")


def style(*names: str) -> str:
    """What all components look like, and beyond that these style sheets."""
    return "\n".join([stylesheet(), *map(front, ("kb.css", "app.css", *names))])


def script(name: str) -> str:
    """A script, with what builds trees."""
    return front("tree.js") + front(name)


_article = st.components.v2.component("kb_article", html=_READER, css=style(), js=script("article.js"))
_panel = st.components.v2.component("kb_panel", html=ROOT, css=style("answers.css"), js=script("panel.js"))
_evidence = st.components.v2.component("kb_evidence", html=_PANE, css=style(), js=script("evidence.js"))


def in_json(trees: Sequence[Element]) -> str:
    """Trees as `show_article` takes them: written once, however often they are sent."""
    return msgspec.json.encode([to_data(tree) for tree in trees]).decode()


def show_article(
    trees: str,
    article: str,
    chosen: Chosen | None,
    *,
    verdicts: Sequence[str],
    kind: str,
    rule: str,
    key: str,
    on_choice: Any,
) -> None:
    """Draw the summary, the filters and the article.

    Parameters
    ----------
    trees
        As `in_json` gives them.
    article
        Its id, of which copied links are made.
    verdicts, kind, rule
        What the filters begin with: classes, a kind and a rule; empty where nothing is filtered out.
    on_choice
        Called with the component's ``chosen`` set to what the reader chose, where no evidence stands beside.
    """
    filters = {"verdicts": tuple(verdicts), "kind": kind, "rule": rule}
    _article(
        data={"trees": trees, "article": article, **_named(chosen), **filters}, key=key, on_chosen_change=on_choice
    )


def _named(chosen: Chosen | None) -> dict[str, str | None]:
    return {name: (chosen or {}).get(name) for name in ("statement", "reference")}


def show_panel(tree: Element, *, key: str) -> str | None:
    """Draw something that is only read; returns the address inside the app that the reader asks to open, or None."""
    opened: str | None = _panel(data={"trees": (to_data(tree),)}, key=key, on_opened_change=lambda: None).opened
    return opened


def show_evidence(
    tree: Element, said: str, chosen: Chosen | None, meant: Sequence[str], *, key: str, on_choice: Any
) -> str | None:
    """Draw what stands beside the article. Returns as `show_panel`.

    Parameters
    ----------
    said
        What a screen reader says when it changed: a few words.
    chosen
        What it is of, so that the article marks it.
    meant
        The references that the reader pointed at, which are marked.
    on_choice
        Called with the component's ``chosen`` set to what the reader chose, here or in the article.
    """
    sent = {"trees": (to_data(tree),), "said": said, **_named(chosen), "meant": tuple(meant)}
    opened: str | None = _evidence(data=sent, key=key, on_chosen_change=on_choice, on_opened_change=lambda: None).opened
    return opened
