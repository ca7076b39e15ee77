"""Read a file of the project, and put new content in its place, all of it or nothing."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kb.errors import UsageError

if sys.platform != "win32":
    import fcntl

_NEW = 0o644
"""The mode of a file that was not there before."""
_TURNS, _BETWEEN_TURNS = 200, 0.01
"""How often a turn is asked for, and the seconds in between: whoever has one compares two files and renames one."""


def content(project: Path, name: str, largest: int) -> bytes | None:
    """The content of a file of the project, one byte more than ``largest`` at most; None where there is none.

    Raises
    ------
    UsageError
        It cannot be read.
    """
    try:
        with (project / name).open("rb") as file:
            return file.read(largest + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"cannot be read ({error.strerror})", place=name, remedy="move away what is there") from None


def is_there(project: Path, name: str) -> bool:
    """Whether the project has a file of that name; what can be no name of a file is not there."""
    return os.path.exists(project / name)  # noqa: PTH110 - Path raises for a name too long


def replace(path: Path, data: bytes, *, former: bytes | None, project: Path) -> None:
    """Replace the content of a file in one step; its mode stays.

    A link stays a link: the file that it leads to is replaced, but only inside the project, so that a link in a folder
    from elsewhere cannot make this write somewhere else.

    Parameters
    ----------
    former
        What the new content was made from; None where there was no file. Where the file holds anything else by now,
        it is left alone.
    project
        The folder that a link must stay in.

    Raises
    ------
    UsageError
        The file leads out of the project, is read-only, was changed meanwhile or cannot be written.
    """
    place = str(path)
    target = path.resolve()
    if path.is_symlink() and not target.is_relative_to(project.resolve()):
        raise UsageError("is a link out of the project", place=place, remedy="name the file that it leads to")
    try:
        mode = _NEW if former is None else stat.S_IMODE(target.stat().st_mode)
        if former is not None and (
            not mode & 0o222 or not os.access(target, os.W_OK)
        ):  # root may write anywhere, and should not here
            raise UsageError("is read-only, so nothing was written", place=place, remedy="allow writing to it")
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            with _turn(target.parent):
                if (target.read_bytes() if target.exists() else None) != former:
                    problem = "was changed meanwhile, so nothing was written"
                    raise UsageError(problem, place=place, remedy="run this again")
                Path(name).replace(target)
        finally:
            with suppress(FileNotFoundError):
                Path(name).unlink()
    except OSError as error:
        raise UsageError(f"cannot be written ({error.strerror})", place=place, remedy="check its folder") from None


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Keep other programs of ours from replacing a file of a folder meanwhile, by a lock that ends with the program.

    Whoever cannot have it, as on Windows or where another program keeps the folder locked, goes on without: all that
    is left to chance then is what somebody writes between the comparison and the renaming.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        for _ in range(_TURNS):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(_BETWEEN_TURNS)
            except OSError:  # a file system without such locks
                break
        yield
    finally:
        os.close(handle)
