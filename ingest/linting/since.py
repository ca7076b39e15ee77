"""Only what changed since a revision: the findings that were not there then, and what became of the evidence.

Both states are audited in the same way, each with its own bibliographies, lock and reviews, and under today's
configuration: what differs then comes from the articles and their evidence. So a finding that merely moved is not
told, whatever was done to the lines around it.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ingest import corpus, files
from ingest.git import commit_of, extract
from ingest.linting.checking import Digests, Failed, Found, content
from ingest.linting.given import LARGEST, LOCK, REVIEWS, Given
from ingest.naming import BIBLIOGRAPHIES, FORMATS
from ingest.patterns import remembered
from ingest.read import load
from kb.errors import KnowledgeBaseError
from kb.linting.outcome import Checked, Moved, Outcome
from kb.model import Record
from kb.questions.states import State, state_of

if TYPE_CHECKING:
    from ingest.linting.desk import Desk


class _Both(Record, frozen=True, kw_only=True):
    """An article now, and how it and its former state stand; ``before`` is empty where there was none."""

    checked: Checked
    now: State
    before: State


class Since(NamedTuple):
    """What was found, with what is not new left out, and what the change did to the evidence."""

    found: Found
    changes: tuple[Moved, ...]


def since(revision: str, articles: Sequence[tuple[str, Path]], given: Given, processes: int) -> Since:
    """Check the articles that changed since a revision, or whose evidence did.

    Raises
    ------
    UsageError
        There is no such revision, or its lock or reviews are not to be read.
    """
    commit = commit_of(given.project, revision)
    with tempfile.TemporaryDirectory(prefix="kb-since-") as name, remembered():
        folder = Path(name)
        extract(given.project, commit, _wanted, folder)
        former = given._replace(
            project=folder,
            bibliographies=tuple(_there(file, given.project, folder) for file in given.bibliographies),
            lock=files.content(folder, LOCK, LARGEST),
            reviews=files.content(folder, REVIEWS, LARGEST),
        )
        digests = Digests(given), Digests(former)
        changed = [one for one in articles if _changed(*one, folder, *digests)]
        return _compared(changed, given, former, processes)


def _wanted(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() in FORMATS.keys() | BIBLIOGRAPHIES or path.name in (LOCK, REVIEWS)


def _there(file: Path, project: Path, folder: Path) -> Path:
    """Where a file of the project is among those of the revision; one from elsewhere is the same for both."""
    real = file.resolve()
    return folder / real.relative_to(project.resolve()) if real.is_relative_to(project.resolve()) else file


def _changed(article: str, path: Path, folder: Path, digests: Digests, digests_then: Digests) -> bool:
    now, then = content(path), _content_then(folder, article)
    if now is None or then is None:
        return True
    return digests.of(article, path, now) != digests_then.of(article, folder / article, then)


def _content_then(folder: Path, article: str) -> bytes | None:
    """What an article held at the revision; None where it was not there, or lies outside the project."""
    return None if ".." in PurePosixPath(article).parts else content(folder / article)


def _compared(articles: Sequence[tuple[str, Path]], given: Given, former: Given, processes: int) -> Since:
    from ingest.linting.desk import Desk
    from kb.linting.moved import moved, without_lock
    from kb.lock import read as read_lock
    from kb.questions.diff import diff

    desk = Desk(given)
    try:
        before = Desk(former)
    except KnowledgeBaseError as error:
        raise type(error)(error.problem, place=f"{error.place} at that revision", remedy=error.remedy) from None

    def both(one: tuple[str, Path]) -> bytes | Failed:
        try:
            return msgspec.msgpack.encode(_both(*one, desk, before, former.project))
        except KnowledgeBaseError as error:
            return Failed(str(error), error.exit_code)

    done = dict(corpus.each(articles, both, processes))
    told = [done[one] for one in articles]
    pairs = [msgspec.msgpack.decode(one, type=_Both) for one in told if isinstance(one, bytes)]
    then, now = (_joined(states) for states in ([one.before for one in pairs], [one.now for one in pairs]))
    found = Found(tuple(one.checked for one in pairs), tuple(one for one in told if isinstance(one, Failed)))
    changes = moved(diff(then, now))
    if former.lock is not None and given.lock is None:
        changes = without_lock(changes, LOCK, len(read_lock(former.lock, LOCK).sources))
    return Since(found, changes)


def _both(article: str, path: Path, desk: Desk, before: Desk, folder: Path) -> _Both:
    reading, audit = desk.audit(load(path, article), article, path)
    checked = desk.lint(reading, audit)
    then = State(kind="audit", statements=(), works=())
    known = Counter[tuple[str, str]]()
    data = _content_then(folder, article)
    if data is not None:
        with suppress(KnowledgeBaseError):  # an article that could not be read then is as good as a new one
            reading, audited = before.audit(data, article, folder / article)
            then = state_of([audited])
            known = Counter(map(_key, before.lint(reading, audited).outcomes))
    return _Both(checked=_without(checked, known), now=state_of([audit]), before=then)


def _without(checked: Checked, known: Counter[tuple[str, str]]) -> Checked:
    """The article without the findings that were there before, each as often as it was."""
    left = known.copy()
    new = []
    for outcome in checked.outcomes:
        key = _key(outcome)
        if left[key]:
            left[key] -= 1
        else:
            new.append(outcome)
    return msgspec.structs.replace(checked, outcomes=tuple(new))


def _key(outcome: Outcome) -> tuple[str, str]:
    return outcome.finding.rule, outcome.finding.fingerprint


def _joined(states: Sequence[State]) -> State:
    works = {work.id: work for state in states for work in state.works}
    return State(
        kind="audit",
        as_of=max((state.as_of for state in states), default=""),
        statements=tuple(one for state in states for one in state.statements),
        works=tuple(works[name] for name in sorted(works)),
    )
