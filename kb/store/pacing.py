"""When the next question may go to a registry, agreed on by all processes that share one cache file.

Every question takes a turn. A turn counts towards the limit of its host and pool for as long as the limit's interval,
and is held, as one of those under way at the host, until it is given back; what a killed process holds lapses by
itself. Nobody queues: who is told to wait asks again, so that nobody waits for a program that has ended.
"""

from __future__ import annotations

import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

from kb.errors import StoreError
from kb.store.file import CACHE, connect, plain_errors, ready

HELD_SECONDS = 2.0
"""How long a turn is held that is not kept up."""
TRAVEL_SECONDS = 0.5
"""A registry counts a question when it arrives: at the latest this long after it was sent, or when its answer came."""
LONGEST_REST = 60.0
POLL_SECONDS = 0.05
"""When to ask again where others are under way: they say nothing when they end."""
LONGEST_INTERVAL = 300.0
"""Seconds that a turn is remembered; longer intervals of limits are taken for this."""
_BUSY_MILLISECONDS = 1000

Clock: TypeAlias = Callable[[], float]
_T = TypeVar("_T")
_Work: TypeAlias = Callable[[sqlite3.Connection, float], _T]

_TABLES = (
    """CREATE TABLE IF NOT EXISTS pace (
        host TEXT NOT NULL, pool TEXT NOT NULL, most INTEGER, seconds REAL, at_once INTEGER,
        rests_until REAL NOT NULL DEFAULT 0, PRIMARY KEY (host, pool)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS turn (
        id INTEGER PRIMARY KEY AUTOINCREMENT, host TEXT NOT NULL, pool TEXT NOT NULL,
        counted REAL NOT NULL, held_until REAL NOT NULL)""",
)


class Turn(NamedTuple):
    """Leave to send one question, or the seconds after which to ask for leave again."""

    id: int
    wait: float = 0.0


class Pacing:
    """Gives turns; get one from `in_memory` or `shared`. Threads may share it.

    It never fails: where the file cannot be used (any longer), the process paces itself alone.
    """

    def __init__(self, connection: sqlite3.Connection, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._told: dict[tuple[str, str], tuple[int, float, int]] = {}
        self._use(connection)

    @classmethod
    def in_memory(cls, clock: Clock = time.monotonic) -> Pacing:
        """For this process alone; ``clock`` gives seconds."""
        return cls(_memory(), clock)

    @classmethod
    def shared(cls, path: Path | str, clock: Clock = time.time) -> Pacing:
        """For all processes that name this cache file, which `kb.store.cache.Cache` has made."""
        try:
            with plain_errors(Path(path), CACHE):
                connection = connect(ready(Path(path), CACHE, lambda file: None))
                connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
                connection.execute("PRAGMA synchronous = NORMAL")
                return cls(connection, clock)
        except StoreError:
            return cls.in_memory()

    def turn(self, host: str, pool: str, usual: tuple[int, float, int]) -> Turn:
        """Take a turn, or learn how long to wait for one.

        Parameters
        ----------
        host, pool
            Whose limit counts. What is under way is counted for the host, all pools together.
        usual
            The limit where the host has named none: at most so many questions, in any so many seconds, and so many
            under way at one time.
        """
        return self._do(lambda connection, now: _turn(connection, now, host, pool, usual))

    def keep(self, turns: Iterable[int]) -> None:
        """Hold turns on; to be called at least every ``HELD_SECONDS``."""
        held = list(turns)
        holding = "UPDATE turn SET held_until = ? WHERE id = ?"
        self._do(lambda connection, now: connection.executemany(holding, [(now + HELD_SECONDS, turn) for turn in held]))

    def done(self, turn: int) -> None:
        """Give a turn back: its question is answered, or given up."""
        ended = "UPDATE turn SET held_until = 0, counted = min(counted, ?) WHERE id = ?"
        self._do(lambda connection, now: connection.execute(ended, (now, turn)))

    def rest(self, host: str, pool: str, seconds: float) -> None:
        """Nobody takes a turn for so many seconds, at most ``LONGEST_REST``."""
        length = min(seconds, LONGEST_REST)
        resting = (
            "INSERT INTO pace (host, pool, rests_until) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET rests_until = max(rests_until, excluded.rests_until)"
        )
        self._do(lambda connection, now: connection.execute(resting, (host, pool, now + length)))

    def learn(self, host: str, pool: str, limit: tuple[int, float, int]) -> None:
        """Keep to this limit from now on, in place of the usual one; the same three numbers as in `turn`."""
        if self._told.get((host, pool)) == limit:
            return
        self._told[host, pool] = limit
        learning = (
            "INSERT INTO pace (host, pool, most, seconds, at_once) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE "
            "SET most = excluded.most, seconds = excluded.seconds, at_once = excluded.at_once"
        )
        self._do(lambda connection, _: connection.execute(learning, (host, pool, *limit)))

    def _do(self, work: _Work[_T]) -> _T:
        with self._lock:
            try:
                return self._alone(work)
            except sqlite3.Error:  # politeness is no reason to fail: from here on this process paces itself alone
                self._close()
                self._use(_memory())
                return self._alone(work)

    def _alone(self, work: _Work[_T]) -> _T:
        """Do some work in one transaction that no other process comes between."""
        with self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            # Only now, since who waited for another process would act on a time before that one's.
            return work(connection, self._clock())

    def _use(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._close = weakref.finalize(self, connection.close)
        for table in _TABLES:
            connection.execute(table)


def _memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def _turn(connection: sqlite3.Connection, now: float, host: str, pool: str, usual: tuple[int, float, int]) -> Turn:
    # What lies in the future was written before somebody set the clock back.
    connection.execute(
        "DELETE FROM turn WHERE (held_until < ?1 AND counted < ?1 - ?2) OR counted > ?1 + ?3",
        (now, LONGEST_INTERVAL, 2 * TRAVEL_SECONDS),
    )
    known = connection.execute(
        "SELECT most, seconds, at_once, rests_until FROM pace WHERE host = ? AND pool = ?", (host, pool)
    ).fetchone()
    most, seconds, at_once = known[:3] if known and known[0] is not None else usual
    waits = [0.0]
    if known and known[3] <= now + LONGEST_REST:
        waits.append(known[3] - now)
    held = "SELECT count(*) FROM turn WHERE host = ? AND held_until > ?"
    if connection.execute(held, (host, now)).fetchone()[0] >= at_once:
        waits.append(POLL_SECONDS)
    counted = "SELECT counted FROM turn WHERE host = ? AND pool = ? ORDER BY counted DESC LIMIT 1 OFFSET ?"
    oldest = connection.execute(counted, (host, pool, most - 1)).fetchone()
    if oldest:
        waits.append(oldest[0] + min(seconds, LONGEST_INTERVAL) - now)
    if max(waits) > 0:
        return Turn(0, max(waits))
    taking = "INSERT INTO turn (host, pool, counted, held_until) VALUES (?, ?, ?, ?)"
    taken = connection.execute(taking, (host, pool, now + TRAVEL_SECONDS, now + HELD_SECONDS))
    return Turn(taken.lastrowid or 0)
