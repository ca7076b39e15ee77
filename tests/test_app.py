"""The app without a browser: each page in each state, as Streamlit runs it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from streamlit.testing.v1 import AppTest

from kb.base import KnowledgeBase
from kb.model import Audit
from kb.view.ways import to_question
from tests.desks import keep, run, words
from tests.drawn import audit_of, source
from tests.samples import ARTICLE_ID, HARTWELL_SOURCE, sample_audit

APP = Path(__file__).resolve().parent.parent / "app.py"
OTHER_ID = "articles/other.md"
HOSTILE = "<script>alert(1)</script> **bold** :red[x] $y$ [a](javascript:alert(1))"


def another_audit(title: str = "Another article") -> Audit:
    """The sample under another name and title."""
    audit = sample_audit()
    return msgspec.structs.replace(audit, article=msgspec.structs.replace(audit.article, id=OTHER_ID, title=title))


@pytest.fixture
def knowledge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the app will look for a knowledge base; there is none yet."""
    path = tmp_path / "knowledge.db"
    monkeypatch.setenv("KB_DATABASE", str(path))
    return path


def article(path: Path, **query: str) -> AppTest:
    """The app at its first page, the article."""
    test = AppTest.from_file(str(APP), default_timeout=120)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def sources(path: Path) -> AppTest:
    """The page of sources."""

    def script(path: str) -> None:
        from pathlib import Path

        from kb.view.pages import sources
        from tests.desks import desk_at

        sources.show(desk_at(Path(path)))

    return run(script, path)


def graph(path: Path) -> AppTest:
    """The page of the graph."""

    def script(path: str) -> None:
        from pathlib import Path

        from kb.view.pages import graph
        from tests.desks import desk_at

        graph.show(desk_at(Path(path)))

    return run(script, path)


def questions(path: Path) -> AppTest:
    """The page of questions, as it begins."""

    def script(path: str) -> None:
        from pathlib import Path

        from kb.view.pages import questions
        from tests.desks import desk_at

        questions.show(desk_at(Path(path)))

    return run(script, path)


PAGES: list[Callable[[Path], AppTest]] = [article, sources, graph, questions]


def component(test: AppTest, name: str) -> Any:
    """What was sent to a component of our own."""
    (sent,) = (one.proto for one in test.get("bidi_component") if one.proto.component_name == name)
    told = json.loads(sent.json)
    if isinstance(told.get("trees"), str):
        told["trees"] = json.loads(told["trees"])
    return told


def all_words(test: AppTest, name: str) -> str:
    return " ".join(words(tree) for tree in component(test, name)["trees"])


def native_texts(test: AppTest) -> Iterator[str]:
    """Every text that Streamlit itself shows, as Markdown."""
    for element in (*test.markdown, *test.caption, *test.title, *test.header, *test.error, *test.info):
        yield element.value


@pytest.mark.parametrize("page", PAGES)
def test_without_a_knowledge_base_the_page_says_what_to_do(page: Callable[[Path], AppTest], knowledge: Path) -> None:
    test = page(knowledge)
    assert not test.exception
    assert test.code[0].value == "kb audit your-article.md"
    assert test.button[0].label == "Audit the bundled example"
    assert not knowledge.exists(), "looking must not make a knowledge base"


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_knowledge_base_says_the_same(page: Callable[[Path], AppTest], knowledge: Path) -> None:
    keep(knowledge)
    test = page(knowledge)
    assert not test.exception
    assert test.header[0].value == "Nothing audited yet"


@pytest.mark.parametrize("page", PAGES)
def test_what_is_no_knowledge_base_is_an_error_in_words(page: Callable[[Path], AppTest], knowledge: Path) -> None:
    knowledge.write_text("not a database", encoding="utf-8")
    test = page(knowledge)
    assert not test.exception
    assert test.error
    assert str(knowledge) in test.code[0].value


