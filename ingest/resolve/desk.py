"""One registry after the other is asked from here: first what it said before, then the registry itself.

What is remembered counts as fresh for a time; what is older is asked again, and taken all the same where the registry
does not answer. That a registry could not be asked is never taken for its word that it holds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol, TypeAlias

import msgspec

from ingest.http import Answer, Http, Outcome
from ingest.resolve.question import Question
from kb.language.counting import count
from kb.model import Record, Source
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.store.cache import Cache

FRESH_DAYS = 30
"""Days for which a remembered work is not asked about again. Retractions are told weeks after they happen anyway."""
FRESH_DAYS_NONE = 1
"""Days for which it is believed that a registry holds none: a new DOI can take hours to be known everywhere."""
OFFLINE = "Offline, so no registry was asked"
NOT_ASKABLE = "The identifier is too long to ask for, or none"

_TROUBLE: Mapping[Outcome, str] = {
    "not found": "{who} gave an answer that could not be read (no such address)",
    "refused": "{who} declined the question ({reason})",
    "limited": "{who} asked to be left alone for now",
    "server error": "{who} reported a fault of its own ({reason})",
    "malformed": "{who} gave an answer that could not be used ({reason})",
    "unreachable": "{who} could not be reached ({reason})",
    "not attempted": "{who} was not asked ({reason})",
}

Progress: TypeAlias = Callable[[str], None]


class Told(Record, frozen=True, kw_only=True):
    """What asking one registry about one identifier came to.

    Attributes
    ----------
    work
        Its record of the work.
    holds_none
        The registry says itself that it holds no record.
    trouble
        What stood in the way of an answer, in words that several identifiers can share. With it, the above is what
        the registry said at an earlier date: a record is as good as ever, that it held none is no word any more.
    attempted
        Whether the registry was asked, where there was trouble.
    asked
        When it said so, ISO 8601.
    """

    work: Source | None = None
    holds_none: bool = False
    trouble: str = ""
    attempted: bool = True
    asked: str | None = None

    @property
    def none(self) -> bool:
        """Whether the registry says, as of now, that it holds no record."""
        return self.holds_none and not self.trouble


class Registry(Protocol):
    """What the file of a registry of works offers."""

    NAME: str

    def questions(self, ids: Sequence[str], settings: Settings) -> tuple[Question, ...]:
        """The fewest questions that ask for these identifiers."""

    def parse(self, answer: Answer, asked: str | None) -> tuple[Source, ...] | None:
        """The works in an answer; None where it is none of this registry."""


Ask: TypeAlias = Callable[[Sequence[str]], Sequence[Question]]
Tell: TypeAlias = Callable[[Sequence[str]], Iterable[dict[str, Told]]]


class Desk:
    """Asks registries for one run, and remembers what they said.

    Parameters
    ----------
    settings
        ``as_of`` is taken for the date of asking; offline, only what is remembered is told; ``anew``, it is asked
        about all the same.
    http, cache, progress
        The client, else one is made when it is needed; where answers are remembered, if anywhere; and who is told
        what is waiting for whom.
    """

    def __init__(self, settings: Settings, http: Http | None, cache: Cache | None, progress: Progress) -> None:
        self.settings = settings
        self.asked = settings.as_of or None
        self._today = settings.as_of or date.today().isoformat()
        self._http = http
        self._cache = cache
        self._progress = progress

    def works(
        self, registry: Registry, ids: Sequence[str], *, by: Callable[[Source], str | None], exact: bool = True
    ) -> dict[str, Told]:
        """What a registry says of the works with these identifiers.

        Parameters
        ----------
        by
            The identifier of a work that corresponds to ``ids``.
        exact
            The registry gives exactly the works that are asked for, so that another one casts doubt on the answer.
        """

        def tell(some: Sequence[str]) -> Iterator[dict[str, Told]]:
            for question, answer in self.answers(lambda part: registry.questions(part, self.settings), some):
                yield read_works(registry, question, answer, self.asked, by=by, exact=exact)

        return self.ask(registry.NAME, ids, tell)

    def ask(self, name: str, ids: Sequence[str], tell: Tell, *, noun: str = "DOI", each: int = 1) -> dict[str, Told]:
        """What comes of asking about identifiers, for each of them; only what is not remembered freshly is asked.

        Parameters
        ----------
        name
            The registry, as it is shown and remembered.
        tell
            Asks about identifiers that are not remembered, and gives what each answer says, as they come in.
        noun, each
            What the identifiers are called where progress is told, and how many of them stand for one such thing.
        """
        ids = tuple(dict.fromkeys(ids))
        earlier = self._remembered(name, ids)
        told = {one: known for one, known in earlier.items() if self._is_fresh(known)}
        waiting = [one for one in ids if one not in told]
        now = self._now(name, waiting, tell, noun, each)
        for one in waiting:
            new = now.get(one, Told(trouble=NOT_ASKABLE, attempted=False))
            known = earlier.get(one) if new.trouble else None
            told[one] = msgspec.structs.replace(known, trouble=new.trouble, attempted=new.attempted) if known else new
        return {one: told[one] for one in ids}

    def answers(self, questions: Ask, ids: Sequence[str]) -> Iterator[tuple[Question, Answer]]:
        """Every question with its answer, as they come in.

        One identifier that a list does not take spoils all of it: such a list is halved until that one stands alone.
        """
        if self._http is None:
            self._http = client(self.settings, self._cache)
        pending = questions(ids)
        while pending:
            refused: list[Question] = []
            for question, answer in self._http.ask_all(pending):
                if answer.status == 400 and len(question.ids) > 1:
                    refused.append(question)
                else:
                    yield question, answer
            pending = [half for question in refused for part in _halves(question.ids) for half in questions(part)]

    def _now(self, name: str, waiting: Sequence[str], tell: Tell, noun: str, each: int) -> dict[str, Told]:
        if self.settings.offline:
            return dict.fromkeys(waiting, Told(trouble=OFFLINE, attempted=False))
        told: dict[str, Told] = {}
        if waiting:
            all_of_them = count(len(waiting) // each, noun)
            self._progress(f"Asking {name} about {all_of_them}")
            for part in tell(waiting):
                self._remember(name, part)
                told |= part
                if len(told) < len(waiting):
                    self._progress(f"{name}: {len(told) // each:,} of {all_of_them}")
        return told

    def _remembered(self, name: str, ids: Sequence[str]) -> dict[str, Told]:
        if self._cache is None:
            return {}
        return {
            one: Told(work=known.source, holds_none=known.source is None, asked=known.asked or None)
            for one, known in self._cache.remembered(name, ids, "").items()
        }

    def _remember(self, name: str, part: Mapping[str, Told]) -> None:
        said = {one: told.work for one, told in part.items() if not told.trouble}
        if self._cache is not None and said:
            self._cache.remember(name, said, self._today)

    def _is_fresh(self, known: Told) -> bool:
        if self.settings.anew:
            return False
        days = FRESH_DAYS_NONE if known.holds_none else FRESH_DAYS
        first = (date.fromisoformat(self._today) - timedelta(days=days)).isoformat()
        return (known.asked or "") >= first


def client(settings: Settings, cache: Cache | None) -> Http:
    """A client for one run, which shares the limits of registries with every program that uses the same cache."""
    if cache is None:
        return Http(settings)
    from kb.store.pacing import Pacing

    return Http(settings, pacing=Pacing.shared(cache.path))


def read_works(
    registry: Registry,
    question: Question,
    answer: Answer,
    asked: str | None,
    *,
    by: Callable[[Source], str | None],
    exact: bool,
) -> dict[str, Told]:
    """What an answer says about each identifier of its question."""
    absent = Told(holds_none=True, asked=asked)
    if answer.outcome == "not found" and question.authoritative:
        return dict.fromkeys(question.ids, absent)
    if answer.outcome != "ok":
        return dict.fromkeys(question.ids, troubled(registry.NAME, answer))
    works = registry.parse(answer, asked)
    if works is None:
        return dict.fromkeys(question.ids, unusable(registry.NAME, "it holds no list of works"))
    known = {name: work for work in reversed(works) if (name := by(work))}
    if exact and known.keys() - set(question.ids):
        # What an answer that holds a work nobody asked for lacks is unknown, not missing.
        absent = unusable(registry.NAME, "it was about another work")
    return {one: Told(work=known[one], asked=asked) if one in known else absent for one in question.ids}


def troubled(who: str, answer: Answer) -> Told:
    """What stood in the way of an answer, in plain words."""
    trouble = _TROUBLE[answer.outcome].format(who=who, reason=answer.reason)
    return Told(trouble=trouble, attempted=answer.outcome != "not attempted")


def unusable(who: str, reason: str) -> Told:
    """An answer that came and says nothing that could be used."""
    return troubled(who, Answer(outcome="malformed", reason=reason))


def _halves(ids: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    middle = len(ids) // 2
    return ids[:middle], ids[middle:]
