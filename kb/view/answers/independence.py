"""The lines of evidence behind a statement, each with its sources and what ties them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.questions.independence import Independence, Work
from kb.strength.independence import Line
from kb.view.answers.pieces import answer_of, comes_to, folded, headline, see_drawn
from kb.view.answers.pieces import work as shown
from kb.view.answers.wording import design_in_words, named
from kb.view.markup import Element, element
from kb.view.parts import listing, section, sentences

NOT_COUNTED = "Not counted"
OVERLAP = "How far the systematic reviews take in the same works, by what they cite"
_MOST = 100
"""Lines of evidence that are shown; a statement has a handful."""


def work_in_words(work: Work) -> str:
    """A source behind a statement, with its design."""
    return f"{named(work.label, work.title)} · {design_in_words(work.design)}"


def panel(answer: Independence, drawn: str | None = None) -> Element:
    """The statement, what it comes to, its lines of evidence, what was left out, and how far reviews overlap.

    Parameters
    ----------
    drawn
        Where the same is drawn; None where it stands beside the drawing.
    """
    works = {work.source: work for work in answer.works}
    left_out = [work for work in answer.works if work.left_out]
    return answer_of(
        headline(answer.statement, answer.leans_on),
        comes_to(answer.reasons),
        see_drawn(drawn),
        section("Lines of evidence", *_lines(answer, works)),
        section(NOT_COUNTED, *folded(left_out, lambda work: _work(work, work.left_out))),
        section(OVERLAP, *folded(answer.overlaps, lambda one: one.why)),
    )


def _lines(answer: Independence, works: Mapping[str, Work]) -> Iterator[Element]:
    for number, line in enumerate(answer.lines[:_MOST], 1):
        yield _line(number, line, works)
    if len(answer.lines) > _MOST:
        yield element("p", f"and {len(answer.lines) - _MOST} more", class_="faint")


def _line(number: int, line: Line, works: Mapping[str, Work]) -> Element:
    tied = listing(sentences(line.why))
    return element(
        "div",
        element("p", f"Line {number}", class_="title"),
        *folded(line.sources, lambda source: _work(works[source])),
        element("div", element("p", "One line, because:", class_="faint"), tied) if tied else None,
        class_="source",
    )


def _work(work: Work, why: str = "") -> Element:
    return shown(work.source, work.label, work.title, design_in_words(work.design), why)
