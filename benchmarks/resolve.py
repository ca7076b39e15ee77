"""Resolve DOIs at a registry that keeps Crossref's polite limits, and compare with other programs in the same run.

``python -m benchmarks.resolve [--json] [--dois 200] [--many 1000] [--no-peers]``. The registry is one of our own on
127.0.0.1 (``benchmarks/_registry.py``): 10 single and 3 list questions in any second, 3 at once, 60 ms each, and 429
beyond that. Peers live below ``.venv-peers``, which is made when it is first needed; one that cannot be installed is
named as such. A program's time is that of its look-ups, without what it imports for them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import _peers
from benchmarks._front import Figure, command, show
from benchmarks._registry import CROSSREF_POLITE, LAVISH, Limits, Registry, works

ALONE, SHARED = "proceedings-article", "journal-article"
"""A type of work that Crossref alone is asked about, and one that PubMed can hold as well."""
USUAL_LIST = 100
"""DOIs in one list, by which the floor that was asked for is reckoned; by length some more fit into 4 kB."""
PASSES = 5
REQUIREMENTS = {
    "crossrefapi": ("crossrefapi==1.7.0",),
    "habanero": ("habanero==2.9.2",),
    "manubot": ("manubot==0.6.1",),
    "requests-cache": ("requests-cache==1.3.3",),
}
FEW = {"manubot": 10}
"""Of how many DOIs a peer is given that takes minutes for all; its figures are then reckoned up."""


class Run(NamedTuple):
    """One program's way through some DOIs."""

    seconds: float
    right: int
    requests: int
    limited: int
    elsewhere: int = 0
    reading: float = 0.0
    stopped: str = ""

    def times(self, factor: float) -> Run:
        """The same for so many times as many DOIs."""
        return self._replace(seconds=self.seconds * factor, requests=round(self.requests * factor))


def ours(cache: Path, kind: str, count: int, passes: int = 1) -> Run:
    """Our own project, in a process of its own; it asks only for what the cache does not hold."""
    with Registry(works(count, kind)) as crossref, Registry([]) as elsewhere:
        job = {"crossref": crossref.url, "elsewhere": elsewhere.url, "cache": str(cache)}
        done = _peers.ask(
            [sys.executable, "-m", "benchmarks._resolve_ours"], job | {"kind": kind, "count": count, "passes": passes}
        )
        limited = sum(one.limited for one in (crossref, elsewhere))
        return Run(done["seconds"], done["right"], crossref.requests, limited, elsewhere.requests, done["reading"])


def peer(name: str, count: int, limits: Limits = CROSSREF_POLITE) -> Run:
    """Another program, in its own environment.

    Raises
    ------
    _peers.PeerError
        It cannot be installed, or does not run here.
    """
    interpreter = _peers.python(name, *REQUIREMENTS[name])
    known = works(count, ALONE)
    with Registry(known, limits) as crossref:
        job = {
            "url": crossref.url,
            "dois": [work["DOI"] for work in known],
            "titles": [work["title"][0] for work in known],
        }
        done = _peers.ask([interpreter, Path(__file__).with_name("_resolve_peers.py"), name], job)
        return Run(done["seconds"], done["right"], crossref.requests, crossref.limited, stopped=done["stopped"])


def floor(lists: int, limits: Limits = CROSSREF_POLITE) -> float:
    """The seconds that the registry's limits cost at least: the last list may go so late, and takes its time."""
    return (lists - 1) // limits.lists + limits.latency


