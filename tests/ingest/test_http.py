"""The HTTP room against a server that does what servers should not do."""

from __future__ import annotations

import csv
import gzip
import json
import logging
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.http import Answer, Http, Outcome, client, judge, run, wire
from ingest.http.answer import MOST_BYTES, seconds_to_wait
from ingest.resolve.question import Question
from kb.settings import Settings
from tests.clock import Clock
from tests.costs import assert_within, wall
from tests.loopback import Act, Loopback, Reply, Seen, closed_port, drip, hang, json_reply, reset

DEADLINE = 1.0
PLENTY = 60.0
"""Seconds in which whatever is answered at all is answered on the busiest machine."""
DEEP = b"[" * 100_000
BOMB = gzip.compress(b" " * 60_000_000)
OBJECT = {"message": {"title": "Sciatica"}}


@pytest.fixture(autouse=True, scope="module")
def _imported() -> None:
    """What asking imports at first takes longer than the deadlines here."""
    asker().ask(question(closed_port()))


@pytest.fixture
def serve() -> Iterator[Callable[..., Loopback]]:
    with ExitStack() as stack:
        yield lambda *acts: stack.enter_context(Loopback(acts))


def asker(seconds: float = PLENTY, mailto: str = "") -> Http:
    """Asks within so many seconds; it does not really wait before it asks again."""
    clock = Clock()
    settings = Settings(deadline=seconds, patience=seconds, mailto=mailto)
    return Http(settings, clock=clock, sleep=clock.sleep)


def question(url: str, pool: str = "single", **fields: Any) -> Question:
    return Question(url=url, ids=("10.1000/1",), pool=pool, **fields)


def ask(asking: Http, url: str, **fields: Any) -> Answer:
    return asking.ask(question(url, **fields))


FAULTS: list[tuple[str, Act, Outcome]] = [
    ("not found", Reply(404, b"Resource not found."), "not found"),
    ("not found, as HTML", Reply(404, b"<html>"), "not found"),
    ("bad request", Reply(400, b"{}"), "refused"),
    ("forbidden", Reply(403), "refused"),
    ("limited", Reply(429, b"<html>", {"Retry-After": "0"}), "limited"),
    ("limited for an hour", Reply(429, b"", {"Retry-After": "3600"}), "limited"),
    ("limited, until no date", Reply(429, b"", {"Retry-After": "soon"}), "limited"),
    ("server error", Reply(503, b"", {"Retry-After": "0"}), "server error"),
    ("server error that looks like a record", json_reply(OBJECT, 500, Retry_After="0"), "server error"),
    ("a page", Reply(200, b"<html><body>Please log in</body></html>"), "malformed"),
    ("empty", Reply(200, b""), "malformed"),
    ("no content", Reply(204), "malformed"),
    ("truncated JSON", Reply(200, json.dumps(OBJECT).encode()[:-4]), "malformed"),
    ("too many values", Reply(200, b"[" + b"[]," * 1_000_000 + b"0]"), "malformed"),
    ("XML that is no UTF-8", Reply(200, b"<a>\xff</a>"), "malformed"),
    ("null", json_reply(None), "malformed"),
    ("invalid UTF-8", Reply(200, b'{"title": "\xff\xfe"}'), "malformed"),
    ("lone surrogate", Reply(200, rb'{"title": "\ud800"}'), "malformed"),
    ("nested deeply", Reply(200, b'{"a":' + DEEP), "malformed"),
    ("gzip bomb", Reply(200, BOMB, {"Content-Encoding": "gzip"}), "malformed"),
    ("gzip cut off", Reply(200, gzip.compress(b"{}")[:-4], {"Content-Encoding": "gzip"}), "malformed"),
    ("a coding that was not asked for", Reply(200, b"{}", {"Content-Encoding": "br"}), "malformed"),
    ("gzip that is none", Reply(200, b"{}", {"Content-Encoding": "gzip"}), "malformed"),
    ("short body", Reply(200, b"{}", {"Content-Length": "50", "Connection": "close"}), "unreachable"),
    ("another host", Reply(302, b"", {"Location": "http://localhost/"}), "malformed"),
    ("another port", Reply(302, b"", {"Location": "http://127.0.0.1:1/"}), "malformed"),
    ("another scheme", Reply(302, b"", {"Location": "file:///etc/hosts"}), "malformed"),
    ("no address", Reply(302, b"", {"Location": "http://[/"}), "malformed"),
    ("round in circles", Reply(301, b"", {"Location": "/again"}), "malformed"),
    ("a bomb on the way elsewhere", Reply(302, BOMB, {"Location": "/x", "Content-Encoding": "gzip"}), "malformed"),
    ("redirect to nowhere", Reply(302), "malformed"),
    ("hang", hang, "unreachable"),
    ("drip", drip, "unreachable"),
    ("reset", reset, "unreachable"),
    ("not HTTP", lambda connection, _: connection.sendall(b"220 smtp ready\r\n"), "malformed"),
    ("silence", lambda connection, _: connection.close(), "unreachable"),
]


