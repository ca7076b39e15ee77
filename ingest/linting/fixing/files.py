"""The files of a run while they are mended: their content so far, what was done in each, and what was left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from ingest.files import replace
from ingest.linting.checking import Failed
from ingest.linting.fixing.records import Told
from ingest.linting.fixing.showing import diff
from kb.errors import KnowledgeBaseError


class File(NamedTuple):
    """A file before and after, what was done in it, and the files that have to be written before it."""

    name: str
    former: bytes
    data: bytes
    done: tuple[Told, ...] = ()
    needs: frozenset[Path] = frozenset()


class Files:
    """The files of a run by their paths; nothing is written before ``write``."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._files: dict[Path, File] = {}

    def now(self, path: Path) -> bytes | None:
        """The content of a file that was changed so far."""
        file = self._files.get(path)
        return file.data if file else None

    def change(
        self, path: Path, name: str, former: bytes, data: bytes, done: Iterable[Told], needs: Iterable[Path] = ()
    ) -> None:
        """Take down the new content of a file; ``former`` is what it holds as far as this run knows."""
        before = self._files.get(path, File(name, former, former))
        self._files[path] = before._replace(data=data, done=(*before.done, *done), needs=before.needs | set(needs))

    def changed(self) -> Mapping[Path, File]:
        """The files whose content is another one now, those that others need first."""
        files = {path: file for path, file in self._files.items() if file.data != file.former}
        return dict(sorted(files.items(), key=lambda one: (bool(one[1].needs), one[1].name)))

    def diff(self) -> str:
        """All changes as one unified diff."""
        return "\n".join(diff(file.name, file.former, file.data) for file in self.changed().values())

    def write(self) -> tuple[list[File], list[Failed]]:
        """Write what changed; the files that were written, and why others were not."""
        written: list[File] = []
        failed: list[Failed] = []
        unwritten: set[Path] = set()
        for path, file in self.changed().items():
            try:
                if not file.needs.isdisjoint(unwritten):
                    unwritten.add(path)
                    continue
                replace(path, file.data, former=file.former, project=self._project)
                written.append(file)
            except KnowledgeBaseError as error:
                unwritten.add(path)
                failed.append(Failed(str(error), error.exit_code))
        return written, failed
