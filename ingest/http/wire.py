"""One question over the wire: the only importer of requests.

Everything that comes back is hostile: it may be endless, packed a thousandfold, slow, or lead elsewhere.
"""

from __future__ import annotations

import errno
import http.client
import logging
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias
from urllib.parse import urlencode, urljoin, urlsplit

from ingest.http import body, limits
from ingest.http.answer import TOO_LATE, Answer, judge
from ingest.http.limits import Limit

if TYPE_CHECKING:
    import requests

Session: TypeAlias = "requests.Session"
Response: TypeAlias = "requests.Response"

REDIRECTS = 3
THREAD = "kb asks a registry"
"""Name of the threads that send questions; what they would log holds addresses, and so is dropped."""
_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL})

_FAULTS: tuple[tuple[tuple[type[BaseException], ...], Answer], ...] = (
    ((socket.gaierror,), Answer(outcome="unreachable", reason="no network, or no such host", lasting=True)),
    ((ConnectionRefusedError,), Answer(outcome="unreachable", reason="the connection was refused", lasting=True)),
    ((ssl.SSLError,), Answer(outcome="unreachable", reason="no secure connection could be made", lasting=True)),
    ((TimeoutError,), Answer(outcome="unreachable", reason=TOO_LATE, lasting=True)),
    (
        (ConnectionError, http.client.IncompleteRead),
        Answer(outcome="unreachable", reason="the connection broke off"),
    ),
    ((body.CrowdedError,), Answer(outcome="unreachable", reason="too much came at the same time")),
    ((http.client.HTTPException,), Answer(outcome="malformed", reason="the answer is not HTTP")),
    ((zlib.error,), Answer(outcome="malformed", reason="the answer could not be unpacked")),
)
"""What an error at the bottom of a failed request means; the first row that fits any error of the chain counts."""


class Request(Protocol):
    """What must be known of a question to send it; `ingest.resolve.question.Question` is one."""

    @property
    def url(self) -> str:
        """The whole address, without any secret."""

    @property
    def pool(self) -> str:
        """Which of the limits of its registry it falls under."""

    @property
    def form(self) -> tuple[tuple[str, str], ...] | None:
        """The fields of a POST form; None for GET."""

    @property
    def secret(self) -> tuple[tuple[str, str], ...]:
        """Fields that are added to the address, or to the form, when it is sent."""


class Heard(NamedTuple):
    """What came of one sending, and the limit that the registry named with it."""

    answer: Answer
    limit: Limit | None = None


def open_session(mailto: str) -> Session:
    """A session that says who asks, and logs nothing."""
    import requests

    for name in ("urllib3.connectionpool", "urllib3.connection"):
        logging.getLogger(name).addFilter(_not_ours)
    session = requests.Session()
    session.headers.update(
        {"User-Agent": user_agent(mailto), "Accept": "application/json, */*;q=0.5", "Accept-Encoding": "gzip"}
    )
    return session


def send(session: Session, request: Request, ends: float, clock: Callable[[], float] = time.monotonic) -> Heard:
    """Send one question and read what comes back, until ``ends`` on the clock; never raises for what the world does.

    ``ends`` bounds every step of it but a name server that never answers, and so the caller must not wait for this.
    """
    try:
        return _follow(session, request, ends, clock)
    except Exception as error:  # whatever the libraries below make of hostile input is the world's fault
        return Heard(explain(error))


def _follow(session: Session, request: Request, ends: float, clock: Callable[[], float]) -> Heard:
    url, form = _with_secret(request)
    for _ in range(REDIRECTS + 1):
        with _open(session, url, form, max(0.001, ends - clock())) as response:
            if not response.is_redirect:
                says = response.status_code in (200, 404)
                coding = response.headers.get("Content-Encoding", "") if says else ""
                with body.whole(pieces(response, ends, clock) if says else (), coding) as content:
                    judged = judge(response.status_code, response.headers.get("Retry-After"), content)
                return Heard(judged, limits.told(response.headers))
            # Only these two keep the form (RFC 9110, 15.4); after the others it would be lost.
            keeps = form is None or response.status_code in (307, 308)
            target = _target(url, response.headers["Location"])
        if not keeps or target is None:
            return Heard(Answer(outcome="malformed", reason="it sent us on to another address"))
        url = target
    return Heard(Answer(outcome="malformed", reason="it sent us round in circles"))


def _open(session: Session, url: str, form: list[tuple[str, str]] | None, timeout: float) -> requests.Response:
    """Send a question and read the head of the answer."""
    import requests

    request = requests.Request("GET" if form is None else "POST", url, data=form, auth=_no_login)
    return _head(session, request, timeout, direct=False)


