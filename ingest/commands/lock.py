"""``kb lock``: write what is known about the evidence into a file fit for git, and say what changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from ingest.commands.articles import Named, named
from ingest.commands.judges import judge_of, judge_options
from ingest.commands.options import answers, as_of_option, bibliography_option, offline_option, warn
from ingest.commands.progress import shown
from ingest.config import find_project, read_settings
from ingest.files import content, replace
from kb.errors import UsageError
from kb.language.counting import count
from kb.model import Audit, Record
from kb.report.check.wording import path_of
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.lock import Lock
    from kb.strength.support import Judge


class _Run(Record, frozen=True, kw_only=True):
    """One run of the command; ``articles`` are files by the id of the article."""

    settings: Settings
    bibliographies: tuple[Path, ...]
    articles: Mapping[str, Path]


@click.command("lock")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@click.option("--upgrade", is_flag=True, help="Ask again about everything that is locked.")
@click.option("--check", "checking", is_flag=True, help="Write nothing; exit 1 where the lock does not fit.")
@offline_option
@bibliography_option
@as_of_option
@judge_options
def command(
    articles: Sequence[str],
    upgrade: bool,
    checking: bool,
    offline: bool | None,
    bibliography: Sequence[str],
    as_of: str | None,
    judging: Mapping[str, str | None],
) -> None:
    """Write what is known about the evidence into evidence.lock.json.

    Without an ARTICLE all articles of the lock are locked again. What is locked stays as it is, and registries are
    asked only where something is missing; --upgrade asks about everything and prints what changed and which statements
    that touches. Where a registry does not answer, what was locked stays. The lock holds no text of any source.
    """
    from kb.lock import EMPTY, FILE, LARGEST, to_json, without

    if upgrade and checking:
        raise UsageError("--upgrade and --check exclude each other", remedy="check first, then upgrade")
    project = find_project(Path.cwd())
    settings = read_settings(project, offline=offline, as_of=as_of, **judging)
    before = content(project, FILE, LARGEST)
    former = read_lock(project) if checking or before is not None else EMPTY
    named, gone = _articles(articles, former, project)
    bibliographies = (*map(Path, bibliography), *(project / name for name in settings.bibliography))
    run = _Run(settings=settings, bibliographies=bibliographies, articles=named)
    if checking:
        sys.exit(_check(run, former, gone))
    for name in gone:
        warn(f"{name} is gone, so it leaves the lock")
    made = _locked(run, without(former, frozenset(gone)), upgrade=upgrade)
    text = to_json(made).encode()
    if text != before:
        replace(Path(os.path.relpath(project / FILE)), text, former=before, project=project)
    _print((_summary(made, "unchanged" if text == before else "written"),))


def read_lock(project: Path) -> Lock:
    """The lock of a project.

    Raises
    ------
    UsageError
        There is none, or it is not to be read as one.
    """
    from kb.lock import FILE, LARGEST, read

    data = content(project, FILE, LARGEST)
    if data is None:
        raise UsageError("there is no such file", place=FILE, remedy="write it with `kb lock ARTICLE...`")
    return read(data, FILE)


def _articles(given: Sequence[str], lock: Lock, project: Path) -> tuple[dict[str, Path], tuple[str, ...]]:
    """The files to lock by the id of the article, and the articles of the lock that are there no more."""
    from kb.lock import FILE

    if given:
        articles, wrong = named(given, project)
        if wrong:
            raise wrong[0]
        return {one.id: _file(one) for one in articles}, ()
    if not lock.articles:
        raise UsageError("no article is locked yet", place=FILE, remedy="name some: `kb lock ARTICLE...`")
    files = {name: project / name for name in lock.articles}
    for name, file in files.items():
        if not file.resolve().is_relative_to(project.resolve()):  # the lock may come from anywhere
            raise UsageError(f"names an article outside the project ({name})", place=FILE, remedy="name the articles")
    there = {name: file for name, file in files.items() if file.exists()}
    return there, tuple(name for name in files if name not in there)


def _file(article: Named) -> Path:
    if article.file is None:
        raise UsageError("is a page, and only files are locked", place=article.id, remedy="save it and give the file")
    return article.file


def _check(run: _Run, lock: Lock, gone: Sequence[str]) -> int:
    """The exit code, after printing where the lock does not fit."""
    from kb.lock import FILE, misfits

    wrong = [f"{name}: is gone, and the lock holds it still" for name in gone]
    wrong += misfits(lock, _frozen(run, lock))
    _print(wrong or [f"{FILE} fits {count(len(run.articles), 'article')}"])
    return 1 if wrong else 0


def _locked(run: _Run, former: Lock, *, upgrade: bool) -> Lock:
    """The new lock; what changed is printed. Registries are asked only where something is missing, or to upgrade."""
    from kb.lock import changes, complete, lock_of

    audits = _frozen(run, former)
    keep = frozenset() if upgrade else complete(former, audits)
    if any(source.id not in keep for audit in audits for source in audit.sources):
        audits = _asked(run, anew=upgrade)
        for note in dict.fromkeys(note for audit in audits for note in audit.notes):
            warn(note)
    made = lock_of(audits, former, keep)
    _print(changes(former, made, audits))
    return made


def _frozen(run: _Run, lock: Lock) -> list[Audit]:
    """The audits of all articles out of a lock alone."""
    from ingest.pipeline import audit_file

    return [
        audit_file(file, name, run.settings, bibliographies=run.bibliographies, lock=lock)
        for name, file in run.articles.items()
    ]


def _asked(run: _Run, *, anew: bool) -> list[Audit]:
    """The audits of all articles, with the registries; all share one client and what is remembered."""
    from ingest.pipeline import Means, audit_file
    from ingest.resolve import resolve
    from ingest.resolve.desk import client

    settings = msgspec.structs.replace(run.settings, anew=anew)

    def audits(chosen: Settings, means: Means) -> list[Audit]:
        return [audit_file(file, name, chosen, **means) for name, file in run.articles.items()]

    def trial(chosen: Settings, judge: Judge) -> None:
        audits(chosen, Means(bibliographies=run.bibliographies, judge=judge))

    with answers(settings) or nullcontext() as cache, shown() as tell:
        judge = judge_of(settings, cache, tell, trial)
        resolver = partial(resolve, http=client(settings, cache), cache=cache)
        return audits(settings, Means(bibliographies=run.bibliographies, progress=tell, resolver=resolver, judge=judge))


def _summary(lock: Lock, what: str) -> str:
    from kb.lock import FILE

    lines = sum(len(of_statement) for of_article in lock.evidence.values() for of_statement in of_article.values())
    holds = f"{count(len(lock.sources), 'source')} and {count(lines, 'line')} of evidence"
    return f"{FILE} {what}: {holds} in {count(len(lock.articles), 'article')}"


def _print(lines: Sequence[str]) -> None:
    for line in lines:
        click.echo(path_of(line))
