"""Work in the background of the app: two jobs at a time, each with how far it is."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import msgspec

from kb.errors import KnowledgeBaseError, UsageError, one_line
from kb.view.work import Job

KEPT = 200
"""Jobs that are remembered; of more, the oldest that are done are forgotten."""
MOST_WAITING = 20
"""Jobs that may wait for their turn; each holds files on the disk."""
WORKERS = 2
"""Jobs that run at a time: a registry that is slow to answer one does not hold up the next. They keep the turns of
registries together, since these lie in the file in which answers are remembered (`kb.store.pacing`)."""
MISTAKE = "this is a mistake in the program, and nothing was kept; please report it as a fault"
_NAME_LENGTH = 200

Tell: TypeAlias = Callable[[str, float], None]
"""Told what is being done, and which share of the whole is, 0 to 1."""
Task: TypeAlias = Callable[[Tell], tuple[str | None, tuple[str, ...]]]
"""Does a job: gives the id of the article that it audited, if any, and what is to be known beside the result."""

_log = logging.getLogger(__name__)


class _Turn(NamedTuple):
    """A job that waits or runs, what it is about, and what does it."""

    job: str
    about: str
    task: Task


class Jobs:
    """The jobs of all sessions, in the order in which they were asked for; those about the same never run together."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._jobs: dict[str, Job] = {}
        self._waiting: list[_Turn] = []
        self._running: dict[str, _Turn] = {}
        self._threads: list[threading.Thread] = []

    def start(self, name: str, task: Task, about: str, *, join: bool = False) -> str:
        """Put a job into the line; its id.

        Parameters
        ----------
        name
            What is worked on, in whatever words of a user.
        about
            The article, say: what no other job may work on at the same time.
        join
            Where a job about the same waits or runs, that one will do.

        Raises
        ------
        UsageError
            Too many jobs wait already.
        """
        with self._change:
            if join and (same := self._under_way(about)):
                return same
            if len(self._waiting) >= MOST_WAITING:
                raise UsageError(
                    f"{MOST_WAITING} audits are waiting already", remedy="try again when some of them are done"
                )
            shown = one_line(name)
            shown = shown if len(shown) <= _NAME_LENGTH else f"{shown[:_NAME_LENGTH]}…"
            job = Job(id=secrets.token_urlsafe(16), name=shown, state="waiting", step="waiting for another one to end")
            self._put(job)
            self._waiting.append(_Turn(job.id, about, task))
            self._ready()
            self._change.notify_all()
        return job.id

    def job(self, name: str) -> Job | None:
        """How far a job is; None for one that was never there or is forgotten."""
        with self._change:
            return self._jobs.get(name)

    def _under_way(self, about: str) -> str | None:
        turns = (*self._running.values(), *self._waiting)
        return next((turn.job for turn in turns if turn.about == about), None)

    def _ready(self) -> None:
        """Have the threads that do the jobs; they end with the program, whatever they are at."""
        while len(self._threads) < WORKERS:
            thread = threading.Thread(target=self._work, name=f"job-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _work(self) -> None:
        while True:
            turn = self._next()
            self._do(turn)
            del turn  # what it holds must not stay until the next one comes

    def _next(self) -> _Turn:
        with self._change:
            while True:
                busy = {turn.about for turn in self._running.values()}
                free = next((turn for turn in self._waiting if turn.about not in busy), None)
                if free is not None:
                    self._waiting.remove(free)
                    self._running[free.job] = free
                    self._told(free.job, state="running", step="")
                    return free
                self._change.wait()

    def _do(self, turn: _Turn) -> None:
        def tell(step: str, share: float) -> None:
            with self._change:
                furthest = max(self._jobs[turn.job].share, min(share, 1.0))
                self._told(turn.job, step=step, share=furthest)

        end: dict[str, object]
        try:
            article, told = turn.task(tell)
            end = {"state": "done", "step": "", "share": 1.0, "article": article, "told": told}
        except KnowledgeBaseError as error:
            end = {"state": "failed", "told": (str(error),)}
        except Exception:  # whatever it is, whoever waits must be told that nothing comes any more
            _log.exception("a job failed")
            end = {"state": "failed", "told": (MISTAKE,)}
        with self._change:
            del self._running[turn.job]
            self._told(turn.job, **end)
            self._change.notify_all()

    def _told(self, name: str, **changes: object) -> None:
        self._put(msgspec.structs.replace(self._jobs[name], **changes))

    def _put(self, job: Job) -> None:
        self._jobs[job.id] = job
        while len(self._jobs) > KEPT:  # some of them are done: no more than MOST_WAITING and WORKERS are not
            del self._jobs[next(one.id for one in self._jobs.values() if one.state in ("done", "failed"))]