@pytest.mark.parametrize(("act", "outcome"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_each_fault_keeps_its_name_and_ends_in_time(serve: Callable[..., Loopback], act: Act, outcome: Outcome) -> None:
    server = serve(act)

    def job() -> None:
        answer = ask(asker(DEADLINE if act in (hang, drip) else PLENTY), server.url + "/works")
        assert answer.outcome == outcome
        assert answer.outcome == "not found" or answer.reason
        assert "127.0.0.1" not in answer.reason

    assert_within(DEADLINE + 1, job, wall)


def test_an_object_is_given_back(serve: Callable[..., Loopback]) -> None:
    body = gzip.compress(json.dumps(OBJECT).encode())
    server = serve(Reply(200, body, {"Content-Encoding": "gzip"}))
    answer = ask(asker(), server.url + "/works?filter=doi:10.1000%2Fa%20b,doi:10.1000%2F..%2Fc%252F")
    assert (answer.outcome, answer.data) == ("ok", OBJECT)
    assert server.seen[0].path == "/works?filter=doi:10.1000%2Fa%20b,doi:10.1000%2F..%2Fc%252F"


def test_a_not_found_keeps_its_object(serve: Callable[..., Loopback]) -> None:
    assert ask(asker(), serve(json_reply({"responseCode": 100}, 404)).url).data == {"responseCode": 100}


def test_redirects_within_the_host_are_followed(serve: Callable[..., Loopback]) -> None:
    server = serve(Reply(301, b"", {"Location": "/v1/works"}), json_reply(OBJECT))
    assert ask(asker(), server.url + "/works").data == OBJECT
    assert [seen.path for seen in server.seen] == ["/works", "/v1/works"]


@pytest.mark.parametrize(
    ("url", "target", "allowed"),
    [
        ("http://a.org/x", "http://a.org/y", True),
        ("http://a.org/x", "https://a.org/x", True),
        ("https://a.org/x", "https://A.org:443/x", True),
        ("https://a.org/x", "http://a.org/x", False),
        ("https://a.org/x", "https://b.org/x", False),
        ("https://a.org/x", "https://a.org.b.org/x", False),
        ("https://a.org/x", "https://a.org:8443/x", False),
        ("http://a.org:8080/x", "https://a.org/x", False),
        ("https://a.org/x", "https://a.org@b.org/x", False),
    ],
)
def test_where_a_redirect_may_lead(url: str, target: str, allowed: bool) -> None:
    assert wire.may_follow(url, target) is allowed


def test_a_busy_registry_is_asked_again_when_it_said(serve: Callable[..., Loopback]) -> None:
    clock = Clock(stands=True)
    server = serve(Reply(429, b"", {"Retry-After": "2"}), Reply(503), json_reply(OBJECT))
    answer = ask(Http(Settings(deadline=20), clock=clock, sleep=clock.sleep), server.url)
    assert answer.data == OBJECT
    assert clock.slept == [2.0, 2 * client.BACKOFF]


def test_at_most_two_retries_and_then_no_further_question(serve: Callable[..., Loopback]) -> None:
    server = serve(Reply(429, b"", {"Retry-After": "0"}))
    asking = asker()
    assert [ask(asking, server.url).outcome for _ in range(3)] == ["limited"] * 3
    assert len(server.seen) == 1 + client.RETRIES


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("1.5", None),
        ("9" * 5000, None),
        ("0", 0.0),
        ("120", 120.0),
        ("Wed, 01 Apr 2026 12:00:30 GMT", 30.0),
        ("Wed, 01 Apr 2026 11:00:00 GMT", 0.0),
        ("Wed, 01 Apr 99999999 11:00:00 GMT", None),
    ],
)
def test_retry_after(header: str | None, seconds: float | None) -> None:
    assert seconds_to_wait(header, datetime(2026, 4, 1, 12, tzinfo=UTC)) == seconds


