"""What PubMed says of comments and corrections, in its own records and in those of Europe PMC, as notices.

Both name the kind of link (``RetractionIn``, "Retraction in") and quote the other publication in one line:
``Lancet. 2010 Feb 6;375(9713):445. doi: 10.1016/S0140-6736(10)60175-4.``
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ingest.resolve import untyped
from kb.model import Notice, NoticeKind

KINDS: dict[str, NoticeKind] = {
    "retractionin": "retraction",
    "retractedandrepublishedin": "retraction",
    "partialretractionin": "partial retraction",
    "expressionofconcernin": "expression of concern",
    "erratumin": "correction",
    "correctedandrepublishedin": "correction",
    "republishedin": "new version",
    "updatein": "new version",
}
"""Kinds of link that say something of the work that has them (National Library of Medicine, PubMed DTD, ``RefType``).
Those that end in ``Of`` or ``For`` stand on the notice itself and say nothing of it; comments are no notices."""
PREPRINT_SERVERS = frozenset({"arxiv", "biorxiv", "chemrxiv", "medrxiv", "preprints", "psyarxiv", "res sq", "ssrn"})
"""Names of preprint servers as PubMed abbreviates them."""
RETRACTED = "retracted publication"
"""The publication type of a retracted work, also where no link leads to the retraction."""

_DATE = re.compile(
    r"\.\s+(?P<year>1[89]\d\d|20\d\d)"
    r"(?:\s+(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}(?:\s+(?P<day>\d{1,2})(?!\d))?)?"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONGEST = 1000


class Comment(NamedTuple):
    """One link of a record: its kind and the line that quotes the other publication."""

    kind: str
    reference: str


def notices(by: str, comments: Iterable[Comment], publication_types: Iterable[str]) -> tuple[Notice, ...]:
    """The notices about a work.

    Parameters
    ----------
    by
        Who tells of them.
    comments
        All links of its record, in order.
    publication_types
        Those of the work: they say whether it is retracted, or a preprint.
    """
    types = {one.casefold() for one in publication_types}
    found = [
        Notice(kind=kind, said_by=(by,), date=_date(comment.reference), doi=_doi(comment.reference))
        for comment in comments
        if (kind := _kind(comment, "preprint" in types)) is not None
    ]
    if RETRACTED in types and not any(notice.kind == "retraction" for notice in found):
        found.append(Notice(kind="retraction", said_by=(by,)))
    return tuple(dict.fromkeys(found))


def _kind(comment: Comment, preprint: bool) -> NoticeKind | None:
    name = re.sub(r"[\s_-]+", "", comment.kind).casefold()
    if name == "updateof" and comment.reference[:_LONGEST].partition(".")[0].casefold() in PREPRINT_SERVERS:
        return "preprint"
    # The update of a preprint is the article that came of it.
    return "published version" if name == "updatein" and preprint else KINDS.get(name)


def _date(reference: str) -> str | None:
    found = _DATE.search(reference[:_LONGEST])
    if found is None:
        return None
    year, month, day = found.group("year", "month", "day")
    if month is None:
        return str(year)
    in_month = f"{year}-{_MONTHS.index(month) + 1:02d}"
    return f"{in_month}-{int(day):02d}" if day and 1 <= int(day) <= 31 else in_month


def _doi(reference: str) -> str | None:
    found = re.search(r"\bdoi:\s*(\S+)", reference[:_LONGEST], re.IGNORECASE)
    return untyped.doi(found.group(1).rstrip(".,;")) if found else None
