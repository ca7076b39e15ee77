"""What costs are measured by, held by a clock that goes only as far as a job's own steps."""

from __future__ import annotations

import functools
import gc
import sys
import time
from collections.abc import Callable
from types import ModuleType

import pytest

from tests.costs import RUNS, Job, assert_grows_little, assert_within, seconds, wall

Steps = Callable[[float], None]


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Steps:
    """Lets the processor work for so many seconds, without any time going by."""
    now = [0.0]
    monkeypatch.setattr(time, "process_time", lambda: now[0])

    def busy(length: float) -> None:
        now[0] += length

    return busy


def lasting(work: Steps, *lengths: float) -> Job:
    """A job that takes another length of time whenever it is run."""
    left = iter(lengths)
    return lambda: work(next(left))


def test_the_cheapest_run_counts_and_the_preparation_does_not(work: Steps) -> None:
    left = iter([0.5, 0.3, 0.2, 0.4, 0.6])

    def prepare() -> Job:
        work(100)
        return lambda: work(next(left))

    assert seconds(prepare) == pytest.approx(0.2)
    assert next(left, None) is None


def test_one_run_that_is_cheap_enough_will_do(work: Steps) -> None:
    assert_within(1, lasting(work, 5, 5, 0.5))


def test_what_is_too_dear_each_time_fails(work: Steps) -> None:
    with pytest.raises(AssertionError, match=r"1\.000 s where 1\.000 s are allowed"):
        assert_within(1, lasting(work, *[1, 2, 3, 4, 5][:RUNS]))


def linear(size: int) -> int:
    return sum(1 for _ in range(size))


def quadratic(size: int) -> int:
    return sum(1 for _ in range(size) for _ in range(size))


@pytest.mark.parametrize("at_least", [0.0, 0.005])
def test_what_grows_with_the_square_fails_and_what_grows_with_the_size_does_not(work: Steps, at_least: float) -> None:
    def measured(steps: Callable[[int], int]) -> None:
        assert_grows_little(lambda size: lambda: work(steps(size) * 1e-6), 100, 400, factor=8, at_least=at_least)

    measured(linear)
    with pytest.raises(AssertionError, match=r"size 400 takes 0\.160 s, size 100 only 0\.010 s"):
        measured(quadratic)


def test_so_short_a_time_says_nothing(work: Steps) -> None:
    assert_grows_little(lambda size: lambda: work(quadratic(size) * 1e-6), 10, 40, factor=8, at_least=0.25)


def test_a_run_that_was_disturbed_makes_no_bound_wider(work: Steps) -> None:
    small = iter([9.0, 9.0, 0.1, 9.0, 9.0])
    with pytest.raises(AssertionError, match=r"size 4 takes 1\.600 s, size 1 only 0\.100 s: 0\.800 s allowed"):
        assert_grows_little(lambda size: lambda: work(next(small) if size == 1 else 1.6), 1, 4, factor=8, at_least=0)


def test_nothing_is_collected_while_a_job_runs() -> None:
    seen: list[bool] = []
    assert gc.isenabled()
    assert_within(60, lambda: seen.append(gc.isenabled()))
    assert seen == [False]
    assert gc.isenabled()


def test_a_job_that_fails_fails_its_test_and_leaves_collection_on() -> None:
    with pytest.raises(ZeroDivisionError):
        assert_within(60, lambda: 1 // 0)
    assert gc.isenabled()


def test_each_run_does_the_work_of_the_first(work: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("kb.invented")
    monkeypatch.setitem(sys.modules, "kb.invented", module)
    loaded: list[str] = []
    module.answer = functools.cache(lambda question: work(2))  # type: ignore[attr-defined]
    module.table = functools.cache(lambda: loaded.append("table"))  # type: ignore[attr-defined]

    def job() -> None:
        module.table()
        module.answer("the same")

    with pytest.raises(AssertionError, match=r"2\.000 s where 1\.000 s are allowed"):
        assert_within(1, job)
    assert loaded == ["table"]


def test_the_time_on_the_wall_passes_without_work(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])

    def wait() -> None:
        now[0] += 2

    assert_within(1, wait)
    with pytest.raises(AssertionError, match=r"2\.000 s where 1\.000 s are allowed"):
        assert_within(1, wait, wall)
