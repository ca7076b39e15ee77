"""The page of questions without a browser: each question in each state, as Streamlit runs it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from streamlit.testing.v1 import AppTest

from kb.base import KnowledgeBase
from kb.model import Audit
from kb.questions.load_bearing import LoadBearing
from kb.view.pages.asking import QUESTIONS
from tests.desks import keep, run, words
from tests.drawn import audit_of, source
from tests.samples import ARTICLE_ID, HARTWELL_SOURCE, TERN_SOURCE, TITLE, sample_audit

HOSTILE = "<script>alert(1)</script> **bold** :red[x] $y$ [a](javascript:alert(1))"
OTHER = "articles/other.md"


def another_audit(title: str = "Another article") -> Audit:
    """The sample under another name and title."""
    audit = sample_audit()
    return msgspec.structs.replace(audit, article=msgspec.structs.replace(audit.article, id=OTHER, title=title))


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A knowledge base with the sample in it."""
    path = tmp_path / "knowledge.db"
    keep(path, sample_audit())
    return path


def ask(path: Path, **query: str | list[str]) -> AppTest:
    """The page at an address."""

    def script(path: str) -> None:
        from pathlib import Path

        from kb.view.pages import questions
        from tests.desks import desk_at

        questions.show(desk_at(Path(path)))

    return run(script, path, **query)


def answer(test: AppTest) -> str:
    """The words of the answer; empty where none is shown."""
    assert not test.exception
    sent = [one.proto for one in test.get("bidi_component") if one.proto.component_name == "kb_panel"]
    return " ".join(words(tree) for one in sent for tree in json.loads(one.json)["trees"])


def native_texts(test: AppTest) -> Iterator[str]:
    """Every text that Streamlit itself shows as Markdown."""
    for one in (*test.markdown, *test.caption, *test.header, *test.error, *test.info):
        yield one.value
    for widget in (*test.selectbox, *test.multiselect, *test.text_input, *test.number_input, *test.expander):
        yield widget.label


def address(test: AppTest) -> dict[str, list[str]]:
    """What the page tells in the address; AppTest gives one value as itself."""
    return {name: values if isinstance(values, list) else [values] for name, values in test.query_params.items()}


ANSWERS = [
    ("impact", {"source": HARTWELL_SOURCE}, "1 statement in 1 article rests on that: 1 loses its support."),
    ("impact", {"source": [HARTWELL_SOURCE, TERN_SOURCE]}, "What if these fell, retracted or wrong?"),
    ("impact", {"source": "https://doi.org/10.5555/brindle.2019"}, "1 statement in 1 article rests on that"),
    (
        "trace",
        {"article": ARTICLE_ID, "statement": "s2"},
        "Its only source, Hartwell & Osei 2019, is a randomized trial",
    ),
    ("trace", {"article": ARTICLE_ID, "statement": "s4"}, "No source is cited, so there is nothing to follow."),
    ("independence", {"article": ARTICLE_ID, "statement": "s2"}, "One source, 1 line of evidence."),
    ("load-bearing", {}, "1 of 1 supported statements stand on one source alone"),
    ("contested", {}, "Of 7 statements in 1 article, 0 rest on sources that disagree."),
    ("stale", {}, "Rest on a source that was retracted: 1 statement, 1 source"),
    ("stale", {"years": "5"}, "Rest on sources that are all old: 1 statement, 1 source"),
    ("search", {"words": "stiffness"}, "1 source"),
    ("search", {"verdict": "unsupported", "only": "statements"}, "4 statements"),
]


@pytest.mark.parametrize(("question", "given", "said"), ANSWERS)
def test_an_address_is_answered(knowledge: Path, question: str, given: dict[str, Any], said: str) -> None:
    test = ask(knowledge, question=question, **given)
    assert said in answer(test)
    assert test.button_group[0].value == question
    assert not test.error


def test_every_question_is_asked_for_in_these_tests() -> None:
    assert {one.name for one in QUESTIONS} == {question for question, _, _ in ANSWERS}


