"""What a change did to the evidence, for a pull request: `kb.questions.diff` in the linter's lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from kb.linting.outcome import Moved
from kb.questions.diff import AS_BEFORE, Diff
from kb.strength.scale import Way
from kb.strength.wording import shortened

_WAYS: dict[Way, Literal["up", "down", "other"]] = {"up": "up", "down": "down", "same": "other"}


def moved(answer: Diff) -> tuple[Moved, ...]:
    """The statements that stand otherwise than before or are new without a source, and what is new of sources.

    A statement that was only reworded, and stands as it did, is no news.
    """
    return tuple(_moved(answer))


def _moved(answer: Diff) -> Iterator[Moved]:
    for change in answer.changed:
        one = change.now
        if change.words != (AS_BEFORE,):
            words = f"“{shortened(one.text)}”: {'; '.join(change.words)}"
            yield Moved(article=one.article, line=one.line or None, way=_WAYS[change.way], words=words)
    for one in answer.added:
        if one.verdict == "unsupported":
            words = f"new, and nothing holds it up: “{shortened(one.text)}”"
            yield Moved(article=one.article, line=one.line or None, way="down", words=words)
    for told in answer.told:
        yield Moved(
            article="", way=_WAYS[told.way], words=f"{told.work.label} ({told.work.id}): {'; '.join(told.words)}"
        )
