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

from ingest.read.layout import looks_like_entry
from ingest.read.xml_tree import local_name
from kb.errors import ArticleError
from kb.identifiers import find_dois, parse_doi, parse_pmid
from kb.model import Reference

if TYPE_CHECKING:
    from lxml.etree import _Element

CITATIONS = frozenset({"mixed-citation", "element-citation", "citation", "nlm-citation"})
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
_TITLES = ("article-title", "chapter-title", "part-title", "data-title")
_FIELDS = frozenset(
    "article-title chapter-title source year volume issue fpage lpage publisher-loc publisher-name".split()
)
_NAMES = frozenset({"name", "string-name", "collab"})
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?\b")
_SPOKEN = re.compile(r"[^\W_]|[.,;:()]")
_LABEL_MARKS = " \t\r\n.,:;()[]"
_NAMED_BEFORE = re.compile(r"pmc?(?:id)?\W{0,5}$", re.IGNORECASE)
_REMARKS = frozenset({"con", "conflict", "coi-statement", "financial-disclosure", "supported-by", "abbr", "equal"})
"""Kinds of footnote (``fn-type``) that never name a work."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """The references of an article by the element that holds them, and by the names that ``xref`` uses for them."""

    by_element: dict[_Element, tuple[Reference, ...]]
    by_name: dict[str, tuple[str, ...]]


MOST_REFERENCES = 20_000


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
    name = name if name not in taken else f"{name}-{position}"
    taken.add(name)
    return name


def _reference(citation: _Element, name: str, position: int, label: str, line: int | None) -> Reference:
    title = _first(citation, _TITLES)
    container = _first(citation, ("source",))
    kind = (citation.get("publication-type") or citation.get("citation-type") or "").lower()
    doi, pmid = _identifier(citation, "doi", parse_doi), _identifier(citation, "pmid", parse_pmid)
    if not title and kind != "journal":
        title, container = container, ""
    year = _YEAR.search(_first(citation, ("year",)))
    return Reference(
        id=name,
        position=position,
        text=_entry_text(citation),
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
    names = [one for group in groups for one in group.iter() if local_name(one.tag) in _NAMES]
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


def _entry_text(citation: _Element) -> str:
    """The entry as its author wrote it; where the markup holds fields alone, as a reader would see them."""
    own = "".join([citation.text or "", *(child.tail or "" for child in citation)])
    if _SPOKEN.search(own) or local_name(citation.tag) not in CITATIONS:
        return running_text(citation, skip=frozenset({"label"}))
    return _composed(citation)


def _composed(citation: _Element) -> str:
    """Fields in the order of the Vancouver style, year behind the authors."""
    by_name: dict[str, str] = {}
    for child in citation.iter():
        by_name.setdefault(local_name(child.tag), running_text(child))
    people = [_person(one) for one in citation.iter() if local_name(one.tag) in _NAMES]
    etal = ["et al."] if "etal" in by_name else []
    year = f"({by_name['year']})" if by_name.get("year") else ""
    titles = [by_name[name].rstrip(".") + "." for name in (*_TITLES, "source") if by_name.get(name)]
    volume = by_name.get("volume", "") + (f"({by_name['issue']})" if by_name.get("issue") else "")
    pages = "-".join(filter(None, (by_name.get("fpage") or by_name.get("elocation-id"), by_name.get("lpage"))))
    numbers = ":".join(filter(None, (volume, pages)))
    place = ": ".join(filter(None, (by_name.get("publisher-loc"), by_name.get("publisher-name"))))
    remarks = [by_name[name] for name in ("edition", "comment", "ext-link", "uri") if by_name.get(name)]
    authors = " ".join(filter(None, (", ".join([*people, *etal]), year)))
    opening = f"{authors.rstrip('.')}." if authors else ""
    closing = [f"{part.rstrip('.')}." for part in (numbers, place, *remarks) if part]
    return " ".join(filter(None, (opening, *titles, *closing, *_identifiers(citation))))


def _person(name: _Element) -> str:
    parts = {local_name(part.tag): running_text(part) for part in name}
    if "surname" not in parts:
        return running_text(name)
    return " ".join(filter(None, (parts["surname"], parts.get("given-names"), parts.get("suffix"))))


def _identifiers(citation: _Element) -> Iterator[str]:
    for one in citation.iter("{*}pub-id"):
        kind, written = one.get("pub-id-type"), running_text(one)
        if kind in ("doi", "pmid") and written:
            yield f"doi:{written}" if kind == "doi" else f"PMID: {written}"


def running_text(element: _Element, skip: frozenset[str] = frozenset()) -> str:
    """All words inside an element on one line, without those of the elements that are skipped.

    Names stand apart even where the markup has nothing between them, and a PMID is told from other numbers.
    """
    pieces: list[str] = []
    stack: list[str | _Element] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        name = local_name(item.tag)
        if not name or (name in skip and item is not element):
            continue
        if item is not element:
            pieces.append(_said_before(item, name, "".join(pieces[-3:])))
        inside: list[str | _Element] = [item.text or ""]
        for child in item:
            inside += [child, child.tail or _between(child, name)]
        stack.extend(reversed(inside))
    return " ".join("".join(pieces).split())


def _said_before(item: _Element, name: str, before: str) -> str:
    """What the markup says without words: which kind a number is, that there are more authors."""
    kind = item.get("pub-id-type")
    if name == "pub-id" and kind in ("pmid", "pmcid"):
        return " " if _NAMED_BEFORE.search(before) else f" {kind.upper()}: "
    return " et al." if name == "etal" and not item.text else ""


def _between(child: _Element, parent: str) -> str:
    """What stands between two names, or two parts of a name or entry, where the markup leaves it out."""
    following = child.getnext()
    if following is not None and local_name(child.tag) in _NAMES and local_name(following.tag) in _NAMES:
        return ", "
    apart = parent in ("name", "string-name", "person-group") or local_name(child.tag) in _FIELDS
    return " " if following is not None and apart else ""
