"""Jobs of the app: their order, how far they are, and what becomes of those that fail."""

from __future__ import annotations

import gc
import logging
import threading
import weakref
from collections.abc import Iterator

import pytest

from ingest.front.jobs import KEPT, MISTAKE, MOST_WAITING, WORKERS, Jobs, Task, Tell
from ingest.front.steps import Steps
from kb.errors import ArticleError, UsageError
from tests.fronts import MOST_SECONDS, ended


def nothing(tell: Tell) -> tuple[str | None, tuple[str, ...]]:
    return None, ()


class Gate:
    """A task that begins, and goes on when it is let."""

    def __init__(self) -> None:
        self.begun, self.open = threading.Event(), threading.Event()

    def __call__(self, tell: Tell) -> tuple[str | None, tuple[str, ...]]:
        self.begun.set()
        assert self.open.wait(MOST_SECONDS)
        return None, ()


@pytest.fixture
def gates() -> Iterator[list[Gate]]:
    made = [Gate() for _ in range(WORKERS + 2)]
    yield made
    for gate in made:
        gate.open.set()


def test_a_job_gives_its_article_and_what_is_to_be_known() -> None:
    jobs = Jobs()
    name = jobs.start("knees.md", lambda tell: ("knees.md", ("One note.",)), "knees.md")
    job = ended(jobs, name, "knees.md")
    assert (job.state, job.share, job.article, job.told) == ("done", 1.0, "knees.md", ("One note.",))


def test_how_far_a_job_is_never_goes_back() -> None:
    jobs, seen = Jobs(), []

    def task(tell: Tell) -> tuple[str | None, tuple[str, ...]]:
        for share in (0.1, 0.6, 0.4, 7.0, 0.2):
            tell("asking", share)
            (running,) = (one for one in jobs._jobs.values() if one.state == "running")
            seen.append(running.share)
        return None, ()

    ended(jobs, jobs.start("knees.md", task, "knees.md"), "knees.md")
    assert seen == [0.1, 0.6, 0.6, 1.0, 1.0]


def test_what_a_user_can_cause_is_told_in_one_line() -> None:
    def task(tell: Tell) -> tuple[str | None, tuple[str, ...]]:
        raise ArticleError("is empty", place="a\nb.md", remedy="check it")

    jobs = Jobs()
    job = ended(jobs, jobs.start("b.md", task, "b.md"), "b.md")
    assert (job.state, job.told) == ("failed", ("a b.md: is empty; check it",))


def test_a_mistake_in_the_program_is_told_without_its_traceback_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    def task(tell: Tell) -> tuple[str | None, tuple[str, ...]]:
        raise ZeroDivisionError("secret words of the article")

    jobs = Jobs()
    with caplog.at_level(logging.ERROR):
        job = ended(jobs, jobs.start("b.md", task, "b.md"), "b.md")
    assert (job.state, job.told) == ("failed", (MISTAKE,))
    assert "ZeroDivisionError" in caplog.text
    assert ended(jobs, jobs.start("c.md", nothing, "c.md"), "c.md").state == "done"


def test_a_job_that_was_never_there_is_none() -> None:
    assert Jobs().job("no such job") is None


