"""Bring the article's own list and its bibliography file together."""

from __future__ import annotations

import msgspec

from ingest.entry import enriched
from ingest.references.identity import Ids
from kb.language.same_work import Works
from kb.model import Record, Reference


class Merged(Record, frozen=True, kw_only=True):
    """The references of the list, enriched, and what of the bibliography the list does not hold.

    ``aliases`` says which reference a key of the bibliography stands for, where that has an id of its own.
    """

    references: tuple[Reference, ...]
    unlisted: tuple[Reference, ...]
    aliases: tuple[tuple[str, str], ...] = ()


def merge(listed: list[Reference], bibliography: list[Reference], *, keep: bool = False) -> Merged:
    """Match the entries of the reference list with those of the bibliography.

    A listed entry keeps its text, place and label, and gains from the bibliography what it lacks. Without a label of
    its own it takes the bibliography's key as its id, because that is what the text cites it by; with ``keep`` every
    entry keeps the id that it has.
    """
    partners = _partners(listed, bibliography)
    matched = {id(partner) for partner in partners if partner is not None}
    ids = Ids(
        {reference.id for reference in bibliography} | {reference.label for reference in listed if reference.label}
    )
    references: list[Reference] = []
    aliases: list[tuple[str, str]] = []
    for reference, partner in zip(listed, partners, strict=True):
        if partner is not None:
            joined = enriched(reference, partner)
            if not (keep or reference.label):
                joined = msgspec.structs.replace(joined, id=partner.id)
            references.append(joined)
            aliases += [(partner.id, joined.id)] if joined.id != partner.id else []
        elif keep or reference.label:
            references.append(reference)
        else:
            own = ids.give("", reference.authors, reference.year, reference.position)
            references.append(msgspec.structs.replace(reference, id=own))
    unlisted = tuple(reference for reference in bibliography if id(reference) not in matched)
    return Merged(references=tuple(references), unlisted=unlisted, aliases=tuple(aliases))


def _partners(listed: list[Reference], bibliography: list[Reference]) -> list[Reference | None]:
    """For each listed entry its work in the bibliography, each of which is given out once."""
    free = Works()
    for candidate in bibliography:
        free.put(candidate)
    return [free.take(reference) for reference in listed]