def test_a_knowledge_base_on_a_server_is_shown(postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_DATABASE", postgres)
    assert article(Path()).header[0].value == "Nothing audited yet"
    with KnowledgeBase.open(postgres) as base:
        base.add(sample_audit())
    test = article(Path(), article=ARTICLE_ID, statement="s2")
    assert not test.exception
    assert "One randomized trial supports it." in all_words(test, "kb_evidence")


@pytest.mark.parametrize("address", ["postgresql://ada:secret@127.0.0.1:1/none", "postgresql://ada:secret@@/:x"])
def test_a_server_out_of_reach_is_an_error_in_words(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_DATABASE", address)
    test = article(Path())
    assert not test.exception
    assert test.error
    assert "secret" not in test.code[0].value


def test_of_many_articles_those_are_listed_that_have_words_in_their_names(knowledge: Path) -> None:
    keep(knowledge, *(audit_of({"s1": ["tea"]}, [source("tea")], article=f"{number:03}.md") for number in range(502)))
    test = article(knowledge, article="501.md")
    assert test.selectbox[0].value == "501.md"
    test.text_input[0].set_value("49").run()
    assert test.selectbox[0].options == ["049.md", "149.md", "249.md", "349.md", "449.md", *_numbered(490, 500)]
    assert test.selectbox[0].value == "049.md"


def _numbered(first: int, beyond: int) -> list[str]:
    return [f"{number}.md" for number in range(first, beyond)]


def test_links_lead_from_a_statement_and_its_sources_to_questions(knowledge: Path) -> None:
    keep(knowledge, sample_audit())
    beside = component(article(knowledge, statement="s2"), "kb_evidence")["trees"][0]
    assert to_question("trace", article=ARTICLE_ID, statement="s2") in hrefs(beside)
    assert to_question("independence", article=ARTICLE_ID, statement="s2") in hrefs(beside)
    assert to_question("impact", source=HARTWELL_SOURCE) in hrefs(beside)
    assert not [one for one in hrefs(component(article(knowledge, statement="s7"), "kb_evidence")["trees"][0]) if one]


def hrefs(tree: Any) -> list[str]:
    """Where links of a tree lead."""
    if isinstance(tree, str):
        return []
    return [tree[1].get("href", ""), *(one for child in tree[2] for one in hrefs(child))]


def test_a_knowledge_base_deleted_while_open_is_an_empty_page(knowledge: Path) -> None:
    keep(knowledge, sample_audit())
    test = article(knowledge)
    for file in knowledge.parent.iterdir():
        file.unlink()
    test.run()
    assert not test.exception
    assert test.header[0].value == "Nothing audited yet"


def test_names_and_tables_hide_nothing_and_turn_nothing_around(knowledge: Path) -> None:
    audit = another_audit("Tea\u202e for\u200b knees")
    titled = tuple(msgspec.structs.replace(one, title=f"\u2066{one.title}\u200b") for one in audit.sources)
    keep(knowledge, sample_audit(), msgspec.structs.replace(audit, sources=titled))
    assert "Tea� for knees" in article(knowledge).selectbox[0].options
    told = all_words(sources(knowledge), "kb_sources")
    assert not {"\u202e", "\u200b", "\u2066"} & set(told)
    assert "�" in told


@pytest.mark.parametrize("page", PAGES)
def test_outside_text_never_reaches_markdown(page: Callable[[Path], AppTest], knowledge: Path) -> None:
    keep(knowledge, another_audit(HOSTILE), sample_audit())
    test = page(knowledge)
    assert not test.exception
    assert not [text for text in native_texts(test) if "alert" in text]
    assert all(not element.allow_html for element in test.markdown)


def test_the_grades_are_called_provisional_on_every_page(knowledge: Path) -> None:
    keep(knowledge, sample_audit())
    for page in (sources, graph):
        assert any("provisional" in text and "no medical advice" in text for text in native_texts(page(knowledge)))
    assert "provisional" in all_words(article(knowledge), "kb_article")
