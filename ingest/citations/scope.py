"""The scope of a citation: which statements a marker covers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from kb.model import Citation, Statement

_TAKES_UP = re.compile(
    r"\W*(?:(?:some|many|most|all|several|one|each|both|neither) of (?:these|those|them|this)\b|they\b"
    r"|(?:this|these|those|such)\s(?!(?:is|was|has|are|were|have|may|might|could|study|studies|results?|data|review"
    r"|article|paper|work)\b)\w)",
    re.IGNORECASE,
)
"""How a sentence begins that goes on about what the one before it says; "this study" and "this is" often do not."""


class _Words(NamedTuple):
    """What the words of a statement beside its markers are like; there may be thousands of markers to ask for."""

    any: bool
    takes_up: bool
    capital: bool
    """Whether they begin with a capital."""


def place(citations: Sequence[Citation], statements: Sequence[Statement]) -> tuple[Citation, ...]:
    """Give each citation its scope: the statement that it stands in, or follows directly.

    Parameters
    ----------
    citations, statements
        Of one article, each in order of place; a statement may be a sentence or a clause.

    Returns
    -------
    tuple of Citation
        Without those that name no work, for a footnote that is a remark of the author's is no citation.

    Notes
    -----
    Beyond its own statement a marker covers the one before it in three cases, of which the last two pay by what people
    marked (``python -m benchmarks.scope``): where it stands alone after the full stop, then that one only; where it
    leads a sentence, since it may end the one before; and where its sentence takes up the one before in its first words
    ("These changes …") and that one has no marker of its own.
    """
    naming = [citation for citation in citations if citation.references or citation.missing]
    starts = [statement.start for statement in statements]
    at = [_standing(citation, statements, starts) for citation in naming]
    marked: dict[int, list[Citation]] = {}
    for citation, index in zip(naming, at, strict=True):
        marked.setdefault(index, []).append(citation)
    words = {index: _words(statements[index], inside) for index, inside in marked.items() if index >= 0}
    return tuple(
        msgspec.structs.replace(
            citation, statements=tuple(statements[n].id for n in _covered(citation, index, statements, words))
        )
        for citation, index in zip(naming, at, strict=True)
    )


def _standing(citation: Citation, statements: Sequence[Statement], starts: Sequence[int]) -> int:
    """The place in the list of the statement that a citation stands in or follows directly, else -1."""
    index = bisect_right(starts, citation.start) - 1
    return index if index >= 0 and citation.start <= statements[index].end else -1


def _covered(
    citation: Citation, index: int, statements: Sequence[Statement], words_of: Mapping[int, _Words]
) -> Iterator[int]:
    """The places of the statements that a citation covers; ``words_of`` are the other words of those with markers."""
    if index < 0:
        return
    statement = statements[index]
    connected = index > 0 and _connected(statements[index - 1], statement)
    words = words_of[index]
    alone = connected and not words.any
    leads = citation.start == statement.start and not re.search(r"[^\W\d_]", citation.text)
    takes_up = words.takes_up and index - 1 not in words_of
    if alone or (connected and (takes_up or (leads and words.capital))):
        yield index - 1
    if not alone:
        yield index


def _connected(before: Statement, statement: Statement) -> bool:
    """Whether two neighbours stand in one paragraph, as far as their places tell; a comment may stand between them."""
    near = statement.start - before.end <= 1 or before.line == statement.line
    return near and before.place == statement.place


def _words(statement: Statement, citations: Sequence[Citation]) -> _Words:
    words = _without(statement, citations)
    return _Words(any=bool(re.search(r"\w", words)), takes_up=bool(_TAKES_UP.match(words)), capital=words[:1].isupper())


def _without(statement: Statement, citations: Sequence[Citation]) -> str:
    """The statement's words without its markers."""
    pieces, position = [], 0
    for citation in citations:
        pieces.append(statement.text[position : max(position, citation.start - statement.start)])
        position = citation.end - statement.start
    return "".join([*pieces, statement.text[max(0, position) :]]).strip()
