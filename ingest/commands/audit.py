"""``kb audit``: everything that can be found out about articles, kept and shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.commands.auditing import audited, keep
from ingest.commands.judges import judge_options
from ingest.commands.options import (
    as_of_option,
    bibliography_option,
    frozen_option,
    kb_option,
    knowledge_base,
    leave,
    looks,
    offline_option,
)
from ingest.commands.reviews import reviews_for
from ingest.config import find_project
from kb.errors import StoreError

if TYPE_CHECKING:
    from kb.model import Audit


@click.command("audit")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@kb_option
@offline_option
@bibliography_option
@as_of_option
@frozen_option
@judge_options
@click.option("--allow-private", is_flag=True, help="Fetch pages also from this machine and private networks.")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
def command(
    articles: Sequence[str],
    database: str | None,
    offline: bool | None,
    bibliography: Sequence[str],
    as_of: str | None,
    frozen: bool,
    judging: Mapping[str, str | None],
    allow_private: bool,
    form: str,
) -> None:
    """Read, resolve, link, grade, keep in the knowledge base, and show.

    An ARTICLE is a file, or the http:// or https:// address of a page, which is fetched from the public web. Without
    one the bundled example is audited.
    """
    file = knowledge_base(database, offline=offline)
    audits, failed = audited(
        articles,
        bibliography,
        offline=offline,
        as_of=as_of,
        frozen=frozen,
        remember=not frozen,
        reviews=reviews_for(find_project(Path.cwd()), file),
        allow_private=allow_private,
        judging=judging,
    )
    if audits:
        try:
            keep(audits, file)
        except StoreError as error:
            failed.append(error)  # what was found out is shown all the same
        click.echo(_report(audits, form), nl=False)
    leave(failed)


def _report(audits: Sequence[Audit], form: str) -> str:
    if form == "json":
        from kb.report.document import to_json

        return to_json(audits)
    if form == "html":
        from kb.report.html import to_html

        return to_html(audits)
    from kb.report.text import to_text

    colour, width = looks()
    return to_text(audits, colour=colour, width=width)
