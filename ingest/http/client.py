"""What is sent when: turns, retries, and what is given up.

Each sending is done by a daemon thread that is left behind when the time is up, because no timeout of a socket covers
a name server that never answers or a body that arrives one byte a second.
"""

from __future__ import annotations

import math
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from ingest.http import limits, wire
from ingest.http.answer import TOO_LATE, Answer
from ingest.http.run import Run
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.store.pacing import Pacing

RETRIES = 2
BACKOFF = 0.5
"""Seconds before the first retry where the registry names none; doubled for each further one."""
_KEEP_SECONDS = 0.5
"""How often turns are held on, see `kb.store.pacing.HELD_SECONDS`."""
_OFFLINE = Answer(outcome="not attempted", reason="offline")
_NO_TIME = Answer(outcome="not attempted", reason="no time was left")
_LATE = Answer(outcome="unreachable", reason=TOO_LATE, lasting=True)

Q = TypeVar("Q", bound=wire.Request)


@dataclass(slots=True, eq=False)
class _Call(Generic[Q]):
    """One question on its way: when it was first sent, how often, and what came of it so far."""

    question: Q
    registry: str
    host: str
    pool: str
    begun: float = math.inf
    not_before: float = -math.inf
    tries: int = 0
    last: Answer | None = None


class _Flight(Generic[Q]):
    """The calls of one round: those that wait, those under way with their turns, and what threads brought back."""

    def __init__(self, calls: Iterable[_Call[Q]]) -> None:
        self.waiting = list(calls)
        self.sent: dict[_Call[Q], int] = {}
        self.back: queue.SimpleQueue[tuple[_Call[Q], wire.Heard]] = queue.SimpleQueue()
        self.arrived: list[tuple[_Call[Q], wire.Heard]] = []


