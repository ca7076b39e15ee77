"""The errors that a user can cause or meet. Each prints as one line: file, place, what is wrong, what to do.

KnowledgeBaseError
├── UsageError              wrong use or configuration       exit 2
│   ├── ArticleError        an article that cannot be read
│   ├── BibliographyError   a bibliography that cannot be read
│   └── ConfigurationError  a setting that is none
└── CannotCheckError        the world did not allow it       exit 3
    └── StoreError          a knowledge base or cache that cannot be opened or written
        └── DamagedError    one whose content does not hold together, or is another program's
"""

from __future__ import annotations

import re
import unicodedata

_NOT_PLAIN = re.compile(r"[^ -~\n\t]+")
_UNSEEN = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u200b\u200c\u200d\u200e\u200f"
    "\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0"
) | frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""Default ignorable code points of Unicode, but those that turn the direction of writing or spell hidden messages."""
_MOST_MARKS = 4
"""More than any language stacks on a letter."""
_REPLACED = "\N{REPLACEMENT CHARACTER}"


class KnowledgeBaseError(Exception):
    """A failure told in one line: ``place: problem; remedy``.

    Parameters
    ----------
    problem
        What is wrong, in plain words, without a full stop.
    place
        The file (and line) that it is about, where there is one.
    remedy
        What the reader can do about it.
    """

    exit_code = 3

    def __init__(self, problem: str, *, place: str = "", remedy: str = "") -> None:
        self.problem, self.place, self.remedy = problem, place, remedy
        line = f"{place}: {problem}" if place else problem
        line = f"{line}; {remedy}" if remedy else line
        super().__init__(one_line(line))


class UsageError(KnowledgeBaseError):
    """Wrong use or configuration."""

    exit_code = 2


class ArticleError(UsageError):
    """An article that cannot be read."""


class BibliographyError(UsageError):
    """A bibliography that cannot be read."""


class ConfigurationError(UsageError):
    """A setting that is none."""


class CannotCheckError(KnowledgeBaseError):
    """What was asked for could not be done here and now."""


class StoreError(CannotCheckError):
    """A knowledge base or cache that cannot be opened or written."""


class DamagedError(StoreError):
    """A knowledge base or cache whose content does not hold together, or is another program's."""


def printable(text: str) -> str:
    """Text from outside as it may be shown: it cannot steer a terminal, break a line-based format, or read otherwise.

    What nobody sees and what changes nothing is dropped: soft hyphens, zero-width signs, variation selectors, and all
    but ``_MOST_MARKS`` marks stacked on one letter. Control characters, signs that turn the direction of writing, tags
    and half characters become one replacement character a run; every kind of blank becomes a space.

    >>> printable("5\N{NO-BREAK SPACE}mg to\N{SOFT HYPHEN}day\N{RIGHT-TO-LEFT OVERRIDE}.fdp")
    '5 mg today�.fdp'
    """
    return _NOT_PLAIN.sub(_shown, text)


def _shown(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in run.group():
        if character in _UNSEEN:
            continue
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in ("Zs", "Zl", "Zp"):
            kept.append(" ")
        elif character.isprintable():
            kept += [character] * (marks <= _MOST_MARKS)
        elif kept[-1:] != [_REPLACED]:
            kept.append(_REPLACED)
    return "".join(kept)


def one_line(text: str) -> str:
    """Text from outside as a part of one line: no control characters, no line breaks, single spaces."""
    return " ".join(printable(text).split())


def escaped(document: str) -> str:
    r"""A JSON document in which each character that a screen would not show stands as its escape: the same data.

    Half of a surrogate pair, which no reader of UTF-8 would take, becomes a replacement character.

    >>> print(escaped('{"title": "a\N{RIGHT-TO-LEFT OVERRIDE}b"}'))
    {"title": "a\u202eb"}
    """
    return _NOT_PLAIN.sub(lambda run: "".join(map(_escape, run.group())), document)


def _escape(character: str) -> str:
    if character.isprintable() and character not in _UNSEEN:
        return character
    if "\ud800" <= character <= "\udfff":
        return _REPLACED
    units = character.encode("utf-16-be").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))
