"""Jobs of the app waited for, so that tests see what came of them."""

from __future__ import annotations

import threading

from ingest.front.jobs import Jobs, Tell
from ingest.front.work import FrontWork
from kb.view.work import Job

MOST_SECONDS = 120
"""How long a job may take: the bound of a test that fails."""


def ended(jobs: Jobs, name: str, about: str) -> Job:
    """A job once it is done or failed: what is about the same begins only then."""
    over = threading.Event()

    def next_one(tell: Tell) -> tuple[None, tuple[str, ...]]:
        over.set()
        return None, ()

    jobs.start("the end", next_one, about)
    assert over.wait(MOST_SECONDS)
    job = jobs.job(name)
    assert job is not None
    return job


def outcome(work: FrontWork, name: str) -> Job:
    """A job of the app once it is done or failed; its article has a short name."""
    begun = work.job(name)
    assert begun is not None
    return ended(work._jobs, name, begun.name)
