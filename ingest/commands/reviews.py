"""People's words where they are kept: ``evidence.reviews.json`` of the project, and the knowledge base."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ingest.files import content, replace
from kb.errors import StoreError, UsageError
from kb.model import Review
from kb.store.address import Address, Place


def read_reviews(project: Path) -> tuple[Review, ...]:
    """The reviews in a project's file; none where there is no such file.

    Raises
    ------
    UsageError
        It is not to be read, or not as one; see `kb.reviews.read`.
    """
    from kb.reviews import FILE, LARGEST, read

    data = content(project, FILE, LARGEST)
    return () if data is None else read(data, FILE)


def write_reviews(project: Path, former: Sequence[Review], reviews: Sequence[Review]) -> None:
    """Write a project's reviews, all of them or, where that fails, nothing.

    Parameters
    ----------
    former
        What the new reviews were made from: where the file holds anything else by now, it is left alone.

    Raises
    ------
    UsageError
        The file cannot be written, or was changed meanwhile.
    """
    from kb.reviews import FILE, LARGEST, to_json

    if read_reviews(project) != tuple(former):
        raise UsageError("was changed meanwhile, so nothing was written", place=FILE, remedy="run this again")
    place = Path(os.path.relpath(project / FILE))
    replace(place, to_json(reviews).encode(), former=content(project, FILE, LARGEST), project=project)


def kept_reviews(place: Place) -> tuple[Review, ...]:
    """The reviews that a knowledge base keeps; none where it is not there, or a file that is not to be read.

    The user is told of such a file when it is to be written.

    Raises
    ------
    StoreError
        It is on a server that does not give them: what people said together would not count, and to wait for the
        server once is enough.
    """
    if not place.exists():
        return ()
    from kb.base import KnowledgeBase

    try:
        with KnowledgeBase.open(place) as base:
            return base.reviews()
    except StoreError:
        if isinstance(place, Address):
            raise
        return ()


def reviews_for(project: Path, place: Place) -> tuple[Review, ...]:
    """The reviews that count in a project: those of its file, and those that its knowledge base keeps."""
    from kb.reviews import merge

    return merge(read_reviews(project), kept_reviews(place))
