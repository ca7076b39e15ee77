"""The work of ``kb resolve``: read bibliographies, check them together, mend each."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from ingest.beside import load
from ingest.commands.options import tell
from ingest.commands.progress import shown
from ingest.files import replace
from ingest.linting.fixing.showing import diff
from ingest.references.formats import is_bibtex, read_bibliography
from ingest.references.mending import edits_for
from ingest.references.rewrite import rewrite
from ingest.resolve import resolve, retraction_watch, retractions
from kb.errors import KnowledgeBaseError
from kb.model import Notice, Record, Reference, Source
from kb.report.bibliography import Bibliography, Checked
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.store.cache import Cache


class File(Record, frozen=True, kw_only=True):
    """A bibliography as read; ``name`` is what the user called it, as far as that can be printed."""

    path: Path
    name: str
    data: bytes
    references: Sequence[Reference]
    problems: Sequence[str]


def read(names: Sequence[str]) -> tuple[list[File], list[KnowledgeBaseError]]:
    """The bibliographies that can be read, each once, and the errors of the others."""
    files: list[File] = []
    failed: list[KnowledgeBaseError] = []
    for given in dict.fromkeys(names):
        name = os.fsencode(given).decode("utf-8", "replace")
        try:
            data = load(Path(given), name)
            references, problems = read_bibliography(data, name)
            files.append(File(path=Path(given), name=name, data=data, references=references, problems=problems))
        except KnowledgeBaseError as error:
            failed.append(error)
    return files, failed


def check(
    files: Sequence[File], settings: Settings, cache: Cache | None, listed: Mapping[str, tuple[Notice, ...]]
) -> Checked:
    """All files checked together, with as few questions to registries as for one."""
    entries = [reference for file in files for reference in file.references]
    with shown() as told:
        resolved = resolve(entries, settings, told, cache=cache, retractions=listed)
    resolutions = iter(resolved.resolutions)
    return Checked(
        as_of=settings.as_of,
        bibliographies=tuple(
            Bibliography(
                path=file.name,
                references=tuple(file.references),
                resolutions=tuple(islice(resolutions, len(file.references))),
                problems=tuple(file.problems),
            )
            for file in files
        ),
        sources=resolved.sources,
        notes=resolved.notes,
    )


def listed(file: str | None, cache: Cache | None, as_of: str) -> Mapping[str, tuple[Notice, ...]]:
    """The notices of a Retraction Watch file, by DOI, which are remembered for later runs as well."""
    if file is None:
        return {}
    tell(f"reading {os.fsencode(file).decode('utf-8', 'replace')}")
    notices = retraction_watch.read(Path(file))
    if cache:
        retractions.remember(cache, notices, as_of)
    else:
        click.echo("kb: no cache is configured, so the retractions count in this run only", err=True)
    return notices


def mend(
    file: File, checked: Bibliography, sources: Sequence[Source], project: Path, *, write: bool, dry_run: bool
) -> Bibliography:
    """What is, or would be, mended in a file; it is written where that is wanted. Only BibTeX is mended."""
    if not is_bibtex(file.data, file.name):
        left = f"{file.name}: only .bib files are mended; change it in the program that keeps it"
        return msgspec.structs.replace(checked, problems=(*checked.problems, *([left] if write or dry_run else [])))
    works = {source.id: source for source in sources}
    edits = [
        edit
        for reference, resolution in zip(checked.references, checked.resolutions, strict=True)
        for edit in edits_for(reference, resolution, works[resolution.source])
    ]
    rewritten = rewrite(file.data, edits, file.name)
    written = write and not dry_run and rewritten.data != file.data
    if written:
        replace(file.path, rewritten.data, former=file.data, project=project)
    return msgspec.structs.replace(
        checked,
        problems=(*checked.problems, *(f"{file.name}: {words}" for words in rewritten.left if write or dry_run)),
        mended=rewritten.done,
        diff=diff(file.name, file.data, rewritten.data) if dry_run else "",
        written=written,
    )
