"""Crossref: how to ask its REST API for works, and how to read what it says. Pure: no network here.

The lists that a filter gives are far cheaper than single questions, but a comma separates the DOIs of a filter, so
a DOI that holds one is asked for alone, and so is one that is the only one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from ingest.http import Answer
from ingest.markup import abstract_text, plain
from ingest.resolve.packing import LONGEST_PATH, packed
from ingest.resolve.question import Question
from ingest.resolve.telling import telling
from ingest.resolve.untyped import doi, integer, items, mapping, text, texts, web_address
from kb.model import Notice, NoticeKind, Source
from kb.settings import Settings

NAME = "Crossref"
MOST_DOIS = 1000
"""The most rows that one answer gives; the length of the path allows about 120 DOIs of the usual length."""
SEARCH_ROWS = 5
_LIST = "/works?filter=&rows=0000"
_SINGLE = "/works/"
_SEARCH = f"/works?rows={SEARCH_ROWS}&query.bibliographic="

NOTICES: dict[str, NoticeKind] = {
    "retraction": "retraction",
    "partial retraction": "partial retraction",
    "removal": "withdrawal",
    "withdrawal": "withdrawal",
    "expression of concern": "expression of concern",
    "reinstatement": "reinstatement",
    "correction": "correction",
    "corrigendum": "correction",
    "erratum": "correction",
    "addendum": "correction",
    "clarification": "correction",
    "new version": "new version",
    "new edition": "new version",
}
"""Crossref's types of update (its documentation of Crossmark and of Retraction Watch data) as kinds of notice."""
RELATIONS: dict[str, NoticeKind] = {
    "is-preprint-of": "published version",
    "has-preprint": "preprint",
    "is-replaced-by": "new version",
}
"""Relations (Crossref's schema of relationships) that say something of the work. ``is-version-of`` and
``has-version`` are not among them: they tie works together without saying which of them is the newer."""
_TELLERS = {"retraction-watch": "Retraction Watch, by Crossref", "publisher": "the publisher, by Crossref"}


def questions(ids: Sequence[str], settings: Settings) -> tuple[Question, ...]:
    """The fewest questions that ask for these DOIs, each short enough for the API.

    A DOI that does not fit into a question by itself is in none of them.
    """
    base = settings.crossref.rstrip("/")
    together = packed(
        (one for one in ids if "," not in one),
        most=MOST_DOIS,
        room=LONGEST_PATH - len(_LIST) + 1,
        length=lambda one: len(_filter(one)) + 1,
    )
    lists = [pack for pack in together if len(pack) > 1]
    in_lists = {one for pack in lists for one in pack}
    alone = [one for one in dict.fromkeys(ids) if one not in in_lists]
    return (
        *(Question(url=base + _list_path(pack), ids=pack, pool="list") for pack in lists),
        *(
            Question(url=base + _SINGLE + quote(one, safe=""), ids=(one,), authoritative=True)
            for one in alone
            if len(_SINGLE + quote(one, safe="")) <= LONGEST_PATH
        ),
    )


def search_question(words: str, settings: Settings) -> Question:
    """The question which works a reference may mean, by its words; those that do not fit are left out.

    The scores of the answer are no probabilities: every work in it is to be compared with the reference.
    """
    asked = " ".join(words[:LONGEST_PATH].split())
    while len(_SEARCH + quote(asked, safe="")) > LONGEST_PATH:
        asked = asked[: len(asked) * 3 // 4]
    return Question(url=settings.crossref.rstrip("/") + _SEARCH + quote(asked, safe=""), ids=(asked,), pool="list")


def _filter(one: str) -> str:
    return "doi:" + quote(one, safe="")


def _list_path(pack: Sequence[str]) -> str:
    # Without `rows` the API answers with the first 20 and says nothing of the rest.
    return f"/works?filter={','.join(map(_filter, pack))}&rows={len(pack)}"


def parse(answer: Answer, asked: str | None = None) -> tuple[Source, ...] | None:
    """The works in an answer, be it a list, a search or a single work; None where it is no answer of these kinds.

    Parameters
    ----------
    answer
        Whatever in a record is not of the expected type is passed over.
    asked
        The date of asking, ISO 8601, for the attribution.
    """
    message = mapping(answer.data).get("message") if answer.outcome == "ok" else None
    if not isinstance(message, dict):
        return None
    found = message.get("items") if "items" in message else [message]
    if not isinstance(found, list):
        return None
    works = tuple(work for item in found if (work := _work(mapping(item), asked)) is not None)
    return None if found and not works else works


def _work(item: dict[str, Any], asked: str | None) -> Source | None:
    name = doi(item.get("DOI"))
    if name is None:
        return None
    return telling(
        NAME,
        asked,
        doi=name,
        title=plain(next(iter(texts(item.get("title"))), "")),
        authors=_authors(item.get("author")),
        year=_year(item.get("issued")),
        container=plain(next(iter(texts(item.get("container-title"))), "")),
        type=text(item.get("type")),
        abstract=abstract_text(text(item.get("abstract"))),
        url=web_address(item.get("URL")),
        cites=_cites(item.get("reference")),
        notices=(*_notices(item.get("updated-by")), *_related(mapping(item.get("relation")), name)),
    )


def _authors(value: object) -> tuple[str, ...]:
    people = map(mapping, items(value))
    names = (plain(text(one.get("family")) or text(one.get("name"))) for one in people)
    return tuple(name for name in names if name)


def _cites(value: object) -> tuple[str, ...]:
    cited = (doi(mapping(one).get("DOI")) for one in items(value))
    return tuple(dict.fromkeys(f"doi:{one}" for one in cited if one))


def _notices(value: object) -> Iterator[Notice]:
    """Notices about this work, from ``updated-by``; its ``update-to`` is about other works and says nothing of it."""
    for update in map(mapping, items(value)):
        kind = NOTICES.get(re.sub(r"[_\s-]+", " ", text(update.get("type"))).strip().casefold())
        if kind is not None:
            teller = _TELLERS.get(text(update.get("source")), NAME)
            yield Notice(kind=kind, said_by=(teller,), date=_date(update.get("updated")), doi=doi(update.get("DOI")))


def _related(relation: dict[str, Any], own: str) -> Iterable[Notice]:
    found = (
        Notice(kind=kind, said_by=(NAME,), doi=other)
        for name, kind in RELATIONS.items()
        for one in items(relation.get(name))
        if (other := doi(mapping(one).get("id"))) not in (None, own)
    )
    return dict.fromkeys(found)


def _numbers(value: object) -> list[int]:
    """Year, month and day of a Crossref date, as far as it goes: ``{"date-parts": [[2016, 5, 3]]}``."""
    numbers: list[int] = []
    parts = items(mapping(value).get("date-parts"))
    limits = ((1000, 2999), (1, 12), (1, 31))
    for part, (least, most) in zip(items(parts[0]) if parts else [], limits, strict=False):
        number = integer(part)
        if number is None or not least <= number <= most:
            break
        numbers.append(number)
    return numbers


def _year(value: object) -> str | None:
    numbers = _numbers(value)
    return str(numbers[0]) if numbers else None


def _date(value: object) -> str | None:
    return "-".join(f"{number:02d}" for number in _numbers(value)) or None
