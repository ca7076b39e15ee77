"""All references of an article: its own list, the bibliographies beside it or named, and links to works in its text."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

import msgspec

from ingest.mentions import mentioned
from ingest.reading import Reading
from ingest.references import Merged, completed, merge, parse_reference_list, read_bibtex
from kb.errors import BibliographyError
from kb.model import Article, Block, Record, Reference

_LARGEST = 20_000_000
_ARTICLES = ("*.md", "*.txt", "*.markdown", "*.qmd")


class Gathered(Record, frozen=True, kw_only=True):
    """The references of an article, what could not be read, in words, and other keys that the references go by."""

    references: tuple[Reference, ...]
    problems: tuple[str, ...]
    aliases: dict[str, str]


def gather_references(reading: Reading, path: Path | None, named: Sequence[Path] = ()) -> Gathered:
    """The references of an article, numbered in the order of its list.

    Parameters
    ----------
    reading
        The article as read, with the references that its markup tells of.
    path
        Its file: bibliographies are looked for beside it. None for an article from the web or from memory.
    named
        Bibliography files that the user or the configuration names.

    Notes
    -----
    An entry of a bibliography is a reference of the article where the article's list holds it, where a sentence cites
    its key, or where the bibliography belongs to this article alone; a shared bibliography holds other articles' works.
    """
    article = reading.article
    listed = [completed(entry) for entry in reading.entries] or _listed(article)
    own, problems = _own_bibliographies(article, path)
    shared: list[Reference] = []
    for file in named:
        if file.resolve() not in {one.resolve() for one, _ in own}:
            entries, complaints = _read(file)
            shared.extend(entries)
            problems.extend(complaints)
    private = [*reading.works, *(entry for _, entries in own for entry in entries)]
    merged = merge(listed, [*private, *shared], keep=bool(reading.entries))
    aliases = _aliases(merged, reading)
    kept = (
        {entry.id for entry in private} | {key for cited in reading.keys for key in cited.keys} | set(aliases.values())
    )
    dois = {link.doi for link in reading.links if link.doi}
    rest = [entry for entry in merged.unlisted if entry.id in kept or entry.doi in dois]
    references = [*merged.references, *rest]
    references.extend(mentioned(reading, references, aliases))
    numbered = [msgspec.structs.replace(entry, position=number) for number, entry in enumerate(references, 1)]
    for entry in numbered:
        if entry.line is not None:  # an entry of a bibliography file was complained of when that was read
            problems.extend(f"{article.id}:{entry.line}: {problem}" for problem in entry.problems)
    return Gathered(references=tuple(numbered), problems=tuple(problems), aliases=aliases)


def _aliases(merged: Merged, reading: Reading) -> dict[str, str]:
    """All other names of references, from the bibliographies and from the document itself."""
    aliases = dict(merged.aliases)
    return aliases | {name: aliases.get(meant, meant) for name, meant in reading.aliases.items()}


def _listed(article: Article) -> list[Reference]:
    """The entries of the article's own reference lists; a list is a run of neighbouring blocks."""
    found: list[Reference] = []
    run: list[Block] = []
    for block in [*article.blocks, None]:
        if block is not None and block.kind == "reference list":
            run.append(block)
        elif run:
            found.extend(parse_reference_list(article.text, run[0].start, run[-1].end, run[0].line))
            run = []
    return found


def _own_bibliographies(article: Article, path: Path | None) -> tuple[list[tuple[Path, list[Reference]]], list[str]]:
    """The bibliographies that belong to this article alone: named in it, of its name, or the only pair in a folder."""
    if path is None:
        away = "that the article names lies elsewhere and was not read; save it and name it with --bibliography"
        return [], [f"{article.id}: the bibliography '{name}' {away}" for name in article.bibliographies]
    folder = _real(path).parent
    problems: list[str] = []
    files: list[Path] = []
    for name in article.bibliographies:
        file = _real(folder / name)
        if not file.is_relative_to(folder):
            problems.append(
                f"{article.id}: the bibliography '{name}' lies outside the article's folder and was not read"
            )
        elif not os.path.isfile(file):  # noqa: PTH113 - Path raises for a name too long
            problems.append(f"{article.id}: the bibliography '{name}' that the article names is not there")
        else:
            files.append(file)
    if not files:
        beside = sorted(file for file in folder.glob("*.bib") if _real(file).is_relative_to(folder))
        articles = [file for pattern in _ARTICLES for file in folder.glob(pattern) if file.stem.lower() != "readme"]
        files = [file for file in beside if file.stem == path.stem] or (beside if len(articles) == 1 else [])
    read = []
    for file in files:
        entries, complaints = _read(file)
        read.append((file, entries))
        problems.extend(complaints)
    return read, problems


def _real(path: Path) -> Path:
    """Where a path leads after all links; itself where it leads nowhere, as in circles."""
    try:
        return Path(os.path.realpath(path))
    except ValueError:  # a NUL in it
        return path


def load(file: Path, name: str) -> bytes:
    """The bytes of a bibliography file, which messages call ``name``.

    Raises
    ------
    BibliographyError
        It is not there, is no regular file, is larger than 20 MB or cannot be read.
    """
    try:
        found = file.stat()
        if stat.S_ISDIR(found.st_mode):
            raise BibliographyError("is a folder", place=name, remedy="name the .bib file in it")
        if not stat.S_ISREG(found.st_mode):
            raise BibliographyError("is no regular file", place=name, remedy="name a .bib file")
        if found.st_size > _LARGEST:
            raise BibliographyError("is larger than 20 MB", place=name, remedy="split it")
        return file.read_bytes()
    except FileNotFoundError:
        raise BibliographyError("there is no such file", place=name, remedy="check the name") from None
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        reason = getattr(error, "strerror", None) or "its name is none"
        raise BibliographyError(f"cannot be read ({reason})", place=name) from None


def _read(file: Path) -> tuple[list[Reference], list[str]]:
    return read_bibtex(load(file, file.name), file.name)
