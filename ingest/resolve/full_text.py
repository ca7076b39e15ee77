"""Europe PMC's open full texts: how to ask for one, and what of it is read. Pure: no network here.

Only works of the open-access subset have one; that there is none says nothing against a work.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from ingest.http import Answer
from ingest.markup import plain
from ingest.resolve import pubmed_xml, untyped
from ingest.resolve.question import Question
from ingest.resolve.telling import telling
from kb.model import Source
from kb.settings import Settings

NAME = "Europe PMC (full text)"
LONGEST = 150_000
"""Characters that are kept: a research article has some 40,000, a long review 120,000."""
_SHORTEST = 40
"""A paragraph with fewer characters is a label or a formula."""
_PASSED_OVER = frozenset(
    {"table-wrap", "fig", "supplementary-material", "disp-formula", "tex-math", "math", "ref-list"}
)
_RAISED = frozenset({"sup", "sub"})
_MARKER = "bibr"


def questions(ids: Sequence[str], settings: Settings) -> tuple[Question, ...]:
    """One question an id of PubMed Central, such as ``PMC1065073``."""
    base = settings.europepmc.rstrip("/")
    asked = dict.fromkeys(ids)
    return tuple(Question(url=f"{base}/{one}/fullTextXML", ids=(one,), authoritative=True) for one in asked)


def parse(answer: Answer, asked: str | None = None) -> tuple[Source, ...] | None:
    """The work in an answer, with its full text, a paragraph a line; None where it is no article.

    Parameters
    ----------
    asked
        The date of asking, ISO 8601, for the attribution.
    """
    if answer.outcome != "ok" or not answer.text:
        return None
    try:
        facts = pubmed_xml.read_records(answer.text, _article, root="article", records=frozenset({"article"}))
    except pubmed_xml.RefusedError:
        return None
    works = (telling(NAME, asked, **one) for one in facts)
    return tuple(work for work in works if work is not None) or None


def _article(record: Element) -> dict[str, Any]:
    ids = {one.get("pub-id-type"): one.text for one in record.iterfind("front/article-meta/article-id")}
    pmcid = ids.get("pmcid") or ids.get("pmc") or ""
    body = record.find("body")
    return {
        "doi": untyped.doi(ids.get("doi")),
        "pmid": untyped.pmid(ids.get("pmid")),
        "pmcid": untyped.pmcid(pmcid if pmcid.upper().startswith("PMC") else f"PMC{pmcid}"),
        "full_text": "" if body is None else _text(body),
    }


def _text(body: Element) -> str:
    lines: list[str] = []
    room = LONGEST
    for paragraph in _paragraphs(body):
        line = plain("".join(_words(paragraph)))
        if len(line) > room:
            break
        if len(line) >= _SHORTEST:
            lines.append(line)
            room -= len(line) + 1
    return "\n".join(lines)


def _paragraphs(element: Element) -> Iterator[Element]:
    """The paragraphs in their order, without those of tables and figures; one inside another belongs to it."""
    for child in element:
        if child.tag == "p":
            yield child
        elif child.tag not in _PASSED_OVER:
            yield from _paragraphs(child)


def _words(element: Element) -> Iterator[str]:
    """The text as it is escaped in markup, without the markers of citations, which are no words of the sentence."""
    if element.text:
        yield escape(element.text)
    for child in element:
        if child.tag in _RAISED:
            yield f"<{child.tag}>{''.join(_words(child))}</{child.tag}>"
        elif child.tag not in _PASSED_OVER and not (child.tag == "xref" and child.get("ref-type") == _MARKER):
            yield from _words(child)
        if child.tail:
            yield escape(child.tail)
