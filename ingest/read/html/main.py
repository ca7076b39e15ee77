"""Which element of a page holds its article, where the page around it is not marked as such."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ingest.read.html.page import Node, Page, sums
from ingest.read.html.parts import OUTSIDE, Part

_TAGS = ("article", "main")
_NAMES = re.compile(
    r"(?:article|entry|post|story|page|main|blog)[-_]{0,2}(?:content|body|text|main)|content|content-?(?:main|body|area)"
    r"|mw-parser-output|articlebody|maincontent|bodycontent",
    re.IGNORECASE,
)
_MOST = 2 / 3
"""The part of the page's running text that the main part holds at least."""


def main_part(page: Page, parts: Collection[int], lists: Sequence[Node]) -> Node | None:
    """The smallest element marked as the main part that holds most of the running text; None where none does.

    Parameters
    ----------
    page
        The page.
    parts
        Parts that are no article, by their order: their text does not count.
    lists
        Reference lists: nor does theirs.
    """
    counted = list(page.own)
    for order in [*parts, *(one.order for one in lists), *(one.order for one in page.tagged("a"))]:
        last = page.nodes[order].last
        counted[order : last + 1] = [0] * (last + 1 - order)
    running = sums(counted)
    whole = running[page.body.last + 1] - running[page.body.order]
    marked = [node for node in page.under(page.body) if node.tag in _TAGS or node.get("role") in ("main", "article")]
    named = [node for node in page.tagged("div", "section", "td") if _is_named(node)]
    for candidates in (marked, named):
        holding = [one for one in candidates if running[one.last + 1] - running[one.order] >= _MOST * whole]
        if holding and whole:
            return min(holding, key=lambda one: (page.letters(one), -one.order))
    return None


def _is_named(node: Node) -> bool:
    names = [*node.get("class")[:300].split(), node.get("id")[:50]]
    return node.get("itemprop") == "articleBody" or any(map(_NAMES.fullmatch, names))


def outside(page: Page, kept: Sequence[Node], lists: Sequence[Node], parts: Collection[int]) -> dict[int, Part]:
    """What stands outside the main part: all but ``kept``, the reference lists, and what holds any of them."""
    wanted = sorted([*kept, *lists], key=lambda node: node.order)
    found: dict[int, Part] = {}
    at, index = page.body.order + 1, 0
    while at <= page.body.last:
        node = page.nodes[at]
        while index < len(wanted) and wanted[index].order < at:
            index += 1
        if index < len(wanted) and node.holds(wanted[index]):
            at = node.last + 1 if node is wanted[index] else at + 1
        else:
            if at not in parts and page.letters(node):
                found[at] = OUTSIDE
            at = node.last + 1
    return found
