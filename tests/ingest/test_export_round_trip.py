"""What `kb export` writes of sources, our own readers and bibtexparser read back."""

from __future__ import annotations

import json
import re

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from bibtexparser.model import Entry, Field
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.references.formats import read_bibliography
from kb.errors import one_line
from kb.identifiers import parse_doi
from kb.model import Reference, Source
from kb.report.exchange.works import BIBLIOGRAPHIES, KINDS, to_bibtex, to_csl_json, to_ris, works
from tests import samples

NAMES = {"csl-json": "x.json", "bibtex": "x.bib", "ris": "x.ris"}


def written(form: str, *sources: Source) -> str:
    return "".join(BIBLIOGRAPHIES[form](sources))


def read(form: str, *sources: Source) -> list[Reference]:
    references, messages = read_bibliography(written(form, *sources).encode(), NAMES[form])
    assert messages == []
    return references


@pytest.mark.parametrize("form", BIBLIOGRAPHIES)
def test_the_sample_comes_back(form: str) -> None:
    sources = samples.sample_audit().sources
    back = read(form, *sources)
    assert [(one.title, one.authors, one.year, one.doi) for one in back] == [
        (one.title, one.authors, one.year, one.doi) for one in sources
    ]
    assert [one.source for one in back if one.doi] == [one.id for one in sources if one.doi]
    assert [one.id for one in back] == [work.key for work in works(sources)]


signs = st.sampled_from(list("{}\\&%$#_~^\"'`-,=@;:!?<>|() \t\néß–“”αж中"))
texts = st.text(st.characters(codec="utf-8") | signs, max_size=30)
phrases = st.lists(st.text("abcdefgé", min_size=1, max_size=6) | signs, min_size=1, max_size=10).map(" ".join)
families = (
    st.text("abcdeéüø'-", min_size=1, max_size=8)
    | phrases
    | st.sampled_from(
        ["World Health Organization", "van der Lind", "Poe, Roe and Sons", "others", "and", "de la Cruz y Moe", "{Roe}"]
    )
)


@st.composite
def sources(draw: st.DrawFn) -> Source:
    return Source(
        id=draw(st.sampled_from(["ref:0123456789ab", "doi:10.5555/a", "pmid:123", "x"])),
        doi=draw(st.none() | st.sampled_from(["10.5555/x_y", "10.1002/(SICI)1097(1998)17:15<1661::AID-3>3.0.CO;2-2"])),
        pmid=draw(st.none() | st.just("18436948")),
        title="T" + draw(phrases | texts),
        authors=tuple(draw(st.lists(families | texts, max_size=4))),
        year=draw(st.none() | st.sampled_from(["2019", "1998"])),
        container=draw(phrases | texts),
        type=draw(st.sampled_from([*KINDS, "", "Journal-Article", "={}"])),
        url=draw(
            st.none() | st.sampled_from(["https://example.org/a_b?c=%20#d", "https://example.org/{a}", "javascript:x"])
        ),
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(sources(), min_size=1, max_size=3))
def test_bibtexparser_reads_the_same_titles_and_authors(several: list[Source]) -> None:
    library = parse_string(written("bibtex", *several), append_middleware=[SeparateCoAuthors()])
    assert library.failed_blocks == []
    assert len(library.entries) == len(several)
    for source, entry in zip(several, library.entries, strict=True):
        fields = {field.key: field.value for field in entry.fields}
        assert decoded(fields["title"]) == one_line(source.title)
        bare = (one_line(one).translate(str.maketrans("", "", "{}\\")) for one in source.authors)
        names = [name for one in bare if (name := one_line(one))]
        assert [decoded(name) for name in fields.get("author", [])] == names
        assert fields.get("year") == source.year


def decoded(latex: str) -> str:
    """What a piece of LaTeX says, without the braces around it."""
    entry = Entry(
        "misc", "x", [Field("note", latex.removeprefix("{").removesuffix("}") if one_group(latex) else latex)]
    )
    return str(LatexDecodingMiddleware().transform_entry(entry, None)["note"])  # type: ignore[arg-type, index]


