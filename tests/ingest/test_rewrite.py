"""Edits of a BibTeX file: the field that is meant changes, and not one byte besides. All works here are made up."""

from __future__ import annotations

import string

import msgspec
import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ingest.references.bibtex import read_bibtex
from ingest.references.mending import edits_for
from ingest.references.rewrite import Edit, Mended, rewrite
from kb.errors import BibliographyError
from kb.model import (
    Attribution,
    Difference,
    Disagreement,
    Notice,
    NoticeKind,
    Reference,
    Resolution,
    ResolutionStatus,
    Source,
)

DOI = "10.5555/knee(1)2<3>;4"
FILE = """% My list — kept by hand
@string{kj = "Knee Journal"}

@article{roe2010,
  title   = {Heat for  {K}nees},
  journal = {Knee Jurnal},
  year    = 2010,
}

@comment{ @article{no, year = {1900}} }
@Article{ late2012 ,
\ttitle = "Cold \\& damp", year = "2012"}
@book(paren2013, title = {Ice}, year = {2013})
@misc{bare2014,title={Rain},journal=kj}
stray words
"""


def edit(key: str, field: Mended, value: str) -> Edit:
    return Edit(key=key, field=field, value=value)


@pytest.mark.parametrize(
    ("made", "old", "new"),
    [
        (edit("roe2010", "year", "2016"), "= 2010,", "= 2016,"),
        (edit("roe2010", "journal", "Knee & Hip 100%"), "{Knee Jurnal}", r"{Knee \& Hip 100\%}"),
        (edit("roe2010", "doi", DOI), "= 2010,\n", f"= 2010,\n  doi     = {{{DOI}}},\n"),
        (edit("late2012", "year", "2014"), '"2012"', '"2014"'),
        (edit("late2012", "doi", DOI), '"2012"}', f'"2012", doi = "{DOI}"}}'),
        (edit("late2012", "doi", '10.5555/a"b'), '"2012"}', '"2012", doi = {10.5555/a"b}}'),
        (edit("paren2013", "doi", DOI), "{2013})", f"{{2013}}, doi = {{{DOI}}})"),
        (edit("bare2014", "doi", DOI), "=kj}", f"=kj,doi={{{DOI}}}}}"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_an_edit_changes_its_field_and_no_other_byte(made: Edit, old: str, new: str, line_end: str, codec: str) -> None:
    before = FILE.replace("\n", line_end)
    after = before.replace(old.replace("\n", line_end), new.replace("\n", line_end))
    assert before.count(old.replace("\n", line_end)) == 1
    rewritten = rewrite(before.encode(codec), [made], "x.bib")
    assert rewritten.data == after.encode(codec)
    assert [key for key, _ in rewritten.done] == [made.key]
    assert rewritten.left == ()


@pytest.mark.parametrize(
    ("written", "doi", "plain"),
    [
        ("{https://doi.org/10.5555/ABC}", "10.5555/abc", "{10.5555/ABC}"),
        ('"doi:10.5555/abc"', "10.5555/abc", '"10.5555/abc"'),
        ("{https://doi.org/10.5555/a%28b%29}", "10.5555/a(b)", "{10.5555/a(b)}"),
        ("{}", "10.5555/abc", "{10.5555/abc}"),
        ("{none}", "10.5555/abc", "{10.5555/abc}"),
        ("{10.5555/ABC}", "10.5555/abc", None),
        (r"{10.5555/a\_b}", "10.5555/a_b", None),
        ("{{10.5555/abc}}", "10.5555/abc", None),
    ],
)
def test_a_doi_is_put_into_its_plain_form(written: str, doi: str, plain: str | None) -> None:
    template = "@article{a, title = {T}, DOI = %s, year = {2010}}"
    rewritten = rewrite((template % written).encode(), [edit("a", "doi", doi)], "x.bib")
    assert rewritten.data.decode() == template % (plain or written)
    assert bool(rewritten.done) is bool(plain)


@pytest.mark.parametrize(
    ("entry", "made", "why"),
    [
        ("@article{a, journal = kj, year = {2010}}", edit("a", "journal", "Hip"), "not written out in one piece"),
        ('@article{a, journal = "Knee " # kj}', edit("a", "journal", "Hip"), "not written out in one piece"),
        ("@article{a, title = {T}, date = {2010-05-01}}", edit("a", "year", "2012"), "more than a year"),
        ("@article{a, title = {T}}", edit("a", "year", "2012"), "no such field"),
        ("@article{a, year = {2010} title = {T}}", edit("a", "year", "2012"), "not written out in one piece"),
        ("@article{a, year = {2010}, year = {2011}}", edit("a", "year", "2012"), "faults of its own"),
        ("@article{a, year = {2010}}", edit("b", "year", "2012"), "faults of its own"),
        ("@article{a}", edit("a", "doi", DOI), "no such field"),
        ("@article{a, year = {2010}}", edit("a", "year", "MMXII"), "is none"),
        ("@article{a, year = {2010}}", edit("a", "doi", "10.5555"), "is none"),
        ("@article{a, journal = {Knee}}", edit("a", "journal", "x}, note = {y"), "no plain text"),
        ("@article{a, journal = {Knee}}", edit("a", "journal", "\x1b[31mHip"), "no plain text"),
        ("@article{a, journal = {Knee}}", edit("a", "journal", "x" * 301), "no plain text"),
        ("@article{a, journal = {Café}}", edit("a", "journal", "Žurnal"), "lacks a letter"),
    ],
)
def test_what_cannot_be_written_safely_is_left_and_told(entry: str, made: Edit, why: str) -> None:
    data = f"{entry}\n@book{{z, title = {{Zest}}}}\n".encode("cp1252")
    rewritten = rewrite(data, [made], "x.bib")
    assert (rewritten.data, rewritten.done) == (data, ())
    assert len(rewritten.left) == 1
    assert why in rewritten.left[0]


def test_of_several_edits_those_that_can_be_made_are_made() -> None:
    edits = [edit("a", "year", "2012"), edit("a", "journal", "{"), edit("a", "doi", DOI)]
    rewritten = rewrite(b"@article{a, journal = {Knee}, year = {2010}}", edits, "x.bib")
    assert rewritten.data.decode() == f"@article{{a, journal = {{Knee}}, year = {{2012}}, doi = {{{DOI}}}}}"
    assert [difference.field for _, difference in rewritten.done] == ["year", "doi"]
    assert len(rewritten.left) == 1


def test_a_copy_of_the_entry_elsewhere_in_the_file_stays() -> None:
    entry = "@article{a, title = {T}, year = {2010}}"
    data = f"@comment{{{entry}}}\n@string{{s = {{{entry}}}}}\n{entry}\n".encode()
    rewritten = rewrite(data, [edit("a", "year", "2012")], "x.bib")
    assert rewritten.data == data[: -len(entry) - 1] + entry.replace("2010", "2012").encode() + b"\n"


def test_a_file_that_ends_amid_a_character_is_refused() -> None:
    data = "@article{a, title = {T}}".encode("utf-16") + b"\0"
    with pytest.raises(BibliographyError, match=r"^x\.bib: ends amid a character"):
        rewrite(data, [], "x.bib")


BIBTEX = st.text(alphabet='@{}()"#=,%\\ \t\r\n\u2028é1ab', max_size=200)
LETTERS = st.text(alphabet=string.ascii_letters + "_:-", min_size=1, max_size=8)


@settings(deadline=None)
@given(st.binary(max_size=300) | BIBTEX.map(str.encode) | BIBTEX.map(lambda text: text.encode("utf-16")))
def test_no_edits_change_no_byte_of_any_file_that_is_read(data: bytes) -> None:
    try:
        read_bibtex(data, "x.bib")
        rewritten = rewrite(data, [], "x.bib")
    except BibliographyError:
        return
    assert rewritten.data == data


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, str]:
    """A file of several entries in any layout, with anything between them, and the key of one."""
    keys = draw(st.lists(LETTERS, min_size=1, max_size=4, unique_by=str.lower))
    space = st.text(alphabet=" \t\n", max_size=3)
    pieces = []
    for key in keys:
        values = draw(st.lists(st.sampled_from(["{x}", '"x {"} y"', "2010", "{a {b, c} = d}", "kj # {x}", "{é}"])))
        names = draw(st.permutations(["title", "note", "Publisher", "journal", "doi"]))
        listed = ",".join(
            f"{draw(space)}{name}{draw(space)}={draw(space)}{value}{draw(space)}"
            for name, value in zip(names, values, strict=False)
        )
        opening, closing = draw(st.sampled_from([("{", "}"), ("(", ")")]))
        pieces += [
            draw(BIBTEX),
            f"\n@misc{opening}{key},{listed}{draw(st.sampled_from(['', ',']))}{draw(space)}{closing}",
        ]
    text = "".join([*pieces, draw(BIBTEX)])
    return text.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])), "replace"), draw(
        st.sampled_from(keys)
    )


