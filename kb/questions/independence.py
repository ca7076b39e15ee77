"""How many lines of evidence are behind a statement's citations, and why two of them are one."""

from __future__ import annotations

from kb.model import Audit, Record, StatementKey
from kb.questions.stated import Stated
from kb.strength.independence import Line


class Independence(Record, frozen=True, kw_only=True):
    """The independent lines of evidence of a statement."""

    statement: Stated
    lines: tuple[Line, ...]


def independence(audit: Audit, statement: StatementKey) -> Independence:
    """Count the lines of evidence behind a statement; ``audit`` may be a part of one that holds it."""
    raise NotImplementedError
