"""An audit as one HTML file that needs nothing else: no script, no other host, readable on paper.

On a screen a click on a statement shows its evidence beside the article, by the address alone (``:target``). On paper
the evidence follows the article as numbered notes, and the numbers stand behind the statements.

It shows the trees of ``kb.view`` that the app shows. Everything from outside is escaped by ``kb.view.markup``, and a
content security policy forbids whatever could still slip in: no script runs and nothing is fetched; the only style is
the one whose hash the policy names.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from urllib.parse import quote

from kb.errors import one_line
from kb.model import Audit, Verdict
from kb.view import markup
from kb.view.annotated import annotate
from kb.view.colours import stylesheet
from kb.view.evidence import Shelf, statement_evidence
from kb.view.markup import Element, Node, element
from kb.view.panels import evidence_panel, legend_panel, overview_panel, summary_panel
from kb.view.paper import article_panel
from kb.view.parts import Link, listing
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
    body = element(
        "div",
        element("a", "Skip to the article", href="#a1-text", class_="skip") if audits else None,
        _contents(audits) if len(audits) > 1 else None,
        element("main", *(_article(number, audit) for number, audit in enumerate(audits, 1))),
        class_="kb",
    )
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


def _contents(audits: Sequence[Audit]) -> Element:
    links = [element("a", one_line(audit.article.title), href=f"#a{at}") for at, audit in enumerate(audits, 1)]
    return element("nav", listing(links), aria_label="Articles")


def _article(number: int, audit: Audit) -> Element:
    """One article: summary, the text with its statements beside their evidence, and the sources."""

    def link(statement: str) -> str:
        return f"#{quote(_card(number, statement), errors='replace')}"

    shelf, summary = Shelf(audit), summarise(audit)
    notes = _numbered(shelf)
    text = article_panel(annotate(audit), link, language=audit.article.language)
    return element(
        "section",
        summary_panel(audit, summary),
        legend_panel(summary, filters=False),
        element(
            "div",
            element("div", _noted(text, number, notes), id=f"a{number}-text", tabindex="-1"),
            element(
                "div",
                element("div", overview_panel(shelf, summary, link), class_="overview"),
                *_cards(shelf, number, notes, link),
                class_="beside",
                tabindex="0",
                role="region",
                aria_label="Evidence",
            ),
            class_="two",
        ),
        _sources(source_rows([audit])),
        id=f"a{number}",
    )


def _card(number: int, statement: str) -> str:
    return f"a{number}-{statement}"


def _place(number: int, statement: str) -> str:
    return f"t{number}-{statement}"


def _numbered(shelf: Shelf) -> dict[str, int]:
    """The numbers of the notes by statement: of those that rest on something, lack it, or were found fault with."""
    asking = [
        statement.id
        for statement in shelf.audit.statements
        if statement.id in shelf.findings or _verdict(shelf, statement.id) != "needs no source"
    ]
    return {statement: at for at, statement in enumerate(asking, 1)}


def _verdict(shelf: Shelf, statement: str) -> Verdict:
    assessment = shelf.assessments.get(statement)
    return assessment.verdict if assessment else "not checked"


def _cards(shelf: Shelf, number: int, notes: Mapping[str, int], link: Link) -> Iterator[Element]:
    """The evidence of each statement, with the way back to its place in the text."""
    for statement in shelf.audit.statements:
        if evidence := statement_evidence(shelf, statement.id):
            note = notes.get(statement.id)
            back = f"#{quote(_place(number, statement.id), errors='replace')}"
            yield element(
                "div",
                element(
                    "p",
                    element("span", str(note), class_="note") if note else None,
                    element("a", "← Back to the text", href=back, class_="back"),
                ),
                evidence_panel(evidence, link),
                id=_card(number, statement.id),
                class_="card-of-statement" if note else "card-of-statement unnumbered",
            )


def _noted(text: Element, number: int, notes: Mapping[str, int]) -> Element:
    """The article with a name at the beginning of each statement, and its number at the end.

    A statement in which another one stands is drawn in several pieces.
    """
    pieces = Counter(_statements(text))
    left = Counter(pieces)

    def noted(node: Node) -> Node:
        if isinstance(node, str):
            return node
        children = tuple(map(noted, node.children))
        attributes = node.attributes
        statement = dict(attributes).get("data-statement") if node.tag == "a" else None
        if statement is not None:
            if left[statement] == pieces[statement]:
                attributes = (*attributes, ("id", _place(number, statement)))
            left[statement] -= 1
            if not left[statement] and statement in notes:
                children = (*children, element("span", str(notes[statement]), class_="note"))
        return replace(node, attributes=attributes, children=children)

    made = noted(text)
    return made if isinstance(made, Element) else text


def _statements(node: Node) -> Iterator[str]:
    """The statement of each link to one, in the order of the text."""
    if isinstance(node, Element):
        statement = dict(node.attributes).get("data-statement") if node.tag == "a" else None
        if statement is not None:
            yield statement
        for child in node.children:
            yield from _statements(child)


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
