"""Plain paragraphs are told from the rest as a parser would tell them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ingest.read.markdown.regions import regions

LINES = st.sampled_from(
    [
        "",
        *"Heat helps.;and so;  indented;    code;- item;* item;1. one;2019. A year.;# Head;===;---;> quoted".split(";"),
        *"```;~~~~;```py;<!-- x;-->;<div>;</div>;<script>;</script>;| a | b |;a | b;--- | ---;[x]: y".split(";"),
        "12 men",
        "### Deep ##",
        "####### no",
        "*it* is",
    ]
)


_LEVELS = ("paragraph_open", "heading_open")


@given(st.lists(LINES, max_size=14))
def test_a_plain_region_is_one_paragraph_for_a_parser_of_the_whole(lines: list[str]) -> None:
    parser = MarkdownIt("commonmark").enable("table").disable(["inline", "reference"])
    tokens = [one for one in parser.parse("\n".join(lines)) if one.type in _LEVELS and not one.level]
    found = {(*(token.map or ()), int(token.tag[1:] or 0)) for token in tokens}
    for region in regions(lines):
        if region.plain:
            assert (region.first, region.last, region.level) in found


@given(st.lists(LINES, max_size=14))
def test_every_line_with_words_is_in_one_region(lines: list[str]) -> None:
    found = [
        number for region in regions(lines) for number in range(region.first, region.last) if lines[number].strip()
    ]
    assert found == [number for number, line in enumerate(lines) if line.strip()]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("One.\nTwo.\n\nThree.", [(0, 2), (3, 4)]),
        ("## One\n\nTwo.", [(0, 1), (2, 3)]),
        ("## One\nTwo.", []),
        ("```\nOne.\n\nTwo.\n```\n\nThree.", [(6, 7)]),
        ("<!-- One.\n\nTwo. -->\n\nThree.", [(4, 5)]),
        ("- a\n\n  b\n\nc", [(4, 5)]),
        ("a | b\n--- | ---\n\nc", [(3, 4)]),
        ("A title\n=====\n\nc", [(3, 4)]),
        ("1. one\n\n2019 was dry.", [(2, 3)]),
    ],
)
def test_what_is_plain(text: str, plain: list[tuple[int, int]]) -> None:
    assert [(one.first, one.last) for one in regions(text.split("\n")) if one.plain] == plain
