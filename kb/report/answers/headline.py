"""The statement that an answer is about, as its first lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.errors import one_line
from kb.language.places import where
from kb.questions.stated import Stated
from kb.view.answers.wording import cut


def headline(statement: Stated, leans_on: Sequence[Stated] = ()) -> Iterator[str]:
    """Where it stands and what it says, and below that what it leans on."""
    verdict = f" ({statement.verdict})" if statement.verdict else ""
    yield one_line(f"{statement.article}, {_said(statement)}{verdict}")
    for depth, base in enumerate(leans_on, 1):
        yield f"{'  ' * depth}leans on {one_line(_said(base))}"


def _said(statement: Stated) -> str:
    return f"{where(statement.line, statement.place)}: “{cut(statement.text)}”"
