"""The way from a statement to its studies, as an indented tree: one work a line, each told once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kb.errors import one_line
from kb.questions.traced import Step, Trace
from kb.report.answers.pieces import headline
from kb.strength.wording import shortened
from kb.view.answers.trace import Branch, branches, counted, first_of, missing_in_words, work_in_words
from kb.view.wording import CAVEAT


class _Row(NamedTuple):
    """A line of the tree: a work, or several that are only counted, and how deep it stands."""

    depth: int
    works: Sequence[Step]
    again: bool = False
    """Whether the work is told in another line, with what it cites."""


def to_text(answer: Trace) -> str:
    """The statement, the tree of works below it, what it comes to, and what is missing."""
    return "".join(f"{line}\n" for line in _lines(answer))


def _lines(answer: Trace) -> Iterator[str]:
    yield from headline(answer.statement, answer.leans_on)
    rows = [row for branch in branches(answer) for row in _rows(branch, 0)]
    told = {row.works[0].source: place for place, row in enumerate(rows) if not row.again and len(row.works) == 1}
    for place, row in enumerate(rows):
        yield f"{'  ' * (row.depth + 1)}{one_line(_row(row, place, told))}"
    yield "What it comes to"
    for reason in answer.reasons:
        yield f"  → {one_line(reason)}"
    if answer.missing:
        yield one_line(missing_in_words(answer))
    yield ""
    yield CAVEAT


def _rows(branch: Branch, depth: int) -> Iterator[_Row]:
    """The line of a work and those of what it cites."""
    yield _Row(depth, [branch.step], branch.again)
    first, rest = first_of(branch.below)
    for one in first:
        yield from _rows(one, depth + 1)
    if rest:
        yield _Row(depth + 1, [one.step for one in rest])


def _row(row: _Row, place: int, told: Mapping[str, int]) -> str:
    if len(row.works) > 1:
        return counted(row.works)
    step = row.works[0]
    if row.again and step.source in told:
        return f"{shortened(step.label)}, {'above' if told[step.source] < place else 'below'}"
    return work_in_words(step)
