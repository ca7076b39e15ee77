"""Pieces that the texts of answers are put together from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from kb.errors import one_line
from kb.language.places import where
from kb.questions.stated import Stated
from kb.view.answers.wording import cut, named

Shown = TypeVar("Shown")


def headline(statement: Stated, leans_on: Sequence[Stated] = ()) -> Iterator[str]:
    """Where the statement that an answer is about stands and what it says, and below that what it leans on."""
    verdict = f" ({statement.verdict})" if statement.verdict else ""
    yield one_line(f"{statement.article}, {said(statement)}{verdict}")
    for depth, base in enumerate(leans_on, 1):
        yield f"{'  ' * depth}leans on {one_line(said(base))}"


def said(statement: Stated, *longest: int) -> str:
    """Where a statement stands in its article, its id, which names it where a line tells little, and what it says.

    Parameters
    ----------
    longest
        As of `kb.view.answers.wording.cut`.
    """
    return f"{where(statement.line, statement.place)} ({statement.statement}): “{cut(statement.text, *longest)}”"


def work(source: str, label: str, title: str = "") -> str:
    """A source by its names, and by its id where that is not one of them."""
    return one_line(named(label, title) + (f" ({source})" if source != label else ""))


def part(title: str, things: Sequence[Shown], lines: Callable[[Shown], Iterator[str]], of: int) -> Iterator[str]:
    """A part of an answer under its title, and how many more there are; nothing where there is none.

    Parameters
    ----------
    lines
        Gives those of a thing.
    of
        How many there are in all.
    """
    if things:
        yield from ("", title)
        yield from (f"  {line}" for thing in things for line in lines(thing))
        yield from more(len(things), of)


def more(shown: int, of: int, indent: str = "  ") -> Iterator[str]:
    """How many more there are than are shown, where there are any.

    >>> list(more(20, 23)), list(more(20, 3))
    (['  and 3 more'], [])
    """
    if of > shown:
        yield f"{indent}and {of - shown} more"
