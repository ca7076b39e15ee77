"""The words of JATS elements on one line, as a reader of the page would see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.read.xml_tree import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

CITATIONS = frozenset({"mixed-citation", "element-citation", "citation", "nlm-citation"})
TITLES = ("article-title", "chapter-title", "part-title", "data-title")
NAMES = frozenset({"name", "string-name", "collab"})
_FIELDS = frozenset(
    "article-title chapter-title source year volume issue fpage lpage publisher-loc publisher-name".split()
)
_SPOKEN = re.compile(r"[^\W_]|[.,;:()]")
_NAMED_BEFORE = re.compile(r"pmc?(?:id)?\W{0,5}$", re.IGNORECASE)
_TEX_BODY = re.compile(r"\\begin\{document\}(.*?)(?:\\end\{document\}|\Z)", re.DOTALL)


def entry_text(citation: _Element) -> str:
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
    people = [_person(one) for one in citation.iter() if local_name(one.tag) in NAMES]
    etal = ["et al."] if "etal" in by_name else []
    year = f"({by_name['year']})" if by_name.get("year") else ""
    titles = [by_name[name].rstrip(".") + "." for name in (*TITLES, "source") if by_name.get(name)]
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
    if following is not None and local_name(child.tag) in NAMES and local_name(following.tag) in NAMES:
        return ", "
    apart = parent in ("name", "string-name", "person-group") or local_name(child.tag) in _FIELDS
    return " " if following is not None and apart else ""


def formula(element: _Element) -> str:
    """The formula itself out of what is often a whole LaTeX document."""
    written = "".join(element.itertext())
    body = _TEX_BODY.search(written)
    return (body.group(1) if body else written).replace("$", "").strip()
