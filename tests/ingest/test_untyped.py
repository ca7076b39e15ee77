"""Values out of JSON of any shape, and the packing of identifiers into questions."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.resolve import untyped
from ingest.resolve.packing import packed
from ingest.resolve.telling import telling
from tests.registry_samples import ODD_DOIS


@pytest.mark.parametrize("doi", ODD_DOIS)
def test_a_registry_s_doi_is_taken_as_it_stands(doi: str) -> None:
    assert untyped.doi(doi.encode().upper().decode()) == doi
    assert untyped.doi(f"https://doi.org/{doi}") == doi


@pytest.mark.parametrize(
    "value", [None, 5, "", "10.1000", "10.1000/", "doi:10.1000/a", "11.1000/a", "10.1000/a\x1b[2J", ["10.1000/a"]]
)
def test_what_is_no_doi(value: object) -> None:
    assert untyped.doi(value) is None


@pytest.mark.parametrize(
    ("value", "year"),
    [(2016, "2016"), ("2016", "2016"), ("2016-05-03", "2016"), ("20165", None), (True, None), (99, None), ("x", None)],
)
def test_years(value: object, year: str | None) -> None:
    assert untyped.year(value) == year


@pytest.mark.parametrize(
    ("value", "pmid"),
    [
        ("9500320", "9500320"),
        (9500320, "9500320"),
        ("https://pubmed.ncbi.nlm.nih.gov/9500320", "9500320"),
        ("https://pubmed.ncbi.nlm.nih.gov/9500320/", "9500320"),
        *((value, None) for value in ("0", 0, "PMC12", "", None, True, "12a", "1234567890")),
    ],
)
def test_pubmed_ids(value: object, pmid: str | None) -> None:
    assert untyped.pmid(value) == pmid


@pytest.mark.parametrize(
    ("value", "pmcid"),
    [
        ("PMC2883744", "PMC2883744"),
        ("pmc2883744.2", "PMC2883744"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/4234579", "PMC4234579"),
        *((value, None) for value in ("", "PMC", None, 5, "NIHMS1")),
    ],
)
def test_pubmed_central_ids(value: object, pmcid: str | None) -> None:
    assert untyped.pmcid(value) == pmcid


def test_a_telling_names_what_it_holds_and_needs_an_identifier() -> None:
    work = telling("Teller", "2026-05-01", doi=None, pmid="12", title="Heat", year=None, authors=())
    assert work is not None
    assert (work.id, work.said[0].fields) == ("pmid:12", ("pmid", "title"))
    assert telling("Teller", None, doi=None, title="Heat") is None


@given(st.lists(st.text(min_size=1, max_size=30)), st.integers(1, 5), st.integers(1, 40))
def test_packs_keep_order_count_and_room(ids: list[str], most: int, room: int) -> None:
    packs = list(packed(ids, most=most, room=room, length=len))
    assert [one for pack in packs for one in pack] == [one for one in dict.fromkeys(ids) if len(one) <= room]
    assert all(0 < len(pack) <= most and sum(map(len, pack)) <= room for pack in packs)
    for before, after in pairwise(packs):
        assert len(before) == most or sum(map(len, before)) + len(after[0]) > room
