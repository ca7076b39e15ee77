"""An article's own list and its bibliography file, brought together. All works here are made up."""

from __future__ import annotations

from ingest.references.bibtex import read_bibtex
from ingest.references.listed import parse_reference_list
from ingest.references.merge import merge

BIB = b"""
@article{glide, author = {Okafor, Nia}, title = {Nerve gliding for leg pain}, journal = {Gait}, year = 2014,
  doi = {10.1000/glide}, abstract = {Pain fell.}, keywords = {pain}}
@article{extra, author = {Doe, Jane}, title = {Never listed in the article}, year = 2001}
"""


def test_an_entry_without_a_label_takes_the_key_and_gains_what_it_lacks() -> None:
    text = "Okafor N (2014). Nerve gliding for leg pain. Gait 3: 1-9."
    listed = parse_reference_list(text, 0, len(text), 7)
    bibliography, _ = read_bibtex(BIB, "x.bib")
    merged = merge(listed, bibliography)
    (reference,) = merged.references
    assert (reference.id, reference.label, reference.line, reference.position) == ("glide", "", 7, 1)
    assert (reference.text, reference.start, reference.end) == (text, 0, len(text))
    assert (reference.doi, reference.source) == ("10.1000/glide", "doi:10.1000/glide")
    assert (reference.abstract, reference.keywords) == ("Pain fell.", ("pain",))
    assert reference.origin == "reference list"
    assert [other.id for other in merged.unlisted] == ["extra"]
    assert merged.aliases == ()


def test_an_entry_with_a_label_keeps_it_and_the_key_is_an_alias() -> None:
    text = "1. Okafor N. Gliding in short. doi:10.1000/glide\n2. Poe E. Another work of another year. Gait 1999;1:2-3."
    listed = parse_reference_list(text, 0, len(text), 1)
    bibliography, _ = read_bibtex(BIB, "x.bib")
    merged = merge(listed, bibliography)
    assert [reference.id for reference in merged.references] == ["1", "2"]
    assert merged.references[1] == listed[1]
    assert merged.references[0].title == listed[0].title
    assert merged.aliases == (("glide", "1"),)


def test_a_made_id_gives_way_to_a_key_of_the_bibliography() -> None:
    text = "Doe J (2001). A work that the bibliography lacks. Gait 3: 1-9."
    listed = parse_reference_list(text, 0, len(text), 1)
    bibliography, _ = read_bibtex(
        b"@book{doe2001, author = {Doe, Ann}, title = {Quite another book}, year = 2001}", "x"
    )
    merged = merge(listed, bibliography)
    assert [reference.id for reference in merged.references] == ["doe2001a"]
    assert [reference.id for reference in merged.unlisted] == ["doe2001"]
