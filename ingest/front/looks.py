"""How everything stood when it was first looked at on former days, in the project's ``.kb``.

A few days are kept, in files that only their owner can read: they hold the words of articles. What cannot be read or
written is as if it was not there, since the knowledge base itself lacks nothing.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path

import msgspec

from kb.questions.states import State
from kb.settings import is_day
from kb.store.file import make_folder

FOLDER = Path(".kb") / "states"
MOST = 10
"""Days that are kept."""
LARGEST = 50_000_000
"""Bytes of a state that are read."""


class FrontLooks:
    """`kb.view.work.Looks`, of one knowledge base of a project.

    Parameters
    ----------
    name
        The knowledge base, as it is shown.
    project
        The folder of the project.
    """

    def __init__(self, name: str, project: Path) -> None:
        self._folder = project / FOLDER
        self._begins = f"{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:12]}-"

    def days(self) -> tuple[str, ...]:
        """The days of which a state is kept, the latest first."""
        found = (file.name.removeprefix(self._begins).removesuffix(".json.gz") for file in self._files())
        return tuple(sorted(filter(is_day, found), reverse=True))

    def state(self, day: str) -> State | None:
        """How everything stood on one of these days; None where that cannot be read (any more)."""
        if not is_day(day):
            return None
        try:
            with gzip.open(self._file(day)) as file:
                data = file.read(LARGEST + 1)
            return msgspec.json.decode(data, type=State) if len(data) <= LARGEST else None
        except (OSError, EOFError, zlib.error, msgspec.DecodeError, UnicodeDecodeError):
            return None

    def keep(self, day: str, state: State) -> bool:
        """Keep how everything stands, unless that is kept of this day already; whether it is kept."""
        if not is_day(day):
            return False
        with suppress(OSError):
            make_folder(self._folder.parent)
            self._folder.mkdir(mode=0o700, exist_ok=True)
            if not self._file(day).exists():
                self._write(day, gzip.compress(msgspec.json.encode(state), 6, mtime=0))
            self._forget()
        return day in self.days()

    def _write(self, day: str, data: bytes) -> None:
        handle, name = tempfile.mkstemp(prefix=".new-", dir=self._folder)  # readable by its owner alone
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(self._file(day))
        finally:
            with suppress(FileNotFoundError):
                Path(name).unlink()

    def _forget(self) -> None:
        for day in self.days()[MOST:]:
            self._file(day).unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        with suppress(OSError):
            return [file for file in self._folder.iterdir() if file.name.startswith(self._begins)]
        return []

    def _file(self, day: str) -> Path:
        return self._folder / f"{self._begins}{day}.json.gz"
