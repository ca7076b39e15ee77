"""``kb resolve``: check bibliographies by themselves, and mend them where a registry is sure."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

import click
import msgspec

from ingest.commands.options import answers, as_of_option, leave, looks, offline_option
from ingest.config import find_project, read_settings
from kb.errors import KnowledgeBaseError

_HELP = """Check bibliographies: is each entry the work that its DOI names, and has anything befallen that work?

\b
They are read as BibTeX (.bib), CSL (.json, .yaml), RIS (.ris), PubMed's export (.nbib) or EndNote's (.xml).

\b
--write mends entries of .bib files whose title and first author a registry confirms:
  doi      added where it is missing, or put into its plain form
  year     where it is more than one year off
  journal  where it names another journal

Nothing else in the files changes, not one byte: other fields, entries, comments, spacing, line ends and encoding stay.
Titles and authors are never touched, nor what registries or versions of a work differ on, nor values made of @string
names. A link is written through where it leads to a file of the project."""


@click.command("resolve", help=_HELP, short_help="Check bibliographies by themselves, and mend them.")
@click.argument("bibliographies", nargs=-1, required=True, metavar="FILE...")
@click.option("--write", is_flag=True, help="Mend the files, as described above.")
@click.option("--dry-run", is_flag=True, help="Show what --write would change, as a diff, and write nothing.")
@click.option(
    "--retractions",
    metavar="CSV",
    help="A file of the Retraction Watch database; its notices are remembered for later runs, also of kb audit.",
)
@offline_option
@as_of_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    bibliographies: Sequence[str],
    write: bool,
    dry_run: bool,
    retractions: str | None,
    offline: bool | None,
    as_of: str | None,
    form: str,
) -> None:
    """Check bibliographies, and mend them where that is wanted."""
    from ingest.commands.bibliographies import check, listed, mend, read
    from kb.report.bibliography import to_json, to_text

    project = find_project(Path.cwd())
    settings = read_settings(project, offline=offline, as_of=as_of)
    files, failed = read(bibliographies)
    with answers(settings) or nullcontext() as cache:
        checked = check(files, settings, cache, listed(retractions, cache, settings.as_of))
    done = []
    for file, one in zip(files, checked.bibliographies, strict=True):
        try:
            done.append(mend(file, one, checked.sources, project, write=write, dry_run=dry_run))
        except KnowledgeBaseError as error:
            done.append(one)
            failed += [error] if write or dry_run else []
    if done:
        report = msgspec.structs.replace(checked, bibliographies=tuple(done))
        colour, width = looks()
        click.echo(to_json(report) if form == "json" else to_text(report, colour=colour, width=width), nl=False)
    leave(failed)
