"""One item of CSL-JSON → ``Reference``, as Zotero, Mendeley, pandoc, Manubot or a Word document gives it.

Names, dates and types are those of the Citation Style Language 1.0.2, "Appendix III: Types" and "Appendix IV:
Variables". What is not of the type that the specification gives counts as absent, but numbers may stand for strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.entry import Entry, family_of, names_work, reference_of
from kb.model import Reference

TYPES: Mapping[str, str] = {
    **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper", "review", "review-book"), "article"),
    **dict.fromkeys(("book", "classic", "collection", "pamphlet"), "book"),
    **dict.fromkeys(("chapter", "entry", "entry-dictionary", "entry-encyclopedia"), "incollection"),
    **dict.fromkeys(("paper-conference", "speech"), "inproceedings"),
    **dict.fromkeys(("webpage", "post", "post-weblog"), "online"),
    **dict.fromkeys(("manuscript", "personal_communication"), "unpublished"),
    "thesis": "thesis",
    "report": "report",
    "dataset": "dataset",
    "software": "software",
    "periodical": "periodical",
    "patent": "patent",
}
"""Types of CSL in the words of BibTeX; the others are ``misc``."""

_SPLIT = re.compile(r"\s*[;,\n]\s*")
_NOTED = re.compile(r"^[ \t{:]*DOI[ \t]*:[ \t]*(\S{1,300})", re.IGNORECASE | re.MULTILINE)
_LONGEST_NOTE = 20_000
_OTHERS = frozenset({"others", "et al", "et al."})


def reference_from_csl(item: Mapping[str, object], *, origin: str, position: int) -> Reference | None:
    """The reference that an item describes.

    Parameters
    ----------
    item
        The item as JSON or YAML gives it; anything in it may be of any type.
    origin
        The name of the bibliography or document, as the user knows it.
    position
        The item's number in it, from 1.

    Returns
    -------
    Reference or None
        None where nothing in the item tells which work is meant.
    """
    custom = _mapping(item.get("custom"))
    note = "\n".join((_text(item.get("note")), _text(item.get("annote"))))[:_LONGEST_NOTE]
    noted = _NOTED.search(note)
    entry = Entry(
        key=_key(item),
        authors=tuple(_authors(item)),
        date=_date(item.get("issued")) or _date(item.get("available-date")),
        title=_text(item.get("title")),
        container=_text(item.get("container-title")) or _text(item.get("journalAbbreviation")),
        doi=_text(item.get("DOI")) or _text(custom.get("DOI")) or (noted.group(1).rstrip("}") if noted else ""),
        pmid=_text(item.get("PMID")) or _text(custom.get("PMID")),
        note=note,
        url=_text(item.get("URL")),
        type=_type(item),
        abstract=_text(item.get("abstract")),
        publication_types=tuple(_words(item.get("genre"))),
        keywords=(*_words(item.get("keyword")), *_words(item.get("categories"))),
    )
    reference = reference_of(entry, origin=origin, position=position)
    return reference if names_work(reference) else None


def _key(item: Mapping[str, object]) -> str:
    """The id that citations use; Zotero's own is an address, and the author's key then stands beside it."""
    given, chosen = _text(item.get("id")), _text(item.get("citation-key"))
    return chosen if chosen and given.startswith(("http://", "https://")) else given or chosen


def _authors(item: Mapping[str, object]) -> Iterator[str]:
    people = _people(item.get("author")) or _people(item.get("editor"))
    for one in people:
        name = family_of(one) if isinstance(one, str) else _family(_mapping(one))
        if name and name.lower() not in _OTHERS:
            yield name


def _people(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value] if value else []


def _family(name: Mapping[str, object]) -> str:
    """The family name with the particle that stays before it in a citation ("van der Lind"), or the whole name."""
    family = " ".join(filter(None, (_text(name.get("non-dropping-particle")), _text(name.get("family")))))
    return family or _text(name.get("literal")) or _text(name.get("name")) or _text(name.get("given"))


def _date(value: object) -> str:
    """A date in words that begin with its year where the item gives parts; else as written."""
    if isinstance(value, list):
        value = value[0] if value else None
    parts = _mapping(value)
    first: object = parts.get("date-parts")
    while isinstance(first, list):  # [[2014, 3, 2]], and [2014, 3, 2] as some programs write
        first = first[0] if first else None
    return next(filter(None, map(_text, (first, parts.get("year"), parts.get("raw"), parts.get("literal"), value))), "")


def _type(item: Mapping[str, object]) -> str:
    """The type; CSL means by "article" what stands in no journal, such as a preprint, and programs mean either."""
    kind = _text(item.get("type")).lower()
    if kind == "article":
        return "article" if item.get("container-title") or item.get("volume") else "preprint"
    return TYPES.get(kind, "misc" if kind else "")


def _words(value: object) -> list[str]:
    """The words of a list, or of a string that sets commas or semicolons between them."""
    if isinstance(value, list):
        return [word for one in value if (word := _text(one))]
    return _SPLIT.split(_text(value))


def _text(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
