"""What the app lets people do, as records, and who does it: audits in the background, words kept.

The pages ask, and ``ingest.front`` does it; this module is all that they share.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol, TypeAlias

from kb.model import Record, Subject
from kb.questions.states import State

JobState: TypeAlias = Literal["waiting", "running", "done", "failed"]


class Upload(Record, frozen=True, kw_only=True):
    """A file that a person gave, under the name that their browser tells, which is not to be believed."""

    name: str
    content: bytes


class Job(Record, frozen=True, kw_only=True):
    """How far something is that is done in the background.

    Attributes
    ----------
    id
        By which it is asked for again; random, so that nobody guesses another one's.
    name
        What is worked on, as it may be shown.
    step
        What is being done, a few words.
    share
        How much of it is done, 0 to 1.
    article
        The id of the article that was audited, once it is kept.
    told
        What is to be known beside the result, or, where it failed, why: one line each, with what to do.
    """

    id: str
    name: str
    state: JobState
    step: str = ""
    share: float = 0.0
    article: str | None = None
    told: tuple[str, ...] = ()


class Leaving(Record, frozen=True, kw_only=True):
    """What leaves the machine when an article is audited.

    Attributes
    ----------
    registries
        Who is asked about references, by name; nobody where the app is offline.
    judge
        The host that is sent statements with the abstracts of their sources, where somebody allowed that; else empty.
    """

    registries: tuple[str, ...]
    judge: str = ""


class Reviewer(Record, frozen=True, kw_only=True):
    """Who sits before the screen; ``known`` where a proxy with a login says so, and no other name can be given.

    Attributes
    ----------
    refused
        Why no word can be given; empty where one can.
    """

    name: str = ""
    known: bool = False
    refused: str = ""


class Word(Record, frozen=True, kw_only=True):
    """What a person says of an article's statement or source; ``value`` as of `kb.strength.people`.

    Attributes
    ----------
    statement
        Its id; None where the word is of a source alone.
    source
        The id of a source, where the word is of one or of what it says.
    """

    article: str
    subject: Subject
    value: str
    person: str
    reason: str
    statement: str | None = None
    source: str | None = None


class Looks(Protocol):
    """How everything stood on former days, as it was when somebody first looked at it on each."""

    def days(self) -> tuple[str, ...]:
        """The days of which that is kept, ISO 8601, the latest first."""

    def state(self, day: str) -> State | None:
        """How everything stood on a day; None where that is not kept (any more)."""

    def keep(self, day: str, state: State) -> bool:
        """Keep how everything stands, unless that is kept of this day already; whether it is kept."""


class Work(Protocol):
    """Does in the background what takes longer than a click.

    Every method returns the id of a job, but `leaving` and `job`. Each raises `kb.errors.UsageError` where what is
    given can be told at once to be nothing that is audited.
    """

    def leaving(self) -> Leaving:
        """What leaves the machine when an article is audited."""

    def upload(self, files: Sequence[Upload]) -> str:
        """Audit the article among these files; the others are its bibliographies."""

    def paste(self, text: str, name: str) -> str:
        """Audit pasted text (Markdown or plain) under a name."""

    def page(self, address: str) -> str:
        """Audit a page of the public web; addresses inside a network are refused."""

    def again(self, article: str) -> str:
        """Audit an article again, from where it came from."""

    def example(self) -> str:
        """Audit the bundled example."""

    def ask_again(self, sources: Sequence[str]) -> str:
        """Ask the registries again about these sources, whatever is remembered, and grade anew what rests on them."""

    def job(self, name: str) -> Job | None:
        """How far a job is; None for one that is not known (any more)."""
