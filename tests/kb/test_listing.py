"""The table of sources: which fit, in what order, how many, and the card of one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kb.base import KnowledgeBase
from kb.model import Attribution, Disagreement, Notice, NoticeKind, Source
from kb.questions.listing import Order, Wish
from tests.drawn import audit_of, source, work
from tests.samples import ARTICLE_ID, HARTWELL_SOURCE, TITLE, sample_audit


def told_of(name: str, kind: NoticeKind, **facts: object) -> Source:
    return source(name, notices=(Notice(kind=kind, said_by=("Crossref",), date="2020"),), **facts)  # type: ignore[arg-type]


def asked(name: str, day: str, **facts: object) -> Source:
    return source(name, said=(Attribution(by="Crossref", fields=("title",), asked=day),), **facts)  # type: ignore[arg-type]


WORKS = (
    source("tea", "cohort", title="Tea for knees", year="2001", pmid="12"),
    asked("walk", "2026-01-02", title="A walk a day", year="2015", design="randomized trial"),
    told_of("salve", "retraction", title="Salves", year="2010"),
    told_of("bark", "expression of concern", title="Bark of birches", year="1999"),
    told_of("root", "correction", title="Roots", year=None),
    source("leaf", disagreements=(Disagreement(field="year", says=(("A", "1"), ("B", "2"))),)),
    asked("moss", "2026-03-04", title='Moss: "disagreements":[{ of gardeners'),
)
AUDITS = (
    audit_of(
        {"s1": ["tea", "walk"], "s2": ["tea", "salve"], "s3": ["tea", "moss"]}, WORKS, article="a.md", statuses={}
    ),
    audit_of(
        {"s1": ["walk", "bark"], "s2": ["root", "leaf"]},
        WORKS,
        article="b.md",
        statuses={"root": "unreachable", "leaf": "not found"},
    ),
)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KnowledgeBase]:
    where = request.getfixturevalue("postgres") if request.param == "PostgreSQL" else str(tmp_path / "new.db")
    with KnowledgeBase.open(where) as opened:
        opened.add_all([*AUDITS, sample_audit()])
        yield opened


def names(base: KnowledgeBase, **wish: object) -> list[str]:
    """The names of the sources that fit, those of the sample left out."""
    found = base.listing(msgspec.convert(wish, Wish)).sources
    return [one.source.id.removeprefix("doi:10.5555/") for one in found if one.source.id in map(work, NAMES)]


NAMES = ("tea", "walk", "salve", "bark", "root", "leaf", "moss")


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({"words": ["kne"]}, ["tea"]),
        ({"words": ["KNEES", "tea"]}, ["tea"]),
        ({"words": ["knees", "walk"]}, []),
        ({"words": ["Bark"]}, ["bark"]),
        ({"words": ["10.5555/Roo"]}, ["root"]),
        ({"words": ["12"]}, ["tea"]),
        ({"words": ["%"]}, []),
        ({"words": ["_"]}, []),
        ({"only": "doubted"}, ["salve", "bark"]),
        ({"only": "updated"}, ["root"]),
        ({"only": "differ"}, ["leaf"]),
        ({"only": "not asked"}, ["root"]),
        ({"only": "not found"}, ["leaf"]),
        ({"design": "cohort"}, ["tea"]),
        ({"article": "b.md", "only": "doubted"}, ["bark"]),
        ({"article": "no such.md"}, []),
    ],
)
def test_the_table_is_narrowed_down(base: KnowledgeBase, wish: dict[str, object], found: list[str]) -> None:
    assert names(base, **wish) == found


@pytest.mark.parametrize(
    ("order", "turned", "found"),
    [
        ("notices", False, ["salve", "bark", "root", "tea", "walk", "leaf", "moss"]),
        ("notices", True, ["root", "bark", "salve", "tea", "walk", "leaf", "moss"]),
        ("statements", False, ["tea", "walk", "bark", "leaf", "moss", "root", "salve"]),
        ("title", False, ["walk", "bark", "moss", "root", "salve", "tea", "leaf"]),
        ("title", True, ["tea", "salve", "root", "moss", "bark", "walk", "leaf"]),
        ("year", False, ["walk", "leaf", "moss", "salve", "tea", "bark", "root"]),
        ("year", True, ["bark", "tea", "salve", "leaf", "moss", "walk", "root"]),
        ("design", False, ["tea", "walk", "bark", "leaf", "moss", "root", "salve"]),
        ("asked", False, ["moss", "walk", "bark", "leaf", "root", "salve", "tea"]),
        ("asked", True, ["walk", "moss", "bark", "leaf", "root", "salve", "tea"]),
    ],
)
def test_the_table_is_ordered(base: KnowledgeBase, order: Order, turned: bool, found: list[str]) -> None:
    assert names(base, order=order, turned=turned) == found


def test_of_more_sources_than_are_shown_all_are_counted(base: KnowledgeBase) -> None:
    few = base.listing(Wish(most=2))
    assert (len(few.sources), few.fitting, few.all) == (2, 11, 11)
    doubted = base.listing(Wish(only="doubted", most=1))
    assert (len(doubted.sources), doubted.fitting, doubted.all) == (1, 3, 11)


def test_a_row_tells_what_a_source_is_used_for(base: KnowledgeBase) -> None:
    (walk,) = base.listing(Wish(words=("walk",))).sources
    assert (walk.statements, walk.cited_by, walk.asked) == (2, 2, "2026-01-02")
    assert [name for name, _ in walk.articles] == ["a.md", "b.md"]
    assert walk.statuses == ("verified",)


def test_a_source_without_a_title_is_found_by_the_entry_that_cites_it(tmp_path: Path) -> None:
    drawn = audit_of({"s1": ["leaf"]}, [source("leaf")])
    (entry,) = drawn.references
    with KnowledgeBase.open(tmp_path / "new.db") as base:
        base.add(msgspec.structs.replace(drawn, references=(msgspec.structs.replace(entry, text="Ivy, Leaves, 1911"),)))
        (found,) = base.listing(Wish(words=("1911",))).sources
    assert found.entry == "Ivy, Leaves, 1911"


def test_a_card_tells_who_cites_a_source_and_what_rests_on_it(base: KnowledgeBase) -> None:
    card = base.card(HARTWELL_SOURCE)
    assert card is not None
    assert [(one.article, one.title, one.reference.id) for one in card.cited_as] == [
        (ARTICLE_ID, TITLE, "hartwell-2019")
    ]
    assert [one.resolution is not None for one in card.cited_as] == [True]
    assert [(stated.statement, direction) for stated, direction in card.resting] == [("s2", "supports")]
    assert (card.references, card.statements) == (1, 1)
    assert base.card("doi:10.5555/nowhere") is None


@pytest.mark.parametrize("name", ["\0", "a\0b", "a\ud800"])
def test_what_no_store_can_hold_names_nothing(base: KnowledgeBase, name: str) -> None:
    assert not base.titles(name)
    assert base.statements_of(name) == ()
    assert base.card(name) is None
    assert not base.naming(name)
    assert base.listing(Wish(words=(name,), article=name)).sources == ()


@pytest.mark.parametrize(
    ("retracted", "reinstated", "first"),
    [
        ("2020-03", "2020-04-01", "bark"),
        ("2020-03-09", "2020-03", "bark"),
        ("2020", None, "bark"),
        ("2021", "2020-04-01", "leaf"),
        ("2020", "", "leaf"),
    ],
)
def test_what_was_reinstated_comes_behind_what_stands(
    base: KnowledgeBase, retracted: str, reinstated: str | None, first: str
) -> None:
    """An empty date stands for a source that was not reinstated; None for one of which the day is not known."""
    notices = [Notice(kind="retraction", said_by=("Crossref",), date=retracted)]
    if reinstated != "":
        notices.append(Notice(kind="reinstatement", said_by=("Crossref",), date=reinstated))
    again = source("leaf", notices=tuple(notices))
    base.add(audit_of({"s1": ["leaf"], "s2": ["bark"]}, [again, WORKS[3]], article="c.md", statuses={}))
    found = [name for name in names(base, order="notices") if name in ("leaf", "bark")]
    assert found[0] == first
