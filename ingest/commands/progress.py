"""Progress on stderr: a bar a registry on a terminal, a line a step elsewhere."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from kb.report.check.wording import harmless

_COUNTED = re.compile(r"(?P<who>[^:]+): (?P<done>[\d,]+) of (?P<total>[\d,]+) (?P<what>.+)")


def told(step: str) -> tuple[str, int, int, str] | None:
    """A step that counts ("Crossref: 120 of 1,000 DOIs") as who, done, total and what; None for any other.

    >>> told("Crossref: 120 of 1,000 DOIs")
    ('Crossref', 120, 1000, 'DOIs')
    """
    match = _COUNTED.fullmatch(step)
    if match is None:
        return None
    done, total = (int(match[name].replace(",", "")) for name in ("done", "total"))
    return match["who"], done, total, match["what"]


@contextmanager
def shown() -> Iterator[Callable[[str], None]]:
    """Something to tell each step to; bars only where stderr is a terminal, and gone when the work is done."""
    if not sys.stderr.isatty():
        yield lambda step: click.echo(f"kb: {harmless(step)} …", err=True)
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[waits]}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {"": bars.add_task("kb", total=None, waits="")}

        def tell(step: str) -> None:
            counted = told(step)
            if counted is None:
                bars.update(tasks[""], description=f"kb: {escape(harmless(step))} …")
                return
            who, done, total, what = counted
            if who not in tasks:
                tasks[who] = bars.add_task(escape(who), total=total, waits="")
            waits = f"waiting for {total - done:,} {what}" if done < total else f"{total:,} {what}"
            bars.update(tasks[who], completed=done, total=total, waits=escape(waits))

        yield tell
