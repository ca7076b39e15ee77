"""``kb stale``: statements whose evidence is no longer what it was."""

from __future__ import annotations

from pathlib import Path

import click

from ingest.commands.asking.answering import asked, format_option, most_option, tell
from ingest.commands.options import as_of_option, kb_option

_HELP = """Over all articles: the statements that rest on a source that was retracted, doubted, corrected or superseded,
with who said so and when; and those that were graded before that was known and should be audited again. Notices that
came after the date of --as-of are left out. Opens no socket."""


@click.command("stale", help=_HELP, short_help="Statements whose evidence was retracted, superseded, or is old.")
@click.option(
    "--older-than",
    type=click.IntRange(min=1, max=1000),
    metavar="YEARS",
    help="Also statements of which every supporting source is older.",
)
@most_option("How many sources are shown for each reason; all are counted.")
@as_of_option
@kb_option
@format_option
def command(older_than: int | None, most: int, as_of: str | None, database: str | None, form: str) -> None:
    """Say what is stale."""
    from ingest.config import find_project, read_settings
    from kb.report.answers.stale import to_text

    settings = read_settings(find_project(Path.cwd()), as_of=as_of)
    with asked(database) as base:
        answer = base.stale(settings.as_of, older_than, most)
    tell(answer, form, to_text)
