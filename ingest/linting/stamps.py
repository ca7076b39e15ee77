"""Whether a result is still good: digests of all that it was made from.

What a result rests on is the article, the bibliographies that count for it, the configuration, the lock, people's
words, the date and the program. Files are taken by their content, so that a fresh checkout finds its results good; only
in a folder of many bibliographies or data files size and time of change must do.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from ingest.naming import BIBLIOGRAPHIES, FORMATS
from kb import VERSION
from kb.settings import Settings

FORM = 1
"""Of a result; raised where the same input gives another one although the program's version is the same."""
_FEW = 20
"""Bibliographies of a folder that are read to tell whether they changed."""
_LARGEST = 20_000_000
_ABSENT = "absent"


def of_bytes(*parts: bytes) -> bytes:
    """One digest of several texts, each told from the next."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


def of_run(settings: Settings, files: Sequence[tuple[str, bytes | None]]) -> bytes:
    """Of what all articles of a run share: the program, the settings, and files such as the lock by name and content.

    Left out of ``settings`` is what changes no result: which articles are read, what of their findings is known of old,
    and which of them fail a run.
    """
    linting = msgspec.structs.replace(settings.linting, articles=(), exclude=(), baseline="", fail_on="info")
    told = msgspec.structs.replace(
        settings, cache="", reviewer="", mailto="", ncbi_key="", openalex_key="", linting=linting
    )
    contents = [part for name, data in files for part in (name.encode("utf-8", "replace"), data or b"", _flag(data))]
    return of_bytes(VERSION.encode(), str(FORM).encode(), _program(), msgspec.json.encode(told), *contents)


def _flag(data: bytes | None) -> bytes:
    return b"none" if data is None else b"some"


@functools.cache
def _program() -> bytes:
    """Of the program's own files, for those who change it: its version stays the same meanwhile."""
    import ingest
    import kb

    rows: list[bytes] = []
    for package in (kb, ingest):
        for root in package.__path__:
            for folder, _, names in os.walk(root):
                for name in names:
                    if name.endswith((".py", ".json")):
                        found = os.stat(f"{folder}/{name}")  # noqa: PTH116 - hundreds of files, and Path is slow
                        rows.append(f"{name} {found.st_size} {found.st_mtime_ns}".encode())
    return of_bytes(*sorted(rows))


def of_folder(folder: Path) -> bytes:
    """Of what lies beside an article: which articles and bibliographies there are, and what the latter hold."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return b""
    articles = [one.name for one in entries if _suffix(one.name) in FORMATS]
    bibliographies = [one for one in entries if _suffix(one.name) in BIBLIOGRAPHIES]
    few = len(bibliographies) <= _FEW
    stamps = [_content(one).encode() if few else of_stat(one) for one in bibliographies]
    names = [one.name for one in bibliographies]
    return of_bytes(*(part.encode("utf-8", "replace") for part in (*articles, "|", *names, "|")), *stamps)


def of_named(folder: Path, names: Sequence[str]) -> str:
    """Of the bibliographies that an article itself names, with their names."""
    rows = [(name, _content(folder / name)) for name in names]
    return msgspec.json.encode(rows).decode()


def still_named(folder: Path, told: str) -> bool:
    """Whether the bibliographies that an article named are still what they were; see `of_named`."""
    if told == "[]":
        return True
    rows = msgspec.json.decode(told, type=list[tuple[str, str]])
    return of_named(folder, [name for name, _ in rows]) == told


def of_stat(entry: os.DirEntry[str] | Path) -> bytes:
    """Of a file as far as the file system tells of it, where its content would take too long to read.

    A file that is not there is the same as one that holds nothing: a log of SQLite comes and goes.
    """
    try:
        found = entry.stat()
    except OSError:
        return _ABSENT.encode()
    return f"{found.st_size} {found.st_mtime_ns}".encode() if found.st_size else _ABSENT.encode()


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 - hundreds of files, and Path is slow


@functools.cache
def _digest(path: str, size: int, changed: int) -> str:
    with open(path, "rb") as file:  # noqa: PTH123 - as above
        return of_bytes(file.read(_LARGEST + 1)).hex()


def _content(entry: os.DirEntry[str] | Path) -> str:
    """Of the content of a file; one that is not there, or is no file, is the same as any other such."""
    try:
        found = entry.stat()
        regular = entry.is_file()
        return _digest(os.fspath(entry), found.st_size, found.st_mtime_ns) if regular else _ABSENT
    except (OSError, ValueError):
        return _ABSENT
