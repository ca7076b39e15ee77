"""The sources of all articles in one table, and the details of one beside it."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from kb.base import KnowledgeBase
from kb.language.counting import count
from kb.model import Design
from kb.questions.listing import Card, Listing, Only, Order, Wish
from kb.view.pages.desk import Desk
from kb.view.pages.frame import MOST_ARTICLES, article_names, errors_in_words, follow, follow_job, invite, titles
from kb.view.pages.keeping import kept
from kb.view.pages.listing_component import show_source, show_sources
from kb.view.source_details import details
from kb.view.source_table import CLOSED, table
from kb.view.ways import first, parse_way
from kb.view.wording import CAVEAT

ONLY: dict[str, Only] = {
    "Retracted or doubted": "doubted",
    "Corrected or in another version": "updated",
    "Registries disagree": "differ",
    "Not asked yet": "not asked",
    "Not found": "not found",
}
"""What the table is narrowed down to, in the words that the reader chooses by, and that stand in the address."""
_ORDERS: tuple[Order, ...] = get_args(Order)
_OURS = ("source", "order", "turned")
"""What this page itself writes into its address; the filters do so by themselves."""


def show(desk: Desk) -> None:
    """The page."""
    opened = None
    with errors_in_words():
        if not titles(desk, most=1):
            invite(desk)
            return
        st.header("Sources of all articles", anchor=False)
        with desk.open() as base:
            opened = _show(desk, base)
    _go(desk, opened)


def _show(desk: Desk, base: KnowledgeBase) -> str | None:
    wish = _wish(base)
    with st.spinner("Looking through the sources …"):
        listing = kept(desk, base, "listing", _plain(wish), find=lambda: base.listing(wish))
    if not listing.all:
        st.info("The articles list no reference, so there is no source to show.")
        return None
    chosen = st.query_params.get("source")
    card = base.card(chosen) if chosen else None
    if chosen and card is None:
        st.info("The source that the address names is not in the knowledge base (any more).")
    _again(desk, listing, card)
    return _beside(listing, card)


def _plain(wish: Wish) -> tuple[object, ...]:
    return wish.words, wish.only, wish.design, wish.article, wish.order, wish.turned


def _wish(base: KnowledgeBase) -> Wish:
    """What the reader wants to see, by the filters and the address."""
    words, only, design, article = st.columns([3, 2, 2, 3])
    said = words.text_input(
        "Find", key="words", bind="query-params", placeholder="a title, an author, a DOI", max_chars=200
    )
    kind = only.selectbox("Show", list(ONLY), key="only", index=None, placeholder="all sources", bind="query-params")
    designs = sorted(get_args(Design))
    drawn = design.selectbox("Design", designs, key="design", index=None, placeholder="any", bind="query-params")
    with article:
        named = _article(base)
    order = next((one for one in _ORDERS if one == st.query_params.get("order")), _ORDERS[0])
    return Wish(
        words=tuple(said.split()[:20]),
        only=ONLY.get(kind) if kind else None,
        design=drawn,
        article=named,
        order=order,
        turned=st.query_params.get("turned") == "yes",
    )


def _article(base: KnowledgeBase) -> str:
    """The id of the article whose sources are shown; empty for all."""
    asked = st.query_params.get("article")
    names = article_names(base)
    if asked and asked not in names:
        names |= article_names(base, asked, 1)
    ids = list(names)
    more = f" (the first {MOST_ARTICLES:,})" if len(ids) >= MOST_ARTICLES else ""
    chosen = st.selectbox(
        f"Cited by{more}",
        ids,
        index=ids.index(asked) if asked in names else None,
        format_func=names.__getitem__,
        placeholder="any article",
    )
    return chosen or ""


def _again(desk: Desk, listing: Listing, card: Card | None) -> None:
    """The buttons that ask the registries again, of the source that is open, or of all that are shown."""
    shown = [one.source.id for one in listing.sources]
    if card is None and (listing.wish.only != "not asked" or not shown):
        return
    asked = [card.source.id] if card else shown
    which = "about the chosen source" if card else f"about {count(len(shown), 'source')}"
    if st.button(f"Ask the registries again {which}", icon=":material/refresh:", help=_LEAVES):
        follow_job(desk, desk.work.ask_again(asked))


_LEAVES = (
    "Identifiers and reference strings are sent to the registries; what they answer is kept, and what rests on it is "
    "graded again. Where they cannot be reached, what is known stays."
)


def _beside(listing: Listing, card: Card | None) -> str | None:
    """The table, and beside it the source that is open; the address that the reader asks to open."""
    chosen = card.source.id if card else None
    said = f"{count(listing.fitting, 'source')} in the table" + (
        "; the details of one are open beside it" if card else ""
    )
    if card is None:
        opened = show_sources(table(listing, None), said, str(_plain(listing.wish)))
        st.caption(CAVEAT)
        return opened
    left, right = st.columns([3, 2], gap="small")
    with left:
        opened = show_sources(table(listing, chosen), said, str(_plain(listing.wish)))
    with right:
        return show_source(details(card), "", card.source.id) or opened


def _go(desk: Desk, opened: str | None) -> None:
    """Go where the reader asks to; on this page what else was chosen stays."""
    way = parse_way(opened or "")
    if way is None or way.page != "sources":
        follow(desk, opened)
        return
    for name in _OURS if first(way.given, "order") else ("source",):
        value = first(way.given, name)
        if value and value != CLOSED:
            st.query_params[name] = value
        elif name != "source" or value == CLOSED:
            st.query_params.pop(name, None)
    st.rerun()
