"""One question to a knowledge base, as a process of its own: how long it takes, and the most memory that was resident.

``python -m benchmarks._graph_ask PLACE QUESTION [SUBJECT …]`` prints JSON. Each subject is asked about in a knowledge
base that is opened for it; imports, and one question that warms what the system caches, come before.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from kb.base import KnowledgeBase
from tests.peak import peak_kilobytes

ABOUT: Mapping[str, Callable[[KnowledgeBase, str], object]] = {
    "trace": KnowledgeBase.trace,
    "impact": KnowledgeBase.impact,
    "independence": KnowledgeBase.independence,
}
"""Questions about one statement or source."""
OVERALL: Mapping[str, Callable[[KnowledgeBase], object]] = {
    "load-bearing": KnowledgeBase.load_bearing,
    "contested": KnowledgeBase.contested,
    "stale": lambda base: base.stale("2026-01-01", 10),
    "search": lambda base: base.search("knee pain"),
}
"""Questions about everything."""


class Subjects(NamedTuple):
    """What is asked about: names of statements with evidence, and sources that these rest on."""

    statements: list[str]
    sources: list[str]


def subjects(place: str, count: int, seed: int) -> Subjects:
    """Statements drawn from all articles, and of each a source that it rests on; the same for the same seed."""
    drawn = random.Random(seed)
    found = Subjects([], [])
    with KnowledgeBase.open(place) as base:
        names = [article.id for article in base.articles()]
        while len(found.statements) < count:
            audit = base.audit(drawn.choice(names))
            if audit.evidence:
                line = drawn.choice(audit.evidence)
                found.statements.append(f"{audit.article.id}:{line.statement}")
                found.sources.append(line.source)
    return found


def asked(place: str, question: str, about: list[str]) -> list[float]:
    """The seconds of each answer, of wall clock, opening included."""
    if question in OVERALL:
        with tempfile.TemporaryDirectory() as folder:
            _timed(str(Path(folder) / "empty.db"), OVERALL[question])
        return [_timed(place, OVERALL[question])]
    ask = ABOUT[question]
    _timed(place, lambda base: ask(base, about[0]))
    return [_timed(place, _about(ask, subject)) for subject in about]


def _about(ask: Callable[[KnowledgeBase, str], object], subject: str) -> Callable[[KnowledgeBase], object]:
    return lambda base: ask(base, subject)


def _timed(place: str, ask: Callable[[KnowledgeBase], object]) -> float:
    begun = time.perf_counter()
    with KnowledgeBase.open(place) as base:
        ask(base)
    return time.perf_counter() - begun


def main(place: str, question: str, *about: str) -> None:
    """Print the seconds of every answer, and MB of memory."""
    seconds = asked(place, question, list(about))
    print(json.dumps({"seconds": seconds, "megabytes": peak_kilobytes() / 1024}))


if __name__ == "__main__":
    main(*sys.argv[1:])
