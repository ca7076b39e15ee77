"""The page of the worklist in each of its states."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from streamlit.testing.v1 import AppTest

from kb.model import Audit
from tests.desks import keep, run
from tests.samples import TITLE, sample_audit


def page(path: Path, **query: str) -> AppTest:
    def script(path: str) -> None:
        from pathlib import Path

        from kb.view.pages import worklist
        from tests.desks import desk_at

        worklist.show(desk_at(Path(path)))

    return run(script, path, **query)


def other(**fields: Any) -> Audit:
    audit = sample_audit()
    article = msgspec.structs.replace(audit.article, id="other.md", title="Another article")
    return msgspec.structs.replace(audit, article=article, **fields)


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return tmp_path / "knowledge.db"


def words(test: AppTest) -> str:
    """The text that was sent to the list."""
    sent = [one.proto for one in test.get("bidi_component") if one.proto.component_name == "kb_worklist"]
    return json.dumps(json.loads(sent[0].json)["trees"], ensure_ascii=False) if sent else ""


def test_without_a_knowledge_base_it_says_what_to_do(knowledge: Path) -> None:
    test = page(knowledge)
    assert not test.exception
    assert test.header[0].value == "Nothing audited yet"


def test_it_says_what_to_mend_and_where_to_search(knowledge: Path) -> None:
    keep(knowledge, sample_audit())
    test = page(knowledge)
    assert not test.exception
    assert "2 places to look at; 1 of them is a statement that lacks a source." in test.caption[0].value
    assert "leave your machine" in test.caption[0].value
    assert "no medical advice" in test.caption[0].value
    assert "About 40% of adults drink it every day." in words(test)
    assert "pubmed.ncbi.nlm.nih.gov" in words(test)
    assert not test.selectbox


def test_nothing_to_mend_is_said_in_words(knowledge: Path) -> None:
    keep(knowledge, msgspec.structs.replace(sample_audit(), findings=()))
    test = page(knowledge)
    assert test.success[0].value.startswith("Nothing to mend")


def test_it_is_narrowed_down_by_severity_by_rule_and_to_what_lacks_a_source(knowledge: Path) -> None:
    keep(knowledge, sample_audit())
    test = page(knowledge)
    test.pills[0].set_value(["info"]).run()
    assert "About 40%" not in words(test)
    assert "Quill" in words(test)
    test.toggle(key="worklist bare").set_value(True).run()
    assert test.info[0].value == "Nothing of this kind is to be mended."
    test.pills[0].set_value([]).run()
    test.multiselect[0].set_value(["unsupported-statement"]).run()
    assert "About 40%" in words(test)
    assert "Quill" not in words(test)


def test_all_articles_are_shown_together_when_asked_for(knowledge: Path) -> None:
    keep(knowledge, sample_audit(), other())
    test = page(knowledge)
    assert "Another article" not in words(test)
    test.toggle(key="worklist of all").set_value(True).run()
    assert "Another article, line 3" in words(test)
    assert f"{TITLE}, line 3" in words(test)


def test_the_knowledge_base_is_looked_through_when_asked(knowledge: Path) -> None:
    daily = next(one for one in sample_audit().statements if one.id == "s3")
    lines = tuple(
        msgspec.structs.replace(one, statement="s3") for one in sample_audit().evidence if one.statement == "s2"
    )
    assessed = tuple(
        msgspec.structs.replace(one, verdict="supported") if one.statement == daily.id else one
        for one in sample_audit().assessments
    )
    keep(knowledge, sample_audit(), other(evidence=lines, assessments=assessed))
    test = page(knowledge)
    assert "In the knowledge base" not in words(test)
    test.button[0].click().run()
    assert not test.exception
    assert "The same is said in other.md" in words(test)


def test_of_a_large_knowledge_base_the_article_alone_is_looked_through(
    knowledge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.view.pages.worklist.MOST_STATEMENTS", 10)
    keep(knowledge, sample_audit(), other())
    test = page(knowledge)
    test.button[0].click().run()
    assert not test.exception
    assert "too large" in test.info[0].value
    assert "About 40%" in words(test)


def test_many_tasks_are_shown_some_at_a_time(knowledge: Path) -> None:
    (first, *_) = sample_audit().findings
    many = tuple(
        msgspec.structs.replace(first, statement=None, fingerprint=str(at), message=f"no {at}") for at in range(70)
    )
    keep(knowledge, msgspec.structs.replace(sample_audit(), findings=many))
    test = page(knowledge)
    assert "No 49." in words(test)
    assert "No 50." not in words(test)
    next(one for one in test.button if one.label == "Show 20 more").click().run()
    assert "No 69." in words(test)


def test_the_address_says_which_article_is_read(knowledge: Path) -> None:
    keep(knowledge, sample_audit(), other())
    test = page(knowledge, article="other.md")
    assert test.session_state["article"] == "other.md"
    test.selectbox[0].select(sample_audit().article.id).run()
    assert not test.exception
    assert test.query_params["article"] == sample_audit().article.id
