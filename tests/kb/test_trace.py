"""Whence a statement comes: small graphs drawn by hand with their answers, and what holds of any graph.

The drawing that most tests use; what a work of each design is called stands behind it::

    s1 ─► vale (systematic review) ─► trial (randomized trial)
       │                           ├► second (randomized trial)
       │                           └► cohort (cohort, retracted)
       ├► trial
       ├► rook (narrative review) ─► elder (narrative review; what it cites is not known)
       │                          └► moss (editorial) ─► rook
       ├► heron (guideline) ─► nobody (nothing is known of it)
       └► tome (book)
    s2 leans on s1, and s3 on s2, beyond it
    s4 cites nothing
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import get_args

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UsageError
from kb.graph import build_graph
from kb.model import Audit, Design, Notice, Source
from kb.questions.trace import trace
from kb.questions.traced import End, Trace
from kb.questions.walk import MOST_DEPTH, MOST_STEPS, STUDIES, around, walk
from kb.report.answers.trace import to_text
from tests.drawn import audit_of, source, work

RETRACTED = (Notice(kind="retraction", said_by=("Crossref",), date="2020-01-01"),)
WORKS = [
    source("vale", "systematic review", ["trial", "second", "cohort"]),
    source("trial", "randomized trial", ["tome"]),
    source("second", "randomized trial"),
    source("cohort", "cohort", notices=RETRACTED),
    source("rook", "narrative review", ["elder", "moss"]),
    source("elder", "narrative review"),
    source("moss", "editorial", ["rook"]),
    source("heron", "guideline", ["nobody"]),
    source("tome", "book"),
]
DRAWN = audit_of(
    {"s1": ["vale", "trial", "rook", "heron", "tome"], "s2": [], "s3": [], "s4": []},
    WORKS,
    leans={"s2": "s1", "s3": "s2"},
    beyond={"s3": "“cures” is more than “eases”"},
)


def traced(audit: Audit, statement: str = "s1", works: Sequence[Source] = (), depth: int = MOST_DEPTH) -> Trace:
    return trace(build_graph([audit], works), (audit.article.id, statement), depth)


def short(name: str) -> str:
    return name.removeprefix(work(""))


def ends(answer: Trace) -> dict[str, str]:
    return {short(step.source): step.end for step in answer.steps}


def test_each_work_of_the_drawing_has_its_place_and_its_end() -> None:
    steps = traced(DRAWN, works=WORKS).steps
    assert [(short(one.source), one.depth, one.via and short(one.via), one.end) for one in steps] == [
        ("vale", 0, None, ""),
        ("trial", 0, None, "primary study"),
        ("rook", 0, None, "amplification"),
        ("heron", 0, None, "not known"),
        ("tome", 0, None, "dead end"),
        ("second", 1, "vale", "primary study"),
        ("cohort", 1, "vale", "primary study"),
        ("elder", 1, "rook", "not known"),
        ("moss", 1, "rook", "amplification"),
        ("nobody", 1, "heron", "not known"),
    ]


def test_what_the_drawing_comes_to() -> None:
    answer = traced(DRAWN, works=WORKS)
    assert list(map(short, answer.missing)) == ["nobody", "elder"]
    assert answer.circles == ((work("rook"), work("moss")),)
    assert answer.reasons == (
        "of 5 sources, 1 is a primary study, 1 is a systematic review",
        "through Vale 2012 it reaches 2 more primary studies",
        "Rook 2012 and Moss 2012 cite only reviews and the like, which lead to no study: repetition, not evidence",
        "Tome 2012: the way ends in a book",
        "Rook 2012 and Moss 2012 cite each other",
        f"nothing is known of {work('nobody')}",
        "nothing is known of what Elder 2012 cites",
        "of what Heron 2012 cites too little is known to tell whether it leads to a study",
        "Cohort 2012 was retracted or withdrawn",
    )


@pytest.mark.parametrize(
    ("works", "reason"),
    [
        (
            "a editorial: b, b guideline: a",
            "A 2012 and B 2012 cite each other and nothing else: repetition, not evidence",
        ),
        ("a unknown: a", "A 2012 cites itself and nothing else"),
        ("a editorial: a b, b cohort", "A 2012 cites itself"),
        ("a editorial: b, b book: c, c book: a x", "A 2012, B 2012 and C 2012 cite one another in a circle"),
    ],
)
def test_a_circle_in_words(works: str, reason: str) -> None:
    known = written(works)
    assert reason in traced(audit_of({"s1": ["a"]}, known), works=known).reasons


SOURCES = [
    ("a cohort", "its only source, A 2012, is a cohort, a primary study"),
    ("a unknown", "its only source, A 2012, is of a design that is not known"),
    ("a guideline, b editorial", "of 2 sources, none is a primary study"),
    ("a guideline, b editorial", "no primary study is reached, as far as is known"),
    ("a book", "no primary study is reached"),
    ("a guideline: x, b guideline: y, x cohort, y cohort", "through B 2012 it reaches 1 primary study"),
    ("a guideline: x, b guideline: y, x cohort, y cohort", "in all it reaches 2 primary studies"),
    ("a systematic review, b systematic review", "of 2 sources, none is a primary study, 2 are systematic reviews"),
    (
        "a systematic review, b systematic review",
        "which studies they pool is not known of the systematic reviews A 2012 and B 2012",
    ),
]


@pytest.mark.parametrize(("works", "reason"), SOURCES)
def test_the_sources_in_words(works: str, reason: str) -> None:
    known = written(works)
    cited = [one.id.removeprefix(work("")) for one in known if one.id < work("c")]
    assert reason in traced(audit_of({"s1": cited}, known), works=known).reasons


def test_a_study_ends_the_way_whatever_it_cites() -> None:
    trial = next(step for step in traced(DRAWN, works=WORKS).steps if step.source == work("trial"))
    assert (trial.cites, trial.why) == ((), "primary study")


ENDS = [
    ("a review of reviews", "a narrative review: b, b guideline", "a amplification, b not known"),
    ("one of several is not known", "a editorial: b x, b guideline", "a not known, b not known, x not known"),
    (
        "one of several may be a study",
        "a narrative review: b c, b unknown, c book",
        "a not known, b not known, c dead end",
    ),
    ("it may be a study itself", "a unknown: b, b editorial", "a not known, b not known"),
    ("a review of a book", "a narrative review: b, b book", "a amplification, b dead end"),
    ("a study behind two reviews", "a guideline: b, b narrative review: c, c case report", "a, b, c primary study"),
    ("a study behind an unknown design", "a preprint: b, b cohort", "a, b primary study"),
    ("pools what nobody knows", "a systematic review", "a systematic review"),
    ("pools what is not described", "a systematic review: x", "a systematic review, x not known"),
    ("tells of a systematic review", "a guideline: b, b systematic review", "a, b systematic review"),
    ("a systematic review of opinions", "a systematic review: b, b editorial", "a amplification, b not known"),
    ("cites itself alone", "a narrative review: a", "a circle"),
    ("cites itself and a study", "a narrative review: a b, b cohort", "a, b primary study"),
    ("two that cite each other alone", "a narrative review: b, b book: a", "a circle, b circle"),
    ("leads into a circle", "a editorial: b, b guideline: b", "a amplification, b circle"),
    ("a circle with a way out", "a editorial: b, b editorial: a c, c cohort", "a, b, c primary study"),
    ("a page", "a web page", "a dead end"),
    ("a protocol", "a protocol", "a dead end"),
    ("nothing is known of it", "", "a not known"),
]


def written(works: str) -> list[Source]:
    """Sources from words such as "a narrative review: b c, b cohort"."""
    parts = [one.partition(":") for one in works.split(", ") if one]
    return [source(told.split()[0], told.partition(" ")[2], cites.split()) for told, _, cites in parts]  # type: ignore[arg-type]


@pytest.mark.parametrize(("works", "drawn"), [row[1:] for row in ENDS], ids=[row[0] for row in ENDS])
def test_how_the_way_ends(works: str, drawn: str) -> None:
    known = written(works)
    found = ends(traced(audit_of({"s1": ["a"]}, known), works=known))
    assert ", ".join(f"{name} {end}".rstrip() for name, end in found.items()) == drawn


@pytest.mark.parametrize("design", get_args(Design))
def test_every_design_is_a_study_or_is_followed(design: Design) -> None:
    works = [source("a", design, ["b"]), source("b", "cohort")]
    drawn = {"a": "primary study"} if design in STUDIES else {"a": "", "b": "primary study"}
    assert ends(traced(audit_of({"s1": ["a"]}, works), works=works)) == drawn


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("another work", "the identifier that is given belongs to another work"),
        ("not found", "no such work is registered under the identifier that is given"),
    ],
)
def test_a_work_that_was_not_meant_is_not_followed(status: str, why: str) -> None:
    works = [source("a", "narrative review", ["b"]), source("b", "cohort")]
    answer = traced(audit_of({"s1": ["a"]}, works, statuses={"a": status}), works=works)  # type: ignore[dict-item]
    assert [(short(one.source), one.end, one.why) for one in answer.steps] == [("a", "dead end", why)]
    assert answer.missing == ()
    assert f"A 2012: {why}" in answer.reasons


def test_only_what_has_an_identifier_can_be_asked_for() -> None:
    drawn = audit_of({"s1": ["a"]}, [source("a", "guideline", ["b"])])
    bare = Source(id="ref:0001", title="A leaflet", cites=("ref:0002", "pmid:7"))
    answer = traced(drawn, works=[source("b", "guideline", ["c"]), Source(id=work("c"), cites=("ref:0001",)), bare])
    assert [step.source for step in answer.steps][3:] == ["ref:0001", "ref:0002", "pmid:7"]
    assert answer.missing == ("pmid:7",)


# --- statements without sources


@pytest.mark.parametrize(
    ("statement", "lines", "beyond", "reasons"),
    [
        ("s2", [1], "", ["it has no source of its own and leans on the statement in line 1, whose sources these are"]),
        (
            "s3",
            [2, 1],
            "“cures” is more than “eases”",
            [
                "it has no source of its own and leans on the statement in line 1, over 1 more, whose sources these "
                "are",
                "it goes beyond what it leans on: “cures” is more than “eases”",
            ],
        ),
    ],
)
def test_what_leans_on_another_is_followed_through_that_one(
    statement: str, lines: list[int], beyond: str, reasons: list[str]
) -> None:
    answer, base = traced(DRAWN, statement, WORKS), traced(DRAWN, "s1", WORKS)
    assert (answer.statement.statement, [one.line for one in answer.leans_on]) == (statement, lines)
    assert (answer.steps, answer.goes_beyond) == (base.steps, beyond)
    assert answer.reasons == (*reasons, *base.reasons)


def test_what_cites_nothing_has_no_way() -> None:
    answer = traced(DRAWN, "s4", WORKS)
    assert (answer.steps, answer.missing) == ((), ())
    assert answer.reasons == ("no source is cited, so there is nothing to follow",)


def test_statements_that_lean_on_each_other_end() -> None:
    answer = traced(audit_of({"s1": [], "s2": []}, [], leans={"s1": "s2", "s2": "s1"}))
    assert [one.statement for one in answer.leans_on] == ["s2"]
    assert answer.steps == ()


def test_a_statement_that_is_not_there_is_one_line() -> None:
    with pytest.raises(UsageError, match=r"drawn\.md: there is no statement s9; audit the article again"):
        traced(DRAWN, "s9")


# --- bounds


def chain(length: int) -> list[Source]:
    """Narrative reviews each of which cites the next, and at the end a cohort."""
    names = [f"r{at}" for at in range(length)]
    reviews = [source(name, "narrative review", [then]) for name, then in zip(names, [*names[1:], "end"], strict=True)]
    return [*reviews, source("end", "cohort")]


@pytest.mark.parametrize(("depth", "last"), [(0, "r0"), (2, "r2"), (4, "end")])
def test_no_more_citations_in_a_row_are_followed_than_were_asked_for(depth: int, last: str) -> None:
    works = chain(4)
    answer = traced(audit_of({"s1": ["r0"]}, works), works=works, depth=depth)
    assert len(answer.steps) == depth + 1
    assert short(answer.steps[-1].source) == last
    assert answer.steps[-1].end == ("primary study" if last == "end" else "cut")
    assert (answer.steps[0].end == "") is (last == "end")


def test_no_more_works_are_named_than_can_be_read() -> None:
    many = [f"w{at}" for at in range(2 * MOST_STEPS)]
    answer = traced(audit_of({"s1": ["a"]}, [source("a", "narrative review", many)]))
    assert len(answer.steps) == MOST_STEPS
    assert (answer.steps[0].end, answer.steps[0].more) == ("cut", MOST_STEPS + 1)
    assert answer.reasons[-2:] == (
        "A 2012 cites more than was followed",
        f"nothing is known of {MOST_STEPS - 1} works on the way",
    )
    assert len(to_text(answer).splitlines()) < 30


# --- in words


def test_the_tree_in_words() -> None:
    assert to_text(traced(DRAWN, works=WORKS)).splitlines()[:13] == [
        "drawn.md, line 1 (s1): “Statement s1.” (supported)",
        "  Vale 2012 · systematic review",
        "    Trial 2012, below",
        "    Second 2012 · randomized trial — primary study",
        "    Cohort 2012 · cohort · retracted or withdrawn — primary study",
        "  Trial 2012 · randomized trial — primary study",
        "  Rook 2012 · narrative review — cites only reviews and the like: repetition, not evidence",
        "    Elder 2012 · narrative review — what it cites is not known",
        "    Moss 2012 · editorial — cites only reviews and the like: repetition, not evidence",
        "      Rook 2012, above",
        "  Heron 2012 · guideline — nothing is known of the work that it cites",
        f"    {work('nobody')} — nothing is known of it",
        "  Tome 2012 · book — the way ends in a book",
    ]


def test_many_works_below_a_review_are_counted() -> None:
    trials = [source(f"t{at}", "randomized trial") for at in range(9)]
    review = source("a", "systematic review", ["x", "y", *(f"t{at}" for at in range(9))])
    lines = to_text(traced(audit_of({"s1": ["a"]}, [review]), works=[review, *trials])).splitlines()
    assert lines[7] == "    T5 2012 · randomized trial — primary study"
    assert lines[8] == "    and 5 more: 3 × randomized trial, 2 of which nothing is known"


def test_what_comes_from_outside_cannot_steer_a_terminal() -> None:
    hostile = source("a", "cohort", title="\x1b]0;x\x07\n  → all is well", authors=("\u202eevil\n",))
    text = to_text(traced(audit_of({"s1": ["a"]}, [hostile])))
    assert all(line.isprintable() for line in text.split("\n"))
    assert not any(line.strip().startswith("→ all") for line in text.splitlines())


# --- what holds of any graph

NAMES = [f"w{at}" for at in range(9)]
WEBS = st.tuples(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.tuples(st.sampled_from(get_args(Design)), st.lists(st.sampled_from(NAMES), max_size=4)),
    ),
    st.lists(st.sampled_from(NAMES), max_size=4, unique=True),
    st.integers(0, 4),
)


def web(works: Mapping[str, tuple[Design, list[str]]], cited: list[str]) -> tuple[Audit, list[Source]]:
    known = [source(name, design, cites) for name, (design, cites) in works.items()]
    return audit_of({"s1": cited, "s2": []}, known, leans={"s2": "s1"}), known


@given(WEBS)
def test_each_work_stands_at_its_shortest_distance(
    drawn: tuple[dict[str, tuple[Design, list[str]]], list[str], int],
) -> None:
    works, cited, depth = drawn
    audit, known = web(works, cited)
    answer = traced(audit, works=known, depth=depth)
    followed = networkx.DiGraph(("s1", name) for name in cited)
    followed.add_node("s1")
    listed = {name: works.get(name, ("unknown", [])) for name in NAMES}
    followed.add_edges_from(
        (name, one) for name, (design, cites) in listed.items() if design not in STUDIES for one in cites
    )
    distances = networkx.single_source_shortest_path_length(followed, "s1", cutoff=depth + 1)
    assert {short(step.source): step.depth + 1 for step in answer.steps} | {"s1": 0} == distances


@given(WEBS)
def test_every_end_is_what_it_says(drawn: tuple[dict[str, tuple[Design, list[str]]], list[str], int]) -> None:
    works, cited, depth = drawn
    audit, known = web(works, cited)
    answer = traced(audit, works=known, depth=depth)
    by_id = {step.source: step for step in answer.steps}
    for step in answer.steps:
        assert step.end in get_args(End)
        assert step.via is None or step.source in by_id[step.via].cites
        below = [by_id[name] for name in step.cites]
        if step.end == "":
            assert any(one.end in ("", "primary study", "systematic review") for one in below)
        if step.end in ("amplification", "circle"):
            assert not step.more
            assert below
            assert not any(one.end in ("", "primary study", "systematic review") for one in below)
    assert set(answer.missing) <= by_id.keys()
    assert to_text(answer)


@given(WEBS)
def test_the_neighbourhood_answers_as_the_whole_graph(
    drawn: tuple[dict[str, tuple[Design, list[str]]], list[str], int],
) -> None:
    works, cited, depth = drawn
    audit, known = web(works, cited)
    far = audit_of({"s1": NAMES}, known, article="another.md")
    stored = {one.id: one for one in [*known, *far.sources]}
    whole = build_graph([audit, far], stored.values())
    for statement in ("s1", "s2"):
        key = (audit.article.id, statement)
        near = around([audit], key, lambda names: {name: stored[name] for name in names if name in stored}, depth)
        assert trace(build_graph([audit], near), key, depth) == trace(whole, key, depth)


@given(st.lists(st.sampled_from(NAMES), unique=True), st.sampled_from(get_args(Design)))
def test_without_citations_among_sources_nothing_is_deeper_than_a_source(cited: list[str], design: Design) -> None:
    answer = traced(audit_of({"s1": cited}, [source(name, design) for name in NAMES]))
    assert [(short(one.source), one.depth) for one in answer.steps] == [(name, 0) for name in cited]


def test_a_store_is_asked_once_a_level_and_about_nothing_that_is_not_met() -> None:
    works = {one.id: one for one in chain(3)}
    asked: list[list[str]] = []

    def known(names: Collection[str]) -> dict[str, Source]:
        asked.append(sorted(map(short, names)))
        return {name: works[name] for name in names if name in works}

    around([audit_of({"s1": ["r0"]}, list(works.values()))], ("drawn.md", "s1"), known)
    assert [names for names in asked if names] == [["r1"], ["r2"], ["end"]]


def test_a_walk_stops_at_the_bound_on_works() -> None:
    met = walk(["a"], lambda names: {name: [f"{name}{at}" for at in range(100)] for name in names})
    assert len(met) == MOST_STEPS
    assert max(place.depth for place in met.values()) == 2


def test_sources_of_which_no_design_is_known_are_not_said_to_be_no_studies() -> None:
    audit = audit_of({"s1": ["one", "two"]}, [source("one"), source("two")])
    reasons = trace(build_graph([audit]), ("drawn.md", "s1")).reasons
    assert "of 2 sources, none is known to be a primary study, of 2 the design is not known" in reasons
