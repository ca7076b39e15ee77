"""Identifiers: parse, normalise, print.

A DOI is ``10.``, a registrant, a slash and a suffix of any printable characters (ISO 26324; DOI Handbook 2.2). The
suffix may hold brackets, ``<>;`` and quotes, so where it ends inside running text is a matter of judgement:
``find_dois`` drops sentence punctuation and closing brackets that nothing inside the DOI opened.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_PREFIX = re.compile(r"^\s*(?:<?(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi\s*[:=]?\s*|info:doi/)", re.IGNORECASE)
_TRAILING = ".,;:!?'\"”’*_"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_PMID = re.compile(r"(?:\bPMID\s*[:=]?\s*|pubmed(?:\.ncbi\.nlm\.nih\.gov|/)/?)(\d{1,8})\b", re.IGNORECASE)


def parse_doi(text: str) -> str | None:
    """The DOI that a field holds, lower-cased, or None where the field holds none.

    Accepts the bare form, ``doi:`` and URL forms; percent-encoding is undone only in URL forms, where it is
    encoding and not part of the name.

    >>> parse_doi("https://doi.org/10.1016/S0140-6736(97)11096-0")
    '10.1016/s0140-6736(97)11096-0'
    >>> parse_doi("10.1000") is None
    True
    """
    bare = _PREFIX.sub("", text.strip())
    if "doi.org/" in text.lower():
        bare = unquote(bare)
    bare = bare.strip()
    found = re.fullmatch(r"10\.\d{4,9}(?:\.\d+)*/\S.*", bare)
    return trim_doi(bare).lower() if found else None


def trim_doi(raw: str) -> str:
    """Drop what belongs to the sentence around a DOI: closing punctuation, and brackets that it did not open."""
    end = len(raw)
    while end:
        last = raw[end - 1]
        if last in _TRAILING or (last in _PAIRS and raw.count(last, 0, end) > raw.count(_PAIRS[last], 0, end)):
            end -= 1
        else:
            break
    return raw[:end]


def find_dois(text: str) -> list[tuple[int, int, str]]:
    """Every DOI in running text, as ``(start, end, doi)``; the DOI is lower-cased.

    >>> [doi for _, _, doi in find_dois("see (doi:10.1000/a(1)b).")]
    ['10.1000/a(1)b']
    """
    found = []
    for match in _DOI.finditer(text):
        raw = match.group()
        for stop in ("](", '"', "|", "{", "\\"):
            raw = raw.split(stop, 1)[0]
        raw = trim_doi(raw)
        if raw and not raw.endswith("/"):
            in_url = "doi.org/" in text[max(0, match.start() - 9) : match.start()].lower()
            found.append((match.start(), match.start() + len(raw), (unquote(raw) if in_url else raw).lower()))
    return found


def find_pmid(text: str) -> str | None:
    """The first PubMed id that the text names as one.

    >>> find_pmid("Lancet. PMID: 18436948")
    '18436948'
    """
    match = _PMID.search(text)
    return match.group(1) if match else None


def doi_url(doi: str) -> str:
    """The address that a DOI resolves at, safe inside an attribute or a Markdown link."""
    from urllib.parse import quote

    return "https://doi.org/" + quote(doi, safe="/:;()._-")
