"""What every page begins with: the knowledge base opened, or words about why there is nothing to show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from kb.base import KnowledgeBase
from kb.errors import KnowledgeBaseError, one_line


@dataclass(frozen=True)
class Desk:
    """What ``app.py`` hands to the pages.

    Attributes
    ----------
    path
        The knowledge base.
    audit_example
        Audits the bundled example into that knowledge base.
    """

    path: Path
    audit_example: Callable[[], None]


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Show an error that a user can cause as a message, without a traceback.

    The message goes into a code block: it can hold a path or words from outside, which Markdown would read as its own.
    """
    try:
        yield
    except KnowledgeBaseError as error:
        st.error("This could not be done:")
        st.code(str(error), language=None, wrap_lines=True)


def titles(path: Path) -> dict[str, str]:
    """The articles of the knowledge base, id and title as they are shown; none where there is no knowledge base yet."""
    if not path.exists():
        return {}
    with KnowledgeBase.open(path) as base:
        return {article.id: one_line(article.title or article.id) for article in base.articles()}


def invite(desk: Desk) -> None:
    """Say what to do where nothing was audited yet."""
    st.header("Nothing audited yet")
    st.markdown("Audit an article of yours on the command line, then come back here:")
    st.code("kb audit your-article.md", language="shell")
    if st.button("Audit the bundled example", type="primary"):
        with errors_in_words(), st.spinner("Reading, linking and grading the example …"):
            desk.audit_example()
            st.rerun()


def choose_article(names: dict[str, str]) -> str:
    """The article that the reader works on, kept across pages; the address may name it (``?article=…``)."""
    asked = st.session_state.get("article", st.query_params.get("article"))
    chosen = asked if asked in names else next(iter(names))
    if len(names) > 1:
        ids = list(names)
        chosen = st.selectbox(
            "Article", ids, index=ids.index(chosen), format_func=names.__getitem__, label_visibility="collapsed"
        )
    if st.session_state.get("article", chosen) != chosen:
        st.session_state["statement"] = None
    st.session_state["article"] = chosen
    return chosen
