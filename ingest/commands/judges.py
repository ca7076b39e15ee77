"""Which judge a command works with, and what must be said and allowed before any text leaves the machine."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click
import msgspec

from kb.errors import ConfigurationError
from kb.settings import JudgeKind, Settings

if TYPE_CHECKING:
    from ingest.judges.model import Memory
    from kb.strength.support import Judge

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--judge", type=click.Choice(get_args(JudgeKind)), help="Who compares statements with sources."),
    click.option("--judge-model", metavar="FOLDER|NAME", help="The judge's model: its folder, or a chat model's name."),
    click.option("--send-text", metavar="HOST", help="Let the judge 'chat' send statements and abstracts to HOST."),
)


def judge_options(command: Command) -> Command:
    """Give a command the options of judges, as one argument ``judging``: settings by name, None for "not given"."""

    @wraps(command)
    def collected(*args: Any, judge: str | None, judge_model: str | None, send_text: str | None, **rest: Any) -> Any:
        judging = {"judge": judge, "judge_model": judge_model, "send_text": send_text}
        return command(*args, judging=judging, **rest)

    for option in reversed(_OPTIONS):
        collected = option(collected)
    return collected  # type: ignore[return-value]  # with three more options


def judge_of(
    settings: Settings, memory: Memory | None, tell: Callable[[str], None], trial: Callable[[Settings, Judge], object]
) -> Judge:
    """The judge of a run, once it is clear that it may send what it sends.

    Parameters
    ----------
    tell
        Is told where text goes before any does.
    trial
        Does what the run will do, with other settings and another judge; called to count what would be sent.

    Raises
    ------
    ConfigurationError
        See `ingest.judges.judge_for`; where a host is not allowed to be sent text, it says which texts and to whom.
    """
    from ingest.judges import Census, judge_for, receiver

    host = receiver(settings)
    if host and not settings.offline:
        if settings.send_text.lower() != host:
            census = Census()
            trial(msgspec.structs.replace(settings, offline=True, judge="built-in"), census)
            raise ConfigurationError(
                f"the judge 'chat' would send {census.told()} to {host}, which nobody has allowed",
                remedy=f"allow it with --send-text {host}, or leave the judge out",
            )
        tell(f"sending statements, with title and abstract of their sources, to {host}")
    return judge_for(settings, memory)
