"""What came of checking bibliographies by themselves: a table for people, one JSON object for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING

import msgspec

from kb.errors import escaped, printable
from kb.graph import retraction
from kb.language.counting import count
from kb.model import (
    Attribution,
    Candidate,
    Difference,
    Disagreement,
    Notice,
    Record,
    Reference,
    Resolution,
    ResolutionStatus,
    Source,
)
from kb.view.checked import remarks
from kb.view.wording import RESOLUTIONS

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

SCHEMA_VERSION = 1

_STYLE: dict[ResolutionStatus, str] = {"verified": "green", "another work": "bold red", "not found": "bold red"}


class Bibliography(Record, frozen=True, kw_only=True):
    """One file and what was found out about it.

    Attributes
    ----------
    path
        As the user named it.
    references, resolutions
        One of each an entry, in the order of the file.
    problems
        What is wrong with the file or its entries, and what could not be mended, in words.
    mended
        The key of each entry that is changed, with the field, its former and its new value.
    diff
        The change of the file as a unified diff.
    written
        Whether the file was changed on disk.
    """

    path: str
    references: tuple[Reference, ...]
    resolutions: tuple[Resolution, ...]
    problems: tuple[str, ...] = ()
    mended: tuple[tuple[str, Difference], ...] = ()
    diff: str = ""
    written: bool = False


class Checked(Record, frozen=True, kw_only=True):
    """All bibliographies of one run, the works behind their entries, and what was not checked, in words."""

    as_of: str
    bibliographies: tuple[Bibliography, ...]
    sources: tuple[Source, ...]
    notes: tuple[str, ...] = ()


def to_text(checked: Checked, *, colour: bool, width: int) -> str:
    """Write a table for each file, with a line of counts below it.

    Parameters
    ----------
    colour
        Whether to write ANSI colours; off where the output is no terminal.
    width
        Columns, 60 or more.
    """
    from rich.console import Console

    out = StringIO()
    console = Console(file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False, emoji=False)
    sources = {source.id: source for source in checked.sources}
    for one in checked.bibliographies:
        _bibliography(console, one, sources, checked.as_of)
    for note in checked.notes:
        console.print(_styled(f"Not checked: {note}", "yellow"))
    return out.getvalue() if colour else "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _styled(text: str, style: str = "") -> Text:
    """Text from outside: never markup, never control characters."""
    from rich.text import Text

    return Text(printable(text), style=style)


def _bibliography(console: Console, one: Bibliography, sources: dict[str, Source], as_of: str) -> None:
    console.print(_styled(f"{one.path} · as of {as_of}", "bold"))
    if one.references:
        console.print(_table(one, sources))
    for problem in one.problems:
        console.print(_styled(problem, "yellow"))
    for line in one.diff.splitlines():
        console.print(_styled(line, {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "")), soft_wrap=True)
    console.print(_styled(counts(one, sources), "bold"))
    console.print()


def _table(one: Bibliography, sources: dict[str, Source]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=False)
    table.add_column("Entry", overflow="fold", max_width=24)
    table.add_column("What a registry says", overflow="fold", max_width=30)
    table.add_column("What to look at", overflow="fold")
    for reference, resolution in zip(one.references, one.resolutions, strict=True):
        source = sources.get(resolution.source) or Source(id=resolution.source)
        lines = [
            _styled(remark.text, "bold red" if remark.grave else "yellow") for remark in remarks(resolution, source)
        ]
        lines += [_styled(resolution.note, "dim")] if resolution.note else []
        for key, change in one.mended:
            if key == reference.id:
                lines.append(_styled(_change(change, written=one.written), "green"))
        status = _styled(RESOLUTIONS[resolution.status], _STYLE.get(resolution.status, "yellow"))
        table.add_row(_styled(reference.id), status, Text("\n").join(lines))
    return table


def _change(change: Difference, *, written: bool) -> str:
    done = "is now" if written else "would become" if change.cited else "would be"
    return f"{change.field} {done} “{change.registered}”"


def counts(one: Bibliography, sources: dict[str, Source]) -> str:
    """A bibliography in one sentence."""
    statuses = Counter(resolution.status for resolution in one.resolutions)
    parts = [f"{statuses[status]} {status}" for status in RESOLUTIONS if statuses[status]]
    known = [sources[resolution.source] for resolution in one.resolutions if resolution.source in sources]
    retracted = sum(retraction(source) is not None for source in known)
    sentence = f"{count(len(one.references), 'entry')}{': ' if parts else ''}{', '.join(parts)}"
    sentence += f"; {retracted} retracted" if retracted else ""
    if one.mended:
        fields = count(len(one.mended), "field")
        sentence += f"; {fields} {'mended' if one.written else 'to mend'}"
    return f"{sentence}."


class MendedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A field that ``--write`` changes; ``before`` is empty where it is added."""

    field: str
    before: str
    after: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a bibliography and what was found out about it."""

    key: str
    position: int
    text: str
    title: str
    doi: str | None
    pmid: str | None
    source: str
    resolution: ResolutionStatus
    said_by: str
    asked: str | None
    note: str
    differences: tuple[Difference, ...]
    candidates: tuple[Candidate, ...]
    mended: tuple[MendedEntry, ...]


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A bibliography."""

    path: str
    entries: tuple[Entry, ...]
    counts: dict[str, int]
    problems: tuple[str, ...]
    diff: str
    written: bool


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """A work behind entries, without its text."""

    id: str
    doi: str | None
    pmid: str | None
    title: str
    authors: tuple[str, ...]
    year: str | None
    container: str
    type: str
    retracted: bool
    notices: tuple[Notice, ...]
    disagreements: tuple[Disagreement, ...]
    said: tuple[Attribution, ...]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """The whole report of ``kb resolve``."""

    schema_version: int
    as_of: str
    bibliographies: tuple[File, ...]
    sources: tuple[Work, ...]
    notes: tuple[str, ...]


def to_json(checked: Checked) -> str:
    """Write one object, with one line break at its end; the same input gives the same bytes."""
    document = Document(
        schema_version=SCHEMA_VERSION,
        as_of=checked.as_of,
        bibliographies=tuple(_file(one) for one in checked.bibliographies),
        sources=tuple(_work(source) for source in sorted(checked.sources, key=lambda source: source.id)),
        notes=checked.notes,
    )
    return escaped(msgspec.json.format(msgspec.json.encode(document), indent=2).decode()) + "\n"


def _file(one: Bibliography) -> File:
    statuses = Counter(resolution.status for resolution in one.resolutions)
    return File(
        path=one.path,
        entries=tuple(
            _entry(reference, resolution, [change for key, change in one.mended if key == reference.id])
            for reference, resolution in zip(one.references, one.resolutions, strict=True)
        ),
        counts={status: statuses[status] for status in RESOLUTIONS},
        problems=one.problems,
        diff=one.diff,
        written=one.written,
    )


def _entry(reference: Reference, resolution: Resolution, mended: Sequence[Difference]) -> Entry:
    return Entry(
        key=reference.id,
        position=reference.position,
        text=reference.text,
        title=reference.title,
        doi=reference.doi,
        pmid=reference.pmid,
        source=resolution.source,
        resolution=resolution.status,
        said_by=resolution.said_by,
        asked=resolution.asked,
        note=resolution.note,
        differences=resolution.differences,
        candidates=resolution.candidates,
        mended=tuple(MendedEntry(field=one.field, before=one.cited, after=one.registered) for one in mended),
    )


def _work(source: Source) -> Work:
    names = [name for name in Work.__struct_fields__ if name != "retracted"]
    return Work(retracted=retraction(source) is not None, **{name: getattr(source, name) for name in names})
