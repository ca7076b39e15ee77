"""How a person names a statement, and which one is meant: by its line, by its number in that line, or by its id."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import NamedTuple

from kb.errors import UsageError, one_line
from kb.language.counting import count
from kb.language.places import Places
from kb.model import Article, Statement

_PLACE = re.compile(r"(?P<article>.+):(?P<place>s[0-9a-f]{10}(?:-[0-9]{1,6})?|[0-9]{1,9}(?:\.[0-9]{1,6})?)", re.DOTALL)
MOST_OFFERED = 4
"""Things that a message offers to choose from."""


class Place(NamedTuple):
    """An article, and where in it: a line, ``line.which`` or the id of a statement; empty for the article itself."""

    article: str
    where: str


def place_of(given: str) -> Place:
    """Take ``ARTICLE:LINE``, ``ARTICLE:LINE.WHICH`` or ``ARTICLE:ID`` apart.

    >>> place_of("notes/knees.md:12.2"), place_of("C:/knees.md")
    (Place(article='notes/knees.md', where='12.2'), Place(article='C:/knees.md', where=''))
    """
    found = _PLACE.fullmatch(given)
    return Place(given, "") if found is None else Place(found["article"], found["place"])


def statement_at(article: Article, statements: Sequence[Statement], where: str) -> Statement:
    """The statement that is meant; one that runs over a line counts for it where none begins there.

    Parameters
    ----------
    statements
        Those of the article, all of them.
    where
        As of a `Place`.

    Raises
    ------
    UsageError
        There is none, or there are several: the line offers those that could be meant.
    """
    if not where:
        raise UsageError("which statement?", place=article.id, remedy=f"give its line: {article.id}:LINE")
    if where.startswith("s"):
        return _of_id(article.id, statements, where)
    line, _, which = where.partition(".")
    found = _in_line(article, statements, int(line))
    if which and 0 < int(which) <= len(found):
        return found[int(which) - 1]
    if len(found) == 1 and not which:
        return found[0]
    if not found:
        lines = sorted({one.line for one in statements}, key=lambda one: (abs(one - int(line)), one))
        nearest = " and ".join(map(str, sorted(lines[:2])))
        remedy = f"the nearest stand in {'lines' if len(lines) > 1 else 'line'} {nearest}" if lines else "it has none"
        raise UsageError(f"no statement stands in line {line}", place=article.id, remedy=remedy)
    offered = [f"{line}.{number} {quoted(one.text, 30)}" for number, one in enumerate(found, 1)]
    more = f" and {len(offered) - MOST_OFFERED} more" if len(offered) > MOST_OFFERED else ""
    problem = f"line {line} holds {count(len(found), 'statement')}"
    raise UsageError(problem, place=article.id, remedy=f"say which: {', '.join(offered[:MOST_OFFERED])}{more}")


def _of_id(article: str, statements: Sequence[Statement], name: str) -> Statement:
    by_id = {statement.id: statement for statement in statements}
    if name not in by_id:
        near = difflib.get_close_matches(name, by_id, n=1, cutoff=0.7)
        remedy = f"did you mean {near[0]}?" if near else f"`kb review {article}` lists them"
        raise UsageError(f"there is no statement {name}", place=article, remedy=remedy)
    return by_id[name]


def _in_line(article: Article, statements: Sequence[Statement], line: int) -> list[Statement]:
    """The statements that begin in a line; where none does, the one that runs through it."""
    begin = [statement for statement in statements if statement.line == line]
    if begin:
        return begin
    places = Places(article)
    return [one for one in statements if one.line < line <= places.line(max(one.start, one.end - 1))]


def quoted(text: str, longest: int) -> str:
    """The beginning of a text from outside, in quotes and in one line."""
    shown = one_line(text)
    return f"“{shown if len(shown) <= longest else shown[: longest - 1].rstrip() + '…'}”"
