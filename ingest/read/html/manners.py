"""How text is taken in each element of a page: as what kind of block, and what ends one."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from ingest.read.html.entries import Item
from ingest.read.html.page import Node, Page
from ingest.read.html.parts import Part
from ingest.read.html.references import Lists
from kb.model import BlockKind

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data dfn em font i img input ins kbd label mark math mfrac mi mn mo mrow"
    " msub msubsup msup mtext nobr output q s samp semantics small span strike strong sub sup time tt u var wbr".split()
)
"""What does not end a paragraph; nor does any element that HTML does not know, whose name has a hyphen or a colon."""

_KINDS: Mapping[str, BlockKind] = {
    "li": "list item",
    "dd": "list item",
    "dt": "list item",
    "blockquote": "quotation",
    "figure": "caption",
    "figcaption": "caption",
    "caption": "caption",
}
_CONTROLS = frozenset({"button", "select", "textarea", "input", "option", "optgroup", "progress", "meter"})
_CAPTION = re.compile(r"(?:[a-z]{1,12}[-_]){0,3}caption(?:[-_]text)?", re.IGNORECASE)
_PERMALINK = re.compile(r"[¶#§🔗]?")
_BACK_LINK = re.compile(
    r"[\^↑↩↵⏎⇑▲\ufe0e\ufe0f]*|[a-z]|jump up(?: to)?:?|back(?: to (?:text|top|article))?|return to (?:text|ref\w*)",
    re.IGNORECASE,
)
_BACK_NAME = re.compile(r"(?:^|[-_])back[-_]?(?:link|ref)s?$|^footnote-back", re.IGNORECASE)
_LINK_LABEL = re.compile(
    r"\W*(?:google scholar|pub ?med(?: abstract| central)?|pmc(?: free article)?|cross ?ref(?: full text)?|medline|cas"
    r"|scopus|web of science|full text(?: via \w+)?|view (?:article|record).{0,40}|free full text|abstract|isi|article"
    r"|open ?url.{0,30}|publisher full text|download)\W*",
    re.IGNORECASE,
)
_LONGEST_LABEL = 80
_LARGEST_CELL = 400
"""Letters in a cell from which on a table is there to lay out text."""


class Manner(msgspec.Struct, frozen=True, kw_only=True):
    """How text is taken: as what kind of block, and what stands between the pieces of one."""

    kind: BlockKind = "paragraph"
    why: str = ""
    level: int = 0
    glue: str = ""
    """Where set, elements inside do not end the block: this stands between their texts."""
    verbatim: bool = False
    item: Item | None = None


class Manners:
    """The manner that each element of a page brings with it."""

    def __init__(self, page: Page, left_out: Mapping[int, Part], lists: Lists) -> None:
        self._page = page
        self._left_out = left_out
        self._items = {item.node.order: item for item in lists.items}
        self._undivided = {node.order for node in lists.undivided}
        self._headings = {node.order for node in lists.headings}

    def drops(self, node: Node, manner: Manner) -> bool:
        """Whether nothing is shown of an element: what is hidden, controls, and links that lead back or elsewhere."""
        part = self._left_out.get(node.order)
        if part is not None and part.kind is None:
            return True
        if node.tag in _CONTROLS:
            return node.order not in self._headings and manner.kind != "heading"
        if manner.item is not None and any(map(_BACK_NAME.search, node.get("class")[:200].split())):
            return True
        if node.tag != "a" or not node.get("href") or self._page.letters(node) > _LONGEST_LABEL:
            return False
        words = self._page.words(node)
        if manner.item is not None:
            back = node.get("href").startswith("#") and bool(_BACK_LINK.fullmatch(words))
            return back or node.get("role") == "doc-backlink" or bool(_LINK_LABEL.fullmatch(words))
        return manner.kind == "heading" and bool(_PERMALINK.fullmatch(words))

    def of(self, node: Node, around: Manner) -> Manner | None:
        """The manner in an element, where it is another than ``around`` it."""
        part = self._left_out.get(node.order)
        if around.item is not None or (around.why and around.glue):
            return None
        if part is not None and part.kind is not None:
            return Manner(kind=part.kind, why=part.why, glue="\n")
        if node.order in self._items:
            return _of_item(self._items[node.order])
        if node.order in self._undivided:
            return Manner(kind="reference list", why="is the reference list", glue="\n")
        return self._by_tag(node, around)

    def _by_tag(self, node: Node, around: Manner) -> Manner | None:
        level = int(node.tag[1]) if node.tag in HEADINGS else 2 if node.order in self._headings else 0
        if not level and node.get("role") == "heading":
            level = int(node.get("aria-level")) if node.get("aria-level") in tuple("123456") else 2
        if level:
            return Manner(kind="heading", level=level, glue=" ")
        if node.tag in _KINDS or (node.tag in ("p", "div") and _is_caption(node)):
            return Manner(kind=_KINDS.get(node.tag, "caption"))
        if around.kind == "table":
            return None
        if node.tag == "table" and not self._lays_out(node):
            return Manner(kind="table", glue="\n")
        return Manner(kind="code", glue="\n", verbatim=True) if node.tag == "pre" else None

    def _lays_out(self, table: Node) -> bool:
        """Whether a table is there to place text on the page, not to show data."""
        page = self._page
        if table.get("role") in ("presentation", "none") or page.tagged(*HEADINGS, within=table):
            return True
        if len(page.tagged("table", within=table)) > 1 or len(page.tagged("td", "th", within=table)) < 2:
            return True
        return any(page.letters(cell) > _LARGEST_CELL for cell in page.tagged("td", within=table))


def ends_block(node: Node) -> bool:
    """Whether a paragraph ends where an element begins or ends."""
    return node.tag not in _INLINE and "-" not in node.tag and ":" not in node.tag


def _of_item(item: Item) -> Manner:
    if item.remark:
        return Manner(kind="comment", why="is a footnote that names no work", glue=" ", item=item)
    if item.points_to:
        return Manner(kind="comment", why="is a short note that points to an entry of the list", glue=" ", item=item)
    return Manner(kind="reference list", why="is an entry of the reference list", glue=" ", item=item)


def _is_caption(node: Node) -> bool:
    return any(map(_CAPTION.fullmatch, node.get("class")[:200].split()))
