"""The one HTTP room: asks registries, and tells every way in which the world fails from every other.

``Http.get_json`` never raises for a fault of the network or of a registry. The blocking work is done by a daemon
thread that is left behind at the deadline, because no timeout of a socket covers a name server that never answers
or a body that arrives one byte a second.
"""

from __future__ import annotations

import errno
import http.client
import queue
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from urllib.parse import urljoin, urlsplit

import msgspec

from kb.model import Record
from kb.settings import Settings

if TYPE_CHECKING:
    import requests

Outcome: TypeAlias = Literal[
    "ok", "not found", "refused", "limited", "server error", "malformed", "unreachable", "not attempted"
]

MOST_BYTES = 20_000_000
"""Largest body accepted, in bytes after decompression; a full list of 100 Crossref works takes about 5 million."""
RETRIES = 2
REDIRECTS = 3
BACKOFF = 0.5
"""Seconds before the first retry where the registry names none; doubled for each further one."""
LONGEST_CALL = 20.0
"""Seconds that one question may take at most, whatever the budget of the run."""
CALL_SHARE = 0.75
"""Part of the run's budget that one question may use up, so that a registry that hangs leaves time for another."""
_PIECE = 65_536
_RETRIED: frozenset[Outcome] = frozenset({"limited", "server error"})
_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL})
_TOO_LATE = "no complete answer within the time allowed"


class Answer(Record, frozen=True, kw_only=True):
    """What came of one question.

    ``data`` is the JSON object of an answer that is ok, and that of a "not found" where it has one. ``reason`` says
    in plain words what went wrong; it holds no address and nothing of the answer. ``lasting`` marks a fault that
    the next question to the same host would meet again.
    """

    outcome: Outcome
    data: dict[str, Any] | None = None
    reason: str = ""
    status: int | None = None
    retry_after: float | None = None
    """Seconds that the registry asked to wait."""
    lasting: bool = False


_FAULTS: tuple[tuple[tuple[type[BaseException], ...], Answer], ...] = (
    ((socket.gaierror,), Answer(outcome="unreachable", reason="no network, or no such host", lasting=True)),
    ((ConnectionRefusedError,), Answer(outcome="unreachable", reason="the connection was refused", lasting=True)),
    ((ssl.SSLError,), Answer(outcome="unreachable", reason="no secure connection could be made", lasting=True)),
    ((TimeoutError,), Answer(outcome="unreachable", reason=_TOO_LATE, lasting=True)),
    (
        (ConnectionError, http.client.IncompleteRead),
        Answer(outcome="unreachable", reason="the connection broke off"),
    ),
    ((http.client.HTTPException,), Answer(outcome="malformed", reason="the answer is not HTTP")),
)
"""What an error at the bottom of a failed request means; the first row that fits any error of the chain counts."""


class Http:
    """Asks over HTTP within a budget of time, politely.

    The budget (``settings.deadline``, in seconds) runs from the first question; one question takes at most
    three quarters of it and never more than ``LONGEST_CALL``. A host that turned out to be out of reach is not
    asked again. ``settings.mailto`` travels in the User-Agent header alone, so that no address holds it.

    Parameters
    ----------
    settings
        ``deadline``, ``mailto`` and ``offline`` are read.
    clock, sleep
        Monotonic seconds, and how to wait for them; replaced in tests.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._sleep = sleep
        self._session: requests.Session | None = None
        self._run_ends: float | None = None
        self._down: dict[str, Answer] = {}

    def get_json(self, url: str) -> Answer:
        """The JSON object at an address, or which of the world's faults stood in the way; never raises for one."""
        if self._settings.offline:
            return Answer(outcome="not attempted", reason="offline")
        host = _host(url)
        if host in self._down:
            return self._down[host]
        if self._session is None:
            self._session = _session(self._settings.mailto)
        now = self._clock()
        if self._run_ends is None:
            self._run_ends = now + self._settings.deadline
        if now >= self._run_ends:
            return Answer(outcome="not attempted", reason="no time was left")
        end = min(self._run_ends, now + min(LONGEST_CALL, CALL_SHARE * self._settings.deadline))
        answer = self._persist(self._session, url, end)
        if answer.lasting:
            self._down[host] = answer
        return answer

    def _persist(self, session: requests.Session, url: str, end: float) -> Answer:
        """Ask, and ask again where the registry is only busy, as long as the time allows it."""
        answer = self._ask(session, url, end)
        for attempt in range(RETRIES):
            if answer.outcome not in _RETRIED:
                break
            wait = BACKOFF * 2**attempt if answer.retry_after is None else answer.retry_after
            if self._clock() + wait >= end:
                break
            self._sleep(wait)
            answer = self._ask(session, url, end)
        return answer

    def _ask(self, session: requests.Session, url: str, end: float) -> Answer:
        """One try, in a thread that is left behind when the time is up."""
        box: queue.SimpleQueue[Answer] = queue.SimpleQueue()

        def work() -> None:
            try:
                box.put(self._follow(session, url, end))
            except Exception as error:  # whatever the libraries below make of hostile input is the world's fault
                box.put(explain(error))

        threading.Thread(target=work, daemon=True).start()
        try:
            return box.get(timeout=max(0.0, end - self._clock()))
        except queue.Empty:
            return Answer(outcome="unreachable", reason=_TOO_LATE, lasting=True)

    def _follow(self, session: requests.Session, url: str, end: float) -> Answer:
        for _ in range(REDIRECTS + 1):
            left = max(0.001, end - self._clock())
            with session.get(
                url, timeout=left, stream=True, allow_redirects=False, proxies=_proxies(url), auth=_no_login
            ) as response:
                if not response.is_redirect:
                    return judge(response.status_code, response.headers.get("Retry-After"), self._body(response, end))
                target = urljoin(url, response.headers["Location"])
            if not may_follow(url, target):
                return Answer(outcome="malformed", reason="it sent us on to another address")
            url = target
        return Answer(outcome="malformed", reason="it sent us round in circles")

    def _body(self, response: requests.Response, end: float) -> bytes | None:
        """The body after decompression; None where it is larger than ``MOST_BYTES``."""
        if response.status_code not in (200, 404):
            return b""
        body = bytearray()
        while piece := response.raw.read1(_PIECE, decode_content=True):
            body += piece
            if len(body) > MOST_BYTES:
                return None
            if self._clock() >= end:
                raise TimeoutError
        return bytes(body)


