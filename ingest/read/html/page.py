"""A web page as a tree of our own: every element with its line and place, its texts in between, nothing recursive.

lxml parses; its tree is turned into plain records once, so that what follows is typed, and counting the letters under
an element, linked or not, takes no walk.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ingest.read.html.limits import check_size
from ingest.read.noted import around, comments, remark_of
from kb.errors import ArticleError

if TYPE_CHECKING:
    from lxml import etree

_DROPPED = frozenset(
    "script style template noscript svg iframe object embed canvas audio video map datalist annotation"
    " annotation-xml rt rp del frameset noframes".split()
)
_ATTRIBUTES = frozenset(
    "aria-hidden aria-level class content data-cites datetime hidden href http-equiv id itemprop lang name property"
    " pubdate rel role start style type value xml:lang".split()
)
"""What is read of an element; the rest is forgotten."""

_LONGEST_PATH = 24
_SAFE_ID = re.compile(r"[\w.:-]{1,80}")
_DECLARED = re.compile(
    rb"""<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w-]{2,20})|<\?xml[^>]{1,100}?encoding\s*=\s*["']([\w-]{2,20})""",
    re.IGNORECASE,
)
_ENCODING = re.compile(
    r"windows-125\d|koi8-[ru]|shift_jis|euc-jp|euc-kr|gb18030|gbk|big5|iso-8859-(?:[2-8]|1[03-6])", re.IGNORECASE
)
"""The encodings of the web beside UTF-8 (WHATWG Encoding Standard, section 4.2) that Python knows by the same name."""

_WESTERN = "windows-1252"
"""What Latin-1 and ASCII mean on the web, and what a page in no other encoding is in (the same standard)."""

_HEAD = 2048
_NONE: Mapping[str, str] = MappingProxyType({})
_LATEST_LINE = 65535
"""The greatest line that libxml2 keeps of an element."""


class Text(NamedTuple):
    """A piece of running text, and the line that it begins at; or a comment to this program, which has no words."""

    words: str
    line: int
    remark: str = ""


@dataclass(slots=True, eq=False)
class Node:
    """An element. ``order`` counts from 0 in document order, ``last`` is that of the last element in it."""

    tag: str
    attributes: Mapping[str, str]
    line: int
    order: int
    parent: Node | None
    nth: int
    """Which of its parent's children of the same tag, from 1."""
    last: int = 0
    contents: list[Node | Text] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute, empty where there is none."""
        return self.attributes.get(name, "")

    def holds(self, other: Node) -> bool:
        """Whether ``other`` is this element or lies in it."""
        return self.order <= other.order <= self.last

    @property
    def children(self) -> list[Node]:
        """The elements directly in it."""
        return [one for one in self.contents if isinstance(one, Node)]

    def ancestors(self) -> Iterator[Node]:
        """The elements that it lies in, from the inside."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


class Page:
    """All elements in document order, and how many letters lie where."""

    def __init__(
        self, nodes: Sequence[Node], data: Sequence[str], remarks: tuple[Sequence[str], Sequence[str]] = ((), ())
    ) -> None:
        self.nodes = nodes
        self.data = data
        """The texts of its JSON-LD scripts."""
        self.remarks = remarks
        """Comments to this program before the body, and behind the page."""
        self.ids: dict[str, Node] = {}
        for node in nodes:
            for name in (node.get("id"), node.get("name") if node.tag == "a" else ""):
                if name:
                    self.ids.setdefault(name, node)
        self.own = [_own_letters(node) for node in nodes]
        """How many characters that are no white space stand directly in each element."""
        self._letters = sums(self.own)
        self._orders: dict[str, list[int]] = {}
        for node in nodes:
            self._orders.setdefault(node.tag, []).append(node.order)
        self.body = next(iter(self.tagged("body")), nodes[0])
        """The body, or all there is."""

    def under(self, node: Node) -> Sequence[Node]:
        """The element and all elements in it, in document order."""
        return self.nodes[node.order : node.last + 1]

    def tagged(self, *tags: str, within: Node | None = None) -> list[Node]:
        """The elements of some tags in document order; inside of one element, or all."""
        first, last = (within.order, within.last) if within else (0, len(self.nodes))
        found = []
        for tag in tags:
            orders = self._orders.get(tag, [])
            found += orders[bisect_right(orders, first - 1) : bisect_right(orders, last)]
        return [self.nodes[order] for order in sorted(found)]

    def letters(self, node: Node) -> int:
        """How many characters that are no white space are in an element."""
        return self._letters[node.last + 1] - self._letters[node.order]

    def following(self, node: Node) -> Iterator[Node]:
        """The next siblings of an element."""
        at = node.last + 1
        while at < len(self.nodes) and self.nodes[at].parent is node.parent:
            yield self.nodes[at]
            at = self.nodes[at].last + 1

    def mask(self, orders: Iterable[int]) -> bytearray:
        """For each element whether it is, or lies in, one of some elements, given by their order."""
        mask = bytearray(len(self.nodes))
        for order in orders:
            last = self.nodes[order].last
            mask[order : last + 1] = b"\1" * (last + 1 - order)
        return mask

    def words(self, node: Node) -> str:
        """All text in an element on one line."""
        return " ".join("".join(text.words for text, opened in walk(node) if isinstance(text, Text)).split())

    def place(self, node: Node) -> str:
        """Where an element stands: its path from the nearest element with an id, else from the root."""
        steps: list[str] = []
        at: Node | None = node
        while at is not None and len(steps) < _LONGEST_PATH:
            if _SAFE_ID.fullmatch(at.get("id")):
                return "/".join([f"#{at.get('id')}", *reversed(steps)])
            steps.append(at.tag if at.tag in ("html", "body", "main") else f"{at.tag}[{at.nth}]")
            at = at.parent
        return "/".join(["" if at is None else "…", *reversed(steps)])


