"""The works that Word's own citations name: ``b:Source`` of ISO/IEC 29500-1, 22.6 → items of a citation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.csl import reference_from_csl
from ingest.read.word.fields import ORIGIN, Item
from ingest.read.word.xml import full_name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
_TYPES = {
    "JournalArticle": "article-journal",
    "ArticleInAPeriodical": "article-magazine",
    "Book": "book",
    "BookSection": "chapter",
    "ConferenceProceedings": "paper-conference",
    "Report": "report",
    "InternetSite": "webpage",
    "DocumentFromInternetSite": "webpage",
    "Patent": "patent",
}
_CONTAINERS = ("JournalName", "PeriodicalTitle", "BookTitle", "ConferenceName", "InternetSiteTitle")


def read_sources(root: Element) -> Iterator[Item]:
    """The works of one part ``customXml/item….xml``, each named by its tag."""
    for position, source in enumerate(root.iter(full_name("b:Source")), 1):
        tag = _text(source, "Tag")
        item = {
            "id": tag,
            "type": _TYPES.get(_text(source, "SourceType"), "document"),
            "title": _text(source, "Title"),
            "container-title": next(filter(None, (_text(source, name) for name in _CONTAINERS)), ""),
            "author": list(_authors(source)),
            "issued": {"raw": _text(source, "Year")},
            "DOI": _text(source, "DOI") or _doi(_text(source, "StandardNumber")),
            "URL": _text(source, "URL"),
        }
        yield Item(names=(f"word:{tag}",), reference=reference_from_csl(item, origin=ORIGIN, position=position))


def _authors(source: Element) -> Iterator[dict[str, str]]:
    role = source.find("/".join(map(full_name, ("b:Author", "b:Author"))))
    if role is None:
        return
    corporate = _text(role, "Corporate")
    if corporate:
        yield {"literal": corporate}
    for person in role.iter(full_name("b:Person")):
        yield {"family": _text(person, "Last"), "given": _text(person, "First")}


def _doi(number: str) -> str:
    """The field for an ISBN, where people put a DOI because Word's form shows no better place."""
    return number if "10." in number and "/" in number else ""


def _text(element: Element, name: str) -> str:
    return " ".join((element.findtext(full_name(f"b:{name}")) or "").split())
