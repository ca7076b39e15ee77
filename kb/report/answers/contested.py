"""What is contested, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.errors import one_line
from kb.language.counting import count
from kb.questions.asserted import Cited
from kb.questions.contested import Contested, Disputed
from kb.questions.contradictions import Contradiction
from kb.questions.one_sided import OneSided
from kb.report.answers.pieces import headline, more, part
from kb.view.answers.contested import (
    CONTRADICTIONS,
    DISPUTED,
    ONE_SIDED,
    counted,
    summed_up,
    work_title,
)
from kb.view.parts import sentences
from kb.view.wording import CAVEAT


def to_text(answer: Contested) -> str:
    """The counts, and the worst of each kind."""
    return "".join(f"{line}\n" for line in (*_lines(answer), "", CAVEAT))


def _lines(answer: Contested) -> Iterator[str]:
    yield from sentences(summed_up(answer))
    yield from part(DISPUTED, answer.disputed, _disputed, answer.disputed_count)
    yield from part(CONTRADICTIONS, answer.contradictions, _contradiction, answer.contradictions_count)
    yield from part(ONE_SIDED, answer.one_sided, _one_sided, answer.one_sided_count)


def _disputed(one: Disputed) -> Iterator[str]:
    yield from headline(one.statement)
    yield from _works("supported by", one.supporting, one.supports)
    yield from _works("disputed by", one.disputing, one.disputes)
    if not (one.supports and one.disputes):
        yield from (f"  {one_line(reason)}" for reason in one.reasons)


def _contradiction(one: Contradiction) -> Iterator[str]:
    for place, side in enumerate(one.sides):
        first, *others = [line for each in side.statements for line in headline(each)]
        yield f"{'against ' if place else ''}{first}"
        yield from (f"  as in {line}" for line in others)
        if side.count > len(side.statements):
            yield f"  {counted(side)}"
        yield from _works("supported by", side.supporting, side.supports)
        yield from _works("disputed by", side.disputing, side.disputes)
    if one.more:
        yield f"and {count(one.more, 'more side')}"
    yield from (f"  → {one_line(reason)}" for reason in one.reasons)


def _one_sided(one: OneSided) -> Iterator[str]:
    yield from headline(one.statement)
    yield from _works("cites", one.cited, one.cites_count)
    yield from _works("leaves out", one.left_out, one.left_out_count)
    yield from (f"  → {one_line(reason)}" for reason in one.reasons)


def _works(title: str, works: Sequence[Cited], of: int) -> Iterator[str]:
    for one in works:
        yield f"  {title} {one_line(work_title(one))}"
    yield from more(len(works), of)
