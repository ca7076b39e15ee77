"""Bring the article's own list and its bibliography file together."""

from __future__ import annotations

import msgspec

from ingest.entry import source_id
from ingest.references.identity import Ids
from kb.language.same_work import Works
from kb.model import Record, Reference

_GAINED = (
    "authors",
    "year",
    "title",
    "container",
    "doi",
    "pmid",
    "url",
    "type",
    "abstract",
    "publication_types",
    "keywords",
)


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
            joined = _join(reference, partner, keep=keep or bool(reference.label))
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


def _join(reference: Reference, partner: Reference, *, keep: bool) -> Reference:
    gained = {
        name: getattr(partner, name) for name in _GAINED if not getattr(reference, name) and getattr(partner, name)
    }
    joined = msgspec.structs.replace(reference, **gained)
    return msgspec.structs.replace(
        joined,
        id=reference.id if keep else partner.id,
        source=source_id(joined.doi, joined.pmid, joined.text) if joined.doi or joined.pmid else reference.source,
    )
