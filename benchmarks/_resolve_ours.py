"""Resolve references with this project; run as a process of its own, as its peers are.

``python -m benchmarks._resolve_ours`` reads ``{"crossref": …, "elsewhere": …, "cache": …, "kind": …, "count": …,
"passes": …}`` from its input and prints ``{"seconds": …, "reading": …, "right": …}``: the time of the fastest pass and
of its fastest reading of the cache alone, and how many references the worst one verified with the title of their work.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from benchmarks._registry import reference_to, works
from ingest.resolve import crossref, resolve
from ingest.resolve.desk import client
from kb.model import Reference
from kb.settings import Settings
from kb.store.cache import Cache


class Pass(NamedTuple):
    """One way through all references: seconds for all, for reading the cache afterwards, and how many were right."""

    seconds: float
    reading: float
    right: int


def one_pass(references: Sequence[Reference], settings: Settings) -> Pass:
    """Resolve the references once."""
    with Cache.open(settings.cache, fail) as cache:
        begun = time.perf_counter()
        resolved = resolve(references, settings, http=client(settings, cache), cache=cache)
        resolved_at = time.perf_counter()
        cache.remembered(crossref.NAME, [reference.doi or "" for reference in references])
        read_at = time.perf_counter()
    titles = {source.id: source.title for source in resolved.sources}
    pairs = zip(references, resolved.resolutions, strict=True)
    right = sum(found.status == "verified" and titles[one.source] == one.title for one, found in pairs)
    return Pass(resolved_at - begun, read_at - resolved_at, right)


def fail(line: str) -> None:
    """A cache that cannot be used makes every figure void."""
    raise SystemExit(line)


def main(job: dict[str, Any]) -> None:
    """Do the job and print what came of it."""
    # What this project imports where it is used, its peers import at once: their times hold none of it either.
    for name in ("requests", "rapidfuzz", "kb.store.pacing"):
        importlib.import_module(name)
    known = works(job["count"], job["kind"])
    references = [reference_to(work, position) for position, work in enumerate(known, 1)]
    elsewhere = job["elsewhere"]
    settings = Settings(
        crossref=job["crossref"],
        datacite=elsewhere,
        doi_org=elsewhere,
        ncbi=elsewhere,
        pmc=elsewhere,
        europepmc=elsewhere,
        openalex=elsewhere,
        mailto="someone@example.org",
        deadline=120.0,
        patience=60.0,
        cache=job["cache"],
    )
    passes = [one_pass(references, settings) for _ in range(job["passes"])]
    best = Pass(*(min(values) for values in zip(*passes, strict=True)))
    print(json.dumps(best._asdict()))


if __name__ == "__main__":
    main(json.load(sys.stdin))
