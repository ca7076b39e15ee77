"""All that is known of one source: the facts and who told them, its notices, how it is cited, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator

from kb.language.counting import count, does
from kb.language.naming import authors_and_year
from kb.model import Attribution, Direction, Source
from kb.questions.listing import Card, CitedAs
from kb.questions.stated import Stated
from kb.strength.wording import listed, shortened
from kb.view.answers.pieces import folded, said
from kb.view.answers.wording import cut, design_in_words
from kb.view.checked import candidate_in_words, difference_in_words, disagreement_in_words, notice_in_words
from kb.view.evidence import resolution_in_words
from kb.view.markup import Element, element
from kb.view.parts import asks, definitions, listing, section, sentences
from kb.view.source_table import CLOSED, identifiers, mark_of_notice, stands
from kb.view.study import study_in_words
from kb.view.ways import to_article, to_graph, to_page, to_question
from kb.view.wording import CAVEAT, DIRECTIONS, marked

_FIRST = 5
"""Entries and statements that are shown at once; the others are folded away."""
_NAMED = {
    "container": "journal or book",
    "cites": "what it cites",
    "mesh": "subject headings",
    "pmcid": "PMC id",
    "full_text": "full text",
    "publication_types": "kinds of publication",
    "doi": "DOI",
    "pmid": "PubMed id",
    "url": "address",
}


def details(card: Card) -> Element:
    """The panel beside the table."""
    source = card.source
    return element(
        "section",
        element(
            "header",
            element("p", element("a", "Close", href=to_page("sources", source=CLOSED), id="close"), class_="close"),
            element("h2", _title(card)),
            element("p", _by(source), class_="faint") if _by(source) else None,
            element("p", *identifiers(source)),
        ),
        *_notices(source),
        element("p", _questions(source.id)),
        _facts(card),
        section("Registries differ", listing(sentences(map(disagreement_in_words, source.disagreements)))),
        section("Who told of it", listing([_attribution(one) for one in source.said])),
        section("How it is cited", element("p", _counted(card.references, "entry", "lead", "to it")), *_entries(card)),
        section(
            "What rests on it", element("p", _counted(card.statements, "statement", "rest", "on it")), *_resting(card)
        ),
        element("p", CAVEAT, class_="faint"),
        class_="evidence details",
    )


def _title(card: Card) -> str:
    entry = card.cited_as[0].reference.text if card.cited_as else ""
    return card.source.title or entry or card.source.id


def _by(source: Source) -> str:
    return " · ".join(filter(None, (authors_and_year(source.authors, source.year), source.container)))


def _counted(number: int, noun: str, verb: str, rest: str) -> str:
    if not number:
        return f"No {noun} {verb}s {rest}."
    return f"{count(number, noun)} {does(number, verb)} {rest}."


def _notices(source: Source) -> Iterator[Element]:
    """Every notice with its day and who told of it, the gravest first."""
    for notice in sorted(source.notices, key=lambda one: not stands(source, one.kind)):
        yield mark_of_notice(source, notice.kind, notice_in_words(notice), tag="p")
        if notice.reasons:
            yield element("p", f"Reasons given: {listed([shortened(one) for one in notice.reasons])}.", class_="faint")


def _questions(source: str) -> Element:
    return asks(
        ("What falls with it?", to_question("impact", source=source)),
        ("See it drawn", to_graph(question="impact", source=source)),
    )


def _facts(card: Card) -> Element:
    source = card.source
    design = marked(design_in_words(source.design), source.design_reviewed)
    facts = (
        ("Design", design + (f": {source.design_basis}" if source.design_basis else "")),
        ("Study", study_in_words(source)),
        ("Last asked", card.asked or "no registry has told of it"),
    )
    return definitions(facts, class_="facts")


def _attribution(one: Attribution) -> str:
    """Who said which facts, and when.

    >>> _attribution(Attribution(by="Crossref", fields=("title", "container"), asked="2026-01-02"))
    'Crossref (2026-01-02): title, journal or book'
    """
    asked = f" ({one.asked})" if one.asked else ""
    return f"{one.by}{asked}: {', '.join(_NAMED.get(name, name.replace('_', ' ')) for name in one.fields)}"


def _entries(card: Card) -> Iterator[Element]:
    """The entries of reference lists that lead to it, as they are cited."""
    yield from folded(card.cited_as, _entry, first=_FIRST, of=card.references)


def _entry(one: CitedAs) -> Element:
    resolution = one.resolution
    told = [resolution_in_words(resolution)] if resolution else []
    told += [difference_in_words(each) for each in resolution.differences] if resolution else []
    told += [candidate_in_words(each) for each in resolution.candidates[:_FIRST]] if resolution else []
    return element(
        "div",
        element("p", element("a", cut(one.title or one.article, 100), href=to_article(one.article))),
        element("blockquote", cut(one.reference.text, 600), class_="as-cited"),
        listing(sentences(told)),
    )


def _resting(card: Card) -> Iterator[Element]:
    def draw(one: tuple[Stated, Direction]) -> Element:
        statement, direction = one
        says = "not checked against it" if direction == "not checked" else f"the source {DIRECTIONS[direction]}"
        return element("div", said(statement), element("p", says, class_="faint"))

    yield from folded(card.resting, draw, first=_FIRST, of=card.statements)
