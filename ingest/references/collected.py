"""What a reader of a bibliography found, entry by entry → references with one id each, and messages for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from ingest.references.identity import Ids
from kb.errors import BibliographyError, one_line
from kb.model import Reference

MOST_ENTRIES = 50_000
"""Entries of one file that are read; a large library of one person has a tenth of that."""

MOST_MESSAGES = 100
"""Faults of one file that are told one by one."""


class Found(NamedTuple):
    """An entry, the line of the file (from 1) that it begins in, and what is wrong with it: problem; remedy."""

    line: int
    reference: Reference | None
    troubles: tuple[str, ...] = ()


def collected(found: Iterable[Found], name: str, what: str) -> tuple[list[Reference], list[str]]:
    """The references of a bibliography, and what is wrong with it.

    Parameters
    ----------
    found
        What was found, in file order.
    name
        The file, as the user knows it.
    what
        The format, as in "holds no RIS entry".

    Returns
    -------
    references, messages
        Of two entries with one key the first is kept. An entry without a key is named after its first author and year.
        Each message is one line: file and line, what is wrong, what to do.

    Raises
    ------
    BibliographyError
        Where nothing was found, neither an entry nor a fault.
    """
    kept: dict[str, tuple[int, Reference]] = {}
    told: list[tuple[int, str]] = []
    for number, (line, reference, troubles) in enumerate(found):
        if number == MOST_ENTRIES:
            told.append(
                (line, f"there are more than {MOST_ENTRIES:,} entries, and the rest was not read; split the file")
            )
            break
        told += [(line, trouble) for trouble in troubles]
        if reference is None:
            continue
        if reference.label in kept:
            told.append((line, f"{_again(reference.label, kept[reference.label][0])}; rename or remove one of the two"))
            continue
        kept[reference.label or f"\n{number}"] = line, reference
        told += [(line, f"entry '{reference.label or number + 1}': {problem}") for problem in reference.problems]
    if not kept and not told:
        raise BibliographyError(f"holds no {what}", place=name, remedy="check that it is the right file")
    messages = [one_line(f"{name}:{line}: {trouble}") for line, trouble in told[:MOST_MESSAGES]]
    if len(told) > MOST_MESSAGES:
        messages.append(f"{name}: {len(told) - MOST_MESSAGES} more faults; mend those above first")
    return _named([reference for _, reference in kept.values()]), messages


def _again(key: str, line: int) -> str:
    return f"key '{key}' is used in line {line} already"


def _named(references: list[Reference]) -> list[Reference]:
    """The references numbered, each under a name of its own."""
    ids = Ids({reference.label for reference in references if reference.label})
    named = []
    for position, one in enumerate(references, 1):
        own = one.label or ids.give("", one.authors, one.year, position)
        named.append(msgspec.structs.replace(one, id=own, position=position))
    return named
