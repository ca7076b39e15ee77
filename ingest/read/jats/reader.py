"""JATS XML, as PubMed Central and publishers give their articles, and its forerunners (NLM DTD 1–3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.read.jats.front import date_of, language_of, metadata, title_of
from ingest.read.jats.references import read_references
from ingest.read.jats.walk import Walk
from ingest.read.xml_tree import local_name, parse_xml
from ingest.reading import Reading
from kb.errors import ArticleError, one_line
from kb.model import Article

if TYPE_CHECKING:
    from lxml.etree import _Element


def read(data: bytes, article_id: str) -> Reading:
    """Read an article in JATS, with or without a name space, also as the first of a set.

    What a block is, is what the markup says; ``layout.settle``, which goes by words, has no part in it.

    Raises
    ------
    ArticleError
        It is no XML that can be read safely, or no JATS.
    """
    article = _article(parse_xml(data, article_id), article_id)
    walk = Walk(article, read_references(article, article_id))
    text = walk.flow.text
    meta = metadata(article)
    return Reading(
        article=Article(
            id=article_id,
            title=title_of(meta) or article_id,
            text=text,
            blocks=walk.blocks(text),
            format="jats",
            date=date_of(meta),
            language=language_of(article),
        ),
        anchors=tuple(walk.flow.anchors),
        raised=tuple(walk.flow.raised),
        entries=tuple(walk.entries),
        remarks=walk.noted.all(),
    )


def _article(root: _Element, article_id: str) -> _Element:
    for element in root.iter("{*}article"):
        if any(local_name(child.tag) in ("front", "body") for child in element):
            return element
    raise ArticleError(
        f"is XML of another kind, <{one_line(local_name(root.tag))[:40]}>",
        place=article_id,
        remedy="of XML only JATS is read, whose <article> has a <front> and a <body>",
    )
