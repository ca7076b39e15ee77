"""What falls, in words: by article, the gravest first, and however much it is, no more than can be read."""

from __future__ import annotations

from collections.abc import Iterator

from kb.errors import one_line
from kb.language.counting import count
from kb.questions.impact import Affected, Fallen, Impact, InArticle, SecondHand
from kb.report.answers.pieces import more, said
from kb.view.answers.impact import MOST_ARTICLES, around, asked, at_second_hand, counted, goes, graded, summed_up
from kb.view.wording import CAVEAT

MOST = 10
"""Statements that are shown of an article, at first and at second hand; more are counted."""
_SHOWN = 120


def to_text(answer: Impact) -> str:
    """What becomes of the statements that rest on the sources; at most ``MOST_ARTICLES`` articles."""
    return "".join(f"{line}\n" for line in (*_lines(answer), "", CAVEAT))


def _lines(answer: Impact) -> Iterator[str]:
    yield asked(answer)
    for source in answer.sources:
        yield from _source(source)
    yield from summed_up(answer)
    for article in answer.articles[:MOST_ARTICLES]:
        yield ""
        yield from _article(article)
    if len(answer.articles) > MOST_ARTICLES:
        yield ""
        yield f"and {count(len(answer.articles) - MOST_ARTICLES, 'more article')}, the least affected"


def _source(source: Fallen) -> Iterator[str]:
    already = ", retracted already" if source.already else ""
    named = f"{source.named} ({source.source}{already})" if source.named != source.source else source.source
    yield f"  {one_line(named)}"
    yield from (f"    {about}" for about in around(source))


def _article(article: InArticle) -> Iterator[str]:
    yield one_line(f"{article.article}: {counted(article.counts) or 'at second hand only'}")
    for one in article.affected[:MOST]:
        yield from _affected(one)
    yield from more(MOST, len(article.affected), "    ")
    if article.second_hand:
        yield "  At second hand"
        for told in article.second_hand[:MOST]:
            yield from _second_hand(told)
        yield from more(MOST, len(article.second_hand), "    ")


def _affected(one: Affected) -> Iterator[str]:
    yield f"  {one_line(said(one.statement, _SHOWN))}"
    then, now = graded(one.before), graded(one.after)
    yield f"    {goes(one)}: {then if then == now else f'{then} → {now}'}"
    if one.reasons:
        yield f"    {one_line('; '.join(one.reasons))}"


def _second_hand(told: SecondHand) -> Iterator[str]:
    yield f"  {one_line(said(told.statement, _SHOWN))}"
    yield f"    {one_line(at_second_hand(told))}"
