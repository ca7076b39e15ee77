"""A BibTeX file → references and messages. All works here are made up."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.references.bibtex import read_bibtex
from ingest.references.bibtex_values import LONGEST
from kb.errors import BibliographyError
from tests.costs import assert_within

GOOD = r"""
@string{jbc = "Journal of Back Care"}
@article{okafor2014,
  author   = {Okafor, Nia and {World Health Organization} and van der Lind, Piet and M{\"u}ller, Jan and others},
  title    = {The {GLIDE} trial: {\'e}vidence},
  journal  = jbc # ", Series B",
  year     = 2014,
  doi      = {https://doi.org/10.1000/ABC\_1},
  pmid     = {123456},
  keywords = {pain, knee; nerves},
  abstract = {Pain fell by 30\% in R&D.},
  url      = {https://example.org/a?b=1&c=2},
}
"""


def test_fields_of_a_good_entry() -> None:
    references, messages = read_bibtex(GOOD.encode(), "references.bib")
    assert messages == []
    (reference,) = references
    assert (reference.id, reference.label, reference.position) == ("okafor2014", "okafor2014", 1)
    assert reference.authors == ("Okafor", "World Health Organization", "van der Lind", "Müller")
    assert (reference.year, reference.title) == ("2014", "The GLIDE trial: évidence")
    assert reference.container == "Journal of Back Care, Series B"
    assert (reference.doi, reference.pmid, reference.source) == ("10.1000/abc_1", "123456", "doi:10.1000/abc_1")
    assert reference.keywords == ("pain", "knee", "nerves")
    assert reference.abstract == "Pain fell by 30% in R&D."
    assert reference.url == "https://example.org/a?b=1&c=2"
    assert (reference.type, reference.origin, reference.line) == ("article", "references.bib", None)


@pytest.mark.parametrize(
    ("entry", "keys", "message"),
    [
        ("@article{a, title = {Unclosed {brace}, year = 2011\n", ["z"], "x.bib:1: entry 'a' could not be read"),
        ("@article{a, title = {One} year = {2011}}\n", ["a", "z"], "x.bib:1: entry 'a' lacks a comma before 'year'"),
        ("@article{a, title = {One}}\n@article{a, title = {Two}}\n", ["a", "z"], "x.bib:2: key 'a' is used in line 1"),
        ("@article{a, title = {One}, title = {Two}}\n", ["a", "z"], "x.bib:1: entry 'a' gives title twice"),
        ("@article{a, title = {One}, doi = {11.1/x}}\n", ["a", "z"], "“11.1/x” is no DOI"),
        ("@article{a, title = {One}, doi = {10/aabbe}}\n", ["a", "z"], "“10/aabbe” is a short DOI"),
    ],
)
def test_good_entries_survive_bad_ones_and_each_bad_one_is_told(entry: str, keys: list[str], message: str) -> None:
    references, messages = read_bibtex(f"{entry}@book{{z, title = {{Last}}}}".encode(), "x.bib")
    assert [reference.id for reference in references] == keys
    assert len(messages) == 1
    assert message in messages[0]
    assert ";" in messages[0]
    assert "\n" not in messages[0]
    assert all(reference.title in ("One", "Last") for reference in references)


def test_what_a_missing_comma_swallowed_is_read() -> None:
    (reference,), _ = read_bibtex(b"@book{a, title = {One} year = {2011}, doi = {10.1000/x}}", "x.bib")
    assert (reference.title, reference.year, reference.doi) == ("One", "2011", "10.1000/x")


def test_a_file_in_another_encoding_is_read_and_told() -> None:
    (reference,), (message,) = read_bibtex("@book{a, title = {Café}}".encode("cp1252"), "x.bib")
    assert reference.title == "Café"
    assert message.startswith("x.bib:1: not UTF-8")


def test_an_empty_file_is_told() -> None:
    references, messages = read_bibtex(b" \n", "x.bib")
    assert references == []
    assert messages == ["x.bib: the file is empty; add entries, or leave it out"]


@pytest.mark.parametrize("data", [b"Dear reader, this is a letter.", b"\x89PNG\0\0", b"@"])
def test_a_file_that_is_no_bibliography(data: bytes) -> None:
    with pytest.raises(BibliographyError, match=r"^x\.bib: .+; name a (bibliography, such as a )?\.bib file") as caught:
        read_bibtex(data, "x.bib")
    assert "\n" not in str(caught.value)


def test_strings_that_double_one_another_do_not_grow_without_end() -> None:
    names = [f"s{number}" for number in range(30)]
    doubling = "".join(f"@string{{{new} = {' # '.join([old] * 10)}}}\n" for old, new in pairwise(names))
    data = f'@string{{s0 = "aaaaaaaaaa"}}\n{doubling}@book{{a, title = s29 # s29}}'.encode()
    (reference,), _ = read_bibtex(data, "x.bib")
    assert 0 < len(reference.title) <= LONGEST


@pytest.mark.parametrize(
    "data", [b"@article{a,title={" + b"{" * 50_000, b"@a{b,c=d#" * 10_000, b"@article{a,title=" + b"a#" * 50_000]
)
def test_hostile_files_take_no_time(data: bytes) -> None:
    assert_within(2, lambda: read_bibtex(data, "x.bib"))


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(alphabet='@{}"#=,\\ \nabc1', max_size=300).map(str.encode))
def test_any_bytes_give_references_or_one_plain_error(data: bytes) -> None:
    try:
        references, messages = read_bibtex(data, "x.bib")
    except BibliographyError:
        return
    assert len({reference.id for reference in references}) == len(references)
    assert all("\n" not in message for message in messages)
