"""The sources in one table: of all articles, or where these are many, of one."""

from __future__ import annotations

from typing import Any

import msgspec
import streamlit as st

from kb.errors import one_line
from kb.view.pages.desk import Desk
from kb.view.pages.frame import choose_article, errors_in_words, invite, titles
from kb.view.sources import source_rows
from kb.view.wording import CAVEAT

_COLUMNS: dict[str, Any] = {
    "title": st.column_config.TextColumn("Title", width="large"),
    "year": st.column_config.TextColumn("Year", width="small"),
    "notices": "Notices",
    "cited": st.column_config.NumberColumn("Cited", help="How often the text cites it"),
    "statements": st.column_config.NumberColumn("Statements", help="How many statements rest on it"),
    "design": "Design",
    "design_basis": "How that is known",
    "url": st.column_config.LinkColumn("Link", display_text=r"^https?://(?:doi\.org/)?(.*)$"),
    "resolution": "Is it the work that is cited?",
    "said_by": "Who told these facts",
    "authors": "Authors",
    "article": "Article",
}

_TOGETHER = 50
"""Articles whose sources are shown in one table; of more, those of one article are."""


def show(desk: Desk) -> None:
    """The page."""
    with errors_in_words():
        names = titles(desk)
        if not names:
            invite(desk)
            return
        shown = list(names) if len(names) <= _TOGETHER else [choose_article(desk, names)]
        with desk.open() as base:
            rows = source_rows([base.audit(article) for article in shown])
        if not rows:
            st.info("The articles list no reference, so there is no source to show.")
            return
        st.caption(f"Each row is the work behind a reference. {CAVEAT}")
        table = [{name: _cell(name, value) for name, value in msgspec.structs.asdict(row).items()} for row in rows]
        st.dataframe(table, column_config=_COLUMNS, column_order=list(_COLUMNS), hide_index=True)


def _cell(column: str, value: Any) -> Any:
    """A value as the table shows it; an address has to stay as it is."""
    return one_line(value) if isinstance(value, str) and column != "url" else value
