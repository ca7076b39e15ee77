"""Results that are remembered, as a run uses them: never in its way, whatever is wrong with the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from ingest.files import is_there
from kb.errors import DamagedError, StoreError
from kb.store.results import Results, Row, throw_away

Value = TypeVar("Value")


class Memory:
    """The results in a file; without a path, and once something is wrong with the file, it remembers nothing.

    Parameters
    ----------
    warn
        Is told, in one line and once, what is wrong.
    """

    def __init__(self, path: Path | None, warn: Callable[[str], None]) -> None:
        self._path, self._warn = path, warn
        self._results: Results | None = None
        if path is not None:
            self._results = self._attempt(lambda: Results.open(path), None)

    def __enter__(self) -> Memory:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._results:
            self._results.close()

    def rows(self, articles: Sequence[str], *, whole: bool) -> Mapping[str, Row]:
        """What is remembered of these articles, good or not any more; whole or in brief."""
        results = self._results
        nothing: dict[str, Row] = {}
        return self._attempt(lambda: results.of(articles, whole=whole), nothing) if results else nothing

    def keep(self, rows: Iterable[Row], project: Path) -> None:
        """Keep new results, and forget those of articles that are gone from the project."""
        results, new = self._results, tuple(rows)
        if results and new:
            nothing: tuple[str, ...] = ()
            gone = [name for name in self._attempt(results.articles, nothing) if not is_there(project, name)]
            self._attempt(lambda: results.keep(new, gone), None)

    def _attempt(self, work: Callable[[], Value], otherwise: Value) -> Value:
        if self._path is None:
            return otherwise
        try:
            return work()
        except StoreError as error:
            if isinstance(error, DamagedError) and self._results:
                self._results.close()
                throw_away(self._path)
            else:
                self._warn(f"{error} (nothing is remembered in this run)")
            self._path = self._results = None
            return otherwise
