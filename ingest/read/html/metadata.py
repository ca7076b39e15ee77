"""What a page says of itself: title, date, language, address, and what ``citation_reference`` tells of its sources."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ingest.dates import iso_date
from ingest.read.html.page import Node, Page
from kb.identifiers import parse_doi, parse_pmid
from kb.language.folding import fold
from kb.model import Reference

_TITLES = ("citation_title", "og:title", "dc.title", "dcterms.title", "twitter:title")
_DATES = (
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "article:published_time",
    "og:article:published_time",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "date",
    "datepublished",
    "publish-date",
)
_LANGUAGES = ("citation_language", "dc.language", "content-language", "og:locale")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_LARGEST_DATA = 500_000
_MOST_VALUES = 20_000
_PUBLISHED = re.compile(r"\b(?:published|posted|created|updated|reviewed)\b", re.IGNORECASE)


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says of itself, empty where it does not."""

    title: str = ""
    date: str | None = None
    language: str | None = None
    address: str = ""


def metadata(page: Page) -> Metadata:
    """Read the head of a page, its schema.org data, and its ``time`` elements."""
    said = _meta(page)
    data = list(_data(page))
    root = page.nodes[0]
    languages = (root.get("lang"), root.get("xml:lang"), *(said.get(name, "") for name in _LANGUAGES))
    dates = (
        *(said.get(name, "") for name in _DATES),
        *(value for name, value in data if name == "datePublished"),
        *_marked_dates(page),
    )
    return Metadata(
        title=_title(page, said, data),
        date=next(filter(None, map(iso_date, dates)), None),
        language=next((one.replace("_", "-") for one in languages if _LANGUAGE.fullmatch(one)), None),
        address=_address(page, said),
    )


def title_heading(page: Page) -> Node | None:
    """The ``h1`` that is the title of the article: the one with the most words of the title that the head gives."""
    said = _meta(page)
    named = [said.get(name, "") for name in _TITLES] + [page.words(one) for one in page.tagged("title")[:1]]
    words = set(fold(" ".join(named)).split())
    headings = [one for one in page.tagged("h1")[:50] if page.letters(one)]
    return max(headings, key=lambda one: (len(words & set(fold(page.words(one)).split())), -one.order), default=None)


def enriched(page: Page, entries: Sequence[Reference]) -> tuple[Reference, ...]:
    """The entries with what ``citation_reference`` says of them: identifiers, where the title is that of the entry."""
    told = [_fields(node.get("content")) for node in page.tagged("meta") if node.get("name") == "citation_reference"]
    if not told:
        return tuple(entries)
    found: list[Reference] = []
    at = 0
    for entry in entries:
        words = fold(entry.text)
        match = next((i for i in range(at, min(at + 5, len(told))) if _is_title(told[i], words)), None)
        if match is None:
            found.append(entry)
            continue
        at = match + 1
        doi = entry.doi or parse_doi(told[match].get("doi", ""))
        pmid = entry.pmid or parse_pmid(told[match].get("pmid", ""))
        title = entry.title or told[match]["title"]
        found.append(msgspec.structs.replace(entry, doi=doi, pmid=pmid, title=title))
    return tuple(found)


def _fields(written: str) -> dict[str, str]:
    """``citation_title=…; citation_doi=…`` as names and values."""
    parts = (part.partition("=") for part in written[:5000].split(";"))
    return {name.strip().removeprefix("citation_"): " ".join(value.split()) for name, _, value in parts}


def _is_title(told: Mapping[str, str], words: str) -> bool:
    title = fold(told.get("title", ""))
    return len(title) > 10 and title in words


def _meta(page: Page) -> dict[str, str]:
    """The first content of each ``meta``, by its name in small letters."""
    said: dict[str, str] = {}
    for node in page.tagged("meta"):
        name = (node.get("name") or node.get("property") or node.get("itemprop") or node.get("http-equiv")).lower()
        content = " ".join(node.get("content")[:2000].split())
        if name and content:
            said.setdefault(name, content)
    return said


def _title(page: Page, said: Mapping[str, str], data: Sequence[tuple[str, str]]) -> str:
    """The title, as the heading has it where the head only adds the name of the site."""
    named = [said.get(name, "") for name in _TITLES] + [value for name, value in data if name == "headline"]
    named += [page.words(one) for one in page.tagged("title")[:1]]
    told = next(filter(None, named), "")
    node = title_heading(page)
    heading = page.words(node) if node else ""
    return heading if heading and fold(heading) in fold(told) else (said.get("citation_title") or heading or told)


def _data(page: Page) -> Iterator[tuple[str, str]]:
    """Names and texts of the page's JSON-LD, the outermost first."""
    level: list[object] = []
    for written in page.data[:50]:
        try:
            level.append(json.loads(written[:_LARGEST_DATA]))
        except (ValueError, RecursionError):
            continue
    seen = 0
    while level and seen < _MOST_VALUES:
        inner: list[object] = []
        for value in level:
            seen += 1
            if isinstance(value, dict):
                yield from ((name, one) for name, one in value.items() if isinstance(one, str))
                inner += value.values()
            elif isinstance(value, list):
                inner += value
        level = [one for one in inner if isinstance(one, (dict, list))]


def _marked_dates(page: Page) -> Iterator[str]:
    """Dates that elements give: schema.org's first, then those of ``time`` in a head or byline."""
    for node in page.nodes:
        if node.get("itemprop") in ("datePublished", "dateCreated"):
            yield node.get("content") or node.get("datetime") or page.words(node)[:100]
    times = page.tagged("time")[:50]
    for node in sorted(times, key=lambda one: "pubdate" not in one.attributes):
        around = node.parent
        told = around is not None and page.letters(around) < 300 and _PUBLISHED.search(page.words(around))
        headed = any(up.tag in ("header", "address") or "byline" in up.get("class") for up in node.ancestors())
        if "pubdate" in node.attributes or told or headed:
            yield node.get("datetime") or page.words(node)[:100]


def _address(page: Page, said: Mapping[str, str]) -> str:
    canonical = next((one.get("href") for one in page.tagged("link") if one.get("rel").lower() == "canonical"), "")
    return canonical or said.get("og:url", "")
