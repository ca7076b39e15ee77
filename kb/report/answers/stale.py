"""What is stale, in words: by reason, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator

from kb.errors import one_line
from kb.language.counting import count
from kb.questions.stale import Rested, Stale, StaleGroup, StaleSource
from kb.report.answers.pieces import headline, work
from kb.view.answers.stale import more, newest, rests, summed_up, titled, told
from kb.view.wording import CAVEAT


def to_text(answer: Stale) -> str:
    """What is to be audited again, then the groups, with the sources and statements that the answer holds."""
    return "".join(f"{line}\n" for line in (*_lines(answer), "", CAVEAT))


def _lines(answer: Stale) -> Iterator[str]:
    yield from summed_up(answer)
    for group in answer.groups:
        yield ""
        yield from _group(group)


def _group(group: StaleGroup) -> Iterator[str]:
    yield titled(group)
    for one in group.sources:
        yield from _source(one)
    if group.of > len(group.sources):
        yield f"  and {count(group.of - len(group.sources), 'more source')}"


def _source(one: StaleSource) -> Iterator[str]:
    yield f"  {', '.join(filter(None, (work(one.source, one.label, one.title), newest(one))))}"
    for notice in one.notices:
        yield f"    {one_line(told(notice))}"
    for rested in one.statements:
        yield from _rested(rested)
    if beyond := more(one):
        yield f"    {beyond}"


def _rested(one: Rested) -> Iterator[str]:
    for line in headline(one.statement):
        yield f"    {line}"
    yield f"      {rests(one)}"
