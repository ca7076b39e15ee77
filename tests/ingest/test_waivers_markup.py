"""Waivers in web pages, JATS and Word: the text drops them, and the place where they stood tells what they speak of."""

from __future__ import annotations

import pytest

from ingest.read import read_bytes
from tests.waived import audited, spoken_of
from tests.word_files import SPACES, docx, par, raised, run

HTML = """{before}<!doctype html>
<html><head>{head}<title>Heat</title></head><body><article><h1>Heat and pain in the back</h1>
{block}<p>{start}Heat eases {within}pain in most people. {behind}Cold eases <b>it less{inline}</b>.{end}</p>
<script><!-- kb: allow script --></script>
<ul>{list}<li>{item}Stretching may prevent relapses.</li></ul>
<p>Wal{word}king helps people.</p>
<h2>References</h2><ol><li id="r1">Smith J. Heat for pain. J Pain. 2010;3:1-9.{entry}</li>{next}<li id="r2">Poe B. Rest
and pain. J Pain. 2012;5:11-19.</li></ol></article></body></html>{after}"""

JATS = """<?xml version="1.0"?>{before}<article><front>{head}<article-meta><title-group><article-title>Heat and
pain</article-title></title-group></article-meta></front><body><sec><title>Results</title>
{block}<p>{start}Heat eases {within}pain in most people. {behind}Cold eases <bold>it less{inline}</bold>.{end}</p>
<list>{list}<list-item>{item}<p>Stretching may prevent relapses.</p></list-item></list>
<p>Wal{word}king helps people.</p></sec></body>
<back><ref-list><title>References</title><ref id="r1"><mixed-citation>Smith J. Heat for pain. J Pain.
2010;3:1-9.{entry}</mixed-citation></ref>{next}<ref id="r2"><mixed-citation>Poe B. Rest and pain. J Pain.
2012;5:11-19.</mixed-citation></ref></ref-list></back></article>{after}"""

FIRST, SECOND = "Heat eases pain in most people.", "Cold eases it less."
SMITH, POE = "Smith J. Heat for pain. J Pain. 2010;3:1-9.", "Poe B. Rest and pain. J Pain. 2012;5:11-19."
SPOKEN_OF = {
    "block": f"{FIRST} {SECOND}",
    "start": FIRST,
    "within": FIRST,
    "behind": FIRST,
    "inline": SECOND,
    "end": SECOND,
    "list": "Stretching may prevent relapses.",
    "item": "Stretching may prevent relapses.",
    "entry": SMITH,
    "next": POE,
    "before": "Heat and pain",
    "head": "Heat and pain",
}
NAMES = (*SPOKEN_OF, "word", "after")


def with_comments(page: str) -> str:
    return page.format(**{name: f"<!-- kb: allow {name} -->" for name in NAMES})


def without_comments(page: str) -> str:
    return page.format(**dict.fromkeys(NAMES, ""))


@pytest.mark.parametrize(("page", "kind"), [(HTML, ".html"), (JATS, ".xml")])
def test_a_comment_speaks_of_where_it_was_left_out(page: str, kind: str) -> None:
    found = spoken_of(with_comments(page), kind)
    assert "in the middle of a word" in found.pop("word")
    assert "nothing follows" in found.pop("after")
    assert {name: passage.replace(" in the back", "") for name, passage in found.items()} == SPOKEN_OF


@pytest.mark.parametrize(("page", "kind"), [(HTML, ".html"), (JATS, ".xml")])
def test_the_text_is_the_same_with_and_without(page: str, kind: str) -> None:
    bare, _ = audited(without_comments(page), kind)
    commented, _ = audited(with_comments(page), kind)
    assert commented.article == bare.article
    assert commented.statements == bare.statements


def test_a_raised_number_behind_a_comment_is_no_word() -> None:
    page = "<h1>Heat and pain</h1><p>Heat eases pain<!-- kb: allow X --><sup>1</sup> in most people.</p>"
    assert spoken_of(page, ".html") == {"X": "Heat eases pain¹ in most people."}


