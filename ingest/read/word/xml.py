"""Names and look-ups in the XML of Word: WordprocessingML, ISO/IEC 29500-1, 17."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_PREFIXES = {
    WORD: "w",
    f"{OFFICE}relationships": "r",
    f"{OFFICE}math": "m",
    f"{OFFICE}bibliography": "b",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
_ADDRESSES = {prefix: address for address, prefix in _PREFIXES.items()}
THROUGH = frozenset(
    "w:sdtContent w:customXml w:smartTag w:ins w:moveTo w:dir w:bdo w:ruby w:rubyBase mc:Choice mc:Fallback".split()
)
"""Elements that only hold others."""


def name_of(element: Element) -> str:
    """An element's name with the prefix that Word gives it, "w:p"; empty for comments and processing instructions."""
    return _short(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    address, _, name = tag.rpartition("}")
    prefix = _PREFIXES.get(address[1:], "")
    return f"{prefix}:{name}" if prefix else name


@lru_cache(maxsize=256)
def full_name(name: str) -> str:
    """The opposite: "w:p" → the tag with its namespace."""
    prefix, _, local = name.partition(":")
    return f"{{{_ADDRESSES[prefix]}}}{local}"


def value(element: Element | None, name: str = "w:val") -> str:
    """An attribute of an element; empty where either is not there."""
    return "" if element is None else element.get(full_name(name), "")


def child(element: Element | None, name: str) -> Element | None:
    """The first child of a name."""
    return None if element is None else next(element.iterchildren(full_name(name)), None)


def switched_on(element: Element | None) -> bool:
    """Whether a property that is on or off is there and on."""
    return element is not None and value(element) not in ("0", "false", "off")


def parts(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those inside controls and insertions."""
    for one in element:
        found = name_of(one)
        if found == name:
            yield one
        elif found in THROUGH or found == "w:sdt":
            yield from parts(one, name)


def deleted(element: Element) -> bool:
    """Whether a row, or the mark at the end of a paragraph, is taken out by a change that is tracked."""
    properties = (
        child(child(element, "w:pPr"), "w:rPr") if element.tag == full_name("w:p") else child(element, "w:trPr")
    )
    return child(properties, "w:del") is not None


def text_boxes(element: Element) -> Iterator[Element]:
    """The outermost text boxes of a drawing, each in one of its forms."""
    for one in element:
        name = name_of(one)
        if name == "w:txbxContent":
            yield one
        elif name != "mc:Fallback" or child(element, "mc:Choice") is None:
            yield from text_boxes(one)
