"""What falls, in words: by article, the gravest first, and however much it is, no more than can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.errors import one_line
from kb.language.places import where
from kb.questions.effects import Effect, Grading
from kb.questions.impact import Affected, Fallen, Impact, InArticle, SecondHand
from kb.questions.stated import Stated
from kb.strength.people import RATED
from kb.strength.wording import listed
from kb.view.wording import CAVEAT

MOST_ARTICLES = 20
"""Articles that are shown; more are counted."""
MOST = 10
"""Statements that are shown of an article, at first and at second hand; more are counted."""
_SHOWN = 120
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


def to_text(answer: Impact) -> str:
    """What becomes of the statements that rest on the sources; at most ``MOST_ARTICLES`` articles."""
    return "".join(f"{line}\n" for line in (*_lines(answer), "", CAVEAT))


def _lines(answer: Impact) -> Iterator[str]:
    one = len(answer.sources) == 1
    yield f"What if {'this' if one else 'these'} fell, retracted or wrong?"
    for source in answer.sources:
        yield from _source(source)
    affected = [one for article in answer.articles for one in article.affected]
    if not affected and not answer.second_hand:
        yield "No statement rests on that."
        return
    if affected:
        within = _count(sum(bool(article.affected) for article in answer.articles), "article")
        resting = f"{_count(len(affected), 'statement')} in {within} {_verb(len(affected), 'rest')} on that"
        yield f"{resting}: {_counts(answer.counts)}."
    if number := answer.second_hand:
        resting = f"{_count(number, 'statement')} {_verb(number, 'rest')} on a work that cites it"
        yield f"{resting}: not graded again for that."
    for article in answer.articles[:MOST_ARTICLES]:
        yield ""
        yield from _article(article)
    if len(answer.articles) > MOST_ARTICLES:
        yield ""
        yield f"and {_count(len(answer.articles) - MOST_ARTICLES, 'more article')}, the least affected"


def _source(source: Fallen) -> Iterator[str]:
    already = ", retracted already" if source.already else ""
    named = f"{source.named} ({source.source}{already})" if source.named != source.source else source.source
    yield f"  {one_line(named)}"
    if source.listed:
        yield f"    listed, with nothing resting on it, in {one_line(listed(source.listed))}"
    if source.cited_by:
        reviews, works = len(source.reviews), len(source.cited_by)
        which = "which reports" if works == 1 else f"of which {reviews} {_verb(reviews, 'report')}"
        kinds = f", {which} what others found" if reviews else ""
        yield f"    cited by {_count(works, 'other known work')}{kinds}"


def _article(article: InArticle) -> Iterator[str]:
    counts = _counts(article.counts) or "at second hand only"
    yield one_line(f"{article.article}: {counts}")
    for one in article.affected[:MOST]:
        yield from _affected(one)
    yield from _more(len(article.affected))
    if article.second_hand:
        yield "  At second hand"
        for told in article.second_hand[:MOST]:
            yield from _second_hand(told)
        yield from _more(len(article.second_hand))


def _affected(one: Affected) -> Iterator[str]:
    yield _statement(one.statement)
    then, now = _graded(one.before), _graded(one.after)
    yield f"    {_goes(one)}: {then if then == now else f'{then} → {now}'}"
    if one.reasons:
        yield f"    {one_line('; '.join(one.reasons))}"


def _goes(one: Affected) -> str:
    """What becomes of a statement; what nothing held up before does not stand either."""
    if one.effect != "stands":
        return _ONE[one.effect]
    return "stands on what is left" if one.after.verdict in RATED else "is as before"


def _second_hand(told: SecondHand) -> Iterator[str]:
    yield _statement(told.statement)
    share = f"{_number(len(told.includes))} of {_count(told.cites, 'work')}"
    pools = f"; it pools {_count(told.pools, 'study', 'studies')}" if told.pools else ""
    what = f"{told.label} ({told.design}) {_SAYS[told.direction]} and cites what falls, {share}{pools}"
    also = f"; the statement is affected at first hand too: it {_ONE[told.effect]}" if told.effect else ""
    yield f"    {one_line(f'{what}{also}')}"


def _number(number: int) -> str:
    return "one" if number == 1 else str(number)


_SAYS = {
    "supports": "supports it",
    "neutral": "says nothing for or against it",
    "disputes": "disputes it",
    "not checked": "was not checked",
}


def _statement(one: Stated) -> str:
    line = one_line(one.text)
    text = line if len(line) <= _SHOWN else f"{line[:_SHOWN].rsplit(' ', 1)[0]} …"
    return f"  {one_line(where(one.line, one.place))}: “{text}”"


def _graded(one: Grading) -> str:
    graded = one.level is not None or one.certainty is not None
    lines = f"{_count(one.lines, 'independent line')}" if graded and one.lines > 1 else ""
    level = f"OCEBM level {one.level}" if one.level else ""
    certainty = f"certainty {one.certainty}" if one.certainty else ""
    return ", ".join(part for part in (one.verdict, level, certainty, lines) if part)


def _counts(counts: Sequence[tuple[Effect, int]]) -> str:
    return ", ".join(f"{number} {(_ONE if number == 1 else _MANY)[effect]}" for effect, number in counts)


def _more(number: int) -> Iterator[str]:
    if number > MOST:
        yield f"    and {number - MOST} more"


def _count(number: int, noun: str, many: str = "") -> str:
    return f"{number} {noun if number == 1 else many or f'{noun}s'}"


def _verb(number: int, verb: str) -> str:
    return f"{verb}s" if number == 1 else verb
