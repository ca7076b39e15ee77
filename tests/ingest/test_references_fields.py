"""One reference string → its fields, in the styles that writers use. All works here are made up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.references.fields import Fields, parse_reference
from tests.costs import assert_within

STYLES = {
    "APA": (
        "Okafor, N. B., & van der Lind, P. (2014a). Nerve gliding for leg pain: A trial. Journal of Back"
        " Care, 3(2), 110–119. https://doi.org/10.1000/jbc.2014.3"
    ),
    "Vancouver": (
        "Okafor NB, van der Lind P. Nerve gliding for leg pain: a trial. J Back Care. "
        "2014a;3(2):110-119. doi:10.1000/JBC.2014.3"
    ),
    "Harvard": (
        "Okafor, N.B. and van der Lind, P., 2014a. Nerve gliding for leg pain: a trial. Journal of Back "
        "Care, 3(2), pp.110-119. doi: 10.1000/jbc.2014.3."
    ),
    "Chicago": (
        "Okafor, Nia B., and Piet van der Lind. 2014a. “Nerve Gliding for Leg Pain: A Trial.” Journal of"
        " Back Care 3 (2): 110–19. https://doi.org/10.1000/jbc.2014.3."
    ),
    "MLA": (
        'Okafor, Nia B., and Piet van der Lind. "Nerve Gliding for Leg Pain: A Trial." Journal of Back '
        "Care, vol. 3, no. 2, 2014a, pp. 110-19. doi:10.1000/jbc.2014.3."
    ),
    "AMA": (
        "Okafor NB, van der Lind P. Nerve gliding for leg pain: a trial. *J Back Care*. "
        "2014a;3(2):110-119. doi:10.1000/jbc.2014.3"
    ),
    "Nature": (
        "Okafor, N. B. & van der Lind, P. Nerve gliding for leg pain: a trial. J. Back Care 3, 110–119 "
        "(2014a). https://doi.org/10.1000/jbc.2014.3"
    ),
    "BMC": (
        "Okafor NB, van der Lind P (2014a). Nerve gliding for leg pain: a trial. J Back Care 3: 110-119."
        " doi:10.1000/jbc.2014.3"
    ),
    "IEEE": (
        "[12] N. B. Okafor and P. van der Lind, “Nerve gliding for leg pain: a trial,” J. Back Care, "
        "vol. 3, no. 2, pp. 110–119, 2014a, doi: 10.1000/jbc.2014.3."
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_every_style_gives_the_same_work(style: str) -> None:
    fields = parse_reference(STYLES[style])
    assert fields.authors == ("Okafor", "van der Lind")
    assert fields.year == "2014a"
    assert fields.title.casefold() == "nerve gliding for leg pain: a trial"
    assert "Back Care" in fields.container
    assert not any(ch.isdigit() for ch in fields.container)
    assert fields.volume.strip("vol. ").startswith("3")
    assert "110" in fields.pages
    assert fields.doi == "10.1000/jbc.2014.3"
    assert fields.type == "article"
    assert fields.problems == ()


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Al Sayed, Z. T. A., & Al Omari, W. R. S. (2003). A title of something.", ("Al Sayed", "Al Omari")),
        ("World Health Organization. (2010). Guidance on leg pain. Geneva.", ("World Health Organization",)),
        ("World Health Organization. Guidance on leg pain. Geneva: WHO; 2010.", ("World Health Organization",)),
        ("WHO (1992).", ("WHO",)),
        ("O'Brien-Smith J, d'Amico L, et al. Gait after injury. Gait Stud. 2001;2:3-9.", ("O'Brien-Smith", "d'Amico")),
        ("J. Weiß und K. Öz, Gang nach Verletzung, Zeitschrift für Gang 12, 2001, S. 3-9.", ("Weiß", "Öz")),
        ("DUPONT Jean, « Marcher encore », Revue du pas, n° 12, 2001, p. 3-9.", ("DUPONT",)),
        ("Lind P; the Leg Pain Study Group. Gliding in practice. Gait Stud. 2001;2:3-9.", ("Lind",)),
        ("Иванов И. И., Петров П. П. О боли. Вестник боли. 2001;2:3-9.", ("Иванов", "Петров")),
        ("Lind, P. (Ed.). (2001). Handbook of gait. London: Stride Press.", ("Lind",)),
        ("Low back pain in adults. 2016. https://example.org/guide", ()),
        ("LindP.OkaforN. B.McDoeJ. (2001). Gliding. Gait Stud. 2, 3–9.", ("Lind", "Okafor", "McDoe")),
        ("LindPAOkafor-MoeNBDoeJ: Gliding. Gait Stud 2001, 2:3-9.", ("Lind", "Okafor-Moe", "Doe")),
        ("LindP, OkaforNB, DoeJ. Gliding. Gait Stud. 2001;2:3-9.", ("Lind", "Okafor", "Doe")),
        ("An D, Das S, Lind P (2001). Gliding. Gait Stud 2: 3-9.", ("An", "Das", "Lind")),
        ("Des Moulins DL, Lind P (2001). Gliding. Gait Stud 2: 3-9.", ("Des Moulins", "Lind")),
        ("KO Y, Lind P, LI J (2001). Gliding. Gait Stud 2: 3-9.", ("KO", "Lind", "LI")),
        ("Lind PdS, Okafor NZh, Doe ABCD, Roe AvdB (2001). Gliding.", ("Lind", "Okafor", "Doe", "Roe")),
        ("Lind van der P, Okafor N (2001). Gliding. Gait Stud 2: 3-9.", ("Lind", "Okafor")),
        ("Suparno, Lind PA, Okafor N (2001). Gliding. Gait Stud 2: 3-9.", ("Suparno", "Lind", "Okafor")),
        ("Lind P, Department of Health (2001). Gliding. Leeds.", ("Lind",)),
        ("Lind PA. Gliding. Gait Stud. 2001;2:3-9.", ("Lind",)),
        ("An assessment of gliding. Gait Stud. 2001;2:3-9.", ()),
        ("The C. elegans genome. Gait Stud. 2001;2:3-9.", ()),
    ],
)
def test_family_names(text: str, families: tuple[str, ...]) -> None:
    assert parse_reference(text).authors == families


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Lind, P. (2001). Nerves of the leg. In N. Okafor & J. Doe (Eds.), Handbook of gait (2nd ed., pp. 12-30). "
            "London: Stride Press.",
            {"title": "Nerves of the leg", "container": "Handbook of gait", "year": "2001", "type": "chapter"},
        ),
        (
            "Lind, Piet. Walking: A Short History. New York: Stride Press, 2001.",
            {"title": "Walking: A Short History", "container": "", "year": "2001", "type": "book"},
        ),
        (
            "Lind P. Nerve mobility in the leg [PhD thesis]. Utrecht: Utrecht University; 2001.",
            {"title": "Nerve mobility in the leg", "year": "2001", "type": "thesis"},
        ),
        (
            "Lind P, Doe J. Gliding exercises at home. Gait Stud. In press. PMID: 12345678",
            {"title": "Gliding exercises at home", "pmid": "12345678", "year": None},
        ),
        (
            "NHS Example. Leg pain. https://example.org/leg-pain. Accessed 3 May 2020.",
            {"url": "https://example.org/leg-pain", "type": "web page", "year": None},
        ),
        ("Lind P. Gliding at home. Gait Stud. 2001;2:3-9. doi:10.1000/\n ab12", {"doi": "10.1000/ab12"}),
    ],
)
def test_other_kinds_of_work(text: str, expected: dict[str, object]) -> None:
    fields = parse_reference(text)
    assert {name: getattr(fields, name) for name in expected} == expected


def test_a_doi_that_is_none_is_told_in_words() -> None:
    fields = parse_reference("Lind P. Gliding at home. Gait Stud. 2001;2:3-9. doi:11.1000/x")
    assert fields.doi is None
    assert len(fields.problems) == 1
    assert "11.1000/x" in fields.problems[0]


def test_a_dash_stands_for_the_authors_before() -> None:
    assert parse_reference("———. 2003. “Two Things.” Journal of Gait 4: 3–9.").same_authors


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_fields(text: str) -> None:
    assert isinstance(parse_reference(text), Fields)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["A.", "Ab", ", ", ". ", " and ", "(2001)", "“", "”", "12", ":", "In ", "pp. ", "(", "-"]))
)
def test_any_pieces_of_a_reference_give_fields(pieces: list[str]) -> None:
    assert isinstance(parse_reference("".join(pieces)), Fields)


@pytest.mark.parametrize(
    "unit", ["A. ", "Ab, ", "(", "1-", "“a” ", "A and ", ": B", ". In A", "pp. 1, ", "2001 ", "[a](", "*a "]
)
def test_time_does_not_explode(unit: str) -> None:
    hostile = unit * (100_000 // len(unit))
    assert_within(1, lambda: parse_reference(hostile))
