"""What all commands share that ask the knowledge base: opening it, and telling the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ingest.commands.options import knowledge_base, looks
from ingest.config import find_project
from kb.errors import UsageError, escaped
from kb.model import Record
from kb.questions.shown import MOST

if TYPE_CHECKING:
    from kb.base import KnowledgeBase

Answer = TypeVar("Answer", bound=Record)
Command = TypeVar("Command", bound=Callable[..., Any])

format_option = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


def most_option(words: str) -> Callable[[Command], Command]:
    """``--most``: how much of what an answer counts it also shows, and of what, in words."""
    kind = click.IntRange(min=1)
    return click.option("--most", type=kind, default=MOST, show_default=True, metavar="NUMBER", help=words)


def here(article: str) -> str:
    """An article as the knowledge base names it, where it is named as a file from the current folder.

    >>> here("no-such-file.md")
    'no-such-file.md'
    """
    from ingest.naming import relative_id

    try:
        is_file = Path(article).is_file()
    except OSError:  # words that are too long for a name
        is_file = False
    return relative_id(Path(article), find_project(Path.cwd())) if is_file else article


def statement_here(statement: str) -> str:
    """A statement likewise.

    >>> statement_here("no-such-file.md:12")
    'no-such-file.md:12'
    """
    from kb.questions.naming import place_of

    article, where = place_of(statement)
    return f"{here(article)}:{where}" if where else here(article)


@contextmanager
def asked(database: str | None) -> Iterator[KnowledgeBase]:
    """The knowledge base that is asked.

    Raises
    ------
    UsageError
        There is none yet.
    """
    from kb.base import KnowledgeBase

    place = knowledge_base(database)
    if not place.exists():
        raise UsageError("does not exist yet", place=str(place), remedy="audit an article first")
    with KnowledgeBase.open(place) as base:
        yield base


def tell(answer: Answer, form: str, to_text: Callable[[Answer], str]) -> None:
    """Print an answer: in words, or as the JSON of its record."""
    if form == "json":
        import msgspec

        document = msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()
        click.echo(escaped(document))
        return
    click.echo("".join(f"{line}\n" for line in wrapped(to_text(answer), looks()[1])), nl=False)


def wrapped(text: str, width: int) -> Iterator[str]:
    """The lines of a text, each broken between words where it is longer than ``width`` columns, and set in further.

    >>> list(wrapped("  two three four", 11))
    ['  two three', '    four']
    """
    import textwrap

    for line in text.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        yield from textwrap.wrap(
            line.strip(),
            width,
            initial_indent=indent,
            subsequent_indent=f"{indent}  ",
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
