"""Identifiers of arXiv, of both schemes (info.arxiv.org/help/arxiv_identifier.html).

Since April 2007 they are year, month and a number of four digits, five since 2015; before, an archive and seven digits.
The subject class of the old scheme (``math.GT/0309136``) is no part of the identifier.
"""

from __future__ import annotations

import re

_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga "
    "funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph "
    "q-alg q-bio quant-ph solv-int supr-con"
).split()
_VERSION = r"(?:v(?P<{}>[1-9][0-9]{{0,2}}))?(?![0-9\w])"
_NEW = r"(?P<new>(?:0[7-9]|[1-9][0-9])(?:0[1-9]|1[0-2])\.[0-9]{4,5})" + _VERSION.format("new_version")
_OLD = (
    rf"(?P<archive>{'|'.join(sorted(_ARCHIVES, key=len, reverse=True))})(?:\.[a-z]{{2}})?"
    r"/(?P<old>(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])[0-9]{3})" + _VERSION.format("old_version")
)
_BARE = re.compile(rf"{_NEW}|{_OLD}", re.IGNORECASE)
_LEAD = (
    r"arxiv\s?:\s?|arxiv\.org/(?:abs|pdf|html|format|ps|src)/|10\.48550(?:/|%2F)arxiv\.|"
    r"(?<![a-z])arxiv\s(?:(?:preprint|e-?print)\s)?(?:arxiv\s?:\s?)?"
)
_NAMED = re.compile(rf"(?:{_LEAD})(?:{_NEW}|{_OLD})", re.IGNORECASE)
_UNNAMED = re.compile(rf"(?<![\w./-]){_OLD}", re.IGNORECASE)


def parse_arxiv(text: str) -> str | None:
    """The arXiv identifier that a field holds, bare or as ``find_arxiv`` asks for; with its version where it has one.

    >>> parse_arxiv("2101.00001v2"), parse_arxiv("math.GT/0309136"), parse_arxiv("2113.00001")
    ('2101.00001v2', 'math/0309136', None)
    """
    bare = _BARE.fullmatch(text.strip())
    return _normal(bare) if bare else find_arxiv(text)


def find_arxiv(text: str) -> str | None:
    """The first arXiv identifier in running text: named, in an address, in a DOI, or of the old scheme.

    >>> find_arxiv("arXiv preprint arXiv:2101.00001"), find_arxiv("10.48550/arXiv.2101.00001"), find_arxiv("2101.00001")
    ('2101.00001', '2101.00001', None)
    """
    match = _NAMED.search(text) or _UNNAMED.search(text)
    return _normal(match) if match else None


def arxiv_url(arxiv: str) -> str:
    """The page of a work in arXiv.

    >>> arxiv_url("2101.00001v2")
    'https://arxiv.org/abs/2101.00001v2'
    """
    return f"https://arxiv.org/abs/{arxiv}"


def arxiv_doi(arxiv: str) -> str:
    """The DOI that arXiv registers for a work at DataCite, for all of its versions.

    >>> arxiv_doi("2101.00001v2")
    '10.48550/arxiv.2101.00001'
    """
    return "10.48550/arxiv." + re.sub(r"v[0-9]+$", "", arxiv)


def _normal(match: re.Match[str]) -> str:
    found = match.groupdict()
    if found.get("new"):
        name, version = found["new"], found["new_version"]
    else:
        name, version = f"{found['archive'].lower()}/{found['old']}", found["old_version"]
    return f"{name}v{version}" if version else name
