"""``kb contested``: where sources and articles disagree."""

from __future__ import annotations

import click

from ingest.commands.asking.answering import asked, format_option, most_option, tell
from ingest.commands.options import kb_option

_HELP = """Over all articles: the statements whose sources disagree, the claims that contradict each other, and the
articles that cite one side of a claim alone although the other was there to be known (citation bias). It speaks of
citations, never of their authors' honesty. Opens no socket."""


@click.command("contested", help=_HELP, short_help="Where sources and articles disagree, and who cites one side.")
@most_option("How many of each kind are shown; all are counted.")
@kb_option
@format_option
def command(most: int, database: str | None, form: str) -> None:
    """Say what is contested."""
    from kb.report.answers.contested import to_text

    with asked(database) as base:
        answer = base.contested(most)
    tell(answer, form, to_text)
