"""Many articles through the linter: what is remembered and still good is taken, the rest is found out anew."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ingest import corpus
from ingest.linting import stamps
from ingest.linting.given import LOCK, REVIEWS, Given
from ingest.linting.memory import Memory
from ingest.naming import relative_id
from ingest.patterns import remembered
from kb.errors import ArticleError, KnowledgeBaseError
from kb.linting.outcome import Brief, Checked
from kb.store.results import Row

if TYPE_CHECKING:
    from ingest.linting.desk import Desk

_CHECKED, _BRIEF = msgspec.msgpack.Decoder(Checked), msgspec.msgpack.Decoder(Brief)
_LARGEST = 20_000_000
"""Bytes of a file that is looked into here; what is longer is refused when it is read."""


class Job(NamedTuple):
    """An article to check, by its id and its file; ``digest`` is of all that its result rests on, None where its file
    cannot be read.
    """

    article: str
    path: Path
    digest: bytes | None
    size: int


class Failed(NamedTuple):
    """Why an article could not be checked, in one line, and the exit code that this calls for."""

    line: str
    exit_code: int


class Made(NamedTuple):
    """A result as it travels between processes and into the memory, encoded; where it failed, in brief alone."""

    brief: bytes
    found: bytes = b""
    named: str = "[]"
    digest: bytes | None = None


class Found(NamedTuple):
    """What a run came to, in the order of the articles given."""

    checked: tuple[Checked, ...]
    failed: tuple[Failed, ...]
    briefs: tuple[Brief, ...] = ()
    """In place of ``checked``, where that is all that was asked for; with those that failed."""


def check(
    articles: Sequence[tuple[str, Path]], given: Given, memory: Memory, processes: int, *, whole: bool = True
) -> Found:
    """Check articles, each an id and its file.

    Parameters
    ----------
    memory
        Where results are remembered.
    processes
        How many may work at once, at least 1.
    whole
        Whether the findings are wanted, and not only what is printed of them.

    Raises
    ------
    KnowledgeBaseError
        Nothing can be checked: the lock, the reviews or the configuration is not to be read. What is wrong with a
        single article is among ``failed`` instead.
    """
    digests = Digests(given)
    jobs = [_job(article, path, digests) for article, path in articles]
    known = dict(_still_good(jobs, memory, whole=whole))
    made: dict[str, Made] = {}
    try:
        for job, one in _made([job for job in jobs if job.article not in known], given, digests, processes):
            made[job.article] = one
    finally:  # also where the user interrupts: what was found out by then is kept
        rows = (Row(name, one.digest, one.named, one.brief, one.found) for name, one in made.items() if one.digest)
        memory.keep(rows, given.project)
    told = [known.get(job.article) or _decoded(made[job.article], whole=whole) for job in jobs]
    return Found(
        checked=tuple(checked for _, checked in told if checked),
        failed=tuple(Failed(*brief.failed) for brief, _ in told if brief.failed),
        briefs=() if whole else tuple(brief for brief, _ in told),
    )


def _decoded(one: Made | Row, *, whole: bool) -> tuple[Brief, Checked | None]:
    """A result in brief and, where it is wanted and there is one, whole."""
    return _BRIEF.decode(one.brief), _CHECKED.decode(one.found) if whole and one.found else None


class Digests:
    """Digests of all that the results of one run rest on. A folder is looked at once: a run that follows, as on what
    was mended, needs its own.
    """

    def __init__(self, given: Given) -> None:
        files = [(LOCK, given.lock), (REVIEWS, given.reviews)]
        files += [(os.path.relpath(file, given.project), content(file)) for file in given.bibliographies]
        if base := given.knowledge_base:
            files += [(path.name, stamps.of_stat(path)) for path in (base, base.with_name(f"{base.name}-wal"))]
        self._run = stamps.of_run(given.settings, files)
        self._beside = cache(stamps.of_folder)

    def of(self, article: str, path: Path, data: bytes) -> bytes:
        """Of one article, its file and its content, but for the bibliographies that it names itself."""
        beside = self._beside(path.resolve().parent)
        return stamps.of_bytes(self._run, article.encode("utf-8", "replace"), path.suffix.encode(), beside, data)


def _job(article: str, path: Path, digests: Digests) -> Job:
    data = content(path)
    return Job(article, path, None if data is None else digests.of(article, path, data), len(data or b""))


def content(path: Path) -> bytes | None:
    """The content of a regular file that is not too large, else None.

    A pipe would be waited for, and a device has no end.
    """
    with suppress(OSError, ValueError):
        found = path.stat()
        if stat.S_ISREG(found.st_mode) and found.st_size <= _LARGEST:
            return path.read_bytes()
    return None


def check_one(name: str, data: bytes, given: Given) -> Found:
    """Check an article from memory, as an editor holds it; ``name`` is its path, beside which bibliographies lie."""
    with remembered():
        from ingest.linting.desk import Desk

        article = relative_id(Path(name), given.project)
        try:
            _, checked = Desk(given).check(data, article, Path(name))
        except ArticleError as error:
            return Found((), (Failed(str(error), error.exit_code),))
        return Found((checked,), ())


def _still_good(
    jobs: Sequence[Job], memory: Memory, *, whole: bool
) -> Iterator[tuple[str, tuple[Brief, Checked | None]]]:
    rows = memory.rows([job.article for job in jobs if job.digest], whole=whole)
    for job in jobs:
        row = rows.get(job.article)
        with suppress(msgspec.DecodeError, UnicodeDecodeError):  # damage that SQLite cannot see
            if row and row.digest == job.digest and stamps.still_named(job.path.parent.resolve(), row.named):
                yield job.article, _decoded(row, whole=whole)


def _made(jobs: Sequence[Job], given: Given, digests: Digests, processes: int) -> Iterator[tuple[Job, Made]]:
    """The results of jobs as they are found out, in no order; the longest articles are begun first."""
    if not jobs:
        return
    with remembered():
        from ingest.linting.desk import Desk

        desk = Desk(given)
        largest_first = sorted(jobs, key=lambda job: -job.size)
        yield from corpus.each(largest_first, lambda job: _make(job, desk, digests), processes)


def _make(job: Job, desk: Desk, digests: Digests) -> Made:
    from ingest.read import load
    from kb.report.check.text import brief

    data = b""
    try:
        data = load(job.path, job.article)
        reading, checked = desk.check(data, job.article, job.path)
    except KnowledgeBaseError as error:
        told = Brief(article=job.article, failed=(str(error), error.exit_code))
        kept = digests.of(job.article, job.path, data) if isinstance(error, ArticleError) and data else None
        return Made(brief=msgspec.msgpack.encode(told), digest=kept)
    # Of what was read now: the file may have changed since the job was made.
    return Made(
        brief=msgspec.msgpack.encode(brief(checked)),
        found=msgspec.msgpack.encode(checked),
        named=stamps.of_named(job.path.resolve().parent, reading.article.bibliographies),
        digest=digests.of(job.article, job.path, data),
    )
