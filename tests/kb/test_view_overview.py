"""All articles together: bars with their numbers and where they lead, and what changed, as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from kb.model import Notice, Source
from kb.questions.listing import Listed, Listing, Wish
from kb.questions.load_bearing import LoadBearing, Pillar
from kb.questions.overall import Counted, Overall
from kb.questions.stale import Stale, StaleGroup, StaleSource
from kb.questions.states import state_of
from kb.view.bars import Mark, percent, rows, shares, stacked
from kb.view.changed import changes
from kb.view.markup import Element, Node, to_html
from kb.view.overview import aged, bearing, overview, summed_up
from kb.view.ways import to_article, to_page, to_question
from tests.drawn import audit_of, source
from tests.samples import sample_audit

PAYLOAD = '<img src=x onerror="hacked()">'
FOUND = Overall(
    articles=40,
    statements=1000,
    bare=250,
    verdicts={"unsupported": 300, "supported": 700},
    levels={1: 3, 4: 1},
    certainties={"high": 1, "very low": 3},
    sources=9,
    worst=(Counted(article="a.md", title="Knees", verdicts={"unsupported": 12, "supported": 25}),),
)
TEA = Source(
    id="doi:10.5555/tea", title="Tea", notices=(Notice(kind="retraction", said_by=("Crossref",), date="2016"),)
)
DOUBTED = Listing(wish=Wish(only="doubted"), sources=(Listed(source=TEA, statements=2),), fitting=7, all=9)
NONE = Listing(wish=Wish(only="doubted"))


def elements(node: Node) -> Iterator[Element]:
    if isinstance(node, Element):
        yield node
        for child in node.children:
            yield from elements(child)


def text(node: Node) -> str:
    return node if isinstance(node, str) else " ".join(map(text, node.children))


def attributes(tree: Element, name: str) -> list[str]:
    return [value for one in elements(tree) for key, value in one.attributes if key == name]


@pytest.mark.parametrize(("number", "of"), [(n, of) for of in (1, 3, 7, 300_000) for n in (0, 1, of // 2, of)])
def test_a_share_says_neither_nothing_of_something_nor_all_of_less(number: int, of: int) -> None:
    share = percent(number, of)
    assert (share == 0) == (number == 0)
    assert (share == 100) == (number == of)
    assert f".share-{share}{{" in shares()


def test_every_part_of_a_bar_tells_what_it_is_and_leads_on() -> None:
    bar = stacked([Mark(1, "contested", "./a", "x", "⇄"), Mark(99, "supported", "./b", "y", "✓")], "of all statements")
    assert attributes(bar, "aria-label") == [
        "contested: 1 (1 %) of all statements",
        "supported: 99 (99 %) of all statements",
    ]
    assert attributes(bar, "href") == ["./a", "./b"]
    assert text(bar).split() == ["✓", "99"], "what is too narrow for its number only tells it"


def test_a_row_of_bars_has_words_number_and_share() -> None:
    assert text(rows([Mark(1, "level 1", "./a", "x")], 4)).split() == ["level", "1", "1", "25", "%"]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            FOUND,
            "In 40 articles 250 of 1,000 statements (25 %) ask for a source and show none; "
            "50 cite ones that do not count.",
        ),
        (
            Overall(articles=1, statements=1, bare=1),
            "In 1 article 1 of 1 statement (100 %) asks for a source and shows none.",
        ),
        (Overall(articles=1, statements=3), "In 1 article none of 3 statements ask for a source and show none."),
        (Overall(articles=2), "In 2 articles no statement was found."),
    ],
)
def test_the_sentence_at_the_top(found: Overall, words: str) -> None:
    assert summed_up(found) == words


def test_everything_is_told_and_leads_on() -> None:
    tree = overview(FOUND, DOUBTED, 3)
    told = text(tree)
    for words in (
        "! unsupported",
        "30 %",
        "level 1 (strongest)",
        "⊕⊕⊕⊕ high",
        "Of 4 statements with a level.",
        "Knees",
    ):
        assert words in told
    for words in (
        "✗ Retracted",
        "2 statements rest on it",
        "All 7 sources",
        "12 of 37 unsupported",
        "No registry has answered about 3 sources",
        "and 39 more articles",
    ):
        assert words in told
    assert {
        to_question("search", only="statements", verdict="unsupported"),
        to_question("search", only="statements", level="4"),
        to_question("search", only="statements", certainty="high"),
        to_page("sources", source=TEA.id),
        to_page("sources", only="Retracted or doubted"),
        to_article("a.md"),
        to_page("worklist", article="a.md"),
    } <= {*attributes(tree, "href")}


def test_what_is_not_there_is_said() -> None:
    told = text(overview(Overall(articles=1, statements=1, verdicts={"not checked": 1}), NONE, 0))
    assert "No statement has a level yet" in told
    assert "No statement has a certainty yet" in told
    assert "None that is known." in told


def test_a_source_that_was_reinstated_is_not_marked_as_fallen() -> None:
    undone = Notice(kind="reinstatement", said_by=("Crossref",), date="2017")
    source = msgspec.structs.replace(TEA, notices=(*TEA.notices, undone))
    told = text(overview(FOUND, Listing(wish=Wish(), sources=(Listed(source=source),), fitting=1), 0))
    assert "Retracted, Reinstated" in told
    assert "✗ Retracted" not in told


def test_what_most_hangs_on_names_a_few_and_leads_to_all() -> None:
    pillars = tuple(Pillar(source=f"doi:10.5555/{n}", label=f"Brook {n}", alone=9 - n, articles=2) for n in range(7))
    tree = bearing(LoadBearing(supported=9, alone=8, sources=pillars, bearing=7, statements=(), teams=(), resting=0))
    assert "9 statements stand on it alone, in 2 articles" in text(tree)
    assert "Brook 4" in text(tree)
    assert "Brook 5" not in text(tree)
    assert to_question("load-bearing") in attributes(tree, "href")


def test_evidence_that_is_stale_is_counted_by_reason() -> None:
    work = StaleSource(source="doi:10.5555/tea", label="Brook 2012", statements=(), resting=3, articles=1, again=0)
    group = StaleGroup(reason="retracted", sources=(work,), of=1, statements=3)
    tree = aged(Stale(as_of="2026-11-23", groups=(group,)))
    assert "Rest on a source that was retracted: 3 statements, 1 source" in text(tree)
    assert to_page("sources", source="doi:10.5555/tea") in attributes(tree, "href")
    assert "Nothing that is known." in text(aged(Stale(as_of="2026-11-23", groups=())))


def test_what_changed_is_told_the_worse_first() -> None:
    tea = source("tea", authors=("Brook",), year="2012")
    fallen = msgspec.structs.replace(tea, notices=TEA.notices)
    before = state_of([audit_of({"s1": ["tea"], "s2": [], "s3": []}, [tea])])
    after = state_of([audit_of({"s1": ["tea"], "s2": ["root"], "s4": []}, [fallen, source("root")])])
    told = text(changes(before, after, "2026-11-20"))
    assert told.startswith("Since 2026-11-20 ")
    for words in ("new notice: retraction", "▲ better: unsupported → supported", "now also on Root 2012 (supports)"):
        assert words.lower() in told.lower()
    assert "doi:" not in told


def test_nothing_changed_is_said() -> None:
    state = state_of([sample_audit()])
    assert text(changes(state, state, "2026-11-20")) == "Since 2026-11-20 nothing has changed."


def test_outside_text_only_ever_becomes_text() -> None:
    source: Any = Source(id=PAYLOAD, title=PAYLOAD, notices=TEA.notices)
    counted = Counted(article=PAYLOAD, title=PAYLOAD, verdicts={"supported": 1})
    audit = audit_of({"s1": ["tea"]}, [Source(id="doi:10.5555/tea", title=PAYLOAD)], article=PAYLOAD)
    empty = state_of([])
    for tree in (
        overview(
            Overall(articles=1, statements=1, worst=(counted,)),
            Listing(wish=Wish(), sources=(Listed(source=source),), fitting=1),
            0,
        ),
        changes(empty, state_of([audit]), PAYLOAD),
        changes(state_of([audit]), empty, PAYLOAD),
    ):
        assert "<img" not in to_html(tree)
