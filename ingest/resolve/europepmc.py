"""Europe PMC: how to ask its REST service for works, and how to read what it says. Pure: no network here.

Questions go by POST, since a hundred DOIs do not fit into an address.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingest.http import Answer
from ingest.markup import abstract_text, plain
from ingest.resolve import untyped
from ingest.resolve.comments import Comment, notices
from ingest.resolve.packing import LONGEST_FORM, packed
from ingest.resolve.phrases import phrase
from ingest.resolve.question import Question
from ingest.resolve.telling import telling
from ingest.resolve.untyped import items, mapping, text, texts
from kb.model import Source
from kb.settings import Settings

NAME = "Europe PMC"
MOST_IDS = 100
_RECORDS_PER_ID = 4
"""Room for a preprint's versions and for records of one work out of several collections."""


def questions(ids: Sequence[str], settings: Settings) -> tuple[Question, ...]:
    """The fewest questions for these DOIs and PubMed ids."""
    packs = packed(ids, most=MOST_IDS, room=LONGEST_FORM, length=lambda one: len(_term(one)) + len(" OR "))
    return tuple(
        Question(
            url=settings.europepmc.rstrip("/") + "/searchPOST",
            ids=pack,
            pool="list",
            form=(
                ("query", " OR ".join(map(_term, pack))),
                ("resultType", "core"),
                ("format", "json"),
                ("synonym", "false"),
                ("pageSize", str(_RECORDS_PER_ID * len(pack))),
            ),
        )
        for pack in packs
    )


def _term(one: str) -> str:
    return f"DOI:{phrase(one)}" if "/" in one else f"(EXT_ID:{phrase(one)} AND SRC:MED)"


def parse(answer: Answer, asked: str | None = None) -> tuple[Source, ...] | None:
    """The works in an answer with ``resultType=core``; None where it is no such answer.

    Parameters
    ----------
    answer
        Whatever in a record is not of the expected type is passed over.
    asked
        The date of asking, ISO 8601, for the attribution.
    """
    found = mapping(mapping(answer.data).get("resultList")).get("result") if answer.outcome == "ok" else None
    if not isinstance(found, list):
        return None
    works = tuple(work for one in found if (work := _work(mapping(one), asked)) is not None)
    return None if found and not works else works


def _work(record: dict[str, Any], asked: str | None) -> Source | None:
    types = tuple(texts(mapping(record.get("pubTypeList")).get("pubType")))
    return telling(
        NAME,
        asked,
        doi=untyped.doi(record.get("doi")),
        pmid=untyped.pmid(record.get("pmid")),
        pmcid=untyped.pmcid(record.get("pmcid")),
        title=plain(text(record.get("title"))),
        authors=_authors(record.get("authorList")),
        year=untyped.year(record.get("pubYear")),
        container=plain(text(mapping(mapping(record.get("journalInfo")).get("journal")).get("title"))),
        abstract=abstract_text(text(record.get("abstractText"))),
        publication_types=types,
        keywords=tuple(map(plain, texts(mapping(record.get("keywordList")).get("keyword")))),
        mesh=_mesh(record.get("meshHeadingList")),
        notices=notices(NAME, _comments(record.get("commentCorrectionList")), types),
    )


def _authors(value: object) -> tuple[str, ...]:
    people = map(mapping, items(mapping(value).get("author")))
    names = (plain(text(one.get("lastName")) or text(one.get("collectiveName"))) for one in people)
    return tuple(name for name in names if name)


def _mesh(value: object) -> tuple[str, ...]:
    headings = map(mapping, items(mapping(value).get("meshHeading")))
    names = (plain(text(one.get("descriptorName"))) for one in headings)
    return tuple(dict.fromkeys(name for name in names if name))


def _comments(value: object) -> list[Comment]:
    links = map(mapping, items(mapping(value).get("commentCorrection")))
    return [Comment(text(one.get("type")), text(one.get("reference"))) for one in links]
