"""Many questions at once: at most three to a host, in turns, with limits that the registry itself names."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import parse_qsl

import pytest

from ingest.http import Answer, Http, limits
from ingest.http.limits import AT_ONCE, Limit
from ingest.http.run import LONGEST_CALL
from ingest.resolve.question import Question
from kb.settings import Settings
from kb.store.pacing import Pacing
from tests.clock import Clock
from tests.loopback import Act, Loopback, Reply, Script, Seen, closed_port, hang, json_reply

OBJECT = {"message": {"title": "Sciatica"}}
SECRET = "k3y-of-the-user"
PLENTY = Settings(patience=60)
"""Waits long enough for whatever is answered at all to be answered on the busiest machine."""


@pytest.fixture
def serve() -> Iterator[Callable[[Script], Loopback]]:
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(Loopback(script))


def question(url: str, **fields: Any) -> Question:
    return Question(url=url, ids=("10.1000/1",), **fields)


def never_lapsing() -> Pacing:
    """Pacing for which no time passes: a turn is held until it is given back."""
    return Pacing.in_memory(Clock(stands=True))


class Crowd:
    """Answers only when as many questions as expected are under way, and remembers how many there were at most."""

    def __init__(self, expected: int) -> None:
        self.most = self._now = 0
        self._lock = threading.Lock()
        self._met = threading.Barrier(expected)

    def __call__(self, seen: Seen) -> Act:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        self._met.wait(timeout=60)
        with self._lock:
            self._now -= 1
        return json_reply(OBJECT)


def test_three_at_once_to_a_host_and_no_more(serve: Callable[[Script], Loopback]) -> None:
    crowd = Crowd(AT_ONCE)
    server = serve(crowd)
    answers = list(Http(PLENTY).ask_all(question(f"{server.url}/{number}") for number in range(6)))
    assert [answer.outcome for _, answer in answers] == ["ok"] * 6
    assert {asked.url for asked, _ in answers} == {f"{server.url}/{number}" for number in range(6)}
    assert crowd.most == AT_ONCE


def test_answers_come_in_the_order_in_which_they_arrive(serve: Callable[[Script], Loopback]) -> None:
    first_came = threading.Event()

    def late(seen: Seen) -> Act:
        first_came.wait(timeout=60)
        return json_reply(OBJECT)

    slow, quick = serve(late), serve([json_reply(OBJECT)])
    order: list[str] = []
    for asked, _ in Http(PLENTY).ask_all([question(slow.url), question(quick.url)]):
        order.append(asked.url)
        first_came.set()
    assert order == [quick.url, slow.url]


def test_a_host_out_of_reach_holds_up_no_other(serve: Callable[[Script], Loopback]) -> None:
    all_hang = threading.Event()

    def silent(seen: Seen) -> Act:
        if len(hanging.seen) == AT_ONCE:
            all_hang.set()
        return hang

    hanging = serve(silent)
    sound = serve(lambda seen: json_reply(OBJECT) if all_hang.wait(60) else Reply(404))
    questions = [question(f"{server.url}/{number}") for number in range(5) for server in (hanging, sound)]
    clock = Clock()
    asking = Http(PLENTY, pacing=never_lapsing(), clock=clock, sleep=clock.sleep)
    answers: list[tuple[Question, Answer]] = []
    for asked, answer in asking.ask_all([*questions, question(closed_port())]):
        answers.append((asked, answer))
        if [one.outcome for _, one in answers].count("ok") == 5:
            clock.sleep(LONGEST_CALL)  # only now is the time up of those that hang
    by_host = {
        url: [answer.outcome for asked, answer in answers if asked.url.startswith(url)]
        for url in (hanging.url, sound.url)
    }
    assert by_host == {hanging.url: ["unreachable"] * 5, sound.url: ["ok"] * 5}
    assert len(answers) == 11
    assert len(hanging.seen) == AT_ONCE


def test_one_question_that_hangs_does_not_shut_out_a_host_that_answers(serve: Callable[[Script], Loopback]) -> None:
    server = serve(lambda seen: hang if seen.path == "/hang" else json_reply(OBJECT))
    clock = Clock()
    asking = Http(PLENTY, clock=clock, sleep=clock.sleep)
    first: dict[str, str] = {}
    for asked, answer in asking.ask_all(question(server.url + path) for path in ("/hang", "/1", "/2", "/3")):
        first[asked.url] = answer.outcome
        if len(first) == 3:
            clock.sleep(LONGEST_CALL)
    assert first[server.url + "/hang"] == "unreachable"
    assert list(first.values()).count("ok") == 3
    assert asking.ask(question(server.url + "/4")).outcome == "ok"


def test_registries_behind_one_host_fail_apart(serve: Callable[[Script], Loopback]) -> None:
    clock = Clock()
    slow = clock.hang(LONGEST_CALL)
    server = serve(lambda seen: slow if seen.path.startswith("/crossref") else json_reply(OBJECT))
    settings = Settings(crossref=server.url + "/crossref", datacite=server.url + "/datacite", patience=60)
    asking = Http(settings, clock=clock, sleep=clock.sleep)
    paths = ("/crossref/1", "/crossref/2", "/datacite/1")
    assert [asking.ask(question(server.url + path)).outcome for path in paths] == ["unreachable"] * 2 + ["ok"]
    assert len(server.seen) == 2


def test_a_host_that_fails_three_questions_is_asked_no_more(serve: Callable[[Script], Loopback]) -> None:
    clock = Clock()
    server = serve([Reply(500)])
    asking = Http(PLENTY, clock=clock, sleep=clock.sleep)
    assert [asking.ask(question(server.url)).outcome for _ in range(5)] == ["server error"] * 5
    assert len(server.seen) == 9


def test_retries_take_turns_as_first_questions_do(serve: Callable[[Script], Loopback]) -> None:
    """Two questions a minute: the second retry of one question must wait for the next minute."""
    clock = Clock()
    server = serve([Reply(503), Reply(503), json_reply(OBJECT)])
    pacing = Pacing.in_memory(clock)
    pacing.learn(limits.host_of(server.url), "", (2, 60.0, 3))
    answer = Http(PLENTY, pacing=pacing, clock=clock, sleep=clock.sleep).ask(question(server.url))
    assert (answer.outcome, len(server.seen)) == ("server error", 2)


def test_where_one_was_told_to_wait_all_wait(serve: Callable[[Script], Loopback]) -> None:
    clock = Clock()
    times: list[float] = []

    def script(seen: Seen) -> Act:
        times.append(clock())
        return Reply(429, b"", {"Retry-After": "5"}) if len(times) == 1 else json_reply(OBJECT)

    server = serve(script)
    pacing = Pacing.in_memory(clock)
    pacing.learn(limits.host_of(server.url), "", (10, 1.0, 1))
    asking = Http(PLENTY, pacing=pacing, clock=clock, sleep=clock.sleep)
    answers = list(asking.ask_all(question(f"{server.url}/{number}") for number in range(3)))
    assert [answer.outcome for _, answer in answers] == ["ok"] * 3
    assert min(times[1:]) - times[0] >= 5


def test_a_wait_longer_than_the_call_may_take_is_not_waited_for(serve: Callable[[Script], Loopback]) -> None:
    clock = Clock()
    server = serve([Reply(429, b"", {"Retry-After": "3600"})])
    assert Http(PLENTY, clock=clock, sleep=clock.sleep).ask(question(server.url)).retry_after == 3600
    assert (clock.slept, len(server.seen)) == ([], 1)


def test_the_limit_that_headers_name_is_kept_from_then_on(serve: Callable[[Script], Loopback]) -> None:
    clock = Clock(stands=True)
    server = serve([json_reply(OBJECT, X_Rate_Limit_Limit="2", X_Rate_Limit_Interval="30s", X_Concurrency_Limit="1")])
    asking = Http(Settings(deadline=100, patience=60), clock=clock, sleep=clock.sleep)
    assert [asking.ask(question(server.url)).outcome for _ in range(4)] == ["ok"] * 4
    assert sum(clock.slept) == pytest.approx(30)


@pytest.mark.parametrize(
    ("limit", "interval", "at_once", "told"),
    [
        ("3", "1s", "3", Limit(3, 1.0, 3)),
        ("50", "1s", None, Limit(50, 1.0, 3)),
        ("10", "1s", "100", Limit(10, 1.0, 3)),
        ("10", "2.5", "1", Limit(10, 2.5, 1)),
        ("500", "300s", "0", Limit(500, 300.0, 1)),
        ("999999", "86400s", "3", Limit(1000, 300.0, 3)),
        ("0", "1s", "3", None),
        ("3", "0s", "3", None),
        ("-1", "1s", "3", None),
        ("many", "1s", "3", None),
        ("3", "1 minute", "3", None),
        ("9" * 400, "1s", "3", None),
        (None, "1s", "3", None),
        ("3", None, "3", None),
    ],
)
def test_limits_in_headers(limit: str | None, interval: str | None, at_once: str | None, told: Limit | None) -> None:
    headers = {"x-rate-limit-limit": limit, "x-rate-limit-interval": interval, "x-concurrency-limit": at_once}
    assert limits.told({name: value for name, value in headers.items() if value is not None}) == told


def test_documented_limits_depend_on_who_asks() -> None:
    public, polite = (limits.documented(Settings(mailto=mailto)) for mailto in ("", "writer@clinic.example"))
    assert public["api.crossref.org", "list"] == Limit(1, 1.0, 1)
    assert public["api.crossref.org", "single"] == Limit(5, 1.0, 1)
    assert polite["api.crossref.org", "list"] == Limit(3, 1.0, 3)
    assert polite["api.crossref.org", "single"] == Limit(10, 1.0, 3)
    assert public["eutils.ncbi.nlm.nih.gov", ""].most == 3
    assert limits.documented(Settings(ncbi_key="x"))["eutils.ncbi.nlm.nih.gov", ""].most == 10


def test_lists_of_the_public_pool_go_one_by_one(serve: Callable[[Script], Loopback]) -> None:
    clock = Clock(stands=True)
    server = serve([json_reply(OBJECT)])
    asking = Http(Settings(crossref=server.url, patience=60), clock=clock, sleep=clock.sleep)
    assert len(list(asking.ask_all(question(server.url, pool="list") for _ in range(3)))) == 3
    assert sum(clock.slept) == pytest.approx(2)


def test_a_form_is_posted_and_kept_only_where_a_redirect_keeps_it(serve: Callable[[Script], Loopback]) -> None:
    form = (("query", 'DOI:"10.1000/a b" OR DOI:"10.1000/ü"'), ("format", "json"))
    server = serve([Reply(307, b"", {"Location": "/moved"}), json_reply(OBJECT), Reply(302, b"", {"Location": "/x"})])
    asking = Http(PLENTY)
    assert asking.ask(question(server.url + "/search", form=form)).data == OBJECT
    assert [(seen.method, seen.path) for seen in server.seen] == [("POST", "/search"), ("POST", "/moved")]
    assert tuple(parse_qsl(server.seen[1].body.decode())) == form
    assert asking.ask(question(server.url + "/search", form=form)).outcome == "malformed"


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({}, "/works?a=1&key=" + SECRET),
        ({"form": (("id", "1"),)}, "/works?a=1"),
    ],
)
def test_a_secret_is_sent_and_nowhere_told(
    serve: Callable[[Script], Loopback], caplog: pytest.LogCaptureFixture, fields: dict[str, Any], path: str
) -> None:
    caplog.set_level(logging.DEBUG)
    server = serve([Reply(503), Reply(429, b"", {"Retry-After": "3600"})])
    clock = Clock()
    asked = question(server.url + "/works?a=1", secret=(("key", SECRET),), **fields)
    ((given, answer),) = Http(PLENTY, clock=clock, sleep=clock.sleep).ask_all([asked])
    assert server.seen[0].path == path
    assert SECRET in server.seen[0].path + server.seen[0].body.decode()
    assert given is asked
    assert SECRET not in repr(answer) + caplog.text + asked.url


def test_a_secret_is_not_told_where_the_connection_fails(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer = Http(PLENTY).ask(question(closed_port() + "/works", secret=(("key", SECRET),)))
    assert answer.outcome == "unreachable"
    assert SECRET not in repr(answer) + caplog.text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b'<?xml version="1.0"?><A>Kn\xc3\xa9e</A>', '<?xml version="1.0"?><A>Knée</A>'),
        (b"\xef\xbb\xbf<A/>", "<A/>"),
        (b"\n <PubmedArticleSet/>", "\n <PubmedArticleSet/>"),
    ],
)
def test_xml_is_given_as_text(serve: Callable[[Script], Loopback], body: bytes, text: str) -> None:
    answer = Http(PLENTY).ask(question(serve([Reply(200, body, {"Content-Type": "text/xml"})]).url))
    assert (answer.outcome, answer.text, answer.data) == ("ok", text, None)


@pytest.mark.parametrize("page", [b"<html>", b"<!DOCTYPE html><p>", b" \n<!doctype HTML>", b"<body>Sorry"])
def test_a_web_page_is_no_xml(serve: Callable[[Script], Loopback], page: bytes) -> None:
    answer = Http(PLENTY).ask(question(serve([Reply(200, page)]).url))
    assert (answer.outcome, answer.reason, answer.text) == ("malformed", "the answer is a web page", "")


def test_a_list_is_given_as_items(serve: Callable[[Script], Loopback]) -> None:
    answer = Http(PLENTY).ask(question(serve([json_reply([{"DOI": "10.1000/1", "RA": "Crossref"}])]).url))
    assert (answer.outcome, answer.data, answer.items) == ("ok", None, [{"DOI": "10.1000/1", "RA": "Crossref"}])


def test_who_stops_listening_gives_the_turns_back(serve: Callable[[Script], Loopback]) -> None:
    crowd = Crowd(AT_ONCE)
    acts: dict[str, Act] = {"/hang": hang, "/1": json_reply(OBJECT)}
    server = serve(lambda seen: acts.get(seen.path) or crowd(seen))
    asking = Http(PLENTY, pacing=never_lapsing())
    answers = asking.ask_all(question(server.url + path) for path in ("/hang", "/hang", "/1"))
    assert next(answers)[0].url == server.url + "/1"
    answers.close()  # type: ignore[attr-defined]
    together = asking.ask_all(question(server.url + "/2") for _ in range(AT_ONCE))
    assert [answer.outcome for _, answer in together] == ["ok"] * AT_ONCE


def test_nothing_asked_nothing_answered() -> None:
    assert list(Http(PLENTY).ask_all([])) == []
    assert [answer.outcome for _, answer in Http(Settings(offline=True)).ask_all([question("http://x")] * 2)] == [
        "not attempted"
    ] * 2
