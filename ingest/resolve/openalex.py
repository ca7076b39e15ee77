"""OpenAlex: how to ask its API for works by DOI, and how to read what it says. Pure: no network here.

It is asked only with the user's key. Authors are left out: it gives whole names, so that the family name cannot be
told. The works that a work cites it names by numbers of its own, ``openalex:W…`` here; what those are called elsewhere
takes questions of their own (`naming_questions`, `named`, `renamed`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

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
MOST_NAMES = 100
"""Numbers that one question asks the names of."""
_OWN = "openalex:"
_NUMBER = re.compile(r"(?:https?://openalex\.org/)?(W[0-9]{1,15})")
_FIELDS = ("id", "doi", "ids", "title", "display_name", "publication_year", "type", "is_retracted", "referenced_works")
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
        cites=tuple(dict.fromkeys(number for one in items(record.get("referenced_works")) if (number := _number(one)))),
        notices=(Notice(kind="retraction", said_by=(NAME,)),) if retracted else (),
    )


def naming_questions(ids: Sequence[str], settings: Settings) -> tuple[Question, ...]:
    """The fewest questions for what works of these numbers, ``openalex:W…``, are called; none without a key."""
    if not settings.openalex_key:
        return ()
    numbers = [one.removeprefix(_OWN) for one in ids if _number(one.removeprefix(_OWN))]
    base, secret = settings.openalex.rstrip("/"), (("api_key", settings.openalex_key),)
    packs = packed(numbers, most=MOST_NAMES, room=LONGEST_PATH - 200, length=lambda one: len(one) + len(_OR))
    return tuple(
        Question(
            url=f"{base}/works?filter=openalex_id:{_OR.join(pack)}&per-page={len(pack)}&select=id,doi,ids",
            ids=tuple(f"{_OWN}{one}" for one in pack),
            pool="list",
            secret=secret,
        )
        for pack in packs
    )


def named(answer: Answer, asked: str | None) -> dict[str, Source] | None:
    """By number the works in an answer, with no more than their identifiers; None where it is no list of works."""
    if answer.outcome != "ok" or answer.data is None or not isinstance(answer.data.get("results"), list):
        return None
    found: dict[str, Source] = {}
    for record in map(mapping, answer.data["results"]):
        ids = mapping(record.get("ids"))
        doi = untyped.doi(record.get("doi")) or untyped.doi(ids.get("doi"))
        work = telling(NAME, asked, doi=doi, pmid=untyped.pmid(ids.get("pmid")))
        number = _number(record.get("id"))
        if number and work:
            found[number] = work
    return found


def renamed(work: Source, names: Mapping[str, str]) -> Source:
    """The work with what it cites by the ids that sources have; numbers without such a name are left out."""
    cites = tuple(dict.fromkeys(names[one] for one in work.cites if one in names))
    (said,) = work.said
    fields = tuple(name for name in said.fields if name != "cites" or cites)
    return msgspec.structs.replace(work, cites=cites, said=(msgspec.structs.replace(said, fields=fields),))


def _number(value: object) -> str | None:
    found = _NUMBER.fullmatch(text(value))
    return f"{_OWN}{found.group(1)}" if found else None


def _abstract(value: object) -> str:
    """The words of an inverted index, ``{"heat": [0, 4]}``, in their order."""
    placed: list[tuple[int, str]] = []
    for word, places in mapping(value).items():
        placed += [(number, word) for place in items(places) if (number := integer(place)) is not None]
        if len(placed) > MOST_WORDS:
            break
    return abstract_text(" ".join(word for _, word in sorted(placed)))
