"""Entries are taken out of a BibTeX file where nothing is lost, and no byte besides. All works here are made up."""

from __future__ import annotations

import pytest

from ingest.references.bibtex_removal import without
from kb.errors import BibliographyError

FILE = """% My list — kept by hand
@string{kj = "Knee Journal"}

@article{roe,
  title   = {Heat for {K}nees},
  author  = {Roe, Jane and M{\\"u}ller, K.},
  journal = kj,
  year    = 2010,
  doi     = {10.5555/a(1)<2>},
}

@Article{ roe2 ,
\ttitle = "Heat for knees", author = {Roe, Jane and Müller, K}, journal = {Knee Journal}, year = "2010",
\tdoi = {https://doi.org/10.5555/A(1)%3C2%3E}
}

@book{other, title = {Ice (.*)+ $^}}
"""
AFTER = FILE[: FILE.index("@Article")] + FILE[FILE.index("@book") :]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_entry_goes_and_no_other_byte(line_end: str, codec: str) -> None:
    before, after = (text.replace("\n", line_end).encode(codec) for text in (FILE, AFTER))
    removed = without(before, [("roe", "roe2")], "x.bib")
    assert (removed.data, removed.done, removed.left) == (after, ("roe2",), ())
    assert without(after, [], "x.bib").data == after


@pytest.mark.parametrize(
    ("first", "later", "why"),
    [
        ("@article{a, title={T}}", "@article{b, title={T}, note={read}}", "it says more: note"),
        ("@article{a, title={T}, note={}}", "@article{b, title={T}, note={read}}", "it says more: note"),
        ("@article{a, title={T}, year=2010}", "@article{b, title={T}, year=2011}", "different things: year"),
        ("@article{a, title={T}, url={x.org/A}}", "@article{b, title={T}, url={x.org/a}}", "different things: url"),
        ("@article{a, title={T}}", "@book{b, title={T}}", "different types"),
        ("@article{a, title={T}, year=1, year=2}", "@article{b, title={T}}", "faults of its own"),
        ("@article{a, title={T}}\n@article{c, crossref={b}}", "@article{b, title={T}}", "points to it"),
        ("@article{a, title={T}}\n@article{c, related={x, b}}", "@article{b, title={T}}", "points to it"),
    ],
)
def test_an_entry_that_says_something_stays(first: str, later: str, why: str) -> None:
    data = f"{first}\n{later}\n".encode()
    removed = without(data, [("a", "b")], "x.bib")
    assert (removed.data, removed.done) == (data, ())
    assert [key for key, words in removed.left if why in words] == ["b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@misc{a, title={T}}\n@misc{b, title={T}}", "@misc{a, title={T}}"),
        ("@misc{a, title={T}}\n\n\n@misc{b, title={T}}\n", "@misc{a, title={T}}\n"),
        ("@misc{b, title={T}}\n\n@misc{a, title={T}}\n", "@misc{a, title={T}}\n"),
        ("@misc{a, title={T}} @misc{b, title={T}}\nx\n", "@misc{a, title={T}} \nx\n"),
        ("@misc{a, title={T}}\n@misc{b, title={T}} % b\n", "@misc{a, title={T}}\n % b\n"),
        ("@misc{a, title={T}}\n@misc{b, title={T}}\n@misc{c, title={T}}\n", "@misc{a, title={T}}\n"),
    ],
)
def test_empty_lines_go_with_the_entry(text: str, expected: str) -> None:
    pairs = [("a", key) for key in "bc" if f"{{{key}," in text]
    assert without(text.encode(), pairs, "x.bib").data.decode() == expected


def test_a_file_that_is_cut_off_is_refused() -> None:
    with pytest.raises(BibliographyError, match=r"x\.bib: ends amid a character"):
        without(FILE.encode("utf-16")[:-1], [("roe", "roe2")], "x.bib")


def test_many_entries_go_at_once() -> None:
    entries = [f"@misc{{k{number}, title = {{Title {number // 2}}}}}\n" for number in range(2000)]
    pairs = [(f"k{number}", f"k{number + 1}") for number in range(0, 2000, 2)]
    assert without("".join(entries).encode(), pairs, "x.bib").data == "".join(entries[::2]).encode()
