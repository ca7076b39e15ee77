"""An article beside a changed bibliography, as it would be read once both were written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.beside import real
from ingest.linting.desk import Desk
from ingest.linting.fixing.safety import Seen
from ingest.linting.given import Given
from ingest.naming import BIBLIOGRAPHIES, FORMATS
from kb.model import Article


class Room:
    """Audits articles without the lock, which knows entries and statements by their former words."""

    def __init__(self, given: Given) -> None:
        self._given = given._replace(lock=None)
        self._desk = Desk(self._given)

    def seen(self, data: bytes, article: str, path: Path) -> Seen:
        """How an article is audited and checked with what lies beside it; errors as of `Desk.audit`."""
        return _seen(self._desk, data, article, path)

    def seen_with(self, data: bytes, article: Article, path: Path, library: Path, content: bytes) -> Seen:
        """The same with other content of one bibliography, which is not written yet."""
        with _copied(article, path, library, content) as (folder, changed):
            bibliographies = tuple(_there(file, path, folder, library, changed) for file in self._given.bibliographies)
            desk = Desk(self._given._replace(bibliographies=bibliographies))
            return _seen(desk, data, article.id, folder / path.name)


def _seen(desk: Desk, data: bytes, article: str, path: Path) -> Seen:
    reading, audit = desk.audit(data, article, path)
    return Seen(audit, desk.lint(reading, audit))


@contextmanager
def _copied(article: Article, path: Path, library: Path, content: bytes) -> Iterator[tuple[Path, Path]]:
    """A copy of an article's folder as far as its bibliographies are looked for there, and the changed one in it.

    Of other articles only the names count. A bibliography from elsewhere gets a folder of its own.
    """
    folder = real(path).parent
    with tempfile.TemporaryDirectory(prefix="kb-fix-") as name:
        copy = Path(name) / "here"
        copy.mkdir()
        named = [real(folder / one) for one in article.bibliographies]
        inside = [file for file in named if file.is_relative_to(folder) and file.is_file()]
        for file in {*folder.iterdir(), *inside}:
            suffix = file.suffix.lower()
            if file.is_file() and real(file).is_relative_to(folder):
                target = copy / file.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                if suffix in BIBLIOGRAPHIES or file in inside:
                    shutil.copyfile(file, target)
                elif suffix in FORMATS:
                    target.touch()
        changed = copy / library.relative_to(folder) if library.is_relative_to(folder) else Path(name, library.name)
        changed.parent.mkdir(parents=True, exist_ok=True)
        changed.write_bytes(content)
        yield copy, changed


def _there(file: Path, path: Path, folder: Path, library: Path, changed: Path) -> Path:
    """Where a bibliography of the configuration is while the article stands in the copy."""
    if real(file) == library:
        return changed
    beside = real(path).parent
    there = folder / real(file).relative_to(beside) if real(file).is_relative_to(beside) else file
    return there if there.is_file() else file
