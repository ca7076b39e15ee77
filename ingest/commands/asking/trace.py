"""``kb trace``: whence a statement comes, down to primary studies."""

from __future__ import annotations

import click

from ingest.commands.asking.answering import asked, format_option, statement_here, tell
from ingest.commands.asking.fetching import fetch
from ingest.commands.options import kb_option, offline_option

_HELP = """Follow a statement through its sources, and what those cite, down to primary studies; and tell where the way
ends in works that only repeat each other, in nothing, in a circle, or in works of which nothing is known.

A STATEMENT is named as ARTICLE:LINE, ARTICLE:ID, or by its id alone. Registries are asked about works of which nothing
is known, one step further and within a bound (setting works); with --offline no socket is opened."""


@click.command("trace", help=_HELP, short_help="Whence a statement comes, down to primary studies.")
@click.argument("statement")
@click.option(
    "--depth",
    type=click.IntRange(min=0),
    metavar="NUMBER",
    help="Citations in a row that are followed. [default: 6]",
)
@kb_option
@offline_option
@format_option
def command(statement: str, depth: int | None, database: str | None, offline: bool | None, form: str) -> None:
    """Follow a statement."""
    from kb.report.answers.trace import to_text

    statement = statement_here(statement)
    with asked(database) as base:
        answer = base.trace(statement, depth)
        if fetch(base, answer.missing, offline=offline):
            answer = base.trace(statement, depth)
    tell(answer, form, to_text)
