"""What the graph answers, drawn: what is said, in which order, what is folded away, and where links lead."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.graph import build_graph
from kb.language.folding import fold
from kb.model import Audit, Direction, Notice
from kb.questions.asserted import Asserted, Said
from kb.questions.asserted import Work as WorkTold
from kb.questions.contested import contested as disagreements
from kb.questions.impact import impact as falls
from kb.questions.independence import independence as lines_behind
from kb.questions.load_bearing import Leaning, Support, Work, support_graph
from kb.questions.load_bearing import load_bearing as hangs_on
from kb.questions.search import Found, FoundSource, search_for
from kb.questions.stale import Ground, Resting
from kb.questions.stale import stale as out_of_date
from kb.questions.stated import Stated
from kb.questions.trace import trace as whence
from kb.view.answers import contested, impact, independence, load_bearing, search, stale, trace
from kb.view.markup import LINKS, Element, Node, to_html
from kb.view.ways import Way, parse_way, to_question, to_statement
from kb.view.wording import CAVEAT
from tests.drawn import audit_of, source, work

replace = msgspec.structs.replace

HOSTILE = '"><script>alert(1)</script> <img src=x onerror=alert(1)> **b** [a](javascript:alert(1))'


def elements(node: Node) -> Iterator[Element]:
    if isinstance(node, Element):
        yield node
        for child in node.children:
            yield from elements(child)


def words(node: Node) -> str:
    return node if isinstance(node, str) else "".join(map(words, node.children))


def of_class(tree: Element, name: str) -> list[Element]:
    return [one for one in elements(tree) if name in dict(one.attributes).get("class", "").split()]


def tagged(tree: Element, tag: str) -> list[Element]:
    return [one for one in elements(tree) if one.tag == tag]


def links(tree: Element) -> dict[str, str]:
    """By its words where each link leads."""
    return {words(one): dict(one.attributes).get("href", "") for one in tagged(tree, "a")}


# Addresses inside the app.


@given(st.text(), st.text())
def test_the_address_of_a_statement_says_which_it_is(article: str, statement: str) -> None:
    if article and statement and _is_text(article + statement):
        way = parse_way(to_statement(article, statement))
        assert way == Way("article", {"article": [article], "statement": [statement]})


@given(st.lists(st.text(min_size=1), min_size=1, max_size=3))
def test_the_address_of_a_question_says_what_is_asked(sources: list[str]) -> None:
    if _is_text("".join(sources)):
        way = parse_way(to_question("impact", source=sources))
        assert way == Way("questions", {"question": ["impact"], "source": sources})


def _is_text(given: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in given)


@pytest.mark.parametrize(
    "address", ["", "https://example.org", "//example.org", "javascript:alert(1)", "./a/b", "../x", "?article=a", "/x"]
)
def test_an_address_that_leads_out_of_the_app_leads_nowhere(address: str) -> None:
    assert parse_way(address) is None


# Whence a statement comes.


def rook_and_others(*more: str) -> Audit:
    """``s1`` cites a review, which cites a cohort, an editorial that cites the cohort too, and ``more``."""
    sources = [
        source("rook", "narrative review", ["vale", "heron", *more], title="Rest, a view"),
        source("vale", "cohort"),
        source("heron", "editorial", ["vale"]),
    ]
    drawn = audit_of({"s1": ["rook"]}, sources)
    return replace(drawn, sources=tuple(sources))


def traced(audit: Audit, statement: str = "s1") -> Element:
    return trace.panel(whence(build_graph([audit]), (audit.article.id, statement)))


def test_a_trace_is_a_tree_in_which_each_work_stands_once() -> None:
    tree = traced(rook_and_others())
    top, below, under_heron = of_class(tree, "tree")
    assert [words(one) for one in top.children] == [words(top)]
    assert "Rook 2012: Rest, a view" in words(top)
    assert len(below.children) == 2
    assert "Vale 2012 cohort primary study" in words(below.children[0])
    assert words(under_heron) == "Vale 2012 told elsewhere in this tree"


def test_a_trace_leads_to_its_statement_and_to_what_falls_with_a_source() -> None:
    found = links(traced(rook_and_others()))
    assert found["Statement s1."] == to_statement("drawn.md", "s1")
    assert found["What falls with it?"] == to_question("impact", source=work("rook"))
    assert found["Vale 2012"] == "https://doi.org/10.5555/vale"


def test_what_a_review_cites_is_folded_away_where_it_is_much() -> None:
    tree = traced(rook_and_others(*(f"w{number}" for number in range(9))))
    (folded,) = tagged(tree, "details")
    assert words(folded).startswith("and 5 more: 5 of which nothing is known")
    assert len(tagged(folded, "li")) == 5


def test_a_retracted_work_says_so_in_the_tree() -> None:
    audit = rook_and_others()
    gone = replace(audit.sources[0], notices=(Notice(kind="retraction", said_by=("a registry",), date="2020"),))
    assert "retracted or withdrawn" in words(
        of_class(traced(replace(audit, sources=(gone, *audit.sources[1:]))), "tree")[0]
    )


# What falls.


def fallen(statements: int, articles: int = 1) -> Element:
    names = [f"a{number:02}.md" for number in range(articles)]
    cited = {f"s{number}": ["tea"] for number in range(statements)}
    audits = [audit_of(cited, [source("tea", "randomized trial")], article=name) for name in names]
    return impact.panel(falls(audits, [work("tea")]))


def test_a_statement_stands_as_it_is_and_as_it_would_be() -> None:
    tree = fallen(1)
    (change,) = of_class(tree, "change")
    assert words(change).startswith("loses its support supported")
    assert " → unsupported" in words(change)
    assert [words(one) for one in of_class(change, "badge")] == ["supported", "unsupported"]
    assert links(tree)["“Statement s0.”"] == to_statement("a00.md", "s0")
    assert "1 statement in 1 article rests on that: 1 loses its support." in words(tree)


def test_what_stands_shows_one_grading() -> None:
    team = ("Roe", "Poe", "Moe")
    sources = [source("tea", "cohort", authors=team), source("walk", "randomized trial", authors=team)]
    audit = audit_of({"s1": ["tea", "walk"]}, sources)
    (change,) = of_class(impact.panel(falls([audit], [work("tea")])), "change")
    assert len(of_class(change, "badge")) == 1
    assert "stands on what is left" in words(change)


def test_ten_statements_are_shown_a_hundred_folded_away_and_the_others_counted() -> None:
    tree = fallen(150)
    (folded,) = tagged(tree, "details")
    assert words(folded).startswith("and 100 more")
    assert len(of_class(tree, "affected")) == 110
    assert "and 40 more" in words(tree).replace(words(folded), "")


def test_articles_beyond_the_first_are_counted() -> None:
    tree = fallen(1, impact.MOST_ARTICLES + 2)
    assert len(of_class(tree, "affected")) == impact.MOST_ARTICLES
    assert "and 2 more articles, the least affected" in words(tree)


def test_where_nothing_rests_on_it_that_is_said() -> None:
    assert "No statement rests on that." in words(impact.panel(falls([], [work("tea")])))


# How many lines of evidence.


def test_each_line_of_evidence_is_a_card_with_its_sources_and_what_ties_them() -> None:
    review = source("vale", "systematic review", ["tea"], authors=("Vale", "Ito"))
    audit = audit_of({"s1": ["tea", "vale", "walk"]}, [source("tea", "randomized trial"), review, source("walk")])
    tree = independence.panel(lines_behind(audit, ("drawn.md", "s1")))
    first, second = of_class(tree, "source")
    assert words(first).startswith("Line 1") and "Tea 2012" in words(first) and "Vale" in words(first)
    assert "One line, because:" in words(first)
    assert "Walk 2012" in words(second) and "because" not in words(second)


def test_what_does_not_count_says_why() -> None:
    audit = audit_of({"s1": ["tea", "walk"]}, [source("tea"), source("walk")], directions={"walk": "disputes"})
    tree = independence.panel(lines_behind(audit, ("drawn.md", "s1")))
    assert "Walk 2012design not known · disputes it" in words(tree)


# What most hangs on.


def test_what_hangs_on_a_source_alone_is_counted_and_named() -> None:
    graph = support_graph(
        [Support(("a.md", "s1"), work("tea")), Support(("b.md", "s1"), work("tea"))],
        [Leaning(("b.md", "s2"), ("b.md", "s1"))],
        [Work(work("tea"), ("Roe",), "Tea for knees", "2012")],
    )
    tree = load_bearing.panel(hangs_on(graph))
    assert "Roe 2012: Tea for knees" in words(tree)
    assert "3 statements stand on it alone, in 2 articles" in words(tree)
    assert "Stands on Roe 2012 alone through the statement that it leans on." in words(tree)
    assert links(tree)["What falls with it?"] == to_question("impact", source=work("tea"))


def test_more_than_an_answer_holds_is_counted() -> None:
    graph = support_graph([Support(("a.md", f"s{number}"), work(f"w{number}")) for number in range(9)])
    assert words(load_bearing.panel(hangs_on(graph, most=2))).count("and 7 more") == 2


# What is contested.


def said(article: str, text: str, lines: dict[str, Direction]) -> Said:
    told = tuple((work(name), direction) for name, direction in lines.items())
    return Said(article, "s1", 3, text, fold(text), "benefit", None, "supported", told)


def test_sides_that_contradict_each_other_stand_in_one_card_with_their_sources() -> None:
    told = Asserted(
        [
            said("a.md", "Rest eases sore knees.", {"tea": "supports"}),
            said("b.md", "Rest worsens sore knees.", {"walk": "supports"}),
        ],
        {},
        {work("tea"): WorkTold("Tea for knees", "2012")},
    )
    (card,) = of_class(contested.panel(disagreements(told)), "source")
    assert "“Rest eases sore knees.” a.md, line 3Supported byTea for knees (2012)against" in words(card)
    assert links(card)["“Rest worsens sore knees.”"] == to_statement("b.md", "s1")


def test_what_supports_and_what_disputes_a_statement_is_listed() -> None:
    told = Asserted([said("a.md", "Rest eases sore knees.", {"tea": "supports", "walk": "disputes"})], {}, {})
    tree = contested.panel(disagreements(told))
    assert "Supported bydoi:10.5555/teaDisputed bydoi:10.5555/walk1 source supports it, 1 source disputes it." in words(
        tree
    )


# What is stale.


def test_what_is_stale_is_told_by_reason_with_who_said_so() -> None:
    notice = Notice(kind="retraction", said_by=("a registry",), date="2020-05", doi="10.5555/notice")
    ground = Ground(
        {work("tea"): source("tea", notices=(notice,))},
        [Resting(("a.md", "s1"), work("tea"), "supports", "2019-11-22")],
    )
    told = Stated(article="a.md", statement="s1", line=3, text="Tea eases pain.", verdict="supported")
    answer = out_of_date(ground, "2026-11-22", telling=lambda _: {("a.md", "s1"): told})
    tree = stale.panel(answer)
    assert "Rest on a source that was retracted: 1 statement, 1 source" in words(tree)
    assert (
        words(of_class(tree, "notice")[0]) == "Retracted, 2020-05, said by a registry; the notice is doi:10.5555/notice"
    )
    assert "to be audited again: a.md." in words(tree)
    assert "Source: supports it; audited 2019-11-22, before the notice; graded before the notice" in words(tree)


def test_nothing_stale_is_an_answer() -> None:
    assert "None." in words(stale.panel(out_of_date(Ground({}, []), "2026-11-22", 5)))


# What a search found.

TOLD = Stated(article="a.md", statement="s1", line=3, text="Tea eases pain.", verdict="supported")
TEA = FoundSource(
    source=work("tea"),
    label="Roe 2012",
    title="Tea for knees",
    year="2012",
    container="Leaves",
    design="cohort",
    retracted=True,
    statements=1,
)


def test_a_search_shows_what_it_found_and_leads_on() -> None:
    found = Found(search=search_for("tea"), statements=(TOLD,), sources=(TEA,), all_statements=1, all_sources=70)
    tree = search.panel(found)
    assert [words(one) for one in tagged(tree, "h3")] == ["1 statement", "70 sources"]
    assert "and 69 more" in words(tree)
    assert "Leaves · cohort · retracted · 1 statement rests on it" in words(tree)
    assert links(tree)["Trace"] == to_question("trace", article="a.md", statement="s1")


def test_a_search_that_found_nothing_says_so() -> None:
    assert words(search.panel(Found(search=search_for("tea")))).count("None fits.") == 2
    assert words(search.panel(Found(search=search_for("tea", {"only": "sources"})))).count("None fits.") == 1


def test_what_may_be_meant_is_asked_about_instead_with_the_others() -> None:
    tree = search.offer_panel("no such work", "impact", [], [TEA], ["doi:10.5555/other"])
    assert links(tree)["Roe 2012: Tea for knees"] == to_question("impact", source=[work("tea"), "doi:10.5555/other"])
    tree = search.offer_panel("no such statement", "trace", [TOLD], [])
    assert links(tree)["“Tea eases pain.” (a.md, line 3)"] == to_question("trace", article="a.md", statement="s1")


# All of them.


def hostile_answers() -> Iterator[Element]:
    """Each answer, with markup wherever something comes from outside."""
    bad = replace(source("tea", "narrative review", ["walk"]), id=f"doi:{HOSTILE}", title=HOSTILE, authors=(HOSTILE,))
    plain = audit_of({"s1": ["tea"]}, [], article=HOSTILE)
    audit = replace(
        plain,
        article=replace(plain.article, title=HOSTILE),
        statements=tuple(replace(one, text=HOSTILE, place=HOSTILE) for one in plain.statements),
        sources=(bad,),
        references=tuple(replace(one, source=bad.id, text=HOSTILE) for one in plain.references),
        resolutions=tuple(replace(one, source=bad.id) for one in plain.resolutions),
        evidence=tuple(replace(one, source=bad.id) for one in plain.evidence),
    )
    key = (HOSTILE, "s1")
    told = Stated(article=HOSTILE, statement="s1", line=1, text=HOSTILE, place=HOSTILE)
    yield trace.panel(whence(build_graph([audit]), key))
    yield impact.panel(falls([audit], [bad.id]))
    yield independence.panel(lines_behind(audit, key))
    graph = support_graph([Support(key, bad.id)], [], [Work(bad.id, (HOSTILE,), HOSTILE, HOSTILE)])
    yield load_bearing.panel(hangs_on(graph, telling=lambda _: {key: told}))
    notice = Notice(kind="correction", said_by=(HOSTILE,), date=HOSTILE, doi=HOSTILE)
    ground = Ground({bad.id: replace(bad, notices=(notice,))}, [Resting(key, bad.id, "supports", HOSTILE)])
    yield stale.panel(out_of_date(ground, "2026-11-22", telling=lambda _: {key: told}))
    work_found = replace(TEA, source=bad.id, label=HOSTILE, title=HOSTILE, container=HOSTILE)
    asserted = [
        Said(
            HOSTILE,
            "s1",
            1,
            HOSTILE,
            fold(HOSTILE),
            "benefit",
            None,
            None,
            ((bad.id, "supports"), (work("x"), "disputes")),
        )
    ]
    yield contested.panel(disagreements(Asserted(asserted, {HOSTILE: HOSTILE}, {bad.id: WorkTold(HOSTILE, HOSTILE)})))
    yield search.panel(Found(search=search_for("x"), statements=(told,), sources=(work_found,)))


HOSTILE_ANSWERS = list(hostile_answers())
ANSWERS = ["trace", "impact", "independence", "load-bearing", "stale", "contested", "search"]


@pytest.mark.parametrize("tree", HOSTILE_ANSWERS, ids=ANSWERS)
def test_what_comes_from_outside_is_only_ever_text(tree: Element) -> None:
    assert "<script>" in words(tree)
    assert "<script" not in to_html(tree)
    assert "<img" not in to_html(tree)
    assert all(dict(one.attributes).get("href", "#").startswith(LINKS) for one in tagged(tree, "a"))


@pytest.mark.parametrize("tree", HOSTILE_ANSWERS, ids=ANSWERS)
def test_every_answer_says_what_its_grades_are_worth(tree: Element) -> None:
    assert words(tree).endswith(CAVEAT)
