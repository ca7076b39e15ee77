"""Turns: how long one has to wait for the next, for oneself and among several processes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.store import pacing
from kb.store.pacing import HELD_SECONDS, LONGEST_REST, POLL_SECONDS, TRAVEL_SECONDS, Pacing

HOST, POOL = "api.crossref.org", "list"
USUAL = (2, 1.0, 3)


class Time:
    """Seconds that pass only when told to."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture(params=["memory", "file"])
def paced(request: pytest.FixtureRequest, tmp_path: Path, time: Time) -> Iterator[Pacing]:
    yield Pacing.in_memory(time) if request.param == "memory" else Pacing.shared(tmp_path / "cache.db", time)


def take(paced: Pacing, usual: tuple[int, float, int] = USUAL, host: str = HOST, pool: str = POOL) -> int:
    """A turn that was to be had at once, and is given back at once."""
    turn = paced.turn(host, pool, usual)
    assert turn.wait == 0
    paced.done(turn.id)
    return turn.id


def test_a_window_holds_so_many_questions(paced: Pacing, time: Time) -> None:
    take(paced)
    time.now += 0.4
    take(paced)
    time.now += 0.1
    assert paced.turn(HOST, POOL, USUAL).wait == pytest.approx(0.5)
    time.now += 0.5
    take(paced)
    assert paced.turn(HOST, POOL, USUAL).wait == pytest.approx(0.4)


def test_pools_and_hosts_are_counted_apart(paced: Pacing) -> None:
    for host, pool in ((HOST, POOL), (HOST, "single"), ("doi.org", POOL)):
        take(paced, (1, 1.0, 3), host, pool)
    assert paced.turn(HOST, POOL, (1, 1.0, 3)).wait > 0


def test_a_question_counts_when_its_answer_came_at_the_latest(paced: Pacing, time: Time) -> None:
    turn = paced.turn(HOST, POOL, (1, 1.0, 3))
    assert paced.turn(HOST, POOL, (1, 1.0, 3)).wait == pytest.approx(1 + TRAVEL_SECONDS)
    time.now += 0.02
    paced.done(turn.id)
    assert paced.turn(HOST, POOL, (1, 1.0, 3)).wait == pytest.approx(1)


def test_so_many_are_under_way_to_a_host_all_pools_together(paced: Pacing, time: Time) -> None:
    first, _ = paced.turn(HOST, POOL, (9, 1.0, 2)), paced.turn(HOST, "single", (9, 1.0, 2))
    assert paced.turn(HOST, POOL, (9, 1.0, 2)).wait == POLL_SECONDS
    assert take(paced, (9, 1.0, 2), host="doi.org")
    paced.done(first.id)
    assert take(paced, (9, 1.0, 2))


def test_what_is_not_kept_up_lapses(paced: Pacing, time: Time) -> None:
    kept, lost = (paced.turn(HOST, POOL, (9, 1.0, 2)) for _ in range(2))
    time.now += HELD_SECONDS * 0.75
    paced.keep([kept.id])
    time.now += HELD_SECONDS * 0.75
    assert paced.turn(HOST, POOL, (9, 1.0, 1)).wait == POLL_SECONDS
    assert take(paced, (9, 1.0, 2)) > lost.id


def test_a_learned_limit_takes_the_place_of_the_usual_one(paced: Pacing, time: Time) -> None:
    take(paced)
    paced.learn(HOST, POOL, (1, 10.0, 1))
    assert paced.turn(HOST, POOL, USUAL).wait == pytest.approx(10)
    paced.learn(HOST, POOL, (5, 1.0, 1))
    held = paced.turn(HOST, POOL, USUAL)
    assert held.wait == 0
    assert paced.turn(HOST, POOL, USUAL).wait == POLL_SECONDS


def test_a_rest_is_kept_and_bounded(paced: Pacing, time: Time) -> None:
    paced.rest(HOST, POOL, 5)
    paced.rest(HOST, POOL, 1)
    assert paced.turn(HOST, POOL, USUAL).wait == pytest.approx(5)
    take(paced, host="doi.org")
    time.now += 5
    take(paced)
    paced.rest(HOST, POOL, 1e9)
    assert paced.turn(HOST, POOL, USUAL).wait == pytest.approx(LONGEST_REST)


def test_a_clock_that_is_set_back_shuts_nobody_out(paced: Pacing, time: Time) -> None:
    take(paced)
    take(paced)
    paced.rest(HOST, POOL, 30)
    time.now -= 500
    take(paced)


@given(st.lists(st.floats(0, 3), max_size=30), st.integers(1, 4), st.floats(0.1, 5))
def test_no_window_ever_holds_more(pauses: list[float], most: int, seconds: float) -> None:
    time = Time()
    paced = Pacing.in_memory(time)
    sent: list[float] = []
    for pause in pauses:
        time.now += pause
        turn = paced.turn(HOST, POOL, (most, seconds, 3))
        if not turn.wait:
            sent.append(time.now)
            paced.done(turn.id)
    for first, last in zip(sent, sent[most:], strict=False):
        assert last - first >= seconds - 1e-6


def test_two_share_what_they_know_through_a_file(tmp_path: Path, time: Time) -> None:
    one, other = (Pacing.shared(tmp_path / "cache.db", time) for _ in range(2))
    take(one)
    take(other)
    assert one.turn(HOST, POOL, USUAL).wait > 0
    assert other.turn(HOST, POOL, USUAL).wait > 0
    one.learn("doi.org", "", (1, 60.0, 1))
    one.rest("datacite.org", "", 7)
    take(other, host="doi.org", pool="")
    assert other.turn("doi.org", "", USUAL).wait == pytest.approx(60)
    assert other.turn("datacite.org", "", USUAL).wait == pytest.approx(7)


def broken(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 8000)


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE mine (x)")


def empty(path: Path) -> None:
    path.touch()


@pytest.mark.parametrize("make", [broken, foreign, empty, Path.mkdir])
def test_a_file_that_cannot_be_used_is_left_alone(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "cache.db"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    take(Pacing.shared(path))
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_file_that_breaks_while_it_is_used_costs_only_the_sharing(tmp_path: Path, time: Time) -> None:
    path = tmp_path / "cache.db"
    paced = Pacing.shared(path, time)
    take(paced)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TABLE turn")
    turn = paced.turn(HOST, POOL, USUAL)
    assert turn.wait == 0
    paced.done(turn.id)
    take(paced)
    assert paced.turn(HOST, POOL, USUAL).wait > 0


def test_a_busy_file_is_not_waited_for_long(tmp_path: Path, time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "_BUSY_MILLISECONDS", 10)
    paced = Pacing.shared(tmp_path / "cache.db", time)
    with closing(sqlite3.connect(tmp_path / "cache.db", isolation_level=None)) as raw:
        raw.execute("BEGIN IMMEDIATE")
        take(paced)
