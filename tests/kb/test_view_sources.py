"""The table of sources and the details of one, as text and as addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kb.model import Attribution, Difference, Disagreement, Notice, Reference, Resolution, Source
from kb.questions.listing import Card, CitedAs, Listed, Listing, Wish
from kb.questions.stated import Stated
from kb.view.markup import Element, Node, to_html
from kb.view.source_details import details
from kb.view.source_table import table
from kb.view.ways import to_article, to_page, to_statement

PAYLOAD = '<img src=x onerror="hacked()">'
RETRACTION = Notice(kind="retraction", said_by=("Crossref", "PubMed"), date="2016-05-01", reasons=("Error in data",))
TEA = Source(
    id="doi:10.5555/tea",
    doi="10.5555/tea",
    pmid="12",
    title="Tea for knees",
    authors=("Brook", "Vale"),
    year="2012",
    container="Journal of Teas",
    design="cohort",
    design_basis="the title says so",
    notices=(Notice(kind="correction", said_by=("Crossref",), date="2015"), RETRACTION),
    disagreements=(Disagreement(field="year", says=(("Crossref", "2012"), ("PubMed", "2013"))),),
    said=(Attribution(by="Crossref", fields=("title", "container"), asked="2026-01-02"),),
)
ENTRY = Reference(id="r1", position=1, text="Brook & Vale. Tea for knees. 2011.", source=TEA.id)
DIFFERS = Resolution(
    reference="r1",
    source=TEA.id,
    status="metadata differs",
    said_by="Crossref",
    asked="2026-01-02",
    differences=(Difference(field="year", cited="2011", registered="2012"),),
)
CARD = Card(
    source=TEA,
    cited_as=(CitedAs(article="a.md", title="Knees", reference=ENTRY, resolution=DIFFERS),),
    references=1,
    resting=(
        (Stated(article="a.md", statement="s1", line=3, text="Tea eases pain.", verdict="unsupported"), "supports"),
    ),
    statements=12,
    asked="2026-01-02",
)


def elements(node: Node) -> Iterator[Element]:
    if isinstance(node, Element):
        yield node
        for child in node.children:
            yield from elements(child)


def text(node: Node) -> str:
    return node if isinstance(node, str) else " ".join(map(text, node.children))


def hrefs(tree: Element) -> list[str]:
    return [value for one in elements(tree) for name, value in one.attributes if name == "href"]


def drawn(*sources: Listed, chosen: str | None = None, fitting: int = 0, **wish: Any) -> Element:
    number = fitting or len(sources)
    return table(Listing(wish=Wish(**wish), sources=sources, fitting=number, all=max(number, 9)), chosen)


def test_a_row_tells_what_a_reader_looks_for() -> None:
    row = Listed(
        source=TEA,
        statements=1234,
        articles=(("a.md", "Knees"), ("b.md", "")),
        cited_by=5,
        statuses=("metadata differs", "verified"),
        asked="2026-01-02",
    )
    told = text(drawn(row))
    for words in (
        "Tea for knees",
        "Brook & Vale · Journal of Teas",
        "✗ Retracted",
        "Corrected",
        "cohort",
        "1,234",
        "Knees",
        "b.md",
        "and 3 more articles",
        "They differ on the year.",
        "found; the reference gives other details; found as cited",
        "2026-01-02",
    ):
        assert words in told
    assert told.index("Retracted") < told.index("Corrected")
    assert {to_page("sources", source=TEA.id), to_article("a.md"), "https://doi.org/10.5555/tea"} <= {
        *hrefs(drawn(row))
    }


def test_a_retraction_that_was_undone_is_told_and_not_marked() -> None:
    undone = Notice(kind="reinstatement", said_by=("Crossref",), date="2017")
    source = Source(id="doi:10.5555/tea", notices=(RETRACTION, undone))
    assert "✗" not in text(drawn(Listed(source=source)))
    assert "Retracted" in text(drawn(Listed(source=source)))


def test_what_is_not_known_is_said() -> None:
    told = text(drawn(Listed(source=Source(id="ref:1"), entry="Ivy. Leaves. 1911.", statuses=("not attempted",))))
    for words in ("Ivy. Leaves. 1911.", "no identifier", "design not known", "not looked up", "never", "–"):
        assert words in told


@pytest.mark.parametrize(
    ("wish", "sort", "href"),
    [
        ({"order": "title"}, "ascending", to_page("sources", order="title", turned="yes")),
        ({"order": "title", "turned": True}, "descending", to_page("sources", order="title")),
        ({"order": "year"}, "descending", to_page("sources", order="year", turned="yes")),
        ({"order": "year", "turned": True}, "ascending", to_page("sources", order="year")),
    ],
)
def test_the_heads_order_the_table(wish: dict[str, Any], sort: str, href: str) -> None:
    heads = [
        one
        for one in elements(drawn(Listed(source=TEA), **wish))
        if one.tag == "th" and ("scope", "col") in one.attributes
    ]
    sorted_by = [one for one in heads if ("aria-sort", sort) in one.attributes]
    assert [hrefs(one) for one in sorted_by] == [[href]]
    assert to_page("sources", order="design") in [address for one in heads for address in hrefs(one)]


def test_the_chosen_row_is_marked_and_closes() -> None:
    tree = drawn(Listed(source=TEA), chosen=TEA.id)
    assert [one.tag for one in elements(tree) if ("aria-current", "true") in one.attributes] == ["a"]
    assert to_page("sources", source="-") in hrefs(tree)


@pytest.mark.parametrize(
    ("fitting", "words"),
    [(1, "1 of 9 sources fits."), (9, "9 sources. The first 1 are shown"), (8, "8 of 9 sources fit. The first 1 are")],
)
def test_it_says_how_many_are_left_out(fitting: int, words: str) -> None:
    assert words.replace(" ", "") in text(drawn(Listed(source=TEA), fitting=fitting)).replace(" ", "")


def test_without_any_that_fits_it_says_what_to_do() -> None:
    assert "No source fits." in text(table(Listing(wish=Wish(), all=3), None))


def test_the_details_tell_facts_notices_entries_and_statements() -> None:
    tree = details(CARD)
    told = text(tree)
    for words in (
        "✗ Retracted 2016-05-01, say Crossref and PubMed",
        "Reasons given: Error in data.",
        "cohort: the title says so",
        "Registries differ on the year: Crossref says “2012”, PubMed says “2013”.",
        "Crossref (2026-01-02): title, journal or book",
        "1 entry leads to it",
        "Brook & Vale. Tea for knees. 2011.",
        "Year: cited “2011”, registered “2012”.",
        "12 statements rest on it",
        "the source supports it",
        "and 11 more",
        "no medical advice",
    ):
        assert words in told
    assert {to_article("a.md"), to_statement("a.md", "s1")} <= {*hrefs(tree)}


def test_a_source_that_nothing_rests_on_says_so() -> None:
    told = text(details(Card(source=Source(id="ref:1", title="Leaves"))))
    assert "No statement rests on it" in told
    assert "no registry has told of it" in told


def test_outside_text_only_ever_becomes_text() -> None:
    hostile = Source(
        id=PAYLOAD,
        title=PAYLOAD,
        authors=(PAYLOAD,),
        container=PAYLOAD,
        url="javascript:hacked()",
        design_basis=PAYLOAD,
        notices=(Notice(kind="retraction", said_by=(PAYLOAD,), reasons=(PAYLOAD,)),),
        disagreements=(Disagreement(field=PAYLOAD, says=((PAYLOAD, PAYLOAD),)),),
        said=(Attribution(by=PAYLOAD, fields=(PAYLOAD,)),),
    )
    reference = Reference(id="r", position=1, text=PAYLOAD, source=PAYLOAD)
    cited = CitedAs(article=PAYLOAD, title=PAYLOAD, reference=reference, resolution=None)
    trees = (
        drawn(Listed(source=hostile, articles=((PAYLOAD, PAYLOAD),), cited_by=1)),
        details(Card(source=hostile, cited_as=(cited,), references=1)),
    )
    for tree in trees:
        assert "<img" not in to_html(tree)
        assert not [one for one in hrefs(tree) if one.startswith("javascript")]
