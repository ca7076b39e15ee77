"""The reference list of a JATS article → ``Reference`` records, with the fields that its markup gives.

Elements and attributes are those of JATS (ANSI/NISO Z39.96) and of the NLM DTDs before it, where ``citation`` and
``nlm-citation`` stand for ``element-citation``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING

import msgspec

from ingest.read.jats.text import CITATIONS, NAMES, TITLES, entry_text, running_text
from ingest.read.wording import looks_like_entry
from ingest.read.xml_tree import local_name
from kb.errors import ArticleError
from kb.identifiers import find_dois, parse_doi, parse_pmid
from kb.model import Reference

if TYPE_CHECKING:
    from lxml.etree import _Element

HREF = "{http://www.w3.org/1999/xlink}href"
_TYPES = {
    "journal": "article",
    "periodical": "article",
    "book": "book",
    "chapter": "chapter",
    "confproc": "conference paper",
    "conf-proceedings": "conference paper",
    "thesis": "thesis",
    "report": "report",
    "preprint": "preprint",
    "web": "web page",
    "webpage": "web page",
    "website": "web page",
    "data": "dataset",
    "software": "software",
    "patent": "patent",
}
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?\b")
_LABEL_MARKS = " \t\r\n.,:;()[]"
_REMARKS = frozenset({"con", "conflict", "coi-statement", "financial-disclosure", "supported-by", "abbr", "equal"})
"""Kinds of footnote (``fn-type``) that never name a work."""

MOST_REFERENCES = 20_000


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """The references of an article by the element that holds them, and by the names that ``xref`` uses for them."""

    by_element: dict[_Element, tuple[Reference, ...]]
    by_name: dict[str, tuple[str, ...]]


def read_references(article: _Element, article_id: str) -> Listed:
    """All entries of the article's lists, in order; a ``ref`` with several works gives an entry for each.

    The first of them keeps the id of the ``ref``, and the name of the ``ref`` stands for all of them. An article
    without any ``ref`` may give its works in footnotes.

    Raises
    ------
    ArticleError
        There are more than ``MOST_REFERENCES``.
    """
    by_element: dict[_Element, tuple[Reference, ...]] = {}
    by_name: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    position = 0
    for element in _holders(article):
        found = []
        label = _label(element)
        citations = _citations(element)
        if position + len(citations) > MOST_REFERENCES:
            raise ArticleError(
                f"has more than the {MOST_REFERENCES} references that are read", place=article_id, remedy="split it"
            )
        for letter, citation in zip(_letters(), citations, strict=False):
            position += 1
            name = _free(_named(element, citation, letter, position), taken, position)
            line = citation.sourceline or element.sourceline
            found.append(_reference(citation, name, position, label or _label(citation), line))
            if citation.get("id"):
                by_name.setdefault(citation.get("id", ""), (name,))
        by_element[element] = tuple(found)
        by_name[element.get("id") or found[0].id] = tuple(one.id for one in found)
    return Listed(by_element=by_element, by_name=by_name)


def _holders(article: _Element) -> list[_Element]:
    """The elements that hold an entry: ``ref``, or the footnotes that the text of an article without a list names."""
    parts = [child for child in article if local_name(child.tag) in ("body", "back")]
    own = [one for part in parts for one in part.iter("{*}ref")]
    if own:
        return own
    named = {name for part in parts for one in part.iter("{*}xref") for name in (one.get("rid") or "").split()}
    return [one for part in parts for one in part.iter("{*}fn") if one.get("id") in named and _is_entry(one)]


def _is_entry(note: _Element) -> bool:
    above = {local_name(one.tag) for one in note.iterancestors()}
    if (note.get("fn-type") or "").lower() in _REMARKS or "table-wrap-foot" in above:
        return False
    return any(local_name(one.tag) in CITATIONS for one in note.iter()) or looks_like_entry(running_text(note))


def _citations(holder: _Element) -> list[_Element]:
    """The works of an entry; of one work given in several forms the one whose parts are marked most finely."""
    found = []
    for child in holder.iter():
        name = local_name(child.tag)
        if name == "citation-alternatives":
            found.append(max((one for one in child if local_name(one.tag)), key=_parts, default=child))
        elif name in CITATIONS and not _inside(child, holder):
            found.append(child)
    return found or [holder]


def _inside(citation: _Element, holder: _Element) -> bool:
    """Whether a citation is part of another, or one of the forms of a work."""
    for ancestor in citation.iterancestors():
        if ancestor is holder:
            return False
        if local_name(ancestor.tag) in CITATIONS | {"citation-alternatives"}:
            return True
    return False


def _parts(citation: _Element) -> int:
    return sum(1 for _ in citation.iter())


def _letters() -> Iterator[str]:
    yield ""
    yield from ascii_lowercase[1:]
    number = len(ascii_lowercase)
    while True:
        number += 1
        yield str(number)


def _named(holder: _Element, citation: _Element, letter: str, position: int) -> str:
    """The id that a reference gets: that of its ``ref`` for the first work in it, the work's own for others."""
    own = holder.get("id")
    if own and not letter:
        return own
    return citation.get("id") or (f"{own}-{letter}" if own else f"ref{position}")


