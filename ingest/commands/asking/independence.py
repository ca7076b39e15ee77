"""``kb independence``: how many lines of evidence are behind a statement."""

from __future__ import annotations

import click

from ingest.commands.asking.answering import asked, format_option, statement_here, tell
from ingest.commands.options import kb_option

_HELP = """How many independent lines of evidence are behind a statement's citations, and why two of them are one: the
same trial, the same people, the same team, a version of the other, or a review that takes it in. Of several systematic
reviews also how far they overlap.

A STATEMENT is named as ARTICLE:LINE, ARTICLE:ID, or by its id alone. Opens no socket."""


@click.command("independence", help=_HELP, short_help="How many lines of evidence are behind a statement.")
@click.argument("statement")
@kb_option
@format_option
def command(statement: str, database: str | None, form: str) -> None:
    """Count the lines of evidence."""
    from kb.report.answers.independence import to_text

    with asked(database) as base:
        answer = base.independence(statement_here(statement))
    tell(answer, form, to_text)
