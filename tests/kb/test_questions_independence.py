"""The lines of evidence behind a statement, in small articles drawn by hand, and that the number is the assessment's.

The drawing that most tests use::

    s1 ─► moss (randomized trial)  ◄─cites─ vale (systematic review)
       ├► vale
       ├► rook (narrative review)  ─cites─► moss
       ├► heron (cohort)
       ├► finch (cohort; says nothing for or against it)
       └► tern (randomized trial, retracted)
    s2 leans on s1, and s3 leans on s1 and goes beyond it
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UsageError
from kb.model import Audit, Design, Direction, Notice, ResolutionStatus, Source, Study
from kb.questions.independence import Independence, independence
from kb.questions.overlap import MOST_COMPARED, overlaps
from kb.report.answers.independence import MOST, to_text
from kb.strength.independence import corrected_covered_area
from tests.drawn import audit_of, source, work

replace = msgspec.structs.replace
RETRACTED = (Notice(kind="retraction", said_by=("Crossref",), date="2020-01-01"),)
DRAWN = audit_of(
    {"s1": ["moss", "vale", "rook", "heron", "finch", "tern"], "s2": [], "s3": []},
    [
        source("moss", "randomized trial", title="Thyme for knee pain"),
        source("vale", "systematic review", ["moss", "other"]),
        source("rook", "narrative review", ["moss"]),
        source("heron", "cohort"),
        source("finch", "cohort"),
        source("tern", "randomized trial", notices=RETRACTED),
    ],
    leans={"s2": "s1", "s3": "s1"},
    beyond={"s3": "“cures” is more than “eases”"},
    directions={"finch": "neutral"},
)
TERN = "was retracted on 2020-01-01 (said by Crossref)"


def asked(audit: Audit, statement: str = "s1") -> Independence:
    return independence(audit, (audit.article.id, statement))


def short(names: Sequence[str]) -> str:
    return " ".join(name.removeprefix(work("")) for name in names)


def lines(answer: Independence) -> list[str]:
    return [short(line.sources) for line in answer.lines]


def test_the_lines_of_the_drawing() -> None:
    answer = asked(DRAWN)
    assert lines(answer) == ["moss vale rook", "heron"]
    assert answer.lines[0].why == (
        "the review Vale 2012 already takes in Moss 2012",
        "Rook 2012 tells of Moss 2012",
    )
    assert [(short([one.source]), one.left_out) for one in answer.works] == [
        ("moss", ""),
        ("vale", ""),
        ("rook", ""),
        ("heron", ""),
        ("finch", "says nothing for or against it"),
        ("tern", TERN),
    ]
    assert answer.reasons == (
        "only sources that support it count: 1 other is left aside",
        "4 sources are 2 lines of evidence",
        "Moss 2012, Vale 2012 and Rook 2012 are one: the review Vale 2012 already takes in Moss 2012 and "
        "Rook 2012 tells of Moss 2012",
        f"Tern 2012 does not count: {TERN}",
    )


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"study": Study(registrations=("NCT00000001",))},) * 2 + ("the same registered study, NCT00000001",),
        ({"study": Study(cohorts=("Harbour Study",))},) * 2 + ("the same people, Harbour Study",),
        ({"authors": ("Rowan", "Hale"), "year": "2012"},) * 2 + ("the same team: Rowan and Hale",),
    ],
)
def test_people_trials_and_teams_tie_sources_together(
    one: Mapping[str, Any], other: Mapping[str, Any], why: str
) -> None:
    works = [replace(source("a", "cohort"), **one), replace(source("b", "cohort"), **other), source("c", "cohort")]
    answer = asked(audit_of({"s1": ["a", "b", "c"]}, works))
    assert lines(answer) == ["a b", "c"]
    assert answer.lines[0].why == (why,)
    assert f"     one line, because: {why}" in to_text(answer).splitlines()


COUNTS: list[tuple[str, dict[str, Direction], dict[str, ResolutionStatus], list[str], str]] = [
    ("both support", {}, {}, ["a", "b"], "2 sources are 2 lines of evidence: nothing that is known ties them together"),
    ("one supports", {"b": "disputes"}, {}, ["a"], "only sources that support it count: 1 other is left aside"),
    (
        "none supports",
        {"a": "disputes", "b": "neutral"},
        {},
        ["a", "b"],
        "none of its sources is known to support it; counted is what can stand as evidence",
    ),
    (
        "one is another work",
        {},
        {"b": "another work"},
        ["a"],
        "B 2012 does not count: the identifier that is given belongs to another work",
    ),
    ("none can stand", {}, {"a": "not found", "b": "not found"}, [], "none of its sources can stand as evidence"),
]


@pytest.mark.parametrize(
    ("directions", "statuses", "drawn", "reason"), [row[1:] for row in COUNTS], ids=[row[0] for row in COUNTS]
)
def test_which_sources_count(
    directions: dict[str, Direction], statuses: dict[str, ResolutionStatus], drawn: list[str], reason: str
) -> None:
    audit = audit_of(
        {"s1": ["a", "b"]}, [source("a", "cohort"), source("b", "cohort")], directions=directions, statuses=statuses
    )
    answer = asked(audit)
    assert (lines(answer), reason in answer.reasons) == (drawn, True)


def test_unknown_authors_are_said_to_leave_it_open() -> None:
    answer = asked(audit_of({"s1": ["a", "b"]}, [source("a", authors=()), source("b")]))
    assert answer.reasons[-1] == (
        f"there may be fewer lines: neither authors nor a registration are known of {work('a')}"
    )


# --- statements without sources


def test_what_leans_on_another_has_that_ones_lines() -> None:
    answer = asked(DRAWN, "s2")
    assert (answer.lines, answer.works) == (asked(DRAWN).lines, asked(DRAWN).works)
    assert [one.line for one in answer.leans_on] == [1]
    assert answer.reasons[0] == (
        "it cites nothing itself and leans on the statement in line 1, whose sources these are"
    )
    assert to_text(answer).splitlines()[:2] == [
        "drawn.md, line 2 (s2): “Statement s2.” (supported)",
        "  leans on line 1 (s1): “Statement s1.”",
    ]


def test_what_goes_beyond_another_has_none() -> None:
    answer = asked(DRAWN, "s3")
    assert (answer.lines, answer.works, answer.leans_on) == ((), (), ())
    assert answer.reasons == ("there is no source to count",)


def test_what_a_person_calls_unsupported_holds_nothing_up() -> None:
    by_person = tuple(
        replace(one, verdict="unsupported") if one.statement == "s1" else one for one in DRAWN.assessments
    )
    answer = asked(replace(DRAWN, assessments=by_person), "s2")
    assert (answer.lines, {one.left_out for one in answer.works}) == (
        (),
        {"the statement that cites it is not supported", TERN},
    )
    assert answer.reasons[-1] == "what it leans on is not supported itself, so it holds nothing up"


def test_statements_that_lean_on_each_other_end() -> None:
    assert asked(audit_of({"s1": [], "s2": []}, [], leans={"s1": "s2", "s2": "s1"})).lines == ()


def test_a_statement_that_is_not_there_is_one_line() -> None:
    with pytest.raises(UsageError, match=r"drawn\.md: there is no statement s9; audit the article again"):
        asked(DRAWN, "s9")


# --- the overlap of reviews


def review(name: str, cites: str) -> Source:
    return source(name, "systematic review", list(cites))


def test_the_overlap_of_three_reviews_by_hand() -> None:
    """Each cites 5 works; a and b share c d e; a and c share e; b and c share e f g; 9 works in all.

    All together: 15 inclusions of 9 works, (15 - 9) / (9 * 3 - 9) = 1/3. a, b: (10 - 7) / 7; a, c: (10 - 9) / 9.
    """
    reviews = [review("one", "abcde"), review("two", "cdefg"), review("three", "efghi")]
    found = overlaps(reviews)
    assert [(short(one.reviews), one.shared, one.works, one.band) for one in found] == [
        ("one two three", 5, 9, "very high"),
        ("one two", 3, 7, "very high"),
        ("one three", 1, 9, "high"),
        ("two three", 3, 7, "very high"),
    ]
    assert [one.area for one in found] == pytest.approx([6 / 18, 3 / 7, 1 / 9, 3 / 7])
    assert found[2].why == (
        "One 2012 and Three 2012 cite 9 works, 1 of them in both (corrected covered area 11%, high overlap)"
    )
    answer = asked(audit_of({"s1": ["one", "two", "three"]}, reviews))
    assert answer.overlaps == found
    assert answer.reasons[-1] == found[0].why


@pytest.mark.parametrize(
    ("cites", "why"),
    [
        ("", "how far One 2012 and Two 2012 overlap is not known: what Two 2012 cites is not known"),
        ("abcd", "how far One 2012 and Two 2012 overlap is not known: of what Two 2012 cites too little is known"),
    ],
)
def test_where_it_is_not_known_what_a_review_cites_its_overlap_is_not(cites: str, why: str) -> None:
    answer = asked(audit_of({"s1": ["one", "two"]}, [review("one", "abcde"), review("two", cites)]))
    assert [(one.area, one.band, one.why) for one in answer.overlaps] == [(None, None, why)]
    assert answer.reasons[-1] == why


def test_what_cannot_be_compared_is_left_out_of_all_together() -> None:
    reviews = [review("one", "abcde"), review("two", ""), review("three", "abcde"), review("four", "abcde")]
    assert short(overlaps(reviews)[0].reviews) == "one three four"


def test_retracted_reviews_and_single_ones_are_not_compared() -> None:
    gone = replace(review("two", "abcde"), notices=RETRACTED)
    assert asked(audit_of({"s1": ["one", "two"]}, [review("one", "abcde"), gone])).overlaps == ()


def test_a_hundred_reviews_are_compared_within_a_bound() -> None:
    names = [f"r{at}" for at in range(100)]
    answer = asked(audit_of({"s1": names}, [review(name, "abcde") for name in names]))
    assert len(answer.overlaps) == 1 + MOST_COMPARED * (MOST_COMPARED - 1) // 2
    assert f"of 100 systematic reviews the first {MOST_COMPARED} are compared" in answer.reasons
    assert len(to_text(answer).splitlines()) < 4 * MOST


# --- in words


def test_the_answer_in_words() -> None:
    assert to_text(asked(DRAWN)).splitlines()[:11] == [
        "drawn.md, line 1 (s1): “Statement s1.” (supported)",
        "  1. Moss 2012: Thyme for knee pain · randomized trial",
        "     Vale 2012 · systematic review",
        "     Rook 2012 · narrative review",
        "     one line, because: the review Vale 2012 already takes in Moss 2012",
        "     one line, because: Rook 2012 tells of Moss 2012",
        "  2. Heron 2012 · cohort",
        "Not counted",
        "  Finch 2012 · cohort — says nothing for or against it",
        f"  Tern 2012 · randomized trial — {TERN}",
        "What it comes to",
    ]


def test_what_comes_from_outside_cannot_steer_a_terminal() -> None:
    hostile = source("a", "cohort", title="\x1b]0;x\x07\n  → all is well", authors=("\u202eevil\n",))
    text = to_text(asked(audit_of({"s1": ["a", "b"]}, [hostile])))
    assert all(line.isprintable() for line in text.split("\n"))
    assert not any(line.strip().startswith("→ all") for line in text.splitlines())


# --- what holds of any article

NAMES = [f"w{at}" for at in range(6)]
SOURCES = st.lists(
    st.builds(
        lambda name, design, cites, retracted, authors: source(
            name, design, cites, notices=RETRACTED if retracted else (), authors=tuple(authors)
        ),
        st.sampled_from(NAMES),
        st.sampled_from(get_args(Design)),
        st.lists(st.sampled_from(NAMES), max_size=6),
        st.booleans(),
        st.lists(st.sampled_from(["Rowan", "Hale", "Lind"]), max_size=3, unique=True),
    ),
    max_size=6,
)
CITED = st.lists(st.sampled_from(NAMES), max_size=4, unique=True)


@given(
    st.fixed_dictionaries(dict.fromkeys(("s1", "s2", "s3"), CITED)),
    SOURCES,
    st.dictionaries(st.sampled_from(["s1", "s2", "s3"]), st.sampled_from(["s1", "s2", "s3"])),
    st.dictionaries(st.sampled_from(["s1", "s2", "s3"]), st.just("more")),
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from(get_args(Direction))),
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from(get_args(ResolutionStatus))),
)
def test_the_number_of_lines_is_that_of_the_assessment(
    statements: dict[str, list[str]],
    sources: list[Source],
    leans: dict[str, str],
    beyond: dict[str, str],
    directions: dict[str, Direction],
    statuses: dict[str, ResolutionStatus],
) -> None:
    beyond = {name: more for name, more in beyond.items() if name in leans}
    audit = audit_of(statements, sources, leans=leans, beyond=beyond, directions=directions, statuses=statuses)
    for assessment in audit.assessments:
        answer = asked(audit, assessment.statement)
        assert len(answer.lines) == assessment.lines
        counted = [name for line in answer.lines for name in line.sources]
        assert sorted(counted) == sorted(one.source for one in answer.works if not one.left_out)
        assert to_text(answer)


@given(st.lists(st.text("abcdefghij", min_size=5, max_size=9), min_size=2, max_size=5))
def test_all_together_is_the_area_of_the_formula(cites: list[str]) -> None:
    reviews = [review(f"r{at}", each) for at, each in enumerate(cites)]
    told = [one for one in reviews if len(set(one.cites)) >= 5]
    found = [one for one in overlaps(reviews) if len(one.reviews) > 2]
    expected = [corrected_covered_area([set(one.cites) for one in told])] if len(told) > 2 else []
    assert [one.area for one in found] == expected
