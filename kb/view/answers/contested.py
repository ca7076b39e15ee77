"""What is contested: statements whose sources disagree, claims against each other, and citations of one side alone."""

from __future__ import annotations

from collections.abc import Sequence

from kb.language.counting import count, does
from kb.questions.asserted import Cited
from kb.questions.contested import Contested, Disputed
from kb.questions.contradictions import Contradiction, Side
from kb.questions.one_sided import OneSided
from kb.view.answers.pieces import answer_of, comes_to, folded, said, work_named
from kb.view.answers.wording import TITLE, cut
from kb.view.markup import Element, Node, element
from kb.view.parts import listing, section, sentences

DISPUTED = "Statements whose sources disagree"
CONTRADICTIONS = "Claims that contradict each other"
ONE_SIDED = "Articles that cite one side alone"


def summed_up(answer: Contested) -> tuple[str, ...]:
    """How much of each there is among how many statements."""
    held = f"{count(answer.statements, 'statement')} in {count(answer.articles, 'article')}"
    return (
        f"of {held}, {answer.disputed_count} {does(answer.disputed_count, 'rest')} on sources that disagree",
        f"{count(answer.contradictions_count, 'contradiction')} between claims",
        f"{count(answer.one_sided_count, 'time')} an article cites one side of a claim alone",
    )


def work_title(one: Cited) -> str:
    """A source by its title and year, as far as they are known."""
    return " ".join(filter(None, (cut(one.title, TITLE) or one.source, f"({one.year})" if one.year else "")))


def more_than(shown: Sequence[object], of: int) -> str:
    """How many more there are than are shown; empty where there are none."""
    return f"and {of - len(shown)} more" if of > len(shown) else ""


def counted(side: Side) -> str:
    """How many statements make a claim, in how many articles, and with which verdicts."""
    verdicts = ", ".join(f"{number} {verdict}" for verdict, number in side.verdicts.items())
    made = f"{count(side.count, 'statement')} in {count(side.articles, 'article')}"
    return f"{made}: {verdicts}" if verdicts else made


def panel(answer: Contested) -> Element:
    """The counts, and the worst of each kind."""
    return answer_of(
        comes_to(summed_up(answer)),
        section(DISPUTED, *folded(answer.disputed, _disputed, of=answer.disputed_count)),
        section(CONTRADICTIONS, *folded(answer.contradictions, _contradiction, of=answer.contradictions_count)),
        section(ONE_SIDED, *folded(answer.one_sided, _one_sided, of=answer.one_sided_count)),
    )


def _disputed(one: Disputed) -> Element:
    return element(
        "div",
        said(one.statement),
        _works("Supported by", one.supporting, one.supports),
        _works("Disputed by", one.disputing, one.disputes),
        element("p", *sentences(one.reasons), class_="faint"),
    )


def _contradiction(one: Contradiction) -> Element:
    first, *others = map(_side, one.sides)
    against = [part for side in others for part in (element("p", "against", class_="effect"), side)]
    return element(
        "div",
        first,
        *against,
        element("p", f"and {count(one.more, 'more side')}", class_="faint") if one.more else None,
        element("p", " ".join(sentences(one.reasons)), class_="faint"),
        class_="source",
    )


def _side(one: Side) -> Element:
    return element(
        "div",
        *(said(each) for each in one.statements),
        element("p", counted(one), class_="faint") if one.count > len(one.statements) else None,
        _works("Supported by", one.supporting, one.supports),
        _works("Disputed by", one.disputing, one.disputes),
        class_="work",
    )


def _one_sided(one: OneSided) -> Element:
    return element(
        "div",
        said(one.statement),
        _works("Cited", one.cited, one.cites_count),
        _works("Left out", one.left_out, one.left_out_count),
        element("p", " ".join(sentences(one.reasons)), class_="faint"),
    )


def _works(title: str, works: Sequence[Cited], of: int) -> Element | None:
    if not works:
        return None
    names: list[Node] = [work_named(one.source, work_title(one)) for one in works]
    more = more_than(works, of)
    return element("div", element("p", title, class_="faint"), listing([*names, *([more] if more else [])]))
