"""The page of sources in each of its states, as Streamlit runs it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from streamlit.testing.v1 import AppTest

from kb.view.ways import to_page
from tests.desks import keep, run, words
from tests.drawn import audit_of, source, work
from tests.samples import ARTICLE_ID, HARTWELL_SOURCE, TITLE, sample_audit

OTHER_ID = "articles/other.md"
UNASKED = audit_of({"s1": ["tea"], "s2": ["walk"]}, [source("tea", title="Tea"), source("walk", title="Walking")])
UNASKED = msgspec.structs.replace(
    UNASKED, resolutions=tuple(msgspec.structs.replace(one, status="not attempted") for one in UNASKED.resolutions)
)


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return tmp_path / "knowledge.db"


def page(path: Path, **query: str | list[str]) -> AppTest:
    def script(path: str) -> None:
        from pathlib import Path

        from kb.view.pages import sources
        from tests.desks import desk_at

        sources.show(desk_at(Path(path)))

    test = run(script, path, **query)
    assert not test.exception
    return test


def trees(test: AppTest, name: str) -> list[Any]:
    """What was sent to a component of our own; nothing where it is not on the page."""
    sent = [one.proto for one in test.get("bidi_component") if one.proto.component_name == name]
    return [tree for one in sent for tree in json.loads(one.json)["trees"]]


def titles(test: AppTest) -> list[str]:
    """The titles of the table, in its order."""
    return [words(one) for one in _found(trees(test, "kb_sources"), "a", "title")]


def _found(nodes: Sequence[Any], tag: str, class_: str) -> Iterator[Any]:
    for node in nodes:
        if not isinstance(node, str):
            if node[0] == tag and node[1].get("class") == class_:
                yield node
            yield from _found(node[2], tag, class_)


def test_every_source_of_every_article_is_in_the_table_once(knowledge: Path) -> None:
    other = msgspec.structs.replace(
        sample_audit(), article=msgspec.structs.replace(sample_audit().article, id=OTHER_ID, title="Another article")
    )
    keep(knowledge, sample_audit(), other)
    test = page(knowledge)
    assert len(titles(test)) == 4
    told = words(trees(test, "kb_sources")[0])
    for expected in ("✗ Retracted", TITLE, "Another article", "4 sources."):
        assert expected in told
    assert titles(test)[0] == "Brindleweed and blood pressure", "what was retracted comes first"


def test_the_filters_narrow_it_down_and_stand_in_the_address(knowledge: Path) -> None:
    keep(knowledge, sample_audit(), UNASKED)
    assert titles(page(knowledge, words="sleep")) == ["Herbs and sleep"]
    assert titles(page(knowledge, only="Retracted or doubted")) == ["Brindleweed and blood pressure"]
    assert titles(page(knowledge, article="drawn.md")) == ["Tea", "Walking"]
    assert titles(page(knowledge, order="title", turned="yes", article="drawn.md")) == ["Walking", "Tea"]
    test = page(knowledge)
    test.text_input[0].set_value("no such words").run()
    assert "No source fits." in words(trees(test, "kb_sources")[0])


def test_an_address_opens_at_a_source(knowledge: Path) -> None:
    keep(knowledge, sample_audit())
    test = page(knowledge, source=HARTWELL_SOURCE)
    told = words(trees(test, "kb_source")[0])
    assert "1 statement rests on it." in told
    assert "What falls with it?" in told
    assert [one.label for one in test.button] == ["Ask the registries again about the chosen source"]
    row = next(one for one in _found(trees(test, "kb_sources"), "a", "title") if one[1].get("aria-current"))
    assert row[1]["href"] == to_page("sources", source="-")


def test_an_address_that_names_nothing_is_no_error(knowledge: Path) -> None:
    keep(knowledge, sample_audit())
    test = page(knowledge, source="doi:10.5555/<script>", order="no such", only="no such", article="no such")
    assert "not in the knowledge base" in test.info[0].value
    assert len(titles(test)) == 4
    assert not trees(test, "kb_source")


def test_those_that_nobody_was_asked_about_can_be_asked_about_together(knowledge: Path) -> None:
    keep(knowledge, sample_audit(), UNASKED)
    test = page(knowledge, only="Not asked yet")
    assert {"Tea", "Walking"} <= {*titles(test)}
    assert test.button[0].label == f"Ask the registries again about {len(titles(test))} sources"


def test_articles_without_references_have_no_sources(knowledge: Path) -> None:
    bare = {"references": (), "sources": (), "resolutions": (), "citations": (), "evidence": (), "findings": ()}
    keep(knowledge, msgspec.structs.replace(sample_audit(), **bare))
    assert "no reference" in page(knowledge).info[0].value


def test_a_new_audit_is_seen_at_the_next_click(knowledge: Path) -> None:
    keep(knowledge, sample_audit())
    test = page(knowledge)
    keep(knowledge, audit_of({"s1": ["leaf"]}, [source("leaf", title="Leaves")], article="new.md"))
    assert "Leaves" in titles(test.run())


def test_no_outside_text_is_in_what_streamlit_formats(knowledge: Path) -> None:
    hostile = "**bold** <script>alert(1)</script> :red[x]"
    keep(knowledge, audit_of({"s1": ["leaf"]}, [source("leaf", title=hostile)], article="new.md"))
    test = page(knowledge, source=work("leaf"))
    assert titles(test) == [hostile]
    texts = [*test.markdown, *test.caption, *test.info, *test.header]
    assert not [one.value for one in texts if "bold" in one.value]
    assert ARTICLE_ID not in {one.value for one in texts}
