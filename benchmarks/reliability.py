"""Kill runs at random moments, let several run at once, and count what is lost of that which they kept.

``python -m benchmarks.reliability [--json] [--kills 100] [--seed 1]``. A run audits articles whose references it
resolves at a registry of our own on 127.0.0.1, with a cache and a knowledge base that the runs before it left behind,
and tells what it has kept. The status is 1 where something was lost.
"""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import connection, get_context
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks._audits import ARTICLES, WORKS_TO_EACH, Tellings, articles, audit_all
from benchmarks._front import Figure, command, show
from benchmarks._registry import LAVISH, Registry, works
from ingest.resolve import crossref
from kb import KnowledgeBase
from kb.errors import KnowledgeBaseError
from kb.store.cache import Cache

SHARED = "journal-article"
MOST_IN_A_ROW = 9
"""Kills before the files are begun anew, so that also their making is met."""
LOSSES = (
    "knowledge bases that did not open",
    "caches that did not open",
    "articles lost",
    "remembered works lost",
    "works asked for again",
)
"""What must not happen, counted over all kills."""


class World(NamedTuple):
    """What every run meets: the registries, and where processes come from."""

    crossref: Registry
    elsewhere: Registry
    context: ForkServerContext


class Run:
    """A process that audits, from its start to its end or its killing."""

    def __init__(self, world: World, folder: Path, prefix: str = "") -> None:
        self._hears, tells = world.context.Pipe(duplex=False)
        job = (str(folder), prefix, world.crossref.url, world.elsewhere.url, tells)
        self._process: ForkServerProcess = world.context.Process(target=audit_all, args=job)
        self._process.start()
        tells.close()

    def hear(self, seconds: float | None = None) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What the run tells, until it ends or the seconds are over, counted from when it has begun."""
        end: float | None = None
        while seconds is None or end is None or time.monotonic() < end:
            left = None if end is None else max(0.0, end - time.monotonic())
            if not connection.wait([self._hears], left):
                return
            try:
                what, names = self._hears.recv()
            except (EOFError, OSError):
                return
            if what == "begun" and seconds is not None:
                end = time.monotonic() + seconds
            yield what, names

    def kill(self) -> bool:
        """End it without warning, as ``kill -9`` does; whether it was still running."""
        self._process.kill()
        return self.join() == -signal.SIGKILL

    def join(self) -> int | None:
        """Its exit code."""
        self._process.join()
        return self._process.exitcode


@contextmanager
def world() -> Iterator[World]:
    """Registries, and a process that has loaded everything and makes the others."""
    known = works(ARTICLES * WORKS_TO_EACH, SHARED)
    context = get_context("forkserver")
    context.set_forkserver_preload(["benchmarks._audits_loaded"])
    with Registry(known, LAVISH) as crossref_server, Registry([], LAVISH) as elsewhere:
        yield World(crossref_server, elsewhere, context)


def losses(folder: Path, told: Tellings) -> dict[str, int]:
    """What of that which the runs told to have kept is there no more."""
    lost = dict.fromkeys(LOSSES, 0)
    try:
        with KnowledgeBase.open(folder / "knowledge.db") as base:
            whole = {summary.id for summary in base.articles() if base.audit(summary.id).statements}
        lost["articles lost"] = len(told.articles - whole)
    except KnowledgeBaseError:
        lost["knowledge bases that did not open"] = 1
    troubles: list[str] = []
    with Cache.open(folder / "cache.db", troubles.append) as cache:
        lost["remembered works lost"] = len(told.works - cache.remembered(crossref.NAME, sorted(told.works)).keys())
    lost["caches that did not open"] = bool(troubles)
    return lost


def kill_runs(world: World, kills: int, chance: random.Random) -> dict[str, int]:
    """Kill so many runs, each at a random moment; how many ended before theirs, and what was lost.

    A run begins with what the killed ones before it left, and may ask for no work that one of them had.
    """
    counts = {"kills": 0, "ended before": 0} | dict.fromkeys(LOSSES, 0)
    longest = whole_run_seconds(world)
    while counts["kills"] < kills:
        with tempfile.TemporaryDirectory() as place:
            folder, told = articles(Path(place)), Tellings()
            for _ in range(min(chance.randint(1, MOST_IN_A_ROW), kills - counts["kills"])):
                had, asked = set(told.works), world.crossref.dois.copy()
                run = Run(world, folder)
                told.hear(run.hear(chance.uniform(0, longest)))
                killed = run.kill()
                told.hear(run.hear())
                counts["kills" if killed else "ended before"] += 1
                for what, number in losses(folder, told).items():
                    counts[what] += number
                counts["works asked for again"] += len(had & (world.crossref.dois - asked).keys())
            counts["works asked for again"] += asked_again(world, folder)
    return counts


def asked_again(world: World, folder: Path) -> int:
    """How many questions a run asks after a whole one."""
    for _ in range(2):
        before = world.crossref.requests + world.elsewhere.requests
        run = Run(world, folder)
        Tellings().hear(run.hear())
        if run.join() != 0:
            raise SystemExit("a run that nobody killed has failed")
    return world.crossref.requests + world.elsewhere.requests - before


def whole_run_seconds(world: World) -> float:
    """How long a run takes from when it has begun, where nothing is remembered."""
    with tempfile.TemporaryDirectory() as place:
        run = Run(world, articles(Path(place)))
        moments = [time.monotonic() for _ in run.hear()]
        run.join()
    return moments[-1] - moments[0]


def lost_at_once(world: World, processes: int) -> int:
    """How much is lost where so many processes audit at once, each articles of its own that share their works."""
    with tempfile.TemporaryDirectory() as place:
        folder, told = articles(Path(place)), Tellings()
        runs = [Run(world, folder, f"{number}-") for number in range(processes)]
        for run in runs:
            told.hear(run.hear())
        failed = sum(run.join() != 0 for run in runs)
        missing = processes * ARTICLES - len(told.articles) + ARTICLES * WORKS_TO_EACH - len(told.works)
        return failed + missing + sum(losses(folder, told).values())


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the counts; the status."""
    parser = command(__doc__)
    parser.add_argument("--kills", type=int, default=100, help="how many runs to kill")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    given: Any = parser.parse_args(arguments)
    with world() as here:
        counts = kill_runs(here, given.kills, random.Random(given.seed))
        counts |= {f"{number} processes at once: lost": lost_at_once(here, number) for number in (2, 4)}
    wanted = {"kills": str(given.kills), "ended before": ""}
    figures = [Figure(name=name, value=count, target=wanted.get(name, "0")) for name, count in counts.items()]
    show(figures, as_json=given.json)
    return int(any(figure.value for figure in figures if figure.target == "0"))


if __name__ == "__main__":
    sys.exit(main())
