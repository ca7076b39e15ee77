"""The command ``kb``. Results go to stdout, progress and messages to stderr; heavy libraries load where they are used.

Exit codes: 0 done (also with findings, also offline), 1 ``kb check`` has findings, 2 wrong use or configuration,
3 could not check, 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ingest.commands.asking.contested import command as contested_command
from ingest.commands.asking.diff import command as diff_command
from ingest.commands.asking.impact import command as impact_command
from ingest.commands.asking.independence import command as independence_command
from ingest.commands.asking.load_bearing import command as load_bearing_command
from ingest.commands.asking.search import command as search_command
from ingest.commands.asking.stale import command as stale_command
from ingest.commands.asking.trace import command as trace_command
from ingest.commands.auditing import audited, keep
from ingest.commands.export import command as export_command
from ingest.commands.importing import command as import_command
from ingest.commands.judges import judge_options
from ingest.commands.lock import command as lock_command
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
from ingest.commands.questions import suggest as suggest_command
from ingest.commands.resolve import command as resolve_command
from ingest.commands.review import command as review_command
from ingest.commands.reviews import read_reviews, reviews_for
from ingest.config import find_project
from kb.errors import CannotCheckError, KnowledgeBaseError, StoreError, UsageError, one_line
from kb.store.address import setting

if TYPE_CHECKING:
    from kb.model import Audit


class _Kb(click.Group):
    """Turns everything that can go wrong into one line on stderr and its exit code."""

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # an article may hold what the terminal's encoding does not
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
            sys.stdout.flush()
        except KnowledgeBaseError as error:
            _end(str(error), error.exit_code)
        except click.ClickException as error:
            _end(f"{error.format_message()}; see kb --help", error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            _end("interrupted; what was stored before is still there", 130)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains at its end
            sys.exit(0)
        except OSError as error:
            remedy = "see whether there is room, and the right to read and write there"
            place = str(error.filename or "")
            _end(str(CannotCheckError(f"could not go on ({error.strerror})", place=place, remedy=remedy)), 3)
        sys.exit(code if isinstance(code, int) else 0)


def _end(message: str, code: int) -> NoReturn:
    click.echo(f"kb: {one_line(message)}", err=True)
    sys.exit(code)


@click.group(cls=_Kb, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="evidence-kb", prog_name="kb")
def main() -> None:
    """Audit health articles: which statements rest on which evidence, how strong it is, and what is missing."""


@main.command()
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@kb_option
@offline_option
@bibliography_option
@as_of_option
@frozen_option
@judge_options
@click.option("--allow-private", is_flag=True, help="Fetch pages also from this machine and private networks.")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
def audit(
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


@main.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@offline_option
@bibliography_option
@as_of_option
@frozen_option
def check(
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


@main.command()
@kb_option
@click.option("--port", type=click.IntRange(1, 65535), help="[default: a free one]")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
def app(database: str | None, port: int | None, no_browser: bool) -> None:
    """Open the knowledge base in the browser, on this machine only."""
    import subprocess

    from ingest.bundled import bundled

    file = knowledge_base(database)
    if file.exists():
        from kb.base import KnowledgeBase

        KnowledgeBase.open(file).close()
    else:
        click.echo(f"kb: {one_line(str(file))} does not exist yet; the page says how to fill it", err=True)
    options = {
        "server.port": port or _free_port(),
        "server.address": "127.0.0.1",
        "server.headless": str(no_browser).lower(),
        "server.showEmailPrompt": "false",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "streamlit", "run", str(bundled("app.py")), *flags]
    sys.exit(subprocess.call(command, env=os.environ | {"KB_DATABASE": setting(file)}))


@main.command()
def rules() -> None:
    """List the rules of the linter."""
    from kb.rules import RULES

    for rule in RULES:
        click.echo(f"{rule.id}  {rule.severity:<7}  {rule.name:<28}  {rule.summary}")


@main.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Say why a RULE matters and what to do, with an example."""
    from kb.rules import RULES

    found = next((one for one in RULES if rule.lower() in (one.id.lower(), one.name)), None)
    if found is None:
        raise UsageError(f"there is no rule '{rule}'", remedy="`kb rules` lists them")
    click.echo(f"{found.id} {found.name} ({found.severity})\n\n{found.documentation}")


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


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


_KEEPING = (resolve_command, lock_command, review_command, export_command, import_command)
_ASKING = (
    *(trace_command, impact_command, independence_command),
    *(load_bearing_command, contested_command, stale_command, search_command, suggest_command, diff_command),
)
for _command in (*_KEEPING, *_ASKING):
    main.add_command(_command)

if __name__ == "__main__":
    main()
