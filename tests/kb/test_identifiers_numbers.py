"""PMIDs, PMCIDs, arXiv identifiers and ISBNs: what is accepted and what is not, in fields and in running text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.identifiers import (
    arxiv_doi,
    arxiv_url,
    find_arxiv,
    find_isbn,
    find_pmcid,
    find_pmid,
    parse_arxiv,
    parse_doi,
    parse_isbn,
    parse_pmcid,
    parse_pmid,
    pmcid_url,
    pmid_url,
)

PMIDS: list[tuple[str, str | None]] = [
    ("PMID: 18436948", "18436948"),
    ("PMID 18436948.", "18436948"),
    ("pmid:18436948", "18436948"),
    ("PMID18436948", "18436948"),
    ("PMID = 1", "1"),
    ("PMID: 00012345", "12345"),
    ("PubMed PMID: 18436948; PMCID: PMC2323232", "18436948"),
    ("[PubMed: 18436948]", "18436948"),
    ("PubMed ID: 18436948", "18436948"),
    ("info:pmid/18436948", "18436948"),
    ("identifiers.org/pubmed:18436948", "18436948"),
    ("https://pubmed.ncbi.nlm.nih.gov/18436948/", "18436948"),
    ("https://pubmed.ncbi.nlm.nih.gov/18436948/?from=x", "18436948"),
    ("https://pubmed.ncbi.nlm.nih.gov/?term=18436948", "18436948"),
    ("http://www.ncbi.nlm.nih.gov/pubmed/18436948", "18436948"),
    ("https://www.ncbi.nlm.nih.gov/m/pubmed/18436948/", "18436948"),
    ("www.ncbi.nlm.nih.gov/pubmed/?term=18436948", "18436948"),
    ("http://www.ncbi.nlm.nih.gov/entrez/query.fcgi?cmd=Retrieve&db=PubMed&list_uids=18436948&dopt=A", "18436948"),
    ("https://europepmc.org/article/MED/18436948", "18436948"),
    ("PMID: 123456789", None),
    ("PMID: 0", None),
    ("PMID: PMC2323232", None),
    ("PMC2323232", None),
    ("found in PubMed 2019", None),
    ("PubMed, 18436948 hits", None),
    ("https://pubmed.ncbi.nlm.nih.gov/?term=18436948abc", None),
    ("https://pubmed.example/18436948", None),
    ("XPMID: 18436948", None),
    ("", None),
]
PMCIDS: list[tuple[str, str | None]] = [
    ("PMC2323232", "PMC2323232"),
    ("pmc2323232", "PMC2323232"),
    ("PMC2323232.1", "PMC2323232"),
    ("PMC 2323232;", "PMC2323232"),
    ("PMCID: PMC2323232.", "PMC2323232"),
    ("PMCID: 2323232", "PMC2323232"),
    ("[PMC free article: PMC2323232]", "PMC2323232"),
    ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2323232/pdf/x.pdf", "PMC2323232"),
    ("https://pmc.ncbi.nlm.nih.gov/articles/PMC2323232/", "PMC2323232"),
    ("https://europepmc.org/articles/PMC2323232", "PMC2323232"),
    ("https://europepmc.org/article/PMC/2323232", "PMC2323232"),
    ("PMID: 2323232", None),
    ("PMC", None),
    ("PMC0", None),
    ("PMC1234567890", None),
    ("PMC2323232b", None),
    ("APMC2323232", None),
    ("", None),
]
ARXIVS: list[tuple[str, str | None]] = [
    ("arXiv:2101.00001", "2101.00001"),
    ("arXiv:2101.00001v2 [cs.LG]", "2101.00001v2"),
    ("arxiv: 0704.0001", "0704.0001"),
    ("arXiv preprint arXiv:2101.00001, 2021.", "2101.00001"),
    ("arXiv e-print 2101.00001", "2101.00001"),
    ("arXiv 2101.00001", "2101.00001"),
    ("https://arxiv.org/abs/2101.00001v12", "2101.00001v12"),
    ("https://arxiv.org/pdf/2101.00001.pdf", "2101.00001"),
    ("http://export.arxiv.org/abs/hep-th/9901001v3", "hep-th/9901001v3"),
    ("https://doi.org/10.48550/arXiv.2101.00001", "2101.00001"),
    ("10.48550/arxiv.hep-th/9901001", "hep-th/9901001"),
    ("arXiv:hep-th/9901001", "hep-th/9901001"),
    ("Phys. Rev. D, hep-th/9901001.", "hep-th/9901001"),
    ("math.GT/0309136", "math/0309136"),
    ("[cond-mat/0701001V2]", "cond-mat/0701001v2"),
    ("arXiv:2113.00001", None),
    ("arXiv:2101.001", None),
    ("arXiv:2101.000001", None),
    ("arXiv:0601.0001", None),
    ("hep-th/9913001", None),
    ("hep-th/990100", None),
    ("xhep-th/9901001", None),
    ("maths/0309136", None),
    ("see 2101.00001", None),
    ("10.1000/arxiv.x", None),
    ("", None),
]
ISBNS: list[tuple[str, str | None]] = [
    ("ISBN 0-306-40615-2", "9780306406157"),
    ("ISBN: 0306406152", "9780306406157"),
    ("ISBN-10: 0-306-40615-2", "9780306406157"),
    ("ISBN 080442957X", "9780804429573"),
    ("isbn 0-8044-2957-x.", "9780804429573"),
    ("ISBN 978-0-306-40615-7", "9780306406157"),
    ("ISBN-13: 9780306406157", "9780306406157"),
    ("ISBN 13: 978 0 306 40615 7,", "9780306406157"),
    ("ISBN 978–0–306–40615–7", "9780306406157"),
    ("ISBN (print): 978-0-306-40615-7", "9780306406157"),
    ("urn:isbn:9780306406157", "9780306406157"),
    ("ISBN 979-10-90636-07-1", "9791090636071"),
    ("ISBN 0-306-40615-3; ISBN 0-306-40615-2", "9780306406157"),
    ("ISBN 0-306-40615-3", None),
    ("ISBN 978-0-306-40615-8", None),
    ("ISBN 977-0-306-40615-7", None),
    ("ISBN 978-0-306-40615", None),
    ("ISBN 03064061522", None),
    ("ISBN X306406152", None),
    ("ISSN 0306-4061", None),
    ("", None),
]


@pytest.mark.parametrize(
    ("find", "parse", "text", "found"),
    [
        *((find_pmid, parse_pmid, *row) for row in PMIDS),
        *((find_pmcid, parse_pmcid, *row) for row in PMCIDS),
        *((find_arxiv, parse_arxiv, *row) for row in ARXIVS),
        *((find_isbn, parse_isbn, *row) for row in ISBNS),
    ],
)
def test_text_and_fields_name_this(
    find: Callable[[str], str | None], parse: Callable[[str], str | None], text: str, found: str | None
) -> None:
    assert find(text) == found
    assert parse(text) == found


@pytest.mark.parametrize(
    ("find", "parse", "bare", "parsed"),
    [
        (find_pmid, parse_pmid, " 18436948 ", "18436948"),
        (find_pmcid, parse_pmcid, "2323232", "PMC2323232"),
        (find_arxiv, parse_arxiv, "2101.00001v2", "2101.00001v2"),
        (find_isbn, parse_isbn, "0-306-40615-2", "9780306406157"),
        (find_isbn, parse_isbn, "9780306406157", "9780306406157"),
        (find_pmid, parse_pmid, "123456789", None),
        (find_pmid, parse_pmid, "12a", None),
        (find_arxiv, parse_arxiv, "2113.00001", None),
        (find_isbn, parse_isbn, "0-306-40615-3", None),
        (find_isbn, parse_isbn, "0000000001", None),
    ],
)
def test_bare_digits_are_an_identifier_only_in_its_field(
    find: Callable[[str], str | None], parse: Callable[[str], str | None], bare: str, parsed: str | None
) -> None:
    assert find(bare) is None
    assert parse(bare) == parsed


def test_addresses_lead_back_to_what_they_were_made_of() -> None:
    assert parse_pmid(pmid_url("18436948")) == "18436948"
    assert parse_pmcid(pmcid_url("PMC2323232")) == "PMC2323232"
    assert parse_arxiv(arxiv_url("hep-th/9901001v2")) == "hep-th/9901001v2"


@pytest.mark.parametrize("arxiv", ["2101.00001", "hep-th/9901001"])
def test_the_doi_of_a_work_in_arxiv_is_that_of_all_its_versions(arxiv: str) -> None:
    doi = arxiv_doi(f"{arxiv}v3")
    assert doi == arxiv_doi(arxiv) == parse_doi(doi)
    assert parse_arxiv(doi) == arxiv


@pytest.mark.parametrize("parse", [parse_pmid, parse_pmcid, parse_arxiv, parse_isbn])
@given(text=st.text(alphabet=st.sampled_from("0123456789PMCIDXvarxivSBN:./- [](hep-th)")) | st.text())
@example(text="٣٤٥")
@example(text="PMID: ٣٤٥")
@example(text="ISBN ٠٣٠٦٤٠٦١٥٢")
@example(text="ISBN 0-306-40615-2")
def test_a_normal_form_survives_parsing(parse: Callable[[str], str | None], text: str) -> None:
    parsed = parse(text)
    assert parsed is None or (parsed.isascii() and parse(parsed) == parsed)
