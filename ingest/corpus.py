"""Many articles at once: the same work on each, in several processes where that pays."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any, TypeVar

from kb.errors import CannotCheckError

Job = TypeVar("Job")
Result = TypeVar("Result")

FEW = 3
"""So many articles are done sooner than other processes are begun."""

_work: list[Callable[[Any], Any]] = []
"""What the workers do: they are forked off, so that it needs no sending, and neither does what it holds."""


def processors() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(
    jobs: Sequence[Job], work: Callable[[Job], Result], processes: int
) -> Generator[tuple[Job, Result], None, None]:
    """Every job with its result, in no order.

    Processes are forked, so that they find patterns and lock as they are here; where the system does not fork, or
    other threads run, or there is little to do, the work is done here.

    Parameters
    ----------
    work
        Must not raise. Its results travel between processes, so they are to be small.
    processes
        How many at most, at least 1.

    Raises
    ------
    CannotCheckError
        A process was ended from outside, mostly because the machine ran out of memory.
    """
    many = min(processes, len(jobs))
    if many < 2 or len(jobs) <= FEW or sys.platform in ("win32", "darwin") or threading.active_count() > 1:
        for job in jobs:
            yield job, work(job)
        return
    yield from _forked(jobs, work, many)


def _forked(jobs: Sequence[Job], work: Callable[[Job], Result], many: int) -> Iterator[tuple[Job, Result]]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool

    _work.append(work)
    gc.collect()
    gc.freeze()  # or the workers' collector writes to every page that they share with us
    pool = ProcessPoolExecutor(many, multiprocessing.get_context("fork"), initializer=_begin)
    try:
        running = {pool.submit(_do, job): job for job in jobs}
        for future in as_completed(running):
            yield running[future], future.result()
    except BrokenProcessPool:
        remedy = "see whether there is memory enough, and give fewer processes (--jobs 1)"
        raise CannotCheckError("a process ended before its work was done", remedy=remedy) from None
    except BaseException:
        for child in multiprocessing.active_children():
            child.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()
        _work.pop()


def _begin() -> None:
    """A worker ends at once, and without a word, where the user interrupts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _do(job: Any) -> Any:
    return _work[-1](job)
