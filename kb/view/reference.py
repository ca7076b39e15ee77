"""What is shown of one reference: the work that it leads to, what is known of it, and the statements that cite it."""

from __future__ import annotations

from collections.abc import Iterable

from kb.model import Record, Reference, Resolution, Source, Statement, Verdict
from kb.view.checked import candidate_in_words, difference_in_words, disagreement_in_words
from kb.view.evidence import Shelf, notices_in_words, resolution_in_words, source_url
from kb.view.markup import Element, Node, element
from kb.view.parts import Link, definitions, listing, place_of, section, sentences, verdict_badge, what_falls
from kb.view.study import study_in_words

_MOST_CITING = 50
"""Statements that are listed under a reference; of more, their number is told."""


class ReferenceShown(Record, frozen=True, kw_only=True):
    """One reference; ``source`` has no more than its id where nothing is known of the work."""

    reference: Reference
    source: Source
    resolution: Resolution | None
    citing: tuple[tuple[Statement, Verdict], ...]
    """The statements that its citations cover, in order, each with its verdict."""


def reference_shown(shelf: Shelf, name: str) -> ReferenceShown | None:
    """What is shown of a reference, or None where the article has none of this id."""
    reference = shelf.references.get(name)
    if reference is None:
        return None
    covered = {one for citation in shelf.audit.citations if name in citation.references for one in citation.statements}
    return ReferenceShown(
        reference=reference,
        source=shelf.sources.get(reference.source) or Source(id=reference.source),
        resolution=shelf.resolutions.get(name),
        citing=tuple(
            (statement, assessment.verdict if assessment else "not checked")
            for statement in shelf.audit.statements
            if statement.id in covered
            for assessment in [shelf.assessments.get(statement.id)]
        ),
    )


def reference_panel(shown: ReferenceShown, link: Link) -> Element:
    """The reference as the author wrote it, the work, what is known of it, and who cites it."""
    reference, source = shown.reference, shown.source
    return element(
        "section",
        element("p", element("b", f"Reference {reference.position}"), class_="faint"),
        element("blockquote", reference.text, class_="quoted"),
        *(element("p", notice, class_="notice") for notice in notices_in_words(source)),
        section("The work", *_work(shown)),
        section("What is wrong with the entry", listing(sentences(reference.problems))),
        section("Cited by", *_citing(shown, link)),
        what_falls(reference.source),
        class_="evidence",
    )


def _work(shown: ReferenceShown) -> Iterable[Element | None]:
    source, resolution = shown.source, shown.resolution
    url = source_url(source)
    title = source.title or "Open the work"
    yield element("p", element("a", title, href=url, rel="noreferrer") if url else source.title or None, class_="title")
    facts = [
        ("Published in", ", ".join(part for part in (source.container, source.year) if part)),
        ("Design", source.design + (f": {source.design_basis}" if source.design_basis else "")),
        ("Study", study_in_words(source)),
        ("Which work", resolution_in_words(resolution) if resolution else "not looked up"),
    ]
    yield definitions(facts, class_="facts")
    found = resolution.differences if resolution else ()
    yield listing(sentences(map(difference_in_words, found)))
    yield listing(sentences(map(disagreement_in_words, source.disagreements)))
    yield listing(sentences(map(candidate_in_words, resolution.candidates if resolution else ())))


def _citing(shown: ReferenceShown, link: Link) -> Iterable[Element]:
    if not shown.citing:
        yield element("p", "No statement cites it.")
    for statement, verdict in shown.citing[:_MOST_CITING]:
        where: Node = element("span", f" {place_of(statement.line, statement.place)}", class_="faint")
        said = element("a", statement.text, href=link(statement.id), data_statement=statement.id)
        yield element("div", element("p", verdict_badge(verdict), where), element("p", said), class_="citing")
    if len(shown.citing) > _MOST_CITING:
        yield element("p", f"and {len(shown.citing) - _MOST_CITING:,} more")