def _free(name: str, taken: set[str], position: int) -> str:
    while name in taken:
        name = f"{name}-{position}"
    taken.add(name)
    return name


def _reference(citation: _Element, name: str, position: int, label: str, line: int | None) -> Reference:
    title = _first(citation, TITLES)
    container = _first(citation, ("source",))
    kind = (citation.get("publication-type") or citation.get("citation-type") or "").lower()
    doi, pmid = _identifier(citation, "doi", parse_doi), _identifier(citation, "pmid", parse_pmid)
    if not title and kind != "journal":
        title, container = container, ""
    year = _YEAR.search(_first(citation, ("year",)))
    return Reference(
        id=name,
        position=position,
        text=entry_text(citation),
        source="",  # known when the fields are complete
        line=line,
        label=label.strip(_LABEL_MARKS),
        authors=_authors(citation),
        year=year.group() if year else None,
        title=title,
        container=container,
        doi=doi,
        pmid=pmid,
        url=_url(citation),
        type="chapter" if kind == "book" and _first(citation, ("chapter-title",)) else _TYPES.get(kind, ""),
    )


def _label(element: _Element) -> str:
    return next((running_text(child) for child in element if local_name(child.tag) == "label"), "")


def _first(citation: _Element, names: Sequence[str]) -> str:
    """The words of the first part of that name, in the order of the names."""
    found = {name: running_text(one) for name in reversed(names) for one in citation.iter(f"{{*}}{name}")}
    return next((found[name].strip(" .,;:") for name in names if found.get(name)), "")


def _authors(citation: _Element) -> tuple[str, ...]:
    """Family names, and organisations, of those who wrote the work; not of those who edited it."""
    groups = [one for one in citation.iter("{*}person-group") if one.get("person-group-type", "author") == "author"]
    if not groups and next(citation.iter("{*}person-group"), None) is None:
        groups = [citation]
    names = [one for group in groups for one in group.iter() if local_name(one.tag) in NAMES]
    return tuple(filter(None, map(_family, names)))


def _family(name: _Element) -> str:
    surname = next((one for one in name.iter("{*}surname")), None)
    return running_text(name if surname is None else surname).strip(" .,;:")


def _identifier(citation: _Element, kind: str, parse: Callable[[str], str | None]) -> str | None:
    """The identifier of a kind that the markup names so, or that a link leads to."""
    for one in citation.iter():
        name = local_name(one.tag)
        named = one.get("pub-id-type") or one.get("ext-link-type") or one.get("content-type")
        if name in ("pub-id", "object-id", "ext-link", "elocation-id", "article-id") and named == kind:
            found = parse(running_text(one)) or parse(one.get(HREF) or "")
            if found:
                return found
        if kind == "doi" and name in ("ext-link", "uri"):
            dois = find_dois(one.get(HREF) or "")
            if dois:
                return dois[0][2]
    return None


def _url(citation: _Element) -> str | None:
    for one in citation.iter("{*}ext-link", "{*}uri"):
        address = (one.get(HREF) or running_text(one)).strip()
        if address.startswith(("http://", "https://")) and not find_dois(address):
            return address
    return None
