"""The overview in each of its states, as Streamlit runs it."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from streamlit.testing.v1 import AppTest

from ingest.front.looks import FrontLooks
from kb.questions.states import State, state_of
from kb.view.pages import overview
from tests.desks import TODAY, keep, run, words
from tests.drawn import audit_of, source
from tests.samples import sample_audit

EARLIER = "2026-11-20"


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return tmp_path / "knowledge.db"


def page(path: Path) -> AppTest:
    def script(path: str) -> None:
        from pathlib import Path

        from kb.view.pages import overview
        from tests.desks import desk_at

        overview.show(desk_at(Path(path)))

    test = run(script, path)
    assert not test.exception
    return test


def told(test: AppTest) -> str:
    """Everything that the parts of the page say, in their order."""
    sent = [one.proto for one in test.get("bidi_component") if one.proto.component_name == "kb_overview"]
    return " ".join(words(tree) for one in sent for tree in json.loads(one.json)["trees"])


def native(test: AppTest) -> str:
    return " ".join(one.value for one in (*test.markdown, *test.subheader, *test.header))


def test_without_a_knowledge_base_it_says_what_to_do(knowledge: Path) -> None:
    test = page(knowledge)
    assert test.header[0].value == "Nothing audited yet"
    assert not knowledge.exists()


def test_all_articles_are_counted(knowledge: Path) -> None:
    keep(knowledge, sample_audit(), audit_of({"s1": []}, []))
    said = told(page(knowledge))
    for expected in (
        "In 2 articles 4 of 8 statements (50 %) ask for a source and show none; 1 cites one that does not count.",
        "✗ Retracted",
        "Evidence that is no longer what it was",
        "What most hangs on",
        "no medical advice",
    ):
        assert expected in said


def test_articles_without_statements_are_no_error(knowledge: Path) -> None:
    keep(knowledge, audit_of({}, []))
    assert "no statement was found" in told(page(knowledge))


def test_the_first_look_is_kept_and_later_ones_are_compared_with_it(knowledge: Path) -> None:
    keep(knowledge, audit_of({"s1": []}, []))
    assert "This is the first look." in told(page(knowledge))
    test = page(knowledge)
    assert test.selectbox[0].options == [f"{TODAY} (today)"]
    assert f"Since {TODAY} nothing has changed." in told(test)
    keep(knowledge, audit_of({"s1": ["tea"]}, [source("tea")]))
    assert f"Since {TODAY} 1 statement stands better" in told(test.run())


def test_a_former_day_goes_before_today(knowledge: Path) -> None:
    FrontLooks(str(knowledge), knowledge.parent).keep(EARLIER, state_of([audit_of({"s1": ["tea"]}, [source("tea")])]))
    keep(knowledge, audit_of({"s1": []}, []))
    test = page(knowledge)
    assert test.selectbox[0].options == [EARLIER, f"{TODAY} (today)"]
    assert f"Since {EARLIER} 1 statement stands worse" in told(test)
    test.selectbox[0].select(TODAY).run()
    assert f"Since {TODAY} nothing has changed." in told(test)


def test_a_former_state_that_cannot_be_read_is_told(knowledge: Path) -> None:
    FrontLooks(str(knowledge), knowledge.parent).keep(EARLIER, State(kind="audit", statements=(), works=()))
    for file in (knowledge.parent / ".kb" / "states").glob("*.gz"):
        file.write_bytes(b"")
    keep(knowledge, sample_audit())
    assert "cannot be read any more" in told(page(knowledge))


def test_where_nothing_can_be_kept_that_is_told(knowledge: Path) -> None:
    (knowledge.parent / ".kb").write_text("in the way")
    keep(knowledge, sample_audit())
    assert "could not be kept" in told(page(knowledge))


def test_of_very_much_only_what_is_quick_is_found_by_itself(knowledge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "LARGE", 5)
    keep(knowledge, sample_audit())
    test = page(knowledge)
    assert "here are 7" in told(test)
    assert "stand on one source alone" not in told(test)
    assert not (knowledge.parent / ".kb").exists(), "no state is kept"
    test.button[0].click().run()
    assert not test.exception
    assert "stand on one source alone" in told(test)


def test_outside_text_is_in_nothing_that_streamlit_formats(knowledge: Path) -> None:
    hostile = "**bold** <script>alert(1)</script>"
    audit = sample_audit()
    keep(knowledge, msgspec.structs.replace(audit, article=msgspec.structs.replace(audit.article, title=hostile)))
    test = page(knowledge)
    assert hostile in told(test)
    assert "bold" not in native(test)
