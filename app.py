"""The app: opens a knowledge base and shows it. Started by ``kb app``, or by ``streamlit run app.py``.

The environment variable ``KB_DATABASE`` names the knowledge base; without it, it is ``.kb/knowledge.db`` in the current
folder. No rule and no grade is made here, and the pages get from here what they need of ingest.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import streamlit as st

from kb.base import KnowledgeBase
from kb.view.pages import article, graph, sources
from kb.view.pages.frame import Desk

# Streamlit keeps room for a tall header above every page; what is read starts too far down for a laptop's screen.
_CLOSER = "<style>.stMainBlockContainer { padding: 4.25rem 2rem 1rem; } </style>"


def audit_example(path: Path) -> None:
    """Audit the bundled example into the knowledge base at ``path``."""
    from ingest.bundled import bundled
    from ingest.config import read_settings
    from ingest.pipeline import audit_file

    name, bibliography = "examples/sciatica-and-knee-pain.md", bundled("references.bib")
    audit = audit_file(bundled(name), name, read_settings(bibliography.parent), bibliographies=[bibliography])
    with KnowledgeBase.open(path) as base:
        base.add(audit)


def main() -> None:
    """Wire the pages to the knowledge base."""
    path = Path(os.environ.get("KB_DATABASE") or ".kb/knowledge.db")
    desk = Desk(path=path, audit_example=partial(audit_example, path))
    st.set_page_config(page_title="Evidence knowledge base", layout="wide", menu_items={"About": None})
    st.html(_CLOSER)
    reader = st.Page(partial(article.show, desk), title="Article", url_path="article", default=True)
    pages = [
        reader,
        st.Page(partial(sources.show, desk), title="Sources", url_path="sources"),
        st.Page(partial(graph.show, desk, reader), title="Graph", url_path="graph"),
    ]
    st.navigation(pages, position="top").run()


main()