def test_instructions_to_programs_are_no_comments() -> None:
    page = without_comments(JATS).replace("<sec>", "<?x kb: allow X?><sec><!-- other: kb: allow X -->")
    assert spoken_of(page, ".xml") == {}


HOSTILE = {
    "many": "Heat helps.<!-- kb: allow X --> " * 10_000,
    "many in a row": "<!-- kb: allow X -->" * 10_000,
    "nested": "Heat helps. <!-- kb: allow X <!-- kb: allow Y --> Cold too.",
    "huge": f"Heat helps. <!-- kb: allow {'X ' * 500_000} -->",
}


@pytest.mark.parametrize("kind", [".html", ".xml"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_comments_lie_within_the_text(text: str, kind: str) -> None:
    body = text.replace("X <!--", "X <") if kind == ".xml" else text  # two dashes end no comment of XML
    page = f"<article><body><p>Heat helps people.</p><p>{body}</p></body></article>"
    reading = read_bytes(page.encode(), f"a{kind}")
    assert reading.remarks
    assert all(0 <= one.start <= one.end <= len(reading.article.text) for one in reading.remarks)
    assert all(len(one.text) <= 2001 for one in reading.remarks)


def test_a_page_that_ends_within_a_comment_is_read_up_to_it() -> None:
    found, waivers = audited("<h1>Heat and pain</h1><p>Heat helps people.</p><!-- kb: allow X", ".html")
    assert [one.text for one in found.statements] == ["Heat helps people."]
    assert all("nothing follows" in one.problem for one in waivers)


def said(number: int, *pieces: str) -> str:
    return f'<w:comment w:id="{number}"><w:p>{"".join(map(run, pieces))}</w:p></w:comment>'


def on(number: int, *content: str) -> str:
    start, end = (f'<w:commentRange{edge} w:id="{number}"/>' for edge in ("Start", "End"))
    return f'{start}{"".join(content)}{end}<w:r><w:commentReference w:id="{number}"/></w:r>'


def word_file(*paragraphs: str, comments: str) -> bytes:
    title = par("Heat and pain in the back", style="Title")
    return docx(title, *paragraphs, parts={"comments": f"<w:comments {SPACES}>{comments}</w:comments>"})


def test_a_word_comment_speaks_of_the_sentences_that_it_is_anchored_to() -> None:
    heat, cold = run("Heat eases "), run(" in most people. Cold eases it ")
    document = word_file(
        par(heat, on(1, run("pain")), cold, on(2, run("less. Rest")), run(" does nothing. Walking helps.")),
        on(3, par("Massage helps. Sleep helps.")),
        par("Tea is warm", '<w:r><w:commentReference w:id="4"/></w:r>', run(". Milk is not.")),
        comments=said(1, "k", "b: allow one reason=“as said”")
        + said(2, "KB: allow two")
        + said(3, "kb: allow three")
        + said(4, "kb: allow four")
        + said(5, "kb: allow nowhere")
        + said(6, "See kb: allow no"),
    )
    assert spoken_of(document, ".docx") == {
        "one": "Heat eases pain in most people.",
        "two": "Cold eases it less. Rest does nothing.",
        "three": "Massage helps. Sleep helps.",
        "four": "Tea is warm.",
    }
    assert audited(document, ".docx")[1][0].reason == "as said"


def test_a_word_comment_on_a_part_of_a_superscript_leaves_it_whole() -> None:
    comments = said(1, "kb: allow one")
    bare = audited(word_file(par("Cold eases it less", raised("1"), raised("–3"), "."), comments=""), ".docx")[0]
    commented = word_file(par("Cold eases it less", on(1, raised("1")), raised("–3"), "."), comments=comments)
    assert audited(commented, ".docx")[0].article.text == bare.article.text
    assert spoken_of(commented, ".docx") == {"one": "Cold eases it less¹–³."}
