"""What a search found, and what is offered where something that was asked about is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.language.counting import count, does
from kb.questions.search import Found, FoundSource
from kb.questions.stated import Stated
from kb.strength.wording import shortened
from kb.view.answers.pieces import answer_of, folded, said, work
from kb.view.answers.wording import TITLE, cut, design_in_words, named
from kb.view.markup import Element, element
from kb.view.parts import asks, place_within, section
from kb.view.ways import to_question


def how_many(number: int, noun: str) -> str:
    """How many of a sort were found."""
    return count(number, noun) if number else f"no {noun}s"


def facts_of(source: FoundSource) -> Iterator[str]:
    """What is known of a source that was found, and how much rests on it."""
    yield shortened(source.container)
    yield design_in_words(source.design)
    yield "retracted" if source.retracted else ""
    yield f"{how_many(source.statements, 'statement')} {does(source.statements, 'rest')} on it"


def panel(answer: Found) -> Element:
    """The statements, then the sources, as many as the answer holds of each, and how many there are in all."""
    statements = [
        section(
            how_many(answer.all_statements, "statement").capitalize(),
            element("p", "None fits.", class_="faint") if not answer.statements else None,
            *folded(answer.statements, _statement, first=len(answer.statements), of=answer.all_statements),
        )
    ]
    sources = [
        section(
            how_many(answer.all_sources, "source").capitalize(),
            element("p", "None fits.", class_="faint") if not answer.sources else None,
            *folded(answer.sources, _source, first=len(answer.sources), of=answer.all_sources),
        )
    ]
    only = answer.search.only
    return answer_of(*(statements if only != "sources" else []), *(sources if only != "statements" else []))


def _statement(one: Stated) -> Element:
    given = {"article": one.article, "statement": one.statement}
    ways = (("Trace", to_question("trace", **given)), ("Lines of evidence", to_question("independence", **given)))
    return element("div", said(one), element("p", asks(*ways), class_="faint"))


def _source(one: FoundSource) -> Element:
    return work(one.source, one.label, one.title, *facts_of(one))


def offer_panel(
    problem: str,
    question: str,
    statements: Sequence[Stated],
    sources: Sequence[FoundSource],
    others: Sequence[str] = (),
) -> Element:
    """That something is not there, and what may have been meant: links that ask about that instead.

    Parameters
    ----------
    question
        The name of the question that was asked.
    others
        The sources that were asked about beside the one that is not there.
    """
    offered = [
        *(element("p", _asked_of(one, question)) for one in statements),
        *(element("p", _asked_about(one, question, others)) for one in sources),
    ]
    return element(
        "section",
        element("p", problem),
        section("Perhaps one of these is meant", *offered),
        class_="evidence answer",
    )


def _asked_of(one: Stated, question: str) -> Element:
    way = to_question(question, article=one.article, statement=one.statement)
    return element("a", f"“{cut(one.text)}” ({cut(one.article)}, {place_within(one.line, one.place)})", href=way)


def _asked_about(one: FoundSource, question: str, others: Sequence[str]) -> Element:
    way = to_question(question, source=[one.source, *others])
    return element("a", named(one.label, one.title, TITLE), href=way)
