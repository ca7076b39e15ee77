"""The app: opens a knowledge base and shows it. Started by ``kb app``, or by ``streamlit run app.py``.

The environment variable ``KB_DATABASE`` names the knowledge base, a file or an address; without it, it is
``.kb/knowledge.db`` in the current folder. No rule and no grade is made here, and the pages get from here what they
need of ingest.
"""

from __future__ import annotations

import os
from datetime import date
from functools import partial

import streamlit as st

from kb.base import KnowledgeBase
from kb.store.address import Place, place
from kb.view.pages import article, graph, questions, sources
from kb.view.pages.frame import Desk, errors_in_words

# Streamlit keeps room for a tall header above every page; what is read starts too far down for a laptop's screen.
_CLOSER = "<style>.stMainBlockContainer { padding: 4.25rem 2rem 1rem; } </style>"


def audit_example(where: Place) -> None:
    """Audit the bundled example into the knowledge base."""
    from ingest.bundled import bundled
    from ingest.config import read_settings
    from ingest.pipeline import audit_file

    name, bibliography = "examples/sciatica-and-knee-pain.md", bundled("references.bib")
    audit = audit_file(bundled(name), name, read_settings(bibliography.parent), bibliographies=[bibliography])
    with KnowledgeBase.open(where) as base:
        base.add(audit)


def desk_at(where: Place) -> Desk:
    """What the pages need of a knowledge base, and the pages themselves."""
    desk = Desk(
        name=str(where),
        exists=where.exists,
        open=partial(KnowledgeBase.open, where),
        audit_example=partial(audit_example, where),
        today=lambda: date.today().isoformat(),
    )
    desk.pages["article"] = st.Page(partial(article.show, desk), title="Article", url_path="article", default=True)
    desk.pages["questions"] = st.Page(partial(questions.show, desk), title="Questions", url_path="questions")
    desk.pages["sources"] = st.Page(partial(sources.show, desk), title="Sources", url_path="sources")
    desk.pages["graph"] = st.Page(partial(graph.show, desk), title="Graph", url_path="graph")
    return desk


def main() -> None:
    """Wire the pages to the knowledge base."""
    st.set_page_config(page_title="Evidence knowledge base", layout="wide", menu_items={"About": None})
    st.html(_CLOSER)
    with errors_in_words():
        desk = desk_at(place(os.environ.get("KB_DATABASE") or ".kb/knowledge.db"))
        st.navigation(list(desk.pages.values()), position="top").run()


main()
