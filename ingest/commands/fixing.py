"""``kb check --fix``: what was mended, what was left, and with ``--diff`` what would be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ingest.commands.options import warn
from kb.language.counting import count
from kb.report.check.wording import harmless, inert, path_of, seen

if TYPE_CHECKING:
    from ingest.linting.fixing.mending import Line, Mended
    from ingest.linting.running import Asked


def show(asked: Asked) -> int:
    """Show what would be mended, as a diff, and change nothing; the exit code: 1 where there is something to mend.

    Raises
    ------
    KnowledgeBaseError
        As of ``ingest.linting.running.run``.
    """
    from ingest.linting.running import fix

    mended = fix(asked, warn, show=True)
    for line in mended.diff.splitlines():
        click.echo(_shown(line))
    _tell(mended, "would be made", aside=True)
    return max((one.exit_code for one in mended.failed), default=int(mended.files > 0))


def mend(asked: Asked, *, aside: bool) -> None:
    """Mend what can be mended, and tell it; errors as of ``show``.

    Parameters
    ----------
    aside
        Whether stdout is for one document alone, so that this is told on stderr.
    """
    from ingest.linting.running import fix

    _tell(fix(asked, lambda _: None, show=False), "made", aside=aside)


def _tell(mended: Mended, verb: str, *, aside: bool) -> None:
    for line in (*mended.done, *mended.left):
        click.echo(_written(line), err=aside)
    for failed in mended.failed:
        warn(failed.line)
    if mended.done or mended.left:
        left = f"; {count(len(mended.left), 'finding')} left" if mended.left else ""
        made = f"{count(len(mended.done), 'change')} in {count(mended.files, 'file')} {verb}"
        click.echo(f"{made if mended.done else 'nothing to mend'}{left}", err=aside)
    if mended.relock:
        warn("the evidence lock was made from the former words; write it anew with `kb lock`")


def _written(line: Line) -> str:
    return f"{path_of(line.file)}:{line.line}: {line.rule} {harmless(line.words)}"


def _shown(line: str) -> str:
    """A line of a diff that steers no terminal and is no command of a CI service, which skips blanks before one."""
    shown = inert(seen(line))
    return shown.replace("::", ": :", 1) if shown.lstrip().startswith("::") else shown
