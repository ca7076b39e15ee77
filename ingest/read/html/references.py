"""The reference lists of a page, as its markup divides them: which elements are entries, and the names they go by."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote

import msgspec

from ingest.read.html.entries import Item, aliases_of, is_worded_so, named_items, names_work, with_short_notes
from ingest.read.html.page import Node, Page, Text, walk
from ingest.read.html.parts import INLINE, Part
from ingest.read.wording import REFERENCES, looks_like_entry

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FAUX = ("p", "div", "strong", "b", "summary", "dt", "legend", "span", "button")
"""Elements that can stand for a heading where their only words are "References"."""

_LONGEST_HEADING = 60
_MOST_IN_HEADING = 10
"""Elements in a heading."""

_LONGEST_ADDRESS = 2000
_LISTS = frozenset({"ol", "ul", "dl", "table", "tbody", "thead", "tfoot"})
_ROWS = frozenset({"li", "tr", "dd"})
_LIST_ROLES = frozenset({"doc-bibliography", "doc-endnotes", "doc-footnotes"})
_ENTRY_ROLES = frozenset({"listitem", "doc-endnote", "doc-biblioentry", "doc-footnote"})
_LIST_NAME = re.compile(
    r"(?!has|with|no-|hide|show)(?:[a-z]{1,12}[-_]{1,2}){0,3}(?:references|reference-?list|ref-?list|reflist|refs|bibliography|biblist|biblio|footnotes|endnotes"
    r"|works-?cited|literature-?cited|cit-list|citation-list|citationlist|footnotelist|sources)"
    r"(?:[-_]{1,2}(?:list|section|container|wrapper|wrap|content|items?|block|body|inner|small|columns?|\d{1,3}))*",
    re.IGNORECASE,
)
_ENTRY_NAME = re.compile(
    r"csl-entry|(?:bib|ref|cit|reference|citation)[-_]?(?:entry|item|blk|block)|bibitem|ltx_bibitem|ref-cit-blk|cit",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\W{0,3}(?:\d{1,4}|[a-z]{1,2}|[*†‡§¶]{1,3})(?:\W{1,3}\d{1,4}){0,20}\W{0,3}", re.IGNORECASE)
_POINTER_ROLES = frozenset({"doc-biblioref", "doc-noteref"})
_NO_ENTRY_TARGET = frozenset({"figure", "table", "section", "article", "main", "body", "img", "html", *_HEADINGS})
_RUN_TOGETHER = 3
_MOSTLY = 0.5


class Lists(msgspec.Struct, frozen=True, kw_only=True):
    """The reference lists of a page: what they stand in, their entries, and other names of these."""

    fields: tuple[Node, ...] = ()
    items: tuple[Item, ...] = ()
    undivided: tuple[Node, ...] = ()
    """Elements that hold several entries which only their words divide."""
    headings: tuple[Node, ...] = ()
    """Elements that stand for the heading of a list, whatever their tag."""
    aliases: Mapping[str, str] = {}


def find_lists(page: Page, left_out: Mapping[int, Part]) -> Lists:
    """Find the reference lists by class and role, by their heading, and by what footnote marks point to.

    ``left_out`` are parts of the page in which none is looked for.
    """
    targets = _targets(page, left_out)
    fields, headings = _fields(page, left_out)
    fields += _pointed_at(page, fields, targets)
    nodes: list[Node] = []
    undivided: list[Node] = []
    for group in fields:
        found = _divided(page, group, left_out, targets)
        if _is_run_together(page, found, targets):
            undivided += [node for node in found if is_worded_so(page, node)]
        else:
            nodes += _entries(page, found, targets)
    nodes.sort(key=lambda node: node.order)
    items = named_items(page, _outermost(nodes), _linked(page))
    flat = tuple(_outermost(sorted({id(n): n for group in fields for n in group}.values(), key=lambda n: n.order)))
    aliases = aliases_of(page, items, flat)
    return Lists(
        fields=flat,
        items=with_short_notes(page, items, aliases),
        undivided=tuple(undivided),
        headings=tuple(headings),
        aliases=aliases,
    )


def is_reference_heading(page: Page, node: Node) -> bool:
    """Whether an element is worded like the heading of a reference list, and is no link to one."""
    if node.tag not in _HEADINGS and node.tag not in _FAUX:
        return False
    if page.letters(node) > _LONGEST_HEADING or node.last - node.order > _MOST_IN_HEADING:
        return False
    alone = node.tag not in INLINE or (node.parent is not None and page.letters(node.parent) == page.letters(node))
    words = page.words(node) if alone else ""
    return bool(words and REFERENCES.match(words)) and not any(
        link.get("href") for link in [*page.tagged("a", within=node), *(up for up in node.ancestors() if up.tag == "a")]
    )


def _targets(page: Page, left_out: Mapping[int, Part]) -> dict[int, Node]:
    """The elements that links of this page point to, as a footnote mark or a number does, by their order."""
    outer = page.mask(left_out)
    found: dict[int, Node] = {}
    for link, target in _links_within(page):
        if outer[link.order] or target.tag in _NO_ENTRY_TARGET or target.order < link.order:
            continue
        raised = page.tagged("sup", within=link) or (link.parent is not None and link.parent.tag in ("sup", "cite"))
        told = link.get("role") in _POINTER_ROLES or "footnote" in link.get("rel") or raised
        if page.letters(link) <= _LONGEST_HEADING and (told or _POINTS.fullmatch(page.words(link))):
            found[target.order] = target
    return found


def _links_within(page: Page) -> Iterator[tuple[Node, Node]]:
    """The links that have a fragment which is the id of an element of this page, and that element."""
    for link in page.tagged("a"):
        target = page.ids.get(unquote(link.get("href")[:_LONGEST_ADDRESS].partition("#")[2]))
        if target is not None:
            yield link, target


def _linked(page: Page) -> dict[int, Node]:
    """All elements that links of the page point to, by their order."""
    return {target.order: target for _, target in _links_within(page)}


def _fields(page: Page, left_out: Mapping[int, Part]) -> tuple[list[list[Node]], list[Node]]:
    """The elements that hold a reference list, those that stand together in one group; and the headings of lists."""
    outer = page.mask(left_out)
    groups: list[list[Node]] = []
    headings: list[Node] = []
    at = page.body.order + 1
    while at <= page.body.last:
        node = page.nodes[at]
        if outer[at]:
            at = node.last + 1
        elif _is_list(page, node):
            groups.append([node])
            headings += [one for one in page.under(node) if is_reference_heading(page, one)][:1]
            at = node.last + 1
        elif is_reference_heading(page, node):
            headings.append(node)
            group = _after_heading(page, node, outer)
            groups += [group] if group else []
            at = (group[-1] if group else node).last + 1
        else:
            at += 1
    return groups, headings


def _is_list(page: Page, node: Node) -> bool:
    """Whether an element is marked as a reference list, and holds text and not the whole article."""
    if not node.attributes or node.tag in INLINE or node.tag in ("body", "main", "article", "p", "li", *_HEADINGS):
        return False
    names = [*node.get("class")[:500].split(), node.get("id")[:100]]
    named = node.get("role") in _LIST_ROLES or any(map(_LIST_NAME.fullmatch, names))
    return named and page.letters(node) > 0 and not page.tagged("h1", "main", "article", within=node)


def _after_heading(page: Page, heading: Node, outer: bytearray) -> list[Node]:
    """What stands under a heading: its next siblings, or those of the element that holds the heading alone."""
    at = heading
    while at.parent is not None and at.parent.tag not in ("body", "main", "article"):
        if any(map(page.letters, page.following(at))):
            break
        at = at.parent
    group: list[Node] = []
    level = heading.tag if heading.tag in _HEADINGS else "h6"
    for one in page.following(at):
        if any(h.tag <= level and not outer[h.order] for h in page.tagged(*_HEADINGS, within=one)):
            break
        if page.letters(one) and not outer[one.order]:
            group.append(one)
    return group


def _pointed_at(page: Page, fields: Sequence[Sequence[Node]], targets: Mapping[int, Node]) -> list[list[Node]]:
    """Lists outside the fields whose items footnote marks point to."""
    held = page.mask(node.order for group in fields for node in group)
    parents: dict[int, Node] = {}
    for order, target in targets.items():
        row = next((one for one in (target, *target.ancestors()) if one.tag in ("li", "dd")), None)
        if row is not None and row.parent is not None and not held[order]:
            parents[row.parent.order] = row.parent
    return [[node] for node in _outermost([parents[order] for order in sorted(parents)]) if node.tag in _LISTS]


def _is_entry(node: Node) -> bool:
    return node.get("role") in _ENTRY_ROLES or any(map(_ENTRY_NAME.fullmatch, node.get("class")[:500].split()))


def _divided(
    page: Page, group: Sequence[Node], left_out: Mapping[int, Part], targets: Mapping[int, Node]
) -> list[Node]:
    """The elements that are one entry each, as far as markup tells: rows, what has an id of its own, paragraphs."""
    orders = sorted(targets)
    found: list[Node] = []
    stack = list(reversed(group))
    while stack:
        node = stack.pop()
        if node.order in left_out or node.tag in _HEADINGS or node.tag == "dt" or not page.letters(node):
            continue
        inner = [one for one in node.children if one.tag not in INLINE and one.tag != "br" and page.letters(one)]
        aimed = bisect_right(orders, node.last) - bisect_left(orders, node.order)
        whole = node.tag in _ROWS or _is_entry(node) or (node.order in targets and aimed == 1)
        if node.tag in _LISTS or (inner and not whole and not _is_one(page, node, inner)):
            stack += reversed(inner)
        elif not is_reference_heading(page, node):
            found.append(node)
    return found


def _is_one(page: Page, node: Node, inner: Sequence[Node]) -> bool:
    """Whether the blocks in an element with an id are the lines of one entry: at most one is worded like one."""
    if not node.get("id") or len(inner) < 2 or node.tag == "section" or _is_list(page, node):
        return False
    if page.tagged(*_LISTS, within=node) or any(one.get("id") for one in inner):
        return False
    return sum(is_worded_so(page, one) for one in inner[:_RUN_TOGETHER]) < 2


def _is_run_together(page: Page, found: Sequence[Node], targets: Mapping[int, Node]) -> bool:
    """Whether entries stand in one element each, divided by line breaks or by nothing."""
    if any(node.tag in _ROWS or node.order in targets or _is_entry(node) for node in found):
        return False
    if any(sum(map(looks_like_entry, _lines(node))) > 1 for node in found if page.tagged("br", within=node)):
        return True
    if len(found) == 1:
        return True
    like = sum(is_worded_so(page, node) for node in found)
    return like < _MOSTLY * len(found) and not all(node.get("id") for node in found)


def _lines(node: Node) -> list[str]:
    """The texts between line breaks."""
    lines = [""]
    for one, opened in walk(node):
        if isinstance(one, Text):
            lines[-1] += one.words
        elif one.tag == "br" and opened:
            lines.append("")
    return lines


def _entries(page: Page, found: Sequence[Node], targets: Mapping[int, Node]) -> list[Node]:
    """Of the elements of a list those that are entries: the rows where there are any, else what looks like one."""
    marked = [node for node in found if node.order in targets or _is_entry(node)]
    rows = [node for node in found if node.tag in _ROWS or node.order in targets or _is_entry(node)]
    like = [node for node in rows or found if names_work(page, node)]
    if len(like) < _MOSTLY * len(rows or found):
        return marked
    return rows or like


def _outermost(nodes: Iterable[Node]) -> list[Node]:
    """Of elements in document order those that lie in none of the others."""
    found: list[Node] = []
    for node in nodes:
        if not found or node.order > found[-1].last:
            found.append(node)
    return found
