"""Citations that say exactly what they mean: [@key], @key, footnotes [^n], links to doi.org, bare DOIs and PMIDs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.citations.marker import Marker, unique
from ingest.citekeys import Cited, is_cross_reference, work_of
from ingest.reading import Reading
from kb.model import Reference

_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,60})\](?!:)")
_NOTE = re.compile(r"\[\^([^\[\]\s]{1,60})\]:")
_REFERENCE_LINK = re.compile(r"\[([^\[\]]+)\]\[([^\[\]]+)\]")


class _Known:
    """The references by every name that a marker may use for them."""

    def __init__(self, references: Sequence[Reference], aliases: Mapping[str, str]) -> None:
        self._by_id = {reference.label: reference.id for reference in references if reference.label}
        self._by_id |= {reference.id: reference.id for reference in references}
        self._aliases = aliases
        self._by_doi = {reference.doi: reference.id for reference in references if reference.doi}
        self._by_pmid = {reference.pmid: reference.id for reference in references if reference.pmid}
        self._by_url = {reference.url: reference.id for reference in references if reference.url}

    def key(self, key: str) -> str | None:
        """The reference that a citation key, footnote or link label means."""
        # An alias may mean a reference by its id, or a work that a reference leads to: "[@tag:roe]: doi:10.…".
        meant = self._aliases.get(key, key)
        found = self._by_id.get(meant)
        work = None if found else work_of(meant)
        return self.work(work.doi, work.pmid, work.url) if work else found

    def work(self, doi: str | None, pmid: str | None, url: str | None) -> str | None:
        """The reference that is this work."""
        return self._by_doi.get(doi or "") or self._by_pmid.get(pmid or "") or self._by_url.get(url or "")


def keyed_markers(
    reading: Reading, spans: Sequence[tuple[int, int]], references: Sequence[Reference], aliases: Mapping[str, str]
) -> Iterator[Marker]:
    """Markers that name references by key, footnote label, DOI or PMID.

    Parameters
    ----------
    reading
        The article, with the keys and links of its text.
    spans
        The passages to search for footnotes, where it is Markdown.
    references
        The reference list and the entries of the bibliography.
    aliases
        Other keys, and the ids of the references that they stand for.
    """
    known = _Known(references, aliases)
    yield from _by_key(reading.keys, known)
    if reading.article.format == "markdown":
        yield from _by_note(reading.article.text, spans, known)
    for link in reading.links:
        found = known.work(link.doi, link.pmid, link.url)
        if found:
            yield Marker(start=link.start, end=link.end, references=(found,))


def _by_key(keys: Sequence[Cited], known: _Known) -> Iterator[Marker]:
    for cited in keys:
        found = {key: known.key(key) for key in cited.keys}
        names = [name for name in found.values() if name]
        if names or not cited.bare:  # a bare @name that no bibliography holds is a mention of a person
            missing = tuple(key for key, name in found.items() if not name and not is_cross_reference(key))
            yield Marker(start=cited.start, end=cited.end, references=unique(names), missing=missing)


def _by_note(text: str, spans: Sequence[tuple[int, int]], known: _Known) -> Iterator[Marker]:
    noted = frozenset(_NOTE.findall(text))
    for start, end in spans:
        for match in _FOOTNOTE.finditer(text, start, end):
            label = match.group(1)
            name = known.key(label)
            missing = () if name or label in noted else (f"footnote {label}",)
            yield Marker(start=match.start(), end=match.end(), references=(name,) if name else (), missing=missing)
        for match in _REFERENCE_LINK.finditer(text, start, end):
            name = known.key(match.group(2))
            if name:
                yield Marker(start=match.start(), end=match.end(), references=(name,))
