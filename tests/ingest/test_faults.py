"""Every registry's client against everything that a registry or the way to it can do wrong.

Whatever happens, nothing is raised, no wrong record is believed, nothing is called "not found", and a registry that
is sound gives its answer meanwhile.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from ingest.http import Answer, Http
from ingest.resolve import crossref, datacite, doi_org, europepmc, openalex, pubmed
from ingest.resolve.question import Question
from kb.model import Source
from kb.settings import Settings
from tests.clock import Clock
from tests.costs import assert_within, wall
from tests.loopback import Act, Loopback, Reply, Script, Seen, closed_port, drip, hang, json_reply, reset

PLENTY = 60.0
"""Seconds in which whatever is answered at all is answered on the busiest machine."""
MOST_MEMORY = 200 * 2**20
DOI, OTHER = "10.1000/heat", "10.1000/other"
PMID = "10000001"

Believed: TypeAlias = frozenset[str] | None
THIS: Believed = frozenset({DOI})


@dataclass(frozen=True)
class Registry:
    """One kind of question to one registry: how it is asked, a sound answer, and what is believed of an answer."""

    name: str
    setting: str
    ask: Callable[[Settings], Iterable[Question]]
    believed: Callable[[Answer], Believed]
    sound: str
    null: str

    @property
    def other(self) -> str:
        """The sound answer, but about another work."""
        return self.sound.replace(DOI, OTHER).replace(PMID, "10000002")


def works(parse: Callable[[Answer, str | None], tuple[Source, ...] | None]) -> Callable[[Answer], Believed]:
    """The DOIs of the works in an answer."""

    def believed(answer: Answer) -> Believed:
        found = parse(answer, "2026-05-01")
        return None if found is None else frozenset(str(work.doi) for work in found)

    return believed


def exists(answer: Answer) -> Believed:
    said = doi_org.exists(answer, DOI)
    assert said is not False, "a fault is never the word that there is no such DOI"
    return frozenset({DOI}) if said else None


def agencies(answer: Answer) -> Believed:
    return frozenset(doi_org.agencies(answer)) or None


def searched(answer: Answer) -> Believed:
    found = pubmed.pmids(answer)
    return None if found is None else frozenset(DOI if one == PMID else OTHER for one in found)


RECORD: dict[str, Any] = {"DOI": DOI, "type": "journal-article", "title": ["Heat for stiff knees"]}
PUBMED = (
    '<?xml version="1.0" ?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article>'
    "<ArticleTitle>Heat for stiff knees</ArticleTitle></Article></MedlineCitation><PubmedData><ArticleIdList>"
    '<ArticleId IdType="pubmed">{pmid}</ArticleId><ArticleId IdType="doi">{doi}</ArticleId></ArticleIdList>'
    "</PubmedData></PubmedArticle></PubmedArticleSet>"
)
REGISTRIES = [
    Registry(
        "Crossref, a list",
        "crossref",
        lambda settings: crossref.questions([DOI, "10.1000/cold"], settings),
        works(crossref.parse),
        json.dumps({"status": "ok", "message": {"items": [RECORD]}}),
        '{"status": "ok", "message": null}',
    ),
    Registry(
        "Crossref, a single work",
        "crossref",
        lambda settings: crossref.questions([DOI], settings),
        works(crossref.parse),
        json.dumps({"status": "ok", "message": RECORD}),
        '{"status": "ok", "message": null}',
    ),
    Registry(
        "DataCite",
        "datacite",
        lambda settings: datacite.questions([DOI, "10.1000/cold"], settings),
        works(datacite.parse),
        json.dumps({"data": [{"id": DOI, "attributes": {"doi": DOI, "titles": [{"title": "Heat"}]}}]}),
        '{"data": null}',
    ),
    Registry(
        "doi.org, existence",
        "doi_org",
        lambda settings: doi_org.questions([DOI], settings),
        exists,
        json.dumps({"responseCode": 1, "handle": DOI}),
        '{"responseCode": null, "handle": null}',
    ),
    Registry(
        "doi.org, agencies",
        "doi_org",
        lambda settings: doi_org.agency_questions([DOI, "10.1000/cold"], settings),
        agencies,
        json.dumps([{"DOI": DOI, "RA": "Crossref"}]),
        "null",
    ),
    Registry(
        "PubMed, a search",
        "ncbi",
        lambda settings: pubmed.search_questions([DOI], settings),
        searched,
        json.dumps({"esearchresult": {"count": "1", "idlist": [PMID]}}),
        '{"esearchresult": null}',
    ),
    Registry(
        "PubMed, records",
        "ncbi",
        lambda settings: pubmed.questions([PMID], settings),
        works(pubmed.parse),
        PUBMED.format(pmid=PMID, doi=DOI),
        "<PubmedArticleSet><PubmedArticle/></PubmedArticleSet>",
    ),
    Registry(
        "Europe PMC",
        "europepmc",
        lambda settings: europepmc.questions([DOI], settings),
        works(europepmc.parse),
        json.dumps(
            {"resultList": {"result": [{"id": PMID, "source": "MED", "pmid": PMID, "doi": DOI, "title": "Heat"}]}}
        ),
        '{"resultList": null}',
    ),
    Registry(
        "OpenAlex",
        "openalex",
        lambda settings: openalex.questions([DOI], settings),
        works(openalex.parse),
        json.dumps({"results": [{"doi": f"https://doi.org/{DOI}", "title": "Heat", "type": "article"}]}),
        '{"results": null}',
    ),
]


@cache
def bomb() -> bytes:
    """300 MB of blanks in 0.3 MB of gzip."""
    pack = zlib.compressobj(wbits=31)
    blanks = b" " * 10_000_000
    return b"".join(pack.compress(blanks) for _ in range(30)) + pack.flush()


def reply(body: str | bytes, status: int = 200, **headers: str) -> Reply:
    encoded = body.encode() if isinstance(body, str) else body
    return Reply(status, encoded, {name.replace("_", "-"): value for name, value in headers.items()})


FAULTS: dict[str, Callable[[Registry], Act]] = {
    "429 with Retry-After": lambda _: reply("", 429, Retry_After="1"),
    "429 with a Retry-After of an hour": lambda _: reply("<html>", 429, Retry_After="3600"),
    "429 without Retry-After": lambda _: reply("", 429),
    "429 with a record": lambda registry: reply(registry.sound, 429),
    "500": lambda _: reply("", 500),
    "500 with a record": lambda registry: reply(registry.sound, 500),
    "503": lambda _: reply("", 503),
    "503 with a record": lambda registry: reply(registry.sound, 503),
    "400": lambda _: reply('{"status": "failed"}', 400),
    "a page instead of data": lambda _: reply("<!DOCTYPE html><html><body>Please log in", Content_Type="text/html"),
    "cut off": lambda registry: reply(registry.sound[:-3]),
    "a body shorter than it says": lambda registry: reply(registry.sound, Content_Length="9999", Connection="close"),
    "another work": lambda registry: reply(registry.other),
    "null inside": lambda registry: reply(registry.null),
    "null": lambda _: reply("null"),
    "an empty object": lambda _: reply("{}"),
    "the other of list and object": lambda registry: (
        reply(f'{{"message": {registry.sound}}}') if registry.sound.startswith("[") else json_reply([registry.sound])
    ),
    "a list of records": lambda _: json_reply([[RECORD], [RECORD]]),
    "invalid UTF-8": lambda registry: reply(registry.sound.encode().replace(b"00", b"0\xff0", 1)),
    "nothing": lambda _: reply(""),
    "a redirect in circles": lambda _: reply("", 302, Location="/again"),
    "a redirect to another host": lambda _: reply("", 302, Location="http://localhost:1/"),
    "a redirect to another scheme": lambda _: reply("", 301, Location="ftp://127.0.0.1/"),
    "a redirect with a bomb": lambda _: reply(bomb(), 302, Location="/again", Content_Encoding="gzip"),
    "a gzip bomb": lambda _: reply(bomb(), Content_Encoding="gzip"),
    "JSON nested deeply": lambda _: reply('{"message":' + "[" * 100_000),
    "JSON nested deeply and closed": lambda _: reply('{"data":' + "[" * 100_000 + "]" * 100_000 + "}"),
    "XML nested deeply": lambda _: reply("<PubmedArticleSet>" + "<PubmedArticle>" * 100_000),
    "XML that grows": lambda _: reply(
        '<!DOCTYPE a [<!ENTITY a "' + "a" * 1000 + '"><!ENTITY b "' + "&a;" * 1000 + '">]><PubmedArticleSet>&b;&b;'
        "</PubmedArticleSet>"
    ),
    "a connection that is reset": lambda _: reset,
    "a connection that is closed": lambda _: lambda connection, released: connection.close(),
}
SLOW: dict[str, Act] = {"a hang": hang, "one byte at a time": drip}


@pytest.fixture(autouse=True, scope="module")
def _imported() -> None:
    """What asking imports at first takes longer than the deadlines here."""
    Http(Settings()).ask(Question(url=closed_port(), ids=()))


@pytest.fixture
def serve() -> Iterator[Callable[[Script], Loopback]]:
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(Loopback(script))


@pytest.fixture(scope="module")
def beside() -> Iterator[Question]:
    """A question to a registry that is sound."""
    with Loopback([json_reply({"message": RECORD})]) as server:
        (question,) = crossref.questions([DOI], addresses(crossref=server.url))
        yield question


def addresses(**named: str) -> Settings:
    return Settings(mailto="writer@clinic.example", openalex_key="key", deadline=PLENTY, patience=PLENTY, **named)  # type: ignore[arg-type]


def asking(registry: Registry, base: str) -> Question:
    (question,) = registry.ask(addresses(**{registry.setting: base}))
    return question


def asked(*questions: Question, clock: Clock | None = None) -> Iterator[tuple[Question, Answer]]:
    """The answers to questions of one run, as they come."""
    clock = clock or Clock()
    return Http(addresses(), clock=clock, sleep=clock.sleep).ask_all(questions)


def is_fault(registry: Registry, question: Question, answer: Answer) -> bool:
    """Whether this answer is told as a fault, and nothing of it is believed."""
    told = answer.outcome == "ok" or (bool(answer.reason) and question.url not in answer.reason)
    missing = answer.outcome in ("not found", "not attempted")
    return told and not missing and DOI not in (registry.believed(answer) or ())


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.name)
def test_a_sound_answer_is_believed(serve: Callable[[Script], Loopback], registry: Registry) -> None:
    ((_, answer),) = asked(asking(registry, serve([reply(registry.sound)]).url))
    assert answer.outcome == "ok", answer
    assert registry.believed(answer) == THIS


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.name)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_as_one(
    serve: Callable[[Script], Loopback], beside: Question, fault: str, registry: Registry
) -> None:
    faulty = serve([FAULTS[fault](registry)])
    question = asking(registry, faulty.url)

    def job() -> None:
        answers = dict(asked(question, beside))
        assert is_fault(registry, question, answers[question]), answers[question]
        assert works(crossref.parse)(answers[beside]) == THIS

    assert_within(2, job, wall)
    assert faulty.seen


@pytest.mark.parametrize("fault", SLOW)
def test_all_registries_may_be_slow_at_once(serve: Callable[[Script], Loopback], beside: Question, fault: str) -> None:
    questions = [asking(registry, serve([SLOW[fault]]).url) for registry in REGISTRIES]
    clock = Clock()
    answers: dict[Question, Answer] = {}
    for question, answer in asked(*questions, beside, clock=clock):
        answers[question] = answer
        clock.sleep(PLENTY)  # the sound one has answered: the time of all others is up
    assert next(iter(answers)) == beside
    for registry, question in zip(REGISTRIES, questions, strict=True):
        assert is_fault(registry, question, answers[question]), registry.name
        assert answers[question].outcome == "unreachable"
    assert works(crossref.parse)(answers[beside]) == THIS


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.name)
def test_no_network_at_all(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    ((_, answer),) = asked(asking(registry, closed_port()))
    assert (answer.outcome, registry.believed(answer)) == ("unreachable", None)
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    ((_, answer),) = asked(asking(registry, "http://registry.invalid"))
    assert (answer.outcome, answer.reason) == ("unreachable", "no network, or no such host")
    assert registry.believed(answer) is None


BOMBED = """
import sys
from ingest.http import Http
from ingest.resolve.question import Question
from kb.settings import Settings
from tests.peak import peak_kilobytes
questions = [Question(url=f"{base}/{number}", ids=()) for base in sys.argv[1:] for number in range(3)]
answers = [answer for _, answer in Http(Settings(deadline=2)).ask_all(questions)]
print(len(answers), all(answer.outcome in ("malformed", "unreachable") for answer in answers))
print(peak_kilobytes() * 1024)
"""


def test_bombs_from_six_registries_at_once_leave_the_memory_small(serve: Callable[[Script], Loopback]) -> None:
    pytest.importorskip("resource")
    assert len(bomb()) < 400_000
    servers = [serve([reply(bomb(), Content_Encoding="gzip")]) for _ in range(6)]
    run = subprocess.run(
        [sys.executable, "-c", BOMBED, *(server.url for server in servers)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    answers, memory = run.stdout.splitlines()
    assert (answers, run.stderr) == ("18 True", "")
    assert int(memory) < MOST_MEMORY


LIMIT, INTERVAL, EACH = 6, 0.4, 9
SHARING = f"""
import sys
import time
from ingest.http import Http
from ingest.http.limits import host_of
from ingest.resolve.question import Question
from kb.settings import Settings
from kb.store.pacing import Pacing
granted = []

