"""The reference list of an article → its references. All works here are made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.references.listed import parse_reference_list
from kb.language.digests import source_id
from kb.model import Reference

APA = """
Okafor, N. (2016). Leg pain and nerves in general practice and
beyond. Stride Press. https://doi.org/10.1000/book.1
Al Sayed, Z. T. A., & Lind, P. (2003). The effect of chronic
leg pain on the knee. Gait Journal, 2003(2).
    https://doi.org/10.1000/gj.2003
World Health Organization. (2010). Guidance on
leg pain. Geneva: WHO.
"""


def parse(text: str, line: int = 1) -> list[Reference]:
    return parse_reference_list(text, 0, len(text), line)


@pytest.mark.parametrize(
    ("text", "labels", "families"),
    [
        (APA, ["", "", ""], ["Okafor", "Al Sayed", "World Health Organization"]),
        (
            "Okafor, N. (2016). Leg pain in\ngeneral practice.\n\nLind, P. (2003). The effect of\npain. Gait, 7, 3-9.",
            ["", ""],
            ["Okafor", "Lind"],
        ),
        (
            "Okafor N (2016). Leg pain. Gait 7: 3-9.\nLind P (2003). More pain. Gait 8: 3-9.",
            ["", ""],
            ["Okafor", "Lind"],
        ),
        (
            "1. Okafor N. Leg pain today. Gait 2000;1:1-2. 2. Lind P, Doe J. More pain. Gait 2001;3:4-9. "
            "3. Poe E. Less pain. Gait 2002;4:1-3.",
            ["1", "2", "3"],
            ["Okafor", "Lind", "Poe"],
        ),
        ("[1] Okafor N. Leg pain today. 2000 [2] Lind P. More pain. 2001.", ["1", "2"], ["Okafor", "Lind"]),
        (
            "1. Okafor N. Leg pain that goes on. Gait\n2000;1:1-2.\n2. Lind P. More pain. Gait\n   2001;3:4-9.",
            ["1", "2"],
            ["Okafor", "Lind"],
        ),
        ("1) Okafor N. Leg pain. 2000.\n2) Lind P. More pain. 2001.", ["1", "2"], ["Okafor", "Lind"]),
        ("(1) Okafor N. Leg pain. 2000.\n(2) Lind P. More pain. 2001.", ["1", "2"], ["Okafor", "Lind"]),
        ("¹ Okafor N. Leg pain. 2000.\n² Lind P. More pain. 2001.", ["1", "2"], ["Okafor", "Lind"]),
        ("1\tOkafor N. Leg pain. 2000.\n2\tLind P. More pain. 2001.", ["1", "2"], ["Okafor", "Lind"]),
        ("1\\. Okafor N. Leg pain. 2000.\n2\\. Lind P. More pain. 2001.", ["1", "2"], ["Okafor", "Lind"]),
        ("1. Okafor N. Leg pain. 2000.\n1. Lind P. More pain. 2001.", ["1", "2"], ["Okafor", "Lind"]),
        ("1. Okafor N. Leg pain. 2000.\n3. Lind P. More pain. 2001.", ["1", "3"], ["Okafor", "Lind"]),
        ("- Okafor N. Leg pain. 2000.\n* Lind P. More\n  pain. 2001.", ["", ""], ["Okafor", "Lind"]),
        ("[^a]: Okafor N. Leg pain. 2000.\n[^2]: Lind P. More\n    pain. 2001.", ["a", "2"], ["Okafor", "Lind"]),
        ("[Oka00] Okafor N. Leg pain. 2000.\n[LD+01] Lind P. More pain. 2001.", ["Oka00", "LD+01"], ["Okafor", "Lind"]),
        ("1. 1 Okafor N Leg pain. Gait 2000 1 2 3", ["1"], ["Okafor"]),
        ("Okafor N. Leg pain in 12 men. Gait 2000;1:1-2.", [""], ["Okafor"]),
        ("## Books\n\nOkafor N (2016). Leg pain.\n\n---\n", [""], ["Okafor"]),
        ("Okafor, N. (2001). One thing.\n———. (2003). Two things.", ["", ""], ["Okafor", "Okafor"]),
        (
            "1. Okafor N. Leg pain\ntoday. Gait 2000;1:1-2. 2.\nvan Lind P, Doe J. More pain. doi: 3. Poe E. Less\n"
            "pain. Gait 2002;4:1-3. 4. (2001). Walking. Gait 3:\n4-9.",
            ["1", "2", "3", "4"],
            ["Okafor", "van Lind", "Poe", ""],
        ),
        (
            "Okafor N, Lind P (2000). Leg pain today. Gait 1: 1-2. Lind P, Doe J, et al. (2001a). More pain. See Roe. "
            "Gait 3: 4-9. WalkWell Group (2002). How to walk. van Poe, E. & Roe, J. (Eds.). (2003). Less pain. Leeds.",
            ["", "", "", ""],
            ["Okafor", "Lind", "WalkWell Group", "van Poe"],
        ),
        (
            "Okafor N, Lind P (2000). Leg pain\ntoday. Gait 1: 1-2. Lind P, Doe J\n(2001). More pain. Gait 3: 4-9.\n"
            "Poe E (2002). Less pain. Gait 2:\n4-9.",
            ["", "", ""],
            ["Okafor", "Lind", "Poe"],
        ),
        (
            "Okafor N. Leg pain today, in\n    Gait 1, 2000.\nLind P. More pain. In Doe J,\n    Gait 3, 2001.",
            ["", ""],
            ["Okafor", "Lind"],
        ),
        ("", [], []),
        (" \n\n ", [], []),
    ],
)
def test_entries_of_every_layout(text: str, labels: list[str], families: list[str]) -> None:
    references = parse(text)
    assert [reference.label for reference in references] == labels
    assert [next(iter(reference.authors), "") for reference in references] == families
    assert [reference.position for reference in references] == list(range(1, len(labels) + 1))


def test_places_are_those_of_the_article() -> None:
    before = "Text of the article.\n\nReferences\n"
    references = parse_reference_list(before + APA + "After.", len(before), len(before + APA), 4)
    text = before + APA
    assert [reference.line for reference in references] == [5, 7, 10]
    for reference in references:
        passage = text[reference.start : reference.end]
        assert passage == passage.strip()
        assert reference.text == " ".join(passage.split())
    assert references[1].doi == "10.1000/gj.2003"


def test_ids_are_the_authors_own_or_made_and_never_repeat() -> None:
    made = parse("Lind P (2001). One thing.\nLind P (2001). Two things.\nLind P (2001). Three.\n12 steps to take.")
    assert [reference.id for reference in made] == ["lind2001", "lind2001a", "lind2001b", "ref4"]
    repeated = parse("1. Lind P (2001). One.\n2. Okafor N (2002). Two.\n2. Doe J (2003). Three.")
    assert [reference.id for reference in repeated] == ["1", "2", "doe2003"]


def test_the_source_is_the_doi_else_the_pmid_else_a_hash_of_the_words() -> None:
    doi, pmid, bare = parse("1. Lind P. One. doi:10.1000/One.\n2. Lind P. Two. PMID: 123.\n3. Lind P. Three things.")
    assert doi.source == "doi:10.1000/one"
    assert pmid.source == "pmid:123"
    assert bare.source == source_id(None, None, "3. lind p — three THINGS")
    assert bare.source.startswith("ref:")
    assert len(bare.source) == len("ref:") + 12


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=500), st.text(max_size=50))
def test_offsets_are_in_bounds_ordered_and_apart(before: str, block: str, after: str) -> None:
    check(before, block, after)


@settings(deadline=None)
@given(
    st.text(max_size=20),
    st.lists(
        st.sampled_from(
            ["1. ", "2. ", "[3] ", "\n", "\n\n", "- ", "Lind P. ", "A title. ", "2001;", "[^a]: ", "# x", "  "]
        )
    ).map("".join),
    st.text(max_size=20),
)
def test_offsets_of_lists_of_pieces(before: str, block: str, after: str) -> None:
    check(before, block, after)


def check(before: str, block: str, after: str) -> None:
    start, end = len(before), len(before) + len(block)
    references = parse_reference_list(before + block + after, start, end, 1)
    at = start
    for reference in references:
        assert reference.start is not None
        assert reference.end is not None
        assert at <= reference.start < reference.end <= end
        assert reference.line == 1 + (before + block).count("\n", start, reference.start)
        at = reference.end
    assert len({reference.id for reference in references}) == len(references)


def test_the_article_that_the_project_began_with(shared: Path) -> None:
    text = (shared / "articles" / "sciatica-knee-pain.txt").read_text(encoding="utf-8")
    start = text.index("\nReferences\n") + len("\nReferences\n")
    end = text.index("\n\n\n", start)
    references = parse_reference_list(text, start, end, text.count("\n", 0, start) + 1)
    assert [(reference.authors, reference.year, reference.doi) for reference in references] == [
        (("Sharp",), "2016", "10.1093/med/9780199665549.003.0054"),
        (("Al Kutobi", "Al Omari"), "2003", "10.5339/qmj.2003.2.10"),
        (("Bilal", "Khan"), "2016", "10.4236/pp.2016.78040"),
    ]


def test_every_entry_of_published_articles_is_found(shared: Path) -> None:
    """On the articles of the linking data: as many entries as the publisher lists, each with the publisher's text."""
    read = without_name_or_year = 0
    for path in sorted((shared / "data" / "linking").glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")
        start = text.rindex("\nReferences\n") + len("\nReferences\n")
        references = parse_reference_list(text, start, len(text), 1)
        assert len(references) == gold["n_refs"], path.name
        for reference, entry in zip(references, gold["refs"], strict=True):
            printed = " ".join(entry["text"].split())
            assert reference.text.endswith(printed), path.name
            without_name_or_year += not (reference.authors and reference.year)
        read += len(references)
    assert read > 4000
    assert without_name_or_year < 0.025 * read
