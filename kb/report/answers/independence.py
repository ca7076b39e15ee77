"""The lines of evidence behind a statement, each with its sources and what ties them together."""

from __future__ import annotations

from collections.abc import Iterator

from kb.errors import one_line
from kb.questions.independence import Independence
from kb.report.answers.pieces import headline, more
from kb.view.answers.independence import NOT_COUNTED, OVERLAP, work_in_words
from kb.view.wording import CAVEAT

MOST = 20
"""Lines of evidence, sources and pairs of reviews that are shown of each; more are counted."""


def to_text(answer: Independence) -> str:
    """The statement, its lines of evidence, what was left out, how far reviews overlap, and what it comes to."""
    return "".join(f"{line}\n" for line in _lines(answer))


def _lines(answer: Independence) -> Iterator[str]:
    yield from headline(answer.statement, answer.leans_on)
    works = {work.source: work for work in answer.works}
    for number, line in enumerate(answer.lines[:MOST], 1):
        for place, source in enumerate(line.sources[:MOST]):
            yield f"{f'  {number}. ' if place == 0 else '     '}{one_line(work_in_words(works[source]))}"
        yield from more(MOST, len(line.sources), "     ")
        for why in line.why[:MOST]:
            yield f"     one line, because: {one_line(why)}"
    yield from more(MOST, len(answer.lines))
    left_out = [work for work in answer.works if work.left_out]
    if left_out:
        yield NOT_COUNTED
        yield from (f"  {one_line(work_in_words(work))} — {one_line(work.left_out)}" for work in left_out[:MOST])
        yield from more(MOST, len(left_out))
    if answer.overlaps:
        yield OVERLAP
        yield from (f"  {one_line(one.why)}" for one in answer.overlaps[:MOST])
        yield from more(MOST, len(answer.overlaps))
    yield "What it comes to"
    yield from (f"  → {one_line(reason)}" for reason in answer.reasons)
    yield ""
    yield CAVEAT