@pytest.mark.parametrize("question", [one for one in QUESTIONS if one.needs], ids=lambda one: one.name)
def test_where_nothing_is_chosen_the_page_says_what_to_do(knowledge: Path, question: Any) -> None:
    test = ask(knowledge, question=question.name)
    assert not answer(test)
    assert [one.value for one in test.info] == [question.needs]


def test_the_page_begins_with_the_first_question(knowledge: Path) -> None:
    test = ask(knowledge)
    assert test.button_group[0].value == QUESTIONS[0].name
    assert [one.value for one in test.info] == [QUESTIONS[0].needs]


def test_what_is_chosen_is_answered_and_stands_in_the_address(knowledge: Path) -> None:
    test = ask(knowledge)
    test.multiselect[0].select(HARTWELL_SOURCE).run()
    assert "1 loses its support" in answer(test)
    assert address(test) == {"question": ["impact"], "source": [HARTWELL_SOURCE]}
    test.button_group[0].set_value("trace").run()
    test.selectbox[1].select("s2").run()
    assert "primary study" in answer(test)
    assert address(test) == {"question": ["trace"], "article": [ARTICLE_ID], "statement": ["s2"]}


def test_what_was_chosen_is_kept_for_the_next_question(knowledge: Path) -> None:
    test = ask(knowledge, question="trace", article=ARTICLE_ID, statement="s2")
    test.button_group[0].set_value("independence").run()
    assert "1 line of evidence" in answer(test)
    test.button_group[0].set_value("load-bearing").run()
    test.button_group[0].set_value("trace").run()
    assert "primary study" in answer(test)


def test_another_address_in_the_same_session_is_answered(knowledge: Path) -> None:
    test = ask(knowledge, question="search", words="stiffness", verdict="supported")
    test.query_params.clear()
    test.query_params.update({"question": "search", "words": "dreams"})
    test.run()
    assert "Brindleweed is a cause of vivid dreams" in answer(test)
    assert test.selectbox[0].value is None


def test_a_statement_is_named_by_its_line(knowledge: Path) -> None:
    test = ask(knowledge, question="trace", article=ARTICLE_ID, statement="3.2")
    assert "Hartwell & Osei 2019" in answer(test)
    assert address(test)["statement"] == ["s2"]
    assert "s7" not in test.selectbox[1].options


def test_a_line_with_several_statements_offers_them(knowledge: Path) -> None:
    test = ask(knowledge, question="trace", article=ARTICLE_ID, statement="3")
    assert "line 3 holds 5 statements" in answer(test)
    assert "Perhaps one of these is meant" in answer(test)


def test_a_typed_place_may_be_in_another_article(knowledge: Path) -> None:
    keep(knowledge, another_audit())
    test = ask(knowledge, question="trace", article=ARTICLE_ID, statement=f"{OTHER}:3.2")
    assert f"{OTHER}, line 3" in answer(test)


def test_words_that_name_nothing_are_searched_for(knowledge: Path) -> None:
    test = ask(knowledge, question="trace", article=ARTICLE_ID, statement="vivid dreams")
    assert "No statement is called “vivid dreams”." in answer(test)
    assert "Brindleweed is a cause of vivid dreams" in answer(test)
    test = ask(knowledge, question="impact", source=["blood pressure", HARTWELL_SOURCE])
    assert "holds no such work" in answer(test)
    assert "Tern 2014: Brindleweed and blood pressure" in answer(test)


GONE = [
    ("trace", {"article": "no such.md", "statement": "sffffffffff"}, "no such"),
    ("independence", {"article": ARTICLE_ID, "statement": "sffffffffff"}, "sffffffffff"),
    ("impact", {"source": "10.5555/nowhere"}, "holds no such work"),
    ("search", {"words": "…"}, "no letter or digit"),
    ("search", {"words": "tea", "level": "9"}, "this is no level"),
]


@pytest.mark.parametrize(("question", "given", "said"), GONE)
def test_what_is_not_there_is_told_in_words(knowledge: Path, question: str, given: dict[str, str], said: str) -> None:
    test = ask(knowledge, question=question, **given)
    assert not answer(test)
    assert said in test.code[0].value


