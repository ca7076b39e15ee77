"""The articles that ``kb check`` reads: what is named, what folders hold, and what the globs of a project mean."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from ingest.linting.given import LOCK
from ingest.naming import FORMATS, NO_ARTICLES, relative_id
from kb.errors import ArticleError, ConfigurationError, UsageError, one_line
from kb.linting.globs import MAGIC, matches, parts
from kb.settings import Settings

_NO_SOURCES = frozenset(
    "node_modules bower_components venv virtualenv env site-packages __pycache__ _build _site build dist htmlcov"
    " __pypackages__".split()
)
"""Folders of other people's files, and of what is made from one's own."""
_OF_PROJECTS = ("kb.toml", LOCK)
"""Files that a project has in its own folder."""
_JATS = re.compile(rb"<(?:[A-Za-z]{1,20}:)?article[\s>]")
_HEAD = 20_000
"""Bytes of an XML file that tell whether it is an article: its root comes after comments and a document type."""


class ArticleFile(NamedTuple):
    """The id of an article, its file, and whether the user named that file."""

    id: str
    file: Path
    named: bool


class Listed(NamedTuple):
    """The articles in the order in which they are told, each once; what was left out and why; and what went wrong."""

    articles: tuple[ArticleFile, ...]
    notes: tuple[str, ...]
    errors: tuple[UsageError, ...]


def articles_of(paths: Sequence[str], settings: Settings, project: Path) -> Listed:
    """List the articles of a run; no file is opened but XML, of which only articles are taken.

    Parameters
    ----------
    paths
        Files and folders, as the user names them. A file that is named is always listed, whatever it is and whether
        it is there or not; the ones in a folder in the order of their ids. Where none is named: what the globs of
        ``settings.linting.articles`` mean, and without these all of the project's folder.
    project
        Its folder.

    Returns
    -------
    Listed
        Errors are one line each: a folder that cannot be read, a name that is no text, a glob that means nothing.
    """
    walk = _Walk(settings, project)
    globs = settings.linting.articles
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - Path raises for a name too long
            walk.folder(path)
        else:
            walk.file(path)
    if not paths:
        for glob in globs:
            walk.glob(glob)
        if not globs:
            walk.folder(os.path.relpath(project))
    return Listed(tuple(walk.found.values()), tuple(walk.notes), tuple(walk.errors))


class _Walk:
    """What is found on the way through the folders of a project."""

    def __init__(self, settings: Settings, project: Path) -> None:
        self._linting = settings.linting
        self._works = {os.path.normpath(name) for name in settings.bibliography}
        self._project = os.path.realpath(project)
        self._prefix = cache(self._prefix_of)  # a thousand files stand in a few folders
        self._told: set[str] = set()
        self.found: dict[str, ArticleFile] = {}
        self.notes: list[str] = []
        self.errors: list[UsageError] = []

    def file(self, path: str) -> None:
        """Take a file that the user names."""
        folder, base = os.path.split(path)
        if base in ("", ".", "..") or Path(path).is_symlink():
            name = relative_id(Path(path), Path(self._project))
        else:
            name = f"{self._prefix(folder)}{base}"
        for parent in Path(name).parents:
            for config in _OF_PROJECTS:
                if parent.name and (Path(self._project) / parent / config).is_file():
                    self._tell_of_project(f"{parent.as_posix()}/{config}")
        self._take(name, path, named=True)

    def _tell_of_project(self, config: str) -> None:
        """Say once that a file which configures a part of the project does not count."""
        if config not in self._told:
            self._told.add(config)
            folder = one_line(config.rpartition("/")[0])
            self.notes.append(f"{one_line(config)} does not count here; run `kb check` in {folder}, where it does")

    def folder(self, path: str) -> None:
        """Take the articles of a folder."""
        before = len(self.found)
        for name, file in sorted(self._files(path, self._is_wanted)):
            self._take(name, file)
        if len(self.found) == before:
            self.notes.append(f"{one_line(path)} holds no article that is read")

    def glob(self, glob: str) -> None:
        """Take what a glob of the configuration means; nothing is an error."""
        fixed: list[str] = []
        for part in parts(glob):
            if MAGIC.intersection(part):
                break
            fixed.append(part)
        start = os.path.relpath(Path(self._project, *fixed))
        if Path(start).is_file():
            files = [("/".join(fixed), start)] if _is_within(os.path.realpath(start), self._project) else []
        else:
            files = sorted(self._files(start, lambda name: matches(name, glob))) if Path(start).is_dir() else []
        for name, file in files:
            self._take(name, file)
        if not files:
            problem, remedy = f"articles: '{glob}' means no article", "correct the glob, or leave it out"
            self.errors.append(ConfigurationError(problem, place=self._linting.origin, remedy=remedy))

    def _take(self, name: str, file: str, *, named: bool = False) -> None:
        try:
            name.encode()
        except UnicodeEncodeError:
            self.errors.append(ArticleError("has a name that is no Unicode", place=name, remedy="rename it"))
            return
        self.found.setdefault(name, ArticleFile(name, Path(file), named))

    def _is_wanted(self, name: str) -> bool:
        """Whether a file of a folder is taken: what is about the project only where a glob means it."""
        stem = name.rpartition("/")[2].partition(".")[0].lower()
        return stem not in NO_ARTICLES or any(matches(name, glob) for glob in self._linting.articles)

    def _files(self, path: str, wanted: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
        """The articles below a folder by their ids, each with its file."""
        real = os.path.realpath(path)
        roots = self._project, real
        waiting, seen = [(path, real)], {real}
        while waiting:
            folder, real = waiting.pop()
            prefix = self._below(real)
            for entry in self._entries(folder, prefix):
                name, inner = f"{prefix}{entry.name}", f"{real}{os.sep}{entry.name}"
                if prefix and entry.name in _OF_PROJECTS:
                    self._tell_of_project(name)
                if entry.is_symlink():
                    if not os.path.exists(entry.path):  # noqa: PTH110 - Path raises where links go in a circle
                        self.notes.append(f"{one_line(name)} leads nowhere, and is passed over")
                        continue
                    inner = os.path.realpath(inner)
                    if not _is_within(inner, *roots):
                        self.notes.append(f"{one_line(name)} leads out of the project, and is not followed")
                        continue
                    name = self._id(inner)
                if entry.is_dir():
                    if entry.name not in _NO_SOURCES and inner not in seen:
                        seen.add(inner)
                        waiting.append((entry.path, inner))
                elif self._is_article(entry, name) and wanted(name):
                    yield name, entry.path

    def _entries(self, folder: str, prefix: str) -> Iterator[os.DirEntry[str]]:
        """What a folder holds and neither hides nor is excluded."""
        try:
            with os.scandir(folder) as entries:
                for entry in sorted(entries, key=attrgetter("name")):
                    name = f"{prefix}{entry.name}"
                    if not entry.name.startswith(".") and not any(matches(name, one) for one in self._linting.exclude):
                        yield entry
        except OSError as error:
            problem = f"cannot be read ({error.strerror})"
            self.errors.append(ArticleError(problem, place=folder, remedy="check its permissions"))

    def _is_article(self, entry: os.DirEntry[str], name: str) -> bool:
        """Whether a file is of a format that is read, and no bibliography; of XML only JATS is."""
        suffix = f".{entry.name.rpartition('.')[2].lower()}"
        if suffix not in FORMATS or name in self._works or not entry.is_file():
            return False
        return suffix != ".xml" or _is_jats(Path(entry.path))

    def _prefix_of(self, folder: str) -> str:
        """What the ids of the files in a folder begin with."""
        return self._below(os.path.realpath(folder))

    def _below(self, real: str) -> str:
        """The same of a folder whose path is known to hold no link."""
        return "" if real == self._project else f"{self._id(real)}/"

    def _id(self, real: str) -> str:
        return os.path.relpath(real, self._project).replace(os.sep, "/")


def _is_within(real: str, *roots: str) -> bool:
    """Whether a file or folder is one of these folders, or lies in one; all without links."""
    return f"{real}{os.sep}".startswith(tuple(f"{root.rstrip(os.sep)}{os.sep}" for root in roots))


def _is_jats(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return _JATS.search(opened.read(_HEAD)) is not None
    except OSError:
        return True  # reading it will tell why it cannot be read
