"""``kb suggest``: questions to the knowledge base, over all articles that were audited into it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from ingest.commands.asking.answering import asked, here
from ingest.commands.options import kb_option
from kb.errors import one_line

if TYPE_CHECKING:
    from kb.questions.advice import Advice

_HELP = """What the knowledge base has for statements without a source: sources that other statements cite for the same,
sources whose title or abstract fit, and statements that contradict them. Opens no socket.

ABOUT is an article that was audited, the id of a statement as the JSON report gives it, or a statement in your own
words, in quotes. What is offered counts for nothing until somebody has read it and cites it."""


@click.command("suggest", help=_HELP, short_help="Sources of the knowledge base that may fit.")
@click.argument("about")
@kb_option
def suggest(about: str, database: str | None) -> None:
    """Say what may serve as a source."""
    with asked(database) as base:
        found = base.advice(here(about))
    for advice in found:
        for line in _lines(advice):
            click.echo(line)
    if not found:
        click.echo("Nothing in the knowledge base fits.")


def _lines(advice: Advice) -> Iterator[str]:
    yield one_line(": ".join(filter(None, (advice.article, advice.place, f"“{advice.text}”"))))
    for offer in advice.offers:
        yield f"  → {one_line(offer.words)}"
        if offer.quote:
            yield f"    there it says: “{one_line(offer.quote)}”"
    for against in advice.against:
        yield f"  → {one_line(against)}"
