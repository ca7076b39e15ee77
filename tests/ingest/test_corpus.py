"""The same work on many articles, here or in other processes: the same results."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from ingest.corpus import each, processors

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_every_job_has_its_result(processes: int) -> None:
    done = dict(each(range(20), lambda job: job * job, processes))
    assert done == {job: job * job for job in range(20)}


def test_nothing_to_do() -> None:
    assert list(each([], str, 4)) == []


def test_few_articles_are_done_here() -> None:
    assert {process for _, process in each([1, 2, 3], lambda job: os.getpid(), 8)} == {os.getpid()}


def alone(code: str) -> str:
    """What a program prints that has no threads, as the command has none: only such a one forks."""
    script = f"import multiprocessing, os, signal\nfrom ingest.corpus import each\n{textwrap.dedent(code)}"
    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="nothing is forked there")
def test_many_are_done_by_other_processes_that_know_what_is_known_here() -> None:
    printed = alone("""
        known = {job: f"article {job}" for job in range(40)}
        done = dict(each(range(40), lambda job: (os.getpid(), known[job]), 2))
        print([text for _, (_, text) in sorted(done.items())] == list(known.values()))
        print(os.getpid() in {process for process, _ in done.values()})
    """)
    assert printed.split() == ["True", "False"]


def test_beside_threads_nothing_is_forked() -> None:
    wait = threading.Event()
    beside = threading.Thread(target=wait.wait)
    beside.start()
    try:
        assert {process for _, process in each(range(20), lambda job: os.getpid(), 2)} == {os.getpid()}
    finally:
        wait.set()
        beside.join()


def test_who_stops_early_leaves_no_process_behind() -> None:
    printed = alone("""
        running = each(range(50), str, 2)
        next(running)
        running.close()
        print(multiprocessing.active_children())
    """)
    assert printed == "[]\n"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="nothing is forked there")
def test_a_process_that_is_ended_from_outside_is_told() -> None:
    printed = alone("""
        here = os.getpid()

        def ended(job):
            if job == 5 and os.getpid() != here:
                os.kill(os.getpid(), signal.SIGKILL)
            return job

        try:
            list(each(range(10), ended, 2))
        except Exception as error:
            print(type(error).__name__, error)
    """)
    assert re.match(r"CannotCheckError .*a process ended .*--jobs 1", printed)


def test_there_is_a_processor() -> None:
    assert processors() >= 1