def test_a_closed_port_is_met_once() -> None:
    address = closed_port()
    asking = asker()
    first = ask(asking, address)
    assert (first.outcome, first.reason) == ("unreachable", "the connection was refused")
    assert ask(asking, address + "/other") == first


def test_a_host_that_hangs_leaves_time_for_another(serve: Callable[..., Loopback]) -> None:
    clock = Clock()
    hanging, sound = serve(clock.hang(15)), serve(json_reply(OBJECT))
    asking = Http(Settings(deadline=20, patience=20), clock=clock, sleep=clock.sleep)
    assert ask(asking, hanging.url).outcome == "unreachable"
    assert ask(asking, hanging.url).outcome == "unreachable"
    assert ask(asking, sound.url).outcome == "ok"
    assert len(hanging.seen) == 1


def test_the_budget_of_a_run_is_shared_by_its_questions(serve: Callable[..., Loopback]) -> None:
    server = serve(json_reply(OBJECT))
    now = [100.0]
    asking = Http(Settings(deadline=80, patience=8), clock=lambda: now[0])
    for seconds, reason in ((0.0, ""), (79.9, ""), (0.2, "no time was left")):
        now[0] += seconds
        assert ask(asking, server.url).reason == reason


def test_patience_ends_where_nobody_has_answered() -> None:
    now = [100.0]
    asking = Http(Settings(deadline=80, patience=8), clock=lambda: now[0])
    for seconds, reason in ((0.0, "the connection was refused"), (8.1, "no time was left")):
        now[0] += seconds
        assert ask(asking, closed_port()).reason == reason


@pytest.mark.parametrize(
    ("deadline", "patience", "answered", "ends"),
    [(300, 8, False, 6), (300, 8, True, 20), (300, 60, False, 20), (1, 8, False, 0.75), (10, 8, True, 7.5)],
)
def test_how_long_one_question_may_take(deadline: float, patience: float, answered: bool, ends: float) -> None:
    this = run.Run(Settings(deadline=deadline, patience=patience), lambda: 100.0)
    if answered:
        this.hear(Answer(outcome="server error"))
    assert this.ends(100.0) == 100 + ends
    assert this.closes == 100 + (deadline if answered else min(deadline, patience))


def test_a_name_server_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def never(*_: object, **__: object) -> list[object]:
        released.wait()
        return []

    monkeypatch.setattr(socket, "getaddrinfo", never)

    def job() -> None:
        assert ask(asker(0.4), "http://registry.invalid/works").outcome == "unreachable"

    assert_within(1.4, job, wall)
    released.set()


def test_a_name_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert ask(asker(), "http://registry.invalid/").reason == "no network, or no such host"


