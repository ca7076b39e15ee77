"""What a change did to the evidence, in the linter's lines: worse, better, new, and nothing that stands as before."""

from __future__ import annotations

import msgspec

from kb.linting.moved import moved
from kb.linting.outcome import Moved
from kb.model import Notice
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


def test_a_new_notice_is_told_once_for_all_articles() -> None:
    notice = Notice(kind="retraction", date="2026-11-01", said_by=("Crossref",))
    retracted = msgspec.structs.replace(WORK, notices=(notice,))
    words = "Roe 2010 (doi:10.5555/1): new notice: retraction of 2026-11-01 (said by Crossref)"
    assert changed(state(HEAT), state(HEAT, work=retracted)) == (Moved(article="", words=words),)
