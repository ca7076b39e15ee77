"""PMIDs and PMCIDs: the numbers of PubMed and of PubMed Central.

Both registries are run by the US National Center for Biotechnology Information; a work in PubMed Central has an
identifier of each.
"""

from __future__ import annotations

import re

_PMID = re.compile(
    r"""
    (?:(?<![a-z])PMID(?:\s{0,2}[:=\#]|/)?\s{0,2}                 # PMID: 1, info:pmid/1
     |(?<![a-z])PubMed(?:\s?ID)?\s?[:=]\s?                        # [PubMed: 1], pubmed:1
     |pubmed\.ncbi\.nlm\.nih\.gov/(?:\?term=)?
     |ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/(?:\?term=)?
     |ncbi\.nlm\.nih\.gov/entrez/query\.fcgi\?[^\s\#]{0,200}?\blist_uids=
     |europepmc\.org/(?:article|abstract)/med/
    )0*([1-9][0-9]{0,7})(?![0-9\w])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HINTS = ("pm", "pubm", ".nlm.")
"""Of which one stands in whatever ``_PMID`` matches, as is quickly seen."""
_PMCID = re.compile(
    r"(?:(?<![a-z])PMCID(?:\s{0,2}[:=#]|/)?\s{0,2}(?:PMC\s?)?|(?<![a-z0-9])PMC\s?|europepmc\.org/articles?/PMC/)"
    r"0*([1-9][0-9]{0,8})(?:\.[0-9]{1,3})?(?![0-9\w])",
    re.IGNORECASE,
)


def parse_pmid(text: str) -> str | None:
    """The PMID that a field holds: digits by themselves, or named as ``find_pmid`` asks for.

    >>> parse_pmid("18436948"), parse_pmid("https://pubmed.ncbi.nlm.nih.gov/18436948/"), parse_pmid("PMC2323232")
    ('18436948', '18436948', None)
    """
    bare = re.fullmatch(r"0*([1-9][0-9]{0,7})", text.strip())
    return bare.group(1) if bare else find_pmid(text)


def find_pmid(text: str) -> str | None:
    """The first PMID that running text names as one or links to.

    >>> find_pmid("Lancet. PMID: 18436948"), find_pmid("found by PubMed 2019")
    ('18436948', None)
    """
    low = text.lower()
    match = _PMID.search(text) if any(hint in low for hint in _HINTS) else None
    return match.group(1) if match else None


def pmid_url(pmid: str) -> str:
    """The page of a work in PubMed.

    >>> pmid_url("18436948")
    'https://pubmed.ncbi.nlm.nih.gov/18436948/'
    """
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"


def parse_pmcid(text: str) -> str | None:
    """The PMCID that a field holds, without its version: digits by themselves, or as ``find_pmcid`` asks for.

    >>> parse_pmcid("PMC2323232.1"), parse_pmcid("2323232"), parse_pmcid("PMID: 2323232")
    ('PMC2323232', 'PMC2323232', None)
    """
    bare = re.fullmatch(r"0*([1-9][0-9]{0,8})", text.strip())
    return f"PMC{bare.group(1)}" if bare else find_pmcid(text)


def find_pmcid(text: str) -> str | None:
    """The first PMCID in running text or in an address.

    >>> find_pmcid("free at https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2323232/")
    'PMC2323232'
    """
    match = _PMCID.search(text)
    return f"PMC{match.group(1)}" if match else None


def pmcid_url(pmcid: str) -> str:
    """The page of a work in PubMed Central.

    >>> pmcid_url("PMC2323232")
    'https://pmc.ncbi.nlm.nih.gov/articles/PMC2323232/'
    """
    return f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"
