"""OpenAlex: how to ask its API for works by DOI, and how to read what it says. Pure: no network here.

It is asked only with the user's key. Two things that it holds are left out: authors, of whom it gives whole names, so
that the family name cannot be told; and the works that a work cites, which it names by numbers of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from ingest.http import Answer
from ingest.markup import abstract_text, plain
from ingest.resolve import untyped
from ingest.resolve.packing import LONGEST_PATH, packed
from ingest.resolve.question import Question
from ingest.resolve.telling import telling
from ingest.resolve.untyped import integer, items, mapping, text
from kb.model import Notice, Source
from kb.settings import Settings

NAME = "OpenAlex"
MOST_DOIS = 100
MOST_WORDS = 10_000
"""Words of an abstract that are read."""
_OR = quote("|")
_FIELDS = ("id", "doi", "ids", "title", "display_name", "publication_year", "type", "is_retracted")
_SELECT = "select=" + ",".join((*_FIELDS, "primary_location", "abstract_inverted_index"))
_NOTICES = frozenset({"retraction", "erratum"})
"""Types of works that are notices themselves (OpenAlex, "Work types"); what they are about is another work."""


def questions(ids: Sequence[str], settings: Settings) -> tuple[Question, ...]:
    """The fewest questions for these DOIs; none without a key.

    A comma and a vertical bar separate filters and values, so a DOI that holds one is asked for alone.
    """
    if not settings.openalex_key:
        return ()
    base = settings.openalex.rstrip("/")
    together = packed(
        (one for one in ids if "," not in one and "|" not in one),
        most=MOST_DOIS,
        room=LONGEST_PATH - len(_list_path(())) - len("00"),
        length=lambda one: len(quote(one, safe="")) + len(_OR),
    )
    secret = (("api_key", settings.openalex_key),)
    alone = ((one, _single_path(one)) for one in dict.fromkeys(ids) if "," in one or "|" in one)
    return (
        *(Question(url=base + _list_path(pack), ids=pack, pool="list", secret=secret) for pack in together),
        *(
            Question(url=base + path, ids=(one,), authoritative=True, secret=secret)
            for one, path in alone
            if len(path) <= LONGEST_PATH
        ),
    )


def _list_path(pack: Sequence[str]) -> str:
    wanted = _OR.join(quote(one, safe="") for one in pack)
    return f"/works?filter=doi:{wanted}&per-page={len(pack)}&{_SELECT}"


def _single_path(one: str) -> str:
    return f"/works/doi:{quote(one, safe='')}?{_SELECT}"


def parse(answer: Answer, asked: str | None = None) -> tuple[Source, ...] | None:
    """The works in an answer, be it a list or a single work; None where it is no answer of either kind.

    Parameters
    ----------
    answer
        Whatever in a record is not of the expected type is passed over.
    asked
        The date of asking, ISO 8601, for the attribution.
    """
    if answer.outcome != "ok" or answer.data is None:
        return None
    found = answer.data.get("results") if "results" in answer.data else [answer.data]
    if not isinstance(found, list):
        return None
    works = tuple(work for one in found if (work := _work(mapping(one), asked)) is not None)
    return None if found and not works else works


def _work(record: dict[str, Any], asked: str | None) -> Source | None:
    ids = mapping(record.get("ids"))
    kind = text(record.get("type"))
    retracted = record.get("is_retracted") is True and kind not in _NOTICES
    return telling(
        NAME,
        asked,
        doi=untyped.doi(record.get("doi")) or untyped.doi(ids.get("doi")),
        pmid=untyped.pmid(ids.get("pmid")),
        pmcid=untyped.pmcid(ids.get("pmcid")),
        title=plain(text(record.get("title")) or text(record.get("display_name"))),
        year=untyped.year(record.get("publication_year")),
        container=plain(text(mapping(mapping(record.get("primary_location")).get("source")).get("display_name"))),
        type=kind,
        abstract=_abstract(record.get("abstract_inverted_index")),
        notices=(Notice(kind="retraction", said_by=(NAME,)),) if retracted else (),
    )


def _abstract(value: object) -> str:
    """The words of an inverted index, ``{"heat": [0, 4]}``, in their order."""
    placed: list[tuple[int, str]] = []
    for word, places in mapping(value).items():
        placed += [(number, word) for place in items(places) if (number := integer(place)) is not None]
        if len(placed) > MOST_WORDS:
            break
    return abstract_text(" ".join(word for _, word in sorted(placed)))
