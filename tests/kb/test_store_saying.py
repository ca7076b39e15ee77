"""A word is kept and applied at once, whichever database is behind the store and whoever writes beside."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kb.base import KnowledgeBase
from kb.errors import StoreError, UsageError
from kb.model import Review
from tests.samples import ARTICLE_ID, sample_audit
from tests.writing import PROJECT, renamed, replaced

SPEAKER = """
import sys
from kb.base import KnowledgeBase
from tests.kb.test_store_saying import word
where, name = sys.argv[1:]
with KnowledgeBase.open(where) as base:
    for number in range(5):
        base.say("articles/brindleweed.txt", [word(f"{name} {number}")])
"""


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The place of a knowledge base that holds the sample."""
    place: str = str(tmp_path / "k.db") if request.param == "SQLite" else request.getfixturevalue("postgres")
    with KnowledgeBase.open(place) as base:
        base.add(sample_audit())
    return place


def word(person: str, value: str = "contested", **changes: object) -> Review:
    (on,) = [one for one in sample_audit().statements if one.id == "s2"]
    said = Review(
        subject="statement",
        statement=on.id,
        source=None,
        value=value,
        person=person,
        date="2026-11-22",
        reason="read it",
        fingerprint=on.fingerprint,
        article=ARTICLE_ID,
    )
    return replaced(said, **changes)


def stands(where: str) -> tuple[str, str]:
    with KnowledgeBase.open(where) as base:
        (one,) = [one for one in base.audit(ARTICLE_ID).assessments if one.statement == "s2"]
    return one.verdict, one.reviewed.state if one.reviewed else ""


def people(where: str) -> list[str]:
    with KnowledgeBase.open(where) as base:
        return sorted(review.person for review in base.reviews())


def test_a_word_is_kept_and_applied(where: str) -> None:
    with KnowledgeBase.open(where) as base:
        before, after = base.say(ARTICLE_ID, [word("Ann")])
        assert base.audit(ARTICLE_ID) == after
        assert before == sample_audit()
    assert stands(where) == ("contested", "overruled")


def test_what_is_said_again_is_the_last_word(where: str) -> None:
    for value in ("contested", "unsupported", "contested"):
        with KnowledgeBase.open(where) as base:
            base.say(ARTICLE_ID, [word("Ann", value)])
        assert stands(where)[0] == value


def test_a_word_of_another_article_stays_where_it_was_kept(where: str) -> None:
    elsewhere = word("Bo", fingerprint="gone", article="other.txt")
    with KnowledgeBase.open(where) as base:
        base.add(replaced(sample_audit(), reviews=(elsewhere,)))
        base.say(ARTICLE_ID, [word("Ann")])
        assert base.reviews() == (elsewhere, word("Ann"))


def test_of_an_article_that_is_not_there_nothing_is_said(where: str) -> None:
    with KnowledgeBase.open(where) as base:
        with pytest.raises(UsageError, match="no such article"):
            base.say("elsewhere.txt", [word("Ann")])
        assert base.reviews() == ()


def test_an_audit_that_began_before_the_word_is_kept_with_it(where: str) -> None:
    with KnowledgeBase.open(where) as base:
        base.say(ARTICLE_ID, [word("Ann")])
        base.add(sample_audit())
    assert stands(where) == ("contested", "overruled")
    assert people(where) == ["Ann"]


def test_an_audit_that_knows_an_earlier_word_of_the_day_does_not_bring_it_back(where: str) -> None:
    known = (word("Ann", "unsupported"), word("Bo", "contested"))  # as the project's file had it when it began
    with KnowledgeBase.open(where) as base:
        base.say(ARTICLE_ID, [word("Ann", "contested")])
        base.add(replaced(sample_audit(), reviews=known))
        assert base.reviews() == (*known, word("Ann", "contested"))
    assert stands(where) == ("contested", "overruled")


def test_words_on_what_an_article_no_longer_says_are_kept_and_change_nothing(where: str) -> None:
    lost = word("Ann", fingerprint="gone", article="")
    audit = replaced(sample_audit(), reviews=(lost,))
    with KnowledgeBase.open(where) as base:
        base.add(audit)
        base.add(sample_audit())
        assert base.audit(ARTICLE_ID) == audit


def test_programs_and_threads_that_speak_while_it_is_audited_lose_nobody(where: str) -> None:
    programs = [
        subprocess.Popen([sys.executable, "-c", SPEAKER, where, name], cwd=PROJECT, stderr=subprocess.PIPE, text=True)
        for name in ("Ann", "Bo")
    ]

    def audit() -> None:
        for number in range(5):
            with KnowledgeBase.open(where) as base:
                base.add_all([sample_audit(), renamed(sample_audit(), f"{number}.txt")])

    def speak() -> None:
        with KnowledgeBase.open(where) as base:
            for number in range(5):
                base.say(ARTICLE_ID, [word(f"Cy {number}")])

    with ThreadPoolExecutor(2) as runner:
        for done in (runner.submit(audit), runner.submit(speak)):
            done.result()
    for program in programs:
        _, told = program.communicate(timeout=120)
        assert program.returncode == 0, told
    assert people(where) == [f"{name} {number}" for name in ("Ann", "Bo", "Cy") for number in range(5)]
    assert stands(where) == ("contested", "overruled")


def test_a_word_that_cannot_be_applied_is_not_kept(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> None:
        raise StoreError("as if the disk were full")

    monkeypatch.setattr("kb.store.sql.save", fail)
    with KnowledgeBase.open(where) as base, pytest.raises(StoreError):
        base.say(ARTICLE_ID, [word("Ann")])
    assert people(where) == []
    assert stands(where)[1] == ""
