"""What most hangs on, in words."""

from __future__ import annotations

from collections.abc import Iterator

from kb.errors import one_line
from kb.questions.load_bearing import HeldUp, LoadBearing, Pillar
from kb.questions.one_team import OneTeam
from kb.report.answers.pieces import headline, part, work
from kb.view.answers.load_bearing import SOURCES, STATEMENTS, TEAMS, alone, stands_on
from kb.view.wording import CAVEAT


def to_text(answer: LoadBearing) -> str:
    """The counts, then sources, statements and articles, as many as the answer holds."""
    return "".join(f"{line}\n" for line in (*_lines(answer), "", CAVEAT))


def _lines(answer: LoadBearing) -> Iterator[str]:
    for reason in answer.reasons:
        yield f"{reason[0].upper()}{reason[1:]}."
    yield from part(SOURCES, answer.sources, _source, answer.bearing)
    yield from part(STATEMENTS, answer.statements, _statement, answer.alone)
    yield from part(TEAMS, answer.teams, _team, answer.resting)


def _source(one: Pillar) -> Iterator[str]:
    yield work(one.source, one.label, one.title)
    yield f"  {alone(one)}"


def _statement(one: HeldUp) -> Iterator[str]:
    yield from headline(one.statement)
    yield f"  {one_line(stands_on(one))}"


def _team(one: OneTeam) -> Iterator[str]:
    yield one_line(one.article)
    yield f"  {one_line(one.why)}"
