"""The page of the graph without a browser, in each of its states."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from streamlit.testing.v1 import AppTest

from kb.graph import statement_node
from kb.model import Audit
from kb.view.ways import to_graph
from tests.desks import keep, run
from tests.drawn import audit_of, source, work
from tests.samples import ARTICLE_ID, HARTWELL_SOURCE, TITLE, sample_audit

OTHER_ID = "articles/other.md"
HOSTILE = "<script>alert(1)</script> **bold** :red[x] $y$ [a](javascript:alert(1))"


def renamed(audit: Audit, name: str, title: str = "Another article") -> Audit:
    return msgspec.structs.replace(audit, article=msgspec.structs.replace(audit.article, id=name, title=title))


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A knowledge base of two articles that cite the same sources."""
    path = tmp_path / "knowledge.db"
    keep(path, sample_audit(), renamed(sample_audit(), OTHER_ID))
    return path


def graph(path: Path, **query: str | list[str]) -> AppTest:
    """The page at an address."""

    def script(path: str) -> None:
        from pathlib import Path

        from kb.view.pages import graph
        from tests.desks import desk_at

        graph.show(desk_at(Path(path)))

    return run(script, path, **query)


def sent(test: AppTest) -> Any:
    """What was sent to the browser to be drawn."""
    assert not test.exception
    (component,) = test.get("bidi_component")
    return json.loads(json.loads(component.proto.json)["drawing"])


def drawn(test: AppTest) -> dict[str, Any]:
    return {node["id"]: node for node in sent(test)["scene"]["nodes"]}


def said(test: AppTest) -> str:
    return " ".join(sent(test)["scene"]["told"])


def test_one_article_is_drawn_and_another_can_be_chosen(knowledge: Path) -> None:
    test = graph(knowledge)
    assert drawn(test)[f"article:{ARTICLE_ID}"]["label"] == TITLE
    assert test.query_params["article"] == ARTICLE_ID
    assert "needs-no-source" not in {node["form"] for node in drawn(test).values()}
    test.toggle[0].set_value(True).run()
    assert "needs-no-source" in {node["form"] for node in drawn(test).values()}
    test.selectbox[0].select(OTHER_ID).run()
    assert f"article:{OTHER_ID}" in drawn(test)
    assert test.query_params["article"] == OTHER_ID


def test_all_articles_are_drawn_and_can_be_narrowed_down(knowledge: Path) -> None:
    test = graph(knowledge)
    test.segmented_control[0].set_value("all").run()
    assert {f"article:{ARTICLE_ID}", f"article:{OTHER_ID}"} <= drawn(test).keys()
    assert "2 articles and 3 sources, 3 of them used by several articles." in said(test)
    test.text_input[0].set_value("Another").run()
    assert f"article:{ARTICLE_ID}" not in drawn(test)
    test.text_input[0].set_value("nothing like it").run()
    assert "No article has these words in its name." in test.info[0].value
    assert not test.exception


def test_an_address_unfolds_a_source(knowledge: Path) -> None:
    test = graph(knowledge, article=ARTICLE_ID, open=HARTWELL_SOURCE)
    assert {"doi:10.5555/elsewhere", statement_node(OTHER_ID, "s2")} <= drawn(test).keys()
    assert sent(test)["chosen"] == HARTWELL_SOURCE


def test_what_is_around_a_source_or_a_statement(knowledge: Path) -> None:
    assert statement_node(OTHER_ID, "s2") in drawn(graph(knowledge, about=HARTWELL_SOURCE))
    test = graph(knowledge, about=statement_node(ARTICLE_ID, "s2"))
    assert sent(test)["chosen"] == statement_node(ARTICLE_ID, "s2")
    assert HARTWELL_SOURCE in drawn(test)


def test_what_falls_is_drawn_and_told_in_words(knowledge: Path) -> None:
    test = graph(knowledge, question="impact", source=HARTWELL_SOURCE)
    forms = {node["form"] for node in drawn(test).values()}
    assert {"retracted", "loses-its-support"} <= forms
    assert "rest on that" in said(test)
    assert "loses its support" in json.dumps(sent(test)["words"])


@pytest.mark.parametrize("question", ["trace", "independence"])
def test_a_question_about_a_statement_is_drawn(knowledge: Path, question: str) -> None:
    test = graph(knowledge, question=question, article=ARTICLE_ID, statement="s2")
    assert {statement_node(ARTICLE_ID, "s2"), HARTWELL_SOURCE} <= drawn(test).keys()
    assert sent(test)["scene"]["tree"]


def test_nothing_rests_on_a_source_that_is_only_cited(knowledge: Path) -> None:
    test = graph(knowledge, question="impact", source="doi:10.5555/elsewhere")
    assert "No statement rests on that." in said(test)


@pytest.mark.parametrize(
    "query",
    [
        {"about": "doi:10.5555/none"},
        {"about": "statement:no such#s1"},
        {"about": statement_node(ARTICLE_ID, "s99")},
        {"about": HOSTILE},
        {"question": "impact"},
        {"question": "impact", "source": HOSTILE},
        {"question": "trace", "article": ARTICLE_ID, "statement": "s99"},
        {"question": "trace"},
        {"question": "independence", "article": HOSTILE, "statement": "s1"},
        {"article": ARTICLE_ID, "open": "doi:10.5555/none"},
    ],
)
def test_an_address_that_names_nothing_is_said_in_words(knowledge: Path, query: dict[str, str]) -> None:
    test = graph(knowledge, **query)
    assert not test.exception
    assert test.error
    assert "could not be done" in test.error[0].value
    assert not [one for one in test.markdown if "alert" in one.value]


@pytest.mark.parametrize("query", [{"question": "no such"}, {"scope": HOSTILE}, {"article": HOSTILE}])
def test_an_address_that_asks_for_nothing_known_draws_an_article(knowledge: Path, query: dict[str, str]) -> None:
    assert f"article:{ARTICLE_ID}" in drawn(graph(knowledge, **query))


def test_outside_text_is_sent_as_it_is_and_never_as_markdown(tmp_path: Path) -> None:
    path = tmp_path / "hostile.db"
    keep(path, audit_of({"s1": ["moss"]}, [source("moss", title=HOSTILE)]))
    test = graph(path)
    assert HOSTILE in dict(drawn(test)[work("moss")]["facts"]).values()
    assert not [one for one in (*test.markdown, *test.caption) if "alert" in one.value or one.allow_html]


def test_an_answered_question_leads_to_its_drawing_which_needs_no_such_link(knowledge: Path) -> None:
    def script(path: str) -> None:
        from pathlib import Path

        from kb.view.pages import questions
        from tests.desks import desk_at

        questions.show(desk_at(Path(path)))

    given = {"article": ARTICLE_ID, "statement": "s2"}
    for question, query in (("impact", {"source": HARTWELL_SOURCE}), ("trace", given), ("independence", given)):
        told = run(script, knowledge, question=question, **query)
        (component,) = told.get("bidi_component")
        assert to_graph(question=question, **query) in component.proto.json
        assert "See it drawn" not in json.dumps(sent(graph(knowledge, question=question, **query))["words"])
