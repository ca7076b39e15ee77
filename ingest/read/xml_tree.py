"""XML from outside → a tree, without reading any file, reaching any address or unpacking any entity.

Publishers' files name a DTD that is not read, and use the entities that it would define, such as ``&nbsp;``. Those
are the characters that HTML calls by the same name. Entities that the document defines itself are not unpacked: they
are the way in which files are drawn in and memory is filled.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from html.entities import html5
from typing import TYPE_CHECKING

from kb.errors import ArticleError, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_NODES = 1_200_000
"""The most nodes of a tree, reckoned from the marks in the file: each takes about 130 bytes of memory, and 10 MB of a
publisher's file hold at most 1.1 million."""

_DECLARED = re.compile(rb"<!ENTITY\s{1,99}(?:%\s{1,99})?([A-Za-z_:][\w.:-]{0,99})")
_NAMED = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|&([A-Za-z][A-Za-z0-9]{0,31});", re.DOTALL
)
_PREDEFINED = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))


def parse_xml(data: bytes, article_id: str) -> _Element:
    """The root of an XML document, in the encoding that it declares or that its first bytes show.

    Raises
    ------
    ArticleError
        It is empty, not well-formed, nested too deep, has too many elements, or uses entities of its own.
    """
    from lxml import etree

    if not data.strip(b" \t\r\n\0"):
        raise ArticleError("is empty", place=article_id, remedy="check that the right file was saved")
    data, encoding = _narrowed(data, article_id)
    data = _with_named_entities(data)
    if _nodes(data) > MOST_NODES:
        raise ArticleError("has more elements than are read", place=article_id, remedy="split it into chapters")
    parser = etree.XMLParser(
        encoding=encoding, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _malformed(error, article_id) from None
    except (ValueError, LookupError) as error:
        raise ArticleError(f"is not XML ({one_line(str(error))[:100]})", place=article_id) from None
    for entity in root.iter(etree.Entity):
        raise _own_entity(entity.text or "", entity.sourceline, article_id)
    return root


def local_name(tag: object) -> str:
    """The name of an element without its namespace; empty for comments and processing instructions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _narrowed(data: bytes, article_id: str) -> tuple[bytes, str | None]:
    """UTF-16 as UTF-8, with the encoding that overrides the declared one; all else as it is."""
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None
    encoding = encoding or next((name for start, name in _WIDE if data.startswith(start)), None)
    if encoding is None:
        return data, None
    try:
        return data.decode(encoding).encode("utf-8"), "utf-8"
    except UnicodeError:
        raise ArticleError(
            "is not valid UTF-16", place=article_id, remedy="save it again with the encoding UTF-8"
        ) from None


def _nodes(data: bytes) -> int:
    """At most so many nodes.

    An element and the text behind it, the text behind an end, an attribute and its value, an entity and the text
    behind it.
    """
    marks, ends = data.count(b"<"), data.count(b"</")
    entities = data.count(b"&") - data.count(b"&#")
    return 2 * (marks - ends) + ends + 2 * data.count(b"=") + 2 * entities


def _with_named_entities(data: bytes) -> bytes:
    """The document with the entities that HTML knows as numbers, so that its lines and its encoding stay the same."""
    own = set(_DECLARED.findall(data))

    def numbered(match: re.Match[bytes]) -> bytes:
        name = match.group(1)
        return _numbered(name) if name and name not in own else match.group()

    return _NAMED.sub(numbered, data)


@lru_cache(maxsize=4096)
def _numbered(name: bytes) -> bytes:
    """The characters that HTML calls so, by number; the name as it was where HTML knows none or XML knows it itself."""
    characters = html5.get(f"{name.decode('ascii')};")
    if characters is None or name in _PREDEFINED:
        return b"&%b;" % name
    return "".join(f"&#{ord(character)};" for character in characters).encode("ascii")


def _malformed(error: SyntaxError, article_id: str) -> ArticleError:
    said = re.sub(r", line \d+, column \d+.*", "", one_line(str(error)))[:160]
    place = f"{article_id}:{error.lineno}" if error.lineno else article_id
    if "amplification" in said or "reference loop" in said:
        return ArticleError(
            "has entities that unpack to too much text or to themselves",
            place=place,
            remedy="save it without entities of its own",
        )
    if "depth" in said:
        return ArticleError("is nested too deep", place=place, remedy="check that it is the right file")
    return ArticleError(
        f"is not well-formed XML ({said})", place=place, remedy="save it again, or take it from its publisher again"
    )


def _own_entity(written: str, line: int | None, article_id: str) -> ArticleError:
    return ArticleError(
        f"uses the entity {one_line(written)[:60]}, which could draw in other files and is not unpacked",
        place=f"{article_id}:{line}" if line else article_id,
        remedy="save it with the text in place of the entity",
    )
