"""Work in the background of the app: one job after the other, each with how far it is."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

import msgspec

from kb.errors import KnowledgeBaseError
from kb.view.work import Job

KEPT = 200
"""Jobs that are remembered; of more, the oldest are forgotten."""

Tell: TypeAlias = Callable[[str, float], None]
"""Told what is being done, and which share of the whole is, 0 to 1."""
Task: TypeAlias = Callable[[Tell], tuple[str | None, tuple[str, ...]]]
"""Does a job: gives the id of the article that it audited, if any, and what is to be known beside the result."""


class Jobs:
    """The jobs of all sessions; one runs at a time, since each already does as much at once as registries allow."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._runner = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")

    def start(self, name: str, task: Task) -> str:
        """Put a job into the line; its id."""
        job = Job(id=secrets.token_urlsafe(16), name=name, state="waiting")
        self._put(job)
        self._runner.submit(self._run, job, task)
        return job.id

    def job(self, name: str) -> Job | None:
        """How far a job is."""
        with self._lock:
            return self._jobs.get(name)

    def _run(self, job: Job, task: Task) -> None:
        def tell(step: str, share: float) -> None:
            self._put(msgspec.structs.replace(job, state="running", step=step, share=share))

        try:
            article, told = task(tell)
        except KnowledgeBaseError as error:
            self._put(msgspec.structs.replace(job, state="failed", told=(str(error),)))
        except Exception as error:  # whatever it is, whoever waits must be told that nothing comes any more
            problem = f"{type(error).__name__}: this is a mistake in the program; nothing was kept"
            self._put(msgspec.structs.replace(job, state="failed", told=(problem,)))
            raise
        else:
            self._put(msgspec.structs.replace(job, state="done", share=1.0, article=article, told=told))

    def _put(self, job: Job) -> None:
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
