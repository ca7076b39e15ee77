"""Take a work for the one that a reference without an identifier means, or for none, and count how often that is right.

``python -m benchmarks.matching [--data PATH] [--json]``; the data is ``retraction/match-dev.csv`` (``KB_DATA``, by
default ``../shared``), of which nothing is tuned: 100 retracted works, the same with words left out of their titles,
and 100 works that are none of them. Each of the latter two is held, without its DOI, against all of the first, as
``ingest.resolve.search`` holds a reference against what a search found. A work taken for another one, or for one where
there is none, counts against precision; one that is not taken, or is only offered, against recall.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks._front import Figure, options, show
from ingest.resolve.search import judge
from kb.model import Reference, Source

Row = dict[str, str]


def rows(path: Path) -> dict[str, list[Row]]:
    """The rows of the file by their label, in order."""
    found: dict[str, list[Row]] = {"retracted": [], "retracted_fuzzy": [], "clean": []}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found[row["label"]].append(row)
    return found


def families(authors: str) -> tuple[str, ...]:
    """Family names out of full ones, ``;`` apart: the last word of each."""
    return tuple(name.split()[-1] for name in authors.split(";") if name.strip())


def registered(row: Row, number: int) -> Source:
    """A row as the work that a registry holds."""
    return Source(id=f"work:{number}", title=row["title"], authors=families(row["author"]), year=row["year"])


def cited(row: Row, number: int) -> Reference:
    """A row as a reference that names no identifier."""
    return Reference(
        id=f"r{number}",
        position=number,
        text="",
        source=f"ref:{number}",
        title=row["title"],
        authors=families(row["author"]),
        year=row["year"],
    )


def figures(path: Path) -> Iterator[Figure]:
    """Precision and recall of what is taken, and how often the work is at least offered."""
    found = rows(path)
    works = [registered(row, number) for number, row in enumerate(found["retracted"])]
    begun = time.perf_counter()
    fuzzy = [judge(cited(row, number), works) for number, row in enumerate(found["retracted_fuzzy"])]
    clean = [judge(cited(row, number), works) for number, row in enumerate(found["clean"])]
    seconds = time.perf_counter() - begun
    right = sum(taken == work for (taken, _), work in zip(fuzzy, works, strict=True))
    taken_at_all = sum(taken is not None for taken, _ in (*fuzzy, *clean))
    offered = sum(
        taken == work or any(candidate.title == work.title for candidate in candidates)
        for (taken, candidates), work in zip(fuzzy, works, strict=True)
    )
    yield Figure(name="precision", value=right / max(1, taken_at_all), target="1.00")
    yield Figure(name="recall", value=right / max(1, len(fuzzy)))
    yield Figure(name="recall with offers", value=offered / max(1, len(fuzzy)))
    yield Figure(name="clean works taken", value=sum(taken is not None for taken, _ in clean), target="0")
    yield Figure(name="clean works offered", value=sum(bool(candidates) for _, candidates in clean))
    yield Figure(name="comparisons per second", value=len(works) * (len(fuzzy) + len(clean)) / max(seconds, 1e-9))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how well works are told apart without an identifier."""
    given = options(__doc__, "data/retraction/match-dev.csv", arguments)
    show(list(figures(given.data)), as_json=given.json)


if __name__ == "__main__":
    main()
