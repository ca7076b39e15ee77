"""The app: opens a knowledge base and shows it. Started by ``kb app``, or by ``streamlit run app.py``.

The environment variable ``KB_DATABASE`` names the knowledge base, a file or an address; without it, it is
``.kb/knowledge.db`` of the project. ``KB_OFFLINE`` keeps the app from asking registries and fetching pages. No rule and
no grade is made here, and the pages get from here what they need of ingest.
"""

from __future__ import annotations

import os
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from ingest.commands.login import reviewer
from ingest.commands.options import knowledge_base
from ingest.config import find_project
from ingest.front.looks import FrontLooks
from ingest.front.saying import say
from ingest.front.work import FrontWork
from kb.base import KnowledgeBase
from kb.store.address import Place
from kb.view.pages import article, audit, graph, overview, questions, report, sources, worklist
from kb.view.pages.connection import connection
from kb.view.pages.desk import Desk
from kb.view.pages.frame import errors_in_words

# Streamlit keeps room for a tall header above every page, and for large titles; what is read starts too far down for a
# laptop's screen. And it writes white on the theme's first colour, which in the dark one is too light for that.
_STYLE = """<style>
.stMainBlockContainer { padding: 4.25rem 2rem 1rem; }
[data-testid="stHeading"] h2 { font-size: 1.6rem; padding: 0 0 .75rem; }
[data-testid="stHeading"] h3 { font-size: 1.15rem; padding: .4rem 0 0; }
[data-testid^="stBaseButton-primary"], [data-testid="stMultiSelectTagsContainer"] [data-tag] { background: #0072b2; }
</style>"""
_PAGES = {
    "article": article,
    "audit": audit,
    "worklist": worklist,
    "sources": sources,
    "graph": graph,
    "questions": questions,
    "overview": overview,
    "report": report,
}


@st.cache_resource(show_spinner=False)
def _work(_where: Place, name: str, project: Path) -> FrontWork:
    """One for all sessions: jobs outlive the page that began them."""
    return FrontWork(_where, project, offline=bool(os.environ.get("KB_OFFLINE")))


def desk_at(where: Place, project: Path) -> Desk:
    """What the pages need of a knowledge base, and the pages themselves."""
    desk = Desk(
        name=str(where),
        exists=where.exists,
        open=partial(KnowledgeBase.open, where, new=False),
        work=_work(where, str(where), project),
        say=partial(say, where, project),
        reviewer=partial(reviewer, os.environ, connection),
        looks=FrontLooks(str(where), project),
        today=lambda: date.today().isoformat(),
    )
    for name, page in _PAGES.items():
        desk.pages[name] = st.Page(
            partial(page.show, desk), title=name.title(), url_path=name, default=name == "article"
        )
    return desk


def main() -> None:
    """Wire the pages to the knowledge base."""
    st.set_page_config(page_title="Evidence knowledge base", layout="wide", menu_items={"About": None})
    st.html(_STYLE)
    with errors_in_words():
        desk = desk_at(knowledge_base(None), find_project(Path.cwd()))
        st.navigation(list(desk.pages.values()), position="top").run()


main()
