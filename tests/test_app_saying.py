"""The form in which a person says what they think of a statement, as Streamlit runs it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from kb.base import KnowledgeBase
from kb.reviews import FILE, read
from tests.desks import run
from tests.samples import ARTICLE_ID, EASES, sample_audit

HOSTILE = "<script>alert(1)</script> **bold** :red[x] $y$ [a](javascript:alert(1))"


def form(path: str) -> None:
    from dataclasses import replace
    from pathlib import Path

    import streamlit as st

    from kb.view.pages import saying
    from kb.view.pages.frame import audit_of, errors_in_words
    from kb.view.work import Reviewer
    from tests.desks import desk_at
    from tests.samples import ARTICLE_ID

    who = st.session_state.get("who", Reviewer())
    desk = replace(desk_at(Path(path)), reviewer=lambda: who)
    with errors_in_words():
        saying.draw(desk, audit_of(desk, ARTICLE_ID), st.session_state.get("on", "s2"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    audit = sample_audit()
    sources = tuple(msgspec.structs.replace(one, title=f"{one.title} {HOSTILE}") for one in audit.sources)
    with KnowledgeBase.open(tmp_path / "knowledge.db") as base:
        base.add(msgspec.structs.replace(audit, sources=sources))
    return tmp_path / "knowledge.db"


def opened(path: Path, **state: object) -> AppTest:
    """The form, opened as a person opens it."""
    shown = run(form, path)
    assert list(shown.radio) == []
    for name, value in (state | {"own word": True}).items():
        shown.session_state[name] = value
    return shown.run()


def say(shown: AppTest, value: str | None, *, why: str = "table 2 has it", name: str | None = "Ann Lee") -> AppTest:
    if value:
        shown.radio[0].set_value(value)
    shown.text_input[0].set_value(why)
    if name is not None:
        shown.text_input[1].set_value(name)
    return button(shown, "Keep my word").click().run()


def button(shown: AppTest, label: str) -> Button:
    return next(one for one in shown.button if one.label == label)


def told(shown: AppTest) -> str:
    return "\n".join(one.value for one in (*shown.success, *shown.error, *shown.code, *shown.text))


def test_a_word_is_kept_and_told_and_the_form_is_empty_again(path: Path) -> None:
    shown = say(opened(path), "contested")
    assert "Your word is kept." in told(shown)
    assert "The statement now counts as “contested" in told(shown)
    assert "The program alone says “supported" in told(shown)
    (word,) = read((path.parent / FILE).read_bytes(), FILE)
    assert (word.value, word.person, word.reason, word.text) == ("contested", "Ann Lee", "table 2 has it", EASES)
    with KnowledgeBase.open(path) as base:
        assert base.audit(ARTICLE_ID).reviews == (word,)
    assert shown.radio[0].value is None
    assert shown.text_input[0].value == ""
    assert shown.text_input[1].value == "Ann Lee"
    assert "Your word is kept." in told(shown.run())  # the page is drawn anew more than once after a word
    assert "Your word is kept." not in told(opened(path))


def test_it_is_taken_back_by_whoever_said_it(path: Path) -> None:
    shown = opened(path)
    assert "Take mine back" not in [one.label for one in shown.button]
    shown = button(say(shown, "contested"), "Take mine back").click().run()
    assert "before, it was “contested" in told(shown)
    assert "Take mine back" not in [one.label for one in shown.button]
    say(shown, "contested")
    shown.text_input[1].set_value("Bo Yu")
    button(shown, "Take mine back").click().run()
    assert "Bo Yu said nothing of it; Ann Lee did" in told(shown)


def test_what_a_source_says_and_whether_one_is_needed_can_be_said(path: Path) -> None:
    shown = opened(path)
    labels = shown.selectbox[0].options
    assert labels[0] == "this statement"
    assert HOSTILE[:20] in labels[1]
    shown.selectbox[0].set_value(1).run()
    shown = say(shown, "disputes", name=None)
    assert "the name is missing" in told(shown)
    assert "now counts as “disputes”" in told(say(shown, "disputes"))
    shown.selectbox[0].set_value(2).run()
    assert "“needs no source”" in told(say(shown, "needs no source"))


def test_how_certain_the_evidence_is_goes_with_a_verdict_that_has_evidence(path: Path) -> None:
    shown = opened(path)
    shown.selectbox[1].set_value("low")
    assert "“partly supported, certainty low”" in told(say(shown, "partly supported"))
    shown.selectbox[1].set_value("low")
    assert "“unsupported”" in told(say(shown, "unsupported"))


MISSING = [
    (None, "read it", "Ann Lee", "nothing was chosen"),
    ("contested", " ", "Ann Lee", "the reason is missing"),
    ("contested", "read it", "  ", "the name is missing"),
]


@pytest.mark.parametrize(("value", "why", "name", "problem"), MISSING, ids=[row[3] for row in MISSING])
def test_what_is_missing_is_told_and_what_was_written_stays(
    path: Path, value: str | None, why: str, name: str, problem: str
) -> None:
    shown = say(opened(path), value, why=why, name=name)
    assert problem in told(shown)
    assert (shown.radio[0].value, shown.text_input[0].value) == (value, why)
    assert not (path.parent / FILE).exists()


def test_hostile_words_are_words(path: Path) -> None:
    shown = say(opened(path), "contested", why=HOSTILE, name=HOSTILE[:30])
    assert "Your word is kept." in told(shown)
    (word,) = read((path.parent / FILE).read_bytes(), FILE)
    assert (word.reason, word.person) == (HOSTILE, HOSTILE[:30])
    assert all(HOSTILE[:20] not in one.value for one in (*shown.markdown, *shown.success, *shown.error))


def test_a_login_names_who_speaks(path: Path) -> None:
    from kb.view.work import Reviewer

    shown = opened(path, who=Reviewer(name="Zoë Roe", known=True))
    assert "As Zoë Roe" in told(shown)
    assert len(shown.text_input) == 1
    assert "Your word is kept." in told(say(shown, "contested", name=None))
    (word,) = read((path.parent / FILE).read_bytes(), FILE)
    assert word.person == "Zoë Roe"


def test_who_does_not_come_through_the_login_says_nothing(path: Path) -> None:
    from kb.view.work import Reviewer

    shown = opened(path, who=Reviewer(refused="you did not come through the login"))
    assert "No word can be given here: you did not come through the login." in told(shown)
    assert not shown.radio
    assert not shown.button


def test_a_statement_that_is_gone_has_no_form(path: Path) -> None:
    shown = run(form, path)
    shown.session_state["on"] = "s99"
    assert not shown.run().expander
    assert not shown.exception
