"""Citations: which markers are found, which references they name, and what they name in vain."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.citations import find_citations, place
from ingest.citations.candidates import expand
from ingest.read import read_bytes
from ingest.statements import find_statements
from kb.model import Citation, Reference
from tests.costs import Job, assert_grows_little

NAMED = [
    ("roe2010", ("Roe",), "2010"),
    ("roe2010b", ("Roe", "Poe"), "2010b"),
    ("poe2012", ("Poe", "Doe", "Loe"), "2012"),
    ("van2015", ("van der Berg", "Roe"), "2015"),
    ("who2020", ("World Health Organization",), "2020"),
    ("nice2018", ("National Institute for Health and Care Excellence",), "2018"),
    ("kutobi2003", ("Al Kutobi", "Al Omari"), "2003"),
    ("muller2001", ("Müller-Lüdenscheidt",), "2001"),
]


def named(*rows: tuple[str, tuple[str, ...], str]) -> list[Reference]:
    return [
        Reference(id=key, position=number, text=key, source=f"ref:{key}", authors=authors, year=year)
        for number, (key, authors, year) in enumerate(rows or NAMED, 1)
    ]


def numbered(count: int) -> list[Reference]:
    return [
        Reference(id=str(n), position=n, text=f"{n}.", source=f"ref:{n}", label=str(n)) for n in range(1, count + 1)
    ]


def found(
    text: str, references: list[Reference], name: str = "a.txt"
) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    reading = read_bytes(f"{text} And so this paragraph is long enough to be one.\n".encode(), name)
    return [(one.text, one.references, one.missing) for one in find_citations(reading, references)]


BY_NAME = [
    ("Heat helps (Roe, 2010).", [("(Roe, 2010)", ("roe2010",), ())]),
    ("Heat helps (Roe & Poe, 2010).", [("(Roe & Poe, 2010)", ("roe2010b",), ())]),
    ("Heat helps (Roe and Poe 2010b).", [("(Roe and Poe 2010b)", ("roe2010b",), ())]),
    ("Heat helps (Poe et al., 2012; Roe, 2010).", [("(Poe et al., 2012; Roe, 2010)", ("poe2012", "roe2010"), ())]),
    ("Heat helps (see Poe et al. 2012, p. 3).", [("(see Poe et al. 2012, p. 3)", ("poe2012",), ())]),
    ("Poe et al. (2012) found heat.", [("Poe et al. (2012)", ("poe2012",), ())]),
    ("As Roe’s (2010) trial showed.", [("Roe’s (2010)", ("roe2010",), ())]),
    ("Heat helps (van der Berg & Roe, 2015).", [("(van der Berg & Roe, 2015)", ("van2015",), ())]),
    ("Heat helps (WHO, 2020).", [("(WHO, 2020)", ("who2020",), ())]),
    (
        "Heat helps (World Health Organization [WHO], 2020; Roe, 2010).",
        [("(World Health Organization [WHO], 2020; Roe, 2010)", ("who2020", "roe2010"), ())],
    ),
    ("NICE (2018, section 1) advises heat.", [("NICE (2018, section 1)", ("nice2018",), ())]),
    ("Heat helps (World Health Organization, 2020).", [("(World Health Organization, 2020)", ("who2020",), ())]),
    ("Heat helps (Al Kutobi & Al Omari, 2003).", [("(Al Kutobi & Al Omari, 2003)", ("kutobi2003",), ())]),
    ("Heat helps (Muller-Ludenscheidt 2001).", [("(Muller-Ludenscheidt 2001)", ("muller2001",), ())]),
    ("Heat helps [Roe, 2010].", [("[Roe, 2010]", ("roe2010",), ())]),
    ("Heat helps, as Poe et al. 2012 found.", [("Poe et al. 2012", ("poe2012",), ())]),
    ("Heat helps (Noe & Moe, 2010).", [("(Noe & Moe, 2010)", (), ("Noe & Moe, 2010",))]),
    (
        "Heat helps (Noe et al., 1999; Roe, 2010).",
        [("(Noe et al., 1999; Roe, 2010)", ("roe2010",), ("Noe et al., 1999",))],
    ),
    ("The clinic moved (March 2010).", []),
    ("We used a program (version of 2015).", []),
    ("It rained in 2010.", []),
    ("It grew (from 1990 to 2010).", []),
]
BY_NUMBER = [
    ("Heat helps [1].", [("[1]", ("1",), ())]),
    ("Heat helps [1,3–5].", [("[1,3–5]", ("1", "3", "4", "5"), ())]),
    ("Heat helps [2, 4].", [("[2, 4]", ("2", "4"), ())]),
    ("Heat helps [1][2].", [("[1]", ("1",), ()), ("[2]", ("2",), ())]),
    ("Heat helps [9].", [("[9]", (), ("9",))]),
    (
        "Heat helps (1). Cold too (2,3). Rest (4).",
        [("(1)", ("1",), ()), ("(2,3)", ("2", "3"), ()), ("(4)", ("4",), ())],
    ),
    ("It lies in [0, 1] and is [1].", [("[1]", ("1",), ())]),
    ("Heat helps.¹ Cold too.²,³ Rest.⁴", [("¹", ("1",), ()), ("²,³", ("2", "3"), ()), ("⁴", ("4",), ())]),
    ("Heat helps.1 Cold too.2,3 Rest eases4 pain.", [("1", ("1",), ()), ("2,3", ("2", "3"), ()), ("4", ("4",), ())]),
    ("An area of 10 m² and 10³ cells, or 5 cm³.", []),
    ("A group of 5 (2 men) took 3 tablets.", []),
]
MARKED = [
    ("Heat helps [@roe2010].", [("[@roe2010]", ("roe2010",), ())]),
    ("Heat helps [see @roe2010, p. 3; @poe2012].", [("[see @roe2010, p. 3; @poe2012]", ("roe2010", "poe2012"), ())]),
    ("As @roe2010 found, heat helps.", [("@roe2010", ("roe2010",), ())]),
    ("Heat helps [-@roe2010].", [("[-@roe2010]", ("roe2010",), ())]),
    ("Heat helps [@nobody1999].", [("[@nobody1999]", (), ("nobody1999",))]),
    (
        "Letters to roe@poe2012.org were counted in each of the months of the study, and heat was named in most "
        "of them, although nobody had asked for it at all in the first place.",
        [],
    ),
    (
        "Heat helps.[^a] Cold too.[^gone]\n\n[^a]: A remark.\n\nA rest.",
        [("[^a]", (), ()), ("[^gone]", (), ("footnote gone",))],
    ),
]


@pytest.mark.parametrize(("text", "expected"), BY_NAME, ids=[t for t, _ in BY_NAME])
def test_by_author_and_year(text: str, expected: list[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> None:
    assert found(text, named()) == expected


@pytest.mark.parametrize(("text", "expected"), BY_NUMBER, ids=[t for t, _ in BY_NUMBER])
def test_by_number(text: str, expected: list[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> None:
    assert found(text, numbered(5)) == expected


@pytest.mark.parametrize(("text", "expected"), MARKED, ids=[t for t, _ in MARKED])
def test_by_key_in_markdown(text: str, expected: list[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> None:
    assert found(text, named(), "a.md") == expected


def test_links_and_bare_dois() -> None:
    reference = Reference(id="roe", position=1, text="", source="doi:10.5555/a(1)b", doi="10.5555/a(1)b")
    text = "Heat [helps](https://doi.org/10.5555/a(1)b). See https://doi.org/10.5555/a(1)b, or doi:10.5555/A(1)B."
    assert [one[:2] for one in found(text, [reference], "a.md")] == [
        ("[helps](https://doi.org/10.5555/a(1)b)", ("roe",)),
        ("https://doi.org/10.5555/a(1)b", ("roe",)),
        ("doi:10.5555/A(1)B", ("roe",)),
    ]


def test_a_citation_covers_the_sentence_that_it_stands_in() -> None:
    reading = read_bytes(
        b"Heat helps all knees. Cold eases pain [1]. Rest is good for you and the knees. [2]\n", "a.txt"
    )
    citations = find_citations(reading, numbered(2))
    statements = find_statements(reading.article, citations)
    covered = {one.text: one.statements for one in place(citations, statements)}
    assert covered == {"[1]": (statements[1].id,), "[2]": (statements[2].id,)}


def test_a_remark_in_a_footnote_is_no_citation() -> None:
    reading = read_bytes(b"Heat helps all knees.[^a]\n\n[^a]: In our view.\n", "a.md")
    markers = find_citations(reading, [])
    assert [marker.text for marker in markers] == ["[^a]"]
    assert place(markers, find_statements(reading.article, markers)) == ()


@pytest.mark.parametrize(("listed", "numbers"), [("1", [1]), ("1,3", [1, 3]), ("1-3", [1, 2, 3]), ("3-1", [3, 1])])
def test_ranges(listed: str, numbers: list[int]) -> None:
    assert expand(listed) == numbers


@given(st.text(alphabet="(Roe & Poe, 2010; et al.)[1–3]@keyaz .¹", max_size=120), st.sampled_from(["a.txt", "a.md"]))
def test_markers_lie_in_the_text_and_never_overlap(text: str, name: str) -> None:
    reading = read_bytes(f"Here is a paragraph {'of some length ' * 10} about knees {text} .\n".encode(), name)
    citations: list[Citation] = find_citations(reading, [*named(), *numbered(3)])
    assert all(one.text == reading.article.text[one.start : one.end] for one in citations)
    assert all(a.end <= b.start for a, b in pairwise(citations))


@pytest.mark.parametrize("unit", ["(Roe & ", "Roe, ", "[1,", "2010; ", "@a", "van der ", "(", "et al. "])
def test_hostile_repetition_costs_linear_time(unit: str) -> None:
    def prepared(count: int) -> Job:
        reading = read_bytes(f"Heat helps {unit * count} (Roe, 2010) and it is good.\n".encode(), "a.md")
        return lambda: find_citations(reading, named())

    assert_grows_little(prepared, 2000, 8000, factor=8, at_least=0.25)
