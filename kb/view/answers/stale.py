"""What is stale: by reason, the gravest first, with the sources, who said so, and the statements that rest on them."""

from __future__ import annotations

from collections.abc import Iterator

from kb.errors import one_line
from kb.language.counting import count
from kb.model import Notice, NoticeKind
from kb.questions.stale import Rested, Stale, StaleGroup, StaleSource
from kb.questions.staleness import Reason
from kb.strength.wording import listed, shortened
from kb.view.answers.pieces import answer_of, folded, said, work_named
from kb.view.answers.wording import TITLE, named
from kb.view.markup import Element, element
from kb.view.parts import listing, section, what_falls
from kb.view.wording import DIRECTIONS, NOTICES

_TITLES: dict[Reason, str] = {
    "retracted": "Rest on a source that was retracted",
    "withdrawn": "Rest on a source that was withdrawn",
    "partly retracted": "Rest on a source of which a part was retracted",
    "under concern": "Rest on a source about which an expression of concern was published",
    "corrected": "Rest on a source that was corrected",
    "superseded": "Rest on a source of which there is another version by now",
    "old": "Rest on sources that are all old",
}
_OTHER: dict[NoticeKind, str] = {"new version": "the newer version", "published version": "the published version"}


def summed_up(answer: Stale) -> Iterator[str]:
    """What was asked for, and what is to be audited again."""
    bound = f", or older than {count(answer.older_than, 'year')}" if answer.older_than is not None else ""
    yield f"As of {one_line(answer.as_of)}: statements whose evidence was retracted, corrected or superseded{bound}."
    if not answer.groups:
        yield "None that is known." if answer.unchecked else "None."
    if answer.unchecked:
        sources = count(answer.unchecked, "source")
        yield f"No registry has answered about {sources} that statements rest on: notices on these may not be known."
    if answer.to_audit:
        more = answer.to_audit - len(answer.again)
        named = [*map(one_line, answer.again), *([f"{more} more"] if more > 0 else [])]
        yield f"Graded before or without a notice, to be audited again: {listed(named, most=len(named))}."


def titled(group: StaleGroup) -> str:
    """What is stale for one reason, and how much of it there is."""
    return f"{_TITLES[group.reason]}: {count(group.statements, 'statement')}, {count(group.of, 'source')}"


def newest(one: StaleSource) -> str:
    """That a source is the newest of those that are old; empty where it is stale by a notice."""
    their = "its" if one.resting == 1 else "their"
    return "" if one.notices else f"the newest of {their} sources"


def told(notice: Notice) -> str:
    """A notice in words."""
    date = f", {notice.date}" if notice.date else ", date not known"
    by = f", said by {', '.join(map(shortened, notice.said_by))}" if notice.said_by else ""
    other = f"; {_OTHER.get(notice.kind, 'the notice')} is doi:{notice.doi}" if notice.doi else ""
    return f"{NOTICES[notice.kind]}{date}{by}{other}"


def rests(one: Rested) -> str:
    """What the source says of a statement, and whether that was graded before the notice."""
    when = {True: ", before the notice", False: ", after the notice", None: ""}[one.later]
    graded = "before" if one.later else "without"
    again = f"; graded {graded} the notice; audit the article again" if one.again else ""
    return f"source: {DIRECTIONS[one.direction]}; audited {one_line(one.audited)}{when}{again}"


def more(one: StaleSource) -> str:
    """How many further statements rest on a source; empty where all are told."""
    beyond = one.resting - len(one.statements)
    return f"and {count(beyond, 'more statement')}, in {count(one.articles, 'article')} in all" if beyond > 0 else ""


def panel(answer: Stale) -> Element:
    """What is to be audited again, then the groups, with the sources and statements that the answer holds."""
    first, *rest = summed_up(answer)
    return answer_of(
        element("p", first, class_="summary"),
        *(element("p", sentence) for sentence in rest),
        *(section(titled(group), *folded(group.sources, _source, of=group.of)) for group in answer.groups),
    )


def _source(one: StaleSource) -> Element:
    beyond, latest = more(one), newest(one)
    return element(
        "div",
        element(
            "p",
            work_named(one.source, named(one.label, one.title, TITLE)),
            element("span", f", {latest}", class_="faint") if latest else None,
        ),
        *(element("p", told(notice), class_="notice") for notice in one.notices),
        listing([_rested(each) for each in one.statements]),
        element("p", beyond, class_="faint") if beyond else None,
        what_falls(one.source),
        class_="work",
    )


def _rested(one: Rested) -> Element:
    words = rests(one)
    return element("div", said(one.statement), element("p", f"{words[0].upper()}{words[1:]}.", class_="faint"))
