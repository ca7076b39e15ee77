"""The command ``kb``. Results go to stdout, progress and messages to stderr; heavy libraries load where they are used.

Exit codes: 0 done (also with findings, also offline), 1 ``kb check`` has findings, 2 wrong use or configuration,
3 could not check.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ingest.config import find_project, read_settings
from kb.errors import KnowledgeBaseError, UsageError

if TYPE_CHECKING:
    from kb.model import Audit

EXAMPLE = "examples/sciatica-and-knee-pain.md"
KNOWLEDGE_BASE = Path(".kb") / "knowledge.db"

_kb_option = click.option("--kb", "database", metavar="FILE", help="The knowledge base. [default: .kb/knowledge.db]")
_offline_option = click.option("--offline", is_flag=True, default=None, help="Never open a socket.")
_as_of_option = click.option("--as-of", metavar="DATE", help="The date that the report speaks of. [default: today]")
_bibliography_option = click.option(
    "--bibliography", "-b", multiple=True, metavar="FILE", help="A .bib file; may be given several times."
)


class _Group(click.Group):
    """Turns every error that a user can cause into one line on stderr and its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KnowledgeBaseError as error:
            click.echo(f"kb: {error}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="evidence-kb", prog_name="kb")
def main() -> None:
    """Audit health articles: which statements rest on which evidence, how strong it is, and what is missing."""


@main.command()
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@_kb_option
@_offline_option
@_bibliography_option
@_as_of_option
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
def audit(
    articles: Sequence[str],
    database: str | None,
    offline: bool | None,
    bibliography: Sequence[str],
    as_of: str | None,
    form: str,
) -> None:
    """Read, resolve, link, grade, keep in the knowledge base, and show.

    Without an ARTICLE the bundled example is audited.
    """
    audits, failed = _audited(articles, bibliography, offline=offline, as_of=as_of)
    if audits:
        _keep(audits, _database(database))
        click.echo(_report(audits, form), nl=False)
    _fail(failed)


@main.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@_bibliography_option
@_as_of_option
def check(articles: Sequence[str], bibliography: Sequence[str], as_of: str | None) -> None:
    """Lint articles: one line a finding, exit code 1 where there is any. Opens no socket and keeps nothing."""
    audits, failed = _audited(articles, bibliography, offline=True, as_of=as_of)
    for one in audits:
        for finding in one.findings:
            place = f"{one.article.id}:{finding.line}:{finding.column}"
            click.echo(f"{place}: {finding.rule} {finding.message}; {finding.remedy}")
    _fail(failed)
    sys.exit(1 if any(one.findings for one in audits) else 0)


@main.command()
@_kb_option
@click.option("--port", type=click.IntRange(1, 65535), help="[default: a free one]")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
def app(database: str | None, port: int | None, no_browser: bool) -> None:
    """Open the knowledge base in the browser, on this machine only."""
    import subprocess

    from ingest.bundled import bundled

    file = _database(database)
    if not file.exists():
        click.echo(f"kb: {file} does not exist yet; the page says how to fill it", err=True)
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
    sys.exit(subprocess.call(command, env=os.environ | {"KB_DATABASE": str(file.resolve())}))


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


def _audited(
    articles: Sequence[str], bibliography: Sequence[str], *, offline: bool | None, as_of: str | None
) -> tuple[list[Audit], list[KnowledgeBaseError]]:
    """The audits of the articles that could be read, and the errors of the others."""
    from ingest.bundled import bundled
    from ingest.pipeline import audit_file, relative_id

    project = find_project(Path.cwd())
    settings = read_settings(project, offline=offline, as_of=as_of)
    named = [Path(file) for file in bibliography]
    if not articles:
        files = [bundled("references.bib")]
        return [audit_file(bundled(EXAMPLE), EXAMPLE, settings, [*files, *named], progress=_progress)], []
    named.extend(project / file for file in settings.bibliography)
    audits: list[Audit] = []
    failed: list[KnowledgeBaseError] = []
    for article in dict.fromkeys(articles):
        path = Path(article)
        try:
            audits.append(audit_file(path, relative_id(path, project), settings, named, progress=_progress))
        except KnowledgeBaseError as error:
            failed.append(error)
    return audits, failed


def _progress(step: str) -> None:
    click.echo(f"kb: {step} …", err=True)


def _fail(failed: Sequence[KnowledgeBaseError]) -> None:
    for error in failed:
        click.echo(f"kb: {error}", err=True)
    if failed:
        sys.exit(max(error.exit_code for error in failed))


def _database(given: str | None) -> Path:
    """The knowledge base: the option, ``KB_DATABASE``, or that of the project."""
    chosen = given or os.environ.get("KB_DATABASE")
    return Path(chosen) if chosen else find_project(Path.cwd()) / KNOWLEDGE_BASE


def _keep(audits: Sequence[Audit], file: Path) -> None:
    from kb.base import KnowledgeBase

    with KnowledgeBase.open(file) as base:
        for audit in audits:
            base.add(audit)


def _report(audits: Sequence[Audit], form: str) -> str:
    if form == "json":
        from kb.report.document import to_json

        return to_json(audits)
    if form == "html":
        from kb.report.html import to_html

        return to_html(audits)
    import shutil

    from kb.report.text import to_text

    terminal = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return to_text(audits, colour=terminal, width=min(shutil.get_terminal_size((100, 24)).columns, 120))


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
