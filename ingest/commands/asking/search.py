"""``kb search``: statements and sources by words and by what is thought of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

import click

from ingest.commands.asking.answering import asked, format_option, most_option, tell
from ingest.commands.options import kb_option

if TYPE_CHECKING:
    from kb.questions.search import Fits

_HELP = """Statements and sources with all of these words, in all articles. A word is found by its beginning; words in
quotes are found in a row. Statements are searched by their text, sources by title and authors.

What is asked of sources (--journal, --year, --author, --design) holds for a statement that rests on such a source, and
what is asked of statements (--kind, --verdict, --level, --certainty) for a source on which such a statement rests.
Opens no socket."""


@click.command("search", help=_HELP, short_help="Statements and sources by words, verdict, journal and more.")
@click.argument("words", nargs=-1, metavar="[WORD...]")
@click.option("--kind", metavar="KIND", help="Of statements: fact, benefit, harm …")
@click.option("--verdict", metavar="VERDICT", help="Of statements: supported, unsupported, contested …")
@click.option("--level", metavar="N", help="Of statements: an OCEBM level, or several as in 1-2.")
@click.option("--certainty", metavar="CERTAINTY", help="Of statements: high, moderate, low or very low.")
@click.option("--journal", metavar="NAME", help="Of sources: the journal, or words in a row out of its name.")
@click.option("--year", metavar="YEAR", help="Of sources: a year, or several as in 2015-2020.")
@click.option("--author", metavar="NAME", help="Of sources: the family name of an author.")
@click.option("--design", metavar="DESIGN", help="Of sources: randomized trial, systematic review …")
@click.option("--statements", "only", flag_value="statements", default="", help="Show statements alone.")
@click.option("--sources", "only", flag_value="sources", default="", help="Show sources alone.")
@most_option("How many of each are shown; all are counted.")
@kb_option
@format_option
def command(words: Sequence[str], database: str | None, form: str, **fits: Unpack[Fits]) -> None:
    """Say what fits."""
    from kb.report.answers.search import to_text

    with asked(database) as base:
        answer = base.search(" ".join(map(_quoted, words)), **fits)
    tell(answer, form, to_text)


def _quoted(word: str) -> str:
    """What came in quotes that the shell took away."""
    return f'"{word}"' if len(word.split()) > 1 and '"' not in word else word
