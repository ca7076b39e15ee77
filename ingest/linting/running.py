"""A run of ``kb check``, from what the user asked to what is told: the one place where its parts meet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ingest import corpus
from ingest.caches import results_of
from ingest.config import find_project, read_settings
from ingest.files import content
from ingest.linting.checking import Failed, Found, check, check_one
from ingest.linting.files import articles_of
from ingest.linting.given import LARGEST, LOCK, REVIEWS, Given
from ingest.linting.known import place, without_known, write
from ingest.linting.memory import Memory
from kb import VERSION
from kb.errors import CannotCheckError, UsageError
from kb.linting.outcome import Moved, Run, Tally
from kb.model import Record, Severity
from kb.report.check.text import of_briefs
from kb.report.check.wording import tally
from kb.settings import FailOn

if TYPE_CHECKING:
    from ingest.linting.fixing.mending import Mended

_PAGE = re.compile(r"https?://", re.IGNORECASE)
_FAILING: Mapping[FailOn, tuple[Severity, ...]] = {
    "info": ("info", "warning", "error"),
    "warning": ("warning", "error"),
    "error": ("error",),
    "never": (),
}
"""The severities of which one open finding fails a run."""


class Asked(Record, frozen=True, kw_only=True):
    """What the user asked for; what is None or empty is as the configuration says.

    ``stdin`` is the name and the content of the one article that does not come from a file, or of a newer state of one
    that does. ``since`` is a revision of git.
    """

    articles: tuple[str, ...] = ()
    bibliography: tuple[str, ...] = ()
    as_of: str | None = None
    frozen: bool = False
    since: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: FailOn | None = None
    baseline: str | None = None
    stdin: tuple[str, bytes] | None = None
    cache: bool = True
    jobs: int | None = None


class Told(NamedTuple):
    """A run, and the exit code that it calls for.

    ``text`` is the run as plain text where that is all that was asked for: then ``run`` holds no articles.
    """

    run: Run
    exit_code: int
    text: str | None = None


def run(asked: Asked, warn: Callable[[str], None], *, plain: bool = False) -> Told:
    """Check what was asked for.

    Parameters
    ----------
    warn
        Is told, in one line each, what went wrong beside the findings and does not stop the run.
    plain
        Whether plain text is all that is wanted, which is remembered as it was written.

    Raises
    ------
    KnowledgeBaseError
        Nothing could be checked at all.
    """
    given = given_of(asked, find_project(Path.cwd()))
    known = place(given.project, given.settings.linting.baseline, asked.baseline)
    brief = plain and not known.asked and asked.since is None and asked.stdin is None
    found, changes = _found(asked, given, warn, whole=not brief)
    every = not (asked.select or asked.ignore or asked.since is not None)
    told = Run(
        articles=without_known(found.checked, known, whole=every, warn=warn),
        as_of=given.settings.as_of,
        version=VERSION,
        failed=tuple(dict.fromkeys(failed.line for failed in found.failed)),
        since=asked.since or "",
        changes=changes,
    )
    tallies = [one.tally for one in found.briefs if not one.failed] if brief else list(map(tally, told.articles))
    for one in found.briefs if brief else told.articles:
        for note in one.notes:
            warn(note if note.startswith(one.article) else f"{one.article}: {note}")
    code = _exit_code(tallies, found.failed, asked, given.settings.linting.fail_on)
    return Told(told, code, of_briefs(found.briefs) if brief else None)


def write_baseline(asked: Asked, warn: Callable[[str], None]) -> str:
    """Take all that is found as known of old, write that into the baseline, and say what was written.

    Raises
    ------
    KnowledgeBaseError
        An article cannot be read, so that its findings would be missing, or the baseline cannot be written.
    """
    given = given_of(asked, find_project(Path.cwd()))
    found, _ = _found(asked, given, warn)
    if found.failed:
        raise UsageError(found.failed[0].line, remedy="mend that first, or leave it out; nothing was written")
    where = place(given.project, given.settings.linting.baseline, asked.baseline)
    if not (asked.select or asked.ignore):
        return write(found.checked, where)
    from kb.linting.selection import counts

    return write(found.checked, where, lambda rule, article: counts(rule, article, given.settings.linting))


def fix(asked: Asked, warn: Callable[[str], None], *, show: bool) -> Mended:
    """Mend what can be mended without judgement, or with ``show`` find out what that would change.

    What cannot be checked is told with ``show`` alone: otherwise a run follows, which tells it. Errors as of ``run``.
    """
    from ingest.linting.fixing.mending import fix as mend

    given = given_of(asked, find_project(Path.cwd()))
    found, _ = _found(asked, given, warn)
    listed = articles_of(asked.articles, given.settings, given.project).articles
    every = articles_of((), given.settings, given.project).articles if asked.articles else listed
    articles, others = ({one.id: one.file for one in those} for those in (listed, every))
    mended = mend(found.checked, articles, others, given, show=show)
    return mended._replace(failed=(*found.failed, *mended.failed)) if show else mended


def given_of(asked: Asked, project: Path) -> Given:
    """What the articles are checked with: the configuration, as the command line changes it, and the files of it.

    Raises
    ------
    UsageError
        A file is not to be read, or the lock was asked for and is not there.
    """
    settings = read_settings(
        project,
        offline=True,
        as_of=asked.as_of,
        select=asked.select or None,
        ignore=asked.ignore or None,
        fail_on=asked.fail_on,
    )
    if asked.select or asked.ignore:  # what they name that is no rule was not written in a file
        linting = msgspec.structs.replace(settings.linting, origin="")
        settings = msgspec.structs.replace(settings, linting=linting)
    lock = content(project, LOCK, LARGEST)
    if lock is None and asked.frozen:
        raise UsageError("there is no such file", place=LOCK, remedy="write it with `kb lock ARTICLE...`")
    return Given(
        project=project,
        settings=settings,
        bibliographies=(*map(Path, asked.bibliography), *(project / name for name in settings.bibliography)),
        lock=lock,
        reviews=content(project, REVIEWS, LARGEST),
    )


def _found(
    asked: Asked, given: Given, warn: Callable[[str], None], *, whole: bool = True
) -> tuple[Found, tuple[Moved, ...]]:
    """What was found, and with a revision what changed since."""
    if asked.stdin is not None:
        return check_one(*asked.stdin, given), ()
    pages = [path for path in asked.articles if _PAGE.match(path)]
    if pages:
        problem = "is a page, and only files are checked"
        raise UsageError(problem, place=pages[0], remedy="save it and give the file")
    listed = articles_of(asked.articles, given.settings, given.project)
    for note in listed.notes:
        warn(note)
    named = [(one.id, one.file) for one in listed.articles]
    if not named:
        from kb.linting.selection import refuse_nonsense

        refuse_nonsense(given.settings.linting)  # as checking anything would
    processes = asked.jobs or corpus.processors()
    changes: tuple[Moved, ...] = ()
    if asked.since is not None:
        from ingest.linting.since import since

        found, changes = since(asked.since, named, given, processes)
    else:
        path = results_of(given.project) if asked.cache else None
        with Memory(path, warn) as memory:
            found = check(named, given, memory, processes, whole=whole)
    wrong = tuple(Failed(str(error), error.exit_code) for error in listed.errors)
    return found._replace(failed=(*wrong, *found.failed)), changes


def _exit_code(articles: Sequence[Tally], failed: Sequence[Failed], asked: Asked, fail_on: FailOn) -> int:
    """2 where an article cannot be read, 3 where nothing could be checked, 1 where an open finding is severe enough.

    That no article changed since a revision is no failure to check.
    """
    codes = [one.exit_code for one in failed if not articles or one.exit_code != CannotCheckError.exit_code]
    if codes:
        return max(codes)
    if not articles and not failed and asked.since is None:
        return CannotCheckError.exit_code
    return int(any(getattr(one, severity) for one in articles for severity in _FAILING[fail_on]))