def now():
    moments.append(time.time())
    return moments[-1]

def turn(*place):
    given = take(*place)
    if not given.wait:
        granted.append(moments[-1])
    return given

moments = []
pacing = Pacing.shared(sys.argv[1], now)
take, pacing.turn = pacing.turn, turn
pacing.learn(host_of(sys.argv[2]), "", ({LIMIT}, {INTERVAL}, 2))
questions = [Question(url=f"{{sys.argv[2]}}/{{number}}", ids=()) for number in range({EACH})]
http = Http(Settings(patience=60), pacing=pacing)
print("ready", flush=True)
sys.stdin.readline()
print(*[answer.outcome for _, answer in http.ask_all(questions)])
print(*granted)
"""


class Counter:
    """Remembers when it was asked, and how many questions were under way at most."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.most = self._now = 0
        self._lock = threading.Lock()

    def __call__(self, seen: Seen) -> Act:
        with self._lock:
            self.times.append(time.time())
            self._now += 1
            self.most = max(self.most, self._now)
        with self._lock:
            self._now -= 1
        return json_reply({"message": None})


def test_two_processes_keep_to_one_limit_together(serve: Callable[[Script], Loopback], tmp_path: Path) -> None:
    counter = Counter()
    server = serve(counter)
    command = [sys.executable, "-c", SHARING, str(tmp_path / "cache.db"), server.url]
    runs = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) for _ in range(2)
    ]
    for run in runs:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
    told = [run.splitlines() for run in _started(runs)]
    assert [outcomes.split() for outcomes, _ in told] == [["ok"] * EACH] * 2
    assert counter.most <= 2
    # When leave was given, and not when the questions came: a busy machine may hold one up on its way to the server.
    granted = sorted(float(moment) for _, moments in told for moment in moments.split())
    assert all(leave <= came for leave, came in zip(granted, sorted(counter.times), strict=True))
    assert min(last - first for first, last in zip(granted, granted[LIMIT:], strict=False)) > INTERVAL - 0.001


def _started(runs: list[subprocess.Popen[str]]) -> Iterator[str]:
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("\n")
        run.stdin.flush()
    for run in runs:
        yield run.communicate(timeout=120)[0]
