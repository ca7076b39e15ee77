"""What each registry's client makes of each fault of the world: the fault tests, as a table.

``python -m benchmarks.faults [--json]`` (or ``make faults``). Runs ``tests/ingest/test_faults.py`` against a loopback
server and prints a row a fault and a column a registry. Nothing is measured: a cell is ok where the fault was told as
one, without a traceback, a wrong record or a "not found", and within its time.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks._front import Figure, show

TESTS = Path(__file__).resolve().parent.parent / "tests" / "ingest" / "test_faults.py"
_CASE = re.compile(r"::(?P<test>\w+)(?:\[(?P<case>.+)\])?$")


class Outcomes:
    """Collects what became of each test while pytest runs."""

    def __init__(self) -> None:
        self.cells: dict[tuple[str, str], bool] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called by pytest for each phase of each test; a test holds where no phase of it failed."""
        cell = fault_and_registry(report.nodeid)
        self.cells[cell] = self.cells.get(cell, True) and not report.failed


def fault_and_registry(nodeid: str) -> tuple[str, str]:
    """The row and the column of a test; a test about all registries at once has the column ``all``.

    >>> fault_and_registry("test_faults.py::test_a_fault_is_told_as_one[500-Crossref, a list]")
    ('500', 'Crossref, a list')
    >>> fault_and_registry("test_faults.py::test_no_network_at_all[DataCite]")
    ('no network at all', 'DataCite')
    """
    match = _CASE.search(nodeid)
    test, case = (match["test"], match["case"] or "") if match else (nodeid, "")
    words = test.removeprefix("test_").replace("_", " ")
    fault, dash, registry = case.rpartition("-")
    if test == "test_a_fault_is_told_as_one" and dash:
        return fault, registry
    return (words, case) if case[:1].isupper() or case.startswith("doi.org") else (case or words, "all")


def table(cells: dict[tuple[str, str], bool]) -> list[str]:
    """A line a fault and a column a registry, in the order in which they were met."""
    rows = list(dict.fromkeys(fault for fault, _ in cells))
    columns = [name for name in dict.fromkeys(registry for _, registry in cells) if name != "all"]
    keys = [chr(ord("A") + number) for number in range(len(columns))]
    width = max(map(len, rows), default=0)
    words = {True: "ok", False: "FAIL", None: ""}
    lines = [f"{key}: {name}" for key, name in zip(keys, columns, strict=True)]
    lines.append(f"{'fault':<{width}}  " + " ".join(f"{key:<4}" for key in [*keys, "all"]))
    for row in rows:
        found = [words[cells.get((row, column))] for column in [*columns, "all"]]
        lines.append((f"{row:<{width}}  " + " ".join(f"{word:<4}" for word in found)).rstrip())
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the fault tests and print the table; exit code 1 where a cell is not ok."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="one JSON object with the counts")
    given = parser.parse_args(arguments)
    outcomes = Outcomes()
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main([str(TESTS), "-q", "-p", "no:cacheprovider"], plugins=[outcomes])
    held = sum(outcomes.cells.values())
    figures = [
        Figure(name="cases", value=len(outcomes.cells)),
        Figure(name="cases that hold", value=held, target=str(len(outcomes.cells))),
    ]
    show(figures, as_json=given.json, notes=["", *table(outcomes.cells)])
    if held < len(outcomes.cells) or not outcomes.cells:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
