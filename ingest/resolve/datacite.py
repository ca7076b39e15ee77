"""DataCite: how to ask its REST API for works by DOI, and how to read what it says. Pure: no network here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from ingest.http import Answer
from ingest.markup import abstract_text, plain
from ingest.resolve import untyped
from ingest.resolve.packing import LONGEST_PATH, packed
from ingest.resolve.phrases import phrase
from ingest.resolve.question import Question
from ingest.resolve.telling import telling
from ingest.resolve.untyped import doi, items, mapping, text
from kb.model import Notice, NoticeKind, Source
from kb.settings import Settings

NAME = "DataCite"
MOST_DOIS = 50
_SINGLE = "/dois/"
_OR = quote(" OR ", safe="")

RELATIONS: dict[str, NoticeKind] = {
    "ispreviousversionof": "new version",
    "isobsoletedby": "new version",
}
"""Types of relation that say that there is a newer version (DataCite Metadata Schema 4.5, ``relationType``)."""
CITES = frozenset({"cites", "references"})
_PREPRINT = "preprint"


def questions(ids: Sequence[str], settings: Settings) -> tuple[Question, ...]:
    """The fewest questions that ask for these DOIs, each short enough for the API; one DOI is asked for alone."""
    base = settings.datacite.rstrip("/")
    packs = packed(
        ids,
        most=MOST_DOIS,
        room=LONGEST_PATH - len(_list_path(())) - len("00"),
        length=lambda one: len(quote(phrase(one), safe="")) + len(_OR),
    )
    return tuple(
        Question(url=base + _list_path(pack), ids=pack, pool="list")
        if len(pack) > 1
        else Question(url=base + _SINGLE + quote(pack[0], safe=""), ids=pack, authoritative=True)
        for pack in packs
    )


def _list_path(pack: Sequence[str]) -> str:
    wanted = _OR.join(quote(phrase(one), safe="") for one in pack)
    return f"/dois?query=doi%3A%28{wanted}%29&page%5Bsize%5D={len(pack)}"


def parse(answer: Answer, asked: str | None = None) -> tuple[Source, ...] | None:
    """The works in an answer, be it a list or a single work; None where it is no answer of either kind.

    Parameters
    ----------
    answer
        Whatever in a record is not of the expected type is passed over.
    asked
        The date of asking, ISO 8601, for the attribution.
    """
    found = mapping(answer.data).get("data") if answer.outcome == "ok" else None
    if not isinstance(found, dict | list):
        return None
    records = found if isinstance(found, list) else [found]
    works = tuple(work for one in records if (work := _work(mapping(one), asked)) is not None)
    return None if records and not works else works


def _work(record: dict[str, Any], asked: str | None) -> Source | None:
    facts = mapping(record.get("attributes"))
    name = doi(facts.get("doi")) or doi(record.get("id"))
    if name is None:
        return None
    types = mapping(facts.get("types"))
    kind = text(types.get("resourceTypeGeneral"))
    related = list(_related(facts.get("relatedIdentifiers"), name))
    return telling(
        NAME,
        asked,
        doi=name,
        title=plain(_title(facts.get("titles"))),
        authors=_authors(facts.get("creators")),
        year=untyped.year(facts.get("publicationYear")),
        container=plain(text(mapping(facts.get("container")).get("title")))
        or plain(_publisher(facts.get("publisher"))),
        type=kind,
        abstract=_abstract(facts.get("descriptions")),
        publication_types=tuple(filter(None, (plain(text(types.get("resourceType"))),))),
        keywords=_keywords(facts.get("subjects")),
        url=untyped.web_address(facts.get("url")),
        cites=tuple(dict.fromkeys(f"doi:{other}" for relation, other in related if relation in CITES)),
        notices=(*_withdrawn(facts.get("dates")), *_notices(related, name, kind.casefold() == _PREPRINT)),
    )


def _title(value: object) -> str:
    """The main title: the first that is not said to be a translation, a subtitle or another."""
    titles = list(map(mapping, items(value)))
    main = [one for one in titles if not text(one.get("titleType"))]
    return next((found for one in (*main, *titles) if (found := text(one.get("title")))), "")


def _authors(value: object) -> tuple[str, ...]:
    people = map(mapping, items(value))
    names = (plain(text(one.get("familyName")) or text(one.get("name"))) for one in people)
    return tuple(name for name in names if name)


def _publisher(value: object) -> str:
    return text(value) or text(mapping(value).get("name"))


def _abstract(value: object) -> str:
    held = (one for one in map(mapping, items(value)) if text(one.get("descriptionType")).casefold() == "abstract")
    return next((found for one in held if (found := abstract_text(text(one.get("description"))))), "")


def _keywords(value: object) -> tuple[str, ...]:
    names = (plain(text(mapping(one).get("subject"))) for one in items(value))
    return tuple(dict.fromkeys(name for name in names if name))


def _related(value: object, own: str) -> Iterator[tuple[str, str]]:
    """Types of relation, folded, and the DOI of the other work."""
    for one in map(mapping, items(value)):
        other = doi(one.get("relatedIdentifier"))
        if other not in (None, own) and text(one.get("relatedIdentifierType")).casefold() == "doi":
            yield text(one.get("relationType")).casefold(), str(other)


def _notices(related: Sequence[tuple[str, str]], own: str, preprint: bool) -> Iterable[Notice]:
    found = (
        Notice(kind=kind, said_by=(NAME,), doi=other)
        for relation, other in related
        if (kind := _kind(relation, other, own, preprint)) is not None
    )
    return dict.fromkeys(found)


def _kind(relation: str, other: str, own: str, preprint: bool) -> NoticeKind | None:
    # Versions at one server share its prefix; a preprint that is a version of a work elsewhere was published there.
    if relation == "isversionof" and preprint and other.partition("/")[0] != own.partition("/")[0]:
        return "published version"
    return RELATIONS.get(relation)


def _withdrawn(value: object) -> Iterator[Notice]:
    for one in map(mapping, items(value)):
        if text(one.get("dateType")).casefold() == "withdrawn":
            date = re.match(r"\d{4}(?:-\d{2}){0,2}(?!\d)", text(one.get("date")))
            yield Notice(kind="withdrawal", said_by=(NAME,), date=date.group() if date else None)
