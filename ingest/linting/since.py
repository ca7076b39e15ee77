"""Only what changed since a revision: the findings that were not there then, and what became of the evidence.

Both states are audited in the same way, each with its own bibliographies, lock and reviews, and under today's
configuration: what differs then comes from the articles and their evidence. So a finding that merely moved is not
told, whatever was done to the lines around it, nor is one whose article was renamed or moved.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ingest import corpus, files
from ingest.git import commit_of, extract, renamed
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


class _Pair(NamedTuple):
    """An article by its id and its file, and where the file that it was at the revision would be.

    ``then`` is None for an article outside the project, of which nothing is known at the revision.
    """

    article: str
    path: Path
    then: Path | None


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
    given = _anchored(given)
    with tempfile.TemporaryDirectory(prefix="kb-since-") as name, remembered():
        folder = Path(name)
        names = extract(given.project, commit, _wanted, folder)
        libraries = [(inside, file) for file in given.bibliographies if (inside := _inside(file, given.project))]
        moves = _moves([*articles, *libraries], given.project, commit, names, folder)
        former = given._replace(
            project=folder,
            bibliographies=tuple(_there(file, given.project, folder, moves) for file in given.bibliographies),
            lock=files.content(folder, LOCK, LARGEST),
            reviews=files.content(folder, REVIEWS, LARGEST),
        )
        digests = Digests(given), Digests(former)
        pairs = [_Pair(name, path, _former(moves.get(name, name), folder)) for name, path in articles]
        return _compared([pair for pair in pairs if _changed(pair, *digests)], given, former, processes)


def _anchored(given: Given) -> Given:
    """The same with the knowledge base by its whole path: it is today's for both states, and not in git."""
    if given.knowledge_base is None:
        return given
    whole = os.fspath(given.knowledge_base.absolute())
    linting = msgspec.structs.replace(given.settings.linting, knowledge_base=whole)
    return given._replace(settings=msgspec.structs.replace(given.settings, linting=linting))


def _wanted(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() in FORMATS.keys() | BIBLIOGRAPHIES or path.name in (LOCK, REVIEWS)


def _inside(file: Path, project: Path) -> str | None:
    """The name of a file in the project; None for one from elsewhere."""
    real, root = file.resolve(), project.resolve()
    return real.relative_to(root).as_posix() if real.is_relative_to(root) else None


def _moves(
    now: Sequence[tuple[str, Path]], project: Path, commit: str, names: AbstractSet[str], folder: Path
) -> dict[str, str]:
    """What files were called at the revision, for those that were renamed or moved since.

    Of files that git does not know yet, those count whose content is that of one that is there no more.
    """
    told = renamed(project, commit, FORMATS.keys() | BIBLIOGRAPHIES)
    moves = {new: old for new, old in told.items() if old in names}
    new = [(name, path) for name, path in now if name not in names and name not in moves]
    left = [name for name in sorted(names - set(moves.values())) if not files.is_there(project, name)]
    by_content = {content(folder / name): name for name in left} if new else {}
    for name, path in new:
        if (data := content(path)) is not None and (old := by_content.pop(data, None)) is not None:
            moves[name] = old
    return moves


def _there(file: Path, project: Path, folder: Path, moves: Mapping[str, str]) -> Path:
    """Where a file of the project is among those of the revision; one from elsewhere is the same for both."""
    name = _inside(file, project)
    return file if name is None else folder / moves.get(name, name)


def _former(name: str, folder: Path) -> Path | None:
    return None if ".." in PurePosixPath(name).parts else folder / name


def _changed(pair: _Pair, digests: Digests, digests_then: Digests) -> bool:
    now, then = content(pair.path), content(pair.then) if pair.then else None
    if now is None or pair.then is None or then is None:
        return True
    return digests.of(pair.article, pair.path, now) != digests_then.of(pair.article, pair.then, then)


def _compared(articles: Sequence[_Pair], given: Given, former: Given, processes: int) -> Since:
    from ingest.linting.desk import Desk
    from kb.linting.moved import moved, without_lock
    from kb.lock import read as read_lock
    from kb.questions.diff import diff

    desk = Desk(given)
    try:
        before = Desk(former)
    except KnowledgeBaseError as error:
        raise type(error)(error.problem, place=f"{error.place} at that revision", remedy=error.remedy) from None

    def both(one: _Pair) -> bytes | Failed:
        try:
            return msgspec.msgpack.encode(_both(one, desk, before))
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


def _both(pair: _Pair, desk: Desk, before: Desk) -> _Both:
    reading, audit = desk.audit(load(pair.path, pair.article), pair.article, pair.path)
    checked = desk.lint(reading, audit)
    then = State(kind="audit", statements=(), works=())
    known = Counter[tuple[str, str]]()
    data = content(pair.then) if pair.then else None
    if data is not None:
        with suppress(KnowledgeBaseError):  # an article that could not be read then is as good as a new one
            # Under its present name, which what is told of it carries, and beside its former bibliographies.
            reading, audited = before.audit(data, pair.article, pair.then)
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