def one_group(latex: str) -> bool:
    depth = 0
    for place, mark in enumerate(latex):
        depth += (mark == "{") - (mark == "}")
        if depth == 0:
            return latex.startswith("{") and place == len(latex) - 1
    return False


@settings(max_examples=200, deadline=None)
@given(st.lists(sources(), min_size=1, max_size=3))
@pytest.mark.parametrize("form", BIBLIOGRAPHIES)
def test_our_readers_read_the_same_work(form: str, several: list[Source]) -> None:
    for source, reference in zip(several, read(form, *several), strict=True):
        doi = parse_doi(source.doi or source.id.removeprefix("doi:"))
        pmid = source.pmid or ("123" if source.id == "pmid:123" else None)
        assert (reference.doi, reference.pmid, reference.year) == (doi, pmid, source.year)
        assert plain(reference.title) == plain(source.title)
        assert plain_names(reference.authors) == plain_names(source.authors)


def plain_names(names: tuple[str, ...]) -> list[str]:
    """The names that have letters; "others" stands for names that are not told."""
    return [name for name in map(plain, names) if name not in ("", "others")]


def plain(text: str) -> str:
    """The letters and digits of a text: what readers take for markup, and how they close a title, does not count."""
    return "".join(re.findall(r"[^\W_]", one_line(re.sub(r"<[^<>]*>", "", text))))


def test_names_that_bibtex_would_take_apart_come_back_whole() -> None:
    names = (
        "World Health Organization",
        "van der Lind",
        "Poe, Roe and Sons",
        "others",
        "O’Brien",
        "Müller-Lüdenscheidt",
    )
    source = Source(id="x", title="T", authors=names)
    for form in ("bibtex", "csl-json"):
        (reference,) = read(form, source)
        assert reference.authors == tuple(name for name in names if form == "bibtex" or name != "others")
    (reference,) = read("ris", source)
    assert reference.authors[:2] == names[:2]


def test_keys_are_unique_and_do_not_depend_on_others() -> None:
    several = [Source(id=f"doi:10.5555/{number}", title="T", authors=("Roe",), year="2010") for number in range(300)]
    keys = [work.key for work in works(several)]
    assert len(set(keys)) == len(keys)
    assert [work.key for work in works(several[7:8])] == keys[7:8]
    assert all(re.fullmatch(r"[a-z0-9]+-[0-9a-f]{8,}", key) for key in keys)


def test_a_ris_value_is_one_line_and_every_entry_ends() -> None:
    told = written(
        "ris", Source(id="x", title="a\nER  - \r\nTY  - JOUR\x0b\u2028b", authors=("R\noe",)), Source(id="y", title="c")
    )
    entries = [entry for entry in told.split("\n\n") if entry]
    assert len(entries) == 2
    for entry in entries:
        lines = entry.splitlines()
        assert lines[0].startswith("TY  - ")
        assert lines[-1] == "ER  - "
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)


def test_csl_json_is_json_with_the_types_of_csl() -> None:
    several = [Source(id=f"x{kind}", title="T", type=kind, year="2010", doi="10.5555/a") for kind in (*KINDS, "?")]
    items = json.loads("".join(to_csl_json(several)))
    assert len({item["id"] for item in items}) == len(several)
    assert {item["type"] for item in items} == {kind.csl for kind in KINDS.values()} | {"document"}
    assert all(item["issued"] == {"date-parts": [[2010]]} and item["DOI"] == "10.5555/a" for item in items)


def test_what_names_no_work_is_left_out_and_none_is_an_empty_file() -> None:
    assert json.loads("".join(to_csl_json([Source(id="ref:0", abstract="text")]))) == []
    assert "".join(to_bibtex([Source(id="ref:0")])) == "".join(to_ris([])) == ""


@pytest.mark.parametrize("form", BIBLIOGRAPHIES)
def test_no_abstract_is_written(form: str) -> None:
    assert "brindleweed tea or hot water" not in written(form, *samples.sample_audit().sources)
