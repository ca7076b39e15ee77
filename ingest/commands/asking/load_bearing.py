"""``kb load-bearing``: what most hangs on."""

from __future__ import annotations

import click

from ingest.commands.asking.answering import asked, format_option, most_option, tell
from ingest.commands.options import kb_option

_HELP = """Over all articles: the sources that most statements stand on alone, the statements that one source holds up,
and the articles of which more than half stands on the works of one team. Opens no socket."""


@click.command("load-bearing", help=_HELP, short_help="The sources and teams on which most hangs.")
@most_option("How many of each kind are shown; all are counted.")
@kb_option
@format_option
def command(most: int, database: str | None, form: str) -> None:
    """Say what most hangs on."""
    from kb.report.answers.load_bearing import to_text

    with asked(database) as base:
        answer = base.load_bearing(most)
    tell(answer, form, to_text)
