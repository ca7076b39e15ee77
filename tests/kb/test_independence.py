"""Which citations are one line of evidence, worked by hand, and how far reviews overlap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Notice, Source, Study
from kb.strength.independence import corrected_covered_area, lines_of, overlap
from tests.costs import assert_within


def source(name: str, **fields: object) -> Source:
    told = {key: fields.pop(key) for key in ("registrations", "cohorts") if key in fields}
    return Source(id=f"doi:10.5555/{name}", doi=f"10.5555/{name}", study=Study(**told), **fields)  # type: ignore[arg-type]


def grouped(*sources: Source) -> list[str]:
    """The lines, as the ends of their sources' ids."""
    return [" ".join(name.rpartition("/")[2] for name in line.sources) for line in lines_of(sources)]


def notice(kind: str, name: str) -> tuple[Notice, ...]:
    return (Notice(kind=kind, said_by=("Crossref",), doi=f"10.5555/{name}"),)  # type: ignore[arg-type]


TRIAL = source("trial", design="randomized trial", title="Thyme syrup for chronic knee pain", authors=("Rowan", "Hale"))
OTHER = source("other", design="randomized trial", title="Sage compresses after hip surgery", authors=("Moss", "Lind"))
REVIEW = source("review", design="systematic review", cites=("doi:10.5555/trial", "doi:10.5555/other"))
TELLS = source("tells", design="narrative review", cites=("doi:10.5555/trial", "doi:10.5555/other"))
COMMENT = source("comment", publication_types=("Comment",), title="Comment on: “Thyme syrup for chronic knee pain”")

ROWS: list[tuple[str, list[Source], list[str], str]] = [
    ("nothing in common", [TRIAL, OTHER], ["trial", "other"], ""),
    (
        "one registration, written in two ways",
        [source("a", registrations=("NCT00000001",)), source("b", registrations=("NCT 00000001", "ISRCTN1"))],
        ["a b"],
        "the same registered study, NCT00000001",
    ),
    (
        "one cohort",
        [source("a", cohorts=("Harbour Heart Study",)), source("b"), source("c", cohorts=("harbour heart study",))],
        ["a c", "b"],
        "the same people, Harbour Heart Study",
    ),
    (
        "three shared names, one topic",
        [
            source("a", title="Thyme for knee pain", authors=("Rowan", "Hale", "Lind", "Ash"), year="1999"),
            source("b", title="Knee pain and thyme", authors=("Birk", "Lind", "Hale", "Rowan"), year="2019"),
        ],
        ["a b"],
        "the same team: Rowan, Hale and Lind",
    ),
    (
        "one shared surname",
        [source("a", authors=("Rowan", "Hale"), year="2019"), source("b", authors=("Rowan", "Lind"), year="2019")],
        ["a", "b"],
        "",
    ),
    (
        "two lone authors of one name",
        [source("a", authors=("Rowan",), year="2019"), source("b", authors=("Rowan",), year="2019")],
        ["a", "b"],
        "",
    ),
    (
        "names that millions have",
        [
            source("a", authors=("Wang", "Li", "Zhang", "Ames", "Bond", "Cole", "Dunn"), year="2019"),
            source("b", authors=("Li", "Zhang", "Wang", "Eads", "Ford", "Gray", "Hill"), year="2019"),
        ],
        ["a", "b"],
        "",
    ),
    (
        "half of the shorter list with its first author, years close",
        [
            source("a", authors=("Rowan", "Hale"), year="2015"),
            source("b", authors=("Rowan", "Ash", "Hale", "Elm"), year="2018"),
        ],
        ["a b"],
        "the same team: Rowan and Hale",
    ),
    (
        "the same team decades apart on something else",
        [
            source("a", authors=("Rowan", "Hale"), year="1990", title="Thyme syrup for knees"),
            source("b", authors=("Rowan", "Hale"), year="2018", title="Sage compresses after surgery"),
        ],
        ["a", "b"],
        "",
    ),
    (
        "the same team, two registered trials",
        [
            source("a", authors=("Rowan", "Hale"), year="2015", registrations=("NCT00000001",)),
            source("b", authors=("Rowan", "Hale"), year="2016", registrations=("NCT00000002",)),
        ],
        ["a", "b"],
        "",
    ),
    (
        "three names in two lists of a hundred",
        [
            source("a", authors=(*(f"Anders{n}" for n in range(97)), "Rowan", "Hale", "Lind"), year="2019"),
            source("b", authors=("Rowan", "Hale", "Lind", *(f"Berg{n}" for n in range(97))), year="2019"),
        ],
        ["a", "b"],
        "",
    ),
    (
        "a preprint and its article, by a notice",
        [source("pre", notices=notice("published version", "paper")), source("paper")],
        ["pre paper"],
        "two versions of the same work",
    ),
    (
        "a preprint and its article, by title and author",
        [
            source("pre", type="posted-content", title="Thyme syrup for knees", authors=("Rowan",)),
            source("paper", title="Thyme Syrup for Knees.", authors=("Rowan", "Hale")),
        ],
        ["pre paper"],
        "a preprint and the article",
    ),
    (
        "a protocol and its trial",
        [
            source("plan", design="protocol", title="Thyme syrup for knees: study protocol", authors=("Rowan", "Ash")),
            source("t", design="randomized trial", title="Effect of thyme syrup on knees", authors=("Rowan", "Elm")),
        ],
        ["plan t"],
        "is the protocol of",
    ),
    ("a review with what it pools", [TRIAL, OTHER, REVIEW], ["trial other review"], "already takes in"),
    ("a work that only tells of two trials", [TRIAL, OTHER, TELLS], ["trial tells", "other"], "tells of"),
    ("a trial that cites another", [source("a", design="cohort", cites=(TRIAL.id,)), TRIAL], ["a", "trial"], ""),
    (
        "a review that cites a guideline",
        [REVIEW, source("g", design="guideline"), source("h", design="systematic review")],
        ["review", "g", "h"],
        "",
    ),
    ("a comment that names the title", [COMMENT, OTHER, TRIAL], ["comment trial", "other"], "is on Rowan & Hale"),
    (
        "a correction, by the notice on what it corrects",
        [
            source("erratum", publication_types=("Published Erratum",)),
            source("a", notices=notice("correction", "erratum")),
        ],
        ["erratum a"],
        "is a notice about",
    ),
    (
        "by the PubMed id",
        [source("r", design="systematic review", cites=("pmid:123",)), source("s", pmid="123")],
        ["r s"],
        "already takes in",
    ),
    ("one source twice", [TRIAL, TRIAL], ["trial"], ""),
    ("no source", [], [], ""),
]


