"""doi.org: whether a DOI exists at all, and which agency registered it. Pure: no network here.

Two services (DOI Handbook, "Proxy Server REST API" and "Which RA?"). ``/ra/A,B`` names the agencies of many DOIs at
once, but knows most of them by their prefix alone. ``/api/handles/DOI`` answers 200 with ``responseCode`` 1 for a DOI
that exists and 404 with 100 for one that does not; 200 stands for one that exists and holds no value of the type
asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from ingest.http import Answer
from ingest.resolve.packing import LONGEST_PATH, packed
from ingest.resolve.question import Question
from ingest.resolve.untyped import doi, integer, items, mapping, text
from kb.settings import Settings

NAME = "doi.org"
MOST_DOIS = 100
_AGENCIES = "/ra/"
_EXISTS: Mapping[int, tuple[str, bool]] = {1: ("ok", True), 200: ("ok", True), 100: ("not found", False)}
"""Response codes: the outcome that they must come with, and what they then say."""


def questions(ids: Sequence[str], settings: Settings) -> tuple[Question, ...]:
    """One question a DOI, whether it exists: only a 404 to one of these says that there is no such DOI."""
    base = settings.doi_org.rstrip("/")
    asked = ((one, _handle_path(one)) for one in dict.fromkeys(ids))
    return tuple(
        Question(url=base + path, ids=(one,), authoritative=True) for one, path in asked if len(path) <= LONGEST_PATH
    )


def agency_questions(ids: Sequence[str], settings: Settings) -> tuple[Question, ...]:
    """The fewest questions which agencies registered these DOIs; one that holds a comma fits into none of them."""
    packs = packed(
        (one for one in ids if "," not in one),
        most=MOST_DOIS,
        room=LONGEST_PATH - len(_AGENCIES) + 1,
        length=lambda one: len(quote(one, safe="")) + 1,
    )
    base = settings.doi_org.rstrip("/") + _AGENCIES
    return tuple(
        Question(url=base + ",".join(quote(one, safe="") for one in pack), ids=pack, pool="list") for pack in packs
    )


def agencies(answer: Answer) -> dict[str, str | None]:
    """The agency of each DOI that the answer speaks of, such as ``DataCite``; None where it names none.

    That no agency is named is no word on whether the DOI exists.
    """
    entries = map(mapping, items(answer.items) if answer.outcome == "ok" else [])
    return {name: text(entry.get("RA")) or None for entry in entries if (name := doi(entry.get("DOI")))}


def exists(answer: Answer, asked: str) -> bool | None:
    """Whether the DOI that was asked for exists; None where the answer does not say so, or speaks of another one."""
    said = mapping(answer.data)
    outcome, verdict = _EXISTS.get(integer(said.get("responseCode")) or 0, ("", False))
    return verdict if answer.outcome == outcome and doi(said.get("handle")) == doi(asked) else None


def _handle_path(one: str) -> str:
    prefix, _, suffix = one.partition("/")
    return f"/api/handles/{quote(prefix, safe='')}/{quote(suffix, safe='')}"