def test_of_many_jobs_the_oldest_are_forgotten() -> None:
    jobs = Jobs()
    first = jobs.start("a.md", nothing, "a.md")
    ended(jobs, first, "a.md")
    for _ in range(KEPT // 2):
        ended(jobs, jobs.start("a.md", nothing, "a.md"), "a.md")
    assert jobs.job(first) is None


def test_a_job_that_is_not_done_is_never_forgotten(gates: list[Gate]) -> None:
    jobs = Jobs()
    long = jobs.start("long.md", gates[0], "long.md")
    assert gates[0].begun.wait(MOST_SECONDS)
    for _ in range(KEPT // 2 + 1):
        ended(jobs, jobs.start("a.md", nothing, "a.md"), "a.md")
    job = jobs.job(long)
    assert job is not None
    assert job.state == "running"


def test_jobs_about_the_same_follow_one_another_and_others_run_beside_them(gates: list[Gate]) -> None:
    jobs = Jobs()
    jobs.start("a.md", gates[0], "a.md")
    later = jobs.start("a.md", gates[1], "a.md")
    jobs.start("b.md", gates[2], "b.md")
    assert gates[0].begun.wait(MOST_SECONDS)
    assert gates[2].begun.wait(MOST_SECONDS)
    waiting = jobs.job(later)
    assert waiting is not None
    assert (waiting.state, waiting.step) == ("waiting", "waiting for another one to end")
    assert not gates[1].begun.is_set()
    gates[0].open.set()
    assert gates[1].begun.wait(MOST_SECONDS)


def test_who_asks_for_the_same_again_gets_the_job_that_is_under_way(gates: list[Gate]) -> None:
    jobs = Jobs()
    first = jobs.start("a.md", gates[0], "a.md")
    assert jobs.start("a.md", nothing, "a.md", join=True) == first
    assert jobs.start("b.md", nothing, "b.md", join=True) != first
    gates[0].open.set()
    ended(jobs, first, "a.md")
    assert jobs.start("a.md", nothing, "a.md", join=True) != first


def test_too_many_that_wait_are_refused(gates: list[Gate]) -> None:
    jobs = Jobs()
    for number, gate in enumerate(gates[:WORKERS]):
        jobs.start("a.md", gate, str(number))
        assert gate.begun.wait(MOST_SECONDS)
    for _ in range(MOST_WAITING):
        jobs.start("b.md", nothing, "b.md")
    with pytest.raises(UsageError, match="20 audits are waiting already; try again when some of them are done"):
        jobs.start("b.md", nothing, "b.md")


def test_what_a_job_worked_on_is_let_go_at_its_end() -> None:
    class Content:
        pass

    def holding() -> tuple[Task, weakref.ref[Content]]:
        content = Content()

        def task(tell: Tell) -> tuple[str | None, tuple[str, ...]]:
            return str(id(content)), ()

        return task, weakref.ref(content)

    jobs = Jobs()
    task, held = holding()
    name = jobs.start("a.md", task, "a.md")
    del task
    ended(jobs, name, "a.md")
    ended(jobs, jobs.start("b.md", nothing, "b.md"), "b.md")
    gc.collect()
    assert held() is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb\x1b[31m\u202e.md", "a b\ufffd[31m\ufffd.md"),
        ("x" * 5000, "x" * 200 + "…"),
    ],
)
def test_the_name_of_a_job_is_one_short_line(name: str, shown: str) -> None:
    jobs = Jobs()
    job = jobs.job(jobs.start(name, nothing, name))
    assert job is not None
    assert job.name == shown


STEPS = [
    ("reading knees.md", "reading the article"),
    ("Asking Crossref about 12 DOIs", "asking Crossref about 12 works"),
    ("Crossref: 5 of 12 DOIs", "asking Crossref about 12 works (5 of 12)"),
    ("Asking Crossref (search) about 1 DOI", "asking Crossref (search) about 1 work"),
    ("Asking OpenAlex about 3 references", "asking OpenAlex about 3 references"),
    ("OpenAlex: 1,000 of 2,000 references", "asking OpenAlex about 2,000 references (1,000 of 2,000)"),
    ("sending statements to models.example", "sending statements to models.example"),
    ("weighing the evidence", "weighing the evidence"),
]


def test_steps_are_told_in_plain_words_with_shares_that_grow() -> None:
    told: list[tuple[str, float]] = []
    steps = Steps(lambda step, share: told.append((step, share)))
    for step, _ in STEPS:
        steps(step)
    steps.keeping()
    assert [words for words, _ in told] == [*(words for _, words in STEPS), "keeping it"]
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] < 1


def test_however_many_registries_are_asked_the_share_stays_below_that_of_weighing() -> None:
    told: list[float] = []
    steps = Steps(lambda _, share: told.append(share))
    for number in range(100):
        steps(f"Asking R{number} about 2 DOIs")
        steps(f"R{number}: 1 of 2 DOIs")
    steps("weighing the evidence")
    assert told == sorted(told)
    assert told[-2] < told[-1]
