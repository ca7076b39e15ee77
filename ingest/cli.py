"""The command ``kb``. Results go to stdout, progress and messages to stderr; heavy libraries load where they are used.

Exit codes: 0 done (also with findings, also offline), 1 ``kb check`` has findings, 2 wrong use or configuration,
3 could not check, 130 interrupted.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

import click

from kb import VERSION
from kb.errors import CannotCheckError, KnowledgeBaseError

_COMMANDS: Mapping[str, str] = {
    "audit": "audit",
    "check": "check",
    "app": "app",
    "rules": "rules:rules",
    "explain": "rules:explain",
    "resolve": "resolve",
    "lock": "lock",
    "review": "review",
    "export": "export",
    "import": "importing",
    "trace": "asking.trace",
    "impact": "asking.impact",
    "independence": "asking.independence",
    "load-bearing": "asking.load_bearing",
    "contested": "asking.contested",
    "stale": "asking.stale",
    "search": "asking.search",
    "suggest": "questions:suggest",
    "diff": "asking.diff",
}
"""The module of each subcommand below ``ingest.commands``, and there its name where that is not ``command``. Only the
one that is asked for is loaded."""


class _Kb(click.Group):
    """Loads subcommands as they are asked for, and turns everything that can go wrong into one line on stderr."""

    def list_commands(self, context: click.Context) -> list[str]:
        return [*_COMMANDS, *(name for name in self.commands if name not in _COMMANDS)]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in self.commands or name not in _COMMANDS:
            return super().get_command(context, name)
        module, _, attribute = _COMMANDS[name].partition(":")
        found = getattr(importlib.import_module(f"ingest.commands.{module}"), attribute or "command")
        return found if isinstance(found, click.Command) else None

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        if sys.stdout is None or sys.stderr is None:  # closed by whoever started this
            sys.exit(CannotCheckError.exit_code)
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
    from kb.report.check.wording import harmless

    click.echo(f"kb: {harmless(message)}", err=True)
    sys.exit(code)


@click.group(cls=_Kb, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="kb")
def main() -> None:
    """Audit health articles: which statements rest on which evidence, how strong it is, and what is missing."""


if __name__ == "__main__":
    main()