@pytest.mark.parametrize(("name", "sources", "lines", "why"), ROWS, ids=[row[0] for row in ROWS])
def test_lines(name: str, sources: list[Source], lines: list[str], why: str) -> None:
    assert grouped(*sources) == lines, name
    told = [word for line in lines_of(sources) for word in line.why]
    assert any(why in word for word in told) if why else told == []


@pytest.mark.parametrize(("name", "sources", "lines", "why"), ROWS, ids=[row[0] for row in ROWS])
def test_the_order_of_sources_does_not_change_the_number_of_lines(
    name: str, sources: list[Source], lines: list[str], why: str
) -> None:
    assert len(lines_of(sources[::-1])) == len(lines), name


def test_two_reviews_of_the_same_studies_are_one_line() -> None:
    works = [f"doi:10.5555/w{n}" for n in range(12)]
    first = source("a", design="systematic review", authors=("Rowan",), cites=tuple(works[:10]))
    second = source("b", design="systematic review", authors=("Hale",), cites=tuple(works[2:]))
    (line,) = lines_of([first, second])
    assert line.why == ("Rowan and Hale cite largely the same works (corrected covered area 67%, very high overlap)",)
    apart = source("c", design="systematic review", cites=(*works[:1], *(f"doi:10.5555/x{n}" for n in range(11))))
    assert grouped(first, apart) == ["a", "c"]


def test_six_citations_may_be_two_lines() -> None:
    same = ("NCT00000001",)
    sources = [
        TRIAL,
        source("later", registrations=same, authors=("Ash",)),
        source("report", registrations=same, authors=("Elm",)),
        source("pre", notices=notice("published version", "later")),
        COMMENT,
        source("again", title="Thyme syrup in chronic knee pain: follow-up", authors=("Rowan", "Hale", "Fir")),
    ]
    assert grouped(*sources) == ["trial comment again", "later report pre"]


AREAS = [
    # Two reviews of three studies each, two of them shared: N = 6, r = 4, (6 - 4) / (8 - 4).
    ([{"a", "b", "c"}, {"b", "c", "d"}], 0.5, "very high"),
    ([{"a"}, {"a"}], 1.0, "very high"),
    ([{"a"}, {"b"}], 0.0, "slight"),
    # Three reviews, one study in all of them: N = 9, r = 7, 2 / 14.
    ([{"a", "b", "c"}, {"a", "d", "e"}, {"a", "f", "g"}], 2 / 14, "high"),
]


@pytest.mark.parametrize(("included", "area", "name"), AREAS)
def test_the_corrected_covered_area(included: list[set[str]], area: float, name: str) -> None:
    found = corrected_covered_area(included)
    assert found == pytest.approx(area)
    assert overlap(area) == name


@pytest.mark.parametrize("included", [[], [{"a"}], [set(), set()]])
def test_no_area_where_nothing_can_overlap(included: list[set[str]]) -> None:
    assert corrected_covered_area(included) is None


@given(st.lists(st.sets(st.sampled_from("abcdefgh")), min_size=2, max_size=5))
def test_an_area_is_a_share(included: list[set[str]]) -> None:
    found = corrected_covered_area(included)
    assert found is None if not any(included) else found is not None and 0 <= found <= 1


names = st.sampled_from(["Rowan", "Hale", "Lind", "Wang", "Li", "Ash"])
some_sources = st.lists(
    st.builds(
        lambda number, authors, year, cites, registered: source(
            str(number),
            authors=tuple(authors),
            year=year,
            design="systematic review" if cites else "cohort",
            cites=tuple(f"doi:10.5555/{cited}" for cited in cites),
            registrations=tuple(registered),
        ),
        st.integers(0, 9),
        st.lists(names, max_size=4, unique=True),
        st.sampled_from([None, "2000", "2019", "c. 1990"]),
        st.lists(st.integers(0, 9), max_size=3),
        st.lists(st.sampled_from(["NCT1", "NCT2"]), max_size=1),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)


@given(some_sources)
def test_every_source_stands_in_one_line_and_each_tie_has_its_reason(sources: list[Source]) -> None:
    lines = lines_of(sources)
    assert sorted(name for line in lines for name in line.sources) == sorted(one.id for one in sources)
    assert all(bool(line.why) == (len(line.sources) > 1) for line in lines)


def test_thousands_of_sources_take_seconds_at_most() -> None:
    sources = [source(str(n), authors=(f"Name{n % 700}", f"Other{n % 900}"), title=f"Word{n} one") for n in range(3000)]

    def job() -> None:
        assert len(lines_of(sources)) == 3000

    assert_within(5, job)
