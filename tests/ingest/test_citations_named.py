"""Citations by author and year, one table a kind; all works here are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.citations.dated import scan
from ingest.citations.named import named_markers
from ingest.citations.phrases import phrase_before, words_of
from ingest.citations.works import Works
from kb.model import Reference

LIST = [
    ("roe04", ("Roe",), "2004", "Roe J (2004). Heat. Gait 1: 1-2."),
    ("roepoe04", ("Roe", "Poe"), "2004", "Roe J, Poe E (2004). Cold. Gait 2: 1-2."),
    ("roe3_04", ("Roe", "Poe", "Doe"), "2004", "Roe J, Poe E, Doe A (2004). Rest. Gait 3: 1-2."),
    ("roe06", ("Roe",), "2006", "Roe J (2006). Heat again. Gait 4: 1-2."),
    ("lind01a", ("Lind", "Moe"), "2001a", "Lind P, Moe K (2001a). One. Gait 5: 1-2."),
    ("lind01b", ("Lind", "Moe"), "2001b", "Lind P, Moe K (2001b). Two. Gait 5: 3-4."),
    ("abe07i", ("Abe", "Kato", "Sato"), "2007", "Abe A, Kato B, Sato C (2007). First. Gait 6: 1-2."),
    ("abe07ii", ("Abe", "Kato", "Ito"), "2007", "Abe A, Kato B, Ito C (2007). Second. Gait 6: 3-4."),
    ("who12", ("World Health Organization",), "2012", "World Health Organization (WHO). (2012). Heat."),
    (
        "hqc15",
        ("Heat Quality Commission of the North",),
        "2015",
        "Heat Quality Commission of the North. (2015). Rules.",
    ),
    ("vdb15", ("van der Berg", "Roe"), "2015", "van der Berg A, Roe J (2015). Knees. Gait 7: 1-2."),
    ("obrien", ("O’Brien-Müller",), "2010", "O’Brien-Müller S (2010). Hips. Gait 7: 3-4."),
    ("mcvay", ("Mc Vay", "Roe"), "1986", "Mc Vay A, Roe J (1986). Feet. Gait 7: 5-6."),
    ("press", ("Noe", "Loe"), None, "Noe A, Loe B (in press). Toes. Gait."),
    ("hale67", ("Hale", "Penn"), "1967", "Hale A, Penn B (1967). Shins. Gait 7: 7-8."),
    ("garcia", ("García López",), "2011", "García López A (2011). Calves. Gait 7: 9-10."),
    ("may11", ("May",), "2011", "May A (2011). Ankles. Gait 7: 11-12."),
    ("bone90", ("Bone", "Fischer"), "1990", "Bone A, Fischer B (1990). Arms. Gait 7: 13-14."),
    ("unread", (), "2013", "Zhang Q Heels in general 2013."),
]


def references(numbered: bool = False) -> list[Reference]:
    return [
        Reference(
            id=key,
            position=number,
            text=text,
            source=f"ref:{key}",
            authors=authors,
            year=year,
            label=str(number) if numbered else "",
        )
        for number, (key, authors, year, text) in enumerate(LIST, 1)
    ]


def linked(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[one.start : one.end], one.references) for one in named_markers(text, [(0, len(text))], references())]


@pytest.mark.parametrize(
    ("text", "marker", "meant"),
    [
        ("(Roe, 2004)", "(Roe, 2004)", ["roe04"]),
        ("(Roe 2004)", "(Roe 2004)", ["roe04"]),
        ("(Roe & Poe, 2004)", "(Roe & Poe, 2004)", ["roepoe04"]),
        ("(Roe and Poe 2004)", "(Roe and Poe 2004)", ["roepoe04"]),
        ("(Roe et al., 2004)", "(Roe et al., 2004)", ["roe3_04"]),
        ("(Roe, Poe, & Doe, 2004)", "(Roe, Poe, & Doe, 2004)", ["roe3_04"]),
        ("(Roe, Poe et al 2004)", "(Roe, Poe et al 2004)", ["roe3_04"]),
        ("Roe and colleagues (2004)", "Roe and colleagues (2004)", ["roe3_04"]),
        ("Roe and his co-workers (2004)", "Roe and his co-workers (2004)", ["roe3_04"]),
        ("Roe et al.'s (2004) trial", "Roe et al.'s (2004)", ["roe3_04"]),
        ("Roe’s (2004) trial", "Roe’s (2004)", ["roe04"]),
        ("in Roe’s trial (2004)", "Roe’s trial (2004)", ["roe04"]),
        ("Roe (2004; 2006)", "Roe (2004; 2006)", ["roe04", "roe06"]),
        ("Roe (2004, 2006; Lind & Moe, 2001a)", "Roe (2004, 2006; Lind & Moe, 2001a)", ["roe04", "roe06", "lind01a"]),
        ("(Roe, 2004, 2006)", "(Roe, 2004, 2006)", ["roe04", "roe06"]),
        ("as Roe, 2004, 2006 found", "Roe, 2004, 2006", ["roe04", "roe06"]),
        ("(Roe, 2004, p. 12, 2006)", "(Roe, 2004, p. 12, 2006)", ["roe04", "roe06"]),
        ("(Roe 2004:12)", "(Roe 2004:12)", ["roe04"]),
        ("(Roe, 2004; 12)", "(Roe, 2004; 12)", ["roe04"]),
        ("(J. Roe, 2004)", "(J. Roe, 2004)", ["roe04"]),
        ("(Roe J 2004)", "(Roe J 2004)", ["roe04"]),
        ("(see Roe, 2006, p. 12; for review: Hale and Penn, 1967)", None, ["roe06", "hale67"]),
        ("(e.g., Roe, 2006, but see Hale & Penn, 1967)", None, ["roe06", "hale67"]),
        ("(reviewed by Roe, 2006 and Hale & Penn, 1967)", None, ["roe06", "hale67"]),
        ("Both Roe (2006) and Hale and Penn (1967) agree", None, None),
        ("Roe et al. 2004 found", "Roe et al. 2004", ["roe3_04"]),
        ("[Roe, 2006]", "[Roe, 2006]", ["roe06"]),
        ("(Roe et al. [2004])", "Roe et al. [2004]", ["roe3_04"]),
        ("(as Roe [2006] has it; Hale & Penn, 1967)", None, ["roe06", "hale67"]),
        ("(Roe u. a.; Hale und Penn, 1967)", None, ["hale67"]),
    ],
)
def test_wordings(text: str, marker: str | None, meant: list[str] | None) -> None:
    found = linked(f"Heat helps {text}.")
    if meant is None:
        assert found == [("Roe (2006)", ("roe06",)), ("Hale and Penn (1967)", ("hale67",))]
    else:
        assert found == [(marker or text, tuple(meant))]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("(Lind & Moe, 2001a)", ["lind01a"]),
        ("(Lind & Moe, 2001b)", ["lind01b"]),
        ("(Lind & Moe, 2001a,b)", ["lind01a", "lind01b"]),
        ("(Lind & Moe, 2001a, b)", ["lind01a", "lind01b"]),
        ("(Lind & Moe, 2001a/b)", ["lind01a", "lind01b"]),
        ("(Lind & Moe, 2001a-b)", ["lind01a", "lind01b"]),
        ("(Lind & Moe, 2001a and b)", ["lind01a", "lind01b"]),
        ("Lind and Moe (2001a, 2001b)", ["lind01a", "lind01b"]),
        ("(Lind & Moe, 2001)", ["lind01a"]),
        ("(Abe et al., 2007a)", ["abe07i"]),
        ("(Abe et al., 2007b)", ["abe07ii"]),
        ("(Abe et al., 2007a,b)", ["abe07i", "abe07ii"]),
        ("(Abe, Kato, & Ito, 2007)", ["abe07ii"]),
        ("(Roe & Poe, 2004a)", ["roepoe04"]),
        ("(Hale & Penn, 1967a)", ["hale67"]),
    ],
)
def test_letters_with_and_without_letters_in_the_list(text: str, meant: list[str]) -> None:
    assert linked(f"Heat helps {text}.")[0][1] == tuple(meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("(World Health Organization, 2012)", "who12"),
        ("(World Health Organization [WHO], 2012)", "who12"),
        ("(World Health Organization (WHO) 2012)", "who12"),
        ("World Health Organization (WHO) (2012)", "who12"),
        ("(WHO, 2012)", "who12"),
        ("WHO (2012)", "who12"),
        ("the Heat Quality Commission of the North (2015)", "hqc15"),
        ("(van der Berg & Roe, 2015)", "vdb15"),
        ("Van der Berg and Roe (2015)", "vdb15"),
        ("(Berg & Roe, 2015)", "vdb15"),
        ("(O'Brien-Muller, 2010)", "obrien"),
        ("(OBrien Müller, 2010)", "obrien"),
        ("(McVay & Roe, 1986)", "mcvay"),
        ("(Garcia-Lopez, 2011)", "garcia"),
        ("(García, 2011)", "garcia"),
        ("(Noe & Loe, in press)", "press"),
        ("Noe and Loe (in press)", "press"),
        ("(Noe & Loe, 2016)", "press"),
        ("(Hale & Penn, in press)", "hale67"),
        ("(Hale & Penn, 1968)", "hale67"),
        ("(Halle & Penn, 1967)", "hale67"),
        ("(Bone & Fisher, 1990)", "bone90"),
        ("(May, 2011)", "may11"),
        ("(Zhang et al., 2013)", "unread"),
    ],
)
def test_names_and_years_that_the_list_writes_otherwise(text: str, meant: str) -> None:
    assert linked(f"Heat helps {text}.")[0][1] == (meant,)


@pytest.mark.parametrize(
    "text",
    [
        "In 2004 it rained.",
        "It grew (from 2004 to 2006).",
        "Roe lived there (2004–2006).",
        "Roe had 2004 patients.",
        "The cost was $2004 for Roe.",
        "It began in May 2011.",
        "It ended (May 2011).",
        "Heat helps (Roe, personal communication).",
        "Heat helps (Roe, 1999).",
        "Heat helps (Hale, 1968).",
        "Heat helps (Moe, 2001).",
        "London, Figure 2004.",
    ],
)
def test_what_names_no_listed_work(text: str) -> None:
    assert [references for _, references in linked(text) if references] == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("(Noe & Moe, 2010)", ["Noe & Moe, 2010"]),
        ("(Kay et al., 1999; Roe, 2006)", ["Kay et al., 1999"]),
        ("Kay et al. (1999)", ["Kay et al., 1999"]),
        ("Moreover, Kay and Fry (1999)", ["Kay and Fry, 1999"]),
        ("(Kay, 1999)", ["Kay, 1999"]),
        ("(Roe & Kay, 2004)", ["Roe & Kay, 2004"]),
        ("(Lind & Moe, 2001c)", ["Lind & Moe, 2001c"]),
        ("Kay (1999)", []),
        ("(March 1999)", []),
        ("(version 1.2, Updated, 1999)", []),
        ("(Kay, personal communication)", []),
        ("(Kay et al., unpublished)", []),
        ("(AB 1823)", []),
        ("(KAY [12] Fry et al., 1999)", []),
        ("(Kay and Fry, 1650)", []),
    ],
)
def test_only_what_is_worded_as_a_citation_is_missed(text: str, missing: list[str]) -> None:
    text = f"Heat helps {text}."
    told = [name for one in named_markers(text, [(0, len(text))], references()) for name in one.missing]
    assert told == missing


def test_a_name_alone_is_missed_only_where_the_article_cites_by_name() -> None:
    place = "It began (London, 2012)."
    assert list(named_markers(place, [(0, len(place))], references(numbered=True))) == []
    cites = f"{place} Heat helps (Roe, 2004), cold does not (Roe, 2006), nor rest (May, 2011)."
    told = [name for one in named_markers(cites, [(0, len(cites))], references(numbered=True)) for name in one.missing]
    assert told == ["London, 2012"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Heat helps (Roe, 2004). Cold too (ibid., p. 3).", ["roe04", "roe04"]),
        ("Heat helps (Roe, 2004; Roe, 2006). Cold too (Ibid.).", ["roe04 roe06", "roe06"]),
        ("Heat (Roe, 2004) and rest (May, 2011) help (Roe, op. cit., p. 3).", ["roe04", "may11", "roe04"]),
        ("Heat helps (Roe, 2004). Cold too: loc. cit., p. 3.", ["roe04", "roe04"]),
        ("Heat helps (Kay & Fry, 2004). Cold too (ibid.).", [""]),
        ("Cold helps (ibid.).", []),
    ],
)
def test_what_points_back_means_the_work_cited_before(text: str, meant: list[str]) -> None:
    assert [" ".join(references) for _, references in linked(text)] == meant


def test_a_short_name_holds_from_where_the_article_gives_it() -> None:
    text = "Rules (Heat Quality Commission of the North [HeatCo], 2015) help; others do not (HeatCo, 2015)."
    assert [found for _, found in linked(text)] == [("hqc15",), ("hqc15",)]
    assert linked("Rules help (HeatCo, 2015).")[0][1] == ()


def test_authors_without_a_year_among_citations() -> None:
    assert linked("Heat helps (Abe et al.; Hale & Penn, 1967).") == [("(Abe et al.; Hale & Penn, 1967)", ("hale67",))]
    assert linked("Heat helps (Roe, Poe et al.; Roe, 2006).")[0][1] == ("roe3_04", "roe06")


def test_names_are_looked_for_in_the_same_sentence_and_passage() -> None:
    text = "Roe. The year (2004). Roe\n(2004) was wet."
    assert [found for _, found in linked("It was Roe. The trial (2004) was wet.")] == []
    assert list(named_markers(text, [(0, 4), (26, len(text))], references())) == []


NASTY = ["(", ")", "[", "Roe", " et al.", ", ", "2004", "a", "; ", "&", " van ", "Mc", "-", "’s", " ", "ibid.", "B."]


@given(st.lists(st.sampled_from(NASTY), max_size=60).map("".join))
def test_markers_are_apart_in_order_and_within_the_passage(text: str) -> None:
    at = 2
    for one in named_markers(text, [(2, len(text))], references()):
        assert at <= one.start < one.end <= len(text)
        assert one.references or one.missing
        at = one.end


@given(st.lists(st.sampled_from(NASTY), max_size=400).map("".join))
def test_what_is_looked_at_before_a_year_is_bounded(text: str) -> None:
    brackets, bare = scan(text, 0, len(text))
    assert all(one.end - one.start <= 2000 for one in brackets)
    for date in [*bare, *(date for one in brackets for date in one.dates)]:
        assert 0 <= date.start - phrase_before(text, 0, date.start) <= 200


@pytest.mark.parametrize(
    "unit", ["(Roe & Poe, et al., 2004 ", "McRoe-Poe, ", "((Roe 2004) ", "Roe van der ", "2004a,b,c; "]
)
def test_twice_the_text_costs_twice_the_questions(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in words that the list is asked about, which is where the time goes."""
    asked = 0
    find = Works.find

    def counted(works: Works, phrase: list[object], year: int, letter: str = "") -> object:
        nonlocal asked
        asked += len(phrase)
        return find(works, phrase, year, letter)  # type: ignore[arg-type]

    monkeypatch.setattr(Works, "find", counted)

    def questions(count: int) -> int:
        nonlocal asked
        asked = 0
        text = f"Heat helps {unit * count} (Roe, 2010)."
        list(named_markers(text, [(0, len(text))], references()))
        return asked

    assert questions(400) <= 2.2 * questions(200) + 200


def test_words_keep_their_places() -> None:
    text = "as O’Brien’s & Müller-Lüdenscheidt"
    words = words_of(text, 0, len(text))
    assert [text[word.start : word.end] for word in words] == ["as", "O’Brien", "&", "Müller-Lüdenscheidt"]
    assert [word.folded for word in words] == ["as", "obrien", "and", "mullerludenscheidt"]
