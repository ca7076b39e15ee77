"""The same work on many articles, here or in other processes: the same results."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from ingest.corpus import each, processors
from kb.errors import CannotCheckError


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_every_job_has_its_result(processes: int) -> None:
    done = dict(each(range(20), lambda job: job * job, processes))
    assert done == {job: job * job for job in range(20)}


def test_nothing_to_do() -> None:
    assert list(each([], str, 4)) == []


def test_few_articles_are_done_here() -> None:
    assert {process for _, process in each([1, 2, 3], lambda job: os.getpid(), 8)} == {os.getpid()}


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="nothing is forked there")
def test_many_are_done_by_other_processes_that_know_what_is_known_here() -> None:
    known = {job: f"article {job}" for job in range(40)}
    done = dict(each(range(40), lambda job: (os.getpid(), known[job]), 2))
    assert [text for _, (_, text) in sorted(done.items())] == list(known.values())
    assert os.getpid() not in {process for process, _ in done.values()}


def test_who_stops_early_leaves_no_process_behind() -> None:
    import multiprocessing

    running = each(range(50), str, 2)
    next(running)
    running.close()
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="nothing is forked there")
def test_a_process_that_is_ended_from_outside_is_told() -> None:
    here = os.getpid()

    def ended(job: int) -> int:
        if job == 5 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return job

    with pytest.raises(CannotCheckError, match=r"a process ended .*--jobs 1"):
        list(each(range(10), ended, 2))


def test_there_is_a_processor() -> None:
    assert processors() >= 1
