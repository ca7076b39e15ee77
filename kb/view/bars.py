"""Numbers as bars that can be read, heard and followed.

A bar is a link whose words tell its number; its width is a class (`shares`), so that no style comes with the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kb.view.markup import Element, element


class Mark(NamedTuple):
    """A part of a bar: how many, of what, where it leads, and the class of its colour."""

    number: int
    words: str
    href: str
    class_: str
    sign: str = ""


def shares() -> str:
    """CSS that gives each ``.share-…`` of a bar its part of the width, in percent."""
    return "\n".join(f".share-{share}{{flex-grow:{share}}}.wide-{share}{{width:{share}%}}" for share in range(101))


def percent(number: int, of: int) -> int:
    """A share in whole percent, 0 to 100; what is there at all is at least 1, and what is not all at most 99.

    >>> percent(1, 1000), percent(999, 1000), percent(1, 3), percent(0, 5), percent(0, 0)
    (1, 99, 33, 0, 0)
    """
    if not number or not of:
        return 0
    return 100 if number >= of else min(max(round(100 * number / of), 1), 99)


def stacked(marks: Sequence[Mark], of: str) -> Element:
    """Parts of a whole side by side; each is a link that tells what it is."""
    total = sum(mark.number for mark in marks)
    return element("div", *(_part(mark, total, of) for mark in marks if mark.number), class_="stacked")


def _part(mark: Mark, total: int, of: str) -> Element:
    share = percent(mark.number, total)
    told = f"{mark.words}: {mark.number:,} ({share} %) {of}"
    # What is too narrow for its number tells it to who points at it or listens.
    written = f"{mark.sign} {mark.number:,}".strip() if share >= 2 + 2 * len(f"{mark.number:,}") else ""
    return element(
        "a", written, href=mark.href, class_=f"part share-{share} {mark.class_}", title=told, aria_label=told
    )


def rows(marks: Iterable[Mark], total: int) -> Element:
    """A bar a line, with its words and its number."""
    lines = (
        element(
            "tr",
            element("th", element("a", f"{mark.sign} {mark.words}".strip(), href=mark.href), scope="row"),
            element("td", f"{mark.number:,}", class_="number"),
            element("td", f"{percent(mark.number, total)} %", class_="number"),
            element(
                "td", element("span", class_=f"bar wide-{percent(mark.number, total)} {mark.class_}"), class_="drawn"
            ),
        )
        for mark in marks
    )
    return element("table", element("tbody", *lines), class_="bars")
