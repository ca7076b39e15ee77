"""Citations that say exactly what they mean: [@key], @key, footnotes [^n], links to doi.org, bare DOIs and PMIDs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.citations.marker import Marker, unique
from ingest.links import links
from kb.model import Reference

_KEY = r"@(?:\{([^}\s]+)\}|([\w][\w:.#$%&+?<>~/-]*[\w/]|\w))"
_CITE = re.compile(rf"\[[^\[\]@]*-?{_KEY}[^\[\]]*\]|(?<![\w.@/\\])-?{_KEY}(?:\s\[[^\[\]]*\])?")
_KEYS = re.compile(rf"(?<![\w.\\]){_KEY}")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,60})\](?!:)")
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
    by_url = {reference.url: reference.id for reference in references if reference.url}
    by_id |= {f"doi:{doi}": name for doi, name in by_doi.items()} | {
        f"pmid:{pmid}": name for pmid, name in by_pmid.items()
    }
    if markdown:
        for start, end in spans:
            yield from _marked(text, start, end, by_id)
    for link in links(text, spans):
        found = by_doi.get(link.doi or "") or by_pmid.get(link.pmid or "") or by_url.get(link.url or "")
        if found:
            yield Marker(start=link.start, end=link.end, references=(found,))


def _marked(text: str, start: int, end: int, by_id: dict[str, str]) -> Iterator[Marker]:
    for match in _CITE.finditer(text, start, end):
        keys = [_key(a or b) for a, b in _KEYS.findall(match.group())]
        bare = not match.group().startswith("[")
        cited = [by_id[key] for key in keys if key in by_id]
        if bare and not cited:
            continue
        unknown = [key for key in keys if key not in by_id]
        yield Marker(start=match.start(), end=match.end(), references=unique(cited), missing=unique(unknown))
    for match in _FOOTNOTE.finditer(text, start, end):
        label = match.group(1)
        known = (by_id[label],) if label in by_id else ()
        missing = () if known or f"[^{label}]:" in text else (f"footnote {label}",)
        yield Marker(start=match.start(), end=match.end(), references=known, missing=missing)
    for match in _REFERENCE_LINK.finditer(text, start, end):
        if match.group(2) in by_id:
            yield Marker(start=match.start(), end=match.end(), references=(by_id[match.group(2)],))


def _key(written: str) -> str:
    """A key as it is looked up; a DOI or PMID in its place (Manubot's ``@doi:…``) is one whatever its case."""
    scheme, colon, rest = written.partition(":")
    return f"{scheme}:{rest.lower()}" if colon and scheme in ("doi", "pmid") else written
