"""Compiled regular expressions, remembered between runs.

The words that this program knows make about 1,200 patterns, and Python takes most of a second to compile them anew in
every process: longer than many an article takes. What compiling makes of a pattern is a list of numbers that depends on
the version of Python alone, so it is kept in the user's cache folder (never in a project, which may be a stranger's),
and handed to the engine, which looks it over again, as it was.

This leans on inner parts of Python's ``re``. Where they are not as expected, or the file is not, patterns are compiled
as ever; a file is never a reason to stop.
"""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from ingest.caches import cache_folder

_Key: TypeAlias = tuple[str, int]
_Made: TypeAlias = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, code, groups, their numbers by name and their names by number, as the engine takes them."""
_CODING = ("utf-8", "surrogatepass")
"""Of patterns in the file: some name half characters."""
_LARGEST = 50_000_000
_MOST = 5_000
"""Patterns that are kept, so that the file stays small whatever is compiled."""


class _Memory:
    """Stands in for the compiler of ``re``, and asks it for what it does not know."""

    def __init__(self, file: Path, inner: Any, parser: Any, engine: Any) -> None:
        self._file = file
        self._compiler, self._parser, self._engine = inner, parser, engine
        self._plain: Callable[[Any, int], Any] = inner.compile
        self._known: dict[_Key, _Made] = {}
        self._grown = False

    def compile(self, pattern: Any, flags: int = 0) -> Any:
        if not isinstance(pattern, str):
            return self._plain(pattern, flags)
        if (made := self._known.get((pattern, int(flags)))) is None:
            made = self._made(pattern, int(flags))
        flagged, code, groups, numbers, names = made
        return self._engine.compile(pattern, flagged, array("I", code).tolist(), groups, dict(numbers), tuple(names))

    def _made(self, pattern: str, flags: int) -> _Made:
        tree = self._parser.parse(pattern, flags)
        code = array("I", self._compiler._code(tree, flags))
        numbers = tree.state.groupdict
        names: list[str | None] = [None] * tree.state.groups
        for name, number in numbers.items():
            names[number] = name
        made = (flags | tree.state.flags, code.tobytes(), tree.state.groups - 1, numbers, tuple(names))
        if len(self._known) < _MOST and not self._is_class(tree):
            self._known[pattern, flags] = made
            self._grown = True
        return made

    def _is_class(self, tree: Any) -> bool:
        """Whether it is one class of characters: soon compiled, and libraries write some in another order each run."""
        return len(tree) == 1 and tree[0][0] is self._parser.IN

    def load(self) -> None:
        """Recall what the file holds; nothing where it is not there or not to be read."""
        with suppress(OSError, msgspec.DecodeError, UnicodeError):
            if self._file.stat().st_size <= _LARGEST:
                rows = msgspec.msgpack.decode(self._file.read_bytes(), type=list[tuple[bytes, int, _Made]])
                self._known = {(key.decode(*_CODING), flags): made for key, flags, made in rows[:_MOST]}

    def save(self) -> None:
        """Keep what was compiled, at once or not at all."""
        if not self._grown:
            return
        rows = [(pattern.encode(*_CODING), flags, made) for (pattern, flags), made in self._known.items()]
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._file.parent, prefix=self._file.name)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(msgspec.msgpack.encode(rows))
                Path(name).replace(self._file)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise


@contextmanager
def remembered(folder: Path | None = None) -> Iterator[None]:
    """Within it, patterns are compiled by recalling them, and in the end what is new is kept.

    Parameters
    ----------
    folder
        Where the file lies; the user's cache folder by default. ``KB_PATTERNS=none`` turns all of it off.
    """
    folder = folder or cache_folder()
    memory = _memory(folder) if folder else None
    if memory is None:
        yield
        return
    memory.load()
    inner, plain, process = memory._compiler, memory._plain, os.getpid()
    inner.compile = memory.compile
    try:
        yield
    finally:
        inner.compile = plain
        if os.getpid() == process:  # a worker was forked off in between, and its parent keeps them
            memory.save()


def _memory(folder: Path) -> _Memory | None:
    if sys.implementation.name != "cpython" or os.environ.get("KB_PATTERNS") == "none":
        return None
    try:
        inner, parser, engine = map(importlib.import_module, ("re._compiler", "re._parser", "_sre"))
        build = f"{sys.version_info[0]}.{sys.version_info[1]}.{sys.version_info[2]}-{engine.MAGIC}-{sys.byteorder}"
        assert array("I").itemsize == engine.CODESIZE
        memory = _Memory(folder / f"patterns-{build}", inner, parser, engine)
        made = memory._made("(?P<one>a)|b", 0)
        assert memory.compile("(?P<one>a)|b").match("a")["one"] == "a" and made[2] == 1
    except Exception:  # whatever is otherwise in this Python, `re` works without us
        return None
    memory._known, memory._grown = {}, False
    return memory