class Http:
    """Asks over HTTP within a budget of time, politely, and never raises for what the world does.

    The run begins with the first question. It ends after ``settings.deadline`` seconds, and after
    ``settings.patience`` where no registry has answered by then. One question takes at most 20 s, and at most three
    quarters of those two. A registry that turned out to be out of reach is not asked again. ``settings.mailto``
    travels in the User-Agent header alone, so that no address holds it.

    Parameters
    ----------
    settings
        ``deadline``, ``patience``, ``mailto`` and ``offline`` are read, and which registry is at which address.
    pacing
        Gives the turns; shared with other processes where it lies in a file. One of its own where none is given.
    clock, sleep
        Monotonic seconds, and how to wait for them while nothing is under way; replaced in tests.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        pacing: Pacing | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._limits = limits.documented(settings)
        self._pacing = pacing
        self._clock = clock
        self._sleep = sleep
        self._session: wire.Session | None = None
        self._run: Run | None = None

    def ask(self, question: wire.Request) -> Answer:
        """What comes of one question."""
        ((_, answer),) = self.ask_all([question])
        return answer

    def ask_all(self, questions: Iterable[Q]) -> Iterator[tuple[Q, Answer]]:
        """What comes of each question, in the order in which they are answered.

        At most three are under way to one host. They are sent while this is iterated over, and no longer.
        """
        calls = [self._call(question) for question in questions]
        if self._settings.offline:
            yield from ((call.question, _OFFLINE) for call in calls)
        elif calls:
            yield from _Round(*self._ready(), self._limits, self._clock, self._sleep).answers(calls)

    def _call(self, question: Q) -> _Call[Q]:
        host = limits.host_of(question.url)
        pool = question.pool if (host, question.pool) in self._limits else ""
        return _Call(question, limits.registry_of(question.url, self._settings), host, pool)

    def _ready(self) -> tuple[wire.Session, Pacing, Run]:
        """What it takes to ask; the run begins last, because making the others takes time and is no question."""
        if self._session is None:
            self._session = wire.open_session(self._settings.mailto)
        if self._pacing is None:
            from kb.store.pacing import Pacing

            self._pacing = Pacing.in_memory(self._clock)
        if self._run is None:
            self._run = Run(self._settings, self._clock)
        return self._session, self._pacing, self._run


class _Round:
    """Asks some questions until each has its answer."""

    def __init__(
        self,
        session: wire.Session,
        pacing: Pacing,
        run: Run,
        limit: dict[tuple[str, str], limits.Limit],
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self._session, self._pacing, self._run = session, pacing, run
        self._limits, self._clock, self._sleep = limit, clock, sleep

    def answers(self, calls: Iterable[_Call[Q]]) -> Iterator[tuple[Q, Answer]]:
        flight = _Flight(calls)
        try:
            while flight.waiting or flight.sent:
                for call, answer in (*self._come_back(flight), *self._given_up(flight)):
                    yield call.question, answer
                self._wait(flight, self._send(flight))
        finally:
            for turn in flight.sent.values():
                self._pacing.done(turn)

    def _send(self, flight: _Flight[Q]) -> float:
        """Send what may be sent now; the moment at which to try again with the rest."""
        refused: dict[tuple[str, str], float] = {}
        moments = [math.inf]
        for call in list(flight.waiting):
            place, now = (call.host, call.pool), self._clock()
            if call.not_before <= now and place not in refused:
                turn = self._pacing.turn(*place, self._limits.get(place, limits.USUAL))
                if not turn.wait:
                    flight.waiting.remove(call)
                    flight.sent[call] = turn.id
                    call.begun, call.tries = min(call.begun, now), call.tries + 1
                    self._start(flight, call)
                    continue
                refused[place] = now + turn.wait
            moments.append(max(call.not_before, refused.get(place, now)))
        return min(moments)

    def _start(self, flight: _Flight[Q], call: _Call[Q]) -> None:
        ends = self._run.ends_at_most(call.begun)

        def work() -> None:
            flight.back.put((call, wire.send(self._session, call.question, ends, self._clock)))

        threading.Thread(target=work, name=wire.THREAD, daemon=True).start()

    def _wait(self, flight: _Flight[Q], next_try: float) -> None:
        """Wait until something comes back, or time is up for something, or something may be sent."""
        calls = (*flight.sent, *flight.waiting)
        moment = min(next_try, self._run.closes, *(self._run.ends(call.begun) for call in calls), math.inf)
        left = max(0.0, moment - self._clock())
        if flight.sent:
            self._pacing.keep(flight.sent.values())
            with suppress(queue.Empty):
                flight.arrived.append(flight.back.get(timeout=min(left, _KEEP_SECONDS)))
        elif flight.waiting and left:
            self._sleep(left)

    def _come_back(self, flight: _Flight[Q]) -> Iterator[tuple[_Call[Q], Answer]]:
        """The calls that came back and are done with; the others wait for their next try."""
        while flight.arrived or not flight.back.empty():
            call, heard = flight.arrived.pop() if flight.arrived else flight.back.get()
            turn = flight.sent.pop(call, None)
            if turn is None:  # given up before
                continue
            self._pacing.done(turn)
            if self._settle(call, heard):
                yield call, heard.answer
            else:
                flight.waiting.append(call)

    def _settle(self, call: _Call[Q], heard: wire.Heard) -> bool:
        """Learn from an answer; whether it stands, or the question is to be asked again."""
        answer, now = heard.answer, self._clock()
        self._run.hear(answer)
        if heard.limit is not None:
            self._pacing.learn(call.host, call.pool, heard.limit)
        wait = retry_wait(answer, call.tries)
        if wait is None or now + wait >= self._run.ends(call.begun):
            self._run.remember(call.registry, call.begun, answer)
            return True
        if answer.outcome == "limited" or answer.retry_after:
            self._pacing.rest(call.host, call.pool, wait)
        call.not_before, call.last = now + wait, answer
        return False

    def _given_up(self, flight: _Flight[Q]) -> Iterator[tuple[_Call[Q], Answer]]:
        """The calls whose time is up, and those to a registry that is asked no more."""
        now = self._clock()
        for call in [call for call in flight.sent if now >= self._run.ends(call.begun)]:
            self._pacing.done(flight.sent.pop(call))
            self._run.remember(call.registry, call.begun, _LATE)
            yield call, _LATE
        for call in list(flight.waiting):
            answer = self._run.down(call.registry)
            if answer is None and now >= self._run.ends(call.begun):
                answer = call.last or _NO_TIME
            if answer is not None:
                flight.waiting.remove(call)
                yield call, answer


def retry_wait(answer: Answer, tries: int) -> float | None:
    """Seconds after which to ask again; None where that would not help, or has been tried often enough."""
    broke_off = answer.outcome == "unreachable" and not answer.lasting
    if tries > RETRIES or not (broke_off or answer.outcome in ("limited", "server error")):
        return None
    return BACKOFF * 2 ** (tries - 1) if answer.retry_after is None else answer.retry_after
