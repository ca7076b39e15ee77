"""Opening a Word file safely: a zip of XML parts that somebody else made.

Nothing is ever extracted: parts are read into memory by name, so a name that climbs out of a folder leads nowhere. The
zip directory is measured before anything is unpacked, and every part is read up to a bound whatever the directory
says of it. XML is measured before it becomes a tree, because terse markup grows thirtyfold. python-docx does none of
this, unpacks pictures too, and knows neither notes nor field codes.
"""

from __future__ import annotations

import io
import posixpath
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ingest.read.word.xml import OFFICE, WORD
from ingest.read.xml_tree import parse_xml
from kb.errors import ArticleError
from kb.model import Record

if TYPE_CHECKING:
    import zipfile

    from lxml.etree import _Element as Element

MOST_PARTS = 10_000
MOST_UNPACKED = 100_000_000
"""Bytes of all parts together, as the zip directory gives them."""
MOST_OF_A_PART = 30_000_000
"""Bytes of one part of XML; that of a book of 1,500 pages has some 20 million."""
MOST_TREE = 120_000_000
"""Bytes of memory that the trees of all parts may take, as ``tree_size`` estimates them."""
_PER_TAG, _PER_ATTRIBUTE = 130, 220
"""Bytes that libxml2 keeps for what a "<" opens (half of them close), and for an attribute with its value."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_DAMAGE = (zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
_MAIN = "word/document.xml"
_RESAVE = "open it in Word and save it again as .docx"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", WORD.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/", OFFICE.encode()),
)
"""The namespaces of ISO/IEC 29500 Strict, which Word writes where asked to, as those that it writes otherwise."""


class Relation(Record, frozen=True, kw_only=True):
    """What a part points to: a web address, or the name of another part."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of one Word file.

    Raises
    ------
    ArticleError
        No Word file, an old one, one with a password, a damaged one, or one that unpacks to more than is read.
    """

    def __init__(self, data: bytes, article_id: str) -> None:
        self._id = article_id
        self._zip = self._opened(data)
        self._room = MOST_TREE
        office = [one.target for one in self._relations_of("").values() if one.kind == "officeDocument"]
        self._main = next((name for name in office if self._has(name)), _MAIN)
        self._relations = self._relations_of(self._main)

    def document(self) -> Element:
        """The root of the part that holds the text, which no Word file is without."""
        if not self._has(self._main):
            raise self._error(f"is no Word file, or a damaged one: its part '{self._main}' is missing")
        return self._parsed(self._bytes(self._main), self._main)

    def related(self, kind: str) -> Element | None:
        """The root of the part of a kind that the text points to, such as "footnotes"; None where there is none."""
        name = self._named(kind)
        return self._part(name) if name else None

    def relations(self, kind: str = "") -> Mapping[str, Relation]:
        """What the part of a kind points to, by id; without a kind, the text itself."""
        if not kind:
            return self._relations
        name = self._named(kind)
        return self._relations_of(name) if name else {}

    def properties(self) -> Element | None:
        """The root of the part with title, dates and language."""
        return self._part("docProps/core.xml")

    def custom(self, namespace: str) -> Iterator[Element]:
        """The roots of the parts with data of other programs that speak of a namespace."""
        for name in self._zip.namelist():
            if re.fullmatch(r"customXml/item\d{1,4}\.xml", name):
                data = self._bytes(name)
                if namespace.encode() in data:
                    yield self._parsed(data, name)

    def _opened(self, data: bytes) -> zipfile.ZipFile:
        import zipfile

        if data.startswith(_OLE):
            if _LOCKED in data:
                raise self._error("is locked with a password", "save it without one")
            raise self._error("is in the old format of Word", "open it in Word and save it as .docx")
        if data.count(b"PK\x01\x02") > MOST_PARTS:
            raise self._error(f"has more than {MOST_PARTS:,} parts")
        try:
            opened = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, *_DAMAGE):
            raise self._error("is no Word file, or a damaged one") from None
        unpacked = sum(max(0, info.file_size) for info in opened.infolist())
        if unpacked > MOST_UNPACKED:
            raise self._error(
                f"unpacks to {unpacked / 1e6:,.0f} MB, more than the {MOST_UNPACKED // 1_000_000} MB that are read",
                "take out what is not text, such as embedded files",
            )
        return opened

    def _named(self, kind: str) -> str:
        targets = (one.target for one in self._relations.values() if one.kind == kind and not one.external)
        return next(filter(self._has, targets), "")

    def _has(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def _part(self, name: str) -> Element | None:
        return self._parsed(self._bytes(name), name) if self._has(name) else None

    def _bytes(self, name: str) -> bytes:
        import zipfile

        info = self._zip.getinfo(name)
        if info.flag_bits & 1:
            raise self._error("is locked with a password", "save it without one")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._error(f"packs its part '{name}' in a way that Word does not", _RESAVE)
        try:
            with self._zip.open(info) as part:
                data = part.read(MOST_OF_A_PART + 1)
        except (zipfile.BadZipFile, *_DAMAGE):
            raise self._error(f"is damaged: its part '{name}' cannot be unpacked", _RESAVE) from None
        if len(data) > MOST_OF_A_PART:
            raise self._error(f"holds more text than is read: its part '{name}'", "split it into chapters")
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        return data

    def _parsed(self, data: bytes, name: str) -> Element:
        self._room -= tree_size(data)
        if self._room < 0:
            raise self._error(f"holds more text than is read: its part '{name}'", "split it into chapters")
        if b"<!DOCTYPE" in data.replace(b"\0", b""):  # as Open Packaging Conventions (ISO/IEC 29500-2) forbid
            raise self._error(f"declares entities in its part '{name}', which Word never does", _RESAVE)
        return parse_xml(data, f"{self._id} ({name})")

    def _relations_of(self, part: str) -> dict[str, Relation]:
        folder, name = posixpath.split(part)
        root = self._part(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relation] = {}
        for one in root if root is not None else ():
            target, external = one.get("Target", ""), one.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = one.get("Type", "").rpartition("/")[2]
            found[one.get("Id", "")] = Relation(kind=kind, target=target, external=external)
        return found

    def _error(self, problem: str, remedy: str = "check that the right file was saved") -> ArticleError:
        return ArticleError(problem, place=self._id, remedy=remedy)


def tree_size(data: bytes) -> int:
    """Bytes of memory that XML takes at most once it is parsed."""
    return len(data) + _PER_TAG * data.count(b"<") + _PER_ATTRIBUTE * data.count(b"=")
