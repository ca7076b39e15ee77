"""What every page begins with: the knowledge base opened, or words about why there is nothing to show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from kb.base import KnowledgeBase
from kb.errors import CannotCheckError, KnowledgeBaseError, UsageError, one_line
from kb.model import Audit
from kb.view.pages.desk import Desk
from kb.view.ways import first, parse_way
from kb.view.wording import distinct

MOST_STATEMENTS = 20_000
"""Of an article that is shown, which is a long book: eight times as many take a gigabyte and over a minute."""
MOST_ARTICLES = 500
"""Articles that are offered to choose from; of more, those are offered that have given words in their names."""


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Show an error that a user can cause or meet as a message, without a traceback.

    The message goes into a code block: it can hold a path or words from outside, which Markdown would read as its own.
    """
    try:
        yield
    except KnowledgeBaseError as error:
        _tell_error(error)
    except OSError as error:
        remedy = "see whether there is room, and the right to read and write there"
        place = str(error.filename or "")
        _tell_error(CannotCheckError(f"could not go on ({error.strerror or error})", place=place, remedy=remedy))


def _tell_error(error: KnowledgeBaseError) -> None:
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
    st.markdown(
        "An audit finds the statements of a health article, looks at the sources that they cite, and shows which of "
        "them rest on evidence, how strong that is, and which show no source."
    )
    if "audit" in desk.pages:
        st.page_link(desk.pages["audit"], label="Audit an article", icon=":material/arrow_forward:")
    if st.button("Audit the bundled example", type="primary"):
        follow_job(desk, desk.work.example())
    st.caption("Or on the command line:")
    st.code("kb audit your-article.md", language="shell")


def follow_job(desk: Desk, job: str) -> None:
    """Go where the progress of a job is shown, and from there to its result."""
    st.session_state["job"] = job
    if "audit" in desk.pages:
        st.switch_page(desk.pages["audit"])
    st.rerun()


def address() -> dict[str, list[str]]:
    """What the address of the page says, by name."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def audit_of(desk: Desk, article: str) -> Audit:
    """The audit of an article as it is now; read once for all sessions, until something is written.

    Raises
    ------
    UsageError
        There is no such article, or it is larger than what a browser can show.
    """
    with desk.open() as base:
        return _audit(base, desk.name, base.revision(), article)


@st.cache_resource(max_entries=8, show_spinner=False)
def _audit(_base: KnowledgeBase, name: str, revision: str, article: str) -> Audit:
    """Frozen records, so that sessions can share them."""
    return audit_in(_base, article)


def audit_in(base: KnowledgeBase, article: str) -> Audit:
    """As `audit_of`, of a knowledge base that is open, and not kept."""
    if len(base.statements_of(article, MOST_STATEMENTS + 1)) > MOST_STATEMENTS:
        problem = f"has more than {MOST_STATEMENTS:,} statements, and no more are shown of an article"
        raise UsageError(problem, place=article, remedy="split it into chapters, and audit these")
    return base.audit(article)


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
    if st.query_params.get("article", chosen) != chosen:  # the address can be copied, and is read again on a reload
        st.query_params["article"] = chosen
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
    if article := first(way.given, "article"):  # it goes before the one that was read so far
        st.session_state["article"], st.session_state["statement"] = article, first(way.given, "statement")
    st.switch_page(desk.pages[way.page], query_params=way.given)
