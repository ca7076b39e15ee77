"""What several commands share: options, where the knowledge base is, and how progress and failures are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.config import find_project
from kb.errors import KnowledgeBaseError, UsageError
from kb.settings import Settings
from kb.store.address import Address, Place, place

if TYPE_CHECKING:
    from kb.store.cache import Cache

KNOWLEDGE_BASE = Path(".kb") / "knowledge.db"

kb_option = click.option(
    "--kb",
    "database",
    metavar="FILE",
    help="The knowledge base, or its address: postgresql://user@host/name. [default: .kb/knowledge.db]",
)
offline_option = click.option("--offline", is_flag=True, default=None, help="Never open a socket.")
as_of_option = click.option("--as-of", metavar="DATE", help="The date that the report speaks of. [default: today]")
frozen_option = click.option("--frozen", is_flag=True, help="Take what is known from evidence.lock.json alone.")
bibliography_option = click.option(
    "--bibliography",
    "-b",
    multiple=True,
    metavar="FILE",
    help="A bibliography (.bib, .json, .yaml, .ris, .nbib, .xml); may be given several times.",
)


def knowledge_base(given: str | None, *, offline: bool | None = False) -> Place:
    """Where the knowledge base is: the option, ``KB_DATABASE``, or the file of the project.

    Parameters
    ----------
    offline
        Whether no socket may be opened, that of a server on this machine included.

    Raises
    ------
    UsageError
        It is on a server, and no socket may be opened.
    StoreError
        It is an address, and none of a knowledge base.
    """
    chosen = given or os.environ.get("KB_DATABASE")
    if not chosen:
        return find_project(Path.cwd()) / KNOWLEDGE_BASE
    found = place(chosen)
    if offline and isinstance(found, Address):
        problem = "this knowledge base is on a server, and offline no socket is opened"
        raise UsageError(problem, place=str(found), remedy="name a file with --kb")
    return found


def tell(step: str) -> None:
    """One line of progress, on stderr."""
    warn(f"{step} …")


def warn(line: str) -> None:
    """One line of what is to be known beside the result, on stderr; no command in a log of CI, whatever it names."""
    from kb.report.check.wording import harmless

    click.echo(f"kb: {harmless(line)}", err=True)


def leave(failed: Sequence[KnowledgeBaseError]) -> None:
    """Tell what failed, one line each, and end the command where anything did; else do nothing."""
    for line in dict.fromkeys(map(str, failed)):  # a bibliography named for all articles fails with each
        warn(line)
    if failed:
        sys.exit(max(error.exit_code for error in failed))


def looks() -> tuple[bool, int]:
    """Whether stdout takes colours, and the columns of a report there: 60 to 120, always 100 in a file or a pipe."""
    import shutil

    if not sys.stdout.isatty():
        return False, 100
    return "NO_COLOR" not in os.environ, max(60, min(shutil.get_terminal_size((100, 24)).columns, 120))


def answers(settings: Settings, tell: Callable[[str], None] = warn) -> Cache | None:
    """Where the answers of registries are remembered; None where that is not wanted.

    Parameters
    ----------
    tell
        Is told what keeps the file from being used.
    """
    if not settings.cache:
        return None
    from kb.store.cache import Cache

    return Cache.open(Path(settings.cache), warn=tell)
