"""What most hangs on: a graph drawn by hand, its laws, and the projection that the store makes of a knowledge base.

::

    one.md                                 two.md
    s1 ── high ──────► heat                t1 ── low ──► heat
    s2 ── low ───────► heat                t2 ─────────► tea
    s3 ── moderate ──► heat, cold
    s4 ── (leans on s1) high

    heat   Roe, Poe, Lee 2010     tea    Ash 2015
    cold   Roe, Poe, Moe 2012

By hand: ``heat`` holds up s1, s2, s4 and t1 alone, in two articles, and s3 together with ``cold``; ``tea`` holds up t2.
Heat and cold share two of three authors, one of whom is the first of both: one team, on which all of one.md stands. In
two.md too few statements stand on anything to speak of a team.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from typing import Any

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.model import Certainty, Source, StatementKey
from kb.questions.load_bearing import Leaning, LoadBearing, Support, Work, load_bearing, support_graph
from kb.questions.one_team import OneTeam, one_team
from kb.questions.stated import Stated
from kb.report.answers.load_bearing import to_text
from kb.view.wording import CAVEAT
from tests.costs import assert_within

HEAT = Work("doi:10.5555/heat", ("Roe", "Poe", "Lee"), "Heat wraps for knees", "2010")
COLD = Work("doi:10.5555/cold", ("Roe", "Poe", "Moe"), "Cold packs for knees", "2012")
TEA = Work("doi:10.5555/tea", ("Ash",), "Teas", "2015")


def one(name: str) -> StatementKey:
    return ("two.md" if name.startswith("t") else "one.md"), name


def supports(name: str, *works: Work, certainty: Certainty | None = None) -> list[Support]:
    return [Support(one(name), work.id, int(name[1:]), None, certainty) for work in works]


DRAWN = [
    *supports("s1", HEAT, certainty="high"),
    *supports("s2", HEAT, certainty="low"),
    *supports("s3", HEAT, COLD, certainty="moderate"),
    *supports("t1", HEAT, certainty="low"),
    *supports("t2", TEA),
]
LEANS = [Leaning(one("s4"), one("s1"), 4, None, "high")]


def said(statements: Collection[StatementKey]) -> Mapping[StatementKey, Stated]:
    return {
        key: Stated(article=key[0], statement=key[1], line=int(key[1][1:]), text=f"Words of {key[1]}.")
        for key in statements
    }


@pytest.fixture
def drawn() -> LoadBearing:
    return load_bearing(support_graph(DRAWN, LEANS, [HEAT, COLD, TEA]), telling=said)


def test_sources_come_by_what_stands_on_them_alone(drawn: LoadBearing) -> None:
    found = [(one.source, one.label, one.alone, one.articles, one.together) for one in drawn.sources]
    assert found == [(HEAT.id, "Roe et al. 2010", 4, 2, 1), (TEA.id, "Ash 2015", 1, 1, 0)]
    assert (drawn.bearing, drawn.alone, drawn.supported) == (2, 5, 6)


def test_statements_come_by_their_certainty(drawn: LoadBearing) -> None:
    found = [(one.statement.statement, one.certainty, one.leans) for one in drawn.statements]
    assert found == [
        ("s1", "high", False),
        ("s4", "high", True),
        ("s2", "low", False),
        ("t1", "low", False),
        ("t2", None, False),
    ]


def test_an_article_that_rests_on_one_team_names_it_by_its_shared_authors(drawn: LoadBearing) -> None:
    assert drawn.teams == (
        OneTeam(
            article="one.md",
            authors=("Roe", "Poe"),
            works=(HEAT.id, COLD.id),
            statements=4,
            supported=4,
            why="4 of 4 supported statements stand on 2 works of one team alone: Roe and Poe",
        ),
    )


def test_no_more_is_shown_than_was_asked_for_and_all_is_counted() -> None:
    asked: list[int] = []

    def counting(statements: Collection[StatementKey]) -> Mapping[StatementKey, Stated]:
        asked.append(len(statements))
        return said(statements)

    found = load_bearing(support_graph(DRAWN, LEANS), most=1, telling=counting)
    assert (len(found.sources), len(found.statements), asked) == (1, 1, [1])
    assert (found.bearing, found.alone) == (2, 5)


def test_in_words(drawn: LoadBearing) -> None:
    lines = to_text(drawn).splitlines()
    assert lines[0] == "5 of 6 supported statements stand on one source alone, 2 sources in all."
    assert "  Roe et al. 2010: Heat wraps for knees (doi:10.5555/heat)" in lines
    assert "    4 statements stand on it alone, in 2 articles; 1 more on it and on others" in lines
    assert "  one.md, line 4 (s4): “Words of s4.”" in lines
    assert "    stands on Roe et al. 2010 alone through the statement that it leans on; certainty high" in lines
    assert "    4 of 4 supported statements stand on 2 works of one team alone: Roe and Poe" in lines
    assert lines[-1] == CAVEAT


def test_what_is_not_shown_is_counted_in_words() -> None:
    text = to_text(load_bearing(support_graph(DRAWN, LEANS), most=1, telling=said))
    assert "  and 1 more\n" in text
    assert "  and 4 more\n" in text


def test_nothing_hangs_on_nothing() -> None:
    found = load_bearing(networkx.DiGraph())
    assert (found.sources, found.statements, found.teams, found.supported) == ((), (), (), 0)
    assert "no statement stands on a source" in to_text(found).lower()


def test_words_from_outside_steer_no_terminal() -> None:
    evil = Work("ref:1", ("\x1b[31mRoe",), "A\nB\x07", "2010")
    graph = support_graph([Support(("a\n.md", f"s{number}"), evil.id) for number in range(3)], works=[evil])
    text = to_text(load_bearing(graph))
    assert not set(text) & {"\x1b", "\x07"}
    assert "A\nB" not in text


@pytest.mark.parametrize(
    ("leaning", "count"),
    [
        ({"s9": "s8", "s8": "s1"}, 3),  # through another one
        ({"s9": "s8"}, 1),  # on one that stands on nothing
        ({"s9": "s8", "s8": "s9"}, 1),  # in a circle
        ({"s9": "s9"}, 1),  # on itself
        ({"s1": "s9"}, 1),  # one that stands on its own source
    ],
)
def test_what_leans_stands_on_what_its_base_stands_on(leaning: dict[str, str], count: int) -> None:
    leans = [Leaning(one(name), one(on)) for name, on in leaning.items()]
    assert load_bearing(support_graph(supports("s1", HEAT), leans)).alone == count


def test_a_hundred_thousand_statements_on_one_source() -> None:
    graph = support_graph(Support(("a.md", f"s{number}"), HEAT.id) for number in range(100_000))

    def job() -> None:
        found = load_bearing(graph, most=3)
        assert (found.sources[0].alone, len(found.statements)) == (100_000, 3)

    assert_within(10, job)


# Teams.


def teams(stands: list[list[str]], **authors: tuple[str, ...]) -> tuple[OneTeam, ...]:
    sources = {name: Source(id=name, authors=names, year="2010") for name, names in authors.items()}
    return one_team([("a.md", stands)], lambda name: sources.get(name, Source(id=name)))


ROE = ("Roe", "Poe", "Lee")
CASES: list[tuple[str, list[list[str]], dict[str, tuple[str, ...]], tuple[str, ...]]] = [
    ("one work holds up more than half", [["a"], ["a"], ["b"]], {"a": ROE, "b": ("Ash",)}, ROE),
    ("a half is not more than half", [["a"], ["a"], ["b"], ["b"]], {"a": ROE, "b": ("Ash",)}, ()),
    ("two statements are too few", [["a"], ["a"]], {"a": ROE}, ()),
    ("a statement on another team too does not count", [["a"], ["a", "b"], ["a", "b"]], {"a": ROE, "b": ("Ash",)}, ()),
    ("one shared name is nothing", [["a"], ["b"], ["c"]], {"a": ROE, "b": ("Roe", "Ash"), "c": ("Roe", "Elm")}, ()),
    (
        "through another work of the article",
        [["a"], ["b"], ["c"]],
        {"a": ("Roe", "Poe"), "b": ("Roe", "Poe", "Fay", "Ash"), "c": ("Fay", "Ash")},
        ("Roe", "Poe", "Fay", "Ash"),
    ),
    ("nobody knows the authors", [["a"], ["a"], ["a"]], {}, ()),
    (
        "however it is written",
        [["a"], ["b"], ["a"]],
        {"a": ("Müller", "Poe"), "b": ("MULLER", "Poe")},
        ("Müller", "Poe"),
    ),
    (
        "common names weigh half",
        [["a"], ["b"], ["c"]],
        {"a": ("Wang", "Li"), "b": ("Wang", "Li"), "c": ("Wang", "Li")},
        (),
    ),
]


@pytest.mark.parametrize(("stands", "authors", "named"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_teams(stands: list[list[str]], authors: dict[str, tuple[str, ...]], named: tuple[str, ...]) -> None:
    found = teams(stands, **authors)
    assert tuple(name for one in found for name in one.authors) == named


def test_an_article_on_thousands_of_works_of_one_collaboration_is_compared_in_bounded_time() -> None:
    names = tuple(f"Author{number}" for number in range(40))
    sources = {f"w{number}": Source(id=f"w{number}", authors=names, year="2010") for number in range(3_000)}

    def job() -> None:
        assert one_team([("a.md", [[name] for name in sources])], sources.__getitem__) == ()  # most were not compared

    assert_within(20, job)


# Laws.


@st.composite
def graphs(draw: st.DrawFn) -> networkx.DiGraph[Any]:
    works = st.sampled_from("abcde")
    found = draw(st.dictionaries(st.integers(0, 12), st.sets(works, max_size=3), max_size=13))
    articles = st.sampled_from(["one.md", "two.md"])
    rows = [Support((draw(articles), f"s{name}"), work) for name, held in found.items() for work in sorted(held)]
    names = st.lists(st.sampled_from(["Roe", "Poe", "Lee", "Ash"]), max_size=4, unique=True)
    return support_graph(rows, works=[Work(work, tuple(draw(names)), year="2010") for work in "abcde"])


@given(graphs())
@settings(deadline=None)
def test_without_a_source_exactly_what_stood_on_it_alone_stands_on_nothing(graph: networkx.DiGraph[Any]) -> None:
    before = load_bearing(graph)
    for pillar in before.sources:
        rest = graph.copy()
        rest.remove_node(pillar.source)
        after = load_bearing(rest)
        assert before.supported - after.supported == pillar.alone
        assert pillar.together == graph.in_degree(pillar.source) - pillar.alone


@given(graphs())
@settings(deadline=None)
def test_the_parts_make_up_the_whole(graph: networkx.DiGraph[Any]) -> None:
    found = load_bearing(graph, most=100)
    assert sum(one.alone for one in found.sources) == found.alone == len(found.statements)
    assert (len(found.sources), len(found.teams)) == (found.bearing, found.resting)
    assert all(2 * team.statements > team.supported >= 3 for team in found.teams)
    for team in found.teams:
        rest = graph.copy()
        rest.remove_nodes_from(team.works)
        lost = found.supported - load_bearing(rest).supported
        assert lost >= team.statements


@given(graphs(), st.integers(1, 5))
@settings(max_examples=50, deadline=None)
def test_less_shown_is_the_beginning_of_more(graph: networkx.DiGraph[Any], most: int) -> None:
    some, everything = load_bearing(graph, most), load_bearing(graph, 100)
    assert some.sources == everything.sources[:most]
    assert some.statements == everything.statements[:most]
    assert some.teams == everything.teams[:most]


@given(st.randoms())
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_rows_changes_nothing(shuffle: random.Random) -> None:
    rows, leans, works = list(DRAWN), list(LEANS), [HEAT, COLD, TEA]
    for each in (rows, leans, works):
        shuffle.shuffle(each)
    assert load_bearing(support_graph(rows, leans, works)) == load_bearing(
        support_graph(DRAWN, LEANS, [HEAT, COLD, TEA])
    )
