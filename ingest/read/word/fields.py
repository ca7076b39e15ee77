r"""Field codes: what Word and the citation programs keep behind a passage.

=========  ====================================================================================================
Zotero     ``ADDIN ZOTERO_ITEM CSL_CITATION {json}``; the list: ``ADDIN ZOTERO_BIBL``
Mendeley   ``ADDIN CSL_CITATION {json}``, or a content control whose tag is ``MENDELEY_CITATION_v3_`` and the
           same JSON in base64; the list: ``ADDIN Mendeley Bibliography CSL_BIBLIOGRAPHY``
EndNote    ``ADDIN EN.CITE <EndNote>…``, or the same XML in base64 beside the code; the list: ``ADDIN EN.REFLIST``
Word       ``CITATION key \m key`` with the works in a part of their own; the list: ``BIBLIOGRAPHY``
=========  ====================================================================================================

Both kinds of JSON are the citation objects of citeproc-js, whose ``citationItems`` hold CSL items.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Literal

from ingest.csl import reference_from_csl
from ingest.endnote import reference_from_record
from ingest.entry import Entry, reference_of
from ingest.read.xml_tree import parse_xml
from kb.errors import ArticleError
from kb.model import Record, Reference

ORIGIN = "citation field"
LONGEST = 5_000_000
"""Characters of one code that are read; forty works with their abstracts have some 200,000."""

_CSL = re.compile(r"ADDIN\s+(?:ZOTERO_ITEM|(?:Mendeley\s+)?(?:Citation\s*)?CSL_CITATION)\b")
_LIST = re.compile(
    r"(?:ADDIN\s+(?:ZOTERO_BIBL|EN\.REFLIST|(?:Mendeley\s+Bibliography\s+)?CSL_BIBLIOGRAPHY)|BIBLIOGRAPHY)\b"
)
_ENDNOTE = re.compile(r"ADDIN\s+EN\.CITE\b")
_WORD = re.compile(r"CITATION\s")
_CONTENTS = re.compile(r"(?:TOC|INDEX|TOA)\b")
_POINTER = re.compile(r"(?:(?P<link>HYPERLINK)|(?P<bookmark>REF)|(?P<note>NOTEREF))\s", re.IGNORECASE)
_TOKEN = re.compile(r'"([^"]*)"|(\S+)')
_MENDELEY = re.compile(r"MENDELEY_CITATION_v\d_([A-Za-z0-9+/=_-]+)")
_TEMPORARY = re.compile(r"ITEM-\d+")
"""Ids that Mendeley counts anew in every citation."""


class Item(Record, frozen=True, kw_only=True):
    """One work of a citation: the names by which its program tells works apart, and what it says of it."""

    names: tuple[str, ...]
    reference: Reference | None = None


class Code(Record, frozen=True, kw_only=True):
    """What stands behind the result of a field."""

    kind: Literal["citation", "list", "contents", "link", "bookmark", "note", "other"] = "other"
    items: tuple[Item, ...] = ()
    target: str = ""
    """Of a link the address, else the bookmark."""


def read_code(instruction: str, data: str = "") -> Code:
    """What a field's instruction says; ``data`` is what Word keeps beside it in base64."""
    instruction = instruction.strip()[:LONGEST]
    if _CSL.match(instruction):
        return Code(kind="citation", items=tuple(_csl_items(instruction)))
    if _ENDNOTE.match(instruction):
        start = instruction.find("<EndNote")
        return Code(kind="citation", items=tuple(_endnote_items(instruction[start:] if start >= 0 else _decoded(data))))
    if _LIST.match(instruction):
        return Code(kind="list")
    if _WORD.match(instruction):
        return Code(kind="citation", items=tuple(Item(names=(f"word:{key}",)) for key in _word_keys(instruction)))
    if _CONTENTS.match(instruction):
        return Code(kind="contents")
    return _pointer(instruction)


