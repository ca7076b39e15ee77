"""Many articles through the linter: what is remembered and still good is taken, the rest is found out anew."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
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
from kb.linting.outcome import Checked
from kb.store.results import Row

if TYPE_CHECKING:
    from ingest.linting.desk import Desk

_DECODER = msgspec.msgpack.Decoder(Checked)
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
    """A result as it travels between processes: encoded, or the reason why there is none."""

    found: bytes = b""
    named: str = "[]"
    digest: bytes | None = None
    failed: Failed | None = None


class Found(NamedTuple):
    """What a run came to, in the order of the articles given."""

    checked: tuple[Checked, ...]
    failed: tuple[Failed, ...]
    remembered: int
    """How many results were taken as they were remembered."""


def check(articles: Sequence[tuple[str, Path]], given: Given, memory: Memory, processes: int) -> Found:
    """Check articles, each an id and its file.

    Parameters
    ----------
    memory
        Where results are remembered.
    processes
        How many may work at once, at least 1.

    Raises
    ------
    KnowledgeBaseError
        Nothing can be checked: the lock, the reviews or the configuration is not to be read. What is wrong with a
        single article is among ``failed`` instead.
    """
    run = digest_of_run(given)
    jobs = [_job(article, path, run) for article, path in articles]
    told: dict[str, Checked | Failed] = dict(_still_good(jobs, memory))
    remembered = len(told)
    rows: list[Row] = []
    try:
        for job, one in _made([job for job in jobs if job.article not in told], given, run, processes):
            told[job.article] = one.failed or _DECODER.decode(one.found)
            if one.digest:
                rows.append(Row(job.article, one.digest, one.named, one.found))
    finally:  # also where the user interrupts: what was found out by then is kept
        memory.keep(rows, given.project)
    ordered = [told[job.article] for job in jobs]
    return Found(
        checked=tuple(one for one in ordered if isinstance(one, Checked)),
        failed=tuple(one for one in ordered if isinstance(one, Failed)),
        remembered=remembered,
    )


def digest_of_run(given: Given) -> bytes:
    """Of what all articles of a run share."""
    files = [(LOCK, given.lock), (REVIEWS, given.reviews)]
    files += [(os.path.relpath(file, given.project), content(file)) for file in given.bibliographies]
    if base := given.knowledge_base:
        files += [(path.name, stamps.of_stat(path)) for path in (base, base.with_name(f"{base.name}-wal"))]
    return stamps.of_run(given.settings, files)


def _job(article: str, path: Path, run: bytes) -> Job:
    data = content(path)
    return Job(article, path, None if data is None else digest(article, path, data, run), len(data or b""))


def digest(article: str, path: Path, data: bytes, run: bytes) -> bytes:
    """Of all that the result of an article rests on, but for the bibliographies that it names itself."""
    beside = stamps.of_folder(path.resolve().parent)
    return stamps.of_bytes(run, article.encode("utf-8", "replace"), path.suffix.encode(), beside, data)


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
            return Found((), (Failed(str(error), error.exit_code),), 0)
        return Found((checked,), (), 0)


def _still_good(jobs: Sequence[Job], memory: Memory) -> Iterator[tuple[str, Checked]]:
    rows = memory.rows([job.article for job in jobs if job.digest])
    for job in jobs:
        if job.article in rows:
            row, checked = rows[job.article]
            if row.digest == job.digest and stamps.still_named(job.path.resolve().parent, row.named):
                yield job.article, checked


def _made(jobs: Sequence[Job], given: Given, run: bytes, processes: int) -> Iterator[tuple[Job, Made]]:
    """The results of jobs as they are found out, in no order; the longest articles are begun first."""
    if not jobs:
        return
    with remembered():
        from ingest.linting.desk import Desk

        desk = Desk(given)
        largest_first = sorted(jobs, key=lambda job: -job.size)
        yield from corpus.each(largest_first, lambda job: _make(job, desk, run), processes)


def _make(job: Job, desk: Desk, run: bytes) -> Made:
    from ingest.read import load

    try:
        data = load(job.path, job.article)
        reading, checked = desk.check(data, job.article, job.path)
    except KnowledgeBaseError as error:
        return Made(failed=Failed(str(error), error.exit_code))
    named = stamps.of_named(job.path.resolve().parent, reading.article.bibliographies)
    # Of what was read now: the file may have changed since the job was made.
    rests_on = digest(job.article, job.path, data, run)
    return Made(found=msgspec.msgpack.encode(checked), named=named, digest=rests_on)
