"""What a change did to the evidence, in the linter's lines: worse, better, new, and nothing that stands as before."""

from __future__ import annotations

import msgspec
import pytest

from kb.linting.moved import moved, without_lock
from kb.linting.outcome import Moved
from kb.model import Certainty, Direction, Notice, NoticeKind, Verdict
from kb.questions.diff import diff
from kb.questions.states import Standing, State, Work

HEAT = Standing(
    article="a.md",
    fingerprint="f:1",
    statement="s1",
    line=3,
    text="Heat eases knee pain.",
    verdict="supported",
    certainty="moderate",
    directions=(("doi:10.5555/1", "supports"),),
)
WORK = Work(id="doi:10.5555/1", label="Roe 2010", design="cohort")


def state(*statements: Standing, work: Work = WORK) -> State:
    return State(kind="audit", statements=statements, works=(work,))


def changed(before: State, after: State) -> tuple[Moved, ...]:
    return moved(diff(before, after))


def test_a_lower_certainty_is_worse_and_a_higher_one_better() -> None:
    low = msgspec.structs.replace(HEAT, certainty="low")
    words = "“Heat eases knee pain.”: certainty {} → {}"
    worse = Moved(article="a.md", line=3, way="down", words=words.format("moderate", "low"))
    assert changed(state(HEAT), state(low)) == (worse,)
    better = Moved(article="a.md", line=3, way="up", words=words.format("low", "moderate"))
    assert changed(state(low), state(HEAT)) == (better,)


def test_a_new_statement_is_told_where_nothing_holds_it_up() -> None:
    bare = Standing(
        article="a.md", fingerprint="f:2", statement="s2", line=5, text="Cold cures.", verdict="unsupported"
    )
    told = Moved(article="a.md", line=5, way="down", words="new, and nothing holds it up: “Cold cures.”")
    assert changed(state(HEAT), state(HEAT, bare)) == (told,)
    held = msgspec.structs.replace(bare, verdict="supported")
    assert changed(state(HEAT), state(HEAT, held)) == ()


def test_a_statement_that_was_only_reworded_or_moved_is_no_news() -> None:
    reworded = msgspec.structs.replace(HEAT, fingerprint="f:9", line=9, text="Heat eases a knee pain.")
    assert changed(state(HEAT), state(reworded)) == ()


def test_a_reworded_statement_on_other_evidence_is_news() -> None:
    reworded = msgspec.structs.replace(
        HEAT, fingerprint="f:9", text="Heat eases a knee pain.", directions=((WORK.id, "not checked"),)
    )
    words = "“Heat eases a knee pain.”: doi:10.5555/1: supports → not checked"
    assert changed(state(HEAT), state(reworded)) == (Moved(article="a.md", line=3, way="other", words=words),)


def noticed(*kinds: NoticeKind) -> Work:
    notices = tuple(Notice(kind=kind, date="2026-11-01", said_by=("Crossref",)) for kind in kinds)
    return msgspec.structs.replace(WORK, notices=notices)


NOTICES: list[tuple[Work, Work, str, str]] = [
    (noticed(), noticed("retraction"), "down", "new notice: retraction"),
    (noticed(), noticed("partial retraction"), "down", "new notice: partial retraction"),
    (noticed(), noticed("expression of concern"), "down", "new notice: expression of concern"),
    (noticed("retraction"), noticed(), "down", "no longer told: retraction"),
    (noticed("withdrawal"), noticed(), "down", "no longer told: withdrawal"),
    (noticed("retraction"), noticed("retraction", "reinstatement"), "other", "new notice: reinstatement"),
    (noticed(), noticed("correction"), "other", "new notice: correction"),
    (noticed("correction"), noticed(), "other", "no longer told: correction"),
]


@pytest.mark.parametrize(("then", "now", "way", "told"), NOTICES, ids=[told for _, _, _, told in NOTICES])
def test_a_notice_that_comes_or_goes_is_told_once_for_all_articles(then: Work, now: Work, way: str, told: str) -> None:
    (change,) = changed(state(HEAT, work=then), state(HEAT, work=now))
    assert (change.article, change.way) == ("", way)
    assert change.words == f"Roe 2010 (doi:10.5555/1): {told} of 2026-11-01 (said by Crossref)"


def test_a_retraction_whose_date_is_told_more_exactly_is_no_worse() -> None:
    sooner = msgspec.structs.replace(WORK, notices=(Notice(kind="retraction", date="2026-11", said_by=("Crossref",)),))
    (change,) = changed(state(HEAT, work=sooner), state(HEAT, work=noticed("retraction")))
    assert change.way == "other"


UNREAD: Verdict = "not checked"
LOST: list[tuple[Verdict, Certainty | None, Direction, Verdict, Certainty | None, str]] = [
    ("supported", "high", "supports", "supported", None, "down"),
    ("supported", "high", "supports", UNREAD, None, "down"),
    ("not substantiated", None, "neutral", UNREAD, None, "other"),
    ("contested", "low", "disputes", "supported", "low", "other"),
    ("not substantiated", None, "disputes", "unsupported", None, "down"),
]


@pytest.mark.parametrize(("verdict", "sure", "said", "verdict_now", "sure_now", "way"), LOST)
def test_a_word_of_a_source_that_is_lost_makes_nothing_better(
    verdict: Verdict,
    sure: Certainty | None,
    said: Direction,
    verdict_now: Verdict,
    sure_now: Certainty | None,
    way: str,
) -> None:
    then, now = (
        msgspec.structs.replace(HEAT, verdict=stands, certainty=certain, directions=((WORK.id, says),))
        for stands, certain, says in ((verdict, sure, said), (verdict_now, sure_now, "not checked"))
    )
    assert [change.way for change in changed(state(then), state(now))] == [way]


def test_where_the_lock_is_gone_that_is_told_first_and_nothing_is_better() -> None:
    worse, better, new = (
        Moved(article="a.md", line=3, way=way, words=f"it went {way}") for way in ("down", "up", "other")
    )
    told = without_lock([worse, better, new], "lock.json", 2)
    gone = Moved(article="", way="down", words="lock.json is gone: what it told of 2 sources is no longer known")
    assert told == (gone, worse, msgspec.structs.replace(better, way="other"), new)
    assert without_lock([], "lock.json", 1)[0].words.endswith("what it told of 1 source is no longer known")
