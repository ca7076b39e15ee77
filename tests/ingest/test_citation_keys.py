"""Citation keys of pandoc, Quarto and Manubot: what they name, and what the article then rests on."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ingest.bibliography import Gathered, gather_references
from ingest.citations import find_citations
from ingest.citekeys import cited_keys, defined_keys, normal
from ingest.read import read_bytes
from kb.model import Citation

ARTICLE = """\
---
title: Warmth and knees
date: 3 May 2021
---

Warmth eases pain for a day [@doi:10.1000/ABC; see @tag:roe, p. 3]. As @arxiv:2101.00001v2 [p. 4] found, it is safe.
Others disagree [-@{url:https://example.org/a(b)}], and so does @pmid:18436948. Write to me@example.org or @someone.

The same trial was cited before [@doi:10.1000/abc], and one is missing [@tag:nobody].

[@tag:roe]: doi:10.1000/roe
[@tag:unused]: pmid:1
"""


def audited(text: str, path: Path) -> tuple[Gathered, list[Citation]]:
    reading = read_bytes(text.encode(), path.name)
    gathered = gather_references(reading, path)
    return gathered, find_citations(reading, gathered.references, gathered.aliases)


def test_keys_name_works_whether_defined_or_not(tmp_path: Path) -> None:
    gathered, citations = audited(ARTICLE, tmp_path / "a.md")
    assert [(one.text, one.references, one.missing) for one in citations] == [
        ("[@doi:10.1000/ABC; see @tag:roe, p. 3]", ("doi:10.1000/abc", "doi:10.1000/roe"), ()),
        ("@arxiv:2101.00001v2 [p. 4]", ("arxiv:2101.00001v2",), ()),
        ("[-@{url:https://example.org/a(b)}]", ("url:https://example.org/a(b)",), ()),
        ("@pmid:18436948", ("pmid:18436948",), ()),
        ("[@doi:10.1000/abc]", ("doi:10.1000/abc",), ()),
        ("[@tag:nobody]", (), ("tag:nobody",)),
    ]
    assert [one.source for one in gathered.references] == [
        "doi:10.1000/abc",
        "doi:10.1000/roe",
        "doi:10.48550/arxiv.2101.00001",
        gathered.references[3].source,
        "pmid:18436948",
    ]
    assert gathered.references[3].url == "https://example.org/a(b)"


def test_definitions_are_no_text_and_no_entries() -> None:
    article = read_bytes(ARTICLE.encode(), "a.md").article
    left = [(block.line, block.why) for block in article.blocks if block.why]
    assert left == [(11, "defines a citation key"), (12, "defines a citation key")]
    assert article.date == "2021-05-03"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[@a]", [(("a",), False)]),
        ("[see @a, pp. 3-5; also -@b]", [(("a", "b"), False)]),
        ("@a [p. 3] says", [(("a",), True)]),
        ("-@a", [(("a",), True)]),
        ("@a.", [(("a",), True)]),
        ("[@doi:10.1002/x.y_z-1]", [(("doi:10.1002/x.y_z-1",), False)]),
        ("[@{a b}]", []),
        ("[@user](https://example.org)", []),
        ("[@a]: doi:10.1000/1", []),
        ("me@example.org", []),
        ("[me@example.org]", []),
        (r"\@a", []),
    ],
)
def test_what_is_a_key(text: str, found: list[tuple[tuple[str, ...], bool]]) -> None:
    assert [(one.keys, one.bare) for one in cited_keys(text, [(0, len(text))])] == found


@pytest.mark.parametrize(
    ("key", "standard"),
    [
        ("doi:10.1000/ABC", "doi:10.1000/abc"),
        ("DOI:https://doi.org/10.1000/abc", "doi:10.1000/abc"),
        ("pmc:PMC12", "pmcid:PMC12"),
        ("pubmed:12", "pmid:12"),
        ("doi:10/ABC12", "doi:10/abc12"),
        ("wikidata:Q12", "wikidata:Q12"),
        ("pmcid:PMC12", "pmcid:PMC12"),
        ("isbn:0-306-40615-2", "isbn:9780306406157"),
        ("https://example.org/x", "url:https://example.org/x"),
        ("doi:none", "doi:none"),
        ("Roe2016", "Roe2016"),
        ("fig:one", "fig:one"),
    ],
)
def test_a_key_has_one_normal_form(key: str, standard: str) -> None:
    assert normal(key) == standard
    assert normal(standard) == standard


def test_cross_references_are_no_citations_that_lead_nowhere(tmp_path: Path) -> None:
    _, citations = audited("Heat helps [@fig:one; @roe], and cold too [@tbl-two].\n", tmp_path / "a.qmd")
    assert [(one.references, one.missing) for one in citations] == [((), ("roe",)), ((), ())]


def test_only_definitions_that_name_a_work_count() -> None:
    assert [key for _, _, key, _ in defined_keys("[@a]: doi:10.1000/1\n[@b]: see above\n [@c]: @pmid:3\n")] == [
        "a",
        "c",
    ]


def test_deep_review_links_every_key_to_the_work_that_its_authors_meant(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data" / "manuscripts" / "deep-review"
    with (folder / "citations.tsv").open(encoding="utf-8") as file:
        standard = {normal(row["input_id"]): normal(row["standard_id"]) for row in csv.DictReader(file, delimiter="\t")}
    parts = [*sorted(folder.glob("content/0*.md")), folder / "content" / "90.back-matter.md"]
    gathered, citations = audited("".join(part.read_text("utf-8") for part in parts), tmp_path / "review.md")
    by_key = [one for one in citations if "@" in one.text]
    links = [(key, name) for one in by_key for key, name in zip(_keys(one.text), one.references, strict=True)]
    assert len(links) == 844
    works = {one.id: {one.id, f"doi:{one.doi}", f"pmid:{one.pmid}"} for one in gathered.references}
    assert [(key, name) for key, name in links if standard[key] not in works[name]] == []
    assert not [one.missing for one in by_key if one.missing]


def _keys(marker: str) -> list[str]:
    return list(dict.fromkeys(key for one in cited_keys(marker, [(0, len(marker))]) for key in one.keys))


def test_a_key_that_is_defined_by_a_doi_means_the_entry_of_the_list_that_has_it(tmp_path: Path) -> None:
    listed = "Warmth eases pain [@tag:roe].\n\n[@tag:roe]: doi:10.1000/roe\n\n## References\n\n"
    gathered, (citation,) = audited(f"{listed}1. Roe A. Warmth. J Knees. 2010. doi:10.1000/roe\n", tmp_path / "a.md")
    assert citation.references == tuple(one.id for one in gathered.references)
    assert len(gathered.references) == 1
