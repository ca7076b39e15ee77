"""People's words in ``evidence.reviews.json``, a file fit for git: one object a word, sorted so that merges are easy.

Pure: text in, text out. ``ingest.commands.reviews`` reads and writes the file; ``kb.strength.overruled`` applies it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Annotated

import msgspec

from kb import tracked
from kb.errors import one_line
from kb.model import Review
from kb.strength.people import LONGEST_NAME, LONGEST_REASON, VALUES, WITHDRAWN, nearest, slot

FILE = "evidence.reviews.json"
"""The name of the file, in the folder of the project."""
LARGEST = 10_000_000
"""Bytes of it that are read: some ten thousand words."""

_FORM = tracked.Form(
    name="file of reviews",
    schema=1,
    largest=LARGEST,
    damaged="restore it from version control",
    conflict="solve it: as a rule the words of both sides stay",
)
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=4096)]


class _Strict(Review, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A review as it must stand in the file: what is unknown is refused, or it would be lost when it is written."""

    statement: _Id | None
    source: _Id | None
    person: _Name
    date: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    reason: Annotated[str, msgspec.Meta(max_length=LONGEST_REASON)]
    fingerprint: _Id
    article: Annotated[str, msgspec.Meta(pattern=r"^(?![/\\]|[A-Za-z]:[/\\])", max_length=4096)] = ""
    text: Annotated[str, msgspec.Meta(max_length=1_000)] = ""
    cited: tuple[_Id, ...] | None = None


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    schema_version: int
    reviews: tuple[_Strict, ...]


class _Written(msgspec.Struct, frozen=True, kw_only=True):
    schema_version: int
    reviews: tuple[Review, ...]


def to_json(reviews: Iterable[Review]) -> str:
    """Write the reviews, sorted by subject, what they are of, person and date; see `kb.tracked.to_json`."""
    return tracked.to_json(_Written(schema_version=_FORM.schema, reviews=tuple(sorted(reviews, key=slot))))


def read(text: str | bytes, place: str) -> tuple[Review, ...]:
    """Read the reviews in a file of that name, in its order.

    Raises
    ------
    ConfigurationError
        It is no file of reviews, holds a value that may not be said or a date that is none, or a newer version wrote
        it.
    """
    found = tracked.read(text, place, _FORM, _File).reviews
    for number, review in enumerate(found, 1):
        wrong = _wrong(review)
        if wrong:
            problem, remedy = wrong
            tracked.refuse(f"review {number}, {problem}", place, remedy)
    return tuple(Review(**msgspec.structs.asdict(review)) for review in found)


def _wrong(review: Review) -> tuple[str, str] | None:
    """What is wrong with a review, and what to do; None where nothing is."""
    if review.value not in (*VALUES[review.subject], WITHDRAWN):
        problem = f"on a {review.subject}: “{one_line(review.value)[:60]}” may not be said"
        return problem, nearest(review.value, VALUES[review.subject])
    if not one_line(review.person):
        return "its person has no name", "write who said it"
    try:
        datetime.date.fromisoformat(review.date)
    except ValueError:
        return f"its date {review.date} is none", "write it as year-month-day, such as 2026-11-22"
    return None


def put(reviews: Sequence[Review], new: Review) -> tuple[Review, ...]:
    """The reviews with another one, in place of what the same person said of the same thing on the same day."""
    return (*(one for one in reviews if slot(one) != slot(new)), new)


def merge(of_project: Sequence[Review], of_base: Iterable[Review]) -> tuple[Review, ...]:
    """The reviews of a project's file and those that a knowledge base keeps, each once.

    The file's come last, so that of two words of one person and day the file's counts: it is the one that is edited.
    """
    known = set(of_project)
    return (*dict.fromkeys(one for one in of_base if one not in known), *of_project)
