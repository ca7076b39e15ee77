"""What changed between two states, worked out by hand.

Before and after, with the sources that each statement of `a.md` rests on:

    s1 ── A supports            s1 ── A supports, B disputes     contested, less certain
    s2 ── A supports            s2 ── A (retracted)              unsupported
    s3 ── B supports            (gone)
    s4 ── B supports            s4, reworded ── B supports       as before
                                s5 ── C supports                 new
"""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.digests import statement_id
from kb.lock import lock_of
from kb.lock.state import state_of_lock
from kb.model import Audit, Certainty, Direction, Notice, Verdict
from kb.questions.diff import Diff, diff
from kb.questions.states import Standing, State, Work, state_of
from kb.report.answers.diff import to_text
from kb.report.document import to_json
from kb.report.state import read_state
from kb.strength.scale import VERDICTS, Grade, way

RETRACTED = Notice(kind="retraction", said_by=("the registry",), date="2026-05")
A = Work(id="doi:10.5555/a", label="Ash 2019", design="randomized trial")
B = Work(id="doi:10.5555/b", label="Birch 2020", design="cohort")
C = Work(id="doi:10.5555/c", label="Cedar 2021", design="cohort")


def standing(name: str, text: str, verdict: Verdict, sure: Certainty | None, **says: Direction) -> Standing:
    return Standing(
        article="a.md",
        fingerprint=f"{name}:1",
        statement=statement_id(f"{name}:1"),
        line=3,
        text=text,
        verdict=verdict,
        certainty=sure,
        directions=tuple(sorted((f"doi:10.5555/{source}", direction) for source, direction in says.items())),
    )


BEFORE = State(
    kind="audit",
    as_of="2026-01-01",
    statements=(
        standing("1" * 16, "Thyme eases a cough.", "supported", "moderate", a="supports"),
        standing("2" * 16, "Thyme shortens a cold by 2 days.", "supported", "low", a="supports"),
        standing("3" * 16, "Sage is good for the voice.", "supported", "low", b="supports"),
        standing("4" * 16, "Sage tea eases a sore throat in most adults.", "supported", "low", b="supports"),
    ),
    works=(A, B),
)
AFTER = State(
    kind="audit",
    as_of="2026-06-01",
    statements=(
        standing("1" * 16, "Thyme eases a cough.", "contested", "low", a="supports", b="disputes"),
        standing("2" * 16, "Thyme shortens a cold by 2 days.", "unsupported", None, a="not checked"),
        standing("5" * 16, "Sage tea eases sore throat in most adults.", "supported", "low", b="supports"),
        standing("6" * 16, "Mint settles the stomach.", "supported", "low", c="supports"),
    ),
    works=(msgspec.structs.replace(A, notices=(RETRACTED,)), B, C),
)


def test_what_changed_is_what_was_worked_out_by_hand() -> None:
    found = diff(BEFORE, AFTER)
    assert [(one.now.text, one.way, one.words) for one in found.changed] == [
        (
            "Thyme eases a cough.",
            "down",
            ("supported → contested", "certainty moderate → low", "now also on doi:10.5555/b (disputes)"),
        ),
        (
            "Thyme shortens a cold by 2 days.",
            "down",
            ("supported → unsupported", "certainty low → none", "doi:10.5555/a: supports → not checked"),
        ),
        ("Sage tea eases sore throat in most adults.", "same", ("reworded, and stands as before",)),
    ]
    assert [one.text for one in found.added] == ["Mint settles the stomach."]
    assert [one.text for one in found.removed] == ["Sage is good for the voice."]
    assert (found.sources_in, found.sources_out) == ((C,), ())
    (told,) = found.told
    assert told.work.id == A.id
    assert told.words == ("new notice: retraction of 2026-05 (said by the registry)",)
    assert [one.text for one in told.statements] == ["Thyme eases a cough.", "Thyme shortens a cold by 2 days."]


