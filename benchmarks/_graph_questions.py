"""How long the questions take on a loaded knowledge base, each in a process of its own (``_graph_ask``)."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from benchmarks._front import Figure
from benchmarks._graph_ask import ABOUT, OVERALL, Subjects, subjects

BOUND_MS, BOUND_SECONDS, BOUND_MB = "<= 100", "<= 15", "<= 2000"


class Answers(NamedTuple):
    """What the answers to one question took: seconds each, and MB of memory."""

    seconds: list[float]
    megabytes: float

    @property
    def median(self) -> float:
        """The middle one, in ms."""
        return statistics.median(self.seconds) * 1e3

    @property
    def slow(self) -> float:
        """What nineteen of twenty stay below, in ms."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.95)] * 1e3


def ask(place: str, question: str, about: Sequence[str] = ()) -> Answers:
    """Ask a question of a knowledge base, once about each subject."""
    run = [sys.executable, "-m", "benchmarks._graph_ask", place, question, *about]
    told = json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
    return Answers(told["seconds"], told["megabytes"])


def about_one(place: str, asked: int, seed: int) -> dict[str, Answers]:
    """The questions about so many statements, or sources, one at a time, by name."""
    drawn = subjects(place, asked, seed)
    return {question: ask(place, question, _names(question, drawn)) for question in ABOUT}


def overall(place: str) -> dict[str, Answers]:
    """The questions about everything, by name."""
    return {question: ask(place, question) for question in OVERALL}


def figures(place: str, tenth: str, asked: int, seed: int) -> Iterator[Figure]:
    """What the questions take, and beside it what they take in a knowledge base a tenth as large."""
    for question, answers in about_one(place, asked, seed).items():
        yield Figure(name=f"{question}: ms, median", value=answers.median, target=BOUND_MS)
        yield Figure(name=f"{question}: ms, 19 of 20 stay below", value=answers.slow, target=BOUND_MS)
        yield Figure(name=f"{question}: ms, slowest", value=max(answers.seconds) * 1e3)
    small = overall(tenth)
    for question, answers in overall(place).items():
        bounded = question in ("load-bearing", "contested")
        yield Figure(name=f"{question}: seconds", value=answers.seconds[0], target=BOUND_SECONDS if bounded else "")
        yield Figure(name=f"{question}: MB of memory", value=answers.megabytes, target=BOUND_MB if bounded else "")
        grown = answers.seconds[0] / small[question].seconds[0]
        yield Figure(name=f"{question}: / a tenth of it", value=grown, target="<= 11")


def beside(place: str, server: str, asked: int, seed: int) -> Iterator[Figure]:
    """What the questions take on a server, as a multiple of what they take in a file with the same articles."""
    of_file, of_server = about_one(place, asked, seed), about_one(server, asked, seed)
    for question, answers in of_server.items():
        times = answers.median / of_file[question].median
        yield Figure(name=f"PostgreSQL / SQLite: {question}", value=times, target="<= 1.5", peer="1")
    whole = overall(place)
    for question, answers in overall(server).items():
        times = answers.seconds[0] / whole[question].seconds[0]
        yield Figure(name=f"PostgreSQL / SQLite: {question}", value=times, target="<= 1.5", peer="1")


def _names(question: str, drawn: Subjects) -> list[str]:
    return drawn.sources if question == "impact" else drawn.statements
