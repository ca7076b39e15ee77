"""What most hangs on, in words."""

from __future__ import annotations

from collections.abc import Iterator

from kb.errors import one_line
from kb.questions.load_bearing import HeldUp, LoadBearing, Pillar
from kb.report.answers.headline import headline
from kb.view.answers.load_bearing import SOURCES, STATEMENTS, TEAMS, alone, stands_on
from kb.view.answers.wording import named
from kb.view.wording import CAVEAT


def to_text(answer: LoadBearing) -> str:
    """The counts, then sources, statements and articles, as many as the answer holds."""
    return "".join(f"{line}\n" for line in (*_lines(answer), "", CAVEAT))


def _lines(answer: LoadBearing) -> Iterator[str]:
    for reason in answer.reasons:
        yield f"{reason[0].upper()}{reason[1:]}."
    yield from _part(
        SOURCES, [line for one in answer.sources for line in _source(one)], answer.bearing - len(answer.sources)
    )
    yield from _part(
        STATEMENTS,
        [line for one in answer.statements for line in _statement(one)],
        answer.alone - len(answer.statements),
    )
    yield from _part(
        TEAMS,
        [line for one in answer.teams for line in (one_line(one.article), f"  {one_line(one.why)}")],
        answer.resting - len(answer.teams),
    )


def _part(title: str, lines: list[str], more: int) -> Iterator[str]:
    if lines:
        yield from ("", title, *(f"  {line}" for line in lines))
    if lines and more > 0:
        yield f"  and {more} more"


def _source(one: Pillar) -> Iterator[str]:
    yield one_line(named(one.label, one.title) + (f" ({one.source})" if one.source != one.label else ""))
    yield f"  {alone(one)}"


def _statement(one: HeldUp) -> Iterator[str]:
    yield from headline(one.statement)
    yield f"  {one_line(stands_on(one))}"
