"""Several bibliographies of one article → one, in which each work stands once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from ingest.references.identity import Ids
from ingest.references.merge import merge
from kb.model import Record, Reference


class United(Record, frozen=True, kw_only=True):
    """The entries of several bibliographies, the keys of those that were joined into others, and what was left out."""

    references: tuple[Reference, ...]
    aliases: dict[str, str]
    problems: tuple[str, ...]


def united(bibliographies: Iterable[Sequence[Reference]]) -> United:
    """Bring bibliographies together; the same library exported twice is one.

    Parameters
    ----------
    bibliographies
        Each with ids that are its own. Of a work in several of them the first entry stands, and gains what it lacks;
        the ids of the others become its aliases. Where one key stands for two works, the first has it.
    """
    entries: list[Reference] = []
    aliases: dict[str, str] = {}
    problems: list[str] = []
    for more in bibliographies:
        merged = merge(entries, list(more), keep=True)
        entries = list(merged.references)
        aliases |= dict(merged.aliases)
        taken = {entry.id: entry.origin for entry in entries}
        ids = Ids(taken.keys() | {entry.id for entry in merged.unlisted})
        for entry in merged.unlisted:
            if entry.id not in taken:
                entries.append(entry)
            elif entry.label:
                other = f"is another work in {taken[entry.id]}; rename one of the two"
                problems.append(f"{entry.origin}: entry '{entry.id}' was left out, since that key {other}")
            else:
                own = ids.give("", entry.authors, entry.year, len(entries) + 1)
                entries.append(msgspec.structs.replace(entry, id=own))
    return United(references=tuple(entries), aliases=aliases, problems=tuple(problems))