def read_tag(tag: str) -> Code:
    """What the tag of a content control says."""
    found = _MENDELEY.fullmatch(tag[:LONGEST])
    if found:
        return Code(kind="citation", items=tuple(_csl_items(_decoded(found.group(1)))))
    return Code(kind="list" if tag.startswith("MENDELEY_BIBLIOGRAPHY") else "other")


def _pointer(instruction: str) -> Code:
    found = _POINTER.match(instruction)
    if not found:
        return Code()
    tokens = ["".join(token) for token in _TOKEN.findall(instruction[found.end() : found.end() + 4000])]
    place = next((name for switch, name in pairwise(tokens) if switch == r"\l"), "")
    first = tokens[0] if tokens and not tokens[0].startswith("\\") else ""
    if found["link"]:
        return Code(kind="link", target=first) if first else Code(kind="bookmark", target=place)
    return Code(kind="note" if found["note"] else "bookmark", target=first)


def _word_keys(instruction: str) -> Iterator[str]:
    r"""The keys of ``CITATION one \l 1033 \m two``: the first word, and each that follows ``\m``."""
    tokens = ["".join(token) for token in _TOKEN.findall(instruction)]
    for before, token in pairwise(tokens):
        if before in ("CITATION", r"\m"):
            yield token


def _csl_items(text: str) -> Iterator[Item]:
    start = text.find("{")
    try:
        found = json.JSONDecoder(strict=False).raw_decode(text, start)[0] if start >= 0 else None
    except (ValueError, RecursionError):
        return
    items = found.get("citationItems") if isinstance(found, dict) else None
    for position, one in enumerate(items if isinstance(items, list) else (), 1):
        if isinstance(one, dict):
            yield _csl_item(one, position)


def _csl_item(one: Mapping[str, object], position: int) -> Item:
    data = one.get("itemData")
    data = data if isinstance(data, dict) else {}
    addresses = [*_strings(one.get("uris")), *_strings(one.get("uri"))]
    given = data.get("id", one.get("id"))
    lasting = isinstance(given, int | str) and not _TEMPORARY.fullmatch(str(given))
    names = addresses or ([f"id:{given}"] if lasting else [])
    key = data.get("citation-key")
    reference = reference_from_csl(
        {**data, "id": key or _tail(addresses[0] if addresses else given if lasting else "")},
        origin=ORIGIN,
        position=position,
    )
    return Item(names=tuple(names), reference=reference)


def _strings(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str) and one]


def _tail(address: object) -> str:
    """The last part of an address: the key that Zotero, or the number that Mendeley, gives a work."""
    return re.split(r"[/=]", str(address).rstrip("/"))[-1]


def _endnote_items(text: str) -> Iterator[Item]:
    """The works of ``<EndNote><Cite>…<record>``; a citation without a record still says author and year."""
    try:
        root = parse_xml(text.rstrip("\0 \r\n").encode("utf-8", "ignore"), ORIGIN)
    except ArticleError:
        return
    for position, cite in enumerate(root.iter("Cite"), 1):
        author, year, number = (cite.findtext(name, "").strip() for name in ("Author", "Year", "RecNum"))
        record = cite.find("record")
        if record is None:
            name = f"endnote:{author}:{year}:{number}"
            entry = Entry(key=f"{author}{year}", authors=(author,) if author else (), date=year)
            yield Item(names=(name,), reference=reference_of(entry, origin=ORIGIN, position=position))
            continue
        library = next((key.get("db-id", "") for key in record.iter("key")), "")
        number = record.findtext("rec-number", number).strip()
        reference = reference_from_record(record, origin=ORIGIN, position=position)
        yield Item(names=(f"endnote:{library}:{number}",), reference=reference)


def _decoded(data: str) -> str:
    """Base64 as text; empty where it is none."""
    packed = "".join(data[:LONGEST].split()).translate(str.maketrans("-_", "+/"))
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-8", "replace")
    except ValueError:
        return ""
