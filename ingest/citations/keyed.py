"""Citations that say exactly what they mean: [@key], @key, footnotes [^n], links to doi.org, bare DOIs and PMIDs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.citations.marker import Marker, unique
from kb.identifiers import find_dois, find_pmid
from kb.model import Reference

_KEY = r"@(?:\{([^}\s]+)\}|([\w][\w:.#$%&+?<>~/-]*[\w/]|\w))"
_CITE = re.compile(rf"\[[^\[\]@]*-?{_KEY}[^\[\]]*\]|(?<![\w.@/\\])-?{_KEY}(?:\s\[[^\[\]]*\])?")
_KEYS = re.compile(rf"(?<![\w.\\]){_KEY}")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,60})\](?!:)")
_LINK = re.compile(
    r"\[([^\[\]]*)\]\((<?)((?:https?://)?(?:(?:dx\.|www\.)?doi\.org|pubmed\.ncbi\.nlm\.nih\.gov)/(?:[^()\s]|\([^()\s]*\))+)\2>?[^)]*\)"
)
_REFERENCE_LINK = re.compile(r"\[([^\[\]]+)\]\[([^\[\]]+)\]")


def keyed_markers(
    text: str,
    spans: Sequence[tuple[int, int]],
    references: Sequence[Reference],
    aliases: Mapping[str, str],
    *,
    markdown: bool,
) -> Iterator[Marker]:
    """Markers that name references by key, footnote label, DOI or PMID.

    Parameters
    ----------
    text
        The article.
    spans
        The passages to search.
    references
        The reference list and the entries of the bibliography.
    aliases
        Other keys, and the ids of the references that they stand for.
    markdown
        Whether ``[@key]`` and ``[^n]`` mean anything here.
    """
    by_id = {name: reference.id for reference in references for name in (reference.label, reference.id) if name}
    by_id |= aliases
    by_doi = {reference.doi: reference.id for reference in references if reference.doi}
    by_pmid = {reference.pmid: reference.id for reference in references if reference.pmid}
    for start, end in spans:
        if markdown:
            yield from _marked(text, start, end, by_id)
        for match in _LINK.finditer(text, start, end):
            found = _target(match.group(3), by_doi, by_pmid)
            if found:
                yield Marker(start=match.start(), end=match.end(), references=(found,))
        for first, last, doi in find_dois(text[start:end]):
            if doi in by_doi:
                lead = re.search(
                    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s?)$", text[start : start + first], re.IGNORECASE
                )
                begin = lead.start() if lead else first
                yield Marker(start=start + begin, end=start + last, references=(by_doi[doi],))


def _marked(text: str, start: int, end: int, by_id: dict[str, str]) -> Iterator[Marker]:
    for match in _CITE.finditer(text, start, end):
        keys = [a or b for a, b in _KEYS.findall(match.group())]
        bare = not match.group().startswith("[")
        known = [by_id[key] for key in keys if key in by_id]
        if bare and not known:
            continue
        missing = [key for key in keys if key not in by_id]
        yield Marker(start=match.start(), end=match.end(), references=unique(known), missing=unique(missing))
    for match in _FOOTNOTE.finditer(text, start, end):
        if match.group(1) in by_id:
            yield Marker(start=match.start(), end=match.end(), references=(by_id[match.group(1)],))
    for match in _REFERENCE_LINK.finditer(text, start, end):
        if match.group(2) in by_id:
            yield Marker(start=match.start(), end=match.end(), references=(by_id[match.group(2)],))


def _target(address: str, by_doi: dict[str, str], by_pmid: dict[str, str]) -> str | None:
    dois = find_dois(address)
    if dois:
        return by_doi.get(dois[0][2])
    pmid = find_pmid(address)
    return by_pmid.get(pmid) if pmid else None