def test_a_connection_that_is_never_taken() -> None:
    with socket.socket() as busy, ExitStack() as waiting:
        busy.bind(("127.0.0.1", 0))
        busy.listen(0)
        for _ in range(3):  # fill the queue of connections, so that the kernel leaves the next one unanswered
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(busy.getsockname())

        def job() -> None:
            assert ask(asker(0.4), f"http://127.0.0.1:{busy.getsockname()[1]}/").outcome == "unreachable"

        assert_within(1.4, job, wall)


@pytest.mark.parametrize("url", ["", "crossref", "http://", "http://[", "ftp://127.0.0.1/", "http://a b/", "x://"])
def test_an_address_that_is_none(url: str) -> None:
    assert ask(asker(), url).outcome == "unreachable"


def test_offline_opens_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    answer = ask(Http(Settings(offline=True)), "http://127.0.0.1:1/")
    assert (answer.outcome, answer.reason) == ("not attempted", "offline")


def test_who_asks_is_said_and_the_mail_address_stays_in_that_header(
    serve: Callable[..., Loopback], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server = serve(Reply(429, b"", {"Retry-After": "0"}), reset)
    answer = ask(asker(mailto="writer@clinic.example"), server.url + "/works")
    assert server.seen[0].headers["User-Agent"].endswith(" (mailto:writer@clinic.example)")
    assert server.seen[0].headers["User-Agent"].startswith("evidence-kb")
    assert all("clinic" not in seen.path for seen in server.seen)
    assert "clinic" not in caplog.text + str(answer)


@pytest.mark.parametrize("mailto", ["", "a@b\r\nX-Evil: 1", "no address", "a@b)", "ü@b"])
def test_a_mail_address_that_cannot_stand_in_a_header_is_left_out(mailto: str) -> None:
    assert "mailto" not in wire.user_agent(mailto)


def test_passwords_of_the_netrc_file_stay_there(
    serve: Callable[..., Loopback], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("machine 127.0.0.1 login writer password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    server = serve(json_reply(OBJECT))
    assert ask(asker(), server.url).outcome == "ok"
    assert "Authorization" not in server.seen[0].headers


def test_a_proxy_is_not_used_to_reach_this_machine(
    serve: Callable[..., Loopback], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", closed_port())
    monkeypatch.setenv("http_proxy", closed_port())
    assert ask(asker(), serve(json_reply(OBJECT)).url).outcome == "ok"


def test_a_large_body_is_given_up_before_it_fills_the_memory(serve: Callable[..., Loopback]) -> None:
    import tracemalloc

    server = serve(Reply(200, BOMB, {"Content-Encoding": "gzip"}))
    tracemalloc.start()
    answer = ask(asker(), server.url)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert answer.reason == "the answer is too large"
    assert peak < 3 * MOST_BYTES


def test_recorded_exchanges_of_all_registries(shared: Path) -> None:
    index = shared / "data/registry-responses/index.csv"
    if not index.is_file():
        pytest.skip(f"no recorded exchanges at {index}")
    with index.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["status"].isdigit()]
    assert rows
    expected = {404: "not found", 429: "limited"}
    for row in rows:
        status, path = int(row["status"]), index.parent / row["file"]
        outcome = judge(status, None, path.read_bytes() if path.is_file() else b"").outcome
        if status >= 400:
            assert outcome == expected.get(status, "server error" if status >= 500 else "refused")
        else:
            assert outcome in (("ok", "malformed") if status == 200 else ("malformed",))


PROGRAM = """
import sys
from ingest.http import Http
from ingest.resolve.question import Question
from kb.settings import Settings
print(Http(Settings(deadline=0.3)).ask(Question(url=sys.argv[1], ids=())).outcome)
"""


def test_a_question_left_behind_does_not_hold_up_the_end_of_the_program() -> None:
    asked = threading.Event()

    def script(seen: Seen) -> Act:
        asked.set()
        return drip

    with Loopback(script) as server:
        run = subprocess.run(
            [sys.executable, "-X", "dev", "-c", PROGRAM, server.url], capture_output=True, text=True, timeout=120
        )
    assert (run.stdout, run.stderr, run.returncode) == ("unreachable\n", "", 0)
