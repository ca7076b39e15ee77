"""What falls: by article, the gravest first, each statement as it stands and as it would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.errors import one_line
from kb.language.counting import count, does
from kb.questions.effects import Effect, Grading
from kb.questions.impact import Affected, Fallen, Impact, InArticle, SecondHand
from kb.strength.people import RATED
from kb.strength.wording import listed
from kb.view.answers.pieces import answer_of, folded, said, see_drawn, work_named
from kb.view.answers.wording import cut, strength
from kb.view.colours import CERTAINTY_SIGNS
from kb.view.markup import Element, element
from kb.view.parts import section, sentences, verdict_badge
from kb.view.wording import DIRECTIONS

MOST_ARTICLES = 20
"""Articles that are shown; more are counted."""
_ONE: dict[Effect, str] = {
    "loses its support": "loses its support",
    "falls": "falls",
    "gains": "gains",
    "stands": "stands",
    "already fallen": "rested on what had fallen already",
}
_MANY: dict[Effect, str] = _ONE | {
    "loses its support": "lose their support",
    "falls": "fall",
    "gains": "gain",
    "stands": "stand",
}


def asked(answer: Impact) -> str:
    """The question in words."""
    return f"What if {'this' if len(answer.sources) == 1 else 'these'} fell, retracted or wrong?"


def summed_up(answer: Impact) -> Iterator[str]:
    """How many statements rest on what falls, and what becomes of them."""
    affected = sum(len(article.affected) for article in answer.articles)
    if not affected and not answer.second_hand:
        yield "No statement rests on that."
    if affected:
        within = count(sum(bool(article.affected) for article in answer.articles), "article")
        resting = f"{count(affected, 'statement')} in {within} {does(affected, 'rest')} on that"
        yield f"{resting}: {counted(answer.counts)}."
    if number := answer.second_hand:
        resting = f"{count(number, 'statement')} {does(number, 'rest')} on a work that cites it"
        yield f"{resting}: not graded again for that."


def around(source: Fallen) -> Iterator[str]:
    """What else names or cites a source that falls."""
    if source.listed:
        yield f"listed, with nothing resting on it, in {one_line(listed(source.listed))}"
    if source.cited_by:
        reviews, works = len(source.reviews), len(source.cited_by)
        which = "which reports" if works == 1 else f"of which {reviews} {does(reviews, 'report')}"
        kinds = f", {which} what others found" if reviews else ""
        yield f"cited by {count(works, 'other known work')}{kinds}"


def counted(counts: Sequence[tuple[Effect, int]]) -> str:
    """How many statements go which way."""
    return ", ".join(f"{number} {(_ONE if number == 1 else _MANY)[effect]}" for effect, number in counts)


def goes(one: Affected) -> str:
    """What becomes of a statement; what nothing held up before does not stand either."""
    if one.effect != "stands":
        return _ONE[one.effect]
    return "stands on what is left" if one.after.verdict in RATED else "is as before"


def graded(one: Grading) -> str:
    """A grading in words."""
    return ", ".join(part for part in (one.verdict, *_strength(one)) if part)


def _strength(one: Grading) -> Iterator[str]:
    if one.level:
        yield f"OCEBM level {one.level}"
    yield strength(None, one.certainty)
    if one.lines > 1 and (one.level is not None or one.certainty is not None):
        yield f"{one.lines} independent lines"


def at_second_hand(told: SecondHand) -> str:
    """What a work that cites what falls says of a statement."""
    cites = f"{'one' if len(told.includes) == 1 else len(told.includes)} of {count(told.cites, 'work')}"
    pools = f"; it pools {count(told.pools, 'study')}" if told.pools else ""
    says = "was not checked" if told.direction == "not checked" else DIRECTIONS[told.direction]
    what = f"{told.label} ({told.design}) {says} and cites what falls, {cites}{pools}"
    also = f"; the statement is affected at first hand too: it {_ONE[told.effect]}" if told.effect else ""
    return f"{what}{also}"


def panel(answer: Impact, drawn: str | None = None) -> Element:
    """The sources, what becomes of how many statements, and these by article.

    Parameters
    ----------
    drawn
        Where the same is drawn; None where it stands beside the drawing.
    """
    first, *rest = summed_up(answer)
    beyond = len(answer.articles) - MOST_ARTICLES
    return answer_of(
        section(asked(answer), *map(_fallen, answer.sources)),
        element("p", first, class_="summary"),
        see_drawn(drawn),
        *(element("p", sentence) for sentence in rest),
        *(_article(article) for article in answer.articles[:MOST_ARTICLES]),
        element("p", f"and {count(beyond, 'more article')}, the least affected", class_="faint")
        if beyond > 0
        else None,
    )


def _fallen(source: Fallen) -> Element:
    already = element("span", "retracted already", class_="mark") if source.already else None
    about = "; ".join(around(source))
    return element(
        "div",
        element("p", work_named(source.source, cut(source.named)), " " if already else None, already),
        element("p", about, class_="faint") if about else None,
        class_="work",
    )


def _article(article: InArticle) -> Element:
    found = section(
        article.title or article.article,
        element("p", f"{article.article}: {counted(article.counts) or 'at second hand only'}", class_="faint"),
        *folded(article.affected, _affected),
        section("At second hand", *folded(article.second_hand, _second_hand)),
    )
    return found or element("section")


def _affected(one: Affected) -> Element:
    changes = one.before != one.after
    return element(
        "div",
        said(one.statement, badge=False, within=True),
        element(
            "p",
            element("span", goes(one), class_=f"effect {one.effect.replace(' ', '-')}"),
            " ",
            _grading(one.before),
            " → " if changes else None,
            _grading(one.after) if changes else None,
            class_="change",
        ),
        element("p", " ".join(sentences(one.reasons)), class_="faint"),
        class_="affected",
    )


def _grading(one: Grading) -> Element:
    sign = f"certainty {one.certainty} {CERTAINTY_SIGNS[one.certainty]}" if one.certainty else ""
    told = [part for part in _strength(one) if part and part != strength(None, one.certainty)]
    words = ", ".join([*told, *([sign] if sign else [])])
    return element(
        "span",
        verdict_badge(one.verdict),
        element("span", f" {words}", class_="faint") if words else None,
        class_="grading",
    )


def _second_hand(told: SecondHand) -> Element:
    why = element("p", *sentences([at_second_hand(told)]), class_="faint")
    return element("div", said(told.statement, within=True), why, class_="affected")
