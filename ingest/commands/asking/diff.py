"""``kb diff``: what changed between two audits, or two evidence locks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.commands.asking.answering import format_option, tell
from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.questions.states import State

_SQLITE = b"SQLite format 3\0"
_HELP = """What changed from BEFORE to AFTER: verdicts and grades up or down, sources in or out, new notices.

Each is a JSON report (kb audit --format json), an evidence lock, or a knowledge base; a lock tells of no certainty.
Opens no socket. Of an earlier lock: git show HEAD~1:evidence.lock.json > before.json"""


@click.command("diff", help=_HELP, short_help="What changed between two audits or locks.")
@click.argument("before")
@click.argument("after")
@format_option
def command(before: str, after: str, form: str) -> None:
    """Say what changed."""
    from kb.questions.diff import diff
    from kb.report.answers.diff import to_text

    tell(diff(_state(before), _state(after)), form, to_text)


def _state(name: str) -> State:
    from kb.store.address import Address, place

    if isinstance(place(name), Address):
        return _of_base(name)
    from kb.report.state import LARGEST, read_state

    data = _content(name, LARGEST)
    if data.startswith(_SQLITE):
        return _of_base(name)
    if _is_lock(data, name):
        from kb.lock import read
        from kb.lock.state import state_of_lock

        return state_of_lock(read(data, name))
    return read_state(data, name)


def _content(name: str, largest: int) -> bytes:
    """What a file holds, as far as it is read; of a database its beginning alone."""
    try:
        with Path(name).open("rb") as file:
            start = file.read(len(_SQLITE))
            return start if start == _SQLITE else start + file.read(largest)
    except OSError as error:
        remedy = "name a JSON report, an evidence lock or a knowledge base"
        raise UsageError(f"cannot be read ({error.strerror})", place=name, remedy=remedy) from None


def _is_lock(data: bytes, name: str) -> bool:
    """Whether this is a lock, by its fields alone: what they hold is passed over, and read once the kind is known."""
    import msgspec

    try:
        found = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Path(name).name.endswith(".lock.json")
    return "evidence" in found and "articles" not in found


def _of_base(name: str) -> State:
    from kb.base import KnowledgeBase

    with KnowledgeBase.open(name) as base:
        return base.state()
