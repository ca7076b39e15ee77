"""A page of the web as an article: which reader it goes to, and in which encoding it is."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ingest.http.page import Pages
from ingest.read import LARGEST, READERS
from kb.errors import ArticleError
from kb.model import Record

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/jats+xml": ".xml",
    _WORD: ".docx",
    "application/vnd.ms-word.document.macroenabled.12": ".docm",
}
"""The reader of each media type, by its suffix."""
_VAGUE = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/zip", "text/plain"})
"""Types that servers also send where they do not know better, so that the name of the page counts."""
_CHARACTERS = frozenset({".html", ".txt", ".md", ".xml"})
_HEAD = 1024
"""Bytes in which a format shows itself (the HTML Standard looks for a charset in as many)."""
_SIGNS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"PK\x03\x04"), ".docx"),
    (re.compile(rb"(?:<\?xml[^>]{0,200}>)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE), ".html"),
    (re.compile(rb"<\?xml\s|<!doctype\s+article\b|<article\s", re.IGNORECASE), ".xml"),
)
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([^\"';\s]{1,40})", re.IGNORECASE)
_LABEL = re.compile(
    r"utf-?8|utf-?16(?:le|be)?|us-ascii|iso-?8859-?\d{1,2}|(?:windows-|cp)\d{3,4}|koi8-[ru]|macintosh"
    r"|gb2312|gbk|gb18030|big5|euc-(?:jp|kr)|shift_jis|iso-2022-jp"
)
"""The charsets that are followed, after the Encoding Standard; Python knows codecs besides that are no encoding."""
_AS_BROWSERS_DO = dict.fromkeys(("us-ascii", "iso-8859-1", "iso8859-1", "iso88591"), "cp1252") | {"utf-16": "utf-16le"}
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Page(Record, frozen=True, kw_only=True):
    """A page ready for ``ingest.read.read_bytes``."""

    url: str
    """Its address, the id of the article."""
    data: bytes
    kind: str
    """The suffix of its reader."""


def fetch(url: str, pages: Pages) -> Page:
    """Fetch a page that is an article.

    Raises
    ------
    ArticleError, CannotCheckError
        See ``ingest.http.page.Pages.get``; or the page is of a kind that is not read.
    """
    came = pages.get(url, LARGEST)
    media, charset = _content_type(came.content_type)
    kind = kind_of(media, came.url, came.data)
    if kind not in READERS:
        raise ArticleError(
            f"is of the type {media or 'that nothing tells'}, which is not read",
            place=came.url,
            remedy=f"give a page that is one of {', '.join(sorted(READERS))}",
        )
    return Page(url=came.url, data=as_utf8(came.data, charset, kind), kind=kind)


def kind_of(media: str, url: str, data: bytes) -> str:
    """The suffix of the reader for a page: by its media type, else by the path of its address, else by how it begins.

    Where that is a type that nothing here reads, it is "".
    """
    suffix = PurePosixPath(urlsplit(url).path).suffix.lower()
    told = KINDS.get(media, "")
    if media in _VAGUE:
        return suffix if suffix in READERS else told or _sniffed(data)
    if told == ".xml" and _sniffed(data) == ".html":  # XHTML under the name of all XML
        return ".html"
    return told


def _sniffed(data: bytes) -> str:
    head = data[:_HEAD].removeprefix(codecs.BOM_UTF8).lstrip()
    found = next((kind for sign, kind in _SIGNS if sign.match(head)), "")
    return found or ("" if b"\0" in head or head.startswith(b"%PDF") else ".txt")


def as_utf8(data: bytes, charset: str, kind: str) -> bytes:
    """Text in UTF-8 with its mark, where the header tells the charset and the text does not do so by a mark itself.

    The header goes before what the page says inside, as in browsers (HTML Standard, 13.2.3.2; RFC 7303, 3.2).
    """
    if not data or kind not in _CHARACTERS or data.startswith(_MARKS) or not _LABEL.fullmatch(charset):
        return data
    if charset in ("utf-8", "utf8"):
        return codecs.BOM_UTF8 + data  # what is not valid is for the reader to tell
    try:
        return codecs.BOM_UTF8 + data.decode(_AS_BROWSERS_DO.get(charset, charset), "replace").encode()
    except LookupError:
        return data


def _content_type(header: str) -> tuple[str, str]:
    """Media type and charset, in small letters; "" for what the header does not tell."""
    charset = _CHARSET.search(header[:400])
    return header[:400].partition(";")[0].strip().lower(), charset.group(1).lower() if charset else ""
