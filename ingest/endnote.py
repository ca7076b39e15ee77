"""One record of EndNote's XML → ``Reference``, out of an exported library or a field of a Word document.

Names of elements: EndNote's own document type, "RSXML.dtd". The text of a field is split into ``<style>`` runs, whose
looks mean nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from ingest.entry import Entry, family_of, names_work, reference_of
from kb.model import Reference

TYPES: Mapping[str, str] = {
    **dict.fromkeys(("journal article", "electronic article", "magazine article", "newspaper article"), "article"),
    **dict.fromkeys(("book", "edited book", "electronic book", "ebook", "classical work", "serial"), "book"),
    **dict.fromkeys(("book section", "electronic book section", "encyclopedia", "dictionary"), "incollection"),
    **dict.fromkeys(("conference paper", "conference proceedings", "conference proceeding"), "inproceedings"),
    **dict.fromkeys(("web page", "blog", "online multimedia", "online database"), "online"),
    **dict.fromkeys(("manuscript", "unpublished work", "personal communication"), "unpublished"),
    **dict.fromkeys(("report", "government document", "standard"), "report"),
    "thesis": "thesis",
    "dataset": "dataset",
    "patent": "patent",
    "computer program": "software",
}
"""EndNote's names of reference types in the words of BibTeX; the others are ``misc``."""

_SPLIT = re.compile(r"\s*[;\n\r]\s*")
_PUBMED = re.compile(r"pubmed|medline|nlm", re.IGNORECASE)
_MANY = 5_000
"""Persons or keywords of one record that are read."""


class Node(Protocol):
    """What is asked of an element, of lxml or of the standard library."""

    def iterfind(self, path: str) -> Iterator[Node]:
        """The elements at a path."""

    def itertext(self) -> Iterator[str]:
        """All text inside, in pieces."""

    def get(self, key: str) -> str | None:
        """An attribute."""


def reference_from_record(element: Node, *, origin: str, position: int) -> Reference | None:
    """The reference that a ``<record>`` describes.

    Parameters
    ----------
    element
        The element, of lxml or of ``xml.etree``.
    origin
        The name of the bibliography or document, as the user knows it.
    position
        The record's number in it, from 1.

    Returns
    -------
    Reference or None
        Its ``id`` is EndNote's "label" field, which people fill, and else ``ref<position>``: the record number is not
        the author's, and could be taken for a number in the list. None where nothing tells which work is meant.
    """
    persons = _texts(element, "contributors/authors/author") or _texts(element, "contributors/secondary-authors/author")
    accession = _text(element, "accession-num")
    from_pubmed = _PUBMED.search(_text(element, "remote-database-name") + _text(element, "remote-database-provider"))
    pmid = accession if from_pubmed or not accession.isdecimal() else ""
    entry = Entry(
        key=_text(element, "label"),
        authors=tuple(map(family_of, persons)),
        date=_text(element, "dates/year") or _text(element, "dates/pub-dates/date"),
        title=_text(element, "titles/title"),
        container=next(filter(None, (_text(element, path) for path in _CONTAINERS)), ""),
        doi=_text(element, "electronic-resource-num"),
        pmid=pmid,
        note="\n".join(_text(element, path) for path in ("notes", "research-notes", "custom2")),
        url=next(iter(_texts(element, "urls/related-urls/url") or _texts(element, "urls/web-urls/url")), ""),
        type=_type(element),
        abstract=_text(element, "abstract"),
        publication_types=tuple(_split(element, "work-type")),
        keywords=tuple(_split(element, "keywords/keyword")),
    )
    reference = reference_of(entry, origin=origin, position=position)
    return reference if names_work(reference) else None


_CONTAINERS = ("titles/secondary-title", "periodical/full-title", "alt-periodical/full-title", "titles/alt-title")


def _type(element: Node) -> str:
    names = [name for one in element.iterfind("ref-type") if (name := (one.get("name") or "").strip().lower())]
    return TYPES.get(names[0], "misc") if names else ""


def _split(element: Node, path: str) -> Iterator[str]:
    """The words at a path; several may share an element, on a line each or with semicolons between them."""
    return (word for text in _texts(element, path) for word in _SPLIT.split(text))


def _text(element: Node, path: str) -> str:
    return next(iter(_texts(element, path)), "")


def _texts(element: Node, path: str) -> list[str]:
    """The texts of the elements at a path that hold some."""
    found = []
    for one in element.iterfind(path):
        if text := "".join(one.itertext()).strip():
            found.append(text)
        if len(found) == _MANY:
            break
    return found
