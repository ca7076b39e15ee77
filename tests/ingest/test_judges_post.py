"""Text sent to an address of the user's: when it is given up, what it never does, and what it tells."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from ingest.http.answer import Answer
from ingest.http.post import MOST_BYTES, STRIKES, Post
from tests.costs import assert_within, wall
from tests.loopback import Act, Loopback, Reply, closed_port, drip, hang, json_reply, reset

KEY = "sk-very-secret"
OK = json_reply({"choices": []})


@pytest.fixture(autouse=True, scope="module")
def _imported() -> None:
    """What sending imports at first takes longer than the deadlines here."""
    assert Post(closed_port(), "", 5.0).send(b"{}").outcome == "unreachable"


@pytest.fixture
def serve() -> Iterator[Callable[..., Loopback]]:
    with ExitStack() as stack:
        yield lambda *acts: stack.enter_context(Loopback(acts))


def post(server: Loopback, seconds: float = 60.0, key: str = KEY) -> Post:
    return Post(f"{server.url}/v1/chat/completions", key, seconds, sleep=lambda seconds: None)


def test_json_is_sent_with_the_key_in_its_header_alone(serve: Callable[..., Loopback]) -> None:
    server = serve(OK)
    assert post(server).send(b'{"a": 1}').outcome == "ok"
    (seen,) = server.seen
    assert (seen.method, seen.path, seen.body) == ("POST", "/v1/chat/completions", b'{"a": 1}')
    assert seen.headers["Authorization"] == f"Bearer {KEY}"
    assert seen.headers["Content-Type"] == "application/json"


def test_without_a_key_none_is_sent(serve: Callable[..., Loopback]) -> None:
    server = serve(OK)
    post(server, key="").send(b"{}")
    assert "Authorization" not in server.seen[0].headers


@pytest.mark.parametrize(
    ("act", "outcome", "reason"),
    [
        (hang, "unreachable", "no complete answer within the time allowed"),
        (drip, "unreachable", "no complete answer within the time allowed"),
        (reset, "unreachable", "the connection broke off"),
        (Reply(401, b"{}"), "refused", "status 401"),
        (Reply(400, b"{}"), "refused", "status 400"),
        (Reply(404, b"gone"), "not found", ""),
        (Reply(500, b"{}"), "server error", "status 500"),
        (Reply(429, b"{}", {"Retry-After": "3600"}), "limited", "too many questions"),
        (Reply(200, b"<html><body>Log in</body></html>"), "malformed", "the answer is a web page"),
        (Reply(200, b"x" * (MOST_BYTES + 1)), "malformed", "the answer is too large"),
        (Reply(200, b"[" * 100_000), "malformed", "the answer is nested too deeply"),
        (Reply(200, b"no json"), "malformed", "the answer is not JSON"),
        (Reply(307, b"", {"Location": "/elsewhere"}), "malformed", "it sent us on to another address"),
    ],
)
def test_what_the_world_does_is_an_answer_and_never_an_exception(
    serve: Callable[..., Loopback], act: Act, outcome: str, reason: str
) -> None:
    answer = post(serve(act), 0.4 if act in (hang, drip) else 60.0).send(b"{}")
    assert (answer.outcome, answer.reason) == (outcome, reason)
    assert KEY not in repr(answer)


def test_a_server_that_never_answers_is_asked_once_and_a_run_ends_in_time(serve: Callable[..., Loopback]) -> None:
    server = serve(hang)

    def job() -> None:
        server.seen.clear()
        sender = post(server, 0.5)
        assert [sender.send(b"{}").outcome for _ in range(5)] == ["unreachable"] * 5
        assert len(server.seen) == 1

    assert_within(2, job, wall)


def test_an_answer_within_the_time_keeps_a_server_in_use(serve: Callable[..., Loopback]) -> None:
    server = serve(OK, Reply(400, b"{}"), Reply(200, b"no json"), OK)
    assert [post.outcome for post in map(post(server).send, [b"{}"] * 4)] == ["ok", "refused", "malformed", "ok"]


def test_a_server_at_fault_is_asked_again_and_then_no_more(serve: Callable[..., Loopback]) -> None:
    assert post(serve(Reply(500, b""), Reply(500, b""), OK)).send(b"{}").outcome == "ok"
    server = serve(Reply(503, b""))
    sender = post(server)
    assert [sender.send(b"{}").outcome for _ in range(STRIKES + 2)] == ["server error"] * (STRIKES + 2)
    assert len(server.seen) == STRIKES * 3  # each of them with two more tries


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_key_or_an_address_that_is_not_taken_is_tried_once(serve: Callable[..., Loopback], status: int) -> None:
    server = serve(Reply(status, b"{}"))
    sender = post(server)
    assert sender.send(b"{}") == sender.send(b"{}")
    assert len(server.seen) == 1


def test_no_redirect_is_followed(serve: Callable[..., Loopback]) -> None:
    other = serve(OK)
    server = serve(Reply(307, b"", {"Location": f"{other.url}/v1"}))
    assert post(server).send(b"{}").outcome == "malformed"
    assert other.seen == []


def test_offline_no_socket_is_opened() -> None:
    def dial(host: str, port: int, timeout: float | None) -> socket.socket:
        raise AssertionError("a socket was opened")

    sender = Post("https://models.example/v1", KEY, 5.0, offline=True, dial=dial)
    assert sender.send(b"{}") == Answer(outcome="not attempted", reason="offline")


def test_over_plain_http_nothing_goes_to_the_public_web() -> None:
    class Public(socket.socket):
        def getpeername(self) -> tuple[str, int]:
            return ("9.9.9.9", 80)

    sender = Post("http://models.example/v1", KEY, 5.0, dial=lambda host, port, timeout: Public())
    answer = sender.send(b"{}")
    assert (answer.outcome, answer.reason) == (
        "not attempted",
        "over http:// nothing is sent to the public web",
    )


def test_a_name_server_that_never_answers_costs_a_few_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    from ingest.http import post as module

    monkeypatch.setattr(module, "LONGEST_DIAL", 0.1)
    never = Event()

    def dial(host: str, port: int, timeout: float | None) -> socket.socket:
        never.wait()
        raise OSError

    def job() -> None:
        sender = Post("https://models.example/v1", KEY, 60.0, dial=dial)
        assert sender.send(b"{}").reason == "no connection could be made in time"

    assert_within(2, job, wall)
    never.set()
