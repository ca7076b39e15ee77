"""Articles that people gave in the browser, kept with their bibliographies for another audit.

Each lies in a folder of its own below ``.kb/articles`` of the project, under a digest of its id and readable by its
owner alone. So a bibliography that was given with it lies beside it, as it would on the command line. A link in there
is not of ours: it came with the project, and could show a file of this machine that nobody gave.
"""

from __future__ import annotations

import errno
import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePath

from ingest.front.names import numbered, safe_name
from kb.errors import CannotCheckError
from kb.store.file import make_folder
from kb.view.work import Upload

FOLDER = Path(".kb") / "articles"
_STEM = "kept-article"
"""Of the article's file: a bibliography that bore its name would be taken for its only one."""


class Kept:
    """The articles that are kept for a project.

    Parameters
    ----------
    project
        The folder of the project.
    """

    def __init__(self, project: Path) -> None:
        self._folder = project / FOLDER

    def file(self, article: str) -> Path | None:
        """The file of an article; None where none is kept."""
        file = _file(self._place(article), article)
        return file if _is_ours(file) else None

    def holds_other(self, article: str, content: bytes) -> bool:
        """Whether something else than this is kept of an article."""
        file = self.file(article)
        return file is not None and (file.stat().st_size != len(content) or file.read_bytes() != content)

    def stage(self, article: str, content: bytes, bibliographies: Sequence[Upload]) -> Path:
        """Write an article and its bibliographies; the file of the article, which is not kept yet.

        Raises
        ------
        CannotCheckError
            They cannot be written.
        """
        try:
            make_folder(self._folder.parent)
            self._folder.mkdir(mode=0o700, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=".new-", dir=self._folder))
            try:
                taken: set[str] = set()
                for one in bibliographies:
                    name = numbered(safe_name(one.name, "bibliography"), taken.__contains__)
                    taken.add(name)
                    _write(folder / name, one.content)
                _write(_file(folder, article), content)
            except OSError:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        except OSError as error:
            raise _unwritten(error) from None
        return _file(folder, article)

    def keep(self, article: str, staged: Path) -> tuple[str, ...]:
        """Keep what was staged, in the place of what was kept of the article; what kept it from being so, if anything.

        The audit is done by then, and does not fail for that.
        """
        place = self._place(article)
        former = staged.parent.with_name(staged.parent.name.replace(".new-", ".old-"))
        try:
            if place.exists():
                place.rename(former)
            staged.parent.rename(place)
        except OSError as error:
            with suppress(OSError):
                former.rename(place)
            self.drop(staged)
            return (str(_unwritten(error)),)
        finally:
            shutil.rmtree(former, ignore_errors=True)
        return ()

    def drop(self, staged: Path) -> None:
        """Forget what was staged and not kept."""
        shutil.rmtree(staged.parent, ignore_errors=True)

    def _place(self, article: str) -> Path:
        return self._folder / hashlib.sha256(article.encode()).hexdigest()[:32]


def bibliographies_beside(file: Path) -> list[Path]:
    """The bibliographies that are kept with an article's file."""
    return sorted(one for one in file.parent.iterdir() if one != file and _is_ours(one))


def _is_ours(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


def _file(folder: Path, article: str) -> Path:
    return folder / f"{_STEM}{PurePath(article).suffix.lower()}"


def _write(file: Path, content: bytes) -> None:
    file.touch(mode=0o600, exist_ok=False)
    file.write_bytes(content)


def _unwritten(error: OSError) -> CannotCheckError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return CannotCheckError(
        f"what you gave cannot be written there ({error.strerror})",
        place=FOLDER.as_posix(),
        remedy="make room on the disk" if full else "make the folder of the project writable",
    )
