"""PubMed's XML: read without ever obeying it.

A document type of its own is usual and is passed over; no entity that it declares is expanded and nothing that it
names is fetched. Elements and their depth are counted, so that a small answer cannot become a large tree, and each
record is dropped as soon as it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar
from xml.etree.ElementTree import Element, TreeBuilder, tostring
from xml.parsers import expat
from xml.sax.saxutils import escape

from ingest.markup import abstract_text, plain
from ingest.resolve import untyped
from ingest.resolve.comments import Comment

ROOT = "PubmedArticleSet"
RECORDS = frozenset({"PubmedArticle", "PubmedBookArticle"})
DEEPEST = 100
MOST_ELEMENTS = 200_000
"""Elements of one record; the largest real ones hold some 20,000."""
_UNNAMED = frozenset({"UNLABELLED", "UNASSIGNED", "ABSTRACT"})
_Read = TypeVar("_Read")


class RefusedError(ValueError):
    """Text that is no XML, or XML that a registry does not send."""


def read_records(
    text: str, read: Callable[[Element], _Read], *, root: str = ROOT, records: frozenset[str] = RECORDS
) -> list[_Read]:
    """What a function makes of each record of the document, in its order.

    Parameters
    ----------
    root, records
        The names of the document's outermost element and of those that are a record; a record may be the whole of it.

    Raises
    ------
    RefusedError
        No well-formed XML, another document such as a report of an error, an entity declaration, or more elements
        or depth than a record has.
    """
    found: list[_Read] = []
    reader = _Reader(lambda record: found.append(read(record)), root, records)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(text, True)
    except (expat.ExpatError, UnicodeError) as error:
        raise RefusedError("no well-formed XML") from error
    return found


def _refuse_entity(*_: object) -> None:
    raise RefusedError("it declares an entity")


class _Reader:
    """Builds one record at a time and hands it over when it ends."""

    def __init__(self, take: Callable[[Element], None], root: str, records: frozenset[str]) -> None:
        self._take = take
        self._root = root
        self._records = records
        self._builder: TreeBuilder | None = None
        self._depth = self._inside = 0
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name != self._root:
            raise RefusedError("another document")
        if self._builder is None and name in self._records:
            self._builder, self._count = TreeBuilder(), 0
            self._inside = self._depth
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST_ELEMENTS:
            raise RefusedError("more elements than a record has")
        if self._builder is not None:
            self._builder.start(name, attributes)

    def data(self, text: str) -> None:
        if self._builder is not None:
            self._builder.data(text)

    def end(self, name: str) -> None:
        if self._builder is not None:
            self._builder.end(name)
            if self._depth == self._inside:
                self._take(self._builder.close())
                self._builder = None
        self._depth -= 1


def line(record: Element, *paths: str) -> str:
    """The text of the first of these elements that holds some, in one line without its markup."""
    found = (plain(_inner(element)) for path in paths for element in record.iterfind(path))
    return next((text for text in found if text), "")


def lines(record: Element, path: str) -> tuple[str, ...]:
    """The texts of all these elements, each once."""
    return tuple(dict.fromkeys(text for one in record.iterfind(path) if (text := plain(_inner(one)))))


def authors(record: Element, path: str) -> tuple[str, ...]:
    """Family names and names of groups; an author that was put right later (``ValidYN="N"``) is left out."""
    valid = (one for one in record.iterfind(path) if one.get("ValidYN") != "N")
    return tuple(name for one in valid if (name := line(one, "LastName", "CollectiveName")))


def year(record: Element, *paths: str) -> str | None:
    """The year that the first of these elements begins with, such as ``2020`` or ``1998 Dec-1999 Jan``."""
    return next((found for path in paths if (found := untyped.year(record.findtext(path)))), None)


def doi(record: Element, *paths: str) -> str | None:
    """The first DOI that one of these elements holds and that was not put right later."""
    held = (one for path in paths for one in record.iterfind(path) if one.get("ValidYN") != "N")
    return next((found for one in held if (found := untyped.doi(one.text))), None)


def abstract(record: Element, path: str) -> str:
    """The abstract, each part after its label, a part a line."""
    parts = []
    for part in record.iterfind(path):
        label = (part.get("Label") or "").strip()
        heading = f"<title>{escape(label)}</title>" if label and label.upper() not in _UNNAMED else ""
        parts.append(f"{heading}<p>{_inner(part)}</p>")
    return abstract_text("".join(parts))


def cites(record: Element) -> tuple[str, ...]:
    """Ids of the works that the record cites, by DOI, else by PubMed id."""
    found = (
        (doi(one, "ArticleIdList/ArticleId[@IdType='doi']"), one.findtext("ArticleIdList/ArticleId[@IdType='pubmed']"))
        for one in record.iterfind("PubmedData//Reference")
    )
    named = (
        f"doi:{name}" if name else f"pmid:{number}" if (number := untyped.pmid(pmid)) else "" for name, pmid in found
    )
    return tuple(dict.fromkeys(one for one in named if one))


def comments(record: Element) -> Iterator[Comment]:
    """The links to comments and corrections, in order."""
    for one in record.iterfind(".//CommentsCorrections"):
        yield Comment(one.get("RefType") or "", line(one, "RefSource"))


def _inner(element: Element) -> str:
    """The markup inside an element, with its text escaped."""
    return escape(element.text or "") + "".join(tostring(child, encoding="unicode") for child in element)
