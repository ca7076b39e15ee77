"""The questions: what each is called, what it asks for, and how it is answered. Another one is one more entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from kb.base import KnowledgeBase
from kb.errors import UsageError, one_line
from kb.questions.search import Found, FoundSource, Sort
from kb.questions.stated import Stated
from kb.view.answers import contested, impact, independence, load_bearing, search, stale, trace
from kb.view.answers.wording import cut
from kb.view.markup import Element
from kb.view.pages.choosing import (
    SEARCHED,
    Asked,
    choose_nothing,
    choose_sources,
    choose_statement,
    choose_words,
    choose_years,
)
from kb.view.pages.desk import Desk
from kb.view.ways import Given, first, to_graph

_OFFERED = 10
"""Things that are offered instead of one that is not there."""
_FOUND = 50
"""Statements, and sources, that a search shows."""


class Question(NamedTuple):
    """A question.

    Attributes
    ----------
    name
        In the address.
    words
        As a reader chooses it.
    about
        What it tells, in a sentence.
    takes
        The names of what it is given.
    choose
        Draws the widgets, and returns what was chosen.
    answer
        What is shown, of the knowledge base, what was chosen, and the day that is spoken of.
    needs
        What to do where nothing was chosen; empty where it needs nothing.
    whole
        Whether it is about everything: the answer is kept until something is written.
    """

    name: str
    words: str
    about: str
    takes: tuple[str, ...]
    choose: Callable[[Desk, KnowledgeBase, Asked], Given]
    answer: Callable[[KnowledgeBase, Given, str], Element]
    needs: str = ""
    whole: bool = False

    def enough(self, given: Given) -> bool:
        """Whether it can be answered with what was chosen."""
        return not self.needs or any(given.get(name) for name in self.takes if name != "article")


def _impact(base: KnowledgeBase, given: Given, today: str) -> Element:
    try:
        return impact.panel(base.impact(*given["source"]), to_graph(question="impact", source=given["source"]))
    except UsageError as error:
        found = _found(base, error.place, "sources")
        others = [name for name in given["source"] if one_line(name) != error.place]
        return _offered("impact", error, str(error), sources=found.sources if found else (), others=others)


def _trace(base: KnowledgeBase, given: Given, today: str) -> Element:
    try:
        return trace.panel(base.trace(_statement(given)), _drawn("trace", given))
    except UsageError as error:
        return _meant("trace", base, given, error)


def _independence(base: KnowledgeBase, given: Given, today: str) -> Element:
    try:
        return independence.panel(base.independence(_statement(given)), _drawn("independence", given))
    except UsageError as error:
        return _meant("independence", base, given, error)


def _drawn(question: str, given: Given) -> str:
    """Where a question about a statement is answered by a drawing."""
    return to_graph(question=question, **{name: given[name] for name in ("article", "statement") if given.get(name)})


def _statement(given: Given) -> str:
    """A statement as `kb.base.KnowledgeBase.trace` takes it."""
    return ":".join((*given.get("article", ())[:1], given["statement"][0]))


def _meant(question: str, base: KnowledgeBase, given: Given, error: UsageError) -> Element:
    """The statements of a line that holds several, or those that words find."""
    name = given["statement"][0]
    line, _, _ = name.partition(".")
    if line.isdecimal():
        near = [one for article in given["article"] for one in base.statements_of(article) if str(one.line) == line]
        return _offered(question, error, str(error), near)
    found = _found(base, name, "statements")
    return _offered(question, error, f"No statement is called “{cut(name)}”.", found.statements if found else ())


def _found(base: KnowledgeBase, words: str, only: Sort) -> Found | None:
    """What a search finds; None where these are no words to search for."""
    try:
        return base.search(words, only=only, most=_OFFERED)
    except UsageError:
        return None


def _offered(
    question: str,
    error: UsageError,
    problem: str,
    statements: Sequence[Stated] = (),
    sources: Sequence[FoundSource] = (),
    others: Sequence[str] = (),
) -> Element:
    """What may be meant instead of something that is not there; the error itself where there is nothing."""
    if not statements and not sources:
        raise error
    return search.offer_panel(problem, question, statements, sources, others)


def _load_bearing(base: KnowledgeBase, given: Given, today: str) -> Element:
    return load_bearing.panel(base.load_bearing())


def _contested(base: KnowledgeBase, given: Given, today: str) -> Element:
    return contested.panel(base.contested())


def _stale(base: KnowledgeBase, given: Given, today: str) -> Element:
    years = first(given, "years")
    return stale.panel(base.stale(today, int(years) if years else None))


def _search(base: KnowledgeBase, given: Given, today: str) -> Element:
    asked: dict[str, Any] = {name: given[name][0] for name in SEARCHED if given.get(name)}
    return search.panel(base.search(asked.pop("words", ""), **asked, most=_FOUND))


QUESTIONS = (
    Question(
        "impact",
        "What falls if a source falls?",
        "Every statement that rests on it is graded again without it: what loses its support, what falls, what stands.",
        ("source",),
        choose_sources,
        _impact,
        needs="Choose one source or several.",
    ),
    Question(
        "trace",
        "Where does a statement come from?",
        "Its sources, and what these cite, down to primary studies; or where the way ends in repetition or in nothing.",
        ("article", "statement"),
        choose_statement,
        _trace,
        needs="Choose a statement.",
    ),
    Question(
        "independence",
        "How many lines of evidence?",
        "Ten citations may be one study told ten times: which sources are one line of evidence, and why.",
        ("article", "statement"),
        choose_statement,
        _independence,
        needs="Choose a statement.",
    ),
    Question(
        "load-bearing",
        "What does most hang on?",
        "The sources that most statements stand on alone, and the articles that rest on the works of one team.",
        (),
        choose_nothing,
        _load_bearing,
        whole=True,
    ),
    Question(
        "contested",
        "What is contested?",
        "Statements whose sources disagree, claims that contradict each other, articles that cite one side alone.",
        (),
        choose_nothing,
        _contested,
        whole=True,
    ),
    Question(
        "stale",
        "What is outdated?",
        "Statements whose evidence was retracted, doubted, corrected or superseded, or is old.",
        ("years",),
        choose_years,
        _stale,
        whole=True,
    ),
    Question(
        "search",
        "Find words",
        "Statements and sources by their words, and by what is thought of them. Words are found by their beginnings.",
        SEARCHED,
        choose_words,
        _search,
        needs="Type a word, or narrow it down.",
    ),
)
