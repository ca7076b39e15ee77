"""What most hangs on, in words."""

from __future__ import annotations

from collections.abc import Iterator

from kb.errors import one_line
from kb.questions.load_bearing import HeldUp, LoadBearing, Pillar
from kb.report.answers.headline import headline
from kb.strength.wording import shortened
from kb.view.wording import CAVEAT


def to_text(answer: LoadBearing) -> str:
    """The counts, then sources, statements and articles, as many as the answer holds."""
    return "".join(f"{line}\n" for line in (*_lines(answer), "", CAVEAT))


def _lines(answer: LoadBearing) -> Iterator[str]:
    for reason in answer.reasons:
        yield f"{reason[0].upper()}{reason[1:]}."
    yield from _part(
        "Sources that most statements stand on alone",
        [line for one in answer.sources for line in _source(one)],
        answer.bearing - len(answer.sources),
    )
    yield from _part(
        "Statements that one source holds up, the surest first",
        [line for one in answer.statements for line in _statement(one)],
        answer.alone - len(answer.statements),
    )
    yield from _part(
        "Articles that rest on one team",
        [line for one in answer.teams for line in (one_line(one.article), f"  {one_line(one.why)}")],
        answer.resting - len(answer.teams),
    )


def _part(title: str, lines: list[str], more: int) -> Iterator[str]:
    if lines:
        yield from ("", title, *(f"  {line}" for line in lines))
    if lines and more > 0:
        yield f"  and {more} more"


def _source(one: Pillar) -> Iterator[str]:
    title = f": {shortened(one.title)}" if one.title and one.label != shortened(one.title) else ""
    yield one_line(f"{one.label}{title}" + (f" ({one.source})" if one.source != one.label else ""))
    articles = f"{one.articles} article{'' if one.articles == 1 else 's'}"
    also = f"; {one.together} more on it and on others" if one.together else ""
    statements = "1 statement stands" if one.alone == 1 else f"{one.alone} statements stand"
    yield f"  {statements} on it alone, in {articles}{also}"


def _statement(one: HeldUp) -> Iterator[str]:
    yield from headline(one.statement)
    level = f"level {one.level}" if one.level else ""
    certainty = f"certainty {one.certainty}" if one.certainty else ""
    graded = ", ".join(filter(None, (level, certainty)))
    leans = " through the statement that it leans on" if one.leans else ""
    yield f"  {one_line(f'stands on {one.label} alone{leans}' + (f'; {graded}' if graded else ''))}"
