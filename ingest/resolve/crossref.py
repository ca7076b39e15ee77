"""Crossref: how to ask its REST API for works by DOI, and how to read what it says. Pure: no network here.

The lists that a filter gives are far cheaper than single questions, but a comma separates the DOIs of a filter, so
a DOI that holds one is asked for alone, and so is one that is the only one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from ingest.resolve.markup import abstract_text, plain
from kb.identifiers import parse_doi
from kb.model import Attribution, Notice, NoticeKind, Record, Source

NAME = "Crossref"
LONGEST_PATH = 3800
"""Characters of path and query; the API takes about 4 kB and the base address may have a path of its own."""
MOST_DOIS = 100

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
_TELLERS = {"retraction-watch": "Retraction Watch, by Crossref", "publisher": "the publisher, by Crossref"}


class Question(Record, frozen=True, kw_only=True):
    """One request: path and query below the base address, and the DOIs that it asks for.

    ``authoritative`` where an answer 404 means that Crossref holds no record of the DOI.
    """

    path: str
    dois: tuple[str, ...]
    authoritative: bool = False


def request_for(dois: Iterable[str]) -> tuple[Question, ...]:
    """The fewest questions that ask for these DOIs, each at most ``LONGEST_PATH`` long.

    A DOI that does not fit into a question by itself is in none of them.
    """
    wanted = [doi for doi in dict.fromkeys(dois) if len(quote(doi, safe="")) < LONGEST_PATH - len("/works/")]
    alone = [doi for doi in wanted if "," in doi or len(_list_path([doi])) > LONGEST_PATH]
    packed = list(_packed([doi for doi in wanted if doi not in set(alone)]))
    alone += [dois[0] for dois in packed if len(dois) == 1]
    return (
        *(Question(path=_list_path(dois), dois=tuple(dois)) for dois in packed if len(dois) > 1),
        *(Question(path="/works/" + quote(doi, safe=""), dois=(doi,), authoritative=True) for doi in alone),
    )


def _packed(dois: Sequence[str]) -> Iterator[list[str]]:
    pack: list[str] = []
    for doi in dois:
        if pack and (len(pack) == MOST_DOIS or len(_list_path([*pack, doi])) > LONGEST_PATH):
            yield pack
            pack = []
        pack = [*pack, doi]
    if pack:
        yield pack


def _list_path(dois: Sequence[str]) -> str:
    # Without `rows` the API answers with the first 20 and says nothing of the rest.
    return f"/works?filter={','.join('doi:' + quote(doi, safe='') for doi in dois)}&rows={len(dois)}"


def parse(payload: object, asked: str | None = None) -> tuple[Source, ...] | None:
    """The works in an answer, be it a list or a single work; None where it is no answer of either kind.

    Parameters
    ----------
    payload
        The JSON value of the answer; whatever is not of the expected type in a record is passed over.
    asked
        The date of asking, ISO 8601, for the attribution.
    """
    message = _dict(payload).get("message")
    if not isinstance(message, dict):
        return None
    items = message.get("items") if "items" in message else [message]
    if not isinstance(items, list):
        return None
    works = [work for item in items if (work := _work(_dict(item), asked)) is not None]
    return None if items and not works else tuple(works)


def _work(item: dict[str, Any], asked: str | None) -> Source | None:
    doi = parse_doi(_str(item.get("DOI")))
    if doi is None:
        return None
    found: dict[str, Any] = {
        "doi": doi,
        "title": plain(_first(item.get("title"))),
        "authors": _authors(item.get("author")),
        "year": _year(item.get("issued")),
        "container": plain(_first(item.get("container-title"))),
        "type": _str(item.get("type")),
        "abstract": abstract_text(_str(item.get("abstract"))),
        "url": _url(item.get("URL")),
        "cites": _cites(item.get("reference")),
        "notices": _notices(item.get("updated-by")),
    }
    known = tuple(name for name, value in found.items() if value)
    return Source(id=f"doi:{doi}", **found, said=(Attribution(by=NAME, fields=known, asked=asked),))


def _authors(value: object) -> tuple[str, ...]:
    names = (plain(_str(_dict(one).get("family")) or _str(_dict(one).get("name"))) for one in _list(value))
    return tuple(name for name in names if name)


def _cites(value: object) -> tuple[str, ...]:
    dois = (parse_doi(_str(_dict(one).get("DOI"))) for one in _list(value))
    return tuple(dict.fromkeys(f"doi:{doi}" for doi in dois if doi))


def _notices(value: object) -> tuple[Notice, ...]:
    """Notices about this work, from ``updated-by``; its ``update-to`` is about other works and says nothing of it."""
    return tuple(notice for one in _list(value) if (notice := _notice(_dict(one))) is not None)


def _notice(update: dict[str, Any]) -> Notice | None:
    kind = NOTICES.get(re.sub(r"[_\s-]+", " ", _str(update.get("type"))).strip().casefold())
    if kind is None:
        return None
    return Notice(
        kind=kind,
        said_by=(_TELLERS.get(_str(update.get("source")), NAME),),
        date=_date(update.get("updated")),
        doi=parse_doi(_str(update.get("DOI"))),
    )


def _numbers(value: object) -> list[int]:
    """Year, month and day of a Crossref date, as far as it goes: ``{"date-parts": [[2016, 5, 3]]}``."""
    numbers: list[int] = []
    parts = _list(_dict(value).get("date-parts"))
    limits = ((1000, 2999), (1, 12), (1, 31))
    for part, (least, most) in zip(_list(parts[0]) if parts else [], limits, strict=False):
        if not isinstance(part, int) or isinstance(part, bool) or not least <= part <= most:
            break
        numbers.append(part)
    return numbers


def _year(value: object) -> str | None:
    numbers = _numbers(value)
    return str(numbers[0]) if numbers else None


def _date(value: object) -> str | None:
    return "-".join(f"{number:02d}" for number in _numbers(value)) or None


def _url(value: object) -> str | None:
    url = _str(value)
    return url if re.fullmatch(r"https?://[!-~]+", url) else None


def _first(value: object) -> str:
    return next((one for one in _list(value) if isinstance(one, str) and one.strip()), _str(value))


def _str(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
