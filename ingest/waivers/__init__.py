"""Waivers in the text of an article: what its remarks ask for, and of which passages they speak."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading import Remark
from ingest.waivers.grammar import Asked, asked
from ingest.waivers.scope import Passages
from kb.model import Audit
from kb.rules.context import Waiver

__all__ = ["waivers_of"]


def waivers_of(audit: Audit, remarks: Sequence[Remark]) -> tuple[Waiver, ...]:
    """The waivers that an article carries, in its order.

    Parameters
    ----------
    audit
        The article as audited: a waiver speaks of whole sentences and entries, which it knows.
    remarks
        The comments to this program, as the reader of the article found them (`ingest.reading.Reading`).

    Returns
    -------
    tuple of Waiver
        One a remark. One that is written or placed wrong has a ``problem`` and an empty passage: it waives nothing.
    """
    if not remarks:
        return ()
    passages = Passages(audit)
    return tuple(_waiver(remark, asked(remark.text), passages) for remark in remarks)


def _waiver(remark: Remark, told: Asked, passages: Passages) -> Waiver:
    problem = _misplaced(remark, passages) or told.problem
    spoken_of = passages.whole if told.whole else passages.of(remark)
    if not problem and spoken_of is None:
        problem = "nothing follows that it could speak of; write it before or within what it speaks of"
    here = (remark.start, remark.start)
    start, end = here if problem or spoken_of is None else spoken_of
    return Waiver(
        rules=told.rules,
        reason=told.reason,
        until=told.until,
        start=start,
        end=end,
        place=remark.start,
        problem=problem,
    )


def _misplaced(remark: Remark, passages: Passages) -> str:
    """What is wrong with where a remark stands, whatever it says."""
    if not remark.closed:
        return "the comment does not come to its end; close it with -->, in the paragraph that it is in"
    if passages.splits_word(remark):
        return "it stands in the middle of a word; write it behind the word, or behind the sentence"
    return ""
