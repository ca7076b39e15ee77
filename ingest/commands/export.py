"""``kb export``: the knowledge base for other programs, or for another knowledge base."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.commands.asking.answering import asked, here
from ingest.commands.options import kb_option, knowledge_base, warn
from ingest.commands.targets import new_file, new_folder, target
from kb.errors import UsageError

if TYPE_CHECKING:
    import pandas

    from kb.report.exchange.cells import Sheet

GRAPHS = ("graphml", "gexf", "json")
BIBLIOGRAPHIES = ("csl-json", "bibtex", "ris")
TABLES = ("csv", "parquet")
WORKBOOK = "xlsx"
RECORDS = "records"

_HELP = """Write the knowledge base, or only some of its articles with their sources, for other programs. Opens no
socket.

\b
graphml, gexf, json      the graph; json is the node-link form of NetworkX
csv, parquet             a folder of tables: articles, statements, evidence, sources …
xlsx                     the same tables as the sheets of one workbook
csl-json, bibtex, ris    the sources, for reference managers
records                  lines of JSON, for `kb import`

No abstract and no full text leaves the knowledge base, and of each source one quoted sentence at most; only --full
takes them along, as records, to another knowledge base of the same owner. The same knowledge base gives the same bytes.
"""
_FULL = (
    "kb: abstracts and full texts of sources are inside: this is for moving between knowledge bases of one owner, "
    "not for passing on"
)


@click.command("export", help=_HELP, short_help="Write the knowledge base for other programs.")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@kb_option
@click.option(
    "--format", "form", type=click.Choice([*GRAPHS, *TABLES, WORKBOOK, *BIBLIOGRAPHIES, RECORDS]), required=True
)
@click.option("--output", "-o", metavar="PATH", help="The file, or the folder of tables. [default: stdout]")
@click.option("--full", is_flag=True, help="With the texts of sources; only as records.")
@click.option("--force", is_flag=True, help="Replace what is there.")
def command(
    articles: Sequence[str], database: str | None, form: str, output: str | None, full: bool, force: bool
) -> None:
    """Write the knowledge base in one of its forms."""
    if full and form != RECORDS:
        raise UsageError(f"--full and --format {form} exclude each other", remedy=f"take --format {RECORDS}")
    if form in TABLES and output is None:
        raise UsageError(f"--format {form} writes a folder of tables", remedy="name it with -o")
    place = target(output, force=force, folder=form in TABLES) if output is not None else None
    if place is not None and place == _file_of(database):
        raise UsageError("is the knowledge base itself", place=str(output), remedy="name another file")
    names = [here(article) for article in articles]
    with asked(database) as base:
        if form in TABLES and place:
            _write_tables(base.tables(*names), form, place)
        elif form == WORKBOOK:
            _write(_workbook(base.tables(*names)), place, private=False)
        else:
            _write(base.export(form, *names, full=full), place, private=full)
    if full:
        click.echo(_FULL, err=True)
    if output is not None:
        warn(f"{output} is written")


def _file_of(database: str | None) -> Path | None:
    """The file of the knowledge base; None where it is on a server."""
    where = knowledge_base(database)
    return where.resolve() if isinstance(where, Path) else None


def _write(pieces: Iterator[bytes], place: Path | None, *, private: bool) -> None:
    if place is None:
        out = sys.stdout.buffer
        for piece in pieces:
            out.write(piece)
        out.flush()
        return
    with new_file(place, private=private) as file:
        for piece in pieces:
            file.write(piece)


def _workbook(pieces: Iterator[tuple[str, pandas.DataFrame]]) -> Iterator[bytes]:
    from kb.report.spreadsheet import workbook

    yield workbook(pieces)


def _write_tables(pieces: Iterator[tuple[str, pandas.DataFrame]], form: str, place: Path) -> None:
    from kb.report.exchange.cells import sheet
    from kb.report.tables import COLUMNS

    with new_folder(place) as folder, ExitStack() as files:
        sheets: dict[str, Sheet] = {}
        for name, piece in pieces:
            if name not in sheets:
                file = files.enter_context((folder / f"{name}.{form}").open("wb"))
                sheets[name] = sheet(form, file, COLUMNS[name])
                files.callback(sheets[name].close)
            sheets[name].add(piece)
