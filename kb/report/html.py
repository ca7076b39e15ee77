"""An audit as one HTML file that needs nothing else: no script, no other host, readable on paper.

It shows the trees of ``kb.view`` that the app shows. Everything from outside is escaped by ``kb.view.markup``, and a
content security policy forbids whatever could still slip in: no script runs and nothing is fetched; the only style is
the one whose hash the policy names.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from urllib.parse import quote

from kb.errors import one_line
from kb.model import Audit
from kb.view import markup
from kb.view.annotated import annotate
from kb.view.colours import stylesheet
from kb.view.evidence import Shelf, statement_evidence
from kb.view.markup import Element, element
from kb.view.panels import article_panel, evidence_panel, legend_panel, overview_panel, summary_panel
from kb.view.sources import SourceRow, source_rows
from kb.view.summary import summarise

_HEADERS = ("Source", "Year", "Design", "Is it the work that is cited?", "Notices", "Cited")


def to_html(audits: Sequence[Audit]) -> str:
    """Write the report.

    Parameters
    ----------
    audits
        The articles in the order in which they are shown; the first one's language becomes that of the page where it
        is known.

    Returns
    -------
    str
        A whole HTML document, the same for the same audits.
    """
    style = _style()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = audits[0].article.title if len(audits) == 1 else f"{len(audits)} articles"
    body = element("main", *(_article(number, audit) for number, audit in enumerate(audits, 1)), class_="kb")
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>Evidence audit: {escape(one_line(title))}</title>",
            f"<style>{style}</style>",
            "</head>",
            f"<body>{markup.to_html(body)}</body>",
            "</html>",
            "",
        ]
    )


@cache
def _style() -> str:
    front = files("kb.view").joinpath("front")
    sheets = [front.joinpath(name).read_text(encoding="utf-8") for name in ("kb.css", "report.css")]
    return "\n".join([stylesheet(), *sheets])


def _article(number: int, audit: Audit) -> Element:
    """One article: summary, the text with its statements beside their evidence, and the sources."""

    def anchor(statement: str) -> str:
        return f"a{number}-{statement}"

    def link(statement: str) -> str:
        return "#" + quote(anchor(statement))

    shelf, summary = Shelf(audit), summarise(audit)
    cards = [
        element("div", evidence_panel(evidence, link), id=anchor(statement.id), class_="card-of-statement")
        for statement in audit.statements
        if (evidence := statement_evidence(shelf, statement.id))
    ]
    return element(
        "section",
        summary_panel(audit, summary),
        legend_panel(summary, filters=False),
        element(
            "div",
            article_panel(annotate(audit), link, language=audit.article.language),
            element("div", overview_panel(shelf, summary, link), *cards, class_="beside", tabindex="0"),
            class_="two",
        ),
        _sources(source_rows([audit])),
    )


def _sources(rows: Sequence[SourceRow]) -> Element | None:
    if not rows:
        return None
    return element(
        "section",
        element("h2", "Sources"),
        element(
            "table",
            element("thead", element("tr", *(element("th", name, scope="col") for name in _HEADERS))),
            element("tbody", *(_source(row) for row in rows)),
        ),
        class_="sources",
    )


def _source(row: SourceRow) -> Element:
    title = element("a", row.title, href=row.url, rel="noreferrer") if row.url else row.title
    design = f"{row.design}: {row.design_basis}" if row.design_basis else row.design
    return element(
        "tr",
        element("td", title, element("br"), element("span", row.authors, class_="faint")),
        *(element("td", cell) for cell in (row.year, design, row.resolution, row.notices, str(row.cited))),
    )
