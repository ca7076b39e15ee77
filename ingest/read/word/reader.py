"""Word (.docx, .docm): paragraphs, headings, notes, and the field codes that hold the cited works.

A Word file has no lines: a place is the number of the paragraph, as it stands in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from ingest.dates import iso_date
from ingest.read.layout import settle
from ingest.read.word.body import LINK, WORK, Body
from ingest.read.word.comments import Comments
from ingest.read.word.notes import KINDS, Notes, Rendered
from ingest.read.word.package import Package
from ingest.read.word.sources import NAMESPACE, read_sources
from ingest.read.word.styles import Styles
from ingest.read.word.ties import tie
from ingest.read.word.works import Works
from ingest.read.word.xml import child
from ingest.reading import Raised, Reading
from kb.errors import ArticleError
from kb.language.folding import fold
from kb.model import Article

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ENTRY = "is a {} that names a work"
_CITES = "is a {} that holds citations"
_REMARK = "is a {} with a remark, and is not searched for statements"
_NO_TITLE = re.compile(
    r"(?:microsoft word|untitled|unbenannt|document|dokument|doc|title|titel)\b.{0,80}|\S{1,200}\.\w{3,4}",
    re.IGNORECASE,
)
"""What programs write into the field for the title."""
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_HEAD = 5
"""Blocks among which a title stands."""


def read(data: bytes, article_id: str) -> Reading:
    """Read a Word file.

    Parameters
    ----------
    data
        The file.
    article_id
        The id that the article gets; it is also how messages name the file.

    Raises
    ------
    ArticleError
        No Word file, one with a password or in the old format, a damaged one, or one that holds more than is read.
    """
    try:
        return _read(Package(data, article_id), article_id)
    except RecursionError:
        raise ArticleError("is nested too deep", place=article_id, remedy="save it again as .docx") from None


def _read(package: Package, article_id: str) -> Reading:
    comments = Comments(package.related("comments"))
    body, notes, works = _read_body(package, comments)
    for note in notes.cited:
        own = note.entry == note.name
        why = (_ENTRY if own else _CITES if note.cites else _REMARK).format(note.kind)
        body.flow.add(note.text)
        body.flow.close("reference list" if own else "comment", note.line, place=note.name, why=why)
    text = body.flow.text
    properties = package.properties()
    title, blocks = settle(text, body.flow.raws, body.title or _title(properties, body, text))
    ties = tie(body, notes, works, text, blocks)
    article = Article(
        id=article_id,
        title=title or article_id,
        text=text,
        blocks=blocks,
        format="word",
        date=_date(properties),
        language=_property(properties, f"{_DUBLIN_CORE}language") or None,
    )
    return Reading(
        article=article,
        links=ties.links,
        anchors=ties.anchors,
        raised=tuple(_runs(body.flow.raised)),
        entries=ties.entries,
        works=ties.works,
        remarks=comments.remarks(len(text)),
    )


def _read_body(package: Package, comments: Comments) -> tuple[Body, Notes, Works]:
    styles = Styles(package.related("styles"), package.related("numbering"))
    works = Works(item for root in package.custom(NAMESPACE) for item in read_sources(root))
    notes = Notes(
        {kind: package.related(f"{kind}s") for kind in KINDS},
        lambda kind, element: _rendered(Body(styles, package.relations(f"{kind}s"), works), element),
    )
    body = Body(styles, package.relations(), works, notes, comments)
    content = child(package.document(), "w:body")
    if content is not None:
        body.read(content)
        body.finish()
    return body, notes, works


def _rendered(body: Body, element: Element) -> Rendered:
    """A note, as one line."""
    body.read(element)
    body.finish()
    text = body.flow.text
    behind = [target for anchor in body.flow.anchors for target in anchor.targets]
    return Rendered(
        text=" ".join(text[raw.start : raw.end] for raw in body.flow.raws),
        works=tuple(dict.fromkeys(one.removeprefix(WORK) for one in behind if one.startswith(WORK))),
        addresses=tuple(one for one in behind if one.startswith(LINK)),
    )


def _title(properties: Element | None, body: Body, text: str) -> str:
    """The title that the file's properties give, unless its own first headings are others.

    Properties outlive the article for which they were filled in: they come along with a template and a copy.
    """
    given = _property(properties, f"{_DUBLIN_CORE}title")
    head = body.flow.raws[:_HEAD]
    shown = any(fold(text[raw.start : raw.end]) == fold(given) for raw in head)
    headed = any(raw.kind == "heading" for raw in head)
    return given if shown or not (headed or _NO_TITLE.fullmatch(given)) else ""


def _date(properties: Element | None) -> str | None:
    """When the article was written, as exactly as the dates of its making and of its last saving agree.

    Either alone misleads: a file is often made as a copy of an older one, and saved again long after it was written.
    A file that a program made carries the dates of the program's template.
    """
    if "generated by" in _property(properties, f"{_DUBLIN_CORE}description").lower():
        return None
    made, saved = (iso_date(_property(properties, f"{_TERMS}{name}")) or "" for name in ("created", "modified"))
    parts = zip(made.split("-"), saved.split("-"), strict=False)
    return "-".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], parts)) or None


def _property(properties: Element | None, name: str) -> str:
    return "" if properties is None else " ".join((properties.findtext(name) or "").split())


def _runs(raised: Sequence[Raised]) -> Iterator[Raised]:
    """Superscripts that touch are one: only what stands behind them differs."""
    start, end = -1, -1
    for one in raised:
        if one.start != end:
            if end > start:
                yield Raised(start=start, end=end)
            start = one.start
        end = one.end
    if end > start:
        yield Raised(start=start, end=end)
