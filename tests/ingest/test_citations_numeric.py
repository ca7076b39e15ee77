"""Citations by number: every way to write them, what only looks like them, and which way an article uses."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.citations.candidates import expand
from ingest.citations.numeric import numeric_markers
from ingest.read.flow import Flow
from ingest.reading import Raised
from kb.model import Reference
from tests.costs import Job, assert_grows_little

Found = list[tuple[str, str]]


def listed(count: int, *, labelled: bool = True) -> list[Reference]:
    return [
        Reference(id=f"r{n}", position=n, text="", source=f"ref:{n}", label=str(n) if labelled else "")
        for n in range(1, count + 1)
    ]


def markers(text: str, count: int, raised: Sequence[Raised] = ()) -> Found:
    """Each marker as (its text, the numbers that it names; missing ones with a question mark)."""
    spans, start = [], 0
    for paragraph in text.split("\n\n"):
        spans.append((start, start + len(paragraph)))
        start += len(paragraph) + 2
    return [
        (
            text[one.start : one.end],
            " ".join([*(name.removeprefix("r") for name in one.references), *(f"{name}?" for name in one.missing)]),
        )
        for one in numeric_markers(text, spans, listed(count), raised)
    ]


BRACKETS: list[tuple[str, Found]] = [
    ("Heat helps [1].", [("[1]", "1")]),
    ("Heat helps [1,3–5].", [("[1,3–5]", "1 3 4 5")]),
    ("Heat helps [1-3,5].", [("[1-3,5]", "1 2 3 5")]),
    ("Heat helps [1‐3].", [("[1‐3]", "1 2 3")]),
    ("Heat helps [1−3].", [("[1−3]", "1 2 3")]),
    ("Heat helps [1 to 3].", [("[1 to 3]", "1 2 3")]),
    ("Heat helps [1 and 3].", [("[1 and 3]", "1 3")]),
    ("Heat helps [1][2].", [("[1]", "1"), ("[2]", "2")]),
    ("Heat helps [1],[2].", [("[1]", "1"), ("[2]", "2")]),
    ("Heat helps [1]–[4].", [("[1]–[4]", "1 2 3 4")]),
    ("Heat helps [1], [3] – [5].", [("[1]", "1"), ("[3] – [5]", "3 4 5")]),
    ("Heat helps [1; 2].", [("[1; 2]", "1 2")]),
    ("Heat helps [2, p. 5].", [("[2, p. 5]", "2")]),
    ("Heat helps [2, pp. 14–19].", [("[2, pp. 14–19]", "2")]),
    ("Heat helps [2, p. 5; 4].", [("[2, p. 5; 4]", "2 4")]),
    ("Heat helps [see 3].", [("[see 3]", "3")]),
    ("Heat helps [ref. 3, 4].", [("[ref. 3, 4]", "3 4")]),
    ("Heat helps [e.g., 3].", [("[e.g., 3]", "3")]),
    ("Heat helps [3•, 4••].", [("[3•, 4••]", "3 4")]),
    (r"Heat helps \[3\].", [(r"\[3\]", "3")]),
    ("Heat helps [9].", [("[9]", "9?")]),
    ("Heat helps [4, 9].", [("[4, 9]", "4 9?")]),
    ("Heat helps, as ref. 4 and refs 2, 3 and 5 say.", [("ref. 4", "4"), ("refs 2, 3 and 5", "2 3 5")]),
    ("Heat helps (see references 2–4).", [("references 2–4", "2 3 4")]),
    ("Heat helps [Smith 3].", []),
    ("It lies in [0, 1].", []),
    ("The model, ICC [1,1], was used.", []),
    ("It eased pain (95% CI [1, 3]).", []),
    ("Patients stayed 3 days [1–5].", []),
    ("The mean was 2.5 [1–4].", []),
    ("They weighed 80 kg [62–100].", []),
    ("It was approved (ref. 07/H0308) and reference 11/EE/12 too.", []),
]
ROUND: list[tuple[str, Found]] = [
    ("Heat helps (1). Cold too (2,3). Rest (4).", [("(1)", "1"), ("(2,3)", "2 3"), ("(4)", "4")]),
    (
        "Heat helps( 1 , 2 ). Cold too( 3 – 5 ). Rest( 2 ).",
        [("( 1 , 2 )", "1 2"), ("( 3 – 5 )", "3 4 5"), ("( 2 )", "2")],
    ),
    (
        "Heat (1). Cold (2), F(1, 2) = 4.2, by two ways: (1) Fast, and (2) cheap. Rest (3), 5 (4) men, tea (5).",
        [("(1)", "1"), ("(2)", "2"), ("(3)", "3"), ("(4)", "4"), ("(5)", "5")],
    ),
    (
        "Heat helps (1). Cold (2) too. Rest helps (3) as well, in 4 (5) of them (4). All of 3 (2) left.",
        [("(1)", "1"), ("(2)", "2"), ("(3)", "3"), ("(4)", "4")],
    ),
    ("There are three: (1) heat, (2) cold, and (3) rest.", []),
    ("We asked that (1) heat helps; (2) cold helps; and (3) rest helps.", []),
    ("A group of 5 (2 men) took 3 tablets.", []),
    ("It began in spring (2004) and ended (2005).", []),
    ("F(1, 4) = 3.5, then F(1, 5) = 2.5, t(5) = 2.1 and χ2(3) = 4.", []),
]
RAISED: list[tuple[str, Found]] = [
    ("Heat helps.¹ Cold too.²,³ Rest.⁴", [("¹", "1"), ("²,³", "2 3"), ("⁴", "4")]),
    ("Heat¹ helps, cold²⁻⁴ too.", [("¹", "1"), ("²⁻⁴", "2 3 4")]),
    ("Heat helps <sup>1,3</sup>, cold^2^ too.", [("<sup>1,3</sup>", "1 3"), ("^2^", "2")]),
    ("Heat helps.¹˒² Rest.", [("¹˒²", "1 2")]),
    ("By 10% (SD 3)² of them, in 86.4%³ or the “usual”⁴ way.", [("²", "2"), ("³", "3"), ("⁴", "4")]),
    ("With COVID-19³ and in 2010⁴ it grew.", [("³", "3"), ("⁴", "4")]),
    ("Heat helps.¹ Cold too.⁹", [("¹", "1"), ("⁹", "9?")]),
    ("Heat helps.⁹", []),
    ("An area of 10 m² and 10³ cells, or 5 cm³.", []),
    ("It was 10⁻⁴ of R², χ², x³, (kg/m)², and 2⁴.", []),
    ("Ca²⁺ and ¹⁴C and [¹⁸F]FDG and O₂ and s⁻¹.", []),
    ("¹ Department of Heat", []),
]
GLUED: list[tuple[str, Found]] = [
    ("Heat helps.1 Cold too.2,3 Rest eases4 pain.", [("1", "1"), ("2,3", "2 3"), ("4", "4")]),
    (
        "Heat helps knees.1, 2, 3 Cold helps, too.4 Rest “helps”5 (as said by Roe et al 2).",
        [("1, 2, 3", "1 2 3"), ("4", "4"), ("5", "5"), ("2", "2")],
    ),
    ("Heat helps.1-3 Cold too.4 Theory.5 6 Rest is good.", [("1-3", "1 2 3"), ("4", "4"), ("5 6", "5 6")]),
    (
        "Heat helps.1 Cold (P < .001) too.2 Rest in 1:1 groups, 5 m2, with GLUT4, CD4 and Tool7.4, helps.3 GLUT4.",
        [("1", "1"), ("2", "2"), ("3", "3")],
    ),
    (
        "Heat eases use1 of tablets. Cold.2 Rest helps those in pain3 and eases its use. Sleep.4",
        [("1", "1"), ("2", "2"), ("3", "3"), ("4", "4")],
    ),
    (
        "Heat helps.1 Cold too.2 The scale: 3 This one counts pain. Rest.4",
        [("1", "1"), ("2", "2"), ("3", "3"), ("4", "4")],
    ),
    ("The protein FXYD1 and FXYD2 and GLUT4 rose, P = .002 and P = .003, after2 min.", []),
    ("It stood in Fig.1, Table2, No.3 and vol.4 of them.", []),
    ("Items.1. The first one.2. The second one.3. The third one.", []),
]


@pytest.mark.parametrize(("text", "expected"), BRACKETS, ids=[text for text, _ in BRACKETS])
def test_square_brackets(text: str, expected: Found) -> None:
    assert markers(text, 5) == expected


@pytest.mark.parametrize(("text", "expected"), ROUND, ids=[text for text, _ in ROUND])
def test_parentheses(text: str, expected: Found) -> None:
    assert markers(text, 5) == expected


@pytest.mark.parametrize(("text", "expected"), RAISED, ids=[text for text, _ in RAISED])
def test_superscripts(text: str, expected: Found) -> None:
    assert markers(text, 4) == expected


@pytest.mark.parametrize(("text", "expected"), GLUED, ids=[text for text, _ in GLUED])
def test_superscripts_that_lost_their_markup(text: str, expected: Found) -> None:
    assert markers(text, 6) == expected


def flow(*pieces: str) -> tuple[str, list[Raised]]:
    """Text from pieces, every other one raised, as the readers of marked-up formats build it."""
    built = Flow()
    for number, piece in enumerate(pieces):
        if number % 2:
            with built.superscript():
                built.add(piece)
        else:
            built.add(piece)
    return built.text, built.raised


MARKED_UP: list[tuple[tuple[str, ...], Found]] = [
    (("Heat helps.", "1", ", ", "2", ", ", "3", " Cold too."), [("¹, ², ³", "1 2 3")]),
    (("Heat helps", "1", "–", "3", "."), [("¹–³", "1 2 3")]),
    (("Heat helps.", "1,3–4"), [("¹,³–⁴", "1 3 4")]),
    (("Heat helps( ", "1", " , ", "2", " ), they say."), [("¹ , ²", "1 2")]),
    (("Heat helps", "(1)", "."), [("(¹)", "1")]),
    (("Heat helps", "[1,2]", "."), [("[1,2]", "1 2")]),
    (("Heat helps", "1", "", "2", "."), [("¹", "1"), ("²", "2")]),
    (("Heat helps.", "1,", "", "2"), [("¹,²", "1 2")]),
    (("At 3×10", "4", " cells of ", "14", "C in 4 m", "2", ", Ca", "2+", ", 1", "st", ", heat", "a", " helps."), []),
]


@pytest.mark.parametrize(("pieces", "expected"), MARKED_UP, ids=["".join(pieces) for pieces, _ in MARKED_UP])
def test_superscripts_of_the_markup(pieces: tuple[str, ...], expected: Found) -> None:
    text, raised = flow(*pieces)
    assert markers(text, 4, raised) == expected


def test_where_some_superscripts_lost_their_markup_the_others_count_as_well() -> None:
    text, raised = flow("Heat helps.1, 2 Cold too.3, 4 Rest is good,5 and so is sleep", "2", " at night.")
    assert [numbers for _, numbers in markers(text, 5, raised)] == ["1 2", "3 4", "5", "2"]


def test_one_form_cites_and_the_others_only_where_it_is_their_turn() -> None:
    text = "Heat helps.1 Cold too, by 5 points [3–9].2 Rest [3] is good. Sleep is good.4 So is tea.5 Pain was 7 [2–5]."
    assert [one for one, _ in markers(text, 9)] == ["1", "2", "[3]", "4", "5"]


def test_a_numbered_list_that_is_cited_by_name() -> None:
    cited = " ".join(f"Heat helps some of them (Roe & Poe, 20{n:02})." for n in range(10, 20))
    text = f"{cited} In group [1] there were five. Of the others 12 (4) left, and 9 (6) and 8 (2) stayed until F(1,3)."
    assert markers(text, 20) == []


def test_a_list_in_the_order_of_names_that_is_cited_by_number() -> None:
    text = "Heat helps (7). Cold too (3, 5). Rest (1). Sleep (6), and tea (4) help. Work (2). Play (8)."
    assert [numbers for _, numbers in markers(text, 8)] == ["7", "3 5", "1", "6", "4", "2", "8"]


def test_brackets_whose_commas_were_lost() -> None:
    text = "Heat helps [1]. Cold too [2]. Rest [124]. Sleep [45] and tea [1311] help, and so does work [10]."
    assert [numbers for _, numbers in markers(text, 11)] == ["1", "2", "1 2 4", "4 5", "1 3 11", "10"]


def test_a_single_number_beyond_the_list_stays_an_error_of_the_article() -> None:
    assert markers("Heat helps [1]. Cold too [12].", 5) == [("[1]", "1"), ("[12]", "12?")]


def test_an_article_without_a_list() -> None:
    assert markers("Heat helps [1]. Cold too [2, 3].", 0) == [("[1]", "1?"), ("[2, 3]", "2? 3?")]
    assert markers("Heat helps in group [1] and [12] of them.", 0) == []


def test_a_list_without_labels_is_counted() -> None:
    found = list(numeric_markers("Heat helps [2].", [(0, 15)], listed(3, labelled=False)))
    assert [one.references for one in found] == [("r2",)]


def test_a_marker_outside_the_passages_is_none() -> None:
    text = "Heat helps [1].\n\nCold [2]."
    assert [one.start for one in numeric_markers(text, [(0, 15)], listed(2))] == [11]


@pytest.mark.parametrize(
    ("written", "numbers"),
    [("1", [1]), ("1,3", [1, 3]), ("1-3", [1, 2, 3]), ("3-1", [3, 1]), ("1 to 3", [1, 2, 3]), ("1–900", [1, 900])],
)
def test_ranges_count_their_members(written: str, numbers: list[int]) -> None:
    assert expand(written) == numbers


@given(st.text(alphabet="[(1–3, 42)].²¹⁰^<sup/>aeTm%=", max_size=200))
def test_markers_lie_in_their_passages_and_name_something(text: str) -> None:
    middle = len(text) // 2
    spans = [(0, middle), (middle, len(text))]
    for one in numeric_markers(text, spans, listed(4)):
        assert any(start <= one.start < one.end <= end for start, end in spans)
        assert one.references or one.missing


@pytest.mark.parametrize(
    "unit", ["[", "[1,", "(1, ", "1,2", "a1", "''1", "¹,", "^1^", "1 ", "et al 1, ", "[1]-", "(a 20"]
)
def test_hostile_repetition_costs_linear_time(unit: str) -> None:
    def prepared(count: int) -> Job:
        text = f"Heat helps {unit * count} [1]."
        return lambda: list(numeric_markers(text, [(0, len(text))], listed(9)))

    assert_grows_little(prepared, 2000, 8000, factor=8, at_least=0.25)
