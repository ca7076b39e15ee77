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
    """Replace control characters, so that hostile text cannot steer a terminal or break a line-based format."""
    return "".join(ch if ch.isprintable() or ch in "\n\t" else "\N{REPLACEMENT CHARACTER}" for ch in text)


def one_line(text: str) -> str:
    """Text from outside as a part of one line: no control characters, no line breaks, single spaces."""
    return " ".join(printable(text).split())
