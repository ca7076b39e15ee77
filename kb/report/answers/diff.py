"""What changed, in words: what got worse first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.errors import one_line
from kb.questions.diff import Change, Diff, Told
from kb.questions.states import Standing, Work
from kb.report.answers.pieces import more, work
from kb.strength.wording import listed
from kb.view.answers.wording import cut

MOST = 50
"""Lines of one kind that are shown; more are counted."""
_SHOWN = 90
_WAYS = (("down", "Worse"), ("up", "Better"), ("same", "Otherwise"))


def to_text(answer: Diff) -> str:
    """One line a change; ``nothing changed`` where nothing did."""
    if not answer.anything:
        return "Nothing changed.\n"
    return "".join(f"{line}\n" for line in _lines(answer))


def _lines(answer: Diff) -> Iterator[str]:
    if answer.before or answer.after:
        yield f"From {one_line(answer.before) or 'no date'} to {one_line(answer.after) or 'no date'}"
    for way, title in _WAYS:
        yield from _section(title, [_changed(one) for one in answer.changed if one.way == way])
    yield from _section("New statements", [f"{_where(one)}: {one.verdict}: {_text(one)}" for one in answer.added])
    yield from _section("Statements that are gone", [f"{_where(one)}: {_text(one)}" for one in answer.removed])
    yield from _section("Known of sources", [_known(one) for one in answer.told])
    yield from _section("New sources", [_work(one) for one in answer.sources_in])
    yield from _section("Sources that are gone", [_work(one) for one in answer.sources_out])


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"{title} ({len(lines)})"
        yield from (f"  {line}" for line in lines[:MOST])
        yield from more(MOST, len(lines))


def _changed(one: Change) -> str:
    reworded = f" (before: “{cut(one.reworded, _SHOWN)}”)" if one.reworded else ""
    return f"{_where(one.now)}: {one_line('; '.join(one.words))}: {_text(one.now)}{reworded}"


def _known(one: Told) -> str:
    places = listed([_where(each) for each in one.statements])
    return f"{_work(one.work)}: {one_line('; '.join(one.words))}{f'; under {places}' if places else ''}"


def _work(one: Work) -> str:
    return work(one.id, one.label)


def _where(one: Standing) -> str:
    return one_line(f"{one.article}:{one.line}" if one.line else f"{one.article}:{one.statement}")


def _text(one: Standing) -> str:
    return f"“{cut(one.text, _SHOWN)}”" if one.text else "its words are not in the lock"
