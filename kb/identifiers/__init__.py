"""Identifiers of works: parse, normalise, print.

``parse_…`` reads a field that is meant to hold the identifier, where it may stand bare; ``find_…`` looks for it in
running text, where it has to be named or be unmistakable. Both give the normal form, and ``parse_…`` of a normal form
or of its address gives it again. Nothing here raises on any text, and all of it takes time linear in its length.

======  ==========================  ==========================================
kind    normal form                 what it is
======  ==========================  ==========================================
DOI     ``10.1000/abc``             ISO 26324; ASCII letters in lower case
PMID    ``18436948``                PubMed: one to eight digits
PMCID   ``PMC2323232``              PubMed Central; without the version
arXiv   ``2101.00001v2``            also ``hep-th/9901001``, before April 2007
ISBN    ``9780306406157``           ISO 2108: 13 digits, the last one checked
======  ==========================  ==========================================
"""

from __future__ import annotations

from kb.identifiers.arxiv import arxiv_doi, arxiv_url, find_arxiv, parse_arxiv
from kb.identifiers.doi import FoundDoi, doi_url, find_dois, in_standard_form, parse_doi, parse_short_doi
from kb.identifiers.isbn import find_isbn, parse_isbn
from kb.identifiers.pubmed import find_pmcid, find_pmid, parse_pmcid, parse_pmid, pmcid_url, pmid_url

__all__ = [
    "FoundDoi",
    "arxiv_doi",
    "arxiv_url",
    "doi_url",
    "find_arxiv",
    "find_dois",
    "find_isbn",
    "find_pmcid",
    "find_pmid",
    "in_standard_form",
    "parse_arxiv",
    "parse_doi",
    "parse_isbn",
    "parse_pmcid",
    "parse_pmid",
    "parse_short_doi",
    "pmcid_url",
    "pmid_url",
]
