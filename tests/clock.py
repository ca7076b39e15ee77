"""A clock for what waits: nobody has to wait for it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable


class Clock:
    """Seconds that pass by themselves, and at once where somebody waits for them; ``slept`` lists those.

    Parameters
    ----------
    stands
        None passes by itself, so that what somebody waits for is known exactly.
    """

    def __init__(self, *, stands: bool = False) -> None:
        self.slept: list[float] = []
        self._stands = stands

    def __call__(self) -> float:
        return sum(self.slept, 0.0 if self._stands else time.monotonic())

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def hang(self, seconds: float) -> Callable[[socket.socket, threading.Event], None]:
        """What a server does that takes a question and never answers, after which so many seconds have passed."""

        def never(connection: socket.socket, released: threading.Event) -> None:
            self.sleep(seconds)
            released.wait()

        return never