def our_figures(few: Run, articles: Run, many: Run, warm: Run, counts: tuple[int, int]) -> Iterator[Figure]:
    """What was asked for, without the peers."""
    some, most = (f"{count:,} DOIs" for count in counts)
    usual, sent = floor(-(-counts[1] // USUAL_LIST)), floor(many.requests)
    yield Figure(name=f"{some}: requests", value=few.requests + few.elsewhere, target="<= 5")
    yield Figure(name=f"{some}: told to wait (429)", value=few.limited, target="0")
    yield Figure(name=f"{some}: right", value=few.right, target=str(counts[0]))
    yield Figure(name=f"{some}: seconds", value=few.seconds)
    yield Figure(name=f"{some} of articles, also at PubMed: requests", value=articles.requests + articles.elsewhere)
    yield Figure(name=f"{some} of articles, also at PubMed: seconds", value=articles.seconds)
    yield Figure(name=f"{most}: requests", value=many.requests + many.elsewhere)
    yield Figure(name=f"{most}: right", value=many.right, target=str(counts[1]))
    yield Figure(name=f"{most}: seconds", value=many.seconds, peer=f"the limits' floor {usual:.2f}")
    yield Figure(name=f"{most}: seconds / floor at {USUAL_LIST} a list", value=many.seconds / usual, target="<= 1.1")
    yield Figure(name=f"{most}: seconds / floor of the lists sent", value=many.seconds / sent, peer=f"{sent:.2f}")
    yield Figure(name=f"{some} again: requests", value=warm.requests + warm.elsewhere, target="0")
    yield Figure(name=f"{some} again: right", value=warm.right, target=str(counts[0]))
    yield Figure(name=f"{some} again: resolved a second", value=warm.right / warm.seconds)
    yield Figure(name=f"{some} again: hits a second", value=warm.right / warm.reading)


def peer_figures(name: str, count: int, few: Run, warm: Run) -> Iterator[Figure]:
    """One peer's figures beside ours, as ratios; raises `_peers.PeerError` where there are none."""
    if name == "requests-cache":
        cached = peer(name, count, LAVISH)
        hits = cached.right / cached.seconds
        beside = f"{hits:,.0f} hits a second"
        yield Figure(
            name=f"hits a second / {name}'s", value=warm.right / warm.reading / hits, target=">= 5", peer=beside
        )
        yield Figure(name=f"resolved again a second / {name}'s hits", value=warm.right / warm.seconds / hits)
        return
    tried = min(FEW.get(name, count), count)
    run = peer(name, tried).times(count / tried)
    beside = f"{run.seconds:.1f} s, {run.right} of {tried} right, {run.limited} x 429"
    if run.stopped:
        beside += f"; stopped by {run.stopped}"
    target = "<= 0.04" if name == "crossrefapi" else ""
    yield Figure(name=f"seconds / {name}'s", value=few.seconds / run.seconds, target=target, peer=beside)
    asked = f"{run.requests} requests" + ("" if tried == count else f", reckoned up from {tried} DOIs")
    yield Figure(name=f"requests / {name}'s", value=few.requests / run.requests, peer=asked)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures beside those of the peers, and which of these could not be had."""
    parser = command(__doc__)
    parser.add_argument("--dois", type=int, default=200, help="how many DOIs to compare the programs on")
    parser.add_argument("--many", type=int, default=1000, help="how many to hold against the limits' floor")
    parser.add_argument("--no-peers", action="store_true", help="install and run no other program")
    given: Any = parser.parse_args(arguments)
    with ExitStack() as stack:
        caches = [Path(stack.enter_context(tempfile.TemporaryDirectory())) / "cache.db" for _ in range(3)]
        few = ours(caches[0], ALONE, given.dois)
        warm = ours(caches[0], ALONE, given.dois, PASSES)
        articles = ours(caches[1], SHARED, given.dois)
        many = ours(caches[2], ALONE, given.many)
    figures = list(our_figures(few, articles, many, warm, (given.dois, given.many)))
    notes = []
    for name in () if given.no_peers else REQUIREMENTS:
        try:
            figures.extend(peer_figures(name, given.dois, few, warm))
        except _peers.PeerError as error:
            notes.append(f"not compared with {name}: {error}")
    show(figures, as_json=given.json, notes=notes)


if __name__ == "__main__":
    main()