@settings(deadline=None)
@given(files(), st.sampled_from(["doi", "year", "journal"]), st.sampled_from([DOI, "2016", "Knee"]) | st.text())
def test_whatever_a_registry_says_the_file_reads_as_before_but_for_the_field(
    file: tuple[bytes, str], field: Mended, value: str
) -> None:
    data, key = file
    try:
        before, _ = read_bibtex(data, "x.bib")
    except BibliographyError:
        assume(False)
    rewritten = rewrite(data, [edit(key, field, value)], "x.bib")
    if not rewritten.done:
        assert rewritten.data == data
        return
    after, _ = read_bibtex(rewritten.data, "x.bib")
    assert [one for one in after if one.id != key] == [one for one in before if one.id != key]
    assert [one.id for one in after] == [one.id for one in before]
    (mended,) = (one for one in after if one.id == key)
    assert {"doi": mended.doi, "year": mended.year, "journal": mended.container}[field] == (
        value.lower() if field == "doi" else " ".join(value.split())
    )


@settings(deadline=None)
@given(st.text(alphabet='@{}()"#=,%\\ \t\r\nabc1/._', max_size=40))
def test_a_hostile_value_adds_no_field_and_no_entry(value: str) -> None:
    rewritten = rewrite(
        FILE.encode(), [edit("roe2010", "journal", value), edit("roe2010", "doi", f"10.5555/{value}")], ""
    )
    old, new = (parse_string(data.decode(), parse_stack=[]) for data in (FILE.encode(), rewritten.data))
    assert [type(block) for block in new.blocks] == [type(block) for block in old.blocks]
    names = {field.key for field in new.entries_dict["roe2010"].fields}
    assert names - {"doi"} == {"title", "journal", "year"}


