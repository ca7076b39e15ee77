"""The works that the citation fields of one document name, each once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from ingest.read.word.fields import Item
from kb.language.folding import fold
from kb.model import Reference


class Names:
    """Gives out names that are unique: the one that is wanted, with a number behind it where that is taken."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._numbers: Counter[str] = Counter()

    def give(self, wanted: str) -> str:
        """A name that was not given before."""
        name = wanted
        while name in self._given:
            self._numbers[wanted] += 1
            name = f"{wanted}-{self._numbers[wanted] + 1}"
        self._given.add(name)
        return name


class Works:
    """Gives an id to every work that is cited, and tells again by any of its names that it was.

    Programs repeat a work's data in each citation of it. What they call by the same name is one work, and so is what
    has the same DOI, or the same title and year, as it is where two people cite out of their own libraries.
    """

    def __init__(self, sources: Iterable[Item] = ()) -> None:
        self._sources = {name: item.reference for item in sources for name in item.names}
        self._ids: dict[str, str] = {}
        self._works: dict[str, Reference] = {}
        self._names = Names()

    @property
    def found(self) -> tuple[Reference, ...]:
        """The works in the order of their first citation."""
        return tuple(self._works.values())

    def ids(self, items: Sequence[Item]) -> tuple[str, ...]:
        """The ids of the works of one citation; those without any data are left out."""
        return tuple(dict.fromkeys(name for item in items if (name := self._id(item))))

    def _id(self, item: Item) -> str:
        reference = item.reference or next(filter(None, map(self._sources.get, item.names)), None)
        names = [*item.names, *_contents(reference)]
        known = next((self._ids[name] for name in names if name in self._ids), "")
        if not known and reference is not None:
            known = self._names.give(_name(reference))
            # Without a label, because it is the list's numbers that the text names.
            self._works[known] = msgspec.structs.replace(reference, id=known, position=len(self._works) + 1, label="")
        if known:
            self._ids.update(dict.fromkeys(names, known))
        return known


def _contents(reference: Reference | None) -> Iterator[str]:
    """Names that a work has by what is known of it."""
    if reference is not None:
        yield from (f"doi:{reference.doi}",) if reference.doi else ()
        yield from (f"pmid:{reference.pmid}",) if reference.pmid else ()
        yield from (f"title:{fold(reference.title)}:{reference.year}",) if reference.title else ()


def _name(reference: Reference) -> str:
    """What a work is best called: as its program does, else by family name and year."""
    family = re.sub(r"\W", "", fold(reference.authors[0]))[:40] if reference.authors else ""
    return reference.label or f"{family}{reference.year or ''}" or "work"
