"""What a change did to the evidence, for a pull request: `kb.questions.diff` in the linter's lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

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


def without_lock(changes: Sequence[Moved], file: str, sources: int) -> tuple[Moved, ...]:
    """What a change did that took the lock away: that first, and nothing that only looks better for the want of it.

    Parameters
    ----------
    file
        The name of the lock.
    sources
        How many it told of, at least 0.
    """
    many = f"{sources} source{'' if sources == 1 else 's'}"
    gone = Moved(article="", way="down", words=f"{file} is gone: what it told of {many} is no longer known")
    return gone, *(msgspec.structs.replace(one, way="other") if one.way == "up" else one for one in changes)


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
