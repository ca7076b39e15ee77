"""Registries of synthetic works on 127.0.0.1 that keep Crossref's polite limits, and count what they are asked."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter, deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from kb.model import Reference

LONGEST_PATH = 4096
DEFAULT_ROWS = 20
_LIST = (
    b'{"status": "ok", "message-type": "work-list", '
    b'"message": {"facets": {}, "total-results": 0, "items-per-page": 0, "query": {}, "items": [%s]}}'
)
_WORK = b'{"status": "ok", "message-type": "work", "message": %s}'
_NOTHING_FOUND = {
    "/entrez/eutils/esearch.fcgi": {"esearchresult": {"count": "0", "idlist": []}},
    "/searchPOST": {"hitCount": 0, "resultList": {"result": []}},
}
"""What PubMed and Europe PMC answer where they hold none of the works."""
_WORDS = (
    "heat cold knee hip sciatica pain exercise therapy trial cohort of in adults with and for randomized outcome "
    "long-term effect chronic acute lumbar nerve root walking strength dose placebo comparison after surgery"
).split()
_NAMES = "Roe Poe Doe Moe Loe Coe Noe Woe Koe Zoe Iyer Okafor Lindqvist Müller Østergaard Nguyen Ferreira Abe".split()


class Limits(NamedTuple):
    """What a registry bears: questions in any second, of them under way at once, and seconds that each takes."""

    lists: int = 3
    singles: int = 10
    at_once: int = 3
    latency: float = 0.06


CROSSREF_POLITE = Limits()
LAVISH = Limits(lists=10_000, singles=10_000, at_once=100, latency=0.005)


def works(count: int, kind: str) -> list[dict[str, Any]]:
    """Works of one of Crossref's types, always the same; DOI, abstract and reference list of the usual length."""
    chance = random.Random(2016)
    return [_work(number, chance) | {"type": kind} for number in range(count)]


def reference_to(work: dict[str, Any], position: int) -> Reference:
    """The entry of a bibliography that names this work rightly."""
    doi, year = work["DOI"], str(work["issued"]["date-parts"][0][0])
    return Reference(
        id=f"r{position}",
        position=position,
        text=f"{work['author'][0]['family']}. {work['title'][0]}. {work['container-title'][0]}. {year}.",
        source=f"doi:{doi}",
        authors=tuple(author["family"] for author in work["author"]),
        year=year,
        title=work["title"][0],
        container=work["container-title"][0],
        doi=doi,
    )


class Registry:
    """The server, as a context manager; ``asked`` counts requests by pool and status, ``dois`` those by DOI."""

    def __init__(self, known: list[dict[str, Any]], limits: Limits = CROSSREF_POLITE) -> None:
        self.asked: Counter[str] = Counter()
        self.dois: Counter[str] = Counter()
        self.limits = limits
        self._known = {str(work["DOI"]): work for work in known}
        self._records = {doi: _json(work) for doi, work in self._known.items()}
        self._lock = threading.Lock()
        self._recent: dict[str, deque[float]] = {"list": deque(), "single": deque()}
        self._under_way = 0
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def requests(self) -> int:
        """All requests, also those that were refused."""
        return self.asked.total()

    @property
    def limited(self) -> int:
        """The requests that were refused for the limits."""
        return sum(count for what, count in self.asked.items() if what.endswith("429"))

    def __enter__(self) -> Registry:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, pool and body of the answer to one request, after the time that it takes."""
        pool = "list" if path.startswith("/works?") else "single"
        if not self._admitted(pool):
            status, body = 429, b"<html><body>Too many requests</body></html>"
        else:
            time.sleep(self.limits.latency)
            status, body = self._found(path)
            with self._lock:
                self._under_way -= 1
        with self._lock:
            self.asked[f"{pool} {status}"] += 1
        return status, pool, body

    def _admitted(self, pool: str) -> bool:
        most = self.limits.lists if pool == "list" else self.limits.singles
        with self._lock:
            now, recent = time.monotonic(), self._recent[pool]
            while recent and recent[0] <= now - 1:
                recent.popleft()
            if len(recent) >= most or self._under_way >= self.limits.at_once:
                return False
            recent.append(now)
            self._under_way += 1
            return True

    def _found(self, path: str) -> tuple[int, bytes]:
        if len(path) > LONGEST_PATH:
            return 414, b""
        parts = urlsplit(path)
        if parts.path == "/works":
            query = parse_qs(parts.query)
            asked = [one.removeprefix("doi:") for one in query.get("filter", [""])[0].split(",")]
            rows = int(query.get("rows", [str(DEFAULT_ROWS)])[0])
            self._note(asked)
            return 200, _LIST % b",".join([self._records[doi] for doi in asked if doi in self._records][:rows])
        if parts.path in _NOTHING_FOUND:
            return 200, _json(_NOTHING_FOUND[parts.path])
        doi = unquote(parts.path.removeprefix("/works/").lstrip("/"))
        self._note([doi])
        if doi not in self._known:
            return 404, b"Resource not found."
        if parts.path.startswith("/works/"):
            return 200, _WORK % self._records[doi]
        return 200, _json(_citation_item(self._known[doi]))

    def _note(self, dois: list[str]) -> None:
        with self._lock:
            self.dois.update(dois)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is what a benchmark is about: nothing to print."""


def _handler(registry: Registry) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body are sent apart; without this the second waits for the client's acknowledgement.
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._reply()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._reply()

        def _reply(self) -> None:
            status, pool, body = registry.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", "application/json" if status == 200 else "text/html")
            self.send_header("Content-Length", str(len(body)))
            limits = registry.limits
            self.send_header("x-rate-limit-limit", str(limits.lists if pool == "list" else limits.singles))
            self.send_header("x-rate-limit-interval", "1s")
            self.send_header("x-concurrency-limit", str(limits.at_once))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    return Handler


def _work(number: int, chance: random.Random) -> dict[str, Any]:
    year, volume = chance.randint(1990, 2025), chance.randint(1, 80)
    return {
        "DOI": f"10.5555/knee.{year}.{number:05d}",
        "title": [f"{' '.join(chance.choices(_WORDS, k=9)).capitalize()}: study {number}"],
        "author": [{"family": name, "given": "A."} for name in chance.sample(_NAMES, k=4)],
        "container-title": [f"Journal of {chance.choice(_WORDS)} {chance.choice(_WORDS)}"],
        "issued": {"date-parts": [[year, chance.randint(1, 12)]]},
        "volume": str(volume),
        "URL": f"https://doi.org/10.5555/knee.{year}.{number:05d}",
        "abstract": f"<jats:p>{' '.join(chance.choices(_WORDS, k=200))}.</jats:p>",
        "reference": [{"key": f"ref{place}", "DOI": f"10.5555/older.{number}.{place}"} for place in range(30)],
    }


def _citation_item(work: dict[str, Any]) -> dict[str, Any]:
    """The work as doi.org gives it to who asks for a CSL item."""
    return {
        "type": "article-journal",
        "title": work["title"][0],
        "author": work["author"],
        "issued": work["issued"],
        "container-title": work["container-title"][0],
    }


def _json(value: object) -> bytes:
    return json.dumps(value).encode()
