"""The fewest questions for many identifiers: as many in each as its length and the registry's count allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

LONGEST_PATH = 3800
"""Characters of path and query: servers take about 4 kB, and a base address may have a path of its own."""
LONGEST_FORM = 30_000
"""Characters of the one long field of a POST form, before it is encoded."""


def packed(ids: Iterable[str], *, most: int, room: int, length: Callable[[str], int]) -> Iterator[tuple[str, ...]]:
    """The identifiers in their order, each once, in packs.

    Parameters
    ----------
    most
        How many identifiers a pack may hold, at least 1.
    room
        How long a pack may be, in characters.
    length
        What an identifier takes up of it, with what joins it to the next. One that is longer than the room by
        itself is in no pack.
    """
    pack: list[str] = []
    used = 0
    for one in dict.fromkeys(ids):
        size = length(one)
        if size > room:
            continue
        if pack and (len(pack) == most or used + size > room):
            yield tuple(pack)
            pack, used = [], 0
        pack.append(one)
        used += size
    if pack:
        yield tuple(pack)
