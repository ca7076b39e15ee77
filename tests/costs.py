"""What a job costs, measured so that a test fails for what the job does and never for what else the machine does.

Counted is the processor time of this process, with garbage collection off: a collection walks everything that the
tests before have left. The cheapest of several runs counts, since all that disturbs a run makes it dearer; and each
run does the work of the first one, since what the project remembers of earlier questions is forgotten before it.
Where the waiting itself is the matter, the time on the wall is counted instead.
"""

from __future__ import annotations

import functools
import gc
import inspect
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

Job: TypeAlias = Callable[[], object]
Clock: TypeAlias = Callable[[], float]

RUNS = 5
"""How often a job is run at most."""
_PACKAGES = ("kb", "ingest")


def processor() -> float:
    """Seconds that the processors have worked for this process, all its threads together."""
    return time.process_time()


def wall() -> float:
    """Seconds that pass whoever works."""
    return time.monotonic()


def awaited() -> float:
    """Seconds for which this program was ready and no processor was free, as Linux counts them; elsewhere 0."""
    counted = Path("/proc/self/schedstat")
    return int(counted.read_text("ascii").split()[1]) / 1e9 if counted.exists() else 0.0


def seconds(prepare: Callable[[], Job], enough: float = 0.0, clock: Clock = processor) -> float:
    """The cost of the cheapest of ``RUNS`` runs, or of the first one that stays below ``enough`` seconds.

    Parameters
    ----------
    prepare
        Makes the job anew for each run, and is not counted itself.
    """
    cheapest = float("inf")
    for _ in range(RUNS):
        cheapest = min(cheapest, _once(prepare(), clock))
        if cheapest < enough:
            break
    return cheapest


def assert_within(allowed: float, job: Job, clock: Clock = processor) -> None:
    """A job takes less than so many seconds."""
    took = seconds(lambda: job, allowed, clock)
    assert took < allowed, f"{took:.3f} s where {allowed:.3f} s are allowed"


def assert_grows_little(
    prepare: Callable[[int], Job], small: int, large: int, *, factor: float, at_least: float
) -> None:
    """A job of a large size takes less than ``factor`` times as long as one of a small size.

    Parameters
    ----------
    prepare
        Makes a job of the size that it is given; see `seconds`.
    at_least
        Seconds that the large one may take however little the small one does: so short a time says nothing.
    """
    few = seconds(lambda: prepare(small))
    allowed = max(factor * few, at_least)
    many = seconds(lambda: prepare(large), allowed)
    assert many < allowed, f"size {large} takes {many:.3f} s, size {small} only {few:.3f} s: {allowed:.3f} s allowed"


def _once(job: Job, clock: Clock) -> float:
    _forget()
    collecting = gc.isenabled()
    gc.disable()
    try:
        begun = clock()
        job()
        return clock() - begun
    finally:
        if collecting:
            gc.enable()


def _forget() -> None:
    """Empty the caches of the project, but for what takes no argument: a file that is read once stays read."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in _PACKAGES:
            for one in vars(module).values():
                if isinstance(one, _Cached) and inspect.signature(one).parameters:
                    one.cache_clear()


_Cached: Any = type(functools.cache(_forget))