def walk(top: Node) -> Iterator[tuple[Node | Text, bool]]:
    """What is in an element in document order: each text, and each element twice, opened (True) and closed (False)."""
    yield top, True
    path: list[tuple[Node, Iterator[Node | Text]]] = [(top, iter(top.contents))]
    while path:
        node, rest = path[-1]
        found = next(rest, None)
        if found is None:
            path.pop()
            yield node, False
        elif isinstance(found, Text):
            yield found, True
        else:
            yield found, True
            path.append((found, iter(found.contents)))


def parse(data: bytes, article_id: str) -> Page:
    """The tree of a page.

    Parameters
    ----------
    data
        The file; in the encoding that its byte order mark or its ``meta`` names, else UTF-8, else windows-1252.
    article_id
        How messages name it.

    Raises
    ------
    ArticleError
        It is empty or binary, larger than ``limits.check_size`` allows, or nested deeper than the parser can follow.
    """
    from lxml import etree

    written = _decoded(data, article_id)
    check_size(written, article_id)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(written.encode("utf-8"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise ArticleError(
            "is nested too deep to be read to its end", place=article_id, remedy="save the text of the article alone"
        )
    if root is None:
        raise ArticleError("holds no text", place=article_id, remedy="check that the right file was saved")
    scripts = [script.text or "" for script in root.iter("script") if _is_json(script.get("type"))]
    ahead, behind = around(root)
    head = root.find("head")
    ahead += [] if head is None else comments(head)
    remarks = (tuple(filter(None, map(remark_of, ahead))), tuple(filter(None, map(remark_of, behind))))
    return Page(_grown(root), scripts, remarks)


def _is_json(kind: str | None) -> bool:
    return (kind or "").strip().lower() == "application/ld+json"


def _decoded(data: bytes, article_id: str) -> str:
    if not data.strip():
        raise ArticleError("is empty", place=article_id, remedy="check that the right file was saved")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        text = _in_declared(data)
    if "\0" in text:
        raise ArticleError("is a binary file, not a page", place=article_id, remedy="save the page again as HTML")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _in_declared(data: bytes) -> str:
    marked = data.startswith(b"\xef\xbb\xbf")  # the mark goes before what the page says of itself (HTML, 13.2.3.2)
    declared = None if marked else _DECLARED.search(data, 0, _HEAD)
    name = next(filter(None, declared.groups()), b"").decode("ascii", "replace") if declared else ""
    if _ENCODING.fullmatch(name):
        return data.decode(name, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        is_utf8 = marked or name.lower() in ("utf-8", "utf8")
        return data.decode("utf-8-sig" if is_utf8 else _WESTERN, errors="replace")


def _grown(root: etree._Element) -> list[Node]:
    """The elements of lxml's tree as nodes. An element's line is that of the end of its tag; in texts it is counted."""
    from lxml import etree

    nodes: list[Node] = []
    path: list[tuple[Node, Counter[str]]] = []
    line = 1
    dropping = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        inside: str | None = None
        if event == "start":
            told = element.sourceline or _LATEST_LINE
            line = told if told < _LATEST_LINE else line
            dropping += tag in _DROPPED or dropping > 0
            if not dropping:
                parent, seen = path[-1] if path else (None, Counter())
                seen[tag] += 1
                node = Node(tag, _attributes(element), line, len(nodes), parent, seen[tag])
                nodes.append(node)
                if parent is not None:
                    parent.contents.append(node)
                path.append((node, Counter()))
            inside = element.text
        elif event == "end":
            if dropping:
                dropping -= 1
            else:
                path.pop()[0].last = len(nodes) - 1
            inside = element.tail
            element.clear(keep_tail=True)  # each tree would take as much memory as the other
        else:
            if event == "comment" and path and not dropping and (remark := remark_of(element)):
                path[-1][0].contents.append(Text("", line, remark))
            line += (element.text or "").count("\n")
            inside = element.tail
        if inside:
            if path and not dropping:
                path[-1][0].contents.append(Text(inside, line))
            line += inside.count("\n")
    return nodes


def _attributes(element: etree._Element) -> Mapping[str, str]:
    found = {name: value for name, value in element.items() if name in _ATTRIBUTES}
    return found or _NONE


def _own_letters(node: Node) -> int:
    return sum(len("".join(one.words.split())) for one in node.contents if isinstance(one, Text))


def sums(counts: Iterable[int]) -> list[int]:
    """Running totals: what lies in the elements ``a`` to ``b`` is ``sums[b + 1] - sums[a]``."""
    return [0, *accumulate(counts)]


def inherited(nodes: Sequence[Node], tags: Set[str]) -> list[str]:
    """For each element the tag of the nearest element around it that is one of ``tags``, empty where none is."""
    around: list[str] = []
    for node in nodes:
        parent = node.parent
        around.append("" if parent is None else parent.tag if parent.tag in tags else around[parent.order])
    return around