WORK = Source(
    id="doi:10.5555/heat",
    doi="10.5555/heat",
    title="Heat for knees",
    authors=("Roe",),
    year="2014",
    container="Knee Journal",
    said=(Attribution(by="Crossref", fields=("title", "year"), asked="2026-11-22"),),
)
YEAR = Difference(field="year", cited="2010", registered="2014")
JOURNAL = Difference(field="container", cited="Hip News", registered="Knee Journal")
TITLE = Difference(field="title", cited="Heat for knees", registered="Heat for toes")


def mended(status: ResolutionStatus, *differences: Difference, source: Source = WORK, **fields: object) -> list[str]:
    known: dict[str, object] = {"title": "Heat for knees"} | fields
    reference = Reference(id="a", position=1, text="", source=source.id, **known)  # type: ignore[arg-type]
    resolution = Resolution(reference="a", source=source.id, status=status, said_by="Crossref", differences=differences)
    return [f"{one.field}={one.value}" for one in edits_for(reference, resolution, source)]


@pytest.mark.parametrize(
    ("status", "differences", "edits"),
    [
        ("verified", (), ["doi=10.5555/heat"]),
        ("metadata differs", (YEAR, JOURNAL), ["doi=10.5555/heat", "year=2014", "journal=Knee Journal"]),
        ("verified", (Difference(field="year", cited="2013", registered="2014"),), ["doi=10.5555/heat"]),
        ("metadata differs", (TITLE, YEAR), []),
        ("metadata differs", (Difference(field="author", cited="Poe", registered="Roe"), YEAR), []),
        ("another work", (), []),
        ("ambiguous", (), []),
        ("unreachable", (), []),
        ("not attempted", (), []),
    ],
)
def test_only_what_a_registry_confirmed_is_mended(
    status: ResolutionStatus, differences: tuple[Difference, ...], edits: list[str]
) -> None:
    assert mended(status, *differences) == edits


def test_what_is_open_between_versions_or_registries_is_not_mended() -> None:
    doi = ["doi=10.5555/heat"]
    kinds: tuple[NoticeKind, ...] = ("preprint", "published version", "new version")
    for kind in kinds:
        notice = Notice(kind=kind, said_by=("Crossref",), doi="10.5555/other")
        assert mended("metadata differs", YEAR, JOURNAL, source=changed(notices=(notice,))) == doi
    assert mended("metadata differs", YEAR, source=changed(type="posted-content")) == doi
    disputed = (Disagreement(field="year", says=(("Crossref", "2014"), ("PubMed", "2010"))),)
    assert mended("metadata differs", YEAR, source=changed(disagreements=disputed)) == doi
    assert mended("metadata differs", YEAR, source=changed(said=())) == doi
    assert mended("metadata differs", YEAR, title="") == doi


def changed(**fields: object) -> Source:
    return msgspec.structs.replace(WORK, **fields)
