"""The way from a statement to its studies, as an indented tree: one work a line, each told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kb.errors import one_line
from kb.questions.traced import Step, Trace
from kb.report.answers.headline import headline
from kb.strength.wording import listed, shortened
from kb.view.wording import CAVEAT

MOST = 6
"""Works that are shown below one work, known ones first; more are counted."""


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
    by_id = {step.source: step for step in answer.steps}
    rows = [row for step in answer.steps if step.depth == 0 for row in _rows(step, by_id)]
    told = {row.works[0].source: place for place, row in enumerate(rows) if not row.again and len(row.works) == 1}
    for place, row in enumerate(rows):
        yield f"{'  ' * (row.depth + 1)}{one_line(_row(row, place, told))}"
    yield "What it comes to"
    for reason in answer.reasons:
        yield f"  → {one_line(reason)}"
    if answer.missing:
        yield one_line(f"Could be asked for: {listed(answer.missing, most=MOST)}")
    yield ""
    yield CAVEAT


def _rows(step: Step, by_id: Mapping[str, Step]) -> Iterator[_Row]:
    """The line of a work and those of what it cites."""
    yield _Row(step.depth, [step])
    cited = sorted((by_id[name] for name in step.cites if name != step.source), key=lambda one: not one.known)
    most = MOST if len(cited) > MOST + 1 else len(cited)  # a line that says "and 1 more" saves none
    for one in cited[:most]:
        if one.via == step.source:
            yield from _rows(one, by_id)
        else:
            yield _Row(step.depth + 1, [one], again=True)
    if cited[most:]:
        yield _Row(step.depth + 1, cited[most:])


def _row(row: _Row, place: int, told: Mapping[str, int]) -> str:
    if len(row.works) > 1:
        return f"and {len(row.works)} more: {_counted(row.works)}"
    step = row.works[0]
    if row.again and step.source in told:
        return f"{shortened(step.label)}, {'above' if told[step.source] < place else 'below'}"
    named = shortened(step.label)
    if step.title and step.title != step.label:
        named += f": {shortened(step.title)}"
    about = [named, *([_design(step)] if step.known else []), *(["retracted or withdrawn"] if step.retracted else [])]
    return f"{' · '.join(about)}{f' — {step.why}' if step.end else ''}"


def _counted(works: Sequence[Step]) -> str:
    known = Counter(_design(step) for step in works if step.known)
    told = [f"{number} × {design}" for design, number in known.most_common()]
    unknown = sum(not step.known for step in works)
    return ", ".join([*told, *([f"{unknown} of which nothing is known"] if unknown else [])])


def _design(step: Step) -> str:
    return "design not known" if step.design == "unknown" else step.design
