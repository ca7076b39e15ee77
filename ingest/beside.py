"""Bibliographies in files: reading them, and finding those that belong to an article."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from itertools import islice
from pathlib import Path, PurePath

from ingest.naming import NO_ARTICLES
from ingest.read import READERS
from ingest.references.formats import FORMATS, HEAD, looks_like_bibliography, read_bibliography
from kb.errors import BibliographyError
from kb.model import Article, Record, Reference

LARGEST = 20_000_000
"""Bytes of the largest bibliography that is read."""
_CERTAIN = frozenset({".bib", ".ris", ".nbib"})
"""Suffixes that only bibliographies have; a file with another is looked into before it is taken for one."""
_MOST_DOUBTFUL = 20
"""Files of a folder that are looked into; where there are more, they are data."""


class Bibliography(Record, frozen=True, kw_only=True):
    """A file and its entries."""

    path: Path
    references: tuple[Reference, ...]


def own_bibliographies(article: Article, path: Path | None) -> tuple[list[Bibliography], list[str]]:
    """The bibliographies that belong to an article alone, and what is wrong with them.

    They are those that the article names; else those beside it that have its name; else all beside it, where it is the
    only article of its folder. None outside its folder is read, because the article may come from a stranger.

    Parameters
    ----------
    article
        The article.
    path
        Its file; None for an article from the web or from memory, which has none beside it.
    """
    if path is None:
        away = "that the article names lies elsewhere and was not read; save it and name it with --bibliography"
        return [], [f"{article.id}: the bibliography '{name}' {away}" for name in article.bibliographies]
    folder = real(path).parent
    files, problems = _named(article, folder)
    if files:
        return _all(files, problems)
    beside = _beside(path, folder)
    certain, told = _all([file for file in beside if file.suffix.lower() in _CERTAIN], problems)
    doubtful, _ = _all([file for file in beside if file.suffix.lower() not in _CERTAIN], [])
    return [*certain, *doubtful], told


def read(file: Path) -> tuple[list[Reference], list[str]]:
    """The references of a bibliography file, and what is wrong with it; errors as of ``load``."""
    return read_bibliography(load(file, file.name), file.name)


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
            raise BibliographyError("is a folder", place=name, remedy="name the bibliography in it")
        if not stat.S_ISREG(found.st_mode):
            raise BibliographyError("is no regular file", place=name, remedy="name a bibliography, such as a .bib file")
        refuse_large(found.st_size, name)
        return file.read_bytes()
    except FileNotFoundError:
        raise BibliographyError("there is no such file", place=name, remedy="check the name") from None
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        reason = getattr(error, "strerror", None) or "its name is none"
        raise BibliographyError(f"cannot be read ({reason})", place=name) from None


def refuse_large(size: int, name: str) -> None:
    """Refuse a bibliography of more bytes than are read.

    Raises
    ------
    BibliographyError
        It has more than ``LARGEST``.
    """
    if size > LARGEST:
        raise BibliographyError(f"is larger than {LARGEST // 1_000_000} MB", place=name, remedy="split it")


def real(path: Path) -> Path:
    """Where a path leads after all links; itself where it leads nowhere, as in circles."""
    try:
        return Path(os.path.realpath(path))
    except ValueError:  # a NUL in it
        return path


def _named(article: Article, folder: Path) -> tuple[list[Path], list[str]]:
    """The files that the article names, and what is wrong with the others."""
    files: list[Path] = []
    problems: list[str] = []
    for name in article.bibliographies:
        file = real(folder / name)
        if not file.is_relative_to(folder):
            problems.append(
                f"{article.id}: the bibliography '{name}' lies outside the article's folder and was not read"
            )
        elif not os.path.isfile(file):  # noqa: PTH113 - Path raises for a name too long
            problems.append(f"{article.id}: the bibliography '{name}' that the article names is not there")
        else:
            files.append(file)
    return files, problems


def _beside(path: Path, folder: Path) -> list[Path]:
    """The bibliographies beside an article that are its own, the surest formats first."""
    if not os.path.isdir(folder):  # noqa: PTH112 - an editor may hold an article whose folder is not there yet
        return []
    own, stem = path.name, path.stem
    inside = sorted([entry.name for entry in os.scandir(folder) if entry.name != own])
    namesakes = [Path(folder, name) for name in inside if name.startswith(stem)]
    mine = [file for file in namesakes if file.stem == stem and file.suffix.lower() in FORMATS]
    if found := _speaking_of_works(mine, folder):
        return found
    if any(_is_other_article(PurePath(name), stem) for name in inside):
        return []
    candidates = [file for name in inside if (file := Path(folder, name)).suffix.lower() in FORMATS]
    found = _speaking_of_works(candidates, folder)
    others = [file for file in candidates if file.suffix.lower() in READERS and file not in found]
    return [] if any(file.stem != stem for file in others) else found


def _is_other_article(file: PurePath, stem: str) -> bool:
    """Whether a file is an article by its name, and neither this one nor one that speaks of the folder."""
    if file.suffix.lower() not in READERS or file.suffix.lower() in FORMATS:
        return False
    return file.stem != stem and file.stem.lower() not in NO_ARTICLES


def _regular(file: Path, folder: Path) -> bool:
    """Whether it is a file, and no link that leads out of the folder."""
    return file.is_file() and real(file).is_relative_to(folder)


def _speaking_of_works(files: Sequence[Path], folder: Path) -> list[Path]:
    certain = [file for file in files if file.suffix.lower() in _CERTAIN and _regular(file, folder)]
    others = (file for file in files if file.suffix.lower() not in _CERTAIN and _regular(file, folder))
    doubtful = list(islice(others, _MOST_DOUBTFUL + 1))
    if len(doubtful) > _MOST_DOUBTFUL:
        return certain
    return [*certain, *(file for file in doubtful if looks_like_bibliography(_head(file), file.suffix.lower()))]


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(HEAD)
    except OSError:
        return b""


def _all(files: Sequence[Path], problems: Sequence[str]) -> tuple[list[Bibliography], list[str]]:
    """The files that can be read, and the problems with what was found in them added."""
    found: list[Bibliography] = []
    told = list(problems)
    for file in files:
        try:
            references, messages = read(file)
        except BibliographyError as error:
            told.append(str(error))
            continue
        found.append(Bibliography(path=file, references=tuple(references)))
        told += messages
    return found, told
