"""A small HTTP server on 127.0.0.1 whose answers are scripted, and which remembers what it was asked.

A script is a function from ``Seen`` to what should happen, or a sequence of such things, of which the last one is
repeated. What should happen is a ``Reply``, or a function that is given the connection and misbehaves with it.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, TypeAlias
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True)
class Seen:
    """One request as it arrived; ``path`` holds the query and is still encoded, ``body`` a form that was posted."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Reply:
    """An answer that keeps to HTTP, whatever its content."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


Misbehaviour: TypeAlias = Callable[[socket.socket, threading.Event], None]
Act: TypeAlias = Reply | Misbehaviour
Script: TypeAlias = Callable[[Seen], Act] | Sequence[Act]


class Loopback:
    """The server, as a context manager. ``seen`` lists the requests; ``released`` ends what hangs when it closes."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.seen: list[Seen] = []
        self.released = threading.Event()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def next_act(self, seen: Seen) -> Act:
        with self._lock:
            self.seen.append(seen)
            count = len(self.seen)
        if callable(self.script):
            return self.script(seen)
        return self.script[min(count, len(self.script)) - 1]

    def __enter__(self) -> Loopback:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that gives up is what many tests are about: nothing to print."""


def _handler(loopback: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            act = loopback.next_act(Seen(self.command, self.path, dict(self.headers), body))
            if not isinstance(act, Reply):
                self.close_connection = True
                act(self.connection, loopback.released)
                return
            self.send_response(act.status)
            for name, value in ({"Content-Length": str(len(act.body))} | act.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(act.body)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    return Handler


def json_reply(payload: object, status: int = 200, **headers: str) -> Reply:
    """An answer that holds a value as JSON; header names are given with ``_`` for ``-``."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, json.dumps(payload).encode(), {"Content-Type": "application/json"} | named)


def hang(connection: socket.socket, released: threading.Event) -> None:
    """Take the question and never answer."""
    released.wait()


def drip(connection: socket.socket, released: threading.Event) -> None:
    """Send a body of which the next byte is always about to come."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{")
    while not released.wait(0.05):
        connection.sendall(b" ")


def reset(connection: socket.socket, released: threading.Event) -> None:
    """Tear the connection down in the middle of the question (SO_LINGER 0 sends RST)."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def closed_port() -> str:
    """The address of a port of this machine at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def registries(works: Iterable[dict[str, Any]] = (), elsewhere: Iterable[str] = ()) -> Callable[[Seen], Reply]:
    """A script that answers as Crossref does for these works, and as doi.org does for them and DOIs of others."""
    known = {str(work["DOI"]).lower(): work for work in works}
    others = {doi.lower() for doi in elsewhere}

    def answer(seen: Seen) -> Reply:
        parts = urlsplit(seen.path)
        if parts.path.startswith("/api/handles/"):
            doi = unquote(parts.path.removeprefix("/api/handles/"))
            exists = doi in known or doi in others
            return json_reply({"responseCode": 1 if exists else 100, "handle": doi}, 200 if exists else 404)
        if parts.path == "/works":
            query = parse_qs(parts.query)
            asked = [one.removeprefix("doi:") for one in query["filter"][0].split(",")]
            items = [known[doi] for doi in asked if doi in known][: int(query["rows"][0])]
            return json_reply({"status": "ok", "message-type": "work-list", "message": {"items": items}})
        doi = unquote(parts.path.removeprefix("/works/"))
        if doi in known:
            return json_reply({"status": "ok", "message-type": "work", "message": known[doi]})
        return Reply(404, b"Resource not found.", {"Content-Type": "text/plain"})

    return answer
