"""The entries of a page's reference lists: what each is called, by itself, by its list and by what links to it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import islice

import msgspec

from ingest.read.html.page import Node, Page
from ingest.read.wording import looks_like_entry

_NEAREST = 4
_LONGEST_ENTRY = 500_000
"""Letters; a list that only its words divide is one element as well."""

_LEAST_LINKED = 0.4
"""The part of the letters of a short note that are links to full entries; the rest are pages."""

_FOOTNOTES = re.compile(r"(?:foot|end)notes?(?:[-_]\w{1,20})?", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?:fn|footnote|endnote|(?:cite[-_])?note)", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\s*(?:\[\s?(\d{1,4})\s?\][.:]?|\((\d{1,3})\)|(\d{1,3})[.)](?!\d)|(\d{1,3})(?=\s+[^\W\d_a-zà-ÿ]))\s*"
)


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a list: its element, its id, and the number that the list counts it by, where it does."""

    node: Node
    id: str
    ordinal: str = ""
    remark: bool = False
    """Whether it is a footnote that names no work."""
    points_to: tuple[str, ...] = ()
    """The entries that it stands for, by id, where it is a short note: "Roe 2001, p. 5", linked to the full one."""

    @property
    def is_entry(self) -> bool:
        return not self.remark and not self.points_to


def label_of(text: str, ordinal: str = "") -> tuple[str, int]:
    """The number that an entry is printed with, and where its words begin.

    ``ordinal`` is its number by the list, with which a bare number agrees where it is none of the title's.

    >>> label_of("[12] Roe A. 2001."), label_of("3. Roe"), label_of("7 Roe A"), label_of("(2001). A report")
    (('12', 5), ('3', 3), ('7', 2), ('', 0))
    """
    match = _NUMBERED.match(text)
    if match is None or match.end() == len(text) or (match.group(4) and ordinal not in ("", match.group(4))):
        return "", 0
    return next(filter(None, match.groups())), match.end()


def is_worded_so(page: Page, node: Node) -> bool:
    """Whether an element is worded like an entry; what is much longer than one is none."""
    return page.letters(node) <= _LONGEST_ENTRY and looks_like_entry(page.words(node))


def names_work(page: Page, node: Node) -> bool:
    return is_worded_so(page, node) or any(
        link.get("href").startswith("http") for link in page.tagged("a", within=node)
    )


def named_items(page: Page, nodes: Sequence[Node], targets: Mapping[int, Node]) -> tuple[Item, ...]:
    """The entries with their ids: the element's own, that of what links point to in it, or a made one."""
    orders = sorted(targets)
    items: list[Item] = []
    taken: set[str] = set(page.ids)
    given: set[str] = set()
    counts: dict[int, int] = {}
    for number, node in enumerate(nodes, 1):
        first = bisect_left(orders, node.order)
        inner = targets[orders[first]] if first < len(orders) and orders[first] <= node.last else None
        name = node.get("id") or (inner.get("id") or inner.get("name") if inner else "")
        if not name or name in given:
            name = _made(number, taken)
        given.add(name)
        taken.add(name)
        remark = _is_footnote(node, name) and not names_work(page, node)
        items.append(Item(node=node, id=name, ordinal=_ordinal(node, counts), remark=remark))
    return tuple(items)


def with_short_notes(page: Page, items: Sequence[Item], aliases: Mapping[str, str]) -> tuple[Item, ...]:
    """The items; of those that consist mostly of links to other items it is said which.

    Parameters
    ----------
    page, items
        The page and the items of its lists.
    aliases
        Other names of items, and their ids.
    """
    full = {item.id for item in items}
    names = {name: name for name in full} | {name: meant for name, meant in aliases.items() if meant in full}
    found = []
    for item in items:
        links = [
            link
            for link in page.tagged("a", within=item.node)
            if names.get(link.get("href")[1:], item.id) != item.id and link.get("href").startswith("#")
        ]
        linked = sum(map(page.letters, links))
        own = tuple(dict.fromkeys(names[link.get("href")[1:]] for link in links))
        short = 0 < _LEAST_LINKED * page.letters(item.node) <= linked
        found.append(msgspec.structs.replace(item, points_to=own) if own and short else item)
    pointing = {item.id for item in found if item.points_to}
    return tuple(
        msgspec.structs.replace(item, points_to=()) if pointing.intersection(item.points_to) else item for item in found
    )


def _is_footnote(node: Node, name: str) -> bool:
    if node.get("role") in ("doc-endnote", "doc-footnote") or _FOOTNOTE.match(name):
        return True
    around = (node, *islice(node.ancestors(), _NEAREST))
    names = [name for up in around for name in (*up.get("class")[:200].split(), up.get("id")[:50])]
    return any(map(_FOOTNOTES.fullmatch, names))


def _made(number: int, taken: set[str]) -> str:
    name = f"ref-{number}"
    while name in taken:
        name += "-"
    return name


def _ordinal(node: Node, counts: dict[int, int]) -> str:
    """The number that a numbered list shows before an item; ``counts`` holds the last one of each list."""
    parent = node.parent
    if node.tag != "li" or parent is None or parent.tag != "ol":
        return ""
    last = counts.get(parent.order, _integer(parent.get("start"), 1) - 1)
    counts[parent.order] = _integer(node.get("value"), last + 1)
    return str(counts[parent.order])


def _integer(written: str, otherwise: int) -> int:
    return int(written) if re.fullmatch(r"\d{1,5}", written, re.ASCII) else otherwise


def aliases_of(page: Page, items: Sequence[Item], fields: Sequence[Node]) -> dict[str, str]:
    """Ids in an entry, and in a list those of empty marks before an entry and of what holds it alone."""
    starts = [item.node.order for item in items]
    listed = page.mask(node.order for node in fields)
    aliases: dict[str, str] = {}
    for name, node in page.ids.items():
        inside = bisect_right(starts, node.order) - 1
        first, last = bisect_left(starts, node.order), bisect_right(starts, node.last)
        if inside >= 0 and items[inside].node.holds(node):
            aliases[name] = items[inside].id
        elif listed[node.order] and (last - first == 1 or (first < len(items) and not page.letters(node))):
            aliases[name] = items[first].id
    return {name: meant for name, meant in aliases.items() if name != meant}
