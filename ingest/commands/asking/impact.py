"""``kb impact``: what falls if a source falls."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ingest.commands.asking.answering import asked, format_option, tell
from ingest.commands.options import kb_option

_HELP = """What if these sources were retracted or turned out wrong: which statements in which articles lose their
support, which fall to a lower grade, which stand on other evidence, and which rest on a review that cites them.

A WORK is a DOI, a PubMed id or the id of a source. Several fall together. Opens no socket and changes nothing."""


@click.command("impact", help=_HELP, short_help="What falls if a source falls.")
@click.argument("works", nargs=-1, required=True, metavar="WORK...")
@kb_option
@format_option
def command(works: Sequence[str], database: str | None, form: str) -> None:
    """Say what falls."""
    from kb.report.answers.impact import to_text

    with asked(database) as base:
        answer = base.impact(*works)
    tell(answer, form, to_text)