def open_page(session: Session, url: str, timeout: float) -> requests.Response:
    """Ask a host itself for a page, without the proxy of the environment, and read the head of the answer.

    No redirect is followed, no cookie kept, and no password sent.
    """
    import requests

    return _head(session, requests.Request("GET", url, auth=_no_login), timeout, direct=True)


def open_post(session: Session, url: str, content: bytes, key: str, timeout: float) -> requests.Response:
    """Send JSON to a host itself, as ``open_page`` asks for a page; a key travels in the header of this request alone.

    Parameters
    ----------
    key
        Printable ASCII; sent as a bearer token (RFC 6750), or not at all where it is empty.
    """
    import requests

    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    request = requests.Request("POST", url, data=content, headers=headers, auth=_no_login)
    return _head(session, request, timeout, direct=True)


def _head(session: Session, request: requests.Request, timeout: float, *, direct: bool) -> requests.Response:
    url = request.url
    environment = session.merge_environment_settings(url, _proxies(url), stream=True, verify=True, cert=None)
    # Not through session.send, which reads the whole body of a redirect, however large, to keep the connection.
    return session.get_adapter(url).send(
        session.prepare_request(request),
        stream=True,
        timeout=timeout,
        verify=environment["verify"] or True,
        cert=environment["cert"],
        proxies={} if direct else environment["proxies"],
    )


def only_through(session: Session, dial: Callable[[str, int, float | None], socket.socket]) -> None:
    """Let a session make connections by ``dial`` alone, which is given host, port and seconds.

    What an https connection is encrypted for, and whose certificate is checked, stays the host.
    """
    from requests.adapters import HTTPAdapter
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return dial(self.host, self.port, self.timeout)

    class Encrypted(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return dial(self.host, self.port, self.timeout)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class EncryptedPool(HTTPSConnectionPool):
        ConnectionCls = Encrypted

    adapter = HTTPAdapter()
    adapter.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": EncryptedPool}
    for scheme in ("http://", "https://"):
        session.mount(scheme, adapter)


def _with_secret(request: Request) -> tuple[str, list[tuple[str, str]] | None]:
    if request.form is not None:
        return request.url, [*request.form, *request.secret]
    if not request.secret:
        return request.url, None
    return f"{request.url}{'&' if '?' in request.url else '?'}{urlencode(request.secret)}", None


def pieces(response: requests.Response, ends: float, clock: Callable[[], float]) -> Iterator[bytes]:
    """A body as it arrives, still packed, until ``ends`` on the clock; then ``TimeoutError``."""
    while piece := response.raw.read1(body.PIECE, decode_content=False):
        if clock() >= ends:
            raise TimeoutError
        yield piece


def _target(url: str, location: str) -> str | None:
    """Where a redirect leads, if we may follow it."""
    try:
        target = urljoin(url, location)
        return target if may_follow(url, target) else None
    except ValueError:
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
    """Which fault of the world an exception stands for; nothing of its text is kept, since it may quote a secret."""
    import requests

    chain = tuple(_chain(error))
    for types, meaning in _FAULTS:
        if any(isinstance(one, types) for one in chain):
            return meaning
    if any(isinstance(one, OSError) and one.errno in _NO_ROUTE for one in chain):
        return Answer(outcome="unreachable", reason="no network", lasting=True)
    if isinstance(error, requests.Timeout):
        return Answer(outcome="unreachable", reason=TOO_LATE, lasting=True)
    if isinstance(error, ValueError):
        return Answer(outcome="unreachable", reason="its configured address is not one", lasting=True)
    return Answer(outcome="unreachable", reason="the connection failed")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _proxies(url: str) -> dict[str, str]:
    """A proxy of the environment is used as usual, but never to reach this machine itself."""
    host = urlsplit(url).hostname or ""
    return {"no_proxy": host} if host in ("127.0.0.1", "localhost", "::1") else {}


def _no_login(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps requests from sending a password that it finds for this host in the user's .netrc file."""
    return request


def _not_ours(record: logging.LogRecord) -> bool:
    return threading.current_thread().name != THREAD


def user_agent(mailto: str) -> str:
    """Name and version of this project, and where to reach the user if they said so."""
    try:
        name = f"evidence-kb/{version('evidence-kb')}"
    except PackageNotFoundError:  # run from a source tree that was never installed
        name = "evidence-kb"
    address = limits.mail_address(mailto)
    return f"{name} (mailto:{address})" if address else name
