"""``kb import``: what another knowledge base held, as `kb export --format records` wrote it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from ingest.commands.options import kb_option, knowledge_base, leave
from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.report.exchange.bringing import Brought

_HELP = """Store what `kb export --format records` wrote into FILE; "-" is stdin. Opens no socket.

An article that is not there is added. One that is there is replaced where the audit in FILE is of a later date, or of
the same date and FILE was written with --full; else only the reviews that came with it are added. Of two records of one
source that one is kept of which a registry was asked last. An article that does not hold together is left out whole."""


@click.command("import", help=_HELP, short_help="Read what `kb export` wrote.")
@click.argument("file")
@kb_option
def command(file: str, database: str | None) -> None:
    """Store what an export holds."""
    from kb.report.exchange.incoming import opened

    place = "stdin" if file == "-" else file
    with _bytes(file) as stream:
        export = opened(stream, place)  # before there is a knowledge base: a file that is none makes none
        from kb.base import KnowledgeBase

        with KnowledgeBase.open(knowledge_base(database)) as base:
            brought = base.bring_in(export)
    click.echo(_told(brought))
    leave(brought.faults)


@contextmanager
def _bytes(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(file).open("rb")  # noqa: SIM115
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"cannot be read ({reason})", place=file, remedy="name an export") from None
    with stream:
        yield stream


def _told(brought: Brought) -> str:
    articles = f"{brought.added} added, {brought.replaced} replaced, {brought.kept} kept as they were"
    left_out = f"; left out: {len(brought.faults)}" if brought.faults else ""
    return f"articles: {articles}; sources: {brought.sources}{left_out}"
