"""``kb check``: the linter."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack, get_args

import click

from ingest.commands.options import as_of_option, bibliography_option, frozen_option, looks, offline_option, warn
from ingest.config import find_project
from kb.errors import ArticleError, UsageError, one_line
from kb.report.check import FORMATS, writer
from kb.report.check.text import to_text
from kb.settings import FailOn

if TYPE_CHECKING:
    from ingest.linting.running import Told
    from kb.linting.outcome import Run

_HELP = """Lint articles: findings with their places, and exit code 1 where there are any.

A PATH is an article or a folder of them; without one the articles that the configuration names are checked, or those
of the folder. No socket is opened. What is known about the evidence comes from evidence.lock.json where the project
has one, and what people said in evidence.reviews.json counts. A result that is still good is not found out again.
"""
_REVISION = "HEAD"
_CONTRADICTIONS = (
    ("--fix", "--write-baseline"),
    ("--fix", "--stdin-filename"),
    ("--write-baseline", "--diff"),
    ("--write-baseline", "--stdin-filename"),
    ("--stdin-filename", "an article"),
    ("--stdin-filename", "--diff"),
)
"""Options that cannot be meant together."""


class Options(TypedDict):
    """The options, as they are given."""

    form: str
    reports: tuple[str, ...]
    since: str | None
    fix: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: FailOn | None
    baseline: str | None
    write_baseline: bool
    stdin_filename: str | None
    bibliography: tuple[str, ...]
    as_of: str | None
    frozen: bool
    offline: bool | None
    cache: bool
    jobs: int | None


@click.command("check", help=_HELP, short_help="Lint articles: what asks for a source and shows none, and more.")
@click.argument("articles", nargs=-1, metavar="[PATH]...")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option("--report", "reports", multiple=True, metavar="FORMAT=FILE", help="Also write the findings to a file.")
@click.option(
    "--diff",
    "since",
    is_flag=False,
    flag_value=_REVISION,
    metavar="[REVISION]",
    help=f"Only what changed since a revision of git [{_REVISION}]; with --fix: show the changes, make none.",
)
@click.option("--fix", is_flag=True, help="Mend what needs no judgement.")
@click.option("--select", multiple=True, metavar="RULES", help="Only these rules, families, or all.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Not these rules or families.")
@click.option("--fail-on", type=click.Choice(get_args(FailOn)), help="The severity from which on the exit code is 1.")
@click.option("--baseline", metavar="FILE", help="Findings that are known of old.")
@click.option("--write-baseline", is_flag=True, help="Take all that is found now as known of old.")
@click.option("--stdin-filename", metavar="PATH", help="Read the article from stdin; this is its name.")
@click.option("--cache/--no-cache", default=True, help="Whether results are remembered, in the user's cache folder.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes at most. [default: one a processor]")
@offline_option
@bibliography_option
@as_of_option
@frozen_option
def command(articles: Sequence[str], **given: Unpack[Options]) -> None:
    """See ``_HELP``."""
    from ingest.commands import fixing
    from ingest.linting.running import Asked, run, write_baseline

    _refuse_contradictions(articles, given)
    reports = [_report(one) for one in given["reports"]]
    shown = given["fix"] and given["since"] is not None
    if shown and given["since"] != _REVISION:  # with --fix it takes none, so what stands behind it is an article
        articles = (str(given["since"]), *articles)
    asked = Asked(
        articles=tuple(articles),
        bibliography=given["bibliography"],
        as_of=given["as_of"],
        frozen=given["frozen"],
        since=None if shown else given["since"],
        select=_names(given["select"]),
        ignore=_names(given["ignore"]),
        fail_on=given["fail_on"],
        baseline=given["baseline"],
        stdin=_stdin(given["stdin_filename"]),
        cache=given["cache"],
        jobs=given["jobs"],
    )
    if given["write_baseline"]:
        click.echo(one_line(write_baseline(asked, warn)))
        return
    if shown:
        sys.exit(fixing.show(asked))
    if given["fix"]:
        fixing.mend(asked, aside=given["form"] != "text")
    colour, _ = looks()
    told = run(asked, warn, plain=given["form"] == "text" and not (colour or reports))
    for name, file in reports:
        _write(file, writer(name)(told.run), told.run)
    try:
        _print(told, given["form"], colour)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read has left, and the exit code is for somebody else
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(told.exit_code)


def _print(told: Told, form: str, colour: bool) -> None:
    if form != "text":
        click.echo(writer(form)(told.run), nl=False)
    elif told.text is not None:
        click.echo(told.text, nl=False)
    else:
        click.echo(to_text(told.run, colour=colour), nl=False)
    for line in told.run.failed:
        warn(line)


def _refuse_contradictions(articles: Sequence[str], given: Options) -> None:
    chosen = {
        "--fix": given["fix"],
        "--write-baseline": given["write_baseline"],
        "--diff": given["since"] is not None,
        "--stdin-filename": given["stdin_filename"] is not None,
        "an article": bool(articles),
    }
    for one, other in _CONTRADICTIONS:
        if chosen[one] and chosen[other]:
            raise UsageError(f"{one} and {other} exclude each other", remedy="give one of the two")
    if chosen["--fix"] and chosen["--diff"] and given["reports"]:
        raise UsageError("--fix --diff shows what it would mend, and writes no report", remedy="leave --report out")


def _names(given: Sequence[str]) -> tuple[str, ...]:
    """Names of rules: the option may be repeated, and hold several with commas in between."""
    return tuple(name.strip() for one in given for name in one.split(",") if name.strip())


def _report(given: str) -> tuple[str, Path]:
    name, equals, file = given.partition("=")
    if name not in FORMATS or not equals or not file:
        known = ", ".join(FORMATS)
        raise UsageError(f"--report: '{given}' is no FORMAT=FILE", remedy=f"the formats are {known}")
    return name, Path(file)


def _stdin(name: str | None) -> tuple[str, bytes] | None:
    if name is None:
        return None
    from ingest.read import LARGEST

    data = sys.stdin.buffer.read(LARGEST + 1)
    if len(data) > LARGEST:
        problem = f"is more than the {LARGEST // 1_000_000} MB that are read"
        raise ArticleError(problem, place=name, remedy="split it into chapters")
    return name, data


def _write(file: Path, text: str, run: Run) -> None:
    """Write a report, all of it or nothing; a link of that name is replaced, and what it leads to is left alone."""
    import tempfile

    articles = {os.path.realpath(find_project(Path.cwd()) / checked.article) for checked in run.articles}
    if os.path.realpath(file) in articles:
        raise UsageError("is an article that is checked", place=os.fspath(file), remedy="name another file")
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name[:100]}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as opened:
                opened.write(text)
            Path(name).chmod(0o644)
            Path(name).replace(file)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise UsageError(problem, place=os.fspath(file), remedy="check its folder") from None
