"""Shapes that articles of the web come in: run-in lists, bylines of other languages, pointers, notes on earnings."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

import pytest

from ingest.bibliography import gather_references
from ingest.citations import find_citations, place
from ingest.read import read_bytes
from ingest.read.html.limits import check_size
from ingest.reading import Reading
from ingest.statements import find_statements
from kb.errors import ArticleError
from kb.model import AUDITED
from tests.costs import assert_grows_little

BODY = "Warm milk makes some people drowsy before they go to bed."


def audited(reading: Reading) -> list[str]:
    article = reading.article
    return [article.text[block.start : block.end] for block in article.blocks if block.kind in AUDITED]


def cited(reading: Reading) -> list[tuple[str, tuple[str, ...]]]:
    gathered = gather_references(reading, None, ())
    return [(one.text, one.references) for one in find_citations(reading, gathered.references, gathered.aliases)]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.txt", "Milk and sleep\n\nMilk calms [1]. Tea wakes [2].\n\nReferences: [1] Roe A. Milk. J Sleep 2001;1:2-3."
         " [2] Poe B. Tea. J Sleep 2002;2:3-4.\n"),
        ("a.md", "# Milk\n\nMilk calms [1]. Tea wakes [2].\n\n**Sources:** 1. Roe A. Milk. J Sleep 2001;1:2-3."
         " 2. Poe B. Tea. J Sleep 2002;2:3-4.\n"),
        ("a.txt", "Milk and sleep\n\nMilk calms [1]. Tea wakes [2].\n\nLiteratur:\n[1] Roe A. Milk. J Sleep 2001;1:2-3."
         "\n[2] Poe B. Tea. J Sleep 2002;2:3-4.\n"),
    ],
)  # fmt: skip
def test_a_list_whose_heading_runs_into_it(name: str, source: str) -> None:
    reading = read_bytes(source.encode(), name)
    assert audited(reading) == ["Milk calms [1]. Tea wakes [2]."]
    assert cited(reading) == [("[1]", ("1",)), ("[2]", ("2",))]


def test_a_remark_on_sources_is_no_list() -> None:
    remark = "Sources: most of what is said here comes from people who slept badly and were asked why that was."
    assert audited(read_bytes(f"Milk and sleep\n\n{BODY}\n\n{remark}\n".encode(), "a.txt")) == [BODY, remark]


@pytest.mark.parametrize(
    "line",
    [
        "Von Dr. med. Anna Müller, aktualisiert am 12. März 2022",
        "Aktualisiert: 3. Mai 2021",
        "Publié le 4 février 2021 par Claire Dupont",
        "Par Claire Dupont",
        "Actualizado el 5 de noviembre de 2020",
        "5 de noviembre de 2020",
        "Sam Lee · Follow · 5 min read · Jan 3, 2022",
        "1.2K claps · 14 responses",
    ],
)
def test_bylines_of_several_languages_and_sites(line: str) -> None:
    article = read_bytes(f"Milk and sleep\n\n{line}\n\n{BODY}\n".encode(), "a.txt").article
    assert [block.kind for block in article.blocks] == ["title", "byline", "paragraph"]


@pytest.mark.parametrize(
    ("paragraph", "why"),
    [
        ("Related: 10 bedtime teas that work", "points to another page"),
        ("Lesen Sie auch: Tee vor dem Schlafen", "points to another page"),
        ("À lire aussi : le thé du soir", "points to another page"),
        ("This post may contain affiliate links. See our disclosure policy.", "tells how the publisher earns"),
        ("Ward 6: 020 7946 0000", "tells how to reach the publisher"),
    ],
)
def test_lines_within_the_text_that_are_none_of_it(paragraph: str, why: str) -> None:
    article = read_bytes(f"Milk and sleep\n\n{BODY}\n\n{paragraph}\n\n{BODY}\n".encode(), "a.txt").article
    assert [block.why for block in article.blocks] == ["repeats the title", "", why, ""]


def test_an_address_takes_no_statement_with_it() -> None:
    paragraph = "Milk shortened the time to fall asleep by 9 minutes (Roe, 2001). Write to me@example.org."
    assert paragraph in audited(read_bytes(f"Milk and sleep\n\n{BODY}\n\n{paragraph}\n".encode(), "a.txt"))


def test_headings_that_nearly_all_articles_have() -> None:
    source = (
        f"Milk and sleep\n\n1. Introduction\n\n{BODY}\n\nResults\nPeople who drank milk in the evening fell asleep"
        " nine minu-\ntes sooner than people who drank water, and their sleep was as\nlong as before.\n\n"
        "1. Drink it warm.\n2. Drink it slowly.\n"
    )
    article = read_bytes(source.encode(), "a.txt").article
    assert [(block.kind, block.section) for block in article.blocks] == [
        ("title", ""),
        ("heading", "1. Introduction"),
        ("paragraph", "1. Introduction"),
        ("heading", "Results"),
        ("paragraph", "Results"),
        ("list item", "Results"),
        ("list item", "Results"),
    ]


@pytest.mark.parametrize(
    "heading", ["Bibliografía complementaria", "Lectures complémentaires", "Zum Weiterlesen", "Suggested reading"]
)
def test_a_second_list_is_a_list(heading: str) -> None:
    source = f"# Milk\n\n{BODY}\n\n## References\n\nRoe, A. (2001). Milk. *Sleep*, 1, 2-3.\n\n## {heading}\n\n"
    article = read_bytes(f"{source}Poe, B. (2002). Tea. *Sleep*, 2, 3-4.\n".encode(), "a.md").article
    assert [block.kind for block in article.blocks][-2:] == ["heading", "reference list"]


def test_sentences_end_at_raised_brackets() -> None:
    source = (
        '<p>Milk calms.<sup><a href="#n1">[1]</a></sup> Tea wakes.<sup>[<a href="#n2">2</a>]</sup> Rest.</p>'
        '<ol class="references"><li id="n1">Roe A. Milk. 2001.</li><li id="n2">Poe B. Tea. 2002.</li></ol>'
    )
    reading = read_bytes(source.encode(), "a.html")
    statements = find_statements(reading.article, find_citations(reading, reading.entries))
    citations = place(find_citations(reading, reading.entries), statements)
    assert [one.text for one in statements] == ["Milk calms.[1]", "Tea wakes.[2]", "Rest."]
    assert [one.statements for one in citations] == [(statements[0].id,), (statements[1].id,)]


def test_short_notes_stand_for_the_full_entry() -> None:
    source = (
        '<p>Milk calms.<sup><a href="#n1">[1]</a></sup> Tea wakes.<sup><a href="#n2">[2]</a></sup></p>'
        '<h2>Notes</h2><ol class="references"><li id="n1"><a href="#roe">Roe 2001</a>, p. 5.</li>'
        '<li id="n2"><a href="#roe">Roe 2001</a>; <a href="#poe">Poe 2002</a>, p. 7.</li></ol>'
        '<h2>Bibliography</h2><ul><li><cite id="roe">Roe A. Milk. 2001.</cite></li>'
        '<li><cite id="poe">Poe B. Tea. 2002.</cite></li></ul>'
    )
    reading = read_bytes(source.encode(), "a.html")
    assert [one.text for one in reading.entries] == ["Roe A. Milk. 2001.", "Poe B. Tea. 2002."]
    assert cited(reading) == [("[1]", ("roe",)), ("[2]", ("roe", "poe"))]
    notes = [block for block in reading.article.blocks if block.kind == "comment"]
    assert [block.why for block in notes] == ["is a short note that points to an entry of the list"] * 2


def test_a_link_or_two_leave_the_rest_to_the_words() -> None:
    source = (
        '<p>Milk calms<sup><a href="#n1">1</a></sup>, tea wakes<sup>2</sup>, both warm<sup>1,3</sup>.</p>'
        '<h2>References</h2><ol><li id="n1">Roe A. Milk. 2001.</li><li>Poe B. Tea. 2002.</li>'
        "<li>Low C. Cups. 2003.</li></ol>"
    )
    assert [names for _, names in cited(read_bytes(source.encode(), "a.html"))] == [
        ("n1",),
        ("ref-2",),
        ("n1", "ref-3"),
    ]


@pytest.mark.parametrize(
    "tag",
    [
        "<p {}>".format(" ".join(f'a{n}="1"' for n in range(6000))),
        "<p {}>".format(" ".join(f'a{n}=">"' for n in range(6000))),
        "<p {}".format(" ".join(f"a{n}" for n in range(6000))),
        "<p {}>".format("/".join(f"a{n}" for n in range(6000))),
    ],
    ids=["values", "ends in values", "no end", "slashes"],
)
def test_a_tag_of_thousands_of_attributes_is_refused(tag: str) -> None:
    with pytest.raises(ArticleError, match=r"a\.html:2: has a tag with more than 5,000 attributes"):
        check_size(f"<html>\n{tag}", "a.html")


def test_long_values_are_no_attributes() -> None:
    check_size(f'<img src="data:{"x/y " * 50_000}"><p title="{"a = b " * 20_000}">', "a.html")


def test_the_check_of_tags_takes_linear_time() -> None:
    def checked(count: int) -> None:
        for opening in ('<a ="', "<a b='", '<a "'):
            with suppress(ArticleError):
                check_size(opening * count, "a.html")

    assert_grows_little(lambda count: partial(checked, count), 100_000, 200_000, factor=6, at_least=0.12)