def judge(status: int, retry_after: str | None, body: bytes | None) -> Answer:
    """What an HTTP answer means: from its status, its Retry-After header and its body (None: too large)."""
    if status == 429:
        wait = seconds_to_wait(retry_after, datetime.now(UTC))
        return Answer(outcome="limited", reason="too many questions", status=status, retry_after=wait, lasting=True)
    if status >= 500:
        wait = seconds_to_wait(retry_after, datetime.now(UTC))
        return Answer(outcome="server error", reason=f"status {status}", status=status, retry_after=wait)
    if 400 <= status < 500 and status != 404:
        return Answer(outcome="refused", reason=f"status {status}", status=status)
    if status not in (200, 404):
        return Answer(outcome="malformed", reason=f"unexpected status {status}", status=status)
    data, reason = (None, "the answer is too large") if body is None else _object(body)
    if status == 404:
        return Answer(outcome="not found", data=data, status=status)
    return Answer(outcome="malformed" if reason else "ok", data=data, reason=reason, status=status)


def _object(body: bytes) -> tuple[dict[str, Any] | None, str]:
    # msgspec refuses lone surrogates and invalid UTF-8, which json would let through to the knowledge base.
    try:
        data = msgspec.json.decode(body)
    except (msgspec.DecodeError, ValueError):
        return None, "the answer is not JSON"
    except RecursionError:
        return None, "the answer is nested too deeply"
    return (data, "") if isinstance(data, dict) else (None, "the answer is not a JSON object")


def seconds_to_wait(header: str | None, now: datetime) -> float | None:
    """A Retry-After header (RFC 9110, 10.2.3: seconds or a date) in seconds from now; None where it names no time."""
    value = (header or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return float(value)
    try:
        until = parsedate_to_datetime(value)
        return max(0.0, (until if until.tzinfo else until.replace(tzinfo=UTC)).timestamp() - now.timestamp())
    except (TypeError, ValueError, OverflowError):
        return None


def may_follow(url: str, target: str) -> bool:
    """Whether a redirect stays with the host that was asked; from http to https of the same host is allowed."""
    old, new = urlsplit(url), urlsplit(target)
    if new.scheme not in ("http", "https") or old.hostname != new.hostname:
        return False
    ports = (old.port or _PORT.get(old.scheme), new.port or _PORT[new.scheme])
    return ports[0] == ports[1] if old.scheme == new.scheme else new.scheme == "https" and ports == (80, 443)


_PORT = {"http": 80, "https": 443}


def explain(error: Exception) -> Answer:
    """Which fault of the world an exception stands for; nothing of its text is kept, since it may quote headers."""
    import requests
    from urllib3.exceptions import DecodeError

    chain = tuple(_chain(error))
    for types, answer in _FAULTS:
        if any(isinstance(one, types) for one in chain):
            return answer
    if any(isinstance(one, OSError) and one.errno in _NO_ROUTE for one in chain):
        return Answer(outcome="unreachable", reason="no network", lasting=True)
    if any(isinstance(one, DecodeError) for one in chain):
        return Answer(outcome="malformed", reason="the answer could not be decompressed")
    if isinstance(error, requests.Timeout):
        return Answer(outcome="unreachable", reason=_TOO_LATE, lasting=True)
    if isinstance(error, ValueError):
        return Answer(outcome="unreachable", reason="its configured address is not one", lasting=True)
    return Answer(outcome="unreachable", reason="the connection failed")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return url


def _proxies(url: str) -> dict[str, str]:
    """A proxy of the environment is used as usual, but never to reach this machine itself."""
    host = urlsplit(url).hostname or ""
    return {"no_proxy": host} if host in ("127.0.0.1", "localhost", "::1") else {}


def _no_login(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps requests from sending a password that it finds for this host in the user's .netrc file."""
    return request


def _session(mailto: str) -> requests.Session:
    import requests

    session = requests.Session()
    session.headers.update(
        {"User-Agent": user_agent(mailto), "Accept": "application/json", "Accept-Encoding": "gzip, deflate"}
    )
    return session


def user_agent(mailto: str) -> str:
    """Name and version of this project, and where to reach the user if they said so."""
    try:
        name = f"evidence-kb/{version('evidence-kb')}"
    except PackageNotFoundError:  # run from a source tree that was never installed
        name = "evidence-kb"
    return f"{name} (mailto:{mailto})" if re.fullmatch(r"[!-'*-~]+@[!-'*-~]+", mailto) else name