def test_the_other_way_round_everything_gets_better() -> None:
    assert {one.way for one in diff(AFTER, BEFORE).changed} == {"up", "same"}


@pytest.mark.parametrize("state", [BEFORE, AFTER])
def test_nothing_changed_between_equal_states(state: State) -> None:
    found = diff(state, state)
    assert not found.anything
    assert to_text(found) == "Nothing changed.\n"


@pytest.mark.parametrize(
    "text",
    [
        "Sage tea does not ease a sore throat in most adults.",
        "Sage tea eases a sore throat in 9 of 10 adults.",
        "Gargling warms the throat.",
    ],
)
def test_a_statement_with_another_number_or_denial_is_another_statement(text: str) -> None:
    other = standing("7" * 16, text, "supported", "low", b="supports")
    found = diff(BEFORE, msgspec.structs.replace(BEFORE, statements=(*BEFORE.statements[:3], other)))
    assert [one.text for one in found.added] == [text]
    assert len(found.removed) == 1


def test_a_reworded_statement_that_stands_otherwise_shows_its_former_words() -> None:
    other = standing("7" * 16, "Sage tea eases sore throats in most adults.", "contested", "low", b="supports")
    found = diff(BEFORE, msgspec.structs.replace(BEFORE, statements=(*BEFORE.statements[:3], other)))
    assert [one.reworded for one in found.changed] == ["Sage tea eases a sore throat in most adults."]
    assert "before: “Sage tea eases a sore throat" in to_text(found)


def test_words_from_outside_cannot_break_a_line() -> None:
    hostile = standing("8" * 16, "Thyme\n::error::\x1b[31m eases.", "supported", None, a="supports")
    found = diff(BEFORE, msgspec.structs.replace(BEFORE, statements=(*BEFORE.statements, hostile)))
    lines = to_text(found).splitlines()
    assert not any(line.startswith("::") or "\x1b" in line for line in lines)


def test_a_report_tells_the_same_state_as_its_audits(sample_audit: Audit) -> None:
    assert read_state(to_json([sample_audit]), "report.json") == state_of([sample_audit])


def test_a_lock_tells_of_the_statements_that_cite(sample_audit: Audit) -> None:
    state = state_of_lock(lock_of([sample_audit]))
    whole = state_of([sample_audit])
    cited = {one.fingerprint: one for one in whole.statements if one.directions}
    assert {one.fingerprint for one in state.statements} == cited.keys()
    assert {one.fingerprint: one.verdict for one in state.statements} == {
        name: one.verdict for name, one in cited.items()
    }
    found = diff(state, whole)
    assert not (found.changed or found.added or found.removed)


GRADES = st.builds(
    Grade,
    st.sampled_from([*VERDICTS, "needs no source"]),
    st.none() | st.integers(1, 5),
    st.none() | st.sampled_from(["very low", "low", "moderate", "high"]),
)


@given(GRADES, GRADES)
def test_what_is_worse_one_way_is_better_the_other(one: Grade, other: Grade) -> None:
    assert {way(one, other), way(other, one)} in ({"up", "down"}, {"same"})


STANDINGS = st.lists(
    st.builds(
        standing,
        st.sampled_from(["1" * 16, "2" * 16, "3" * 16]),
        st.sampled_from(["Thyme eases a cough.", "Thyme eases cough.", "Sage is good for the voice."]),
        st.sampled_from(VERDICTS),
        st.none() | st.sampled_from(["low", "high"]),
        a=st.sampled_from(["supports", "disputes"]),
    ),
    unique_by=lambda one: one.fingerprint,
).map(lambda found: State(kind="audit", statements=tuple(found), works=(A,)))


@given(STANDINGS, STANDINGS)
def test_every_statement_is_kept_new_or_gone(before: State, after: State) -> None:
    found: Diff = diff(before, after)
    assert len(after.statements) - len(found.added) == len(before.statements) - len(found.removed)
