"""HTML: a page saved from the web or written by a program → ``Reading``; the page around the article is left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import SplitResult, unquote, urlsplit

from ingest.links import Link, link_to
from ingest.read.html.entries import Item, label_of
from ingest.read.html.main import main_part, outside
from ingest.read.html.manners import Manners
from ingest.read.html.metadata import enriched, metadata, title_heading
from ingest.read.html.page import Node, Page, parse
from ingest.read.html.parts import Part, find_parts, link_lists, marked_parts
from ingest.read.html.references import Lists, find_lists
from ingest.read.html.walk import Written, write
from ingest.read.layout import Raw, settle
from ingest.reading import Reading
from kb.identifiers import find_dois, find_pmid
from kb.language.digests import source_id
from kb.model import AUDITED, Article, Block, Reference

_SEARCH = re.compile(r"//scholar\.google\.|/scholar_lookup|[?&](?:q|query|term)=", re.IGNORECASE)
"""Addresses that look for a work and are not it."""


def read(data: bytes, article_id: str) -> Reading:
    """Read a page.

    Its text is put together from what is shown of it: white space is folded, superscript digits stay superscript,
    tables are lines. What is no part of the article is kept in blocks that say why they are left out; what is hidden
    is not kept at all.

    Parameters
    ----------
    data
        The file; see ``ingest.read.html.page.parse`` for its encoding.
    article_id
        Its id; where that is its address, links to the same site are known by it.

    Raises
    ------
    ArticleError
        It is empty, binary, nested too deep, or has too many tags.
    """
    page = parse(data, article_id)
    told = metadata(page)
    title = title_heading(page)
    heart = [title] if title else []
    marked = marked_parts(page)
    lists = find_lists(page, find_parts(page, marked, [*heart, *page.tagged("main", "article")[:1]], None))
    addresses = _Addresses(article_id, told.address, lists)
    left_out = _left_out(page, marked, heart, lists, addresses)
    written = write(page, Manners(page, left_out, lists), addresses.targets)
    text = written.flow.text
    name, blocks = settle(text, written.flow.raws, told.title)
    article = Article(
        id=article_id,
        title=name or article_id,
        text=text,
        blocks=blocks,
        format="html",
        date=told.date,
        language=told.language,
    )
    entries = [_entry(page, text, item, raw, number) for number, (item, raw) in enumerate(written.entries, 1)]
    return Reading(
        article=article,
        anchors=tuple(written.flow.anchors),
        raised=tuple(written.flow.raised),
        links=tuple(_links(text, blocks, written, addresses)),
        entries=enriched(page, entries),
        aliases=lists.aliases,
        remarks=written.remarks,
    )


def _left_out(
    page: Page, marked: Mapping[int, Part], heart: Sequence[Node], lists: Lists, addresses: _Addresses
) -> dict[int, Part]:
    """All parts of a page that are not its article."""
    listed = sorted([*lists.fields, *lists.headings], key=lambda node: node.order)
    parts = find_parts(page, marked, heart, listed)
    main = main_part(page, parts, lists.fields)
    if main is not None:
        heart = [*heart, main]
        parts = find_parts(page, marked, heart, listed)
        parts |= outside(page, heart, listed, parts)
    away = [link for link in page.tagged("a") if addresses.is_internal(link)]
    inside = dict(link_lists(page, away, listed))
    return inside | parts


def _entry(page: Page, text: str, item: Item, raw: Raw, position: int) -> Reference:
    """An entry of the list, with the identifiers that its links name."""
    printed = " ".join(text[raw.start : raw.end].split())
    number, body = label_of(printed, item.ordinal)
    addresses = [link.get("href") for link in page.tagged("a", within=item.node) if link.get("href").startswith("http")]
    doi = next((found[0].doi for found in map(find_dois, addresses) if found), None)
    pmid = next(filter(None, map(find_pmid, addresses)), None)
    return Reference(
        id=item.id,
        position=position,
        text=printed[body:],
        source=source_id(doi, pmid, printed),
        line=raw.line,
        start=raw.start,
        end=raw.end,
        label=number or item.ordinal,
        doi=doi,
        pmid=pmid,
        url=None if doi or pmid else next((one for one in addresses if _SEARCH.search(one) is None), None),
    )


def _links(text: str, blocks: Sequence[Block], written: Written, addresses: _Addresses) -> Iterator[Link]:
    """The links of the audited text that name a work."""
    spans = [(block.start, block.end) for block in blocks if block.kind in AUDITED]
    starts = [start for start, _ in spans]
    for first, last, node in written.links:
        words = text[first:last].strip()
        start = first + len(text[first:last]) - len(text[first:last].lstrip())
        at = bisect_right(starts, start) - 1
        address = node.get("href").strip()
        if not words or at < 0 or start >= spans[at][1] or not address.lower().startswith(("http://", "https://")):
            continue
        link = link_to(address, "" if words.startswith("http") else words, start, start + len(words))
        if link and not (link.url and addresses.is_internal(node)):
            yield link


class _Addresses:
    """What the links of a page lead to: an entry of its list, another page of the site, or another site."""

    def __init__(self, article_id: str, canonical: str, lists: Lists) -> None:
        self._own = [parts for parts in map(_split, (article_id, canonical)) if parts.scheme in ("http", "https")]
        self._names = {item.id: item.id for item in lists.items} | dict(lists.aliases)
        self._remarks = {item.id for item in lists.items if item.remark}
        self._notes = {item.id: item.points_to for item in lists.items if item.points_to}

    def targets(self, node: Node) -> tuple[str, ...]:
        """The entries that a link, or an element with ``data-cites``, cites."""
        if node.get("data-cites"):
            return self._cited(node)
        entry = self.entry(node)
        return self._notes.get(entry, (entry,)) if entry and entry not in self._remarks else ()

    def entry(self, node: Node) -> str | None:
        """The entry that a link of this page leads to."""
        address = node.get("href").strip()
        if node.tag != "a" or "#" not in address:
            return None
        fragment = unquote(address.partition("#")[2])
        return self._names.get(fragment) if self._is_here(_split(address)) else None

    def is_internal(self, link: Node) -> bool:
        """Whether a link leads to another page of the site, or to a place of this page that is no reference."""
        address = _split(link.get("href").strip())
        if not link.get("href") or self.entry(link) or address.scheme not in ("", "http", "https"):
            return False
        return not address.netloc or any(_host(address) == _host(own) for own in self._own)

    def _cited(self, node: Node) -> tuple[str, ...]:
        """The entries that pandoc's ``data-cites`` names; a key without an entry stays as it is written."""
        keys = node.get("data-cites").split()
        names = [self._names.get(f"ref-{key}") or self._names.get(key) for key in keys]
        return tuple(name or key for name, key in zip(names, keys, strict=True)) if self._names else ()

    def _is_here(self, address: SplitResult) -> bool:
        """Whether an address is that of this page, as far as it says."""
        if not address.netloc and not address.path:
            return True
        if not self._own:
            return True
        same = [own for own in self._own if not address.netloc or _host(own) == _host(address)]
        return any(own.path.rstrip("/").endswith(address.path.lstrip("./").rstrip("/")) for own in same)


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address[:2000])
    except ValueError:  # a bracket that is no IPv6 address
        return SplitResult("invalid", "", "", "", "")


def _host(address: SplitResult) -> str:
    return address.netloc.rpartition("@")[2].partition(":")[0].lower().removeprefix("www.")
