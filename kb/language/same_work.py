"""Whether two references are entries for one and the same work."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from operator import itemgetter

from kb.language.folding import fold
from kb.model import Reference

LEAST_ALIKE = 92.0
"""How alike two folded titles must be (rapidfuzz ``ratio``, 0 to 100), so that a typing error is no other work."""
_SHORTEST_TITLE = 12
_LONGEST = 1000
_MOST_NEAR = 50
"""Entries with one thing in common with which another one is compared."""
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"\d{4}")


def same_work(one: Reference, other: Reference) -> bool:
    """Whether both name the same work: by DOI or PubMed id, else by title, first author and year together.

    Where both give a DOI, the DOI alone decides, and likewise the PubMed id: a preprint and its article are two works.
    A title of fewer than twelve letters ("Editorial", "Erratum") says nothing unless it is equal and its container is
    too. Two entries without any title are the same where the whole text is.
    """
    if one.doi and other.doi:
        return one.doi.lower() == other.doi.lower()
    if one.pmid and other.pmid:
        return one.pmid == other.pmid
    if not one.title or not other.title:
        return bool(one.text) and _folded(one.text) == _folded(other.text)
    return _same_year(one, other) and _same_first_author(one, other) and _same_title(one, other)


class Works:
    """References among which the same work is found without comparing each with each.

    Two entries can only be the same work where they share a DOI, a PubMed id, the text, or the year, the first author
    and the numbers in the title. Where very many share the last three, as the parts of a series do, a title with a
    typing error is looked for among the first of them only; an equal one is found always.
    """

    def __init__(self) -> None:
        self._places: dict[str, dict[int, Reference]] = {}
        self._added = 0

    def put(self, reference: Reference) -> None:
        """Add a reference."""
        for key in _keys(reference):
            self._places.setdefault(key, {})[self._added] = reference
        self._added += 1

    def find(self, reference: Reference) -> Reference | None:
        """The first added reference that is the same work, or None."""
        found = self._found(reference)
        return None if found is None else found[1]

    def take(self, reference: Reference) -> Reference | None:
        """The same as ``find``, and it is no longer there."""
        found = self._found(reference)
        if found is None:
            return None
        number, taken = found
        for key in _keys(taken):
            del self._places[key][number]
        return taken

    def _found(self, reference: Reference) -> tuple[int, Reference] | None:
        near = (islice(self._places.get(key, {}).items(), _MOST_NEAR) for key in _keys(reference))
        same = (next((one for one in each if same_work(one[1], reference)), None) for each in near)
        return min((one for one in same if one), key=itemgetter(0), default=None)


def _keys(reference: Reference) -> list[str]:
    keys = [f"text {_folded(reference.text)}"]
    keys += [f"doi {reference.doi.lower()}"] if reference.doi else []
    keys += [f"pmid {reference.pmid}"] if reference.pmid else []
    year = _YEAR.search(reference.year or "")
    if year and reference.title:
        author = _folded(reference.authors[0]).split()[-1:] if reference.authors else []
        title = _folded(reference.title)
        by = f"{year.group()} {''.join(author)}"
        keys += [f"title {by} {title}", f"work {by} {' '.join(_numbers(title))}"]
    return keys


def _same_year(one: Reference, other: Reference) -> bool:
    first, second = _YEAR.search(one.year or ""), _YEAR.search(other.year or "")
    return first is not None and second is not None and first.group() == second.group()


def _same_first_author(one: Reference, other: Reference) -> bool:
    if not one.authors or not other.authors:
        return not one.authors and not other.authors
    first, second = _folded(one.authors[0]), _folded(other.authors[0])
    return first == second or first.split()[-1:] == second.split()[-1:]


def _same_title(one: Reference, other: Reference) -> bool:
    first, second = _folded(one.title), _folded(other.title)
    if _numbers(first) != _numbers(second):
        return False
    if min(len(first), len(second)) < _SHORTEST_TITLE:
        return first == second and _folded(one.container) == _folded(other.container)
    from rapidfuzz import fuzz

    return fuzz.ratio(first, second, score_cutoff=LEAST_ALIKE) > 0


@lru_cache(maxsize=8192)
def _numbers(folded: str) -> tuple[str, ...]:
    return tuple(_NUMBER.findall(folded))


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    """A list is compared pair by pair, so each of its texts is folded once."""
    return fold(text[:_LONGEST])
