"""Text sent to one address that the user configured, such as a chat model's: as JSON, in bounded time and memory.

The address may lie on this machine or in a private network, since the user chose it. It is reached directly and never
through a proxy, no redirect is followed, and over plain http nothing is sent to the public web.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from ingest.http import body, wire
from ingest.http.addresses import not_public
from ingest.http.answer import TOO_LATE, Answer, Outcome, judge
from ingest.http.client import retry_wait
from ingest.http.dial import Connection, Dial

LONGEST_CALL = 60.0
"""Seconds that one answer may take at most: a model on a small machine writes a few words a second."""
LONGEST_DIAL = 3.0
"""Seconds until a connection must stand, names included; without a network the run goes on after them."""
MOST_BYTES = 1_000_000
STRIKES = 3
"""Questions without an answer, one after the other, after which no more is sent; a first one is enough where nothing
was ever answered."""
_HEARD: frozenset[Outcome] = frozenset({"ok", "malformed", "refused"})
_SHUT = frozenset({401, 403, 404})
"""What every further piece would meet too: a key that is not taken, an address that is none (RFC 9110, 15.5)."""
_OFFLINE = Answer(outcome="not attempted", reason="offline")
_NO_TIME = Answer(outcome="not attempted", reason="no time was left")
_LATE = Answer(outcome="unreachable", reason=TOO_LATE, lasting=True)
_NO_CONNECTION = Answer(outcome="unreachable", reason="no connection could be made in time", lasting=True)
_PLAIN = Answer(outcome="not attempted", reason="over http:// nothing is sent to the public web", lasting=True)
_ELSEWHERE = Answer(outcome="malformed", reason="it sent us on to another address", lasting=True)


class _PlainError(Exception):
    """The connection would carry text and key across the public web, unencrypted."""


@dataclass(slots=True, eq=False)
class _Letter:
    """One sending on its way: until when it may take, whether a connection stands, and what came back."""

    ends: float
    connected: threading.Event = field(default_factory=threading.Event)
    back: queue.SimpleQueue[Answer] = field(default_factory=queue.SimpleQueue)


class Post:
    """Sends JSON to one address, one piece after the other, and never raises for what the world does.

    Parameters
    ----------
    url
        The whole address, without a secret.
    key
        Sent as a bearer token; printable ASCII, or empty for none.
    seconds
        That all of it may take together, from the first sending on.
    offline
        Never open a socket.
    dial, clock, sleep
        How connections are made, monotonic seconds, and how to wait for them; replaced in tests.
    """

    def __init__(
        self,
        url: str,
        key: str,
        seconds: float,
        *,
        offline: bool = False,
        dial: Callable[[str, int, float | None], Connection] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._url, self._key, self._seconds, self._offline = url, key, seconds, offline
        self._dial = dial or Dial(allow_private=True)
        self._clock, self._sleep = clock, sleep
        self._closes: float | None = None
        self._down: Answer | None = _OFFLINE if offline else None
        self._strikes = 0
        self._answered = False

    def send(self, content: bytes) -> Answer:
        """What comes of sending this JSON; a server that is busy or at fault is asked again within the time."""
        if self._down is not None:
            return self._down
        now = self._clock()
        self._closes = self._closes or now + self._seconds
        ends = min(now + LONGEST_CALL, self._closes)
        answer, tries = _NO_TIME, 0
        while self._clock() < ends:
            answer, tries = self._once(content, ends), tries + 1
            wait = retry_wait(answer, tries)
            if wait is None or self._clock() + wait >= ends:
                break
            self._sleep(wait)
        self._remember(answer)
        return answer

    def _once(self, content: bytes, ends: float) -> Answer:
        """What came of one sending; a thread does it, see `ingest.http.client`."""
        letter = _Letter(ends)
        dialled = min(ends, self._clock() + LONGEST_DIAL)
        threading.Thread(target=self._carry, args=(letter, content), name=wire.THREAD, daemon=True).start()
        while (left := (ends if letter.connected.is_set() else dialled) - self._clock()) > 0:
            with suppress(queue.Empty):
                return letter.back.get(timeout=left)
        return _LATE if letter.connected.is_set() else _NO_CONNECTION

    def _carry(self, letter: _Letter, content: bytes) -> None:
        try:
            with wire.open_session("") as session:  # one each, so that every sending dials and can tell when it has
                wire.only_through(session, partial(self._connect, letter))
                left = max(0.001, letter.ends - self._clock())
                with wire.open_post(session, self._url, content, self._key, left) as response:
                    letter.back.put(self._read(response, letter.ends))
        except Exception as error:  # whatever the libraries below make of hostile input is the world's fault
            letter.back.put(_PLAIN if _caused(error, _PlainError) else wire.explain(error))

    def _read(self, response: wire.Response, ends: float) -> Answer:
        if response.is_redirect:
            return _ELSEWHERE
        says = response.status_code == 200
        coding = response.headers.get("Content-Encoding", "") if says else ""
        pieces = wire.pieces(response, ends, self._clock) if says else ()
        with body.whole(pieces, coding, MOST_BYTES) as content:
            return judge(response.status_code, response.headers.get("Retry-After"), content)

    def _connect(self, letter: _Letter, host: str, port: int, timeout: float | None) -> Connection:
        made = self._dial(host, port, LONGEST_DIAL)
        if self._url.startswith("http:") and not not_public(made.getpeername()[0]):
            made.close()
            raise _PlainError
        made.settimeout(timeout)
        letter.connected.set()
        return made

    def _remember(self, answer: Answer) -> None:
        """Note what came of a sending: whether any more make sense."""
        if answer.outcome in _HEARD and answer.status not in _SHUT and not answer.lasting:
            self._answered, self._strikes = True, 0
            return
        self._strikes += 1
        first = answer.lasting and answer.outcome != "limited" and not self._answered
        if first or answer.status in _SHUT or self._strikes >= STRIKES:
            self._down = answer


def _caused(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None:
        if isinstance(error, kind):
            return True
        error = error.__cause__ or error.__context__
    return False
