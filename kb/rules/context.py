"""What rules may know beside the audit: other articles, the author's waivers, and bounds that are configured."""

from __future__ import annotations

from typing import Literal

from kb.model import Record


class Waiver(Record, frozen=True, kw_only=True):
    """Leave to let findings of some rules stand.

    Attributes
    ----------
    rules
        Ids, names or families of rules, as the author wrote them.
    reason
        Why; a waiver without one waives nothing.
    until
        ISO date of the last day on which it holds; empty for ever.
    start, end
        The passage of the article in which it holds, in code points, half-open; a finding is in it where its place is.
    place
        Where the waiver itself stands in the article's text, in code points; None for one of the configuration.
    origin
        Who carries it: the empty string for the article itself, else the name of the configuration's file.
    containing
        Words that the statement or entry must hold; empty for any.
    shared
        Whether it may be of several articles, so that one in which it covers nothing does not show it needless.
    problem
        What is wrong with how it is written, in words; such a waiver waives nothing.
    """

    rules: tuple[str, ...]
    reason: str = ""
    until: str = ""
    start: int
    end: int
    place: int | None = None
    origin: str = ""
    containing: str = ""
    shared: bool = False
    problem: str = ""


class Used(Record, frozen=True, kw_only=True):
    """A waiver, and what it came to: ``needed`` where a finding was there for it to waive."""

    waiver: Waiver
    state: Literal["holds", "without reason", "out of date", "unknown rule", "malformed"]
    needed: bool


class Elsewhere(Record, frozen=True, kw_only=True):
    """A statement of this article that another article of the knowledge base contradicts."""

    statement: str
    article: str
    line: int
    place: str = ""
    text: str
    why: str


class Context(Record, frozen=True, kw_only=True):
    """What an audit alone does not hold; without any of it the rules that need it find nothing.

    ``max_age`` is in years, 0 for no bound.
    """

    elsewhere: tuple[Elsewhere, ...] = ()
    waivers: tuple[Used, ...] = ()
    max_age: int = 0


NOTHING = Context()
