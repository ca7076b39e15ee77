"""Whatever text an article, a file name or a registry holds: every format keeps its shape."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kb.report.check import writer
from tests.linted import hostile
from tests.payloads import HIDDEN, commands

SIGNS = st.text(alphabet="ab1 \t\n\r\\`*_{}[]()<>#+-.!|~&;:=@$%\"'/^x\x1b\u2028\u202e\ud800", min_size=1, max_size=30)
ANY = st.one_of(SIGNS, st.text(min_size=1, max_size=30))


def _markdown(text: str) -> list[str]:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(writer("markdown")(hostile(text)))
    return [token.type for outer in tokens for token in (outer, *(outer.children or ())) if token.type != "text"]


def _xml(text: str) -> list[str]:
    return [element.tag for element in ElementTree.fromstring(writer("junit")(hostile(text)).encode()).iter()]


def _lines(text: str) -> list[str]:
    return [line[:2] for line in writer("github")(hostile(text)).split("\n")]


def _keys(value: object) -> object:
    """A document of JSON with nothing but its keys."""
    if isinstance(value, dict):
        return {key: _keys(one) for key, one in value.items()}
    return [_keys(one) for one in value] if isinstance(value, list) else None


@given(ANY)
@example("\\|")
@example("](")
@example("&#64;a")
def test_no_text_changes_the_shape_of_a_summary(text: str) -> None:
    assert _markdown(text) == _markdown("plain")


@given(ANY)
def test_no_text_changes_the_shape_of_test_results(text: str) -> None:
    assert _xml(text) == _xml("plain")


@given(ANY)
def test_no_text_adds_a_command_or_a_line(text: str) -> None:
    assert _lines(text) == _lines("plain")
    out = writer("text")(hostile(text))
    assert commands(out) == []
    assert not HIDDEN & set(out)
    assert out.count("\n") == writer("text")(hostile("plain")).count("\n")


@given(ANY)
def test_no_text_changes_the_shape_of_a_document(text: str) -> None:
    for form in ("json", "gitlab"):
        assert _keys(json.loads(writer(form)(hostile(text)))) == _keys(json.loads(writer(form)(hostile("plain"))))
