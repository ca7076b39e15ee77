"""The article to take along: as a page to read and print, in Word, as tables, as findings, and as a link."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import streamlit as st

from kb.base import KnowledgeBase
from kb.errors import one_line
from kb.model import Audit
from kb.report.document import to_json
from kb.report.html import to_html
from kb.report.spreadsheet import csv_archive, workbook
from kb.report.word import to_word
from kb.strength.wording import shortened
from kb.view.markup import element
from kb.view.pages.components import show_panel
from kb.view.pages.desk import Desk
from kb.view.pages.frame import audit_of, choose_article, errors_in_words, invite, titles
from kb.view.panels import legend_panel, summary_panel
from kb.view.summary import summarise
from kb.view.taking import file_name, link_to, only_here

Make = Callable[[KnowledgeBase, str], bytes]
"""From the knowledge base and the id of an article to a file."""
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST = 500
"""Statements of which a link is offered."""


class Form(NamedTuple):
    """A file that is offered: what it is for, its ending and type, and how it is made."""

    label: str
    about: str
    ending: str
    mime: str
    make: Make


def _exported(form: str, base: KnowledgeBase, article: str) -> bytes:
    return b"".join(base.export(form, article))


FORMS: dict[str, tuple[Form, ...]] = {
    "To read and to print": (
        Form(
            "Page (HTML)",
            "The article with its evidence as one file, which asks nobody for anything. Print it from your browser, or "
            "save it as PDF: on paper the evidence follows the article as numbered notes.",
            ".html",
            "text/html",
            lambda base, article: to_html([base.audit(article)]).encode(),
        ),
    ),
    "To go on writing": (
        Form(
            "Word copy with comments",
            "The text of the article with a comment at each finding, and a search of PubMed where a source is lacking.",
            ".docx",
            _DOCX,
            lambda base, article: to_word(base.audit(article)),
        ),
    ),
    "To count and to sort": (
        Form(
            "Tables (XLSX)",
            "Statements, evidence, references, findings and sources, a sheet each.",
            ".xlsx",
            _XLSX,
            lambda base, article: workbook(base.tables(article)),
        ),
        Form(
            "Tables (CSV)",
            "The same, as files in one archive.",
            ".csv.zip",
            "application/zip",
            lambda base, article: csv_archive(base.tables(article)),
        ),
    ),
    "For other programs": (
        Form(
            "Findings (JSON)",
            "Everything that was found, as `kb audit --format json` writes it.",
            ".json",
            "application/json",
            lambda base, article: to_json([base.audit(article)]).encode(),
        ),
        Form(
            "Sources (BibTeX)",
            "For LaTeX, JabRef and Zotero.",
            ".bib",
            "application/x-bibtex",
            partial(_exported, "bibtex"),
        ),
        Form(
            "Sources (RIS)",
            "For EndNote, Mendeley and Zotero.",
            ".ris",
            "application/x-research-info-systems",
            partial(_exported, "ris"),
        ),
    ),
}
"""What is offered, by what it is for; each is made when it is asked for."""


def show(desk: Desk) -> None:
    """The page."""
    with errors_in_words():
        names = titles(desk)
        if not names:
            invite(desk)
            return
        st.header("Report: take it along", anchor=False)
        article = choose_article(desk, names)
        audit = audit_of(desk, article)
        summary = summarise(audit)
        show_panel(element("div", summary_panel(audit, summary), legend_panel(summary, filters=False)), key="report")
        _files(desk, audit)
        _link(audit)


def _files(desk: Desk, audit: Audit) -> None:
    for column, (title, forms) in zip(st.columns(len(FORMS), gap="medium"), FORMS.items(), strict=True):
        with column:
            st.subheader(title, anchor=False)
            for form in forms:
                st.download_button(
                    form.label,
                    data=partial(_made, desk, audit.article.id, form.make),
                    file_name=file_name(audit.article.id, form.ending),
                    mime=form.mime,
                    key=f"take {form.ending}",
                    on_click="ignore",
                    width="stretch",
                )
                st.caption(form.about)
            if forms[0].ending == ".docx" and audit.article.format == "word":
                st.caption("The formatting of your Word file is not kept: only headings, lists and the text are.")


def _made(desk: Desk, article: str, make: Make) -> bytes:
    """A file, made in a thread of its own when it is asked for."""
    with desk.open() as base:
        return make(base, article)


def _link(audit: Audit) -> None:
    """A link to the article or to one of its statements."""
    st.subheader("Share a link", anchor=False)
    page = st.context.url or ""
    texts = {one.id: f"Line {one.line}: {shortened(one_line(one.text))}" for one in audit.statements[:_MOST]}
    begins = st.session_state.get("statement")
    chosen = st.selectbox(
        "It opens at",
        [None, *texts],
        index=1 + list(texts).index(begins) if begins in texts else 0,
        format_func=lambda one: texts[one] if one else "the article",
    )
    st.code(link_to(page, audit.article.id, chosen), language=None, wrap_lines=True)
    if only_here(page):
        st.warning(
            "This app answers on this machine alone, so the link opens nowhere else. For others, send the page (HTML) "
            "or the Word copy above, or ask whoever set the app up to share it (docs/app.md tells how)."
        )
