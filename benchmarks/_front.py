"""What all benchmarks share: their command line, and how figures stand beside what was asked for and the peer's."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure: what it is, its value, and beside it the target and the peer's figure where there are any."""

    name: str
    value: float
    target: str = ""
    peer: str = ""


def command(description: str | None) -> argparse.ArgumentParser:
    """The command line of a benchmark that needs no data: ``--json``, and what it adds itself."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="one JSON object with every figure")
    return parser


def options(description: str | None, folder: str, arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The options of a benchmark: ``--data PATH`` (by default ``folder`` of ``KB_DATA``) and ``--json``."""
    parser = command(description)
    data_folder(parser, folder)
    return parser.parse_args(arguments)


def data_folder(parser: argparse.ArgumentParser, folder: str) -> None:
    """Add ``--data PATH``, by default ``folder`` of ``KB_DATA``; a folder that is not there is a wrong use."""
    root = Path(os.environ.get("KB_DATA") or Path(__file__).resolve().parent.parent.parent / "shared")

    def there(given: str) -> Path:
        if not Path(given).exists():
            raise argparse.ArgumentTypeError(f"no data at {given}; set KB_DATA or give --data")
        return Path(given)

    parser.add_argument("--data", type=there, default=str(root / folder), help=f"another folder than {folder}")


def show(figures: Sequence[Figure], *, as_json: bool, notes: Sequence[str] = ()) -> None:
    """Print the figures as a table with their targets and peers, then notes; or all figures as one JSON object."""
    if as_json:
        values: dict[str, Any] = {figure.name: round(figure.value, 4) for figure in figures}
        print(json.dumps(values, ensure_ascii=False))
        return
    width = max(len(figure.name) for figure in figures)
    print(f"{'figure':<{width}}  {'value':>9}  {'to reach':<12}  peer")
    for figure in figures:
        print(f"{figure.name:<{width}}  {figure.value:>9.3f}  {figure.target:<12}  {figure.peer}".rstrip())
    for note in notes:
        print(note)
