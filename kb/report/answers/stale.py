"""What is stale, in words: by reason, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator

from kb.errors import one_line
from kb.model import Notice, NoticeKind
from kb.questions.stale import Rested, Stale, StaleGroup, StaleSource
from kb.questions.staleness import Reason
from kb.report.answers.headline import headline
from kb.strength.wording import listed, shortened
from kb.view.wording import CAVEAT, DIRECTIONS, NOTICES

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


def to_text(answer: Stale) -> str:
    """What is to be audited again, then the groups, with the sources and statements that the answer holds."""
    return "".join(f"{line}\n" for line in (*_lines(answer), "", CAVEAT))


def _lines(answer: Stale) -> Iterator[str]:
    bound = f", or older than {_count(answer.older_than, 'year')}" if answer.older_than is not None else ""
    yield f"As of {one_line(answer.as_of)}: statements whose evidence was retracted, corrected or superseded{bound}."
    if not answer.groups:
        yield "None."
    if answer.to_audit:
        more = answer.to_audit - len(answer.again)
        named = [*map(one_line, answer.again), *([f"{more} more"] if more > 0 else [])]
        yield f"Graded before or without a notice, to be audited again: {listed(named, most=len(named))}."
    for group in answer.groups:
        yield ""
        yield from _group(group)


def _group(group: StaleGroup) -> Iterator[str]:
    yield f"{_TITLES[group.reason]}: {_count(group.statements, 'statement')}, {_count(group.of, 'source')}"
    for one in group.sources:
        yield from _source(one)
    if group.of > len(group.sources):
        yield f"  and {_count(group.of - len(group.sources), 'more source')}"


def _source(one: StaleSource) -> Iterator[str]:
    title = f": {shortened(one.title)}" if one.title and one.label != shortened(one.title) else ""
    named = f"{one.label}{title}" + (f" ({one.source})" if one.source != one.label else "")
    newest = (
        "" if one.notices else ", the newest of its sources" if one.resting == 1 else ", the newest of their sources"
    )
    yield f"  {one_line(named + newest)}"
    for notice in one.notices:
        yield f"    {one_line(_notice(notice))}"
    for rested in one.statements:
        yield from _rested(rested)
    if one.resting > len(one.statements):
        more = _count(one.resting - len(one.statements), "more statement")
        yield f"    and {more}, in {_count(one.articles, 'article')} in all"


def _notice(notice: Notice) -> str:
    date = f", {notice.date}" if notice.date else ", date not known"
    said = f", said by {', '.join(map(shortened, notice.said_by))}" if notice.said_by else ""
    other = f"; {_OTHER.get(notice.kind, 'the notice')} is doi:{notice.doi}" if notice.doi else ""
    return f"{NOTICES[notice.kind]}{date}{said}{other}"


def _rested(one: Rested) -> Iterator[str]:
    for line in headline(one.statement):
        yield f"    {line}"
    when = {True: ", before the notice", False: ", after the notice", None: ""}[one.later]
    graded = "before" if one.later else "without"
    again = f"; graded {graded} the notice; audit the article again" if one.again else ""
    yield f"      source: {DIRECTIONS[one.direction]}; audited {one_line(one.audited)}{when}{again}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
