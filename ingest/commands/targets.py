"""Where the user wants something written: allowed there, and written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from typing import BinaryIO

from kb.errors import CannotCheckError, UsageError

_MODE, _PRIVATE = 0o644, 0o600


def target(given: str, *, force: bool, folder: bool) -> Path:
    """The place that a path names, if something may be written there.

    Parameters
    ----------
    given
        As the user wrote it. Where it is relative it stays in the current folder, links followed.
    force
        Whether a file may be replaced, or files in a folder that holds some.
    folder
        Whether a folder is to be written, and not a file.

    Raises
    ------
    UsageError
        It leads out of the current folder, its folder is missing, or something is there that would be lost.
    """
    path = Path(given)
    try:
        place = path.resolve()
        if not path.is_absolute() and not place.is_relative_to(Path.cwd().resolve()):
            remedy = "give an absolute path if you mean that place"
            raise UsageError("leads out of the current folder", place=given, remedy=remedy)
        if not place.parent.is_dir():
            raise UsageError("there is no such folder", place=str(path.parent), remedy="make it first")
        _refuse_loss(place, given, force=force, folder=folder)
    except (OSError, ValueError, RuntimeError) as error:  # too long a name, a zero character, links in a circle
        raise UsageError(f"this is no path ({_reason(error)})", place=given, remedy="name another place") from None
    return place


def _refuse_loss(place: Path, given: str, *, force: bool, folder: bool) -> None:
    if not place.exists():
        return
    if folder and not place.is_dir():
        raise UsageError("is no folder", place=given, remedy="name a folder for the tables")
    if not folder and not place.is_file():
        raise UsageError("is no file", place=given, remedy="name a file, or leave out -o to write to stdout")
    if not force and (not folder or any(place.iterdir())):
        what = "is not empty" if folder else "is there already"
        raise UsageError(what, place=given, remedy="name another place, or replace what is there with --force")


@contextmanager
def new_file(place: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """A file that comes to stand at this place once all of it is written.

    Parameters
    ----------
    private
        Whether its owner alone may read it.

    Raises
    ------
    CannotCheckError
        It cannot be written. What was there before is still there, and nothing else.
    """
    with _plainly(place):
        handle, name = tempfile.mkstemp(prefix=f".{place.name[:100]}.", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(_PRIVATE if private else _MODE)
            Path(name).replace(place)
        finally:
            with suppress(FileNotFoundError):
                Path(name).unlink()


@contextmanager
def new_folder(place: Path) -> Iterator[Path]:
    """An empty folder whose files come to stand in a folder at this place once all of them are written.

    Other files that are in that folder already stay.

    Raises
    ------
    CannotCheckError
        It cannot be written. What was there before is still there, and nothing else.
    """
    with _plainly(place):
        there = place.is_dir()
        made = Path(tempfile.mkdtemp(prefix=f".{place.name[:100]}.", dir=place if there else place.parent))
        try:
            yield made
            made.chmod(0o755)
            if there:
                for file in sorted(made.iterdir()):
                    file.replace(place / file.name)
            else:
                made.rename(place)
        finally:
            rmtree(made, ignore_errors=True)


@contextmanager
def _plainly(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        remedy = "see whether the disk is full, and whether you may write there"
        raise CannotCheckError(f"cannot be written ({_reason(error)})", place=str(place), remedy=remedy) from error


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
