"""What every page begins with: the knowledge base opened, or words about why there is nothing to show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from kb.base import KnowledgeBase
from kb.errors import KnowledgeBaseError, one_line
from kb.view.ways import parse_way
from kb.view.wording import distinct

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

MOST_ARTICLES = 500
"""Articles that are offered to choose from; of more, those are offered that have given words in their names."""


@dataclass(frozen=True)
class Desk:
    """What ``app.py`` hands to the pages.

    Attributes
    ----------
    name
        Where the knowledge base is, as it may be shown.
    exists
        Whether there is one; ``open`` would make it.
    open
        Opens the knowledge base.
    audit_example
        Audits the bundled example into that knowledge base.
    today
        The day that questions about time speak of, ISO 8601.
    pages
        By name, so that one can lead to another.
    """

    name: str
    exists: Callable[[], bool]
    open: Callable[[], KnowledgeBase]
    audit_example: Callable[[], None]
    today: Callable[[], str]
    pages: dict[str, StreamlitPage] = field(default_factory=dict)


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


def titles(desk: Desk, words: str = "", most: int = MOST_ARTICLES) -> dict[str, str]:
    """The first articles of the knowledge base, id and title as they are shown; none where there is none yet.

    Parameters
    ----------
    words
        Only those that have these words in their id or title.
    """
    if not desk.exists():
        return {}
    with desk.open() as base:
        return article_names(base, words, most)


def article_names(base: KnowledgeBase, words: str = "", most: int = MOST_ARTICLES) -> dict[str, str]:
    """As `titles`, of a knowledge base that is open."""
    return distinct({name: one_line(title or name) for name, title in base.titles(words, most).items()})


def invite(desk: Desk) -> None:
    """Say what to do where nothing was audited yet."""
    st.header("Nothing audited yet")
    st.markdown("Audit an article of yours on the command line, then come back here:")
    st.code("kb audit your-article.md", language="shell")
    if st.button("Audit the bundled example", type="primary"):
        with errors_in_words(), st.spinner("Reading, linking and grading the example …"):
            desk.audit_example()
            st.rerun()


def choose_article(desk: Desk, names: dict[str, str]) -> str:
    """The article that the reader works on, kept across pages; the address may name it (``?article=…``).

    Parameters
    ----------
    names
        What `titles` gives, one article or more.
    """
    asked = st.session_state.get("article", st.query_params.get("article"))
    if len(names) >= MOST_ARTICLES:
        words = st.text_input("Articles with these words in their name", key="articles named")
        if words:
            names = titles(desk, words) or names
        elif asked and asked not in names:
            names = distinct(titles(desk, asked) | names)
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


def follow(desk: Desk, address: str | None) -> None:
    """Go where a link of a component leads (`kb.view.ways`), within the session; stay where there is none.

    Parameters
    ----------
    address
        What the browser says was clicked, which is not taken for more than the names in it.
    """
    way = parse_way(address or "")
    if way is None or way.page not in desk.pages:
        return
    if way.page == "article":
        st.session_state["article"], st.session_state["statement"] = way.first("article"), way.first("statement")
    st.switch_page(desk.pages[way.page], query_params=way.given)
