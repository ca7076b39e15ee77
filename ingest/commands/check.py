"""``kb check``: the linter."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ingest.commands.auditing import audited
from ingest.commands.options import as_of_option, bibliography_option, frozen_option, leave, offline_option
from ingest.commands.reviews import read_reviews
from ingest.config import find_project
from kb.errors import one_line


@click.command("check")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@offline_option
@bibliography_option
@as_of_option
@frozen_option
def command(
    articles: Sequence[str], offline: bool | None, bibliography: Sequence[str], as_of: str | None, frozen: bool
) -> None:
    """Lint articles: one line a finding, exit code 1 where there is any.

    Opens no socket, with or without --offline, and keeps nothing; an ARTICLE is a file. With --frozen, what is known
    about the evidence comes from evidence.lock.json alone. What people said in evidence.reviews.json counts.
    """
    reviews = read_reviews(find_project(Path.cwd()))
    audits, failed = audited(
        articles, bibliography, offline=True, as_of=as_of, frozen=frozen, remember=False, reviews=reviews
    )
    for one in audits:
        for note in one.notes:
            click.echo(f"kb: {one_line(note)}", err=True)
        for finding in one.findings:
            place = f"{one_line(one.article.id)}:{finding.line}:{finding.column}"
            place += f" ({one_line(finding.place)})" if finding.place else ""
            click.echo(f"{place}: {finding.rule} {one_line(finding.message)}; {one_line(finding.remedy)}")
    leave(failed)
    sys.exit(1 if any(one.findings for one in audits) else 0)