def test_a_search_can_be_narrowed_down(knowledge: Path) -> None:
    test = ask(knowledge, question="search", words="tea")
    assert "2 statements" in answer(test)
    test.selectbox[0].select("supported").run()
    assert "1 statement" in answer(test)
    assert address(test) == {"question": ["search"], "words": ["tea"], "verdict": ["supported"]}


@pytest.mark.parametrize("years", ["abc", "-1", "0", "99999999", "²", "9" * 5000, HOSTILE])
def test_years_that_are_none_are_not_asked_for(knowledge: Path, years: str) -> None:
    test = ask(knowledge, question="stale", years=years)
    assert "Rest on a source that was retracted" in answer(test)
    assert address(test) == {"question": ["stale"]}


def test_an_answer_about_everything_is_found_once_until_something_is_written(
    knowledge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    found = KnowledgeBase.load_bearing

    def counting(base: KnowledgeBase, most: int = 20) -> LoadBearing:
        asked.append(most)
        return found(base, most)

    monkeypatch.setattr(KnowledgeBase, "load_bearing", counting)
    test = ask(knowledge, question="load-bearing")
    assert "1 statement stands on it alone, in 1 article" in answer(test.run())
    assert len(asked) == 1
    keep(knowledge, another_audit())
    assert "2 statements stand on it alone, in 2 articles" in answer(test.run())
    assert len(asked) == 2


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.name)
def test_outside_text_never_reaches_markdown(tmp_path: Path, question: Any) -> None:
    audit = another_audit(HOSTILE)
    sources = tuple(msgspec.structs.replace(one, title=HOSTILE, authors=(HOSTILE,)) for one in audit.sources)
    keep(tmp_path / "knowledge.db", msgspec.structs.replace(audit, sources=sources))
    given = {"article": OTHER, "statement": "s2", "source": HARTWELL_SOURCE, "words": "stiffness", "author": HOSTILE}
    told = {name: given[name] for name in question.takes if name in given}
    test = ask(tmp_path / "knowledge.db", question=question.name, **told)
    assert not test.exception
    assert not [text for text in native_texts(test) if "alert" in text]
    assert all(not one.allow_html for one in test.markdown)


@pytest.mark.parametrize("question", [HOSTILE, "", *(one.name for one in QUESTIONS)])
def test_a_hostile_address_is_no_error(knowledge: Path, question: str) -> None:
    given = dict.fromkeys(("article", "statement", "source", "years", "words", "only", "verdict", "kind"), HOSTILE)
    test = ask(knowledge, question=question, **given)
    assert not test.exception
    assert not [text for text in native_texts(test) if "alert" in text]


def test_articles_and_statements_that_are_called_alike_are_told_apart(knowledge: Path) -> None:
    keep(knowledge, another_audit(TITLE))
    test = ask(knowledge, question="trace", article=OTHER, statement="s2")
    assert test.selectbox[0].options == [f"{TITLE} ({ARTICLE_ID})", f"{TITLE} ({OTHER})"]
    assert f"{OTHER}, line 3" in answer(test)


def test_of_many_articles_some_are_listed_and_the_others_typed(tmp_path: Path) -> None:
    path = tmp_path / "knowledge.db"
    keep(path, *(audit_of({"s1": ["tea"]}, [source("tea")], article=f"{number:03}.md") for number in range(502)))
    assert len(ask(path, question="trace").selectbox[0].options) == 500
    assert "501.md, line 1" in answer(ask(path, question="trace", article="501.md", statement="1"))
    assert address(ask(path, question="trace", article="501.m"))["article"] == ["501.md"]


def test_a_knowledge_base_deleted_while_open_is_an_empty_page(knowledge: Path) -> None:
    test = ask(knowledge, question="load-bearing")
    for file in knowledge.parent.iterdir():
        file.unlink()
    test.run()
    assert not test.exception
    assert test.header[0].value == "Nothing audited yet"
